"""The store's own statements on SQLite in memory and without threads: quick, and always the same.

The real one waits for the disk; a simulated decade makes a quarter of a million calls.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, create_engine, event, select
from sqlalchemy.pool import StaticPool

from bot.model import Phase, State
from bot.store.store import Store
from bot.store.tables import debates, effects, metadata, one_of

Pause = Callable[[], Awaitable[None]]


class Quick:
    """`bot.store.calls.Calls` as far as the store uses it; `pause` comes before each call."""

    def __init__(self, pause: Pause) -> None:
        self._engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
        event.listen(self._engine, "connect", _own_transactions)
        self._pause = pause
        self._conn = self._engine.connect()
        self._raw: Any = self._conn.connection.driver_connection
        with self._conn.begin():
            metadata.create_all(self._conn)

    async def write(self, step: Any, *args: Any, **kwargs: Any) -> Any:
        await self._pause()
        with self._conn.begin():
            self._raw.execute("BEGIN")
            return step(self._conn, *args, **kwargs)

    note = write

    async def read(self, step: Any, *args: Any, **kwargs: Any) -> Any:
        """Nobody writes meanwhile, and a transaction costs as much as most questions (#4)."""
        await self._pause()
        try:
            return step(self._conn, *args, **kwargs)
        finally:
            self._conn.rollback()

    shared = True

    async def scrub(self) -> None: ...

    async def close(self) -> None:
        self._conn.close()
        self._engine.dispose()


def _own_transactions(connection: Any, record: object) -> None:
    connection.isolation_level = None


OPEN = one_of(effects.c.state, (State.PENDING, State.SENDING, State.DOUBT))
WAITING = select(effects.c.lease, effects.c.settled, effects.c.due).where(OPEN)
CLOSES = select(debates.c.closes).where(debates.c.phase == Phase.OPEN)


class Stirring(Store):
    """It also tells when a simulation may go on."""

    async def stirs(self) -> list[datetime]:
        """When something may happen next: to an effect that is not settled, or to a debate."""

        def look(conn: Connection) -> list[datetime]:
            rows = [
                lease or (settled and settled + timedelta(minutes=1)) or due
                for lease, settled, due in conn.execute(WAITING)
            ]
            return [*rows, *conn.scalars(CLOSES)]

        found: list[datetime] = await self._db.read(look)
        return found


def store(pause: Pause) -> Stirring:
    """An empty store that is gone when the process is."""
    quick: Any = Quick(pause)
    return Stirring(quick)
