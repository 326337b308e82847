"""The databases under the store: files, processes, migrations, and every trouble in one line."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from waiting import LONG, until

from bot.ledger import StoreError
from bot.model import Debate, Effect, Member, Position, Reply, Room
from bot.store import facts, migrations
from bot.store.calls import Calls
from bot.store.engine import read_url
from bot.store.store import Store
from bot.store.tables import metadata
from prompts.model import Stance

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROOM = Room("page", "agora")
DEBATE = Debate("d", "daily", ROOM, "t", {"key": "d"}, NOON, NOON)
CANARY = "xanthopsia"
ANNA = Member(f"page:{CANARY}-id", f"{CANARY}-name")


def said(message: str, words: str = "I doubt it.") -> Reply:
    return Reply(ROOM, message, ANNA, words, NOON)


async def refused(url: str, deadline: float = 5.0) -> str:
    """The one line with which the database cannot be opened."""
    with pytest.raises(StoreError) as caught:
        await Store.at(url, deadline)
    assert "\n" not in str(caught.value)
    assert "password" not in url or "hunter2" not in str(caught.value)
    return str(caught.value)


# Migrations.


@pytest.fixture
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/gadfly.db"
    postgres: str = request.getfixturevalue("postgres")
    asyncio.run(blanked(postgres))
    return read_url(postgres).set(database="blank").render_as_string(hide_password=False)


async def blanked(url: str) -> None:
    engine = create_async_engine(read_url(url), isolation_level="AUTOCOMMIT")
    async with engine.connect() as conn:  # neither may stand in a transaction
        await conn.execute(text("DROP DATABASE IF EXISTS blank"))
        await conn.execute(text("CREATE DATABASE blank"))
    await engine.dispose()


both = pytest.mark.parametrize("blank", ["sqlite", "postgres"], indirect=True)


def differences(conn: Connection) -> list[object]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    return list(compare_metadata(MigrationContext.configure(conn), metadata))


@both
async def test_a_blank_database_gets_the_tables_and_a_second_start_changes_nothing(
    blank: str,
) -> None:
    for _ in range(2):
        await (await Store.at(blank)).close()
        calls = Calls(blank, LONG)
        assert await calls.read(differences) == []
        assert await calls.read(migrations.revision) == migrations.HEAD
        await calls.close()


def drawn(conn: Connection) -> dict[str, object]:
    """Every table as the database itself describes it."""
    look, names = inspect(conn), inspect(conn).get_table_names()
    ways = (look.get_pk_constraint, look.get_foreign_keys, look.get_indexes)
    made = {
        name: (
            [{**c, "type": str(c["type"])} for c in look.get_columns(name)],
            [w(name) for w in ways],
        )
        for name in names
    }
    master = "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_master WHERE type = 'table'"
    sqlite = conn.dialect.name == "sqlite"
    return made | {"without rowid": sorted(conn.execute(text(master)).all()) if sqlite else []}


@both
async def test_the_migrations_make_what_a_blank_database_gets_at_once(blank: str) -> None:
    await (await Store.at(blank)).close()
    calls = Calls(blank, LONG)
    at_once, version = await calls.read(drawn), await calls.read(migrations.revision)
    await calls.write(lambda conn: metadata.drop_all(conn))
    await calls.write(lambda conn: conn.execute(text("DROP TABLE alembic_version")))
    await calls.write(migrations.upgrade)
    assert await calls.read(drawn) == at_once
    assert await calls.read(migrations.revision) == version
    await calls.close()


@pytest.mark.parametrize("blank", ["postgres"], indirect=True)
async def test_three_replicas_may_start_at_once_on_a_blank_database(blank: str) -> None:
    stores = await asyncio.gather(*(Store.at(blank) for _ in range(3)))
    planned = await asyncio.gather(*(store.set_fact("mark", "1") for store in stores))
    assert planned == [None] * 3
    await asyncio.gather(*(store.close() for store in stores))


@both
async def test_a_database_of_a_newer_program_is_refused(blank: str) -> None:
    await (await Store.at(blank)).close()
    calls = Calls(blank, LONG)
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await calls.write(lambda conn: conn.execute(newer))
    await calls.close()
    assert "newer Gadfly (revision 9999" in await refused(blank)


async def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "gadfly.db"
    with sqlite3.connect(path) as raw:  # the last of the tables is in the way
        raw.execute("CREATE TABLE events (id TEXT)")
    assert "already exists" in await refused(f"sqlite:///{path}")
    with sqlite3.connect(path) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("events",)]


def test_the_known_revisions_are_those_of_the_folder() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrations.KNOWN


@pytest.mark.parametrize("there", [True, False], ids=["up to date", "blank"])
def test_alembic_is_not_imported_when_there_is_nothing_to_migrate(
    template: Path, tmp_path: Path, there: bool
) -> None:
    url = f"sqlite:///{template if there else tmp_path / 'gadfly.db'}"
    with child(url, "said(sorted({'alembic'} & set(sys.modules)))") as process:
        assert line_of(process) == "[]"


# Processes.

CHILD = """
import asyncio, sys, time
from datetime import datetime, timedelta, UTC
from bot.store.store import Store
from bot.store.facts import put
def said(words): print(words, flush=True)
def stay(conn):
    put(conn, "torn", "1")
    said("in the middle")
    time.sleep(60)
async def main():
    store = await Store.at({url!r})
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    {body}
    await store.close()
asyncio.run(main())
"""


@contextmanager
def child(url: str, body: str) -> Iterator["subprocess.Popen[str]"]:
    code = CHILD.format(url=url, body=body)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the process ended without a word"  # whoever waits for one would wait for ever
    return line.strip()


async def test_a_second_process_on_a_sqlite_file_is_refused_until_the_first_is_gone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "gadfly.db"
    with child(f"sqlite:///{path}", "said('open'); await asyncio.sleep(60)") as process:
        assert line_of(process) == "open"
        (tmp_path / "link.db").symlink_to(path)
        told = await refused(f"sqlite:///{tmp_path}/link.db")
        assert told.startswith(f"database {path}: another Gadfly process is using it; stop")
        process.kill()
        process.wait()
    await (await Store.at(f"sqlite:///{path}")).close()


async def test_a_kill_in_the_middle_of_a_transaction_keeps_what_was_committed(url: str) -> None:
    body = "[await store.set_fact(str(n), 'kept') for n in range(20)]; await store._db.write(stay)"
    with child(url, body) as process:
        assert line_of(process) == "in the middle"
        process.send_signal(signal.SIGKILL)
        process.wait()
    store = await Store.at(url)
    assert [await store.get_fact(str(n)) for n in range(20)] == ["kept"] * 20
    assert await store.get_fact("torn") is None
    await store.close()


async def test_two_processes_never_claim_the_same_effect(postgres: str) -> None:
    store = await Store.at(postgres)
    room = Room("page", "race")
    keys = [f"race/{number:03}" for number in range(150)]
    for key in keys:
        await store.plan(Effect(key, "prompt", "race", room, NOON, NOON, {}))
    body = "\n    ".join(
        (
            "while got := await store.claim(now, sys.argv[0], now + timedelta(60), 3):",
            "    said(' '.join(e.key for e in got if e.schedule == 'race'))",
            "said('done')",
        )
    )
    with child(postgres, body) as one, child(postgres, body) as two:
        claimed = " ".join(
            word for p in (one, two) for word in iter(lambda p=p: line_of(p), "done")
        )
    assert sorted(claimed.split()) == keys
    await store.close()


# Words that are to be gone.


def files_with_the_canary(folder: Path) -> list[str]:
    found = [path for path in folder.rglob("*") if CANARY.encode() in path.read_bytes()]
    return [path.name for path in found]


def test_the_files_are_for_their_owner_only(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "gadfly.db"
    with child(f"sqlite:///{path}", "said('open'); await asyncio.sleep(60)") as process:
        assert line_of(process) == "open"
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()}
    assert modes == {f"gadfly.db{end}": 0 for end in ("", ".lock", "-shm", "-wal")}


async def planted(folder: Path) -> Store:
    store = await Store.at(f"sqlite:///{folder}/gadfly.db", deadline=3)
    await store.open(DEBATE)
    long = f"{CANARY} " * 700  # fills pages of its own
    await store.put_replies(
        "d", [said(str(n), f"{CANARY} {n} {long * (n % 2)}") for n in range(40)]
    )
    for n in range(0, 40, 3):
        await store.edit_reply(ROOM, str(n), f"{CANARY}, shorter", NOON + timedelta(seconds=n))
    await store.put_position("d", Position(ANNA, Stance.FOR, NOON, CANARY))
    assert files_with_the_canary(folder)
    return store


@pytest.mark.parametrize("wish", ["erase", "opt_out", "purge"])
async def test_erased_words_are_in_no_file(tmp_path: Path, wish: str) -> None:
    store = await planted(tmp_path)
    later = NOON + timedelta(days=1)
    await (store.purge(later) if wish == "purge" else getattr(store, wish)(ANNA.id, later))
    assert files_with_the_canary(tmp_path) == []
    await store.close()


async def test_words_that_a_reader_keeps_in_the_log_are_not_called_gone(tmp_path: Path) -> None:
    store = await planted(tmp_path)
    reader = sqlite3.connect(tmp_path / "gadfly.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM replies").fetchone()
    with pytest.raises(StoreError, match="locked"):
        await store.erase(ANNA.id, NOON + timedelta(days=1))
    reader.close()
    await store.erase(ANNA.id, NOON + timedelta(days=1))
    assert files_with_the_canary(tmp_path) == []
    await store.close()


# Troubles.


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres", "DATABASE_URL"),
        ("mysql://u:hunter2password@h/d", "begins with 'mysql'; write sqlite:///"),
        ("postgresql://u:hunter2password@127.0.0.1:1/d", "start the server, or correct host"),
        ("postgresql://u:hunter2password@127.0.0.1:x/d", "DATABASE_URL cannot be read"),
        ("postgresql://u:hunter@2password@127.0.0.1/d", "write %40 for one in the password"),
        ("sqlite:////dev/null/gadfly.db", "let this user write to its folder"),
        ("sqlite:////proc/gadfly.db", "let this user write to its folder"),
        ("sqlite:////tmp", "let this user write to its folder"),
    ],
)
async def test_a_database_that_cannot_be_reached_is_told_in_one_line(url: str, told: str) -> None:
    assert told in await refused(url)


def test_a_server_without_its_driver_is_told_with_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy.ext.asyncio", None)
    with pytest.raises(StoreError, match=r"not installed; .* -e '\.\[postgres\]'"):
        Calls("postgresql://u:hunter2password@127.0.0.1:1/d")


async def test_a_missing_postgres_database_or_user_is_named(postgres: str) -> None:
    nowhere = read_url(postgres).set(database="nowhere").render_as_string()
    assert '"nowhere" does not exist; create it on the server' in await refused(nowhere)


@pytest.mark.parametrize(
    ("place", "told"), [(0, "not a database; restore a backup"), (5, "malformed")]
)
async def test_a_damaged_file_is_told_at_the_start(tmp_path: Path, place: int, told: str) -> None:
    store = await planted(tmp_path)
    await store.close()
    with (tmp_path / "gadfly.db").open("r+b") as file:
        file.seek(place * 4096)
        file.write(os.urandom(4096 * 3))
    answer = await refused(f"sqlite:///{tmp_path}/gadfly.db")
    assert told in answer
    assert str(tmp_path / "gadfly.db") in answer


async def test_a_lock_by_another_program_passes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gadfly.db"
    store = await Store.at(url, deadline=1.0)
    other = sqlite3.connect(tmp_path / "gadfly.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # SQLite gives up a little sooner than the deadline, but not on a busy machine.
    with pytest.raises(StoreError, match=r"locked; close the program that holds|no answer in time"):
        await store.set_fact("mark", "1")
    assert await store.get_fact("mark") is None  # reading goes on
    other.execute("ROLLBACK")
    await store.set_fact("mark", "2")
    assert await store.get_fact("mark") == "2"
    other.close()
    await store.close()


async def test_only_what_a_start_reads_again_goes_without_a_wait_for_the_disk(
    tmp_path: Path,
) -> None:
    calls = Calls(f"sqlite:///{tmp_path}/gadfly.db")
    waits = lambda conn: conn.exec_driver_sql("PRAGMA synchronous").scalar_one()  # noqa: E731
    normal, full = 1, 2
    assert await calls.write(waits) == full
    assert await calls.note(waits) == normal
    assert await calls.write(waits) == full  # also after it
    await calls.close()


async def test_a_full_disk_refuses_writes_until_there_is_room(tmp_path: Path) -> None:
    calls = Calls(f"sqlite:///{tmp_path}/gadfly.db")
    await calls.prepare()
    store = Store(calls)
    await store.open(DEBATE)
    await calls.read(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count = 30"))
    with pytest.raises(StoreError, match="make room on the disk") as caught:
        await until_full(store)
    assert "secret" not in str(caught.value)
    kept = len(await store.ids("d"))
    assert 0 < kept < 100
    await calls.read(lambda conn: conn.exec_driver_sql("PRAGMA max_page_count = 10000"))
    assert await store.hear("t", said("more"))
    assert len(await store.ids("d")) == kept + 1
    await store.close()


async def until_full(store: Store) -> None:
    for number in range(100):
        await store.hear("t", said(str(number), "secret " * 300))


async def test_a_writer_that_reads_first_is_not_overtaken(tmp_path: Path) -> None:
    calls = Calls(f"sqlite:///{tmp_path}/gadfly.db")
    await calls.prepare()
    other = sqlite3.connect(tmp_path / "gadfly.db", timeout=0, check_same_thread=False)

    def read_then_write(conn: Connection) -> None:
        conn.execute(text("SELECT count(*) FROM facts"))
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO facts VALUES ('a', 'b')")
        conn.execute(text("INSERT INTO facts VALUES ('c', 'd')"))

    await calls.write(read_then_write)
    other.close()
    await calls.close()


async def test_a_database_that_hangs_holds_nobody_longer_than_the_deadline(postgres: str) -> None:
    calls = Calls(postgres, deadline=1.0)
    backends: list[int] = []
    for _ in range(3):
        backend = await calls.read(backend_of)
        backends.append(backend)
        os.kill(backend, signal.SIGSTOP)
        with pytest.raises(StoreError, match="no answer in time"):
            await calls.read(backend_of)
    assert await calls.read(backend_of) not in backends
    for backend in set(backends):
        os.kill(backend, signal.SIGCONT)
    await calls.close()


async def test_a_file_that_hangs_holds_nobody_longer_than_the_deadline(tmp_path: Path) -> None:
    calls = Calls(f"sqlite:///{tmp_path}/gadfly.db", deadline=0.4)
    await calls.prepare()
    over = threading.Event()
    hanging = calls.write(lambda conn: over.wait(LONG))
    waiting = calls.write(facts.put, "too late", "x")
    for told in await asyncio.gather(hanging, waiting, return_exceptions=True):
        assert "no answer in time" in str(told)
    over.set()
    assert await calls.read(facts.get, "too late") is None  # what nobody waits for is not begun
    await calls.close()


def backend_of(conn: Connection) -> int:
    return int(conn.execute(text("SELECT pg_backend_pid()")).scalar_one())


async def test_a_lost_connection_is_made_again(postgres: str) -> None:
    calls = Calls(postgres)
    backend = await calls.read(backend_of)
    os.kill(backend, signal.SIGTERM)
    await until(lambda: not Path(f"/proc/{backend}").exists())
    assert await calls.read(backend_of) != backend
    await calls.close()


async def test_a_caller_who_is_cancelled_leaves_the_write_to_end_well(url: str) -> None:
    calls = Calls(url)
    await calls.prepare()

    begun = threading.Event()

    def slowly(conn: Connection) -> None:
        begun.set()
        facts.put(conn, "first", "x")
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_sleep(0.1)"))
        else:
            time.sleep(0.1)
        facts.put(conn, "second", "x")

    caller = asyncio.create_task(calls.write(slowly))
    assert await asyncio.to_thread(begun.wait, LONG)
    caller.cancel()
    await calls.close()
    store = await Store.at(url)
    assert [await store.get_fact(key) for key in ("first", "second")] == ["x", "x"]
    await store.close()
