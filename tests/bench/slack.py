"""Slack's event path, measured in one run: how quick, how much, compared with bolt alone.

    PYTHONPATH=.:tests .venv/bin/python tests/bench/slack.py [throughput|acks|flood|cuts]

For throughput the load comes from a process of its own. Every figure is from this machine and
this run; on a machine with other work, the processor's time for an event tells more than the rate.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from chat.slack_group import Group, gathered
from chat.slack_load import Kept, cut, flooded, hurried
from emulators.slack import BOT, SECRET, Slack
from intake import corpus
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.web import serving

AT = "C0AGORA"
COUNTS = {20: 1000, 5: 500, 1: 250}  # events of a round, by how many are under way at a time


class Bare:
    """Bolt as its manual has it: the event is acknowledged, and nothing is done with it."""

    def __init__(self) -> None:
        async def authorize(**_: object) -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id=None, bot_user_id=BOT)

        self.app = AsyncApp(signing_secret=SECRET, authorize=authorize)
        self.app.event("message")(self.heard)

    async def heard(self, event: dict[str, object]) -> None: ...

    def mount(self, app: web.Application) -> None:
        async def posted(request: web.Request) -> web.Response:
            answer = await self.app.async_dispatch(await to_bolt_request(request))
            return await to_aiohttp_response(answer)

        app.router.add_post("/slack/events", posted)


async def load(url: str, file: str, abreast: int) -> None:
    """In the other process: every event of the file, signed, `abreast` at a time."""
    slack = Slack()
    bodies = iter(Path(file).read_text().splitlines())

    async def worker(session: aiohttp.ClientSession) -> None:
        for body in bodies:
            headers = {**slack.signed(body), "Content-Type": "application/json"}
            async with session.post(url, data=body.encode(), headers=headers) as answer:
                assert answer.status == 200, answer.status

    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        await asyncio.gather(*(worker(session) for _ in range(abreast)))
        spent = time.perf_counter() - began
    print(json.dumps({"spent": spent}))


async def loaded(url: str, events: list[str], abreast: int) -> tuple[float, float]:
    """How many events a second the server took, and the processor's milliseconds for each."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(events))
        file.flush()
        command = [sys.executable, __file__, "load", url, file.name, str(abreast)]
        began = time.process_time()
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
    worked = (time.process_time() - began) / len(events) * 1000
    return len(events) / json.loads(out)["spent"], worked


def replies(slack: Slack, thread: str, count: int) -> list[str]:
    """Replies that stand in the thread, and their events, untold."""
    people = list(slack.users)
    made = (
        slack.write(people[n % len(people)], AT, f"Reply {n}, since it binds others.", thread)
        for n in range(count)
    )
    return [json.dumps(body) for _, body in made]


@asynccontextmanager
async def debating() -> AsyncIterator[Group]:
    with tempfile.TemporaryDirectory() as folder:
        async with gathered(Path(folder), http=True) as group:
            await group.opened()
            yield group


async def throughput(rounds: int = 5) -> None:
    """Signed HTTP in to reply stored, against bare bolt, taking turns in one run.

    With one event at a time it is the wait for the store that is measured, since each
    acknowledgement waits for it: bare bolt's is sent before anything is done.
    """
    async with debating() as group, serving([Bare()], "127.0.0.1", 0) as url:
        bare = f"{url}slack/events"
        await compared(group, bare, 300, 20)  # to warm up
        for abreast, count in COUNTS.items():
            found = [await compared(group, bare, count, abreast) for _ in range(rounds)]
            rate, work = (statistics.median(figures) for figures in zip(*found, strict=True))
            told = f"{rate:.2f} of bare bolt, by processor time {work:.2f}"
            print(f"throughput, {abreast} at a time: {told} (goal 0.70)")


async def compared(group: Group, bare: str, count: int, abreast: int) -> tuple[float, float]:
    """One round: our rate and our processor's time as parts of bare bolt's."""
    [debate] = await group.study.store.debates()
    events = replies(group.slack, debate.thread, count)
    alone, idle = await loaded(bare, events, abreast)
    before = len(await group.study.store.ids(debate.id))
    stored, worked = await loaded(group.slack.mode, events, abreast)
    kept = len(await group.study.store.ids(debate.id)) - before
    assert kept == len(events), f"{kept} of {len(events)} are in the store"
    told = f"{alone:.0f}/s and {idle:.2f} ms each, gadfly {stored:.0f}/s and {worked:.2f}"
    print(f"  {abreast} at a time: bare bolt {told} ms: {stored / alone:.2f}")
    return stored / alone, idle / worked


async def acks() -> None:
    """Acknowledgements while 10 MB of new readings are analysed and the store is slow."""
    for http in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            waits, kept = await hurried(Path(folder), ten_megabytes, http=http, slow=0.5, least=30)
        parts = statistics.quantiles(waits, n=100)
        figures = {"p50": parts[49], "p99": parts[98], "max": max(waits)}
        told = ", ".join(f"{name} {wait * 1000:.0f} ms" for name, wait in figures.items())
        way = "http" if http else "socket"
        print(f"acks, {way}: {len(waits)}, {told} (goal: p99 500 ms, max 2000); {says(kept)}")


def ten_megabytes(seeds: Path) -> None:
    corpus(seeds, 400, 25_000)


async def flood() -> None:
    """500 replies in a minute to ten threads, every event told twice."""
    with tempfile.TemporaryDirectory() as folder:
        threads = await flooded(Path(folder), replies=500, seconds=60, http=True)
    print(f"flood: {sum(len(one.thread) for one in threads)} replies, {says(*threads)}")


async def cuts() -> None:
    """100 cuts and reconnects while members write, edit and delete."""
    with tempfile.TemporaryDirectory() as folder:
        written, kept = await cut(Path(folder), 100)
    print(f"cuts: 100, {written:.0f} messages a second meanwhile, {says(kept)}")


def says(*threads: Kept) -> str:
    """Whether the store says what the threads say."""
    unlike = sum(not one.alike for one in threads)
    return (
        f"{unlike} of {len(threads)} threads unlike the store" if unlike else "store equals thread"
    )


MEASURES: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
    "throughput": throughput,
    "acks": acks,
    "flood": flood,
    "cuts": cuts,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=list(MEASURES))
    what = parser.parse_args().what
    if what[0] == "load":
        return asyncio.run(load(what[1], what[2], int(what[3])))
    for name in what:
        asyncio.run(MEASURES[name]())


if __name__ == "__main__":
    main()
