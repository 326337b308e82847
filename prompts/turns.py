"""Turns: a sentence cut where its voice changes or where one part replies to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from prompts.clauses import Clause, Outline
from prompts.contrasts import interposed
from prompts.model import Voice
from prompts.voices import GRANTS, Said, Spoken

BARE = 8  # words of an acknowledgement that names nothing
POINTING = 10  # of one that points back: "This may be so"
SIDES = 3  # turns back in which the one hand stands before the other
OTHER = (Voice.REPORTED, Voice.CONCEDED)
DENYING = frozenset(("disbelief", "refuses", "falsifies"))  # that open a clause


@dataclass(slots=True, eq=False)
class Turn:
    """A run of clauses of one sentence in one voice; `replies` if it opens with a contrast."""

    sentence: Final[int]
    par: Final[int]
    first: Final[bool]  # the sentence begins with it
    parts: Final[Spoken]
    said: Final[Said]  # the first of its parts
    replies: Final[bool]
    takes_up: Final[bool]  # it names the view it replies to: "such an assessment"
    denies: Final[bool]  # it turns down what stands before: "This is not true"

    @property
    def start(self) -> int:
        return self.parts[0].clause.start

    @property
    def end(self) -> int:
        return self.parts[-1].clause.end

    @property
    def other(self) -> bool:
        """Told or granted: not what the author holds."""
        return self.said.voice in OTHER

    @property
    def told(self) -> bool:
        """Somebody else's view; what turns it down need not begin with "but"."""
        return self.said.voice is Voice.REPORTED

    @property
    def quoted(self) -> bool:
        """Somebody's literal words, as they stand alone before an answer."""
        return self.said.voice is Voice.QUOTED

    @property
    def empty(self) -> bool:
        """An acknowledgement that says nothing of its own: "They are right", "Some will, ..."."""
        clause = self.said.clause
        if self.said.cue == "announced" or clause.opens("elliptic", "framing"):
            return True
        if self.said.cue == "although":
            return False
        size = clause.last - clause.first
        short = size < 6 and len(self.parts) == 1
        granted = self.said.voice is Voice.CONCEDED
        # "I see the point", not "I see that ..."
        bare = clause.has("i") and not clause.has("that") and size < BARE
        point = BARE if clause.has("seeming") else POINTING  # "It may seem that nobody cares"
        says = clause.has("i") and clause.has("that")  # "I know that it is well meant"
        points = size < point and clause.opens("dangling") and not says
        return granted and (short or bare or points)

    def has(self, *names: str) -> bool:
        for part in self.parts:  # noqa: SIM110 - as `Clause.has`
            if part.clause.has(*names):
                return True
        return False

    def opens(self, *names: str) -> bool:
        return self.parts[0].clause.opens(*names)


def turns(doc: Outline, spoken: Sequence[Spoken]) -> list[Turn]:
    """The turns of a reading in order."""
    out: list[Turn] = []
    for k, said in enumerate(spoken):
        par = doc.sentences[k].par
        for n, run in enumerate(_runs(said)):
            clause = run[0].clause
            takes_up = n == 0 and "anaphor" in clause.opening
            replies = _replies(doc, clause, n) or (takes_up and clause.has("rebut"))
            replies = replies or _other_hand(out, clause, par)
            replies = replies and not (n and _adds(doc, out[-1]))
            denies = n == 0 and (
                not DENYING.isdisjoint(clause.opening)
                or "belies" in clause.counts
                or _turned_down(clause)
            )
            before = out[-1] if out and n == 0 and par - out[-1].par <= 1 else None
            if before and (before.told or before.quoted):
                contrast = clause.opens("contrast", "reply") and before.told and before.par == par
                asked = before.said.cue == "asked"
                replies = replies or denies or contrast or asked or clause.opens("shrugs")
            elif before and before.par == par and before.said.cue in GRANTS:
                replies = replies or clause.opens("shrugs")
            out.append(Turn(k, par, n == 0, run, run[0], replies, takes_up, denies))
    return out


def _runs(said: Spoken) -> list[Spoken]:
    if len(said) == 1:
        return [said]
    runs: list[list[Said]] = []
    for part in said:
        before = runs[-1][-1] if runs else None
        if before is None or part.voice is not before.voice or _turns(before, part):
            runs.append([part])
        else:
            runs[-1].append(part)
    return [tuple(run) for run in runs]


def _turns(before: Said, part: Said) -> bool:
    """A subordinate concession stands alone, and so does what a contrast opens."""
    goes_on = part.voice is Voice.REPORTED and not part.clause.opens("others")
    replies = part.clause.opens("reply") and not goes_on  # "that it should not X, but should Y"
    return (before.cue == "although") != (part.cue == "although") or replies


def _replies(doc: Outline, clause: Clause, n: int) -> bool:
    if "reply" in clause.opening:
        return True
    if n or "midcontrast" not in clause.counts:
        return False
    words = doc.words(clause)
    return words[-2:-1] == ["though"] or interposed(doc, words)


def _other_hand(out: list[Turn], clause: Clause, par: int) -> bool:
    """ "On the other hand" replies where one hand stands before."""
    if "opposite" not in clause.opening:
        return False
    return any(turn.par == par and turn.opens("onehand") for turn in out[-SIDES:])


def _adds(doc: Outline, before: Turn) -> bool:
    """ "It not only raises X, but raises Y": the second part adds to the first."""
    words = [word for part in before.parts for word in doc.words(part.clause)]
    adds = doc.cues.known("adding")  # "not only X but Y"
    return any(a in doc.cues.known("denying") and b in adds for a, b in pairwise(words))


def _turned_down(clause: Clause) -> bool:
    """ "Research does not support this fear": it names the view and denies it."""
    return "takesup" in clause.counts and clause.has("negate", "rebut")
