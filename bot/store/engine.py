"""Ways into the database: its URL, its transactions, and the lock that keeps a second one out."""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from bot.ledger import StoreError
from bot.store.trouble import line

DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+aiosqlite": "sqlite",  # what we wrote into settings until we had a thread of our own
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
SHAPES = "sqlite:///data/gadfly.db or postgresql+asyncpg://user:password@host/name"

T = TypeVar("T")

# secure_delete and the rollback journal in memory keep erased words out of the files.
PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
POSTGRES = {
    "application_name": "gadfly",
    "idle_in_transaction_session_timeout": "30000",
}


class How(Enum):
    """What a transaction does, and what has to be true when it is done.

    A LIGHT one has no wait for the disk in it: it is there whatever ends the process, and may be
    gone when the power goes. It is for what a start reads again; nobody reads a claim again, and
    one that is forgotten is a second post.
    """

    READS = "reads"
    LIGHT = "light"
    WRITES = "writes"


# A transaction that reads first and writes later fails at once, in spite of busy_timeout, when
# somebody else wrote in between. So a writer says at the start that it is one.
BEGIN, WRITE = "BEGIN", "BEGIN IMMEDIATE"
SYNCHRONOUS = {How.LIGHT: "PRAGMA synchronous=NORMAL", How.WRITES: "PRAGMA synchronous=FULL"}


def read_url(text: str) -> URL:
    """DATABASE_URL as SQLAlchemy's, with the driver filled in. No error shows the password."""
    scheme = text.partition("://")[0] if "://" in text else ""  # else it may be a bare password
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        shown = f" ({scheme!r}...)" if scheme else ""
        raise StoreError(f"DATABASE_URL cannot be read{shown}; write {SHAPES}") from None
    if "@" in (url.host or ""):  # what stands before it is half of a password, and would be shown
        raise StoreError("DATABASE_URL has an @ too many; write %40 for one in the password")
    url = url.set(drivername=DRIVERS.get(url.drivername, url.drivername))
    if url.drivername not in DRIVERS.values():
        raise StoreError(f"DATABASE_URL begins with {scheme!r}; write {SHAPES}")
    if "sslmode" in url.query:  # libpq's word; asyncpg says ssl
        mode = url.query["sslmode"]
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url


def name_of(url: URL) -> str:
    """The database as it is shown to people: the file, or the address without its password."""
    path = file_of(url)
    return str(path) if path else url.set(query={}).render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL and in memory."""
    on_disk = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(url.database or "").resolve() if on_disk else None


def beside(url: URL) -> URL:
    """The address of the same SQLite file for reading alone: no write, no checkpoint at the end."""
    path = quote(str(file_of(url)))
    return url.set(database=f"file:{path}", query={"mode": "ro", "uri": "true"})


def reserve(path: Path) -> IO[str]:
    """Make the file if need be, for its owner only, and keep other processes out until closed.

    SQLite before 3.51.3 can lose committed rows when two processes write and checkpoint in WAL
    mode, and Debian 12 ships 3.40. The lock goes when the process does, however it ends.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        held = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        trouble = f"unable to open it ({error.strerror})"
        raise StoreError(line(str(path), trouble)) from None
    lock = os.fdopen(held, "r+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise StoreError(
            f"database {path}: another Gadfly process is using it; stop that one, or name another "
            "file or a PostgreSQL server in DATABASE_URL"
        ) from None
    return lock


class Database(Protocol):
    """One of the two, as the store's calls use it."""

    def run(self, work: Callable[[Connection], T], how: How = How.WRITES) -> Awaitable[T]:
        """`work` in a transaction of its own, beside the loop."""

    def scrub(self) -> Awaitable[bool]:
        """Take what was erased out of the files too; False where a reader keeps it there."""

    def close(self) -> Awaitable[None]:
        """Let go of the connections."""


def connect(url: URL, deadline: float) -> Database:
    """The database; nothing is opened yet.

    It gives up a little before `deadline` (seconds), since it knows what it waits for and its
    message is the clearer one.
    """
    wait = round(deadline * 800)  # milliseconds
    return (File if url.get_backend_name() == "sqlite" else Server)(url, wait)


class File:
    """SQLite, with one connection in one thread: a transaction is a single trip there and back.

    aiosqlite makes a trip of every cursor, statement and row set, some twenty for one reply; each
    trip waits for the interpreter's lock twice, and together they cost more than the work (#5).
    For the same reason the connection is kept, and told what begins by the driver's own words.
    """

    def __init__(self, url: URL, wait: int) -> None:
        if sqlite3.sqlite_version_info < (3, 35):
            old = f"SQLite {sqlite3.sqlite_version} is too old"
            raise StoreError(f"{old}; use a Python with SQLite 3.35 or newer")
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._wait = wait
        # One writer, see `reserve`.
        self._engine = create_engine(
            url, poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True
        )
        event.listen(self._engine, "connect", self._prepare)
        self._kept: Connection | None = None
        self._synchronous = ""

    def _prepare(self, connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions are ours to begin, see `_begin`
        self._synchronous = ""
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={self._wait}", *PRAGMAS):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def run(self, work: Callable[[Connection], T], how: How = How.WRITES) -> Awaitable[T]:
        return self._there(self._transaction, work, how)

    def scrub(self) -> Awaitable[bool]:
        return self._there(self._rewrite)

    async def close(self) -> None:
        await self._there(self._close)
        self._thread.shutdown(wait=False)

    def _there(self, call: Callable[..., T], *args: Any) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, call, *args)

    @property
    def _connection(self) -> Connection:
        if self._kept is None:
            self._kept = self._engine.connect()
        return self._kept

    def _transaction(self, work: Callable[[Connection], T], how: How) -> T:
        conn = self._connection
        with conn.begin():
            self._begin(conn, how)
            return work(conn)

    def _begin(self, conn: Connection, how: How) -> None:
        raw: Any = conn.connection.driver_connection
        synchronous = SYNCHRONOUS.get(how, self._synchronous)
        if synchronous != self._synchronous:
            raw.execute(synchronous)
            self._synchronous = synchronous
        raw.execute(BEGIN if how is How.READS else WRITE)

    def _rewrite(self) -> bool:
        raw: Any = self._connection.connection.driver_connection  # in no transaction
        raw.execute("VACUUM")
        [(busy, *_)] = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy

    def _close(self) -> None:
        if self._kept is not None:
            self._kept.close()
        self._engine.dispose()


class Server:
    """PostgreSQL, through asyncpg. Its own vacuum scrubs in time, and its log ages out."""

    def __init__(self, url: URL, wait: int) -> None:
        limits = {"statement_timeout": str(wait), "lock_timeout": str(wait)}
        try:
            # Not on the way of those who have a file.
            from sqlalchemy.ext.asyncio import create_async_engine

            self._engine = create_async_engine(
                url,
                pool_pre_ping=True,
                pool_size=5,
                max_overflow=5,
                pool_timeout=wait / 1000,
                hide_parameters=True,
                connect_args={"timeout": wait / 1000, "server_settings": POSTGRES | limits},
            )
        except ImportError:
            raise StoreError(
                "DATABASE_URL names PostgreSQL, whose driver is not installed; in the folder that "
                "Gadfly was cloned into, .venv/bin/pip install -e '.[postgres]'"
            ) from None

    async def run(self, work: Callable[[Connection], T], how: How = How.WRITES) -> T:
        async with self._engine.begin() as conn:
            if how is How.LIGHT:
                await conn.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            return await conn.run_sync(work)

    async def scrub(self) -> bool:
        return True

    async def close(self) -> None:
        await self._engine.dispose()
