"""A thousand rooms that are due at nine, in real time, against each platform's own limits (#4)."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chat.slack_group import VERBS
from emulators.discord import FORUM, TEXT, discord_world
from emulators.discord_stage import discord_chat
from emulators.slack import BOT_TOKEN, Channel, Slack
from story.group import no_settings

from bot import app, service
from bot.chat.slack_adapter import Keys, SlackChat
from bot.model import Room
from bot.ports import Chat

ROOMS = 1000


class Morning:
    """A clock that goes, and shows a minute to nine until it is nine."""

    def __init__(self) -> None:
        self.show(datetime(2026, 11, 23, 8, 59, tzinfo=UTC))

    def show(self, at: datetime) -> None:
        self._at, self._since = at, time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._since)


async def posted(
    folder: Path,
    clock: Morning,
    chats: Mapping[str, Chat],
    rooms: list[str],
    *there: Callable[[], int],
) -> list[float]:
    """Seconds from nine o'clock until each of `there` counts them all."""
    own = no_settings(folder, prompt_rooms=tuple(rooms), prompt_at="daily 09:00")
    async with app.opened(own, clock, chats, owner="test") as study:
        await service.tick(study, clock.now())
        clock.show(datetime(2026, 11, 23, 9, tzinfo=UTC))
        seen = [asyncio.create_task(_seconds(count, len(rooms))) for count in there]
        while not all(one.done() for one in seen):
            await service.tick(study, clock.now())
            await asyncio.sleep(0.1)
        return [one.result() for one in seen]


async def _seconds(count: Callable[[], int], wanted: int) -> float:
    begun = time.monotonic()
    while count() < wanted:  # noqa: ASYNC110 - what is awaited is another program's doing
        await asyncio.sleep(0.1)
    return time.monotonic() - begun


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_on_slack_a_thousand_prompts_stand_within_210_seconds(tmp_path: Path) -> None:
    clock = Morning()
    async with Slack(lambda: clock.now().timestamp()).serving() as slack:
        slack.enforce_limits = True
        for number in range(ROOMS):
            channel = slack.channels[f"C{number:04}"] = Channel(f"C{number:04}")
            channel.members |= slack.channels["C0AGORA"].members
        rooms = [f"slack:C{number:04}" for number in range(ROOMS)]
        keys = Keys(BOT_TOKEN, None, None, slack.api)
        chat = SlackChat(keys, tuple(map(Room.parse, rooms)), clock, VERBS)
        there = lambda: sum(bool(slack.posts(room.partition(":")[2])) for room in rooms)  # noqa: E731
        [took] = await posted(tmp_path, clock, {"slack": chat}, rooms, there)
        await chat.close()
        print(f"{ROOMS} rooms on Slack in {took:.0f} s")
        assert took < 210
        assert len(slack.made("chat.postMessage")) == ROOMS
        assert slack.refused == []


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", [FORUM, TEXT])
async def test_on_discord_a_thousand_prompts_stand_within_30_seconds(
    tmp_path: Path, kind: int
) -> None:
    """Forty requests a second: in channels the threads follow, a request for each, within 60."""
    clock = Morning()
    async with discord_world() as world:
        world.rest.by_the_spec = False  # one core would do little else
        rooms = [f"discord:{world.channel(f'room-{n}', kind)}" for n in range(ROOMS)]
        async with discord_chat(clock, world) as (_, chat):
            await chat._rest.meet([Room.parse(room) for room in rooms])  # as it does at its start
            threads = lambda: sum(c["type"] not in (TEXT, FORUM) for c in world.channels.values())  # noqa: E731
            prompts = lambda: world.rest.count("POST", "/messages" if kind == TEXT else "/threads")  # noqa: E731
            took = await posted(tmp_path, clock, {"discord": chat}, rooms, prompts, threads)
        print(f"{ROOMS} rooms of kind {kind} on Discord in {took[0]:.1f} s, threads {took[1]:.1f}")
        assert took[0] < 30
        assert took[1] < 60
        assert world.violations == []
