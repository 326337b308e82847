"""What is derived from readings: recalled where it was kept, else made now and kept.

Much of it is made apart, side by side; what was not, whoever needs it makes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from prompts import cache, packing
from prompts.apart import Crew
from prompts.briefs import Brief, Rival, Row, brief, rivals, rows, siblings
from prompts.concordance import Concordance, as_row, concordance, of_row
from prompts.engine import VERSION, analyse
from prompts.formats import Unreadable
from prompts.intake import SECONDS, Told
from prompts.model import Analysis, Reading
from prompts.packing import packed
from prompts.texts import reading_row

SMALL = 200_000  # letters that are analysed here, since starting a process takes longer
BRIEF, CONCORDANCE, RIVALS = "brief", "concordance", "rivals"  # what is kept of readings
PACE = 50_000.0  # letters a second at the very least, on a busy machine

T = TypeVar("T")
Named = Mapping[str, str]
"""What each reading is kept as, by its digest."""


def named(readings: Iterable[Reading]) -> Named:
    """The names of readings, which are told once: it takes a while."""
    return {reading.digest: cache.name(reading, VERSION) for reading in readings}


def prepare(readings: Sequence[Reading], kept: Path, names: Named, crew: Crew, told: Told) -> None:
    """See that the analyses and briefs of all readings are kept; what is much work is done apart.

    What cannot be analysed apart is left out. Interrupted, it goes on where it stopped.
    """

    def files(reading: Reading) -> tuple[str, str]:
        own = names[reading.digest]
        return own, cache.named(BRIEF, own)

    def work(reading: Reading) -> None:
        request = {"do": "analyse", "reading": reading_row(reading)}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            for file, row in zip(files(reading), (made["analysis"], made["brief"]), strict=True):
                cache.keep(kept, file, row)

    left = [r for r in readings if not all((kept / file).is_file() for file in files(r))]
    if not _little(left):
        for number, _ in enumerate(crew.each(work, left), start=1):
            told("Analysing", number, len(left))


def _little(readings: Sequence[Reading]) -> bool:
    return sum(len(reading.text) for reading in readings) <= SMALL


def look_up(readings: Sequence[Reading], kept: Path, names: Named, told: Told) -> None:
    """See that what can be looked up in the readings is kept; much work is done apart, on the
    analyses as they were kept, which nobody unpacks on the way."""

    def work(reading: Reading) -> None:
        own = names[reading.digest]
        analysis = cache.recall(kept, own, bytes.decode) or ""
        request = {"do": "look up", "reading": reading_row(reading), "analysis": analysis}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            cache.keep(kept, cache.named(CONCORDANCE, own), packed(made))

    left = [r for r in readings if not (kept / cache.named(CONCORDANCE, names[r.digest])).is_file()]
    if not _little(left):
        with Crew() as crew:
            for number, _ in enumerate(crew.each(work, left), start=1):
                told("Looking through", number, len(left))


def _settled(
    kept: Path | None,
    file: str,
    of_row: Callable[[Any], T],
    made: Callable[[], T],
    as_row: Callable[[T], Any],
) -> T:
    """What a file holds, or, if it holds nothing that fits, what is made now and kept there."""
    found = cache.recall(kept, file, lambda data: of_row(json.loads(data))) if kept else None
    if found is None:
        found = made()
        if kept:
            cache.keep(kept, file, packed(as_row(found)))
    return found


def concordances(
    readings: Iterable[Reading], kept: Path | None, names: Named
) -> Iterator[Concordance]:
    """What can be looked up in each reading."""
    return (_concordance(reading, kept, names[reading.digest]) for reading in readings)


def _concordance(reading: Reading, kept: Path | None, own: str) -> Concordance:
    def made() -> Concordance:
        return concordance(reading, _analysis(reading, kept, own))

    return _settled(kept, cache.named(CONCORDANCE, own), partial(of_row, reading), made, as_row)


def dealable(readings: Sequence[Reading], kept: Path | None, names: Named) -> list[Row]:
    """All that may be dealt from the readings with what it says, strongest first."""
    beside = {d: (d, *(other.digest for other in near)) for d, near in siblings(readings).items()}
    met = {d: _recalled(near, kept, names) for d, near in beside.items()}
    held = {other for d, near in beside.items() if met[d] is None for other in near}
    briefs = {r.digest: _brief(r, kept, names[r.digest], r.digest in held) for r in readings}
    said = {d: _rivals(beside[d], briefs, kept, names) if r is None else r for d, r in met.items()}
    found = rows(readings, briefs, said)
    spent = [*briefs.values()]
    briefs.clear()
    let_go(spent, 1)
    return found


def _recalled(beside: Sequence[str], kept: Path | None, names: Named) -> Sequence[Rival] | None:
    """What the others were found to say against the first; all are digests."""
    return cache.recall(kept, _met(beside, names), _unpacked) if kept else None


def _unpacked(data: bytes) -> tuple[Rival, ...]:
    return tuple(Rival(int(i), int(s), int(j), float(x)) for i, s, j, x in json.loads(data))


def _rivals(
    beside: Sequence[str], briefs: Mapping[str, Brief], kept: Path | None, names: Named
) -> Sequence[Rival]:
    """What the others say against the first, found out now."""
    mine, *others = (briefs[digest] for digest in beside)
    found = rivals(mine, others)
    if kept:
        cache.keep(kept, _met(beside, names), packed(found))
    return found


def _met(beside: Sequence[str], names: Named) -> str:
    """The file of what the others say against the first; all are digests."""
    return cache.named(RIVALS, *(names[digest] for digest in beside))


def let_go(heap: list[Any], at_once: int = 1_000) -> None:
    """Empty a list little by little: what goes at once keeps all others waiting until a million
    objects are gone, which takes seconds (#9)."""
    while heap:
        del heap[-at_once:]


def tidy(readings: Sequence[Reading], kept: Path, names: Named, texts: Iterable[str]) -> None:
    """Remove what was kept of other readings than these; `texts` names what was read of files."""
    if readings:  # a folder that holds nothing is a disk that is gone
        near = siblings(readings)
        met = [[one.digest, *(other.digest for other in near[one.digest])] for one in readings]
        own = [names[reading.digest] for reading in readings]
        made = (cache.named(what, name) for what in (BRIEF, CONCORDANCE) for name in own)
        cache.tidy(kept, (*own, *made, *(_met(row, names) for row in met), *texts))


def _analysis(reading: Reading, kept: Path | None, own: str) -> Analysis:
    def made() -> Analysis:
        return analyse(reading)

    return _settled(kept, own, partial(packing.analysis, reading), made, packing.analysis_row)


def _brief(reading: Reading, kept: Path | None, own: str, held: bool) -> Brief:
    def made() -> Brief:
        return brief(_analysis(reading, kept, own))

    unpacked = partial(packing.brief, reading, held=held)
    return _settled(kept, cache.named(BRIEF, own), unpacked, made, packing.brief_row)
