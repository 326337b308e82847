"""A look at the database, also beside a bot that has it in use: nothing in it is changed."""

import fcntl
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text

from bot import machine
from bot.errors import Wrong
from bot.ledger import StoreError
from bot.ports import Finding
from bot.store.calls import Calls
from bot.store.engine import file_of, name_of, read_url
from bot.store.migrations import HEAD, KNOWN, revision

OLDEST = (3, 35)
SAFE = (3, 51, 3)  # from here on, two processes in WAL mode do not lose each other's rows
LARGEST_WAL = 64 * 1024 * 1024
PATIENCE = 3.0  # seconds
FULL_RIGHTS = (
    "SELECT now(), pg_is_in_recovery() OR current_setting('default_transaction_read_only')::bool, "
    "has_schema_privilege(current_schema(), 'CREATE'), current_setting('server_version')"
)


async def look(url: str, now: datetime) -> AsyncIterator[Finding]:
    """Version, migrations, whether it can be written, and what is known to go wrong with it."""
    try:
        parsed = read_url(url)
        path = file_of(parsed)
        found = _server(url, parsed, now) if path is None else _file(url, path)
        async for finding in found:
            yield finding
    except StoreError as error:
        yield broken("the database", error)


def broken(what: str, error: Wrong) -> Finding:
    """One of our one-line errors, which end with what to do, as a finding."""
    wrong, _, remedy = str(error).rpartition("; ")
    return Finding(what, wrong or remedy, remedy if wrong else "see deploy/env.example")


def version(found: tuple[int, ...], text: str) -> Finding:
    """That this SQLite can be used, and why only by one process at a time where that is so."""
    if found < OLDEST:
        return Finding("SQLite", f"{text} is too old", "use a Python with SQLite 3.35 or newer")
    alone = "" if found >= SAFE else "; it can lose rows of two processes, so only one may run"
    return Finding(f"SQLite {text}{alone}")


async def _file(url: str, path: Path) -> AsyncIterator[Finding]:
    usable = version(sqlite3.sqlite_version_info, sqlite3.sqlite_version)
    yield usable
    if not usable.fine:
        return
    yield machine.file_system(path.parent, _mounts())
    if not path.exists():  # noqa: ASYNC240 - a local look, as is everything about a SQLite file
        what = f"the database {path}, which the first start makes"
        made = machine.folder(path.parent, "the folder of the database")
        yield Finding(what) if made.fine else Finding(what, made.wrong, made.remedy)
        return
    for finding in machine.private(path, "the database"):
        yield finding
    calls = Calls(url, PATIENCE, peek=True)
    try:
        await calls.sound()
        yield _at(await calls.read(revision), str(path))
    finally:
        await calls.close()
    yield writable(path)
    yield wal(path.with_name(f"{path.name}-wal"))


def _mounts() -> str:
    with suppress(OSError):
        return machine.MOUNTS.read_text(encoding="utf-8")
    return ""


def writable(path: Path) -> Finding:
    """Whether a row could be written; where a bot has the file, that is for its own health."""
    what = f"writing to {path}"
    for lock in _free(Path(f"{path}.lock")):
        if not lock:
            return Finding(f"{what}, which a running Gadfly does")
        try:
            with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("CREATE TABLE probe (x)")
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            return _unwritable(what, str(error))
    return Finding(what)


def _unwritable(what: str, error: str) -> Finding:
    if "locked" in error:
        return Finding(what, "another program holds it", "close that program (a backup, a viewer)")
    return Finding(what, error, "let this user write to the file and its folder, and make room")


def _free(lock: Path) -> Iterator[bool]:
    """True once, with the file kept from other Gadflies meanwhile; False where one has it."""
    try:
        with lock.open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
    except FileNotFoundError:
        yield True  # never opened by a Gadfly of this version: there is nobody to keep out
    except OSError:
        yield False


def wal(path: Path) -> Finding:
    size = path.stat().st_size if path.exists() else 0
    what = f"SQLite's log, {size // 1024} KB"
    if size > LARGEST_WAL:
        return Finding(what, "is not emptied", "close the program that has the database open")
    return Finding(what)


async def _server(url: str, parsed: URL, now: datetime) -> AsyncIterator[Finding]:
    calls, where = Calls(url, PATIENCE), name_of(parsed)
    try:
        theirs, read_only, may_create, number = await calls.read(_rights)
        yield Finding(f"the database {where}, PostgreSQL {number}")
        if read_only:
            yield Finding("writing to it", "is a read-only standby", "name the primary server")
        elif not may_create:
            remedy = "GRANT CREATE ON SCHEMA public TO its user"
            yield Finding("writing to it", "its user may not create tables", remedy)
        yield machine.apart("the database's clock", now, theirs)
        yield _at(await calls.read(revision), where)
    finally:
        await calls.close()


def _rights(conn: Connection) -> tuple[datetime, bool, bool, str]:
    row = conn.execute(text(FULL_RIGHTS)).one()
    return row[0], bool(row[1]), bool(row[2]), str(row[3])


def _at(found: str | None, where: str) -> Finding:
    what = f"the tables in {where}"
    if found is not None and found not in KNOWN:
        why = f"are of a newer Gadfly (revision {found}, this one knows {HEAD})"
        return Finding(what, why, "install that version, or name another database in DATABASE_URL")
    if found is None:
        return Finding(f"{what}, which the first start makes")
    return Finding(what if found == HEAD else f"{what}, which the next start brings up to {HEAD}")
