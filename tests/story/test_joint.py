"""One debate on two platforms: the same prompt, a thread in each, one summary in both."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from story.group import MONDAY, no_settings

from bot import app, phrases, plain, service
from bot.chat.memory import MemoryChat
from bot.clock import HandClock
from bot.events import Gone
from bot.model import Debate, Member, Room
from bot.ports import NoAnswer
from bot.study import Study
from prompts.model import Stance

HERE, THERE = Room("slack", "C1"), Room("discord", "2")
ADA, BEN = Member("slack:ada", "Ada"), Member("discord:ben", "Ben")
ADAS = "Schools should settle this by themselves, since no rule from above fits every classroom."
BENS = "One rule for everybody is better, because otherwise only the strong ones are protected."


@dataclass
class Pair:
    """Two platforms with a room each, and a group that debates in both."""

    study: Study
    clock: HandClock
    slack: MemoryChat
    discord: MemoryChat

    async def at(self, **ahead: float) -> None:
        self.clock.move(timedelta(**ahead))
        for _ in range(3):
            await service.tick(self.study, self.clock.now())

    async def opened(self) -> tuple[Debate, Debate]:
        await self.at(minutes=0)
        await self.at(minutes=1)
        found = [await self.study.store.latest(room) for room in (HERE, THERE)]
        assert found[0] is not None
        assert found[1] is not None
        return found[0], found[1]

    async def debated(self) -> tuple[Debate, Debate]:
        """Both take a stance and give a reason, each at home."""
        here, there = await self.opened()
        await self.slack.take(HERE, here.id, ADA, Stance.FOR)
        await self.discord.take(THERE, there.id, BEN, Stance.AGAINST)
        await self.slack.say(HERE, here.thread, ADA, ADAS)
        await self.discord.say(THERE, there.thread, BEN, BENS)
        return here, there

    def shown(self, chat: MemoryChat, room: Room, thread: str | None) -> list[str]:
        return [plain.render(p.card) for p in chat.posts(room) if p.thread == thread]

    def summaries(self, here: Debate, there: Debate) -> list[list[str]]:
        return [
            self.shown(self.slack, HERE, here.thread),
            self.shown(self.discord, THERE, there.thread),
        ]


@asynccontextmanager
async def paired(folder: Path, **more: object) -> AsyncIterator[Pair]:
    clock = HandClock(MONDAY)
    slack, discord = MemoryChat(clock, "slack"), MemoryChat(clock, "discord")
    given = {"joint": True, "facilitators": ("slack:*",), **more}
    own = no_settings(folder, prompt_rooms=(str(HERE), str(THERE)), **given)
    chats = {"slack": slack, "discord": discord}
    async with app.opened(own, clock, chats, owner="test") as study:
        handle = partial(service.handle, study)
        tasks = [asyncio.create_task(chat.run(handle, lambda: None)) for chat in (slack, discord)]
        await asyncio.sleep(0)
        try:
            yield Pair(study, clock, slack, discord)
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


async def test_both_rooms_get_the_same_prompt_day_after_day_and_never_one_twice(
    tmp_path: Path,
) -> None:
    async with paired(tmp_path) as pair:
        motions = []
        for _ in range(5):
            here, there = await pair.opened()
            assert here.prompt == there.prompt
            motions.append(here.prompt["motion"])
            await pair.at(hours=24, minutes=-1)
        assert len(set(motions)) == 5


async def test_without_joint_rooms_are_each_their_own(tmp_path: Path) -> None:
    async with paired(tmp_path, joint=False) as pair:
        here, there = await pair.debated()
        await pair.at(hours=20)
        [[mine], [theirs]] = pair.summaries(here, there)
        assert BENS not in mine
        assert ADAS not in theirs


async def test_one_summary_of_all_that_was_said_stands_in_both_rooms(tmp_path: Path) -> None:
    async with paired(tmp_path) as pair:
        here, there = await pair.debated()
        await pair.at(hours=20)
        [[mine], [theirs]] = pair.summaries(here, there)
        assert mine == theirs
        assert ADAS in mine
        assert BENS in mine
        assert phrases.represented(2, 2) in mine


async def test_a_member_sees_where_the_group_stands_in_all_rooms(tmp_path: Path) -> None:
    async with paired(tmp_path) as pair:
        await pair.debated()
        status = await pair.slack.ask(HERE, ADA, "gadfly", "status")
        assert status is not None
        assert "Against  █ 1" in plain.render(status)


async def test_a_close_in_one_room_closes_both_at_one_moment(tmp_path: Path) -> None:
    async with paired(tmp_path) as pair:
        here, there = await pair.debated()
        await pair.slack.ask(HERE, ADA, "gadfly", "close", here.thread)
        await pair.at(minutes=1)
        closed = [await pair.study.store.debate(one.id) for one in (here, there)]
        assert closed[0] is not None
        assert closed[1] is not None
        assert closed[0].closed == closed[1].closed
        [[mine], [theirs]] = pair.summaries(here, there)
        assert mine == theirs


async def test_a_facilitator_steers_both_rooms(tmp_path: Path) -> None:
    async with paired(tmp_path) as pair:
        await pair.at(minutes=0)
        await pair.slack.ask(HERE, ADA, "gadfly", "skip")
        await pair.at(minutes=1)
        assert await pair.study.store.latest(THERE) is None
        await pair.slack.ask(HERE, ADA, "gadfly", "now")
        await pair.at(minutes=1)
        here, there = [await pair.study.store.latest(room) for room in (HERE, THERE)]
        assert here is not None
        assert there is not None
        assert here.prompt == there.prompt


async def test_what_is_deleted_in_one_room_leaves_both_summaries(tmp_path: Path) -> None:
    async with paired(tmp_path) as pair:
        here, there = await pair.debated()
        await pair.at(hours=20)
        [reply] = [r async for r in pair.discord.replies(THERE, there.thread)]
        await pair.discord.delete(reply.message)
        await pair.at(minutes=1)
        for [summary] in pair.summaries(here, there):
            assert BENS not in summary
            assert ADAS in summary


async def test_a_room_that_is_gone_takes_its_words_out_of_the_others_summary(
    tmp_path: Path,
) -> None:
    async with paired(tmp_path) as pair:
        here, _ = await pair.debated()
        await pair.at(hours=20)
        await pair.discord.deliver(Gone((THERE,), pair.clock.now()))
        await pair.at(minutes=1)
        [summary] = pair.shown(pair.slack, HERE, here.thread)
        assert BENS not in summary
        assert ADAS in summary


async def test_an_outage_of_one_platform_does_not_hold_up_the_others_summary(
    tmp_path: Path,
) -> None:
    async with paired(tmp_path) as pair:
        here, there = await pair.debated()

        async def silent(*_: object) -> AsyncIterator[object]:
            raise NoAnswer("down")
            yield

        pair.discord.replies = silent  # type: ignore[method-assign, assignment]
        await pair.at(hours=20)
        [mine] = pair.shown(pair.slack, HERE, here.thread)
        assert BENS in mine  # as its event told it
        assert pair.shown(pair.discord, THERE, there.thread) == []
