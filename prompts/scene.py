"""What the rules about counterpoints look at: the turns of a text, its claims, its thesis; how
sure each tier of counterpoints is there; and what turns are compared by.

`TIERS` is where confidences come from; what hints add or take follows in `tiers.py`. They were set
by reading what each tier finds: a granted clause beside its main clause and a told view that is
answered are asserted; a plain sentence before a "but" only where a text is so short that it has no
room for anything else; the rest is offered below one half.
"""

from dataclasses import dataclass

from prompts.claims import Ranked
from prompts.clauses import Outline
from prompts.genres import Genre
from prompts.model import Passage
from prompts.shapes import STOP
from prompts.turns import Turn

# What each tier is sure of, in a note of a few sentences and in all that is longer. Measured on the
# short texts for development, right pairs of those asserted: from .75 up 19 of 22, .70 to .74 18 of
# 22, .60 to .69 18 of 25, .50 to .59 23 of 30. In longer texts, and in paragraphs of more than a
# point, nearly all that is asserted comes from the first four tiers: of what was asserted in long
# paragraphs, 4 of 15 were right while all tiers were asserted, and 7 of 10 in others afterwards. In
# columns of our own at first sight 21 of 31; in 32 short letters and columns by others 7 of 17. In
# 208 more of these, at first sight, too: told 42 of 50, granted 30 of 45, "Although" 12 of 29 (half
# the wrong ones were cut at a wrong comma), rejected 10 of 14, plain 5 of 11, left open 0 of 5.
TIERS = {
    "told": (0.8, 0.8),  # "Critics say X. But Y"
    "clause": (0.76, 0.76),  # "Although X is so, Y"
    "granted": (0.74, 0.74),  # "Of course X. But Y"
    "rejected": (0.68, 0.72),  # "Rather than X, Y"
    "spurned": (0.42, 0.72),  # "The idea that X is indefensible"
    "corrected": (0.56, 0.6),  # "It does not mean X. It means Y"
    "plain": (0.62, 0.42),  # "X. But Y"
    "open": (0.56, 0.42),  # granted and left there: against the thesis
    "left": (0.46, 0.42),  # told and left there: in letters by others it was about anything
    "firm": (0.56, 0.54),  # "Ms B insists that X. It has been tried"
    "meant": (0.56, 0.74),  # "Critics claim X. I disagree"
    "late": (0.56, 0.44),  # "Y, although X"
    "phrase": (0.52, 0.4),  # "Despite X, Y"
    "also": (0.56, 0.42),  # "Also Y. However X"
    "between": (0.54, 0.54),  # what stands between a told view and its answer
}
NOW = ("ispresent", "deontic", "haveto", "hedge", "judge")  # what is argued, not told
ROOM = 900  # characters of a note that makes one point
ROOT = 5  # letters that a word's forms have in common
COMMON = frozenset(word[:5] for word in STOP)
QUOTES = frozenset('"“„«')


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

    def known(self, name: str) -> frozenset[str]:
        """The words of a set of the cue file; none where a language has no such set."""
        return self.doc.cues.known(name)

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

    def aside(self, turn: Turn) -> bool:
        """It stands in brackets: nothing turns on it."""
        return "(" in self.doc.reading.text[max(0, turn.start - 1) : turn.start + 1]

    def holds(self, turn: Turn) -> bool:
        """The turn is the thesis, or a part of it."""
        thesis = self.thesis
        return thesis is not None and turn.start < thesis.end and thesis.start < turn.end


def words_of(scene: Scene, turn: Turn) -> list[str]:
    return [word for part in turn.parts for word in scene.doc.words(part.clause)]


def past(scene: Scene, turn: Turn) -> bool:
    words = words_of(scene, turn)
    return turn.has("ispast", "narrate") or any(word[-2:] == "ed" for word in words)


def story(scene: Scene, view: Turn, reply: Turn) -> bool:
    """What happened, and what happened then: "The neighbours heard it. But nobody came"."""
    now = view.has(*NOW) or reply.has(*NOW)
    return not now and past(scene, view) and past(scene, reply)


def echoes(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """Both turns use one word, in whatever form."""
    return bool(roots(scene, turn) & roots(scene, reply))


def roots(scene: Scene, turn: Turn) -> set[str]:
    """What is left of a turn's words without their forms and without the small ones."""
    found = {word[:ROOT] for word in words_of(scene, turn)} - COMMON
    return {root for root in found if len(root) == ROOT}
