"""A room that takes no posts: told once, asked seldom, and over as soon as somebody mends it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from story.group import ADA, ROOM, Group, gathered
from waiting import LONG, until

from bot import joint, phrases, plain, service, steering
from bot.card import Text
from bot.chat.memory import DONE, UNSURE_LOST, Fate
from bot.events import Back
from bot.model import Phase, Room, State
from bot.ports import NoAnswer, Outcome, Refused
from bot.underway import Underway

KICKED = Fate(lands=False, says=Refused("not in the channel; invite Gadfly", lasting=True))
LEADS = ("page:ada", "page:ben", "page:*", "page:role:7")


@dataclass
class Door:
    """How the platform answers posts, and which were asked for."""

    fate: Fate = KICKED
    asked: list[str] = field(default_factory=list)

    def __call__(self, key: str) -> Fate:
        self.asked.append(key)
        return self.fate


@asynccontextmanager
async def shut(
    folder: Path, fate: Fate = KICKED, **more: object
) -> AsyncIterator[tuple[Group, Door]]:
    door = Door(fate)
    async with gathered(folder, fates=door, facilitators=LEADS, **more) as group:
        await group.at(minutes=0)
        await group.at(minutes=1)
        yield group, door


async def pass_time(group: Group, step: float = 3.0, **ahead: float) -> None:
    """Tick every few minutes, `step`, as the ticker does every few seconds."""
    for _ in range(round(timedelta(**ahead) / timedelta(minutes=step))):
        group.clock.move(timedelta(minutes=step))
        await service.tick(group.study, group.clock.now())


async def test_a_room_that_hangs_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, answered, nudged = Room("page", "forum"), asyncio.Event(), list[None]()
    async with gathered(tmp_path, prompt_rooms=(str(ROOM), str(other))) as group:
        await group.at(minutes=0)
        study = replace(group.study, nudge=lambda: nudged.append(None))
        post = group.chat.post

        async def hangs(room: Room, *args: Any, **more: Any) -> Outcome:
            if room == ROOM:
                await answered.wait()
            return await post(room, *args, **more)

        async def posts(count: int) -> None:
            while len(group.chat.posts(other)) < count or other_is_busy():
                await service.tick(study, group.clock.now(), 0.01)

        def other_is_busy() -> bool:
            return any(str(other) in name for name in study.underway.tasks)

        monkeypatch.setattr(group.chat, "post", hangs)
        group.clock.move(timedelta(minutes=1))
        await posts(1)
        group.clock.move(timedelta(seconds=1))
        debate = await study.store.latest(other)
        assert debate is not None
        await joint.close(study, debate, group.clock.now())
        await posts(2)  # its summary
        assert group.chat.posts(ROOM) == ()
        nudged.clear()
        answered.set()
        await until(lambda: nudged and not study.underway.tasks)
        assert [post.key for post in group.chat.posts(ROOM)] == [
            post.key.replace(str(other), str(ROOM)) for post in group.chat.posts(other)[:1]
        ]


async def audit(group: Group) -> list[str]:
    schedule = group.study.schedules[0]
    return await steering.audit(group.study.store, schedule, ROOM, group.clock.now() - timedelta(9))


async def test_facilitators_are_told_once_and_the_room_is_asked_once_an_hour(
    tmp_path: Path,
) -> None:
    async with shut(tmp_path) as (group, door):
        await pass_time(group, hours=5.5)
        assert [member for member, _ in group.chat.told] == ["page:ada", "page:ben"]
        assert "not in the channel; invite Gadfly" in plain.render(group.chat.told[0][1])
        [line] = group.chat.told[0][1].parts
        assert isinstance(line, Text)
        assert line.room == ROOM  # for a platform that can show it by its name (#5)
        assert len(door.asked) == 6
        assert (await audit(group))[0].endswith("pending (not in the channel; invite Gadfly)")


async def test_an_unknown_reason_may_pass_by_itself_and_is_told_where_it_does_not(
    tmp_path: Path,
) -> None:
    unknown = Fate(lands=False, says=Refused("the team is moving; look it up", perhaps=True))
    async with shut(tmp_path, unknown) as (group, door):
        await pass_time(group, 0.5, minutes=2)
        assert (len(door.asked), group.chat.told) == (2, [])
        await pass_time(group, 0.5, minutes=4)
        assert [member for member, _ in group.chat.told] == ["page:ada", "page:ben"]
        assert "the team is moving; look it up" in plain.render(group.chat.told[0][1])
        await pass_time(group, hours=3)
        assert len(door.asked) <= 6
        assert len(group.chat.told) == 2
        door.fate = DONE
        await pass_time(group, hours=1.1)
        assert len(group.cards()) == 1


async def test_a_platform_that_is_back_after_an_hour_gets_its_post_within_a_minute(
    tmp_path: Path,
) -> None:
    async with shut(tmp_path, Fate(lands=False, says=Refused("out of reach"))) as (group, door):
        await pass_time(group, 1, hours=1)
        door.fate = DONE
        await pass_time(group, 1, minutes=1)
        assert len(group.cards()) == 1


async def test_it_goes_on_by_itself_within_the_hour(tmp_path: Path) -> None:
    async with shut(tmp_path) as (group, door):
        await pass_time(group, minutes=30)
        door.fate = DONE
        await pass_time(group, minutes=40)
        assert len(group.cards()) == 1
        assert (await audit(group))[0].endswith("after its time")


async def test_resume_tries_at_once_and_what_waited_with_it_goes_with_the_next_tick(
    tmp_path: Path,
) -> None:
    async with shut(tmp_path) as (group, door):
        [waits] = [e for e in await group.study.store.effects() if e.kind == "prompt"]
        later = replace(waits, key="another", due=group.clock.now(), state=State.PENDING)
        await group.study.store.plan(later)
        await group.at(minutes=1)
        assert len(door.asked) == 1
        door.fate = DONE
        await group.chat.ask(ROOM, ADA, "gadfly", "resume")
        for _ in range(2):
            await service.tick(group.study, group.clock.now())
        assert sorted(door.asked[1:]) == sorted([waits.key, "another"])


async def test_a_start_tries_within_minutes(tmp_path: Path) -> None:
    async with shut(tmp_path) as (group, door):
        door.fate = DONE
        await group.at(minutes=1)
        study = replace(group.study, started=group.clock.now())
        await pass_time(replace(group, study=study), minutes=6)
        assert len(group.cards()) == 1


async def test_days_without_the_room_are_skipped_with_the_reason_and_told_once(
    tmp_path: Path,
) -> None:
    async with shut(tmp_path) as (group, door):
        await pass_time(group, 60, days=3)
        assert len(group.chat.told) == 2
        assert len(door.asked) <= 24 * 3
        for line in (await audit(group))[:-1]:
            assert "skipped" in line
            assert "not in the channel" in line
        door.fate = DONE
        await pass_time(group, 60, hours=20)
        assert len(group.cards()) == 1


async def test_a_second_trouble_is_told_again(tmp_path: Path) -> None:
    async with shut(tmp_path) as (group, door):
        door.fate = DONE
        await pass_time(group, hours=1.1)
        door.fate = KICKED
        await pass_time(group, 60, days=1)
        assert [member for member, _ in group.chat.told] == ["page:ada", "page:ben"] * 2


async def test_a_thread_that_is_gone_holds_up_no_prompt(tmp_path: Path) -> None:
    async with shut(tmp_path) as (group, door):
        door.fate = DONE
        await pass_time(group, hours=1.1)
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        group.chat.history = group.chat.history.without(debate.thread)  # unheard
        await pass_time(group, 30, hours=25)
        assert len(group.chat.told) == 2  # of what was before; the room takes its prompts
        effects = {e.key: e for e in await group.study.store.effects()}
        assert effects[f"summary/{debate.id}"].state is State.SKIPPED
        slots = [e for e in effects.values() if e.kind == "prompt" and e.state is State.SENT]
        late = [e.settled - e.due for e in slots if e.settled]
        assert late[1:] == [timedelta(minutes=6)]  # the first look after its time


async def test_a_deleted_prompt_is_not_posted_again_and_its_debate_is_over(tmp_path: Path) -> None:
    async with shut(tmp_path) as (group, door):
        door.fate = DONE
        await pass_time(group, hours=1.1)
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        await group.chat.delete(debate.thread)
        await pass_time(group, 60, hours=22)
        ended = await group.study.store.debate(debate.id)
        assert ended is not None
        assert ended.phase is Phase.CLOSED
        assert [k for k in door.asked[2:] if debate.id in k] == []
        assert len(group.chat.told) == 2


@pytest.mark.parametrize(
    ("why", "times"),
    [
        (NoAnswer("not in the channel"), range(10, 14)),
        (NoAnswer("no answer", wait=30), range(20, 21)),  # at each tick
    ],
    ids=["shut out", "away"],
)
async def test_a_doubt_that_cannot_be_looked_up_is_asked_about_seldom_unless_nobody_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: NoAnswer, times: range
) -> None:
    looks: list[str] = []

    async def find(*args: object) -> str | None:
        looks.append(str(args))
        raise why

    async with shut(tmp_path, fate=UNSURE_LOST) as (group, door):
        monkeypatch.setattr(group.chat, "find", find)
        await pass_time(group, hours=1)
        assert len(looks) in times
        monkeypatch.undo()
        door.fate = DONE
        await pass_time(group, minutes=10)
        assert len(group.cards()) == 1


def test_what_is_told_names_the_room_the_reason_and_what_to_do() -> None:
    told = phrases.REFUSES.format(room=ROOM, why="archived")
    assert all(word in told for word in (str(ROOM), "archived", "/gadfly resume"))


async def test_a_room_that_lets_gadfly_in_again_gets_its_post_within_minutes(
    tmp_path: Path,
) -> None:
    async with shut(tmp_path) as (group, door):
        door.fate = DONE
        await pass_time(group, minutes=15)
        assert group.cards() == []
        await service.handle(group.study, Back(ROOM, group.clock.now()))
        await pass_time(group, minutes=6)
        assert len(group.cards()) == 1


async def test_what_fails_at_the_end_keeps_nothing_else_from_ending() -> None:
    underway, ended = Underway(), asyncio.Event()

    async def fails() -> None:
        raise RuntimeError

    async def ends() -> None:
        await asyncio.sleep(0)
        ended.set()

    for name, work in (("one room", fails), ("another", ends)):
        underway.begin(name, work)
    await underway.end(LONG)
    assert ended.is_set()
    assert underway.tasks == {}
