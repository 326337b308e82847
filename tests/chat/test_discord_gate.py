"""What keeps Discord from shutting Gadfly out: its pace, and when it asks nothing at all."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from emulators import discord_rules as rules
from emulators.discord import FORUM, World
from emulators.discord_stage import discord_chat, room_of

from bot.card import Button, Buttons, Card, Heading, Text
from bot.chat import discord_gate, discord_pages, discord_rest
from bot.chat.discord_adapter import DiscordChat
from bot.chat.discord_gate import asked_to_wait
from bot.clock import HandClock
from bot.ports import Done, NoAnswer, Outcome, Refused, Unsure

CLOCK = HandClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
NOTE = Card((Heading("Summary"), Text("Nobody took part.")), "Summary")
PROMPT = Card((Heading("Homework?"), Buttons((Button("for", "For", "monday"),))), "Homework")
EMOJI = {"emoji_id": None, "emoji_name": None}
BANNED = {"status": 429, "body": "<html>You are being rate limited</html>"}


@pytest.fixture
async def here() -> AsyncIterator[tuple[World, DiscordChat, str]]:
    async with discord_chat(CLOCK) as (world, chat):
        yield world, chat, next(iter(world.channels))


async def posted(chat: DiscordChat, channel: str, key: str, card: Card = NOTE) -> Outcome:
    return await chat.post(room_of(channel), card, key)


async def test_a_ban_by_cloudflare_is_waited_out_by_every_room(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    world.rest.fail("POST", "/messages", headers={"Retry-After": "1800"}, **BANNED)
    banned = await posted(chat, channel, "share/1")
    assert isinstance(banned, Refused)
    assert (banned.wait, banned.lasting) == (1800.0, False)
    asked = len(world.rest.log)
    for room in world.channels:
        other = await posted(chat, room, "share/2")
        assert isinstance(other, Refused)
        assert other.wait is not None
        assert 1790 < other.wait <= 1800
    assert len(world.rest.log) == asked


async def test_a_short_limit_for_all_requests_is_waited_for(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    headers = {"Retry-After": "1", "X-RateLimit-Scope": "global", "Via": "1.1 google"}
    said = '{"message": "You are being rate limited.", "retry_after": 1.0, "global": true}'
    headers["Content-Type"] = "application/json"
    world.rest.fail("POST", "/messages", status=429, headers=headers, body=said)
    began = time.monotonic()
    assert isinstance(await posted(chat, channel, "share/1"), Done)
    assert time.monotonic() - began >= 1.0
    assert world.violations == []


async def test_a_long_window_is_used_up_before_anybody_waits_for_its_end(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    world.rest.rates["POST /channels/{channel}/messages"] = 3, 300.0
    for number in range(3):
        assert isinstance(await posted(chat, channel, f"share/{number}"), Done)
    late = await posted(chat, channel, "share/late")
    assert isinstance(late, Refused)
    assert late.wait is not None
    assert late.wait > discord_rest.LONGEST_WAIT


async def test_a_token_that_was_reset_is_tried_once_and_not_by_every_room(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    assert isinstance(await posted(chat, channel, "share/1"), Done)
    world.token = "another"  # noqa: S105 - it opens nothing
    for number in range(20):
        outcome = await posted(chat, channel, f"share/{number}")
        assert isinstance(outcome, Refused)
        assert "DISCORD_TOKEN" in outcome.why
    assert world.rest.turned_down == 1


async def test_rooms_that_all_refuse_are_left_alone_before_discord_bans_the_address(
    here: tuple[World, DiscordChat, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, chat, _ = here
    monkeypatch.setattr(discord_gate, "MOST_TURNED_DOWN", 10)
    for name in range(15):
        world.deny(world.channel(f"room{name}"), rules.VIEW)
    refused = [await posted(chat, room, "share/1") for room in list(world.channels)[2:]]
    assert all(isinstance(outcome, Refused) for outcome in refused)
    assert world.rest.turned_down == 10


async def test_what_stands_between_us_and_discord_is_no_verdict_of_discords(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    world.rest.fail("POST", "/messages", status=403, body="<html>Forbidden</html>")
    outcome = await posted(chat, channel, "share/1")
    assert isinstance(outcome, Refused)
    assert not outcome.lasting
    assert "html" not in outcome.why


@pytest.mark.parametrize("landed", [False, True])
async def test_a_page_of_a_proxys_is_no_answer_although_it_says_that_all_went_well(
    here: tuple[World, DiscordChat, str], landed: bool
) -> None:
    world, chat, channel = here
    page: dict[str, Any] = {"status": 200, "body": "<html>Hello</html>"}
    world.rest.fail("POST", "/messages", landed=landed, **page)
    assert isinstance(await posted(chat, channel, "share/1"), Unsure)
    world.rest.fail("GET", "/messages", times=1 + len(discord_gate.AGAIN), **page)
    with pytest.raises(NoAnswer):
        await chat.find(room_of(channel), "share/1")
    world.rest.fail("GET", "/messages", **page)  # once is made up for
    assert (await chat.find(room_of(channel), "share/1") is not None) is landed


async def test_a_read_whose_line_breaks_is_asked_again_within_seconds_and_a_post_is_not(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    await posted(chat, channel, "share/1")
    world.rest.fail("GET", "/messages", status=0, times=3)
    assert await chat.find(room_of(channel), "share/1") is not None
    world.rest.fail("POST", "/messages", status=0, landed=True)
    assert isinstance(await posted(chat, channel, "share/2"), Unsure)
    assert world.rest.count("POST", "/messages") == 2


@pytest.mark.parametrize("code", [20016, 20028, 30046, 130000])
async def test_what_passes_by_itself_is_tried_again(
    here: tuple[World, DiscordChat, str], code: int
) -> None:
    world, chat, channel = here
    said = f'{{"message": "Try again later", "code": {code}}}'
    headers = {"Content-Type": "application/json"}
    world.rest.fail("POST", "/messages", status=400, headers=headers, body=said)
    outcome = await posted(chat, channel, "share/1")
    assert isinstance(outcome, Refused)
    assert not outcome.lasting


async def test_a_post_whose_first_try_was_taken_back_waits_until_its_nonce_is_forgotten(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, channel = here
    await posted(chat, channel, "share/1")
    world.messages[channel].clear()
    outcome = await posted(chat, channel, "share/1")
    assert isinstance(outcome, Refused)
    assert (outcome.wait, outcome.lasting) == (discord_pages.NONCE_WAIT, False)
    world.forget_nonces()
    assert isinstance(await posted(chat, channel, "share/1"), Done)


async def test_what_a_forum_asks_for_is_asked_anew_after_a_refusal(
    here: tuple[World, DiscordChat, str],
) -> None:
    world, chat, _ = here
    forum = world.channel("forum", FORUM)
    assert isinstance(await posted(chat, forum, "monday", PROMPT), Done)
    world.channels[forum]["flags"] = 1 << 4  # a tag is required from now on
    world.channels[forum]["available_tags"] = [
        {"id": "77", "name": "debate", "moderated": False, **EMOJI}
    ]
    refused = await posted(chat, forum, "tuesday", PROMPT)
    assert isinstance(refused, Refused)
    assert "tag" in refused.why
    assert isinstance(await posted(chat, forum, "tuesday", PROMPT), Done)


@pytest.mark.parametrize("rooms", [100, pytest.param(1000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", [0, FORUM], ids=["channel", "forum"])
async def test_rooms_that_are_due_at_once_keep_to_discords_limit(
    here: tuple[World, DiscordChat, str], rooms: int, kind: int
) -> None:
    world, chat, _ = here
    channels = [world.channel(f"room{number}", kind) for number in range(rooms)]
    for channel in channels:
        await chat._rest.home(room_of(channel))
    began, asked = time.monotonic(), len(world.rest.log)
    done = await asyncio.gather(*(posted(chat, c, f"key{c}", PROMPT) for c in channels))
    took = time.monotonic() - began
    assert all(isinstance(outcome, Done) for outcome in done)
    assert world.violations == []
    assert len(world.rest.log) - asked == rooms  # so that the pace alone says how long it takes
    print(f"{rooms} rooms: {took:.1f} s")
    assert rooms < 1000 or took < rooms / 40 * 1.2 + 1  # on a machine at rest


def test_the_wait_that_a_proxy_asks_for_may_be_a_date() -> None:
    assert asked_to_wait({"Retry-After": "12.5"}) == 12.5
    date = {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}
    assert asked_to_wait(date) == asked_to_wait({}) == discord_gate.BANNED_WAIT


AWAY: list[tuple[Exception, float | None]] = [
    (TimeoutError(), discord_rest.AWAY),
    (discord_gate.NotDiscordsError("a proxy's page"), discord_rest.AWAY),
    (discord.RateLimited(7.0), 7.0),
    (discord_rest.NotOurs("no id of Discord's"), None),
]


@pytest.mark.parametrize(("why", "wait"), AWAY, ids=repr)
def test_discord_is_asked_again_soon_where_it_is_away_and_seldom_where_it_said_no(
    why: Exception, wait: float | None
) -> None:
    assert discord_rest.no_answer(why).wait == wait
