"""How the store is called: each call is one transaction, and it ends in time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import IO, Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection

from bot.ledger import StoreError
from bot.store.engine import Database, How, beside, connect, file_of, name_of, read_url, reserve
from bot.store.migrations import migrate
from bot.store.trouble import line, told

DEADLINE = 5.0  # seconds that a call may take, whatever the database does
LONG = 60.0  # seconds for what rewrites the database: a migration, an erasure

P = ParamSpec("P")
T = TypeVar("T")
Step = Callable[Concatenate[Connection, P], T]


class Calls:
    """A database that is ready to be read and written.

    A step is a plain function that takes a connection first; it runs as one transaction, beside
    the loop. A caller who is cancelled leaves it to end well, and a database that hangs holds
    nobody longer than the deadline.
    """

    def __init__(self, url: str, deadline: float = DEADLINE, peek: bool = False) -> None:
        """Nothing is opened yet, but a SQLite file is kept for this process until `close`.

        With `peek` nothing is kept and nothing can be written: for a look at a file in use.
        """
        self._url: URL = beside(read_url(url)) if peek else read_url(url)
        self._where = name_of(self._url)
        self._deadline = deadline
        self._scrubbing = 0
        self._database: Database = connect(self._url, deadline)
        self._running: set[asyncio.Future[Any]] = set()
        path = None if peek else file_of(self._url)
        self._lock: IO[str] | None = reserve(path) if path else None

    @property
    def shared(self) -> bool:
        """Whether other processes may be at work on the same database."""
        return self._url.get_backend_name() != "sqlite"

    async def prepare(self) -> None:
        """See that the database is sound and its tables are those of this program."""
        await self.sound()
        await self._bounded(migrate(self._database, self._where), LONG)

    async def sound(self) -> None:
        """Raises StoreError where SQLite finds its file damaged."""
        if file_of(self._url):
            await self._bounded(self._database.run(self._check, How.READS), LONG)

    async def write(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._bounded(self._database.run(lambda conn: step(conn, *args, **kwargs)))

    async def read(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        work = self._database.run(lambda conn: step(conn, *args, **kwargs), How.READS)
        return await self._bounded(work)

    async def note(self, step: Step[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write what is read again at the next start, should the power go (`How.LIGHT`)."""
        work = self._database.run(lambda conn: step(conn, *args, **kwargs), How.LIGHT)
        return await self._bounded(work)

    async def scrub(self) -> None:
        """Take what was erased out of the database's files too, where that is ours to do."""
        self._scrubbing += 1  # who comes meanwhile waits with it, and is not turned away
        try:
            clean = await self._bounded(self._database.scrub(), LONG)
        finally:
            self._scrubbing -= 1
        if not clean:
            trouble = "locked by a reader, so that erased words are still in its -wal file"
            raise StoreError(line(self._where, trouble))

    async def close(self) -> None:
        """Let what is under way end, then let go of connections and lock. Twice-callable."""
        if self._running:
            await asyncio.wait(self._running, timeout=self._deadline)
        closing = asyncio.ensure_future(self._database.close())
        await asyncio.wait({closing}, timeout=self._deadline)  # a server that hangs is left hanging
        if self._lock is not None:
            self._lock.close()

    async def _bounded(self, work: Awaitable[T], seconds: float | None = None) -> T:
        running = asyncio.ensure_future(work)
        self._running.add(running)
        running.add_done_callback(self._over)
        wait = seconds or self._deadline + (LONG if self._scrubbing else 0.0)
        done, _ = await asyncio.wait({running}, timeout=wait)
        if not done:
            running.cancel()
            raise StoreError(line(self._where, "no answer in time (timeout)"))
        with told(self._where):
            return running.result()

    def _over(self, running: asyncio.Future[Any]) -> None:
        self._running.discard(running)
        if not running.cancelled():
            running.exception()  # looked at, since the caller may be gone

    def _check(self, conn: Connection) -> None:
        found = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise StoreError(line(self._where, f"malformed ({found})"))
