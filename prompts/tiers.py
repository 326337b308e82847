"""How sure each tier of counterpoints is, and what makes one pair of a tier surer than another.

`TIERS` is where confidences come from; small corrections follow in the functions. They were set by
reading what each tier finds: a granted clause beside its main clause and a told view that is
answered are asserted; a plain sentence before a "but" only where a text is so short that it has no
room for anything else; the rest is offered below one half.
"""

from dataclasses import dataclass
from itertools import pairwise

from prompts.alternatives import INSTEAD
from prompts.claims import Ranked
from prompts.clauses import Outline
from prompts.cues import word_set
from prompts.genres import Genre
from prompts.holders import SPEAKERS
from prompts.model import Passage, Voice
from prompts.shapes import STOP
from prompts.turns import Turn

# What each tier is sure of, in a note of a few sentences and in all that is longer. Measured on the
# short texts for development, right pairs of those asserted: from .75 up 19 of 22, .70 to .74 18 of
# 22, .60 to .69 18 of 25, .50 to .59 23 of 30. In longer texts, and in paragraphs of more than a
# point, nearly all that is asserted comes from the first four tiers: of what was asserted in long
# paragraphs, 4 of 15 were right while all tiers were asserted, and 7 of 10 in others afterwards.
TIERS = {
    "told": (0.8, 0.8),  # "Critics say X. But Y"
    "clause": (0.76, 0.76),  # "Although X is so, Y"
    "granted": (0.74, 0.74),  # "Of course X. But Y"
    "rejected": (0.68, 0.68),  # "Rather than X, Y"
    "spurned": (0.42, 0.64),  # "The idea that X is indefensible"
    "plain": (0.62, 0.42),  # "X. But Y"
    "open": (0.56, 0.42),  # told or granted and left there
    "firm": (0.56, 0.54),  # "Ms B insists that X. It has been tried"
    "left": (0.56, 0.46),  # "Critics claim X", and left there: six in ten right in long texts
    "meant": (0.56, 0.58),  # "Critics claim X. I disagree"
    "late": (0.56, 0.44),  # "Y, although X"
    "phrase": (0.52, 0.4),  # "Despite X, Y"
    "also": (0.56, 0.42),  # "Also Y. However X"
    "between": (0.54, 0.54),  # what stands between a told view and its answer
}
NOW = ("ispresent", "deontic", "haveto", "hedge", "judge")  # what is argued, not told
URGED = ("deontic", "haveto", "judge")
ROOM = 900  # characters of a note that makes one point
COLUMN = 150  # sentences of a text that has one thesis
GOES_ON = SPEAKERS | word_set("his her their for as and also because this thus so")
EARLY = 12  # words in which a view says whose it is
ROOT = 5  # letters that a word's forms have in common
COMMON = frozenset(word[:5] for word in STOP)
QUOTES = frozenset('"“„«')
SAYS = word_set('that : “ "')
POINTS = word_set("this that it these they there")
LONG = 7  # words after which a clause surely has a verb
BRIEF = 120  # characters of an answer that is nothing but one
MAYBE = word_set("maybe perhaps")
COUNT = 8  # words in which it says how many hold it
HAVE = word_set("has have had")
VIEW = 3  # so few words put no view
ROWS = word_set("and or")
ARTICLES = word_set("the a an his her its our their this")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the turns, the claims, the genre and the thesis."""

    doc: Outline
    turns: list[Turn]
    genre: Genre
    thesis: Ranked | None
    scores: list[float]

    @property
    def short(self) -> bool:
        return self.genre is Genre.NOTE

    @property
    def brief(self) -> bool:
        """So short that it has room for a thesis, its reasons and one objection: whatever turns
        there turns on the thesis. In a long paragraph a "but" mostly sets fact beside fact (#3)."""
        return self.short and len(self.doc.reading.text) <= ROOM

    def tier(self, name: str) -> float:
        return TIERS[name][0 if self.brief else 1]

    def passage(self, turn: Turn) -> Passage:
        """The turn; one that breaks off at a dash goes on to the end of its sentence."""
        text, end = self.doc.reading.text, turn.end
        broken = turn.replies and text[turn.start : end].rstrip()[-1:] in ("—", "–")
        return self.doc.passage(
            turn.start, self.doc.sentences[turn.sentence].end if broken else end
        )

    def cites(self, turn: Turn) -> bool:
        """It begins with somebody's literal words."""
        return self.doc.tokens.words[turn.parts[0].clause.first] in QUOTES

    def holds(self, turn: Turn) -> bool:
        """The turn is the thesis, or a part of it."""
        thesis = self.thesis
        return thesis is not None and turn.start < thesis.end and thesis.start < turn.end


# -- a view and its answer ------------------------------------------------------------------


def story(scene: Scene, view: Turn, reply: Turn) -> bool:
    """What happened, and what happened then: "The neighbours heard it. But nobody came"."""
    now = view.has(*NOW) or reply.has(*NOW)
    return not now and _past(scene, view) and _past(scene, reply)


def words_of(scene: Scene, turn: Turn) -> list[str]:
    return [word for part in turn.parts for word in scene.doc.words(part.clause)]


def _past(scene: Scene, turn: Turn) -> bool:
    words = words_of(scene, turn)
    return turn.has("ispast", "narrate") or any(word[-2:] == "ed" for word in words)


def answered(scene: Scene, source: Turn, reply: Turn, gap: int, led: bool) -> float:
    """`led`: the sentence before says whose view it is."""
    score = scene.tier("told" if source.said.voice is Voice.REPORTED else "granted")
    score -= 0.07 * max(0, gap - 1) + (0.0 if reply.par == source.par else 0.02)
    score += 0.06 if reply.takes_up or reply.has("rebut", "takesup") else 0.0
    if source.said.cue in ("concede", "grant"):
        score -= 0.3 if source.empty else 0.0
    doubts = _inquires(scene, reply) or _pointing(scene, source) or _muses(scene, reply)
    score -= 0.36 * doubts
    if not scene.short:
        score -= 0.3 * story(scene, source, reply) + _unsure(scene, source, reply, led)
    if not scene.brief and source.said.voice is Voice.CONCEDED:
        # It goes on from what the author says, hardly ever from what is granted.
        score -= 0.3 * (scene.doc.words(reply.parts[0].clause)[0] == "instead")
    if source.said.cue == "others" and not _speaks(scene, source):
        score -= 0.36
    if source.said.cue == "others" and not (reply.takes_up or reply.has("rebut", "takesup")):
        score -= 0.36 * _counted(scene, source)
    if source.said.cue == "named":
        figures = any(word[0].isdigit() for word in scene.doc.words(source.parts[0].clause))
        score -= 0.4 * (figures and source.has("statistic", "evidence"))  # a count is no view
        against = reply.takes_up or (reply.first and reply.has("rebut", "negate", "takesup"))
        score -= 0.0 if against else 0.2
    return score


def announces(scene: Scene, turn: Turn) -> bool:
    """ "Opponents marshal a battery of objections": it says of a view only that there is one."""
    words = scene.doc.words(turn.parts[0].clause)
    return SAYS.isdisjoint(words) and not turn.has("deontic")


def _pointing(scene: Scene, turn: Turn) -> bool:
    """ "But is this possible?" asks about what only its page can tell."""
    after = turn.parts[0].clause.opening.get("asks", 0)
    return turn.said.cue == "asked" and after > 0 and scene.doc.tokens.words[after] in POINTS


def _muses(scene: Scene, reply: Turn) -> bool:
    """ "But maybe this will pass": a guess answers nothing, unless it denies something."""
    guesses = not MAYBE.isdisjoint(scene.doc.words(reply.parts[0].clause)[:3])
    return guesses and not reply.has("negate", "rebut", "bad", "deontic")


def _counted(scene: Scene, turn: Turn) -> bool:
    """ "Some 60 percent of voters say that": a count of views is a fact."""
    words = scene.doc.words(turn.parts[0].clause)[:COUNT]
    return any(word[0].isdigit() for word in words) and turn.has("statistic")


def _inquires(scene: Scene, reply: Turn) -> bool:
    """ "But what if he does it again?": a question with no verdict in it answers nothing."""
    asks = scene.passage(reply).text.rstrip("\"'”’) ").endswith("?")
    return asks and not reply.denies and not reply.has("negate", "deontic", "judge", "rebut")


def _unsure(scene: Scene, source: Turn, reply: Turn, led: bool) -> float:
    """What a view loses whose holder is a bare pronoun, that is a figure, or that may be none."""
    words = scene.doc.words(source.parts[0].clause)
    if reply.takes_up or reply.has("rebut"):
        return 0.0
    loss = 0.1 * (words[0] in ("perhaps", "maybe"))
    if source.said.cue == "others":
        loss += 0.32 * (words[0] in SPEAKERS and not led)
    if source.said.cue == "named":
        figures = any(word[0].isdigit() for word in words)
        loss += 0.15 * (figures or (source.said.holder or "").lower() in SPEAKERS)
    return loss


def firm(scene: Scene, turn: Turn) -> bool:
    """A view told with a word that says it is contrary: "Critics ...", "Some claim ..."

    Only where the text is short enough to have one thesis that it can be contrary to.
    """
    sets = scene.doc.cues.sets
    known = [sets.get(name, frozenset()) for name in ("critics", "contend", "objection")]
    early = scene.doc.words(turn.parts[0].clause)[:EARLY]
    said = any(word in words for word in early for words in known)
    return (
        turn.told
        and len(scene.doc.sentences) <= COLUMN
        and early[0] not in SPEAKERS
        and early[0] != "in"  # "In reply, ..."
        and (said or turn.opens("foreseen"))
    )


def distant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "The minister maintains that X. Y": whoever writes so does not hold it."""
    words = scene.doc.words(turn.parts[0].clause)[:EARLY]
    goes_on = scene.doc.words(reply.parts[0].clause)[0] in GOES_ON
    told = not scene.doc.cues.sets.get("distant", frozenset()).isdisjoint(words)
    return told and not goes_on and words[0] not in SPEAKERS


def meant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """A told view is answered without a contrast: "I disagree", "That is why it must be taught"."""
    if not turn.told or turn.said.cue == "named" or (reply.opens("agrees") and not reply.denies):
        return False
    words = scene.doc.words(reply.parts[0].clause)
    denies = reply.denies or reply.opens("anaphor", "disbelief") or reply.has("stance", "takesup")
    early = scene.short or reply.end - reply.start < BRIEF
    points = words[0] in POINTS and reply.has("negate", "deontic")
    goes_on = reply.opens("conclude", "enumerate")
    return points or (not goes_on and (denies or (early and reply.has("rebut"))))


def echoes(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """Both turns use one word, in whatever form."""
    return bool(roots(scene, turn) & roots(scene, reply))


def roots(scene: Scene, turn: Turn) -> set[str]:
    """What is left of a turn's words without their forms and without the small ones."""
    found = {word[:ROOT] for word in words_of(scene, turn)} - COMMON
    return {root for root in found if len(root) == ROOT}


def _speaks(scene: Scene, turn: Turn) -> bool:
    """A told view has a verb of saying or a name for a view; "opponents quote it" tells none."""
    to_many = scene.doc.words(turn.parts[0].clause)[0] == "to"  # "To many, it is proof that"
    if to_many or turn.has("toldlast", "argued") or turn.opens("hedge"):  # "Supposedly, ..."
        return True
    sets = scene.doc.cues.sets
    words = {w for part in turn.parts for w in scene.doc.words(part.clause)}
    return bool(words & (sets["say"] | sets["view"] | sets["might"]))


def plain(scene: Scene, turn: Turn, reply: Turn) -> float:
    """An author's sentence before a contrast: a concession only if it is argued, not told."""
    score = scene.tier("plain")
    score += 0.06 * turn.has("hedge") + 0.06 * reply.has("deontic", "rebut", "stance")
    if not scene.brief:
        brief = turn.end - turn.start < 90
        score += 0.08 * (brief and turn.has("judge")) - 0.08 * (not brief)
        # It answers a denial or a told view, hardly ever a plain sentence.
        score -= 0.2 * (scene.doc.words(reply.parts[0].clause)[0] == "instead")
    score += 0.14 * (not scene.brief and turn.opens("opposite"))
    score -= 0.15 * turn.has("stance", "i") + 0.14 * turn.replies
    score -= 0.3 * (scene.holds(turn) or story(scene, turn, reply))
    doubt = 0.06 if scene.brief else 0.2
    score -= doubt * (turn.has("ispast", "narrate") + turn.has("background", "pose", "statistic"))
    if turn.sentence == reply.sentence:
        whole = reply.has("finite") or (scene.brief and len(words_of(scene, reply)) > LONG)
        score -= (0.05 if scene.brief else 0.12) if whole else 0.3
    return min(score, 0.66)


# -- "rather than A, B" -----------------------------------------------------------------------


def rejecting(scene: Scene, turn: Turn, words: list[str]) -> float:
    """How surely the words that `turn` turns down put a view: "Rather than wait, we walked"."""
    aloof = words[0] in ("far", "contrary")  # never what somebody did or did not do
    perfect = not HAVE.isdisjoint(words_of(scene, turn)) and not turn.has(*URGED, "hedge")
    done = not aloof and (perfect or not turn.has(*NOW)) and _past(scene, turn)
    # "Not A but B" only says what is the case, unless it says what should be.
    bare = not (scene.short or words[0] in INSTEAD or turn.has(*URGED))
    # "Rather than argue, they shout": what others do, and nobody is urged to do otherwise.
    acts = not (aloof or turn.has(*URGED, "hedge", "we", "i", "you"))
    theirs = acts and _theirs(scene, turn)
    return scene.tier("rejected") - 0.3 * (done or bare or theirs or _thing(words))


def _theirs(scene: Scene, turn: Turn) -> bool:
    words = words_of(scene, turn)
    return any(a == "," and b in SPEAKERS for a, b in pairwise(words))


def _thing(words: list[str]) -> bool:
    """ "not the price but the people": a thing or so few words put no view."""
    return (
        len(words) <= VIEW
        or words[0].startswith("kein")
        or (words[1] in ARTICLES and len(words) < 2 * VIEW)
    )
