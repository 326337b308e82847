"""The line to Discord's gateway: resumed, begun anew, supervised, and what comes over it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chat.shelf import Shelf
from emulators import discord_gateway
from emulators import discord_rules as rules
from emulators.discord import TEXT, World
from emulators.discord_stage import discord_chat, room_of, until

from bot.card import Bars, Button, Buttons, Card, Heading, Text
from bot.chat import discord_ears, discord_line, discord_pulse
from bot.chat.discord_adapter import DiscordChat
from bot.clock import HandClock
from bot.commands import VERBS
from bot.errors import Wrong
from bot.events import Asked, Back, Deleted, Edited, Event, Gone, Pressed, Said, Took, Typed
from bot.model import Room
from bot.ports import Done
from prompts.model import Stance

CLOCK = HandClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
PROMPT = Card(
    (
        Heading("Homework should be abolished."),
        Buttons((Button("for", "For", "monday"), Button("passage", "Show", "monday"))),
    ),
    "Homework",
)
COUNTED = Card((Text("You are for."), Bars((("For", 1),))))
NOTED = Card((Text("Noted."),))


@dataclass
class Line:
    """The adapter on its line, what it heard, and how often all had to be read again."""

    world: World
    chat: DiscordChat
    heard: list[Event] = field(default_factory=list)
    ready: int = 0
    slow: float = 0.0
    offers: Card | None = None

    async def handle(self, event: Event) -> Card | None:
        await asyncio.sleep(self.slow)
        self.heard.append(event)
        if isinstance(event, Took):
            return COUNTED
        if isinstance(event, Typed):
            return self.offers
        return NOTED if isinstance(event, Asked | Pressed) else None

    def is_ready(self) -> None:
        self.ready += 1

    @property
    def room(self) -> str:
        return next(iter(self.world.channels))

    async def prompt(self) -> str:
        outcome = await self.chat.post(room_of(self.room), PROMPT, "monday")
        assert isinstance(outcome, Done)
        await self.chat.open(room_of(self.room), outcome.message, PROMPT)
        return outcome.message

    def back(self) -> list[Room]:
        return [event.room for event in self.heard if isinstance(event, Back)]

    def texts(self) -> list[str]:
        return [event.text for event in self.heard if isinstance(event, Said)]


@asynccontextmanager
async def listening(world: World, chat: DiscordChat) -> AsyncIterator[Line]:
    line = Line(world, chat)
    task = asyncio.create_task(chat.run(line.handle, line.is_ready))
    try:
        await until(lambda: task.done() or (line.ready and world.commands))
        if task.done():
            await task
        yield line
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are five seconds apart; for most tests a tenth of that will do."""
    monkeypatch.setattr(discord_line, "GUILDS_WAIT", 0.1)
    monkeypatch.setattr(discord_line, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(discord_line, "APART", 0.5)
    monkeypatch.setattr(discord_gateway, "APART", 0.2)  # seen later than sent


@pytest.fixture
async def line(quick: None) -> AsyncIterator[Line]:
    async with discord_chat(CLOCK) as (world, chat), listening(world, chat) as made:
        yield made
        assert world.violations == []


async def test_a_cut_line_is_taken_up_again_and_tells_what_was_missed(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    line.world.gateway.cut()
    await ann.say(thread, "while away")
    await until(lambda: line.texts() == ["while away"])
    assert line.world.gateway.resumes == 1
    assert (len(line.world.gateway.identifies), line.ready) == (1, 1)
    assert line.chat.listening


async def test_discord_may_ask_for_a_reconnect(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    await line.world.gateway.reconnect()
    await until(lambda: line.world.gateway.resumes == 1)
    await ann.say(thread, "after it")
    await until(lambda: line.texts() == ["after it"])
    assert line.ready == 1


async def test_a_session_that_is_lost_is_begun_anew_and_all_is_read_again(line: Line) -> None:
    await line.world.gateway.invalidate()
    await until(lambda: line.ready == 2)
    assert len(line.world.gateway.identifies) == 2
    await line.world.gateway.invalidate(resumable=True)
    await until(lambda: line.world.gateway.resumes == 1)


async def test_a_line_that_cannot_be_resumed_is_begun_anew(line: Line) -> None:
    line.world.gateway.forget()
    line.world.gateway.cut()
    await until(lambda: line.ready == 2)
    assert line.world.synced == 1


async def test_a_dead_line_is_noticed_by_its_silence(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_line, "SILENCE", 2.0)
    async with discord_chat(CLOCK) as (world, chat):
        world.gateway.interval = 1.0
        async with listening(world, chat) as line:
            thread, ann = await line.prompt(), world.person("Ann")
            world.gateway.freeze()
            await ann.say(thread, "into the void")
            await until(lambda: line.texts() == ["into the void"])
            assert world.gateway.resumes >= 1  # where the machine is slow, a second silence follows
            assert world.violations == []


async def test_a_first_connection_that_fails_is_tried_again(quick: None) -> None:
    async with discord_chat(CLOCK) as (world, chat):
        world.gateway.refuse = 1
        async with listening(world, chat) as line:
            assert line.chat.listening
            assert world.violations == []


async def test_discord_py_is_not_waited_for_when_it_waits_too_long(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_pulse, "STEP", 0.1)
    monkeypatch.setattr(discord_pulse, "DOWN", 0.5)
    async with discord_chat(CLOCK) as (world, chat), listening(world, chat) as line:
        world.gateway.refuse = 1_000
        world.gateway.cut()
        await until(lambda: world.gateway.refuse < 998)
        world.gateway.refuse = 0
        await until(lambda: line.ready == 2)
        assert world.violations == []


async def test_a_session_that_beats_on_and_tells_nothing_is_given_up(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_pulse, "STEP", 0.1)
    monkeypatch.setattr(discord_pulse, "QUIET", 0.5)
    monkeypatch.setattr(discord_pulse, "LATE", 1.0)
    async with discord_chat(CLOCK) as (world, chat), listening(world, chat) as line:
        thread, ann = await line.prompt(), world.person("Ann")
        await asyncio.sleep(2.0)  # quiet, and nothing was missed
        assert line.ready == 1
        world.gateway.mute()
        await ann.say(thread, "Is anybody there?")
        await until(lambda: line.ready == 2)
        await ann.say(thread, "There you are.")
        await until(lambda: line.texts() == ["There you are."])
        assert world.violations == []


async def test_a_line_whose_heart_is_not_answered_is_given_up_although_it_tells(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_pulse, "STEP", 0.1)
    monkeypatch.setattr(discord_pulse, "UNANSWERED", 3.0)
    async with discord_chat(CLOCK) as (world, chat):
        world.gateway.interval = 1.0
        async with listening(world, chat) as line:
            thread, ann = await line.prompt(), world.person("Ann")
            for heartless in world.gateway.lines:
                heartless.heartless = True
            while line.ready == 1:
                await ann.say(thread, "still here")
                await asyncio.sleep(0.1)
            assert line.chat.listening
            assert world.violations == []


async def test_sessions_that_discord_ends_at_once_are_begun_ever_more_slowly(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_line, "FREE_TURNS", 1)
    monkeypatch.setattr(discord_pulse, "STEP", 0.1)
    monkeypatch.setattr(discord_pulse, "DOWN", 0.5)
    for sessions in (2, 3):
        await line.world.gateway.invalidate()
        await until(lambda held=sessions: len(line.world.gateway.identifies) == held)
    second, third = line.world.gateway.identifies[1:]
    assert third - second >= 2.0


LIMITS = {
    "none begun": (1000, 0.0),
    "few begun": (950, 0.0),
    "some begun": (949, 2.0),
    "many begun": (900, 900.0),
    "none left": (0, 3600.0),
}


@pytest.mark.parametrize(("left", "wait"), LIMITS.values(), ids=LIMITS)
def test_a_start_waits_where_discord_has_counted_many(left: int, wait: float) -> None:
    assert discord_line.before_start(1000, left, 3600.0) == wait
    assert discord_line.before_start(1000, left, 1.5) <= 1.5


async def test_no_session_is_begun_before_discord_allows_one(quick: None) -> None:
    async with discord_chat(CLOCK) as (world, chat):
        world.remaining, began = 0, asyncio.get_running_loop().time()
        async with listening(world, chat):
            assert asyncio.get_running_loop().time() - began > 1.0


NOW = CLOCK.now()
STARTS = {
    "just after another": (Shelf({discord_line.BEGUN: NOW.isoformat()}), 999, 1.0),
    "after one by a clock ahead": (
        Shelf({discord_line.BEGUN: (NOW + timedelta(hours=1)).isoformat()}),
        999,
        1.0,
    ),
    "long after another": (
        Shelf({discord_line.BEGUN: (NOW - timedelta(hours=1)).isoformat()}),
        999,
        0.0,
    ),
    "after nobody knows what": (Shelf({}), 999, 1.0),
    "while the store is away": (Shelf({}, away=True), 1000, 1.0),
    "for the first time": (Shelf({}), 1000, 0.0),
}


@pytest.mark.parametrize(("shelf", "left", "wait"), STARTS.values(), ids=STARTS)
async def test_a_start_keeps_its_distance_to_a_session_of_the_process_before(
    quick: None, monkeypatch: pytest.MonkeyPatch, shelf: Shelf, left: int, wait: float
) -> None:
    # Where it need not wait, it would wait for longer than the test does.
    monkeypatch.setattr(discord_line, "APART", wait or 600.0)
    shelf = replace(shelf, facts=dict(shelf.facts))
    async with discord_chat(CLOCK) as (world, chat):
        world.remaining, began = left, asyncio.get_running_loop().time()
        chat.recall(shelf)
        async with listening(world, chat):
            assert world.gateway.identifies[0] - began >= wait
    assert shelf.away or shelf.facts == {discord_line.BEGUN: NOW.isoformat()}


async def test_a_token_that_discord_does_not_take_is_one_line_for_a_person() -> None:
    async with discord_chat(CLOCK) as (world, chat):
        world.token = "another"  # noqa: S105 - it opens nothing
        with pytest.raises(Wrong, match="DISCORD_TOKEN"):
            async with listening(world, chat):
                pass


async def test_without_the_content_intent_it_goes_on_and_its_prompts_say_so(quick: None) -> None:
    async with discord_chat(CLOCK) as (world, chat):
        world.gateway.content_allowed = False
        async with listening(world, chat) as line:
            thread, ann = await line.prompt(), world.person("Ann")
            assert "Plain replies cannot be read here" in rules.words(world.posts(line.room)[0])
            await ann.say(thread, "unread")
            await ann.say(thread, f"<@{world.me['id']}> read")
            await until(lambda: len(line.heard) == 2)
            assert line.texts() == ["", "read"]
            pressed = await ann.press(line.room, world.posts(line.room)[0], "for:monday")
            assert (await pressed.answered()).modal
            assert world.violations == []


async def test_many_shards_are_many_sessions_and_each_tells_when_it_is_ready(quick: None) -> None:
    async with discord_chat(CLOCK) as (world, chat):
        world.shards = 2
        async with listening(world, chat) as line:
            await until(lambda: len(world.gateway.identifies) == 2)
            thread, ann = await line.prompt(), world.person("Ann")
            await ann.say(thread, "heard")
            await until(line.texts)
            assert set(line.texts()) == {"heard"}


async def test_edits_deletions_and_bulk_deletions_are_told(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    first, second, third = [await ann.say(thread, text) for text in ("a", "b", "c")]
    await ann.edit(thread, first, "A")
    await ann.delete(thread, first)
    await ann.delete(thread, second, third)
    await until(lambda: len(line.heard) == 7)
    edited, *deleted = line.heard[3:]
    assert isinstance(edited, Edited)
    assert (edited.message, edited.text, edited.thread) == (first, "A", thread)
    assert [e.message for e in deleted if isinstance(e, Deleted)] == [first, second, third]
    assert all(e.room == room_of(line.room) for e in deleted if isinstance(e, Deleted))


async def test_which_message_a_reply_answers_is_told_and_stands_in_the_thread(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    first = await ann.say(thread, "Never.")
    await ann.say(thread, "Why not?", answers=first)
    await until(lambda: len(line.heard) == 2)
    shown = [reply.answers async for reply in line.chat.replies(room_of(line.room), thread)]
    assert [e.answers for e in line.heard if isinstance(e, Said)] == shown == [None, first]


async def test_what_discord_py_cannot_read_is_left_out_and_the_line_goes_on(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    gateway = line.world.gateway
    for kind in ("GUILD_AUDIT_LOG_ENTRY_CREATE", "SOMETHING_NEW", "MESSAGE_CREATE"):
        await gateway._to(gateway.current, kind, {"id": "1"})
    await ann.say(thread, "after it")
    await until(lambda: line.texts() == ["after it"] and line.ready == 2)
    assert (len(gateway.identifies), gateway.resumes) == (1, 0)
    told = [record for record in caplog.records if "cannot read" in record.getMessage()]
    assert len(told) == 3  # the one of a message also as one that is read from its thread
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_preview_that_discord_adds_is_no_edit_and_a_bots_words_are_no_reply(
    line: Line,
) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    message = await ann.say(thread, "see https://example.org")
    held = line.world.messages[thread][message]
    await line.world.tell("MESSAGE_UPDATE", {**held, "embeds": [{"type": "link"}]}, ann)
    other = {**ann.user, "id": line.world.fresh(), "bot": True}
    await line.world.tell("MESSAGE_CREATE", line.world.message(thread, other, "beep"))
    await ann.say(thread, "joined", kind=7)
    await ann.say(line.room, "not in a thread")
    await ann.say(thread, "last")
    await until(lambda: "last" in line.texts())
    assert line.texts() == ["see https://example.org", "last"]


async def test_a_thread_that_the_gateway_never_told_of_is_looked_up(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann")
    line.world.channels[thread]["thread_metadata"]["archived"] = True
    await line.world.gateway.dispatch("THREAD_UPDATE", line.world.channels[thread])
    await ann.say(thread, "back again")
    await until(line.texts)
    [said] = [event for event in line.heard if isinstance(event, Said)]
    assert (said.room, said.thread) == (room_of(line.room), thread)


async def test_a_removed_server_is_gone_and_an_outage_is_not(line: Line) -> None:
    await line.world.remove_guild(unavailable=True)
    await line.world.remove_guild()
    await until(lambda: line.heard)
    [gone] = line.heard
    assert isinstance(gone, Gone)
    assert set(gone.rooms) == {room_of(c) for c in line.world.channels}


async def test_a_room_that_lets_gadfly_in_again_is_tried_at_once(line: Line) -> None:
    world, channel = line.world, line.world.channels[line.room]
    await world.gateway.dispatch("CHANNEL_UPDATE", channel)
    await asyncio.sleep(0.2)
    assert line.heard == []  # its topic may have changed, or its name
    world.deny(line.room, rules.CREATE_THREADS)
    await world.gateway.dispatch("CHANNEL_UPDATE", channel)
    await until(lambda: line.heard)
    assert [event.room for event in line.heard if isinstance(event, Back)] == [room_of(line.room)]


async def test_a_thread_that_is_unlocked_is_tried_at_once(line: Line) -> None:
    thread, world = await line.prompt(), line.world
    await world.archive(thread, locked=True)
    await asyncio.sleep(0.2)
    assert room_of(line.room) not in line.back()
    world.channels[thread]["thread_metadata"].update(archived=False, locked=False)
    await world.gateway.dispatch("THREAD_UPDATE", world.channels[thread])
    await until(lambda: room_of(line.room) in line.back())


async def test_a_thread_that_is_closed_anywhere_leaves_its_place_to_one_of_ours(
    line: Line,
) -> None:
    world = line.world
    ours = {room_of(channel) for channel in world.channels}
    elsewhere = world.channel("elsewhere", TEXT)
    thread = await line.prompt()
    await world.gateway.dispatch(
        "THREAD_UPDATE", {**world.channels[thread], "parent_id": elsewhere}
    )
    await asyncio.sleep(0.2)
    assert line.heard == []
    closed = {**world.channels[thread]["thread_metadata"], "archived": True}
    other = {**world.channels[thread], "parent_id": elsewhere, "thread_metadata": closed}
    await world.gateway.dispatch("THREAD_UPDATE", other)
    await until(lambda: set(line.back()) == ours)


async def test_a_server_that_invites_gadfly_again_is_read_and_written_again(line: Line) -> None:
    await line.world.remove_guild()
    await until(lambda: line.heard)
    await line.world.gateway.dispatch("GUILD_CREATE", line.world.guild_create(line.world.guild))
    await until(lambda: line.ready == 2)
    back = [event.room for event in line.heard if isinstance(event, Back)]
    assert set(back) == {room_of(channel) for channel in line.world.channels}


async def test_a_stance_counts_at_its_press_and_its_reason_when_it_is_sent_off(
    line: Line,
) -> None:
    await line.prompt()
    ann, prompt = line.world.person("Ann", nick="Annie"), line.world.posts(line.room)[0]
    pressed = await (await ann.press(line.room, prompt, "for:monday")).answered()
    assert "You are for." in pressed.text
    sent = await (await ann.submit(line.room, pressed, " It steals sleep. ")).answered()
    assert line.world.ephemeral(sent)
    first, second = line.heard
    assert isinstance(first, Took)
    assert isinstance(second, Took)
    assert (first.value, first.stance, first.reason) == ("monday", Stance.FOR, None)
    assert (second.stance, second.reason) == (Stance.FOR, "It steals sleep.")
    assert (first.member.name, first.member.id) == ("Annie", f"discord:{ann.id}")


async def test_a_slow_store_keeps_no_form_waiting_and_loses_no_stance(line: Line) -> None:
    await line.prompt()
    line.slow = 1.5
    ann, prompt = line.world.person("Ann"), line.world.posts(line.room)[0]
    pressed = await (await ann.press(line.room, prompt, "for:monday")).answered()
    assert pressed.modal
    assert pressed.waited is not None
    assert pressed.waited < 1.0
    await until(lambda: pressed.more)
    assert "You are for." in pressed.text
    assert pressed.more[0]["flags"] & rules.EPHEMERAL
    line.slow = 0.0
    why = await ann.press(line.room, prompt, "+for:monday")  # a button of an older Gadfly
    assert (await why.answered()).modal
    await (await ann.submit(line.room, why, "It steals sleep.")).answered()
    assert [e.reason for e in line.heard if isinstance(e, Took)] == [None, "It steals sleep."]


async def test_commands_and_menus_are_asked_with_roles_and_thread(line: Line) -> None:
    thread, ann = await line.prompt(), line.world.person("Ann", line.world.bot_role)
    said = await ann.say(thread, "Homework steals sleep.")
    for asking in (
        ann.ask(thread, "quote", topic="sleep"),
        ann.ask(thread, "counter"),
        ann.ask(line.room, "gadfly", "pause", until="2027-01-10"),
        ann.menu(thread, "Find a counter", said),
        ann.menu(line.room, "Quote this topic", thread),
    ):
        asked = await (await asking).answered()
        assert line.world.ephemeral(asked)
        assert asked.text == "Noted."
    found = [e for e in line.heard if isinstance(e, Asked)]
    assert [(e.command, e.text, e.thread) for e in found] == [
        ("quote", "sleep", thread),
        ("counter", "", thread),
        ("gadfly", "pause 2027-01-10", None),
        ("counter", "Homework steals sleep.", thread),
        ("quote", "Homework should be abolished.", None),
    ]
    assert found[0].member.groups == (f"discord:role:{line.world.bot_role}",)


async def test_gadflys_verbs_have_words_of_their_own_on_discord(line: Line) -> None:
    def shown(options: list[dict[str, Any]]) -> set[str]:
        return {option["name"] for option in options}

    [gadfly] = [c for c in line.world.commands[line.world.guild] if c["name"] == "gadfly"]
    assert shown(gadfly["options"]) == set(VERBS)


async def test_what_is_typed_is_completed_within_discords_limits(line: Line) -> None:
    line.offers = Card((*(Text(f"topic {n}") for n in range(40)), Text("x" * 101)))
    ann = line.world.person("Ann")
    typed = await (await ann.type(line.room, "quote", "topic", "top")).answered()
    assert [choice["value"] for choice in typed.data["choices"]] == [
        f"topic {n}" for n in range(25)
    ]
    assert line.heard == [Typed(room_of(line.room), "quote", "top")]


@pytest.mark.parametrize(("code", "shown"), [(40060, True), (10062, False)])
async def test_only_what_discord_knows_is_answered_further(
    line: Line, code: int, shown: bool
) -> None:
    ann = line.world.person("Ann")
    body = f'{{"message": "no", "code": {code}}}'
    headers = {"Content-Type": "application/json"}
    status, landed = (400, True) if shown else (404, False)
    line.world.rest.fail(
        "POST", "/callback", status=status, landed=landed, headers=headers, body=body
    )
    asked = await ann.ask(line.room, "quote", topic="sleep")
    await until(lambda: line.heard)
    await asyncio.sleep(0.2)
    assert (line.world.rest.count("PATCH", "/messages/@original") == 1) is shown
    assert asked.done.is_set() is shown


@pytest.mark.parametrize("landed", [True, False])
@pytest.mark.parametrize("ending", ["/callback", "/messages/@original"])
async def test_an_answer_whose_line_breaks_is_given_again(
    line: Line, ending: str, landed: bool
) -> None:
    method = "POST" if ending == "/callback" else "PATCH"
    line.world.rest.fail(method, ending, status=0, landed=landed)
    ann = line.world.person("Ann")
    await (await ann.ask(line.room, "quote", topic="sleep")).answered()
    await until(lambda: line.world.rest.count("PATCH", "/messages/@original"))
    assert len(line.heard) == 1
    assert line.world.violations == []


async def test_whoever_asks_in_private_is_told_where_gadfly_answers(line: Line) -> None:
    ann = line.world.person("Ann")
    assert isinstance(await line.chat.tell(f"discord:{ann.id}", NOTED), Done)
    direct = next(c["id"] for c in line.world.channels.values() if c.get("to") == ann.id)
    pressed = await ann.press(direct, line.world.posts(direct)[0], "for:monday")
    assert "channels of its server" in (await pressed.answered()).text
    assert line.heard == []


async def test_a_bot_waits_between_sessions_as_long_as_discord_wants() -> None:
    assert discord_line.APART >= discord_gateway.APART


async def test_a_second_start_registers_nothing_anew(line: Line) -> None:
    world = line.world
    async with listening(world, line.chat):
        pass
    assert world.synced == 1


async def test_commands_whose_registering_is_cut_off_are_registered_again(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_ears, "REGISTER_AGAIN", 0.01)
    async with discord_chat(CLOCK) as (world, chat):
        for method in ("GET", "PUT"):
            world.rest.fail(method, "/commands", status=0, times=2)
        async with listening(world, chat):  # which waits for the commands
            assert world.rest.count("PUT", "/commands") == 3


async def test_commands_that_discord_refuses_are_not_offered_again_and_again(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_ears, "REGISTER_AGAIN", 0.0)
    line.world.commands.clear()
    line.world.rest.fail("PUT", "/commands", status=403, times=99)
    offered = line.world.rest.count("PUT", "/commands")
    await line.world.gateway.invalidate()
    await until(lambda: line.world.rest.count("PUT", "/commands") > offered)
    await asyncio.sleep(0.2)
    assert line.world.rest.count("PUT", "/commands") - offered <= 2  # a session, a server


@pytest.mark.parametrize(("off", "told"), [(0, False), (-90, True), (90, True)])
async def test_a_clock_that_is_not_discords_is_named_at_the_start(
    quick: None, caplog: pytest.LogCaptureFixture, off: float, told: bool
) -> None:
    clock = HandClock(datetime.now(UTC) + timedelta(seconds=off))
    async with discord_chat(clock) as (world, chat), listening(world, chat):
        assert ("s from Discord's; set it by NTP" in caplog.text) is told
