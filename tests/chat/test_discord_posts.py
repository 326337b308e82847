"""What is posted on Discord: once, whole, found again, changed; and why where it cannot be."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from emulators import discord_rules as rules
from emulators.discord import FORUM, World
from emulators.discord_stage import discord_chat, room_of

from bot.card import Button, Buttons, Card, Heading, Note, Picture, Quotation, Source, Text
from bot.chat import discord_rest
from bot.chat.discord_adapter import DiscordChat
from bot.chat.discord_cards import LONGEST_TEXT, PAGE_NOTE, prompts
from bot.clock import HandClock
from bot.ports import Done, NoAnswer, Refused, Unsure

CLOCK = HandClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
STANCES = Buttons((Button("for", "For", "monday"), Button("against", "Against", "monday")))
PROMPT = Card((Heading("Homework should be abolished."), STANCES), "Homework")
CLOSED = Card((Heading("Homework should be abolished."), Note("Closed.")), "Homework")
SUMMARY = Card((Heading("Summary"), Text("Nobody took part.")), "Summary")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63"
    "f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
async def here() -> AsyncIterator[tuple[World, DiscordChat]]:
    async with discord_chat(CLOCK) as (world, chat):
        yield world, chat
        assert world.violations == []
        assert world.pings == []


def agora(world: World) -> str:
    return next(iter(world.channels))


async def posted(chat: DiscordChat, channel: str, card: Card = PROMPT, key: str = "monday") -> str:
    """A post at the top of a room; what is a prompt has its thread."""
    outcome = await chat.post(room_of(channel), card, key)
    assert isinstance(outcome, Done), outcome
    if prompts(card):
        assert await chat.open(room_of(channel), outcome.message, card) == outcome
    return outcome.message


def quoted(words: str) -> Quotation:
    return Quotation(words, "Ann", Source("reply", "1", "0", 0, len(words)))


LONG = Card((Heading("Summary"), *(quoted(f"{n} " + "word " * 150) for n in range(12))), "Summary")


async def test_what_is_held_up_past_its_time_does_not_leave(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    await posted(chat, agora(world))
    late = CLOCK.now() - timedelta(seconds=1)
    assert isinstance(await chat.post(room_of(agora(world)), PROMPT, "tuesday", until=late), Unsure)
    assert await chat.find(room_of(agora(world)), "tuesday") is None
    assert len(world.messages[agora(world)]) == 1


async def test_a_chat_that_is_closed_at_any_moment_of_a_post_leaves_it_in_doubt(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    await posted(chat, agora(world))
    for turns in range(0, 60, 3):
        sending = asyncio.create_task(chat.post(room_of(agora(world)), PROMPT, f"key{turns}"))
        for _ in range(turns):
            await asyncio.sleep(0)
        await chat.close()
        assert isinstance(await sending, Done | Unsure)
        assert isinstance(await chat.find(room_of(agora(world)), f"key{turns}"), str | None)


async def test_a_prompt_has_its_thread_which_is_called_like_its_motion(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    message = await posted(chat, agora(world))
    assert world.channels[message]["name"] == "Homework should be abolished."
    assert world.channels[message]["parent_id"] == agora(world)


async def test_a_forums_prompt_is_a_post_of_its_own(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    forum = world.channel("forum", FORUM)
    thread = await posted(chat, forum)
    assert world.channels[thread]["parent_id"] == forum
    assert await chat.find(room_of(forum), "monday") == thread
    assert await chat.find(room_of(forum), "tuesday") is None
    assert await chat.edit(room_of(forum), thread, CLOSED) == Done(thread)
    assert "Closed." in rules.words(world.posts(thread)[0])
    assert await chat.find(room_of(forum), "monday") == thread
    summary = await chat.post(room_of(forum), SUMMARY, "summary", thread)
    assert isinstance(summary, Done)
    assert await chat.find(room_of(forum), "summary", thread) == summary.message


async def test_a_digest_in_a_forum_is_a_post_of_its_own_and_can_be_changed(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    forum = world.channel("forum", FORUM)
    digest = await posted(chat, forum, SUMMARY, "digest/1")
    assert world.channels[digest]["name"] == "Summary"
    assert await chat.find(room_of(forum), "digest/1") == digest
    assert await chat.edit(room_of(forum), digest, CLOSED) == Done(digest)
    assert await chat.link(room_of(forum), digest) == (
        f"https://discord.com/channels/{world.guild}/{digest}/{digest}"
    )


@pytest.mark.parametrize("landed", [True, False], ids=["landed", "lost"])
async def test_an_error_of_the_server_posts_once_all_the_same(
    here: tuple[World, DiscordChat], landed: bool
) -> None:
    world, chat = here
    world.rest.fail("POST", "/messages", status=502, landed=landed)
    await posted(chat, agora(world))
    assert len(world.posts(agora(world))) == 1


@pytest.mark.parametrize("landed", [True, False], ids=["landed", "lost"])
@pytest.mark.parametrize("status", [0, 502, 503], ids=["cut", "502", "503"])
async def test_a_forums_post_is_never_sent_twice_by_itself(
    here: tuple[World, DiscordChat], landed: bool, status: int
) -> None:
    world, chat = here
    forum = world.channel("forum", FORUM)
    world.rest.fail("POST", "/threads", status=status, landed=landed)
    assert isinstance(await chat.post(room_of(forum), PROMPT, "monday"), Unsure)
    assert world.rest.count("POST", "/threads") == 1
    found = await chat.find(room_of(forum), "monday")
    assert (found is not None) is landed


async def test_a_lost_answer_is_unsure_and_found_by_its_mark_after_minutes(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    world.rest.fail("POST", "/messages", status=0, landed=True)
    assert isinstance(await chat.post(room_of(agora(world)), SUMMARY, "share/1"), Unsure)
    world.forget_nonces()
    message = world.posts(agora(world))[0]["id"]
    assert await chat.find(room_of(agora(world)), "share/1") == message


async def test_a_post_in_doubt_is_found_in_a_channel_that_went_on_talking(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    ann, since = world.person("Ann"), datetime.now(UTC) - timedelta(minutes=1)
    world.rest.fail("POST", "/messages", status=0, landed=True)
    await chat.post(room_of(agora(world)), SUMMARY, "share/1")
    message = world.posts(agora(world))[0]["id"]
    for number in range(1100):
        world.message(agora(world), ann.user, f"talk {number}")
    assert await chat.find(room_of(agora(world)), "share/1", None, since) == message
    asked = len(world.rest.log)
    later = datetime.now(UTC)
    assert await chat.find(room_of(agora(world)), "share/2", None, later) is None
    assert len(world.rest.log) <= asked + 2  # and whether it may read at all


@pytest.mark.parametrize("landed", [True, False], ids=["landed", "lost"])
@pytest.mark.parametrize("status", [0, 502, 503], ids=["cut", "502", "503"])
async def test_a_thread_is_opened_once_however_often_its_answer_fails(
    here: tuple[World, DiscordChat], landed: bool, status: int
) -> None:
    world, chat = here
    room = room_of(agora(world))
    world.rest.fail("POST", "/{message}/threads", status=status, landed=landed)
    outcome = await chat.post(room, PROMPT, "monday")
    assert isinstance(outcome, Done)
    if isinstance(await chat.open(room, outcome.message, PROMPT), Unsure):
        assert await chat.open(room, outcome.message, PROMPT) == outcome
    assert await chat.find(room, "monday") == outcome.message
    assert world.channels[outcome.message]["name"] == "Homework should be abolished."


async def test_a_long_prompt_goes_on_in_its_thread_once(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    long = Card((PROMPT.parts[0], *LONG.parts[1:], STANCES), "Homework")
    outcome = await chat.post(room_of(agora(world)), long, "monday")
    assert isinstance(outcome, Done)
    for _ in range(2):
        world.forget_nonces()
        assert await chat.open(room_of(agora(world)), outcome.message, long) == outcome
    shown = [rules.words(m) for m in world.posts(outcome.message) if m["type"] == 0]
    assert [text.rpartition("-# ")[2] for text in shown] == ["2 of 3", "3 of 3"]


async def test_where_no_thread_may_be_opened_the_next_prompt_is_refused_until_it_may(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    room = room_of(agora(world))
    world.deny(room.id, rules.CREATE_THREADS)
    first = await chat.post(room, PROMPT, "monday")
    assert isinstance(first, Done)
    for refused in (
        await chat.open(room, first.message, PROMPT),
        await chat.post(room, PROMPT, "tuesday"),
    ):
        assert isinstance(refused, Refused)
        assert refused.lasting
        assert "Create Public Threads" in refused.why
    assert len(world.posts(room.id)) == 1
    world.deny(room.id, 0)
    await posted(chat, room.id, key="tuesday")
    assert await chat.open(room, first.message, PROMPT) == first


NEEDED = {
    "view": (rules.VIEW, "View Channel"),
    "send": (rules.SEND, "Send Messages"),
}


@pytest.mark.parametrize(("permission", "remedy"), NEEDED.values(), ids=NEEDED)
async def test_what_gadfly_may_not_do_is_refused_with_a_remedy_and_leaves_nothing(
    here: tuple[World, DiscordChat], permission: int, remedy: str
) -> None:
    world, chat = here
    world.deny(agora(world), permission)
    outcome = await chat.post(room_of(agora(world)), PROMPT, "monday")
    assert isinstance(outcome, Refused)
    assert outcome.lasting
    assert remedy in outcome.why
    assert world.posts(agora(world)) == []


async def test_a_history_that_may_not_be_read_is_no_empty_one(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    room = room_of(agora(world))
    world.deny(room.id, rules.HISTORY)
    thread = await posted(chat, room.id)
    with pytest.raises(NoAnswer, match="Read Message History"):
        [reply async for reply in chat.replies(room, thread)]
    with pytest.raises(NoAnswer):
        await chat.find(room, "tuesday")


async def test_a_channel_that_is_gone_is_refused_for_good(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    gone = agora(world)
    await posted(chat, gone)
    await world.delete_channel(gone)
    outcome = await chat.post(room_of(gone), PROMPT, "tuesday")
    assert isinstance(outcome, Refused)
    assert outcome.lasting
    assert "PROMPT_ROOMS" in outcome.why


async def test_a_bad_token_is_no_reason_to_give_a_prompt_up(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    world.token = "another"  # noqa: S105 - it opens nothing
    outcome = await chat.post(room_of(agora(world)), PROMPT, "monday")
    assert isinstance(outcome, Refused)
    assert not outcome.lasting
    assert "DISCORD_TOKEN" in outcome.why


async def test_discord_out_of_reach_is_certainly_not_posted() -> None:
    async with discord_chat(CLOCK) as (world, chat):
        discord_rest.discord.http.Route.BASE = "http://127.0.0.1:1/api/v10"
        outcome = await chat.post(room_of(agora(world)), PROMPT, "monday")
        assert isinstance(outcome, Refused)
        assert not outcome.lasting
        with pytest.raises(NoAnswer):
            await chat.find(room_of(agora(world)), "monday")


async def test_many_posts_in_a_room_keep_to_the_limit_that_discord_names(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    world.rest.rates["POST /channels/{channel}/messages"] = (3, 0.3)
    for number in range(10):
        await posted(chat, agora(world), SUMMARY, f"share/{number}")
    assert len(world.posts(agora(world))) == 10
    assert world.rest.limited == 0


async def test_a_limit_that_nobody_foresaw_is_waited_for(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    await posted(chat, agora(world), SUMMARY, "share/0")
    world.rest.rates["POST /channels/{channel}/messages"] = (0, 0.3)
    world.rest.buckets.clear()
    waiting = posted(chat, agora(world), SUMMARY, "share/1")
    world.rest.rates.clear()
    await waiting
    assert len(world.posts(agora(world))) == 2


async def test_a_long_card_goes_on_in_further_messages_and_loses_no_word(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    thread = await posted(chat, agora(world))
    outcome = await chat.post(room_of(agora(world)), LONG, "summary", thread)
    assert isinstance(outcome, Done)
    posts = [rules.words(m) for m in world.posts(thread) if m["type"] == 0]
    assert len(posts) > 2
    assert posts[0].endswith(f"-# 1 of {len(posts)}")
    shown = " ".join(" ".join(posts).replace("> ", "").split())
    for part in LONG.quotations():
        assert " ".join(part.text.split()) in shown
    assert await chat.find(room_of(agora(world)), "summary", thread) == outcome.message


async def test_a_long_card_posted_in_part_is_taken_back_and_posted_anew(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    world.rest.rates.clear()
    thread = await posted(chat, agora(world))
    await chat.post(room_of(agora(world)), LONG, "summary", thread)
    last = world.posts(thread)[-1]["id"]
    del world.messages[thread][last]
    assert await chat.find(room_of(agora(world)), "summary", thread) is None
    assert [m for m in world.posts(thread) if m["type"] == 0] == []
    world.forget_nonces()
    await chat.post(room_of(agora(world)), LONG, "summary", thread)
    assert await chat.find(room_of(agora(world)), "summary", thread) is not None


async def test_a_card_that_grows_or_shrinks_takes_its_further_messages_along(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    room, thread = room_of(agora(world)), await posted(chat, agora(world))
    outcome = await chat.post(room, SUMMARY, "summary", thread)
    assert isinstance(outcome, Done)
    for card, count in ((LONG, 3), (LONG, 3), (SUMMARY, 1)):
        assert await chat.edit(room, outcome.message, card) == Done(outcome.message)
        assert len([m for m in world.posts(thread) if m["type"] == 0]) == count
    assert await chat.find(room, "summary", thread) == outcome.message


async def test_a_summary_in_an_archived_thread_is_posted_and_changed(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    room, thread = room_of(agora(world)), await posted(chat, agora(world))
    await world.archive(thread)
    outcome = await chat.post(room, SUMMARY, "summary", thread)
    assert isinstance(outcome, Done)
    await world.archive(thread)
    assert await chat.edit(room, outcome.message, CLOSED) == Done(outcome.message)


async def test_a_locked_thread_is_refused_with_what_to_do(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    room, thread = room_of(agora(world)), await posted(chat, agora(world))
    await world.archive(thread, locked=True)
    outcome = await chat.post(room, SUMMARY, "summary", thread)
    assert isinstance(outcome, Refused)
    assert "unlock" in outcome.why


async def test_a_picture_goes_along_and_says_the_same_in_words(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    thread = await posted(chat, agora(world))
    card = Card((Heading("Summary"), Picture(PNG, "For 3, against 2")), "Summary")
    await chat.post(room_of(agora(world)), card, "summary", thread)
    [name] = world.files
    assert world.files[name] == PNG
    gallery = next(c for c in rules.walk(world.posts(thread)[-1]["components"]) if c["type"] == 12)
    assert gallery["items"][0]["description"] == "For 3, against 2"


async def test_a_role_is_called_under_a_prompt_alone() -> None:
    async with discord_chat(CLOCK, ping_role=4711) as (world, chat):
        thread = await posted(chat, agora(world))
        await chat.post(room_of(agora(world)), SUMMARY, "summary", thread)
        await chat.edit(room_of(agora(world)), thread, CLOSED)
        assert [called for _, called in world.pings] == [["4711"]]


async def test_the_longest_prompt_has_room_for_the_role_that_it_calls() -> None:
    async with discord_chat(CLOCK, ping_role=10**19) as (world, chat):
        text = Text("x" * (LONGEST_TEXT - PAGE_NOTE - len("## Homework") - 4))
        await posted(chat, agora(world), Card((Heading("Homework"), text, STANCES), "Homework"))
        [prompt] = world.posts(agora(world))
        assert rules.words(prompt).startswith(f"<@&{10**19}>")


async def test_facilitators_by_role_are_told_and_called_in_the_channel_for_it() -> None:
    async with discord_chat(CLOCK) as (world, _):
        desk = world.channel("desk")
        async with discord_chat(CLOCK, world, notices=int(desk)) as (_, chat):
            assert chat.traits.tells_roles
            for _ in range(2):
                assert isinstance(await chat.tell("discord:role:4711", SUMMARY), Done)
            assert len(world.posts(desk)) == 1
            assert [called for _, called in world.pings] == [["4711"]]
            await world.delete_channel(desk)
            assert isinstance(await chat.tell("discord:role:4711", CLOSED), Refused)


async def test_a_thread_that_somebody_deleted_is_not_opened_again(
    here: tuple[World, DiscordChat],
) -> None:
    world, chat = here
    thread = await posted(chat, agora(world))
    await world.delete_channel(thread)
    outcome = await chat.post(room_of(agora(world)), SUMMARY, "summary", thread)
    assert isinstance(outcome, Refused)
    assert outcome.gone
    assert "deleted" in outcome.why
    assert thread not in world.channels


async def test_a_facilitator_is_told_in_private_and_once(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    ann = world.person("Ann")
    for _ in range(2):
        assert isinstance(await chat.tell(f"discord:{ann.id}", SUMMARY), Done)
    direct = next(c["id"] for c in world.channels.values() if c.get("to") == ann.id)
    assert len(world.posts(direct)) == 1
    assert isinstance(await chat.tell("discord:1", SUMMARY), Refused)


async def test_a_link_leads_to_the_message(here: tuple[World, DiscordChat]) -> None:
    world, chat = here
    room, thread = room_of(agora(world)), await posted(chat, agora(world))
    outcome = await chat.post(room, SUMMARY, "summary", thread)
    assert isinstance(outcome, Done)
    ident = world.posts(thread)[-1]["id"]
    start = f"https://discord.com/channels/{world.guild}"
    assert await chat.link(room, thread) == f"{start}/{room.id}/{thread}"
    assert await chat.link(room, outcome.message) == f"{start}/{thread}/{ident}"


Fault = Callable[[World], None]


def no_intent(world: World) -> None:
    world.gateway.content_allowed = False


def no_threads(world: World) -> None:
    world.deny(agora(world), rules.CREATE_THREADS | rules.ATTACH)


def gone(world: World) -> None:
    del world.channels[agora(world)]


def no_token(world: World) -> None:
    world.token = "another"  # noqa: S105 - it opens nothing


FAULTS: dict[str, tuple[Fault, str]] = {
    "intent": (no_intent, "Message Content Intent"),
    "permissions": (no_threads, "Create Public Threads"),
    "channel": (gone, "PROMPT_ROOMS"),
    "token": (no_token, "DISCORD_TOKEN"),
}


@pytest.mark.parametrize(("fault", "remedy"), FAULTS.values(), ids=FAULTS)
async def test_a_check_finds_each_fault_once_with_its_remedy(fault: Fault, remedy: str) -> None:
    async with discord_chat(CLOCK) as (world, chat):
        fault(world)
        wrong = [finding async for finding in chat.check() if not finding.fine]
        assert len(wrong) == 1
        assert remedy in wrong[0].remedy


async def test_a_check_of_what_is_right_finds_nothing_wrong(
    here: tuple[World, DiscordChat],
) -> None:
    _, chat = here
    assert all([finding.fine async for finding in chat.check()])
