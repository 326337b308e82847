"""A study to read from, beside a bot that may be running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot import app, timetable
from bot.ports import Clock
from bot.settings import Settings
from bot.shelf import shelf
from bot.store.store import Store
from bot.study import Study


@asynccontextmanager
async def beside(own: Settings, clock: Clock) -> AsyncIterator[Study | None]:
    """The study without its chats, for reading alone; None where there is no store yet."""
    store = await Store.peek(app.database(own))
    if store is None:
        yield None
        return
    library, plans = shelf(own), timetable.schedules(own)
    kept = timedelta(days=own.retention_days)
    try:
        yield Study(library, store, {}, plans, clock, "reader", _nobody, retention=kept)
    finally:
        await store.close()


def _nobody() -> None:
    """Nothing is to be ticked by a reader."""
