"""A store as lines and back: equal to the last row, and from either database to the other."""

import asyncio
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.ledger import StoreError
from bot.model import Debate, Effect, Mark, Marked, Member, Phase, Position, Reply, Room, State
from bot.store.dump import TABLES, dump, restore
from bot.store.migrations import HEAD
from bot.store.store import Store
from prompts.deck import Used
from prompts.model import Stance
from tests.contract.conftest import emptied

NOON = datetime(2026, 11, 23, 12, 30, 1, 234567, tzinfo=UTC)
ROOM = Room("slack", "C0123")
ADA, BEN = Member("slack:U1", "Ada “A” \U0001f600"), Member("slack:U2", "Ben\nJr")


async def filled(url: str) -> None:
    """A row at least in every table."""
    store = await Store.at(url)
    await store.plan(Effect("p", "prompt", "main", ROOM, NOON, NOON, {"prompt": {"ü": [1, None]}}))
    await store.pass_over(ROOM, "Ev1", NOON, Used("k", "d", 1, 2))
    await store.claim(NOON, "us", NOON + timedelta(seconds=60))
    await store.settle("p", "us", State.SENT, NOON, message="1764.5")
    await store.open(Debate("p", "main", ROOM, "1764.5", {"key": "k"}, NOON, NOON, Phase.OPEN))
    await store.hear("1764.5", Reply(ROOM, "a", ADA, 'said “yes”;\n"no"', NOON))
    await store.hear("1764.5", Reply(ROOM, "b", BEN, "gone", NOON))
    await store.drop_reply(ROOM, "b", NOON)
    await store.put_position("p", Position(ADA, Stance.FOR, NOON, "since"))
    await store.put_position("p", Position(ADA, Stance.AGAINST, NOON + timedelta(seconds=1)))
    await store.put_mark("p", Mark(Marked.HEARD, "a"), NOON)
    await store.opt_out("slack:U9", NOON)
    await store.set_fact("planned/main", NOON.isoformat())
    await store.seen("Ev1", NOON)
    await store.close()


def another(url: str, tmp_path: Path, template: Path, postgres: str) -> str:
    """An empty store on the other database."""
    if url.startswith("sqlite"):
        asyncio.run(emptied(postgres))
        return postgres
    (tmp_path / "other").mkdir()
    shutil.copy(template, tmp_path / "other/gadfly.db")
    return f"sqlite:///{tmp_path}/other/gadfly.db"


def test_a_store_moves_to_the_other_database_and_is_equal(
    url: str, tmp_path: Path, template: Path, postgres: str
) -> None:
    asyncio.run(filled(url))
    lines = asyncio.run(dump(url))
    assert {json.loads(line)["table"] for line in lines[1:]} == set(TABLES)
    other = another(url, tmp_path, template, postgres)
    assert asyncio.run(restore(other, lines)) == len(lines) - 1
    assert asyncio.run(dump(other)) == lines


def test_a_copy_is_taken_beside_the_store_in_use_and_its_state_goes_on(tmp_path: Path) -> None:
    async def both() -> None:
        url = f"sqlite:///{tmp_path}/gadfly.db"
        await filled(url)
        store = await Store.at(url)
        lines = await dump(url)
        await store.close()
        new = f"sqlite:///{tmp_path}/new/gadfly.db"
        await restore(new, lines)
        store = await Store.at(new)
        assert not await store.plan(Effect("p", "prompt", "main", ROOM, NOON, NOON, {}))
        assert not await store.seen("Ev1", NOON)
        assert await store.opted_out("slack:U9")
        assert [reply.text for reply in await store.replies("p")] == ['said “yes”;\n"no"']
        await store.close()

    asyncio.run(both())


HEADER = json.dumps({"gadfly": "store", "revision": HEAD})


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{"],
        ["[" * 100_000],
        ['{"gadfly": "debates"}'],
        ['{"gadfly": "store", "revision": "9999"}'],
        [HEADER, "[]"],
        [HEADER, '{"table": "nothing"}'],
        [HEADER, '{"table": "facts", "key": "a", "value": "b", "further": 1}'],
        [HEADER, '{"table": "events", "id": "a", "at": "noon"}'],
        [HEADER, '{"table": "replies", "room": "slack:C1"}'],
    ],
)
async def test_other_lines_are_refused_in_one_line_and_nothing_is_kept(
    lines: list[str], tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="gadfly export --store"):
        await restore(f"sqlite:///{tmp_path}/gadfly.db", lines)
    assert not (tmp_path / "gadfly.db").exists()


async def test_a_store_that_is_not_empty_is_left_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gadfly.db"
    await filled(url)
    before = await dump(url)
    with pytest.raises(StoreError, match="not empty"):
        await restore(url, before)
    assert await dump(url) == before


async def test_rows_that_do_not_fit_leave_nothing_behind(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gadfly.db"
    rows = ['{"table": "facts", "key": "a", "value": "b"}', '{"table": "events", "id": "e"}']
    with pytest.raises(StoreError):
        await restore(url, [HEADER, *rows])
    connection = sqlite3.connect(tmp_path / "gadfly.db")
    assert connection.execute("SELECT count(*) FROM facts").fetchone() == (0,)
    connection.close()


async def test_an_older_store_is_asked_to_be_started_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/gadfly.db"
    await (await Store.at(url)).close()
    connection = sqlite3.connect(tmp_path / "gadfly.db", isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(StoreError, match="start this Gadfly on it once"):
        await dump(url)
