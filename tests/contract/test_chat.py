"""What every chat platform must do, asked of each: the fake, the page, Slack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from emulators.discord_stage import act, discord_chat, room_of
from emulators.slack import APP_TOKEN, BOT, BOT_TOKEN, SECRET, Slack
from waiting import LONG, until

from bot.card import Card, Heading, Text
from bot.chat import slack_intake
from bot.chat.memory import MemoryChat
from bot.chat.page import PageChat
from bot.chat.slack_adapter import Keys, SlackChat
from bot.events import Asked, Deleted, Edited, Event, Pressed, Said, Took
from bot.model import Member, Reply, Room
from bot.ports import Chat, Closes, Done, Handle, Refused, ThreadGone
from bot.web import serving
from prompts.model import Stance

MOTION = Card((Heading("Homework should be abolished."),), "Homework should be abolished.")
OTHER = Card((Heading("Homework should be optional."),), "Homework should be optional.")
ANSWER = Card((Text("Noted."),), "Noted.")
Running = Callable[[Chat, Handle], AbstractAsyncContextManager[None]]


@dataclass
class Hands:
    """A clock that is moved by hand."""

    at: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@dataclass
class Stage:
    """A platform under test: the port, two of its rooms, and a member's hands on the first.

    `do` takes what a window of the page would send, without room and member.
    """

    chat: Chat
    room: Room
    elsewhere: Room
    do: Callable[[dict[str, Any]], Awaitable[Card | None]]
    heard: list[Event] = field(default_factory=list)

    async def handle(self, event: Event) -> Card | None:
        self.heard.append(event)
        return ANSWER if isinstance(event, Asked | Took | Pressed) else None

    async def prompt(self, key: str = "monday") -> str:
        outcome = await self.chat.post(self.room, MOTION, key)
        assert isinstance(outcome, Done)
        return outcome.message

    async def say(self, thread: str, text: str) -> str:
        await self.do({"do": "write", "thread": thread, "text": text})
        return [reply.message for reply in await self.thread(thread)][-1]

    async def thread(self, thread: str) -> list[Reply]:
        """What it holds; on Discord there may be none before somebody answers."""
        try:
            return [reply async for reply in self.chat.replies(self.room, thread)]
        except ThreadGone:
            return []


@asynccontextmanager
async def once(chat: Chat, handle: Handle) -> AsyncIterator[None]:
    """The chat, listening."""
    up = asyncio.Event()
    task = asyncio.create_task(chat.run(handle, up.set))
    waiting = asyncio.create_task(up.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        waiting.cancel()
        task.cancel()
        await asyncio.wait({task, waiting})
        if isinstance(chat, Closes):
            await chat.close()
        if not task.cancelled():
            task.result()


@asynccontextmanager
async def anew(chat: Chat, handle: Handle) -> AsyncIterator[None]:
    """The chat, listening for the second time: a replica stops when it loses its lease (#4)."""
    async with once(chat, handle):
        pass
    assert not chat.listening
    async with once(chat, handle):
        yield


@asynccontextmanager
async def in_memory(_: Path, running: Running) -> AsyncIterator[Stage]:
    chat, room, elsewhere = MemoryChat(Hands()), Room("memory", "agora"), Room("memory", "stoa")
    ann = Member("memory:ann", "Ann")

    async def do(act: dict[str, Any]) -> Card | None:
        thread = act.get("thread")
        match act["do"], act.get("text", ""):
            case "write", text if text.startswith("/"):
                command, _, rest = text[1:].partition(" ")
                return await chat.ask(room, ann, command, rest, thread)
            case "write", text:
                await chat.say(room, act["thread"], ann, text)
            case "edit", text:
                await chat.reword(act["message"], text)
            case "delete", _:
                await chat.delete(act["message"])
            case "take", _:
                return await chat.take(room, act["value"], ann, Stance(act["stance"]))
            case "press", _:
                return await chat.press(room, ann, act["action"], act["value"], thread)
        return None

    stage = Stage(chat, room, elsewhere, do)
    async with running(chat, stage.handle):
        yield stage


@asynccontextmanager
async def on_the_page(folder: Path, running: Running) -> AsyncIterator[Stage]:
    room, elsewhere = Room("page", "agora"), Room("page", "stoa")
    chat = PageChat((room, elsewhere), folder / "page.json", Hands())
    who = {"room": str(room), "member": {"id": "ann", "name": "Ann"}}

    async def do(act: dict[str, Any]) -> Card | None:
        async with ClientSession() as session:
            answer = await session.post(f"{url}act", json={**who, **act})
            assert answer.status == 200, await answer.text()
            return ANSWER if (await answer.json())["answer"] else None

    stage = Stage(chat, room, elsewhere, do)
    async with serving([chat], "127.0.0.1", 0) as url, running(chat, stage.handle):
        yield stage


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests is no Slack that does not tell who Ann is."""
    monkeypatch.setattr(slack_intake, "NAMING", LONG)


@asynccontextmanager
async def on_slack(_: Path, running: Running) -> AsyncIterator[Stage]:
    """The real adapter, against a workspace on loopback that is as strict as Slack."""
    room, elsewhere = Room("slack", "C0AGORA"), Room("slack", "C0STOA")
    async with Slack().serving() as slack:
        keys = Keys(BOT_TOKEN, APP_TOKEN, None, slack.api)
        chat = SlackChat(keys, (room, elsewhere), Hands(), frozenset({"quote", "help"}))
        stage = Stage(chat, room, elsewhere, partial(slack_hands, slack))
        async with running(chat, stage.handle):
            yield stage


@asynccontextmanager
async def on_slack_by_http(_: Path, running: Running) -> AsyncIterator[Stage]:
    """The same with Slack's signed requests instead of a socket."""
    room, elsewhere = Room("slack", "C0AGORA"), Room("slack", "C0STOA")
    async with Slack().serving() as slack:
        keys = Keys(BOT_TOKEN, None, SECRET, slack.api)
        chat = SlackChat(keys, (room, elsewhere), Hands(), frozenset({"quote", "help"}))
        stage = Stage(chat, room, elsewhere, partial(slack_hands, slack))
        async with serving([chat], "127.0.0.1", 0) as url, running(chat, stage.handle):
            slack.mode = f"{url}slack/events"
            yield stage


async def slack_hands(slack: Slack, act: dict[str, Any]) -> Card | None:
    shown = len(slack.ephemeral) + len(slack.views)
    where, thread = "C0AGORA", act.get("thread")
    match act["do"], act.get("text", ""):
        case "write", text if text.startswith("/"):
            await slack.say("U0ANN", where, f"<@{BOT}> {text[1:]}", thread)
        case "write", text:
            await slack.say("U0ANN", where, text, thread)
            return None
        case "edit", text:
            await slack.edit("U0ANN", where, act["message"], text)
            return None
        case "delete", _:
            await slack.delete(where, act["message"])
            return None
        case "take", _:
            await slack.push("U0ANN", where, act["stance"], act["value"])
        case "press", _:
            await slack.push("U0ANN", where, act["action"], act["value"], thread)
    await until(lambda: len(slack.ephemeral) + len(slack.views) > shown)
    return ANSWER


@asynccontextmanager
async def on_discord(_: Path, running: Running) -> AsyncIterator[Stage]:
    async with discord_chat(Hands()) as (world, chat):
        agora, stoa = world.channels

        async def do(wanted: dict[str, Any]) -> Card | None:
            said = await act(world, agora, stage.heard, wanted)
            return ANSWER if said == "Noted." else None

        stage = Stage(chat, room_of(agora), room_of(stoa), do)
        async with running(chat, stage.handle):
            yield stage
        assert world.violations == []
        assert world.pings == []


STAGES = {
    "memory": in_memory,
    "page": on_the_page,
    "slack": on_slack,
    "slack-http": on_slack_by_http,
    "discord": on_discord,
}


@pytest.fixture(params=STAGES.values(), ids=STAGES)
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    async with request.param(tmp_path, once) as made:
        yield made


@pytest.mark.parametrize("on", STAGES.values(), ids=STAGES)
async def test_a_chat_that_stopped_listening_hears_again_when_it_is_run_again(
    on: Callable[[Path, Running], AbstractAsyncContextManager[Stage]], tmp_path: Path
) -> None:
    async with on(tmp_path, anew) as stage:
        assert stage.chat.listening
        await stage.prompt("monday")
        assert await stage.do({"do": "take", "value": "monday", "stance": "torn"}) == ANSWER


async def test_a_post_is_found_by_its_key_and_by_no_other(stage: Stage) -> None:
    message = await stage.prompt("monday")
    assert await stage.chat.find(stage.room, "monday") == message
    assert await stage.chat.find(stage.room, "tuesday") is None


async def test_a_room_knows_nothing_of_anothers_posts(stage: Stage) -> None:
    message = await stage.prompt("monday")
    assert await stage.chat.find(stage.elsewhere, "monday") is None
    for outcome in (
        await stage.chat.edit(stage.elsewhere, message, OTHER),
        await stage.chat.post(stage.elsewhere, OTHER, "summary", thread=message),
    ):
        assert isinstance(outcome, Refused)


async def test_two_posts_have_two_ids_in_the_order_of_posting(stage: Stage) -> None:
    assert await stage.prompt("monday") < await stage.prompt("tuesday")


async def test_an_edit_keeps_the_message_and_its_key_and_can_be_repeated(stage: Stage) -> None:
    message = await stage.prompt("monday")
    for _ in range(2):
        assert await stage.chat.edit(stage.room, message, OTHER) == Done(message)
    assert await stage.chat.find(stage.room, "monday") == message


async def test_an_edit_of_nothing_is_refused_for_good(stage: Stage) -> None:
    outcome = await stage.chat.edit(stage.room, "99999999", OTHER)
    assert isinstance(outcome, Refused)
    assert outcome.lasting


async def test_a_post_in_a_thread_that_is_not_there_is_refused_for_good(stage: Stage) -> None:
    outcome = await stage.chat.post(stage.room, MOTION, "summary", thread="99999999")
    assert isinstance(outcome, Refused)
    assert outcome.lasting
    assert await stage.chat.find(stage.room, "summary") is None


async def test_a_reply_is_told_with_its_thread_and_stands_in_the_history(stage: Stage) -> None:
    thread = await stage.prompt()
    message = await stage.say(thread, "Never.")
    [said] = stage.heard
    assert isinstance(said, Said)
    assert (said.thread, said.message, said.text) == (thread, message, "Never.")
    [reply] = await stage.thread(thread)
    assert reply == Reply(stage.room, message, said.member, "Never.", said.at)


async def test_replies_come_oldest_first_and_without_gadflys_own_posts(stage: Stage) -> None:
    thread = await stage.prompt()
    await stage.say(thread, "first")
    await stage.chat.post(stage.room, OTHER, "reminder", thread)
    await stage.say(thread, "second")
    assert [reply.text for reply in await stage.thread(thread)] == ["first", "second"]


async def test_a_thread_holds_no_replies_of_another(stage: Stage) -> None:
    monday, tuesday = await stage.prompt("monday"), await stage.prompt("tuesday")
    await stage.say(monday, "to monday")
    assert await stage.thread(tuesday) == []


async def test_an_edited_reply_reads_as_edited_in_event_and_history(stage: Stage) -> None:
    thread = await stage.prompt()
    message = await stage.say(thread, "Never.")
    await stage.do({"do": "edit", "message": message, "text": "Seldom."})
    edited = stage.heard[-1]
    assert isinstance(edited, Edited)
    assert (edited.message, edited.text) == (message, "Seldom.")
    [reply] = await stage.thread(thread)
    assert (reply.text, reply.edited) == ("Seldom.", edited.at)
    assert reply.at < edited.at


async def test_a_reply_that_was_deleted_stays_deleted(stage: Stage) -> None:
    thread = await stage.prompt()
    message = await stage.say(thread, "Never.")
    await stage.do({"do": "delete", "message": message})
    assert isinstance(stage.heard[-1], Deleted)
    assert await stage.thread(thread) == []
    assert await stage.say(thread, "Again.") > message


async def test_a_stance_is_told_with_the_buttons_value_and_answered(stage: Stage) -> None:
    assert await stage.do({"do": "take", "value": "monday", "stance": "torn"}) == ANSWER
    [took] = stage.heard
    assert isinstance(took, Took)
    assert (took.value, took.stance, took.member.name) == ("monday", Stance.TORN, "Ann")


async def test_a_command_in_a_thread_says_which_and_leaves_no_reply(stage: Stage) -> None:
    thread = await stage.prompt()
    assert await stage.do({"do": "write", "thread": thread, "text": "/quote fair play"}) == ANSWER
    [asked] = stage.heard
    assert isinstance(asked, Asked)
    assert (asked.command, asked.text, asked.thread) == ("quote", "fair play", thread)
    assert await stage.thread(thread) == []


async def test_the_same_button_twice_is_two_events_with_ids_of_their_own(stage: Stage) -> None:
    thread = await stage.prompt()
    press = {"do": "press", "action": "close", "value": "monday", "thread": thread}
    assert [await stage.do(press), await stage.do(press)] == [ANSWER, ANSWER]
    first, second = stage.heard
    assert isinstance(first, Pressed)
    assert isinstance(second, Pressed)
    assert (first.action, first.value, first.thread) == ("close", "monday", thread)
    assert first.event != second.event


async def test_a_chat_that_runs_is_listening_and_finds_nothing_wrong_with_itself(
    stage: Stage,
) -> None:
    assert stage.chat.listening
    assert all([finding.fine async for finding in stage.chat.check()])


async def test_telling_a_member_adds_nothing_to_a_room(stage: Stage) -> None:
    await stage.prompt("monday")
    before = await stage.chat.find(stage.room, "monday")
    await stage.chat.tell(f"{stage.chat.name}:ann", OTHER)
    assert await stage.chat.find(stage.room, "monday") == before
    assert (await stage.chat.link(stage.room, str(before)) or "https://").startswith("https://")
    link = await stage.chat.link(stage.room, str(before))
    assert link is None or link.startswith("https://")


async def test_a_replica_that_does_not_listen_posts_all_the_same() -> None:
    async with discord_chat(Hands()) as (world, chat):
        room = room_of(next(iter(world.channels)))
        assert chat.traits.one_listener
        outcome = await chat.post(room, MOTION, "monday")
        assert isinstance(outcome, Done)
        assert await chat.find(room, "monday") == outcome.message
        assert not chat.listening
