"""Health: the signs go red for the one thing that is wrong, and the figures tell nothing else."""

import asyncio
import json
import socket
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession
from story.group import ADA, ROOM, Group, gathered
from waiting import until

from bot import app, health, service, ticker
from bot.chat.memory import UNSURE_LOST, in_turn
from bot.events import Asked
from bot.health import Health, Sign, ticks
from bot.lease import Lease
from bot.metrics import Metrics
from bot.study import Live
from bot.web import Vitals, serving
from prompts.model import Stance


async def signs(group: Group, pulse: ticker.Pulse) -> dict[str, Sign]:
    return {sign.name: sign for sign in await Health(Live(group.study), pulse)()}


def beating() -> ticker.Pulse:
    return ticker.Pulse(good=1, moved=asyncio.get_running_loop().time())


async def test_a_study_that_hears_writes_and_ticks_is_well(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        told = await signs(group, beating())
        assert set(told) == {"page", "store", "ticker"}
        assert all(sign.well for sign in told.values())


async def test_a_chat_that_is_not_heard_is_named(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        group.chat._handle = None
        told = await signs(group, beating())
        assert [name for name, sign in told.items() if not sign.well] == ["page"]


async def test_a_replica_that_waits_for_its_turn_to_listen_is_well(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        group.chat._handle = None
        waiting = replace(group.study, leases={"page": Lease(group.study.store, "page", "b")})
        told = await signs(replace(group, study=waiting), beating())
        assert (told["page"].well, told["page"].why) == (True, "another replica listens")


async def test_a_store_that_cannot_be_written_is_named_though_it_reads_well(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        holder = sqlite3.connect(tmp_path / "gadfly.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        told = await signs(group, beating())
        holder.close()
        assert [name for name, sign in told.items() if not sign.well] == ["store"]


@pytest.mark.parametrize(
    ("pulse", "well"),
    [
        (ticker.Pulse(moved=50), True),
        (ticker.Pulse(moved=39), False),
        (ticker.Pulse(moved=39, ticking=True), True),
        (ticker.Pulse(moved=-501, ticking=True), False),
        (ticker.Pulse(moved=99, failing=2), True),
        (ticker.Pulse(moved=99, failing=3), False),
    ],
)
def test_a_ticker_is_well_while_it_moves_and_its_ticks_succeed(
    pulse: ticker.Pulse, well: bool
) -> None:
    assert ticks(pulse, now=100.0).well == well


async def seen(web: ClientSession, path: str) -> tuple[int, str]:
    async with web.get(path) as answer:
        return answer.status, await answer.text()


async def test_ready_turns_503_with_a_dead_line_and_names_it(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        life = app.Life(Live(group.study), asyncio.Event(), Metrics(), beating(), print)
        async with serving([app.vitals(life)], "127.0.0.1", 0) as url, ClientSession(url) as web:
            assert await seen(web, "healthz") == (200, "ok\n")
            assert (await seen(web, "readyz"))[0] == 200
        group.chat._handle = None
        async with serving([app.vitals(life)], "127.0.0.1", 0) as url, ClientSession(url) as web:
            status, text = await seen(web, "readyz")
            assert (status, json.loads(text)["ready"]) == (503, False)
            assert json.loads(text)["parts"]["page"] == "is not heard at the moment"
            assert (await seen(web, "healthz"))[0] == 200
            assert 'gadfly_ready{part="page"} 0.0' in (await seen(web, "metrics"))[1]


async def test_the_figures_count_posts_lateness_doubts_events_and_say_nothing_else(
    tmp_path: Path,
) -> None:
    metrics = Metrics()
    async with gathered(tmp_path, fates=in_turn(UNSURE_LOST)) as group:
        study = replace(group.study, witness=metrics.settled)
        group = replace(group, study=study)
        await group.at(minutes=0)
        group.clock.set(group.clock.now())
        await group.at(minutes=1)
        text = (await metrics.text(study.store, (), ticker.Pulse(), group.clock.now())).decode()
        assert "gadfly_doubts 1.0" in text
        assert 'gadfly_posts_total{kind="prompt",outcome="doubt"} 1.0' in text
        await group.at(minutes=2)
        debate = await study.store.latest(ROOM)
        assert debate
        handle = metrics.timed(lambda event: service.handle(study, event))
        await handle(Asked(ROOM, ADA, "quote", "canary-topic", group.clock.now(), "1"))
        await group.chat.say(ROOM, debate.thread, ADA, "canary-words")
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR, "canary-reason")
        text = (await metrics.text(study.store, (), ticker.Pulse(), group.clock.now())).decode()
    assert "gadfly_doubts 0.0" in text
    assert 'gadfly_posts_total{kind="prompt",outcome="sent"} 1.0' in text
    assert 'gadfly_lateness_seconds_bucket{kind="prompt",le="300.0"} 1.0' in text
    assert 'gadfly_answer_seconds_count{event="asked"} 1.0' in text
    assert not [word for word in ("canary", ADA.id, str(ROOM)) if word in text]
    # As a label it would stand between quotation marks; its bare digits may be a figure's own.
    assert f'"{debate.thread}"' not in text


async def test_the_figures_come_also_when_the_store_does_not_answer(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        other = sqlite3.connect(tmp_path / "gadfly.db")
        other.execute("ALTER TABLE effects RENAME TO gone")
        other.close()
        text = await Metrics().text(group.study.store, (), ticker.Pulse(), group.clock.now())
    assert b"gadfly_doubts NaN" in text


async def test_the_lag_of_a_blocked_loop_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.metrics.STEP", 0.02)
    metrics = Metrics()
    watching = asyncio.create_task(metrics.watch_lag())
    await asyncio.sleep(0)  # from now on it watches
    time.sleep(0.1)  # noqa: ASYNC251 - that is the point
    await until(lambda: lag_of(metrics))
    watching.cancel()
    assert lag_of(metrics) > 0.05


def lag_of(metrics: Metrics) -> float:
    return metrics.registry.get_sample_value("gadfly_loop_lag_seconds") or 0.0


async def said(port: int) -> tuple[int, list[str]]:
    lines: list[str] = []
    code = await asyncio.to_thread(health.ask, "127.0.0.1", port, lines.append)
    return code, lines


async def test_the_verb_asks_the_running_bot(tmp_path: Path) -> None:
    async def well() -> tuple[Sign, ...]:
        return (Sign("slack", told[0], "is not heard at the moment"), Sign("store", True))

    async def none() -> bytes:
        return b""

    told = [True]
    async with serving([Vitals(well, none)], "127.0.0.1", 0) as url:
        port = int(url.rsplit(":", 1)[1].strip("/"))
        assert await said(port) == (0, ["slack: well", "store: well"])
        told = [False]
        code, lines = await said(port)
        assert (code, lines[0]) == (1, "slack: is not heard at the moment")


async def test_the_verb_says_when_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        code, (line,) = await said(free.getsockname()[1])
    assert code == 1
    assert "WEB_PORT" in line
