"""The readings that the settings name: opened, and told what is wrong with them."""

import asyncio
import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import TextIO

from bot.clock import SystemClock
from bot.errors import Wrong
from bot.settings import Settings
from prompts.intake import Told
from prompts.library import Library
from prompts.readings import silent
from prompts.web import copies

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


def as_it_is(own: Settings, told: Told = silent) -> Library:
    """What the folder holds, be it nothing; web pages that it names are fetched, once each."""
    today = SystemClock().now().date()
    fetch = partial(copies, folder=own.data_dir / "pages", today=today)
    return Library.open(own.seeds_dir, own.data_dir / "derived", told, fetch)


async def aside(work: Callable[[Told], Library], told: Told = silent) -> Library:
    """Open a library in a thread, which is interrupted at its next step if nobody waits any more:
    a process that is told to stop would else stay until all is read.
    """
    left = threading.Event()

    def step(doing: str, done: int, of: int) -> None:
        if left.is_set():
            raise InterruptedError("nobody waits for the readings any more")
        told(doing, done, of)

    try:
        return await asyncio.to_thread(work, step)
    finally:
        left.set()


def bar(out: TextIO) -> Told:
    """Shows how far the reading is, where somebody looks on."""
    return partial(_drawn, out) if out.isatty() else silent


def _drawn(out: TextIO, doing: str, done: int, of: int) -> None:
    full = WIDE * done // of
    end = "\n" if done == of else ""
    out.write(f"\r{doing} {'█' * full}{'░' * (WIDE - full)} {done} of {of}{end}")
    out.flush()
