"""After years a day costs what the first one cost, and the years of an older store are not lost."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from story.group import ADA, ROOM, Group, gathered

from bot import service
from bot.store.dump import dump, restore
from bot.store.store import Store
from prompts.deck import Past

ALL_OF = ("SCAN effects", "SCAN debates", "SCAN dealt")  # what is kept for good


@contextmanager
def scans(group: Group) -> Iterator[dict[str, list[str]]]:
    """What reads a whole table while this stands: the statement, and SQLite's plan for it."""
    found: dict[str, list[str]] = {}
    store: Any = group.study.store
    kept = store._db._database._kept

    def look(conn: Any, _: Any, statement: str, given: Any, *__: Any) -> None:
        if statement.split()[0] in ("SELECT", "WITH", "UPDATE", "DELETE"):
            raw = conn.connection.driver_connection
            plan = raw.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
            whole = [step for *_, step in plan if step.startswith(ALL_OF)]
            found.update({statement: whole} if whole else {})

    event.listen(kept, "before_cursor_execute", look)
    yield found
    event.remove(kept, "before_cursor_execute", look)


async def test_what_is_old_is_read_by_no_tick_and_no_question(tmp_path: Path) -> None:
    async with gathered(tmp_path, remind_after="2h", facilitators=("page:*",)) as group:
        with scans(group) as found:
            await group.summed_up("Treaties need keepers.", "Keepers need no treaties.")
            for verb in ("status", "next", "skip", "swap", "now", "audit", "me"):
                await group.chat.ask(ROOM, ADA, "gadfly", verb)
            await group.at(minutes=1)
            await service.back_fill(group.study, "page")
        assert found == {}


async def lived(folder: Path) -> set[Past]:
    """Some days of a group's life: what was dealt in them, asked, passed over and skipped."""
    async with gathered(folder, facilitators=("page:*",)) as group:
        await group.opened()
        await group.chat.ask(ROOM, ADA, "gadfly", "close")
        await group.at(hours=1)
        await group.chat.ask(ROOM, ADA, "gadfly", "swap")
        await group.chat.ask(ROOM, ADA, "gadfly", "now")
        await group.at(hours=2)
        return set(await group.study.store.history(ROOM))


async def remembered(url: str) -> set[Past]:
    store = await Store.at(url)
    try:
        return set(await store.history(ROOM))
    finally:
        await store.close()


def passed(folder: Path) -> tuple[str, str]:
    """What an older store kept of the claim that was passed over."""
    rows = 'SELECT prompt, digest, start, "end" FROM dealt WHERE key LIKE ?'
    with closing(sqlite3.connect(folder / "gadfly.db")) as raw:
        return f"passed/{ROOM}", json.dumps(raw.execute(rows, ("passed/%",)).fetchall())


async def test_a_store_from_before_there_were_rows_of_what_was_dealt_forgets_nothing(
    tmp_path: Path,
) -> None:
    past = await lived(tmp_path)
    assert len(past) == 3
    kept = passed(tmp_path)
    with sqlite3.connect(tmp_path / "gadfly.db") as raw:
        raw.execute("DROP TABLE dealt")
        raw.execute("ALTER TABLE replies DROP COLUMN answers")
        for index in ("debates_room_opened", "debates_phase_closed", "effects_kind_due"):
            raw.execute(f"DROP INDEX ix_{index}")
        raw.execute("CREATE INDEX ix_debates_phase ON debates (phase)")
        raw.execute("UPDATE alembic_version SET version_num = '0002'")
        raw.execute("INSERT INTO facts VALUES (?, ?)", kept)
    raw.close()
    assert await remembered(f"sqlite:///{tmp_path}/gadfly.db") == past


async def test_a_copy_of_such_a_store_forgets_nothing_either(tmp_path: Path) -> None:
    past = await lived(tmp_path)
    _, *lines = await dump(f"sqlite:///{tmp_path}/gadfly.db")
    older = [json.dumps({"gadfly": "store", "revision": "0002"})]
    older += [line for line in lines if json.loads(line)["table"] != "dealt"]
    key, value = passed(tmp_path)
    older.append(json.dumps({"table": "facts", "key": key, "value": value}))
    new = f"sqlite:///{tmp_path}/new/gadfly.db"
    await restore(new, older)
    assert await remembered(new) == past
