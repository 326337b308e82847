"""Hints that tell one pair from another of its tier; what each of them weighs stands in `tiers.py`.

A hint is a question about a view and what replies to it, answered with yes or no.
"""

from collections.abc import Callable
from typing import NamedTuple

from prompts import announced
from prompts.aims import whole
from prompts.model import Voice
from prompts.scene import Scene, echoes, roots, story, words_of
from prompts.turns import Turn

AGAINST = ("rebut", "takesup")
VERDICT = ("deontic", "haveto", "judge", "rebut")
JUDGED = (*VERDICT, "stance", "argued", "we")
AT_ONCE = 16  # words of a reply in which it says what should be
LEAST = 3  # words of a view
YEAR = 4  # digits
ITSELF = 5  # words in which "They say they are hungry" speaks of themselves
CONTENDS = 4  # words in which a view says that it is contended
LONG = 7  # tokens after which a clause surely has a verb
FAVOURS = ("good", "deontic")
TURNS_DOWN = ("bad", "negate", "drawback", "doubt", "rebut")
ALIKE = 3  # words, in whatever form, that a view and one who holds it have in common
OPENS, CLOSES = "\"'“‘", "\"'”’"
CURT, BRIEF = 12, 90  # characters of a "Never." and of a remark
ASKED = ("negate", "deontic", "judge", "rebut", "compare", "bad")  # "But what is more damaging?"
DENIES = ("negate", "rebut", "takesup", "bad")


class Pair(NamedTuple):
    """A view and what replies to it."""

    scene: Scene
    view: Turn
    reply: Turn
    gap: int = 1  # sentences from the one to the other

    @property
    def head(self) -> list[str]:
        """The words of the view's first clause."""
        return self.scene.doc.words(self.view.parts[0].clause)

    @property
    def answer(self) -> list[str]:
        """The words of the reply's first clause."""
        return self.scene.doc.words(self.reply.parts[0].clause)

    @property
    def cue(self) -> str:
        return self.view.said.cue


Hint = Callable[[Pair], bool]


# -- how the reply takes the view -------------------------------------------------------------


def taken_up(pair: Pair) -> bool:
    """ "Such a fear is mistaken", "This ignores the heat"."""
    return pair.reply.takes_up or pair.reply.has(*AGAINST)


def inquires(pair: Pair) -> bool:
    """ "But what if he does it again?", "The question is whether": a question with no verdict in it
    answers nothing, nor does the second half of one that holds the view."""
    view, reply, doc = pair.view, pair.reply, pair.scene.doc
    if reply.has("wonder"):
        return True
    text = pair.scene.passage(reply).text.rstrip(") ")
    cites = text[-1:] in CLOSES and text[:1] not in OPENS  # "But we had more than “And you?”"
    if cites or not text.rstrip(CLOSES).endswith("?"):
        return False
    asks = doc.sentences[view.sentence].whole.opens("inquire", "asks", "raises")
    one = asks and view.sentence == reply.sentence and not view.replies
    return one or not (reply.denies or reply.has(*ASKED))


def shared(pair: Pair) -> bool:
    """ "Some think it good to begin early. Although it costs time, I find it better to begin
    early": the author holds the view that was told."""
    view, reply = pair.view, pair.reply
    if reply.first or not (view.has(*FAVOURS) and reply.has(*FAVOURS)):
        return False
    denied = view.has(*TURNS_DOWN) or reply.has(*TURNS_DOWN)
    return not denied and len(roots(pair.scene, view) & roots(pair.scene, reply)) >= ALIKE


def goes_on(pair: Pair) -> bool:
    """ "Instead, ..." goes on from what the author says, hardly ever from what is granted."""
    return pair.answer[0] in pair.scene.known("instead")


def adds(pair: Pair) -> bool:
    """ "In fact, ..." goes on from what the author says, too; it turns down a told view."""
    return goes_on(pair) or pair.answer[0] in pair.scene.known("infact")


def grants_and_goes_on(pair: Pair) -> bool:
    """ "Of course X. In fact, Y", "Instead, Y": Y goes on from X or from what stood before it."""
    known, words = pair.scene.known, pair.answer
    fact = words[0] in known("infact") and not known("fact").isdisjoint(words[1:2])  # no "in truth"
    fact = fact and pair.cue == "grant"
    return pair.view.said.voice is Voice.CONCEDED and (fact or goes_on(pair))


def owned(pair: Pair) -> bool:
    """ "Officials have acknowledged that it is unfair. In fact, it was meant for others": what is
    owned is so, and what goes on from it denies nothing."""
    return adds(pair) and not pair.scene.known("owns").isdisjoint(pair.head)


def told(pair: Pair) -> bool:
    """What happened, and what happened then; what somebody contends need not have."""
    said = pair.scene.doc.cues.sets.get("contend", frozenset()) & {*pair.head[:CONTENDS]}
    contends = bool(said) or pair.view.opens("texts")  # "The column states that"
    return not contends and story(pair.scene, pair.view, pair.reply)


def ought(pair: Pair) -> bool:
    """ "There are hurdles, but Congress should not let it pass": what is, and what should be; or
    what does not follow: "It is cheap, but that does not mean that it is good"."""
    clause, doc = pair.reply.parts[0].clause, pair.scene.doc
    if pair.answer[0] not in pair.scene.known("turning") or clause.has("others"):
        return False
    if not pair.scene.known("proposes").isdisjoint(pair.answer[:3]):
        return False
    early = doc.cues.hits(doc.tokens, clause.first, min(clause.last, clause.first + AT_ONCE))
    return len(pair.head) > LEAST and any(hit.cue in ("deontic", "entails") for hit in early)


# -- whether the view is one, and somebody's --------------------------------------------------


def bare_refusal(pair: Pair) -> bool:
    """ "Will it work? Never.", "They say that it works. Really?": it says no more than that."""
    return len(whole(pair.scene, pair.reply).text) < CURT


def leads(pair: Pair) -> bool:
    """ "But consider this:", "But there is more…" says nothing yet."""
    return whole(pair.scene, pair.reply).text.endswith((":", "…", "..."))


def nobody_says(pair: Pair) -> bool:
    """ "Opponents quote it": no verb of saying, and no name for a view."""
    if pair.cue != "others" or pair.reply.denies:
        return False
    if announced.told(pair.scene.doc, pair.view.sentence):
        return False
    to_many = pair.head[0] in pair.scene.known("regarding")  # "To many, it is proof that"
    if to_many or pair.view.has("toldlast", "argued") or pair.view.opens("hedge"):
        return False  # "Supposedly, ..."
    says = pair.scene.known("say|view|might")
    return says.isdisjoint(words_of(pair.scene, pair.view))


def news(pair: Pair) -> bool:
    """ "She says that her son lives", "The UN says that 4 million need help": what one without a
    name says, and what is counted, is no view unless the reply turns it down."""
    if pair.cue not in ("others", "named") or pair.reply.denies or taken_up(pair):
        return False
    distant = pair.scene.doc.cues.sets.get("distant", frozenset())
    told = not distant.isdisjoint(pair.head[:LEAST])
    counts = pair.view.has("statistic", "evidence") or pair.cue == "named"
    counted = counts and any(word[0].isdigit() and len(word) != YEAR for word in pair.head)
    they = pair.scene.known("speakers")
    alone = pair.scene.known("alone") or they  # what "they say" many hold, unless of themselves
    itself = pair.head[0] in they and not they.isdisjoint(pair.head[1:ITSELF])
    return counted or (not told and (pair.head[0] in alone or itself))


def apart(pair: Pair) -> bool:
    """ "The states reply that they will try again", and the next paragraph's "The deeper trouble
    is Y": another point, unless it turns on the view with a word for that or speaks of the same."""
    reply = pair.reply
    turns = pair.answer[0] in pair.scene.known("turning") or reply.has("midcontrast")
    # What opens its paragraph is what all of it is about.
    turns = turns or pair.scene.doc.sentences[pair.view.sentence].pos == 0
    turns = turns or reply.denies or reply.takes_up or echoes(pair.scene, pair.view, reply)
    return across(pair) and not turns


def private(pair: Pair) -> bool:
    """ "I know what it costs. Even so, I study", "Although I studied it, I left": somebody's life,
    and no view."""
    both = pair.view.has("i") and pair.reply.has("i")
    weighs = JUDGED if pair.cue == "although" else (*JUDGED, "negate")
    return both and not (pair.view.has(*weighs) or pair.reply.has(*weighs))


def empty(pair: Pair) -> bool:
    """It says nothing of the matter: "Although this is so", "That may be"."""
    return pair.view.empty


# -- the author's own sentence before a "but" -------------------------------------------------


def seeming(pair: Pair) -> bool:
    """ "It sounds kind, but ...": what only looks so."""
    return pair.view.has("seeming") and not pair.view.replies


def remark(pair: Pair) -> bool:
    """A short verdict: "Those are fine goals"."""
    brief = pair.view.end - pair.view.start < BRIEF
    return brief and pair.view.has("judge") and not pair.reply.has("argued", "others")


def own(pair: Pair) -> bool:
    """ "I think that": whoever says so does not grant it."""
    return pair.view.has("stance", "i") and not ought(pair)


def turned(pair: Pair) -> bool:
    """The view replies to something itself."""
    return pair.view.replies


def thesis(pair: Pair) -> bool:
    """What the text is for is answered by nothing in it, unless both are halves of one sentence."""
    return pair.scene.holds(pair.view) and not beside(pair)


def beside(pair: Pair) -> bool:
    """In one sentence: "X, but Y"."""
    return pair.view.sentence == pair.reply.sentence


def across(pair: Pair) -> bool:
    """The reply opens the next paragraph."""
    return pair.view.par != pair.reply.par


def takes_up(pair: Pair) -> bool:
    """ "They hope that it goes. But there is a flaw in this assumption": it was somebody's."""
    return pair.reply.has("takesup") and pair.reply.has(*DENIES, "drawback", "negate")


def refutes(pair: Pair) -> bool:
    """In one sentence, and what follows the "but" turns down what one might infer."""
    view = not (own(pair) or pair.view.has("negate"))
    return view and beside(pair) and pair.reply.has("rebut")


def fragment(pair: Pair) -> bool:
    """In one sentence, and what follows the "but" is no clause: "slowly, but surely"."""
    bound = pair.answer[1:2] and pair.answer[1] in pair.scene.known("bound")
    long = pair.scene.brief and len(words_of(pair.scene, pair.reply)) > LONG
    return beside(pair) and bool(bound or not (long or pair.reply.has("finite")))
