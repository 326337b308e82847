"""What is derived from readings: recalled where it was kept, else made now and kept.

Much of it is made apart, side by side; what was not, whoever needs it makes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from prompts import cache
from prompts.apart import Crew
from prompts.briefs import Brief, Rival, Row, brief, rivals, rows, siblings
from prompts.concordance import Concordance, as_row, concordance
from prompts.engine import VERSION, analyse
from prompts.formats import Unreadable
from prompts.intake import SECONDS, Told
from prompts.model import Analysis, Reading
from prompts.packing import brief_row, packed
from prompts.texts import reading_row

SMALL = 200_000  # letters that are analysed here, since starting a process takes longer
PACE = 50_000.0  # letters a second at the very least, on a busy machine


def prepare(readings: Sequence[Reading], kept: Path, crew: Crew, told: Told) -> None:
    """See that the analyses and briefs of all readings are kept; what is much work is done apart.

    What cannot be analysed apart is left out. Interrupted, it goes on where it stopped.
    """
    left = [reading for reading in readings if not cache.has(kept, reading, VERSION)]
    if _little(left):
        return

    def work(reading: Reading) -> None:
        request = {"do": "analyse", "reading": reading_row(reading)}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            cache.keep_row(kept, reading, VERSION, made["analysis"])
            cache.keep_brief(kept, reading, VERSION, made["brief"])

    for number, _ in enumerate(crew.each(work, left), start=1):
        told("Analysing", number, len(left))


def _little(readings: Sequence[Reading]) -> bool:
    return sum(len(reading.text) for reading in readings) <= SMALL


def look_up(readings: Sequence[Reading], kept: Path, told: Told) -> None:
    """See that what can be looked up in the readings is kept; much work is done apart, on the
    analyses as they were kept, which nobody unpacks on the way."""
    left = [reading for reading in readings if not cache.has_concordance(kept, reading, VERSION)]
    if _little(left):
        return

    def work(reading: Reading) -> None:
        analysis = cache.written(kept, reading, VERSION)
        request = {"do": "look up", "reading": reading_row(reading), "analysis": analysis}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            cache.keep_concordance(kept, reading, VERSION, made)

    with Crew() as crew:
        for number, _ in enumerate(crew.each(work, left), start=1):
            told("Looking through", number, len(left))


def concordances(readings: Iterable[Reading], kept: Path | None) -> Iterator[Concordance]:
    """What can be looked up in each reading."""
    return (_concordance(reading, kept) for reading in readings)


def _concordance(reading: Reading, kept: Path | None) -> Concordance:
    found = cache.recall_concordance(kept, reading, VERSION) if kept else None
    if found is None:
        found = concordance(reading, _analysis(reading, kept))
        if kept:
            cache.keep_concordance(kept, reading, VERSION, as_row(found))
    return found


def dealable(readings: Sequence[Reading], kept: Path | None) -> list[Row]:
    """All that may be dealt from the readings with what it says, strongest first."""
    named = _named(readings)
    beside = {d: (d, *(other.digest for other in near)) for d, near in siblings(readings).items()}
    met = {digest: _recalled(near, kept, named) for digest, near in beside.items()}
    held = {other for digest, near in beside.items() if met[digest] is None for other in near}
    briefs = {reading.digest: _brief(reading, kept, reading.digest in held) for reading in readings}
    found = rows(
        readings,
        briefs,
        {d: _rivals(beside[d], briefs, kept, named) if r is None else r for d, r in met.items()},
    )
    spent = [*briefs.values()]
    briefs.clear()
    let_go(spent, 1)
    return found


def _recalled(
    beside: Sequence[str], kept: Path | None, named: Mapping[str, str]
) -> Sequence[Rival] | None:
    """What the others were found to say against the first; all are digests."""
    return cache.recall_rivals(kept, [named[digest] for digest in beside]) if kept else None


def _rivals(
    beside: Sequence[str], briefs: Mapping[str, Brief], kept: Path | None, named: Mapping[str, str]
) -> Sequence[Rival]:
    """What the others say against the first, found out now."""
    mine, *others = (briefs[digest] for digest in beside)
    found = rivals(mine, others)
    if kept:
        cache.keep_rivals(kept, [named[digest] for digest in beside], found)
    return found


def let_go(heap: list[Any], at_once: int = 1_000) -> None:
    """Empty a list little by little: what goes at once keeps all others waiting until a million
    objects are gone, which takes seconds (#9)."""
    while heap:
        del heap[-at_once:]


def _named(readings: Sequence[Reading]) -> dict[str, str]:
    """What each reading is kept as, by its digest; each is looked at once."""
    return {reading.digest: cache.name(reading, VERSION) for reading in readings}


def tidy(readings: Sequence[Reading], kept: Path, texts: Iterable[str]) -> None:
    """Remove what was kept of other readings than these; `texts` names what was read of files."""
    if readings:  # a folder that holds nothing is a disk that is gone
        near, named = siblings(readings), _named(readings)
        met = ([named[r.digest] for r in (one, *near[one.digest])] for one in readings)
        own = (name for row in met for name in cache.names(row))
        cache.tidy(kept, (*own, *texts))


def _analysis(reading: Reading, kept: Path | None) -> Analysis:
    found = cache.recall(kept, reading, VERSION) if kept else None
    if found is None:
        found = analyse(reading)
        if kept:
            cache.keep(kept, reading, VERSION, found)
    return found


def _brief(reading: Reading, kept: Path | None, held: bool) -> Brief:
    found = cache.recall_brief(kept, reading, VERSION, held) if kept else None
    if found is None:
        found = brief(_analysis(reading, kept))
        if kept:
            cache.keep_brief(kept, reading, VERSION, packed(brief_row(found)))
    return found
