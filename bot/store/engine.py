"""Ways into the database: its URL, its connections, and the lock that keeps a second one out."""

import fcntl
import os
import sqlite3
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.ledger import StoreError
from bot.store.trouble import line

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
SHAPES = "sqlite+aiosqlite:///data/gadfly.db or postgresql+asyncpg://user:password@host/name"

# secure_delete and the rollback journal in memory keep erased words out of the files.
# FULL: a claim that was acknowledged is not forgotten when the power goes.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)
POSTGRES = {
    "application_name": "gadfly",
    "idle_in_transaction_session_timeout": "30000",
}


def read_url(text: str) -> URL:
    """DATABASE_URL as SQLAlchemy's, with the driver filled in. No error shows the password."""
    scheme = text.partition("://")[0] if "://" in text else ""  # else it may be a bare password
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"DATABASE_URL cannot be read ({scheme!r}...); write {SHAPES}") from None
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
        # Tried here because aiosqlite leaves a thread behind when it cannot open a file.
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


def connect(url: URL, deadline: float) -> AsyncEngine:
    """The engine; nothing is opened yet.

    The database gives up a little before `deadline` (seconds), since it knows what it waits for
    and its message is the clearer one.
    """
    wait = round(deadline * 800)  # milliseconds
    return (_sqlite if url.get_backend_name() == "sqlite" else _postgres)(url, wait)


def _sqlite(url: URL, wait: int) -> AsyncEngine:
    if sqlite3.sqlite_version_info < (3, 35):
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old; use a Python with SQLite 3.35 or newer"
        )
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,  # one writer: see `reserve`
        max_overflow=0,
        pool_timeout=wait / 1000,
        hide_parameters=True,
    )

    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # transactions are ours to begin, see `_begin`
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={wait}", *PRAGMAS):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    # A transaction that reads first and writes later fails at once, in spite of busy_timeout,
    # when somebody else wrote in between. So a writer says at the start that it is one.
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgres(url: URL, wait: int) -> AsyncEngine:
    limits = {"statement_timeout": str(wait), "lock_timeout": str(wait)}
    try:
        return create_async_engine(
            url,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=5,
            pool_timeout=wait / 1000,
            hide_parameters=True,
            connect_args={"timeout": wait / 1000, "server_settings": POSTGRES | limits},
        )
    except ModuleNotFoundError:
        raise StoreError(
            "DATABASE_URL names PostgreSQL, whose driver is not installed: pip install asyncpg"
        ) from None
