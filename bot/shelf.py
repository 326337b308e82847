"""The readings that the settings name: opened, and told what is wrong with them."""

import asyncio
import gc
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TextIO

from bot import timetable
from bot.clock import SystemClock
from bot.errors import Wrong
from bot.schedule import Schedule
from bot.settings import Settings
from prompts import links
from prompts.formats import Unreadable
from prompts.intake import Told
from prompts.library import Library
from prompts.readings import Shelf, silent
from prompts.web import Copy, copies, tidy

log = logging.getLogger(__name__)

WIDE = 30  # characters of the bar


def shelf(own: Settings, told: Told = silent) -> Library:
    """The readings, with a line in the log about each that cannot be used."""
    library = as_it_is(own, told)
    if not library.readings:
        raise Wrong(f"SEEDS_DIR: {library.troubles[0]}")
    for trouble in library.troubles:
        log.warning("SEEDS_DIR: %s", trouble)
    return library


def as_it_is(own: Settings, told: Told = silent, before: Shelf | None = None) -> Library:
    """What the folder holds, be it nothing; web pages that it names are fetched, once each.

    What is as it was `before` is not read again. Raises `Wrong` where Gadfly's own files lie there.
    """
    if own.data_dir.resolve().is_relative_to(own.seeds_dir.resolve()):
        how = "name a folder elsewhere, or what Gadfly keeps is taken for readings"
        raise Wrong(f"DATA_DIR={own.data_dir}: lies in SEEDS_DIR={own.seeds_dir}; {how}")
    folder, today, wanted = own.data_dir / "pages", SystemClock().now().date(), set[str]()

    def fetch(addresses: Sequence[str]) -> Mapping[str, Copy | Unreadable]:
        wanted.update(addresses)
        return copies(addresses, folder, today)

    library = Library.open(own.seeds_dir, own.data_dir / "derived", told, fetch, before)
    if library.readings and not any(links.holds(trouble.file) for trouble in library.troubles):
        tidy(folder, wanted)  # else a list that cannot be read today would cost its pages
    return library


def unmatched(library: Library, schedule: Schedule) -> str:
    """What is wrong with a schedule's READINGS, and what to do; empty where they make a claim."""
    if library.left((), schedule.readings):
        return ""
    named = f"{timetable.setting(schedule.name, 'readings')}={schedule.readings}"
    how = "gadfly readings lists what can be named, such as ethics/*"
    return f"{named} matches no reading that makes a claim; {how}"


async def aside(work: Callable[[Told], Library], told: Told = silent) -> Library:
    """Open a library in a thread, which is interrupted at its next step if nobody waits any more:
    a process that is told to stop would else stay until all is read.
    """
    left = threading.Event()

    def opened() -> Library:
        with _unswept():
            return work(step)

    def step(doing: str, done: int, of: int) -> None:
        if left.is_set():
            raise InterruptedError("nobody waits for the readings any more")
        told(doing, done, of)

    try:
        return await asyncio.to_thread(opened)
    finally:
        left.set()


async def warmed(library: Library) -> Library:
    """The library, once it answers questions at once; until then the loop goes on."""

    def warm(told: Told) -> Library:
        library.warm(told)
        return library

    return library if library.warmed else await aside(warm)


@contextmanager
def _unswept() -> Iterator[None]:
    """What is opened stays. The collector would look through all of it again and again, and nobody
    else runs meanwhile: for seconds, where a folder holds a thousand readings (#9). Opening leaves
    no cycles, so an old library still goes when it is let go; of what the loop does meanwhile, a
    hundred replies, presses, questions and ticks left nine small objects that stay for good."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def bar(out: TextIO) -> Told:
    """Shows how far the reading is, where somebody looks on."""
    return partial(_drawn, out) if out.isatty() else silent


def _drawn(out: TextIO, doing: str, done: int, of: int) -> None:
    full = WIDE * done // of
    end = "\n" if done == of else ""
    out.write(f"\r{doing} {'█' * full}{'░' * (WIDE - full)} {done} of {of}{end}")
    out.flush()
