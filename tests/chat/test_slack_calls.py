"""Posting on Slack when Slack is unwell: nothing twice, nothing lost, everybody told why."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chat.shelf import Shelf
from emulators.slack import APP_TOKEN, BOT_TOKEN, Fault, Slack, first, lines
from emulators.slack_limits import Limits

from bot.card import Bars, Card, Heading, Picture, Quotation, Source
from bot.chat import slack_calls, slack_posts
from bot.chat.slack_adapter import Keys, SlackChat
from bot.chat.slack_calls import Denied
from bot.clock import HandClock
from bot.errors import Wrong
from bot.model import Room
from bot.ports import Done, NoAnswer, Refused, Unsure

AGORA, STOA = Room("slack", "C0AGORA"), Room("slack", "C0STOA")
CLOCK = HandClock(datetime.now(UTC))
CARD = Card((Heading("Homework should be abolished."),), "Homework should be abolished.")
CHART = Card((Heading("Summary"), Picture(b"\x89PNG...", "2 for, 1 against"), Bars((("For", 2),))))


@asynccontextmanager
async def workspace() -> AsyncIterator[tuple[Slack, SlackChat]]:
    async with Slack().serving() as slack:
        keys = Keys(BOT_TOKEN, APP_TOKEN, None, slack.api)
        chat = SlackChat(keys, (AGORA, STOA), CLOCK, frozenset({"quote"}))
        try:
            yield slack, chat
        finally:
            await chat._calls.close()


def quoted(words: str) -> Quotation:
    return Quotation(words, "Ann", Source("reply", "1", "0", 0, len(words)))


LOST = [Fault(drop=True), Fault(status=500), Fault(status=502, after=True), Fault(html=True)]
LOST += [replace(fault, after=True) for fault in LOST] + [Fault(error="fatal_error", after=True)]
LOST += [Fault(error="internal_error"), Fault(error="service_unavailable")]


@pytest.mark.parametrize("fault", LOST)
async def test_an_answer_that_does_not_tell_is_unsure_and_nothing_is_sent_again(
    fault: Fault,
) -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", fault))
        assert isinstance(await chat.post(AGORA, CARD, "monday"), Unsure)
        assert len(slack.made("chat.postMessage")) == 1
        found = await chat.find(AGORA, "monday")
        assert (found is not None) == fault.after
        assert len(slack.posts("C0AGORA")) == int(fault.after)


async def test_slack_that_cannot_be_reached_has_posted_nothing() -> None:
    async with Slack().serving() as slack:
        url = slack.api
    chat = SlackChat(Keys(BOT_TOKEN, None, None, url), (AGORA,), CLOCK, frozenset())
    said = await chat.post(AGORA, CARD, "monday")
    assert isinstance(said, Refused)
    assert not said.lasting
    await chat._calls.close()


async def test_no_answer_in_time_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_calls, "TIMEOUT", 0.2)
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", Fault(slow=0.5)))
        assert isinstance(await chat.post(AGORA, CARD, "monday"), Unsure)


async def test_what_is_held_up_past_its_time_does_not_leave() -> None:
    async with workspace() as (slack, chat):
        until = CLOCK.now() + timedelta(seconds=30)
        assert isinstance(await chat.post(AGORA, CARD, "monday", until=until), Done)
        # The second post of a channel waits for its turn; meanwhile the clock runs away.
        waiting = asyncio.create_task(chat.post(AGORA, CARD, "tuesday", until=until))
        await asyncio.sleep(0.1)
        CLOCK.move(timedelta(seconds=31))
        assert isinstance(await waiting, Unsure)
        assert await chat.find(AGORA, "tuesday") is None
        assert len(slack.made("chat.postMessage")) == 1


async def test_a_rest_is_kept_in_its_channel_and_holds_up_no_other() -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", Fault(wait=30)))
        said = await chat.post(AGORA, CARD, "monday")
        assert isinstance(said, Refused)
        assert 30 < (said.wait or 0) < 31
        assert not said.lasting
        assert isinstance(await chat.post(STOA, CARD, "monday"), Done)
        chat._posts.turns.clear()
        again = await chat.post(AGORA, CARD, "monday")
        assert isinstance(again, Refused)
        assert 29 < (again.wait or 0) <= 30.5
        assert [call["channel"] for call in slack.made("chat.postMessage")] == [
            "C0AGORA",
            "C0STOA",
        ]


@pytest.mark.parametrize("hours", [-1, 0, 1], ids=["behind", "right", "ahead"])
async def test_a_rest_is_kept_by_another_replica_too_and_by_its_clock_no_longer(hours: int) -> None:
    shelf, clock = Shelf({}), HandClock(CLOCK.now())
    async with workspace() as (slack, chat):
        other = SlackChat(chat._keys, (AGORA, STOA), clock, frozenset())
        chat.recall(shelf)
        other.recall(shelf)
        slack.faults = first(("chat.postMessage", Fault(wait=30)))
        assert isinstance(await chat.post(AGORA, CARD, "monday"), Refused)
        clock.move(timedelta(hours=hours))
        said = await other.post(AGORA, CARD, "monday")
        assert isinstance(said, Done if hours > 0 else Refused)
        assert isinstance(said, Done) or 29 < (said.wait or 0) <= 30 + slack_calls.LATER
        assert isinstance(await other.post(STOA, CARD, "monday"), Done)
        await other.close()


async def test_a_post_in_a_thread_is_not_made_anew_for_short_rests() -> None:
    async with workspace() as (slack, chat):
        prompt = await chat.post(AGORA, CARD, "monday")
        assert isinstance(prompt, Done)
        chat._posts.turns.clear()
        rest = Fault(wait=1)
        slack.faults = first(("conversations.replies", rest), ("chat.postMessage", rest))
        assert isinstance(await chat.post(AGORA, CARD, "summary", prompt.message), Done)


SILENT: list[tuple[Denied | Unsure, float | None]] = [
    (Unsure("no answer in 12 s"), slack_calls.AWAY),
    (Denied("cannot reach Slack", error="unreachable"), slack_calls.AWAY),
    (Denied("too many calls", wait=7.0, error="ratelimited"), 7.0),
    (Denied("not_in_channel", lasting=True, error="not_in_channel"), None),
    (Denied("a word that nobody knows", perhaps=True, error="odd"), None),
]


@pytest.mark.parametrize(("said", "wait"), SILENT, ids=str)
def test_slack_is_asked_again_soon_where_it_is_away_and_seldom_where_it_said_no(
    said: Denied | Unsure, wait: float | None
) -> None:
    assert slack_calls.Silent(said).wait == wait


async def test_a_store_that_is_away_holds_up_no_post() -> None:
    async with workspace() as (slack, chat):
        chat.recall(Shelf({}, away=True))
        slack.faults = first(("chat.postMessage", Fault(wait=30)))
        assert isinstance(await chat.post(AGORA, CARD, "monday"), Refused)
        assert isinstance(await chat.post(STOA, CARD, "monday"), Done)


async def test_a_channel_that_is_posted_to_too_often_rests_and_no_other_does() -> None:
    async with workspace() as (slack, chat):
        slack.enforce_limits = True
        said = [
            await chat._calls("chat.postMessage", channel="C0AGORA", text="x") for _ in "123456"
        ]
        assert all(not isinstance(one, Refused | Unsure) for one in said[:5])
        assert isinstance(said[5], Refused)
        assert 0 < (said[5].wait or 0) <= 5 + slack_calls.LATER
        assert slack.refused == [("chat.postMessage", "ratelimited")]
        assert isinstance(await chat.post(STOA, CARD, "monday"), Done)


def test_the_emulated_slack_keeps_its_tiers_to_the_letter() -> None:
    limits, update = Limits(), "chat.update"
    assert not any(limits.refuses(update, "C0AGORA", n / 10) for n in range(50))
    assert limits.refuses(update, "C0STOA", 5.0) == 55  # of another channel: it counts as well
    assert limits.refuses("chat.postMessage", "C0AGORA", 5.0) == 0
    assert limits.refuses(update, "C0AGORA", 60.0) == 0
    assert limits.refuses(update, "C0AGORA", 60.0) == 1


WORDS = {
    "not_in_channel": "/invite",
    "channel_not_found": "PROMPT_ROOMS",
    "is_archived": "unarchive",
    "account_inactive": "SLACK_BOT_TOKEN",
    "token_revoked": "SLACK_BOT_TOKEN",
    "restricted_action": "Posting permissions",
    "not_allowed_token_type": "SLACK_BOT_TOKEN",
    "is_inactive": "PROMPT_ROOMS",
    "access_denied": "administrators",
    "accesslimited": "this network",
    "invalid_metadata_format": "defect",
    "invalid_arguments": "defect",
}


@pytest.mark.parametrize("word", WORDS)
async def test_a_no_that_lasts_names_its_remedy(word: str) -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", Fault(error=word)))
        said = await chat.post(AGORA, CARD, "monday")
        assert isinstance(said, Refused)
        assert said.lasting
        assert word in said.why
        assert WORDS[word] in said.why


async def test_a_missing_scope_is_named() -> None:
    async with workspace() as (slack, chat):
        slack.scopes -= {"chat:write"}
        said = await chat.post(AGORA, CARD, "monday")
        assert isinstance(said, Refused)
        assert said.lasting
        assert "missing_scope (chat:write)" in said.why


async def test_a_token_that_is_dead_is_not_tried_again_and_again() -> None:
    async with workspace() as (slack, chat):
        slack.token_error = "account_inactive"  # noqa: S105 - Slack's word for it
        await chat.post(AGORA, CARD, "monday")
        before = len(slack.calls)
        for _ in range(20):
            assert isinstance(await chat.edit(AGORA, "1.2", CARD), Refused)
        assert len(slack.calls) == before


async def test_an_unknown_no_is_tried_again_later() -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", Fault(error="team_is_moving")))
        said = await chat.post(AGORA, CARD, "monday")
        assert isinstance(said, Refused)
        assert not said.lasting
        assert said.perhaps
        page = "https://docs.slack.dev/reference/methods/chat.postMessage"
        assert all(word in said.why for word in ("chat.postMessage", "team_is_moving", page))


async def test_a_post_in_a_busy_thread_is_found_by_asking_for_that_thread() -> None:
    async with workspace() as (slack, chat):
        slack.page = 5
        top = await chat.post(AGORA, CARD, "monday")
        assert isinstance(top, Done)
        for n in range(12):
            slack.write("U0ANN", "C0AGORA", f"reply {n}", top.message)
        below = await chat.post(AGORA, CARD, "summary", top.message)
        assert isinstance(below, Done)
        assert await chat.find(AGORA, "summary", top.message) == below.message
        assert await chat.find(AGORA, "summary") is None
        for n in range(12):
            slack.write("U0ANN", "C0AGORA", f"talk {n}")
        assert await chat.find(AGORA, "monday") == top.message


async def test_a_thread_that_was_just_read_is_not_asked_for_before_a_post_in_it() -> None:
    async with workspace() as (slack, chat):
        top = await chat.post(AGORA, CARD, "monday")
        assert isinstance(top, Done)
        assert [reply async for reply in chat.replies(AGORA, top.message)] == []
        for key, asked in (("summary", 1), ("reminder", 2)):
            assert isinstance(await chat.post(AGORA, CARD, key, top.message), Done)
            assert len(slack.made("conversations.replies")) == asked


async def test_a_rest_that_nobody_can_wait_out_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slack_calls, "READING", 1.0)
    async with workspace() as (slack, chat):
        slack.faults = first(("conversations.history", Fault(wait=30)))
        with pytest.raises(NoAnswer) as told:
            await chat.find(AGORA, "monday")
        assert 29 < (told.value.wait or 0) < 31


async def test_what_cannot_be_looked_up_is_not_said_to_be_missing() -> None:
    async with workspace() as (slack, chat):
        slack.channels["C0AGORA"].members.clear()
        with pytest.raises(NoAnswer, match="not_in_channel"):
            await chat.find(AGORA, "monday")
        with pytest.raises(NoAnswer, match="not_in_channel"):
            [reply async for reply in chat.replies(AGORA, "1.2")]


async def test_reads_wait_out_a_rest_and_ask_again_after_an_error() -> None:
    async with workspace() as (slack, chat):
        history = "conversations.history"
        slack.faults = first((history, Fault(wait=1)), (history, Fault(status=503)))
        assert await chat.find(AGORA, "monday") is None
        assert len(slack.made(history)) == 3


async def test_summary_and_chart_are_one_message() -> None:
    async with workspace() as (slack, chat):
        said = await chat.post(AGORA, CHART, "summary")
        [post] = slack.posts("C0AGORA")
        assert said == Done(post["ts"])
        assert "(picture: 2 for, 1 against)" in lines([post])[0]
        [file] = slack.files.values()
        assert file["data"] == b"\x89PNG..."
        assert len(slack.made("chat.postMessage")) == 2  # the first came before the file was ready


@pytest.mark.parametrize("word", ["msg_too_long", "msg_blocks_too_long"])
async def test_what_slack_finds_too_long_comes_again_shorter_and_is_never_cut(word: str) -> None:
    points = [quoted(f"Point {n}: " + "word " * 100) for n in range(20)]
    async with workspace() as (slack, chat):
        slack.faults = first(("chat.postMessage", Fault(error=word)))
        assert isinstance(await chat.post(AGORA, Card((*points,), "Summary"), "monday"), Done)
        whole, short = slack.made("chat.postMessage")
        assert 0.3 < len(str(short["blocks"])) / len(str(whole["blocks"])) < 0.7
        [shown] = lines(slack.posts("C0AGORA"))
        assert all(p.text in shown or p.text[:12] not in shown for p in points)
        assert "more" in shown


async def test_an_edit_is_parsed_as_little_as_a_post() -> None:
    async with workspace() as (slack, chat):
        said = await chat.post(AGORA, CARD, "monday")
        assert isinstance(said, Done)
        assert await chat.edit(AGORA, said.message, CARD) == said
        [edit] = slack.made("chat.update")
        assert edit["parse"] == "none"


@pytest.mark.parametrize(
    "fault",
    [
        *(
            ("chat.postMessage", Fault(error=word))
            for word in ("slack_connect_file_link_sharing_blocked", "missing_file_data")
        ),
        ("files.getUploadURLExternal", Fault(error="missing_scope")),
        ("files.completeUploadExternal", Fault(status=500)),
    ],
)
async def test_without_its_chart_the_summary_says_it_in_words(fault: tuple[str, Fault]) -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(fault)
        assert isinstance(await chat.post(AGORA, CHART, "summary"), Done)
        [shown] = lines(slack.posts("C0AGORA"))
        assert "2 for, 1 against" in shown
        assert "(picture" not in shown


async def test_a_file_that_never_gets_ready_costs_no_summary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slack_posts, "SHARING", (0.0, 0.0, 0.0))
    monkeypatch.setattr(slack_posts, "APART", 0.1)
    async with workspace() as (slack, chat):
        slack.shared_after = 99
        assert isinstance(await chat.post(AGORA, CHART, "summary"), Done)
        assert "2 for, 1 against" in lines(slack.posts("C0AGORA"))[0]


async def test_tries_with_a_picture_are_a_second_apart_as_all_posts_in_a_channel() -> None:
    async with workspace() as (slack, chat):
        slack.shared_after = 2
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert isinstance(await chat.post(AGORA, CHART, "summary"), Done)
        tries = len(slack.made("chat.postMessage"))
        assert tries > 1
        await chat.post(AGORA, CARD, "line")
        assert loop.time() - began >= tries * 1.0


async def test_facilitators_are_told_in_private_with_or_without_the_scope_for_it() -> None:
    async with workspace() as (slack, chat):
        assert isinstance(await chat.tell("slack:U0LEA", CARD), Done)
        slack.scopes -= {"im:write"}
        assert isinstance(await chat.tell("slack:U0LEA", CARD), Done)
        assert len(slack.posts("D0LEA")) == 2
        assert slack.posts("C0AGORA") == []


async def test_posts_in_one_channel_are_a_second_apart_and_others_do_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with workspace() as (_, chat):
        began = asyncio.get_running_loop().time()
        for key in "ab":
            assert isinstance(await chat.post(AGORA, CARD, key), Done)
        assert asyncio.get_running_loop().time() - began >= 1.0
        monkeypatch.setattr(slack_posts, "APART", 600.0)
        assert isinstance(await chat.post(AGORA, CARD, "c"), Done)
        assert isinstance(await chat.post(STOA, CARD, "d"), Done)
        assert isinstance(await chat.post(AGORA, CARD, "e"), Refused)


async def test_a_wrong_token_is_told_at_the_start_and_not_shown() -> None:
    async with workspace() as (slack, chat):
        slack.token_error = "invalid_auth"  # noqa: S105 - Slack's word for it
        with pytest.raises(Wrong, match="SLACK_BOT_TOKEN") as told:
            await chat.run(_nothing, lambda: None)
        assert BOT_TOKEN not in str(told.value)


async def test_a_check_names_every_room_and_scope_that_is_wrong() -> None:
    async with workspace() as (slack, chat):
        slack.scopes -= {"files:write", "reactions:write"}
        slack.channels["C0AGORA"].archived = True
        slack.channels["C0STOA"].members.clear()
        found = [finding async for finding in chat.check()]
        wrong = {f.what.split(",")[0]: f.remedy for f in found if not f.fine}
        assert wrong.keys() == {"scope files:write", "slack:C0AGORA", "slack:C0STOA"}
        assert "/invite" in wrong["slack:C0STOA"]
        slack.token_error = "token_revoked"  # noqa: S105 - Slack's word for it
        [finding] = [finding async for finding in chat.check()]
        assert "reinstall" in finding.remedy


async def test_the_web_api_is_called_where_the_settings_say_whatever_proxy_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with workspace() as (_, chat):
        assert isinstance(await chat.post(AGORA, CARD, "monday"), Done)


async def _nothing(_: Any) -> None: ...


def test_the_library_repeats_no_call_by_itself(tmp_path: Path) -> None:
    async def handlers() -> list[Any]:
        calls = slack_calls.Calls(BOT_TOKEN, "http://127.0.0.1/api/")
        found = calls.client.retry_handlers
        await calls.close()
        return found

    assert asyncio.run(handlers()) == []


def test_a_token_that_runs_out_is_no_matter_of_reinstalling() -> None:
    """Token rotation gives tokens of twelve hours, and a new one of the same app rotates, too."""
    rotated = slack_calls.denied("auth.test", "token_expired", {})
    assert rotated.lasting
    assert "make the app anew" in rotated.why
    assert "reinstall" in slack_calls.denied("auth.test", "token_revoked", {}).why
