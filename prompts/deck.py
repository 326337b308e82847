"""The deck: which prompt comes next, so that no claim comes twice and everyone gets a turn.

Nothing here keeps a state. The history comes in, and the same history over the same readings
deals the same prompt in every process.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import NamedTuple

from prompts import wording
from prompts.briefs import Row
from prompts.model import Counterpoint, Passage, Prompt, Reading
from prompts.pairs import Pair, Place, folder_of, place
from prompts.sayings import MARK, Heard, hashed

# A deal reads ten years of them: naming the parts of each takes half as long as fetching it (#4).
Past = tuple[str, str, int, int]  # the parts of `Used`, in its order


class Used(NamedTuple):
    """A prompt that was dealt: its key, and the claim's place in the text of that digest."""

    key: str
    digest: str
    start: int
    end: int


def used(prompt: Prompt) -> Used:
    """What must be remembered of a prompt that was dealt."""
    claim = prompt.claim.passage
    return Used(prompt.key, claim.reading.digest, claim.start, claim.end)


@dataclass(frozen=True, slots=True)
class Case:
    """A pair in the deck. Cases of one `group` say the same and are never dealt twice."""

    pair: Pair
    mark: str
    group: int

    @property
    def passage(self) -> Passage:
        return self.pair.claim.passage


def deck(rows: Sequence[Row]) -> tuple[Case, ...]:
    """The cases, strongest first as the rows are; near-duplicates share a group.

    So do two claims of two authors that are each other's counterpoint: shown once, they are known.
    """
    heard = Heard(said for _, said in rows)
    groups: dict[Place, int] = {}
    cases = []
    for number, (pair, said) in enumerate(rows):
        new = groups.get(place(pair.other.passage), number) if pair.other else number
        group = heard.group(said, new)
        groups[place(pair.claim.passage)] = group
        cases.append(Case(pair, said.mark, group))
    heard.forget()
    return tuple(cases)


def matches(reading: Reading, pattern: str | None) -> bool:
    """Whether a reading's key fits one of the patterns, parted by commas; none fits all."""
    parts = [part.strip() for part in (pattern or "").split(",") if part.strip()]
    return not parts or any(fnmatchcase(reading.key, part) for part in parts)


def deal(cases: Sequence[Case], history: Iterable[Past], pattern: str | None) -> Prompt | None:
    """The next prompt: from the subject, then the reading, that had the fewest; None at the end."""
    past = list(history)
    free = fresh(cases, past, pattern)
    if not free:
        return None
    before = dealt(cases, past)
    had = Counter(name for case in before for name in _shares(case))
    case = min(free, key=lambda c: _turn(c, had))
    asked = Counter(_kinds(before, past))
    option = _kind(case, asked)
    return prompt(case, option, asked[option[0]])


def fresh(cases: Sequence[Case], past: Sequence[Past], pattern: str | None) -> list[Case]:
    """One case of each group that fits the pattern and was not dealt, strongest first."""
    gone = {case.group for case in dealt(cases, past)}
    found: dict[int, Case] = {}
    for case in cases:
        if case.group not in gone and matches(case.passage.reading, pattern):
            found.setdefault(case.group, case)
    return list(found.values())


def dealt(cases: Sequence[Case], past: Sequence[Past]) -> list[Case]:
    """The cases whose claim was used, by its words (a reading may change around them) or place."""
    marks = {key[:MARK] for key, *_ in past}
    places: dict[str, list[tuple[int, int]]] = {}
    for _, digest, start, end in past:
        places.setdefault(digest, []).append((start, end))
    return [case for case in cases if case.mark in marks or _on(case.passage, places)]


def repeated(cases: Sequence[Case]) -> dict[str, str]:
    """The readings all of whose claims others make, too, by key, each with the one that makes most
    of them: of two copies the one with fewer prompts of its own."""
    made: dict[str, set[int]] = {}
    for case in cases:
        made.setdefault(case.passage.reading.key, set()).add(case.group)
    own = Counter(case.passage.reading.key for case in fresh(cases, (), None))
    makers = Counter(group for groups in made.values() for group in groups)
    found: dict[str, str] = {}
    for key in sorted(made, key=lambda key: (own[key], key)):
        if all(makers[group] > 1 for group in made[key]):
            others = made.keys() - found.keys() - {key}
            found[key] = max(sorted(others), key=lambda other: len(made[key] & made[other]))
            makers.subtract(made[key])
    return found


def _on(passage: Passage, places: Mapping[str, list[tuple[int, int]]]) -> bool:
    here = places.get(passage.reading.digest, ())
    return any(start < passage.end and passage.start < end for start, end in here)


def _shares(case: Case) -> tuple[str, str]:
    reading = case.passage.reading
    return f"{folder_of(reading)}/", reading.key


def _turn(case: Case, had: Counter[str]) -> tuple[int, int, float, str, int]:
    folder, key = _shares(case)
    return had[folder], had[key], -case.pair.strength, key, case.passage.start


# -- kinds and keys -----------------------------------------------------------------------------


def _options(case: Case) -> Iterator[tuple[str, Counterpoint | None]]:
    """The kinds a case carries, with the counterpoint each shows."""
    pair = case.pair
    if pair.other is not None:
        yield wording.AUTHORS, pair.other
    if pair.own is not None:
        yield wording.COUNTERPOINT, pair.own
    shown = pair.own or pair.other
    for kind in wording.fits(case.passage.text, case.passage.reading.language):
        yield kind, shown


def _kind(case: Case, had: Counter[str]) -> tuple[str, Counterpoint | None]:
    """The kind that was asked least; the order of the options decides between equals."""
    return min(_options(case), key=lambda option: had[option[0]])


def _kinds(before: Sequence[Case], past: Sequence[Past]) -> Iterator[str]:
    """The kinds of the prompts that were dealt, as far as their material is still there."""
    keys = {key for key, *_ in past}
    for case in before:
        yield from (kind for kind, shown in _options(case) if _key(case, kind, shown) in keys)


def prompt(case: Case, option: tuple[str, Counterpoint | None], turn: int) -> Prompt:
    """A case as it is posted; its kind was asked `turn` times before, each time in other words."""
    kind, shown = option
    key = _key(case, kind, shown)
    reading = case.passage.reading
    other = shown.passage.reading.author if shown else None
    asked = wording.question(kind, reading.language, turn, reading.author, other)
    claim = case.pair.claim
    return Prompt(key, kind, claim.motion or "", asked, claim, shown)  # `postable` ones have one


def _key(case: Case, kind: str, shown: Counterpoint | None) -> str:
    places = [case.passage, *([shown.passage] if shown else [])]
    spans = [f"{p.reading.digest}:{p.start}:{p.end}" for p in places]
    return case.mark + hashed(kind, *spans)
