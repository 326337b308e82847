"""The folder of readings while the bot runs: what is new there is taken in beside the work.

The core sees one library from the beginning to the end of what it does: whoever calls it asks
`Live` for the study as it is now.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot import notices
from bot.shelf import aside, warmed
from bot.study import Live, Study
from prompts.derived import let_go
from prompts.folder import Stamp, stamps
from prompts.intake import Told
from prompts.library import Library
from prompts.readings import Shelf, Trouble

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two looks; a change is taken in when two looks agree
NAMED = 5  # files of one kind that a line names

Open = Callable[[Told, Shelf], Library]
Stamps = Mapping[str, Stamp]


async def watch(live: Live, folder: Path, reopen: Open, every: float = EVERY) -> None:
    """Look at the folder every so often, until cancelled, and take in what has come to rest.

    `reopen` opens the library anew, knowing what was there before; it runs in a thread, and has
    processes of its own for what is much work, so that the loop goes on meanwhile. So it does while
    the first library is made ready.
    """
    first = await asyncio.to_thread(stamps, folder)
    seen = Watch(first, first)
    await _first(live.study.library)
    while True:
        await asyncio.sleep(every)
        try:
            now = await asyncio.to_thread(stamps, folder)
            if seen.settled(now):
                await take_in(live, reopen)
                seen.taken = now
        except Exception:
            log.exception("the readings could not be looked at; the next look comes")


async def _first(library: Library) -> None:
    try:
        await warmed(library)
    except Exception:
        log.exception("the readings could not be made ready; the first question tries it again")


async def take_in(live: Live, reopen: Open) -> "News":
    """Put the library as it is in the folder now in place of the old one, and say what is new.

    A folder that holds nothing any more is a disk that is gone: the old readings stay.
    """
    before = live.study.library
    after = await aside(partial(_ready, reopen, before.shelf))
    found = news(before.shelf, after.shelf)
    if not after.readings:
        log.warning("SEEDS_DIR holds no readings now; the ones of before stay until it does")
        return News()
    live.study = replace(live.study, library=after)
    old = [before]
    del before
    await asyncio.to_thread(_let_go, old)
    if found:
        log.info("%s", found.line())
        await _announce(live.study, found)
    return found


def _let_go(old: list[Library]) -> None:
    """Drop a library in a thread, and little by little."""
    let_go([*old.pop().cases])


def _ready(reopen: Open, before: Shelf, told: Told) -> Library:
    library = reopen(told, before)
    library.warm(told)
    return library


async def _announce(study: Study, found: "News") -> None:
    """Tell the facilitators; of several replicas that see the same, one does."""
    shelf = study.library.shelf
    state = "\n".join(f"{reading.key} {reading.digest}" for reading in shelf.readings)
    mark = hashlib.sha256(f"{found.line()}\n{state}".encode()).hexdigest()[:16]
    await notices.tell(study, f"readings/{mark}", found.line())
    study.nudge()


# -- what is new ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Watch:
    """What was taken in last, and what was seen last. A file that is still being copied is left."""

    taken: Stamps
    seen: Stamps

    def settled(self, now: Stamps) -> bool:
        """Whether the folder is another one than was taken in, and the same as a look ago."""
        resting, self.seen = now == self.seen, now
        return resting and now != self.taken


@dataclass(frozen=True, slots=True)
class News:
    """What changed between two looks at a folder, by key."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone or self.troubles)

    def line(self) -> str:
        """All of it in one line, for people."""
        named = (("new", self.new), ("changed", self.changed), ("gone", self.gone))
        counted = (f"{len(keys)} {what} ({_listed(keys)})" for what, keys in named if keys)
        said = f"Readings: {', '.join(counted) or 'nothing new to use'}."
        shown = [str(trouble) for trouble in self.troubles[:NAMED]]
        more = len(self.troubles) - len(shown)
        rest = [f"And {more} more: gadfly readings."] if more else []
        return " ".join([said, *shown, *rest])


def news(before: Shelf, after: Shelf) -> "News":
    """What is new on a shelf. A file that was moved is new in one place and gone from the other."""
    old = {reading.key: reading for reading in before.readings}
    now = {reading.key: reading for reading in after.readings}
    known = set(before.troubles)
    return News(
        tuple(key for key in now if key not in old),
        tuple(key for key in now if key in old and now[key] != old[key]),
        tuple(key for key in old if key not in now),
        tuple(trouble for trouble in after.troubles if trouble not in known),
    )


def _listed(keys: tuple[str, ...]) -> str:
    more = len(keys) - NAMED
    return ", ".join(keys[:NAMED]) + (f" and {more} more" if more > 0 else "")
