"""A prompt whose post is in doubt and stands: in the end it is as if nobody had ever doubted."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from story.group import ADA, BEN, MONDAY, ROOM, Group, gathered, no_settings
from waiting import until

from bot import app, phrases, plain, service, soon
from bot.chat import kept
from bot.chat.memory import REFUSED, UNSURE_LANDED, Fate, MemoryChat, in_turn
from bot.clock import HandClock
from bot.errors import Wrong
from bot.events import Took
from bot.metrics import Metrics
from bot.model import Effect, Phase, State
from bot.study import Live
from bot.ticker import Pulse
from prompts.model import Stance

NINE = MONDAY + timedelta(minutes=1)
QUIET = timedelta(seconds=60)


class Ended(BaseException):
    """The process, in the middle of its post."""


async def doubted(group: Group) -> tuple[Effect, str]:
    """Monday's prompt, posted without an answer, and the message that it is."""
    await group.at(minutes=0)
    await group.at(minutes=1)
    [effect] = await group.study.store.effects(state=State.DOUBT)
    assert await group.study.store.latest(ROOM) is None
    [post] = group.chat.posts(ROOM)
    return effect, post.id


async def settled(group: Group, key: str) -> None:
    """The doubt is over, and nothing was posted twice."""
    await group.at(seconds=60)
    effect = await group.study.store.effect(key)
    assert effect is not None
    assert effect.state is State.SENT
    assert [post.key for post in group.chat.posts(ROOM)].count(key) == 1


async def test_a_press_opens_the_debate_at_once_and_is_kept(tmp_path: Path) -> None:
    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        effect, message = await doubted(group)
        group.clock.move(timedelta(seconds=5))
        card = await group.chat.take(ROOM, effect.key, ADA, Stance.FOR)
        assert card is not None
        assert phrases.stood(Stance.FOR, None) in plain.render(card)
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        assert (debate.id, debate.thread, debate.opened) == (effect.key, message, NINE)
        await group.chat.say(ROOM, message, BEN, "Nobody has to wait for it.")
        assert len(await group.study.store.replies(debate.id)) == 1
        await settled(group, effect.key)


async def test_a_press_is_kept_as_long_as_the_platform_does_not_show_the_prompt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PAUSES", (0.0,) * 9)
    looks = 0

    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        effect, _ = await doubted(group)
        find = group.chat.find

        async def late(*args: object) -> str | None:
            nonlocal looks
            looks += 1
            return await find(*args) if looks > 3 else None  # type: ignore[arg-type]

        monkeypatch.setattr(group.chat, "find", late)
        at = group.clock.now()
        took = Took(ROOM, effect.key, ADA, Stance.TORN, at)
        handle = _handled(group)
        with pytest.raises(Wrong):
            await handle(took)
        await kept.kept(handle, took)  # type: ignore[arg-type]
        assert looks == 4
        [position] = await group.study.store.positions(effect.key)
        assert (position.stance, position.at) == (Stance.TORN, at)


def _handled(group: Group) -> Callable[[Took], Awaitable[object]]:
    async def handle(event: Took) -> object:
        return await service.handle(group.study, event)

    return handle


async def test_what_was_said_meanwhile_is_read_as_soon_as_the_doubt_is_over(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        effect, message = await doubted(group)
        await group.chat.say(ROOM, message, ADA, "It holds as long as somebody keeps it.")
        assert await group.study.store.replies(effect.key) == ()
        await settled(group, effect.key)
        assert [r.member for r in await group.study.store.replies(effect.key)] == [ADA]


async def test_what_was_said_just_before_the_press_that_opens_the_debate_is_read_with_it(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        effect, message = await doubted(group)
        await group.chat.say(ROOM, message, BEN, "I was quicker than any press.")
        await group.chat.take(ROOM, effect.key, ADA, Stance.FOR)
        assert [r.member for r in await group.study.store.replies(effect.key)] == [BEN]


async def test_what_was_said_while_a_slow_answer_was_on_its_way_is_read_with_it(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        post = group.chat.post

        async def slow(*args: object, **more: object) -> object:
            done = await post(*args, **more)  # type: ignore[arg-type]
            group.clock.move(timedelta(seconds=9))
            if args[1].summary and group.chat.posts(ROOM)[-1].thread is None:  # type: ignore[attr-defined]
                await group.chat.say(ROOM, group.chat.posts(ROOM)[-1].id, ADA, "So early?")
            return done

        group.chat.post = slow  # type: ignore[method-assign, assignment]
        await group.at(minutes=1)
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        assert debate.opened == NINE
        assert [r.text for r in await group.study.store.replies(debate.id)] == ["So early?"]


@pytest.mark.parametrize("how", ["by its time", "by a facilitator"])
async def test_a_close_that_fell_into_the_doubt_gives_its_summary(tmp_path: Path, how: str) -> None:
    more = {"close_after": "30s"} if how == "by its time" else {}
    fates = in_turn(UNSURE_LANDED)
    async with gathered(tmp_path, fates=fates, facilitators=("page:ada",), **more) as group:
        effect, message = await doubted(group)
        await group.chat.say(ROOM, message, ADA, "It holds as long as somebody keeps it.")
        if how == "by a facilitator":
            card = await group.chat.ask(ROOM, ADA, "gadfly", "close")
            assert card is not None
            assert plain.render(card).strip() == phrases.CLOSING
        else:
            await group.chat.take(ROOM, effect.key, BEN, Stance.AGAINST)
        await settled(group, effect.key)
        debate = await group.study.store.debate(effect.key)
        assert debate is not None
        assert debate.phase is Phase.CLOSED
        [summary] = group.cards(debate.thread)
        assert phrases.represented(1, 1) in plain.render(summary)


async def test_buttons_and_questions_about_it_are_answered(tmp_path: Path) -> None:
    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        effect, _ = await doubted(group)
        passage = await group.chat.press(ROOM, ADA, "passage", effect.key)
        assert passage is not None
        assert passage.quotations()
        status = await group.chat.ask(ROOM, ADA, "gadfly", "status")
        assert status is not None
        assert phrases.NO_DEBATE not in plain.render(status)


async def test_a_prompt_that_was_lost_is_posted_once_and_nobody_is_told_of_a_debate(
    tmp_path: Path,
) -> None:
    lost = Fate(lands=False, says=UNSURE_LANDED.says)
    async with gathered(tmp_path, fates=in_turn(lost)) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        status = await group.chat.ask(ROOM, ADA, "gadfly", "status")
        assert status is not None
        assert phrases.NO_DEBATE in plain.render(status)
        assert group.chat.posts(ROOM) == ()
        await group.at(seconds=60)
        assert len(group.chat.posts(ROOM)) == 1
        assert await group.study.store.latest(ROOM) is not None


async def test_what_was_seen_is_not_posted_again_though_it_was_put_off(tmp_path: Path) -> None:
    """A platform said no, and had posted: whoever presses its button knows better."""
    landed = replace(REFUSED, lands=True)
    async with gathered(tmp_path, fates=in_turn(landed)) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        [effect] = await group.study.store.effects(state=State.PENDING)
        await group.chat.take(ROOM, effect.key, ADA, Stance.FOR)
        await settled(group, effect.key)


async def test_a_process_that_begins_alone_need_not_wait_for_another_ones_lease(
    tmp_path: Path,
) -> None:
    clock = HandClock(MONDAY)
    async with gathered(tmp_path, clock=clock) as group:
        await group.at(minutes=0)
        clock.move(timedelta(minutes=1))
        history = group.chat.history

        async def ends(*_: object, **__: object) -> None:
            raise Ended

        group.chat.post = ends  # type: ignore[method-assign, assignment]
        with pytest.raises(Ended):
            await service.tick(group.study, clock.now())
        [sending] = await group.study.store.effects(state=State.SENDING)
    async with gathered(tmp_path, clock=clock, history=history) as group:
        [doubt] = await group.study.store.effects(state=State.DOUBT)
        assert (doubt.key, doubt.settled) == (sending.key, clock.now())
        await settled(group, sending.key)


async def test_the_next_moment_is_that_of_a_slot_of_a_doubt_or_of_a_close(tmp_path: Path) -> None:
    async with gathered(tmp_path, fates=in_turn(UNSURE_LANDED)) as group:
        study, clock = group.study, group.clock
        await group.at(minutes=0)
        assert await soon.due(study, clock.now()) is None
        assert await soon.due(study, NINE - timedelta(seconds=7)) == NINE
        await group.at(minutes=1)
        assert await soon.due(study, NINE) is None
        assert await soon.due(study, NINE + timedelta(seconds=55)) == NINE + QUIET
        await group.at(seconds=60)
        debate = await study.store.latest(ROOM)
        assert debate is not None
        assert await soon.due(study, debate.closes - timedelta(seconds=9)) == debate.closes


async def test_an_alarm_nudges_once_and_at_the_last_moment_that_was_set() -> None:
    nudged: list[float] = []
    loop = asyncio.get_running_loop()
    alarm = soon.Alarm(lambda: nudged.append(loop.time()))
    alarm.set(NINE, NINE + timedelta(milliseconds=20))
    alarm.set(NINE, NINE + timedelta(milliseconds=200))
    begun = loop.time()
    await until(lambda: nudged)
    assert nudged[0] - begun >= 0.19
    alarm.set(NINE, NINE + timedelta(milliseconds=20))
    alarm.set(NINE, None)
    await asyncio.sleep(0.1)
    assert len(nudged) == 1


async def test_what_was_posted_after_a_backup_that_is_restored_is_not_posted_again(
    tmp_path: Path,
) -> None:
    clock, data, backup = HandClock(MONDAY), tmp_path / "data", tmp_path / "backup"
    async with gathered(data, clock=clock) as group:
        await group.at(minutes=0)
    shutil.copytree(data, backup)
    async with gathered(data, clock=clock) as group:
        await group.at(minutes=1)
        [prompt] = group.chat.posts(ROOM)
        await group.chat.say(ROOM, prompt.id, ADA, "It was said after the backup.")
        history = group.chat.history
    shutil.rmtree(data)
    backup.rename(data)
    clock.move(timedelta(hours=2))
    async with gathered(data, clock=clock, history=history) as group:
        await group.at(minutes=0)
        assert [post.id for post in group.chat.posts(ROOM)] == [prompt.id]
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        assert debate.opened == NINE
        assert [r.member for r in await group.study.store.replies(debate.id)] == [ADA]
        await group.at(hours=19)
        assert len(group.cards(debate.thread)) == 1


class Going:
    """A clock that shows two seconds to nine at first, and goes."""

    def __init__(self) -> None:
        self.begun = time.monotonic()

    def now(self) -> datetime:
        return NINE + timedelta(seconds=time.monotonic() - self.begun - 2)


async def test_a_prompt_is_posted_at_its_moment_and_not_at_the_beat_after_it(
    tmp_path: Path,
) -> None:
    clock, nudge = Going(), asyncio.Event()
    chat = MemoryChat(clock, name="page")
    own = no_settings(tmp_path)
    async with app.opened(own, clock, {"page": chat}, "test", nudge) as study:
        await study.store.set_fact("planned/main", MONDAY.isoformat())
        life = app.Life(Live(study), nudge, Metrics(), Pulse(), lambda _: None)
        running = asyncio.create_task(app._together(own, life, ""))
        await until(lambda: chat.posts(ROOM))
        running.cancel()
        await asyncio.wait({running})
        assert chat.posts(ROOM)[0].at - NINE < timedelta(seconds=15)  # the next beat is at 18
