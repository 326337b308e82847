"""A debate on Discord from its prompt to its summary, as members live it."""

import asyncio
import contextlib
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chat.discord_group import DiscordGroup, discord_group
from emulators import discord_gateway
from emulators import discord_rules as rules
from emulators.discord import FORUM, Json, Person, World, discord_world
from waiting import until

from bot import phrases, service
from bot.chat import discord_answers, discord_line, discord_pulse
from bot.clock import HandClock, SystemClock
from bot.model import Debate, Kind, Phase, Room
from bot.outbox import PORTION
from bot.plan import plan_now
from prompts.model import Stance

ANNS = "Schools should settle this by themselves, since no rule from above fits every classroom."
FAIR = "A rule that everybody had a hand in is kept without anybody having to watch over it."
Meanwhile = Callable[[DiscordGroup, Debate], Awaitable[None]]
BENS = "One rule for everybody is better, because otherwise only the strong ones are protected."


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord_line, "GUILDS_WAIT", 0.1)
    monkeypatch.setattr(discord_line, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(discord_pulse, "DOWN", 5.0)
    # A busy machine must not turn the form into an answer put off.
    monkeypatch.setattr(discord_answers, "MOMENT", 2.0)
    monkeypatch.setattr(discord_line, "APART", 0.3)
    monkeypatch.setattr(discord_gateway, "APART", 0.1)  # seen later than sent


async def debated(group: DiscordGroup) -> tuple[Debate, Json, Person, Person]:
    ann, ben = group.world.person("Ann", nick="Annie"), group.world.person("Ben")
    debate, prompt = await group.opened(ann)
    where = prompt["channel_id"]
    for person, label, reason in ((ann, "For", FAIR), (ben, "Against", "")):
        pressed = await person.press(where, prompt, group.world.button(prompt, label))
        await (await person.submit(where, await pressed.answered(), reason)).answered()
    await ann.say(debate.thread, ANNS)
    await ben.say(debate.thread, BENS)
    return debate, prompt, ann, ben


@pytest.mark.parametrize("kind", [0, FORUM], ids=["channel", "forum"])
async def test_a_debate_from_prompt_to_summary(tmp_path: Path, kind: int) -> None:
    async with discord_group(tmp_path, kind) as group:
        debate, prompt, ann, ben = await debated(group)
        gone = await ben.say(debate.thread, "A slip.")
        await ben.delete(debate.thread, gone)
        closing = await (await ann.ask(debate.thread, "gadfly", "close")).answered()
        assert closing.text == phrases.CLOSING
        await group.tick(3)
        summary = group.last(debate.thread)
        for words in (ANNS, BENS, FAIR, "Annie", phrases.represented(2, 2)):
            assert words in summary
        assert "A slip." not in summary
        said = next(message for message, text in group.said(debate).items() if text == BENS)
        here = f"https://discord.com/channels/{group.world.guild}/{debate.thread}/{said}"
        assert f"](<{here}>)" in summary
        closed = rules.words(group.world.posts(prompt["channel_id"])[0])
        assert phrases.CLOSED in closed
        assert "For      █ 1" in closed
        assert group.world.violations == []
        assert group.world.pings == []


async def test_what_is_deleted_after_the_close_leaves_the_summary(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        debate, _, ann, ben = await debated(group)
        await (await ann.ask(debate.thread, "gadfly", "close")).answered()
        await group.tick(3)
        said = next(m for m, text in group.said(debate).items() if text == BENS)
        await ben.delete(debate.thread, said)
        await until_told(group, debate, lambda summary: BENS not in summary)


async def test_a_line_without_its_name_does_not_lead_to_its_writer(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        debate, _, ann, _ = await debated(group)
        await (await ann.ask(debate.thread, "gadfly", "close")).answered()
        await group.tick(3)
        said = {text: message for message, text in group.said(debate).items()}
        assert said[ANNS] in group.last(debate.thread)
        await (await ann.ask(debate.thread, "gadfly", "notmine", text="anonymise")).answered()
        await group.tick(3)
        summary = group.last(debate.thread)
        assert ANNS in summary
        assert "Annie" not in summary
        assert said[ANNS] not in summary
        assert said[BENS] in summary


async def test_an_answer_is_shared_where_it_was_asked(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        ann = group.world.person("Ann")
        debate, _ = await group.opened(ann)
        asked = await (await ann.ask(debate.thread, "quote", topic="schools")).answered()
        assert group.world.ephemeral(asked)
        assert asked.message is not None
        shown = {**group.world.message(debate.thread, group.world.me), **asked.message}
        share = group.world.button(asked.message, phrases.SHARE)
        await (await ann.press(debate.thread, shown, share)).answered()
        await group.tick()
        assert group.last(debate.thread).endswith(phrases.SHARED_BY.format(name="Ann"))


async def test_a_button_works_after_a_restart_and_no_command_is_registered_anew(
    tmp_path: Path,
) -> None:
    async with discord_world() as world:
        world.channel("agora")
        async with discord_group(tmp_path, world=world) as group:
            _, prompt, ann, _ = await debated(group)
        await asyncio.sleep(discord_line.APART)
        async with discord_group(tmp_path, world=world) as group:
            pressed = await ann.press(group.room, prompt, world.button(prompt, "Torn"))
            assert "You moved from for to torn." in (await pressed.answered()).text
            assert world.synced == 1
        assert world.violations == []


async def test_a_press_before_the_prompts_thread_stands_waits_for_it_and_counts(
    tmp_path: Path,
) -> None:
    async with discord_group(tmp_path) as group:
        world, ann = group.world, group.world.person("Ann")
        world.rest.fail("POST", "/{message}/threads", status=502)
        await (await ann.ask(group.room, "gadfly", "now")).answered()
        ticking = asyncio.create_task(group.tick())
        await until(lambda: world.posts(group.room))
        prompt = world.posts(group.room)[0]
        pressed = await ann.press(group.room, prompt, world.button(prompt, "For"))
        assert "You are for." in (await pressed.answered(10)).text
        await ticking


async def test_of_many_rooms_due_at_once_the_prompts_go_before_the_threads(
    tmp_path: Path,
) -> None:
    async with discord_world() as world:
        rooms = [f"discord:{world.channel(f'room{n}')}" for n in range(PORTION + 10)]
        async with discord_group(tmp_path, world=world, rooms=rooms) as group:
            schedule, nine = group.study.schedules[0], group.study.clock.now()
            for room in map(Room.parse, rooms):
                await plan_now(group.study, schedule, room, "nine", nine)
            await group.tick()
        made = [path for method, path, _ in world.rest.log if method == "POST"]
        threads = [path.endswith("/threads") for path in made]
        assert (len(threads), sum(threads)) == (2 * len(rooms), len(rooms))
        # Beside the last prompts a few of them may go.
        assert sum(threads[: len(rooms)]) < PORTION // 2
        assert world.violations == []


async def test_a_prompt_without_a_thread_can_be_answered_and_facilitators_are_told_once(
    tmp_path: Path,
) -> None:
    async with discord_world() as world:
        room, lead = world.channel("agora"), world.person("Lea")
        async with discord_group(
            tmp_path, world=world, facilitators=(f"discord:{lead.id}",)
        ) as group:
            world.deny(room, rules.CREATE_THREADS)
            _, prompt = await group.opened(lead)
            pressed = await lead.press(room, prompt, world.button(prompt, "For"))
            assert "You are for." in (await pressed.answered()).text
            await group.tick()
            await (await lead.ask(room, "gadfly", "now")).answered()
            await group.tick(3)
            assert world.posts(room) == [prompt]
            [direct] = [c["id"] for c in world.channels.values() if c.get("to") == lead.id]
            [told] = world.posts(direct)
            assert "has no thread" in rules.words(told)
            assert "Create Public Threads" in rules.words(told)


async def test_a_summary_waits_for_a_thread_that_is_not_open_yet(tmp_path: Path) -> None:
    async with discord_world() as world:
        world.channel("agora")
        lead, clock = world.person("Lea"), HandClock(datetime.now(UTC) + timedelta(minutes=1))
        async with discord_group(tmp_path, world=world, clock=clock) as group:
            said = {"message": "You are being rate limited.", "retry_after": 40, "global": False}
            told = {"Retry-After": "40", "Via": "1.1 google", "Content-Type": "application/json"}
            full = {"status": 429, "headers": told, "body": json.dumps(said)}
            held = world.rest.fail("POST", "/threads", times=99, **full)
            debate, prompt = await group.opened(lead)
            await (await lead.press(group.room, prompt, world.button(prompt, "For"))).answered()
            await (await lead.ask(group.room, "gadfly", "close")).answered()
            await group.tick(3)
            held.times = 0
            clock.move(timedelta(minutes=5))
            await group.tick(3)
            assert rules.words(world.posts(debate.thread)[-1]).startswith("## Summary")


async def test_what_a_command_decides_is_kept_before_it_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_answers, "MOMENT", 2.5)  # a busy machine is no slow store
    async with discord_group(tmp_path) as group:
        lead = group.world.person("Lea")
        asked = await lead.ask(group.room, "gadfly", "now")
        await asked.first.wait()
        assert len(await group.study.store.effects(kind=Kind.PROMPT)) == 1


async def test_a_form_opens_whatever_the_store_does_and_what_came_of_it_is_told_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord_answers, "MOMENT", 0.0)
    async with discord_group(tmp_path) as group:
        ann, world = group.world.person("Ann"), group.world
        debate, prompt = await group.opened(ann)
        pressed = await ann.press(group.room, prompt, world.button(prompt, "For"))
        await until(lambda: pressed.more)
        assert pressed.modal is not None
        assert phrases.TAKING in rules.words(pressed.modal)
        assert "You are for." in rules.words(pressed.more[0])
        await (await ann.ask(debate.thread, "gadfly", "close")).answered()
        late = await ann.press(group.room, prompt, world.button(prompt, "Torn"))
        await until(lambda: late.more)
        assert phrases.over(Stance.FOR) in rules.words(late.more[0])
        assert world.violations == []


async def test_a_press_is_kept_by_a_store_that_fails_for_a_while(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        ann, world = group.world.person("Ann"), group.world
        debate, prompt = await group.opened(ann)
        with contextlib.closing(sqlite3.connect(tmp_path / "gadfly.db")) as other:
            other.execute("ALTER TABLE positions RENAME TO elsewhere")
            pressed = await ann.press(group.room, prompt, world.button(prompt, "For"))
            await asyncio.sleep(3.0)
            assert pressed.modal is not None
            other.execute("ALTER TABLE elsewhere RENAME TO positions")
        await until(lambda: pressed.more)
        assert "You are for." in rules.words(pressed.more[0])
        [position] = await group.study.store.positions(debate.id)
        assert position.stance is Stance.FOR


async def test_a_command_put_by_a_mention_is_no_reply_and_its_writer_is_told_of_the_slash(
    tmp_path: Path,
) -> None:
    async with discord_group(tmp_path) as group:
        ann, world = group.world.person("Ann"), group.world
        debate, _ = await group.opened(ann)
        me = f"<@{world.me['id']}>"
        await ann.say(debate.thread, f"{me} help")
        kept = await ann.say(debate.thread, f"{me} next year it will be forbidden.")
        await until(lambda: any(c.get("to") == ann.id for c in world.channels.values()))
        [direct] = [c["id"] for c in world.channels.values() if c.get("to") == ann.id]
        await until(lambda: world.posts(direct))
        assert "/gadfly help" in group.last(direct)
        await until_heard(group, debate, {kept: "next year it will be forbidden."})
        await service.back_fill(group.study, "discord")
        await until_heard(group, debate, {kept: "next year it will be forbidden."})


async def until_heard(group: DiscordGroup, debate: Debate, wanted: dict[str, str]) -> None:
    async def heard() -> bool:
        return await group.kept(debate) == wanted

    await until(heard)


async def test_a_stance_pressed_again_keeps_its_reason(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        debate, prompt, ann, _ = await debated(group)
        await (await ann.press(group.room, prompt, group.world.button(prompt, "For"))).answered()
        await (await ann.ask(debate.thread, "gadfly", "close")).answered()
        await group.tick(3)
        assert FAIR in group.last(debate.thread)


async def restarted(tmp_path: Path, world: World, meanwhile: Meanwhile) -> Debate:
    """A debate of two after a restart, during which something was done to its thread."""
    async with discord_group(tmp_path, world=world) as group:
        debate, *_ = await debated(group)
        await until_kept(group, debate)
    await meanwhile(group, debate)
    await asyncio.sleep(discord_line.APART)
    return debate


async def until_kept(group: DiscordGroup, debate: Debate) -> None:
    async def alike() -> bool:
        return await group.kept(debate) == group.said(debate)

    await until(alike)


async def test_what_changed_while_gadfly_was_down_is_found(tmp_path: Path) -> None:
    async def meanwhile(group: DiscordGroup, debate: Debate) -> None:
        ann, ben, *_ = group.world.people.values()
        first, second = group.said(debate)
        await ann.edit(debate.thread, first, "On second thoughts, no.")
        await ben.delete(debate.thread, second)
        await ben.say(debate.thread, "And this instead.")

    async with discord_world() as world:
        world.channel("agora")
        debate = await restarted(tmp_path, world, meanwhile)
        async with discord_group(tmp_path, world=world) as group:
            await until_kept(group, debate)
            kept = await group.kept(debate)
            assert sorted(kept.values()) == ["And this instead.", "On second thoughts, no."]


async def test_a_prompt_deleted_while_gadfly_was_down_is_a_debate_that_is_over(
    tmp_path: Path,
) -> None:
    async def meanwhile(group: DiscordGroup, debate: Debate) -> None:
        ann = next(iter(group.world.people.values()))
        await ann.delete(group.room, debate.thread)

    async with discord_world() as world:
        world.channel("agora")
        debate = await restarted(tmp_path, world, meanwhile)
        async with discord_group(tmp_path, world=world) as group:

            async def is_over() -> bool:
                found = await group.study.store.debate(debate.id)
                return found is not None and found.phase is Phase.CLOSED

            await until(is_over)
            await group.tick(3)
            assert [m for m in world.posts(debate.thread) if m["type"] == 0] == []
            assert world.posts(group.room) == []


class AnHourLater(SystemClock):
    def now(self) -> datetime:
        return super().now() + timedelta(hours=1)


@pytest.mark.parametrize("gone", [ANNS, BENS], ids=["an older one", "the newest"])
async def test_what_is_deleted_after_the_close_while_gadfly_is_down_leaves_the_summary(
    tmp_path: Path, gone: str
) -> None:
    async with discord_world() as world:
        world.channel("agora")
        async with discord_group(tmp_path, world=world) as group:
            debate, _, ann, _ = await debated(group)
            await (await ann.ask(debate.thread, "gadfly", "close")).answered()
            await group.tick(3)
            assert gone in group.last(debate.thread)
        said = next(m for m, text in group.said(debate).items() if text == gone)
        await ann.delete(debate.thread, said)
        # The newest may only not be shown yet, as long as the quiet period lasts.
        async with discord_group(tmp_path, world=world, clock=AnHourLater()) as group:
            await until_told(group, debate, lambda summary: gone not in summary)
            assert ({ANNS, BENS} - {gone}).pop() in group.last(debate.thread)


async def until_told(group: DiscordGroup, debate: Debate, wanted: Callable[[str], bool]) -> None:
    async def told() -> bool:
        await group.tick()
        return wanted(group.last(debate.thread))

    await until(told)


@pytest.mark.parametrize("down", [False, True], ids=["at once", "while down"])
@pytest.mark.parametrize("what", ["thread", "channel"])
async def test_what_was_said_in_a_thread_or_a_channel_that_is_deleted_goes(
    tmp_path: Path, what: str, down: bool
) -> None:
    async with discord_world() as world:
        room = world.channel("agora")
        async with discord_group(tmp_path, world=world) as group:
            debate, *_ = await debated(group)
            await until_kept(group, debate)
            if not down:
                await world.delete_channel(room if what == "channel" else debate.thread)
                await until_erased(group, debate)
        if down:
            await world.delete_channel(room if what == "channel" else debate.thread)
            await asyncio.sleep(discord_line.APART)
            async with discord_group(tmp_path, world=world, room=room) as group:
                await until_erased(group, debate)


async def until_erased(group: DiscordGroup, debate: Debate) -> None:
    await until_heard(group, debate, {})


async def test_of_words_that_are_none_of_gadflys_business_nothing_is_kept(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        ann = group.world.person("Ann")
        debate, _ = await group.opened(ann)
        aside = await ann.say(group.room, "Who wants to open a thread?")
        await ann.open(group.room, aside)
        for place in (group.room, aside):
            message = await ann.say(place, "Not in a debate.")
            await ann.edit(place, message, "Still not.")
            await ann.delete(place, message)
        await ann.say(debate.thread, "In one.")
        await until_kept(group, debate)
        with contextlib.closing(sqlite3.connect(tmp_path / "gadfly.db")) as kept:
            assert kept.execute("SELECT count(*) FROM replies").fetchall() == [(1,)]


async def test_a_channel_that_is_hidden_keeps_its_words(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        debate, *_ = await debated(group)
        await until_kept(group, debate)
        group.world.deny(group.room, rules.VIEW)
        channel = group.world.channels[group.room]
        await group.world.gateway.dispatch("CHANNEL_DELETE", channel)
        await asyncio.sleep(0.5)
        assert len(await group.kept(debate)) == 2


async def test_a_removed_server_takes_its_words_along(tmp_path: Path) -> None:
    async with discord_group(tmp_path) as group:
        debate, *_ = await debated(group)
        await until(lambda: len(group.said(debate)) == 2)
        await group.world.remove_guild()

        async def is_gone() -> bool:
            return await group.study.store.debate(debate.id) is None

        await until(is_gone)


async def dropped(gateway: discord_gateway.Gateway, seed: random.Random) -> None:
    """One of the ways in which a line is lost."""
    match seed.randrange(5):
        case 0 | 1:
            gateway.cut()
        case 2:
            await gateway.reconnect()
        case 3:
            gateway.forget()
            gateway.cut()
        case 4:
            gateway.refuse = 1
            gateway.cut()


DROPS = [pytest.param(5, 5, id="5"), pytest.param(100, 20, marks=pytest.mark.soak, id="100")]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("drops", "writers"), DROPS)
async def test_the_store_equals_the_thread_after_drops_with_members_writing(
    tmp_path: Path, drops: int, writers: int
) -> None:
    """Cuts, op 7, op 9, lost sessions and refused connections, while people write and delete."""
    seed = random.Random(drops)  # noqa: S311 - the same week each time
    async with discord_group(tmp_path) as group:
        world, gateway = group.world, group.world.gateway
        people = [world.person(f"P{n}") for n in range(writers)]
        debate, _ = await group.opened(people[0])
        done = asyncio.Event()

        async def write(person: Person) -> None:
            mine: list[str] = []
            while not done.is_set():
                await asyncio.sleep(seed.uniform(0.05, 0.3))
                match seed.random():
                    case p if p < 0.15 and mine:
                        await person.edit(debate.thread, seed.choice(mine), f"edited {p}")
                    case p if p < 0.25 and mine:
                        await person.delete(debate.thread, mine.pop(seed.randrange(len(mine))))
                    case p:
                        mine.append(await person.say(debate.thread, f"said {p}"))

        async def drop() -> None:
            for _ in range(drops):
                await until(lambda: gateway.connected)
                await asyncio.sleep(seed.uniform(0.05, 0.6))
                await dropped(gateway, seed)
            done.set()

        await asyncio.gather(drop(), *map(write, people))
        await until(lambda: group.chat.listening)
        await until_kept(group, debate)
        assert world.violations == []
        print(
            f"{drops} drops, {writers} writers, {len(group.said(debate))} messages stand, "
            f"{gateway.resumes} resumed, {len(gateway.identifies)} sessions"
        )


LOADS = [pytest.param(20, id="20"), pytest.param(600, marks=pytest.mark.soak, id="600")]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("count", LOADS)
async def test_presses_and_commands_are_acknowledged_in_time_under_load(
    tmp_path: Path, count: int
) -> None:
    """Ten interactions a second with twenty messages a second in the thread.

    Discord, its people and Gadfly share this one process; the soak is for a machine at rest.
    """
    async with discord_group(tmp_path) as group:
        world = group.world
        people = [world.person(f"P{n}") for n in range(40)]
        debate, prompt = await group.opened(people[0])
        writing = asyncio.create_task(_talk(people, debate.thread))
        asked = []
        for number in range(count):
            person = people[number % len(people)]
            if number % 3:
                label = ("For", "Against", "Torn")[number % 3]
                button = world.button(prompt, label)
                asked.append(await person.press(group.room, prompt, button))
            else:
                asked.append(await person.ask(debate.thread, "quote", topic="schools"))
            await asyncio.sleep(0.1)
        writing.cancel()
        waited = []
        for one in asked:
            await one.answered()
            assert one.waited is not None
            waited.append(one.waited)
        print(_percentiles(waited))
        assert count < 600 or max(waited) < 2.0
        assert count < 600 or statistics.quantiles(waited, n=100)[98] < 0.5
        assert world.violations == []


async def _talk(people: list[Person], thread: str) -> None:
    began = time.monotonic()
    for number in range(10**6):
        await people[number % len(people)].say(thread, f"message {number}")
        await asyncio.sleep(max(0.0, began + number / 20 - time.monotonic()))


def _percentiles(waited: list[float]) -> str:
    cut = statistics.quantiles(waited, n=100)
    shown = {"p50": cut[49], "p95": cut[94], "p99": cut[98], "max": max(waited)}
    return ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in shown.items())
