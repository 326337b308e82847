"""Subordinate concessions: how surely "Although X, Y" grants something, and Y stands against it."""

from itertools import pairwise

from prompts.hints import VERDICT, Pair
from prompts.scene import Scene, words_of
from prompts.turns import Turn

SET_OFF = ("negate", "bad", "compare")
WEIGHED = ("good", "bad", "judge", "hedge", "deontic", "haveto", "i", "stance")
SHORT = 5  # words after which a clause surely has a verb
VIEW = 5  # words of a concession with its conjunction


def finite(scene: Scene, turn: Turn) -> bool:
    """ "Although X fear Y" is a clause; "despite fears of Y" is none. Where verbs are known too few
    to tell, the conjunction tells."""
    words = scene.doc.words(turn.parts[0].clause)
    if not scene.doc.reading.language.startswith("en"):
        return words[0] not in scene.known("nouned")
    if words[0] in scene.known("whatever") or not scene.known("despite").isdisjoint(words[:4]):
        return False  # "No matter when it is played", "Despite what they have done": no clause
    return turn.has("finite") or (
        len(words) > SHORT and not scene.known("although").isdisjoint(words[:2])
    )


def told(pair: Pair) -> bool:
    """Two things that happened are a story, not an argument."""
    main, past = pair.reply, ("ispast", "narrate")
    if not {*words_of(pair.scene, pair.view)}.isdisjoint(pair.scene.doc.cues.sets["contend"]):
        return False
    if _done(pair.scene, main):
        return True
    both = pair.view.has(*past) and main.has(*past)
    weighs = main.has("ispresent", "deontic", "hedge", "rebut") or _stands(pair.scene, main)
    return both and not weighs


def _done(scene: Scene, main: Turn) -> bool:
    """ "Interests have prevented it": what has happened, and nothing that weighs it."""
    have, words = scene.known("having"), words_of(scene, main)
    perfect = any(a in have and b.endswith("ed") for a, b in pairwise(words))
    says = main.has(*SET_OFF, *WEIGHED, "rebut", "cause") or main.opens("contrast", "reply")
    return perfect and not says  # "..., the reality is that it has started" weighs it


def _stands(scene: Scene, main: Turn) -> bool:
    """ "It stands nearly alone": a verb of the present after its pronoun."""
    subject, no_verb = scene.known("itself"), scene.known("unverbal")
    said = pairwise(words_of(scene, main))
    return any(a in subject and b[-1] == "s" and b not in no_verb for a, b in said)


def scant(pair: Pair) -> bool:
    """ "Though it is sad, it is true": so few words grant nothing of the matter."""
    words = [word for word in words_of(pair.scene, pair.view) if word[0].isalnum()]
    return len(words) <= VIEW and not pair.scene.known("again").isdisjoint(words[:3])


def assents(pair: Pair) -> bool:
    """ "Although I dislike his tone, I agree with him": this is for a view and not against it."""
    return pair.reply.opens("agrees")


def readers(pair: Pair) -> bool:
    """ "Even if you do not care for trees, Y": what the reader does is no view."""
    who = not pair.scene.known("reader").isdisjoint(pair.head[:4])
    said = pair.scene.doc.cues.sets["say"] | pair.scene.doc.cues.sets["view"]
    return who and said.isdisjoint(pair.head) and not pair.view.has("hedge")


def thought(pair: Pair) -> bool:
    """ "Despite all the predictions of doom, Y": what has no verb may name a view."""
    words = words_of(pair.scene, pair.view)
    known = pair.scene.doc.cues.sets.get("feared", frozenset())
    return not known.isdisjoint(words) and not finite(pair.scene, pair.view)


def within(pair: Pair) -> bool:
    """What stands before may be its main clause: "Trees cost money, though little, and ..."."""
    return not pair.view.first


def owns(pair: Pair) -> bool:
    """ "Although it is a fine idea, there are some downsides": here the main clause concedes."""
    there = words_of(pair.scene, pair.reply)[0]
    return there in pair.scene.known("exists") and pair.reply.has("drawback", "matter")


def judged(pair: Pair) -> bool:
    """ "Despite the efforts of some, it is unacceptable": what has no verb is met by a verdict."""
    view, main = words_of(pair.scene, pair.view), pair.reply
    said = len(view) > VIEW and not main.has("ispast", "narrate", "report")
    said = said and view[0] not in pair.scene.known("whatever")  # "No matter what it cost"
    weighs = main.has("judge", "bad", "rebut", "good", "stance")
    return said and weighs and not finite(pair.scene, pair.view)


def same(pair: Pair) -> bool:
    """ "Although some schools ended it, they keep the rest": more of the same subject, unless one
    side weighs it."""
    again = pair.answer[0] in pair.scene.known("speakers")
    weighs = pair.view.has("hedge", "judge") or pair.reply.has("negate", *VERDICT)
    return again and not weighs


def lasting(pair: Pair) -> bool:
    """ "While they are free, many are thrown away": how long something lasts grants nothing.

    A "while" that sets one thing against another has a verdict in it, or a denial on one side.
    """
    view, main, head = pair.view, pair.reply, pair.head
    if pair.scene.known("during").isdisjoint(head[:2]):
        return False
    sides = view.has(*SET_OFF) != main.has(*SET_OFF) or view.has(*WEIGHED) or main.has("stance")
    words = words_of(pair.scene, view)
    named = any(word in pair.scene.doc.cues.sets["view"] for word in words[:6])
    known = pair.scene.known("nominal") | pair.scene.known("owned") | pair.scene.known("able")
    return not (sides or named or not known.isdisjoint(words))


def factual(pair: Pair) -> bool:
    """ "Though the shops have moved, the bank stays": no side weighs, denies or wants anything."""
    weighs = (*WEIGHED, *SET_OFF, "rebut", "matter", "cause", "we")
    words, sets = {*words_of(pair.scene, pair.view)}, pair.scene.doc.cues.sets
    nominal = pair.scene.known("nominal") | pair.scene.known("owned")
    thought = words & (sets["say"] | sets["view"] | nominal)
    return not (thought or pair.view.has(*weighs) or pair.reply.has(*weighs))
