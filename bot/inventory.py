"""`gadfly readings`: what could be read of each file and how far it goes, and what could not."""

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from bot import coming, settings, timetable
from bot.errors import Say, Wrong
from bot.model import Room
from bot.schedule import Schedule
from bot.settings import Settings
from bot.shelf import as_it_is, bar
from prompts.library import Library
from prompts.model import Reading


@dataclass(frozen=True, slots=True)
class Entry:
    """A reading that is used. `pages` is 0 where the file has none; `left` counts prompts that
    some room has yet to see, in the room that has fewest."""

    file: str
    title: str
    author: str | None
    year: str | None
    source: str | None
    language: str
    pages: int
    words: int
    claims: int
    left: int

    def line(self) -> str:
        """The entry on one line."""
        work = ", ".join(filter(None, (self.author, self.title, self.year)))
        pages = [_many(self.pages, "page")] if self.pages else []
        size = ", ".join([*pages, _many(self.words, "word"), self.language])
        far = f"{_many(self.claims, 'claim')}, {_many(self.left, 'prompt')} left"
        return f"{self.file}: {work}; {size}; {far}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def readings(say: Say, as_json: bool = False) -> int:
    """Each reading, then what could not be read. Exit code 1 where there is trouble.

    As JSON: {"readings": the entries, "troubles": [{"file", "why"}]}.
    """
    own = settings.load()
    library = as_it_is(own, bar(sys.stderr))
    entries = list(_entries(library, asyncio.run(_left(own, library))))
    if as_json:
        troubles = [asdict(trouble) for trouble in library.troubles]
        say(json.dumps({"readings": [asdict(entry) for entry in entries], "troubles": troubles}))
    else:
        for line in _lines(library, entries):
            say(line)
    return 1 if library.troubles else 0


def _lines(library: Library, entries: Iterable[Entry]) -> Iterator[str]:
    yield from (entry.line() for entry in entries)
    yield from (f"Trouble: {trouble}" for trouble in library.troubles)
    count = _many(len(library.readings), "reading")
    yield f"{_many(library.left(()), 'prompt')} in {count}"


def _entries(library: Library, left: Mapping[str, int]) -> Iterator[Entry]:
    claims = library.spread(())
    for reading in library.readings:
        yield Entry(
            reading.key,
            reading.title,
            reading.author,
            reading.year,
            reading.source,
            reading.language,
            _pages(reading),
            len(reading.text.split()),
            claims.get(reading.key, 0),
            left.get(reading.key, 0),
        )


def _pages(reading: Reading) -> int:
    """How many pages there are; what was said has times instead."""
    return len({page.label for page in reading.pages if page.label and ":" not in page.label})


async def _left(own: Settings, library: Library) -> Mapping[str, int]:
    """The prompts that each reading has left, by key, in the room where it has fewest."""
    try:
        plans = timetable.schedules(own)
        past, _ = await coming.decided(own, plans)
    except Wrong:  # the readings are told even where a schedule is not in order yet
        return library.spread(())
    rows = [library.spread(past[room], plan.readings) for plan, room in _rooms(plans)]
    found: dict[str, int] = {}
    for row in rows:
        for key, count in row.items():
            found[key] = min(count, found.get(key, count))
    return found


def _rooms(plans: Iterable[Schedule]) -> Iterator[tuple[Schedule, Room]]:
    return ((plan, room) for plan in plans for room in plan.rooms)
