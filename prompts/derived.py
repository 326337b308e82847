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


Named = Mapping[str, str]
"""What each reading is kept as, by its digest."""


def named(readings: Iterable[Reading]) -> Named:
    """The names of readings, which are told once: it takes a while."""
    return {reading.digest: cache.name(reading, VERSION) for reading in readings}


def prepare(readings: Sequence[Reading], kept: Path, names: Named, crew: Crew, told: Told) -> None:
    """See that the analyses and briefs of all readings are kept; what is much work is done apart.

    What cannot be analysed apart is left out. Interrupted, it goes on where it stopped.
    """
    left = [reading for reading in readings if not cache.has(kept, names[reading.digest])]
    if _little(left):
        return

    def work(reading: Reading) -> None:
        request = {"do": "analyse", "reading": reading_row(reading)}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            cache.keep_row(kept, names[reading.digest], made["analysis"])
            cache.keep_brief(kept, names[reading.digest], made["brief"])

    for number, _ in enumerate(crew.each(work, left), start=1):
        told("Analysing", number, len(left))


def _little(readings: Sequence[Reading]) -> bool:
    return sum(len(reading.text) for reading in readings) <= SMALL


def look_up(readings: Sequence[Reading], kept: Path, names: Named, told: Told) -> None:
    """See that what can be looked up in the readings is kept; much work is done apart, on the
    analyses as they were kept, which nobody unpacks on the way."""
    left = [r for r in readings if not cache.has_concordance(kept, names[r.digest])]
    if _little(left):
        return

    def work(reading: Reading) -> None:
        analysis = cache.written(kept, names[reading.digest])
        request = {"do": "look up", "reading": reading_row(reading), "analysis": analysis}
        with suppress(Unreadable):
            made = crew.ask(request, SECONDS + len(reading.text) / PACE)
            cache.keep_concordance(kept, names[reading.digest], made)

    with Crew() as crew:
        for number, _ in enumerate(crew.each(work, left), start=1):
            told("Looking through", number, len(left))


def concordances(
    readings: Iterable[Reading], kept: Path | None, names: Named
) -> Iterator[Concordance]:
    """What can be looked up in each reading."""
    return (_concordance(reading, kept, names) for reading in readings)


def _concordance(reading: Reading, kept: Path | None, names: Named) -> Concordance:
    own = names[reading.digest]
    found = cache.recall_concordance(kept, own, reading) if kept else None
    if found is None:
        found = concordance(reading, _analysis(reading, kept, own))
        if kept:
            cache.keep_concordance(kept, own, as_row(found))
    return found


def dealable(readings: Sequence[Reading], kept: Path | None, names: Named) -> list[Row]:
    """All that may be dealt from the readings with what it says, strongest first."""
    beside = {d: (d, *(other.digest for other in near)) for d, near in siblings(readings).items()}
    met = {digest: _recalled(near, kept, names) for digest, near in beside.items()}
    held = {other for digest, near in beside.items() if met[digest] is None for other in near}
    briefs = {r.digest: _brief(r, kept, names[r.digest], r.digest in held) for r in readings}
    found = rows(
        readings,
        briefs,
        {d: _rivals(beside[d], briefs, kept, names) if r is None else r for d, r in met.items()},
    )
    spent = [*briefs.values()]
    briefs.clear()
    let_go(spent, 1)
    return found


def _recalled(beside: Sequence[str], kept: Path | None, names: Named) -> Sequence[Rival] | None:
    """What the others were found to say against the first; all are digests."""
    return cache.recall_rivals(kept, [names[digest] for digest in beside]) if kept else None


def _rivals(
    beside: Sequence[str], briefs: Mapping[str, Brief], kept: Path | None, names: Named
) -> Sequence[Rival]:
    """What the others say against the first, found out now."""
    mine, *others = (briefs[digest] for digest in beside)
    found = rivals(mine, others)
    if kept:
        cache.keep_rivals(kept, [names[digest] for digest in beside], found)
    return found


def let_go(heap: list[Any], at_once: int = 1_000) -> None:
    """Empty a list little by little: what goes at once keeps all others waiting until a million
    objects are gone, which takes seconds (#9)."""
    while heap:
        del heap[-at_once:]


def tidy(readings: Sequence[Reading], kept: Path, names: Named, texts: Iterable[str]) -> None:
    """Remove what was kept of other readings than these; `texts` names what was read of files."""
    if readings:  # a folder that holds nothing is a disk that is gone
        near = siblings(readings)
        met = ([names[r.digest] for r in (one, *near[one.digest])] for one in readings)
        own = (name for row in met for name in cache.names(row))
        cache.tidy(kept, (*own, *texts))


def _analysis(reading: Reading, kept: Path | None, own: str) -> Analysis:
    found = cache.recall(kept, own, reading) if kept else None
    if found is None:
        found = analyse(reading)
        if kept:
            cache.keep(kept, own, found)
    return found


def _brief(reading: Reading, kept: Path | None, own: str, held: bool) -> Brief:
    found = cache.recall_brief(kept, own, reading, held) if kept else None
    if found is None:
        found = brief(_analysis(reading, kept, own))
        if kept:
            cache.keep_brief(kept, own, packed(brief_row(found)))
    return found
