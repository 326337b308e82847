"""Subordinate concessions: how surely "Although X, Y" grants something, and Y stands against it."""

from itertools import pairwise

from prompts.cues import word_set
from prompts.scene import Scene, roots, words_of
from prompts.tiers import LONG, ROWS, VIEW
from prompts.turns import Turn

FINITE = word_set(
    "although though even while whilst"
)  # what they open has one here, if it is long enough
SET_OFF = ("negate", "bad", "compare")
WEIGHED = ("good", "bad", "judge", "hedge", "deontic", "haveto", "i", "stance")
HAVE = word_set("has have")
PAST = word_set("was its")
NOMINAL = word_set("theoretically nominally technically officially ostensibly formally")
FAVOURS = ("good", "deontic")
TURNS_DOWN = ("bad", "negate", "drawback", "doubt", "rebut")
ALIKE = 3  # words, in whatever form, that a view and one who holds it have in common
AGAINST = word_set("despite spite notwithstanding")
WHATEVER = word_set("no regardless")
NOUNED = word_set("trotz malgré en pese a")  # what they open has no verb, elsewhere


def finite(scene: Scene, turn: Turn) -> bool:
    """ "Although X fear Y" is a clause; "despite fears of Y" is none. Where verbs are known too few
    to tell, the conjunction tells."""
    words = scene.doc.words(turn.parts[0].clause)
    if not scene.doc.reading.language.startswith("en"):
        return words[0] not in NOUNED
    if words[0] in WHATEVER or not AGAINST.isdisjoint(words[:4]):
        return False  # "No matter when it is played", "Despite what they have done": no clause
    return turn.has("finite") or (words[0] in FINITE and len(words) > VIEW + 2)


def told(scene: Scene, turn: Turn, main: Turn) -> float:
    """Two things that happened are a story, not an argument."""
    past = turn.has("ispast", "narrate") and main.has("ispast", "narrate")
    if _done(scene, main):
        return 0.28
    return (
        0.28
        if past and not (main.has("ispresent", "deontic", "hedge") or _stands(scene, main))
        else 0.0
    )


def _done(scene: Scene, main: Turn) -> bool:
    """ "Interests have prevented it": what has happened, and nothing that weighs it."""
    words = words_of(scene, main)
    perfect = any(a in HAVE and b.endswith("ed") for a, b in pairwise(words))
    return perfect and not main.has(*SET_OFF, *WEIGHED, "rebut", "cause")


def _stands(scene: Scene, main: Turn) -> bool:
    """ "It stands nearly alone": a verb of the present after its pronoun."""
    words = words_of(scene, main)
    return any(a == "it" and b[-1] == "s" and b not in PAST for a, b in pairwise(words))


def torn(scene: Scene, main: Turn) -> bool:
    """A row without a verb goes on with the concession: "..., sport to sport, and time to time"."""
    words = words_of(scene, main)
    row = any(a == "," and b in ROWS for a, b in pairwise(words))
    return row and not main.has("finite") and len(words) < 2 * LONG


def owns(scene: Scene, main: Turn) -> bool:
    """ "Although it is a fine idea, there are some downsides": here the main clause concedes."""
    return words_of(scene, main)[0] == "there" and main.has("drawback", "matter")


def lasting(scene: Scene, turn: Turn, main: Turn) -> float:
    """ "While they are free, many are thrown away": how long something lasts grants nothing.

    A "while" that sets one thing against another has a verdict in it, or a denial on one side.
    """
    if scene.doc.words(turn.parts[0].clause)[:2].count("while") == 0:
        return 0.0
    sides = turn.has(*SET_OFF) != main.has(*SET_OFF) or turn.has(*WEIGHED)
    words = words_of(scene, turn)
    named = any(word in scene.doc.cues.sets["view"] for word in words[:6])
    return 0.0 if sides or named or "can" in words or not NOMINAL.isdisjoint(words) else 0.3


def shares(scene: Scene, view: Turn, main: Turn) -> bool:
    """ "Some think it good to begin early. Although it costs time, I find it better to begin
    early": the author holds the view that was told."""
    favoured = view.has(*FAVOURS) and main.has(*FAVOURS)
    denied = view.has(*TURNS_DOWN) or main.has(*TURNS_DOWN)
    return favoured and not denied and len(roots(scene, view) & roots(scene, main)) >= ALIKE
