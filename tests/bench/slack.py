"""Slack's event path, measured in one run: how quick, how much, compared with bolt alone.

    PYTHONPATH=.:tests .venv/bin/python tests/bench/slack.py [throughput|flood|acks]

The load comes from a process of its own. Every figure is from this machine and this run.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web
from chat.slack_group import Group, gathered
from emulators.slack import BOT, SECRET, Slack
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.web import serving

AT = "C0AGORA"


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
    slack, waits = Slack(), []
    bodies = iter(Path(file).read_text().splitlines())

    async def worker(session: aiohttp.ClientSession) -> None:
        for body in bodies:
            headers = {**slack.signed(body), "Content-Type": "application/json"}
            began = time.perf_counter()
            async with session.post(url, data=body.encode(), headers=headers) as answer:
                assert answer.status == 200, answer.status
            waits.append(time.perf_counter() - began)

    async with aiohttp.ClientSession() as session:
        began = time.perf_counter()
        await asyncio.gather(*(worker(session) for _ in range(abreast)))
        spent = time.perf_counter() - began
    print(json.dumps({"spent": spent, "waits": waits}))


async def loaded(url: str, events: list[str], abreast: int = 20) -> tuple[float, list[float]]:
    """How many events a second the server took, and how long each waited."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("\n".join(events))
        file.flush()
        command = [sys.executable, __file__, "load", url, file.name, str(abreast)]
        began = time.process_time()
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
    told = json.loads(out)
    print(f"  {(time.process_time() - began) / len(events) * 1000:.2f} ms of CPU for each")
    return len(events) / told["spent"], told["waits"]


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


async def throughput(count: int = 1500) -> None:
    """Signed HTTP in to reply stored, against bare bolt, alternating in one run."""
    ratios = []
    async with debating() as group, serving([Bare()], "127.0.0.1", 0) as bare:
        [debate] = await group.study.store.debates()
        ours, theirs = group.slack.mode, f"{bare}slack/events"
        for _ in range(4):
            events = replies(group.slack, debate.thread, count)
            alone, _ = await loaded(theirs, events)
            before = len(await group.study.store.ids(debate.id))
            stored, _ = await loaded(ours, events)
            kept = len(await group.study.store.ids(debate.id)) - before
            print(kept, "of", count)
            ratios.append(stored / alone)
            print(f"bare bolt {alone:.0f}/s, gadfly {stored:.0f}/s: {stored / alone:.2f}")
    print(f"throughput: {statistics.median(ratios):.2f} of bare bolt (goal 0.70)")


MEASURES: dict[str, Callable[[], object]] = {"throughput": throughput}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=list(MEASURES))
    what = parser.parse_args().what
    if what[0] == "load":
        return asyncio.run(load(what[1], what[2], int(what[3])))
    for name in what:
        asyncio.run(MEASURES[name]())  # type: ignore[arg-type] - each is a coroutine function


if __name__ == "__main__":
    main()
