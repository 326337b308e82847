"""What can be looked up in one reading, made ready: its windows, claims and phrases, in stems.

A thousand readings hold a million windows and as many claims, so all of it is kept in flat
arrays of numbers; a passage is made when somebody asks for it. Stems and motions are strings that
all readings share, and a library with the one that takes its place (#9).
"""

import sys
from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from operator import lt
from sys import intern
from typing import Any, NamedTuple

from prompts.likeness import stems
from prompts.model import Analysis, Claim, Passage, Reading, Voice
from prompts.pairs import shown
from prompts.topics import Phrases, phrases
from prompts.windows import whole, windows

Row = dict[str, Any]
VOICES = {voice.value: voice for voice in Voice}


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of a text, each with its stems in order, as numbers into a list of stems."""

    starts: "array[int]"
    ends: "array[int]"
    said: "array[int]"
    upto: "array[int]"

    def __len__(self) -> int:
        return len(self.starts)

    def stems(self) -> "Iterator[array[int]]":
        """The numbers of each stretch in turn."""
        return map(self.saying, range(len(self)))

    def saying(self, at: int) -> "array[int]":
        """The numbers of one stretch."""
        return self.said[self.upto[at - 1] if at else 0 : self.upto[at]]


@dataclass(frozen=True, slots=True)
class Asserted:
    """What is known of claims besides their places: how sure, whose, the motion of those that
    have one."""

    scores: "array[float]"
    voices: tuple[Voice, ...]
    motions: tuple[str | None, ...]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> "Asserted":
        scores = array("d", [claim.score for claim in claims])
        return cls(scores, tuple(c.voice for c in claims), tuple(c.motion for c in claims))


class Answered(NamedTuple):
    """A view and what stands against it: where it is shown, where the reply stands, how surely."""

    shown: tuple[int, int]
    reply: tuple[int, int] | None
    score: float


@dataclass(frozen=True, slots=True)
class Concordance:
    """One reading made ready. `claims` say their motions, where they have one; `views` are two
    stretches for each exchange: the view, and what it is against."""

    reading: Reading
    terms: tuple[str, ...]
    windows: Stretches
    claims: Stretches
    asserted: Asserted
    views: Stretches
    answered: tuple[Answered, ...]
    phrases: Phrases

    def closed(self) -> "Concordance":
        """Without its windows, which an index has by now."""
        return replace(self, windows=Stretches(*(_numbers() for _ in range(4))))


def concordance(reading: Reading, analysis: Analysis) -> Concordance:
    """What can be looked up in a reading."""
    terms: defaultdict[str, int] = defaultdict(count().__next__)
    points = [(point, whole(point.answer or point.against)) for point in shown(analysis)]
    views = [(side, side.text) for point, _ in points for side in (point.passage, point.against)]
    return Concordance(
        reading,
        windows=_stretches(((p, p.text) for p in windows(reading)), terms),
        claims=_stretches(
            ((c.passage, c.motion or c.passage.text) for c in analysis.claims), terms
        ),
        asserted=Asserted.of(analysis.claims),
        views=_stretches(views, terms),
        answered=tuple(
            Answered(_span(p.passage), _span(reply) if reply else None, p.score)
            for p, reply in points
        ),
        phrases=phrases(reading),
        terms=tuple(terms),
    )


def _span(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def _stretches(told: Iterable[tuple[Passage, str]], terms: Mapping[str, int]) -> Stretches:
    """Passages with what they say; the terms learn new stems on the way."""
    found = Stretches(_numbers(), _numbers(), _numbers(), _numbers())
    for passage, text in told:
        found.starts.append(passage.start)
        found.ends.append(passage.end)
        found.said.extend(map(terms.__getitem__, stems(text, passage.reading.language)))
        found.upto.append(len(found.said))
    return found


def _numbers(data: bytes = b"") -> "array[int]":
    return array("I", data)


# -- to JSON and back ---------------------------------------------------------------------------


def as_row(one: Concordance) -> Row:
    """What is kept of it, beside its reading, as JSON values."""
    said = one.asserted
    return {
        "terms": " ".join(one.terms),
        "windows": _packed(one.windows),
        "claims": _packed(one.claims),
        "asserted": [[*said.scores], said.voices, said.motions],
        "views": [_packed(one.views), one.answered],
        "phrases": [one.phrases.often, _written(one.phrases.counts), _written(one.phrases.all)],
        "whole": one.phrases.whole,
    }


def of_row(reading: Reading, row: Row) -> Concordance:
    """What `as_row` made. Raises for what does not fit the reading."""
    terms = tuple(map(intern, str(row["terms"]).split(" "))) if row["terms"] else ()
    (scores, voices, motions), (views, answered) = row["asserted"], row["views"]
    often, counts, every = row["phrases"]
    found = Concordance(
        reading,
        terms,
        _unpacked(row["windows"]),
        _unpacked(row["claims"]),
        Asserted(
            array("d", scores),
            tuple(VOICES[voice] for voice in voices),
            tuple(intern(motion) if motion else None for motion in motions),
        ),
        _unpacked(views),
        tuple(Answered(tuple(s), tuple(r) if r else None, float(x)) for s, r, x in answered),
        Phrases(str(often), _read(counts), _read(every), int(row["whole"])),
    )
    if not _fits(found):
        raise ValueError("what was kept is not of this reading")
    return found


def _fits(one: Concordance) -> bool:
    """Whether every place lies in the text, and every number has its stem."""
    spans = (span for row in one.answered for span in (row.shown, row.reply) if span)
    most = len(one.reading.text)
    parts = (one.windows, one.claims, one.views)
    return (
        all(0 <= start < end <= most for start, end in spans)
        and all(_lies(part, most) for part in parts)
        and max(max(part.said, default=-1) for part in parts) + 1 == len(one.terms)
        and len(one.claims) == len(one.asserted.scores)
        and len(one.claims) == len(one.asserted.voices) == len(one.asserted.motions)
        and len(one.views) == 2 * len(one.answered)
    )


def _lies(part: Stretches, most: int) -> bool:
    return (
        len(part.starts) == len(part.ends) == len(part.upto)
        and all(map(lt, part.starts, part.ends))
        and max(part.ends, default=0) <= most
        and list(part.upto) == sorted(part.upto)
        and (part.upto[-1] if part.upto else 0) == len(part.said)
    )


def _packed(part: Stretches) -> list[str]:
    return [_written(row) for row in (part.starts, part.ends, part.said, part.upto)]


def _unpacked(row: Sequence[str]) -> Stretches:
    starts, ends, said, upto = map(_read, row)
    return Stretches(starts, ends, said, upto)


def _written(numbers: "array[int]") -> str:
    """Numbers as text, the lowest byte first on every machine."""
    return b64encode(_ordered(numbers).tobytes()).decode()


def _read(text: str) -> "array[int]":
    return _ordered(_numbers(b64decode(text)))


def _ordered(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
