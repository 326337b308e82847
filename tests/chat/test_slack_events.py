"""What Slack tells, in the core's words."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import slack_events
from bot.events import Asked, Deleted, Edited, Said
from bot.model import Member, Room

ME = slack_events.Self("U0GADFLY", "B0GADFLY", frozenset({"quote", "counter", "help", "close"}))
NAMES = {"U0ANN": "Ann", "U0BEN": "Ben"}
ROOM = Room("slack", "C0AGORA")
TOLD = {
    "type": "message",
    "channel": "C0AGORA",
    "user": "U0ANN",
    "text": "Never.",
    "ts": "1795424400.000200",
    "thread_ts": "1795424400.000100",
    "event_ts": "1795424400.000200",
}


def heard(**more: Any) -> Said | Edited | Deleted | None:
    event = {key: value for key, value in {**TOLD, **more}.items() if value is not None}
    return slack_events.heard(event, NAMES, ME)


def test_a_reply_comes_with_its_thread_its_writer_and_its_time_to_the_microsecond() -> None:
    at = datetime.fromtimestamp(1795424400, UTC).replace(microsecond=200)
    ann = Member("slack:U0ANN", "Ann")
    assert heard() == Said(ROOM, "1795424400.000100", "1795424400.000200", ann, "Never.", at)


@pytest.mark.parametrize(
    "more",
    [
        {"thread_ts": None},  # the channel's own talk
        {"thread_ts": "1795424400.000200"},  # a parent
        {"user": "U0GADFLY"},
        {"user": "USLACKBOT"},
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"subtype": "channel_topic"},
        {"channel": "D0123"},
        {"text": "<@U0GADFLY> quote turnout"},
    ],
)
def test_what_is_no_persons_reply_is_none(more: dict[str, Any]) -> None:
    assert heard(**more) is None


OURS = {"user": "U0GADFLY", "bot_id": "B0GADFLY", "ts": "1795424400.000100"}
THEIRS = {**TOLD, "parent_user_id": "U0BEN"}
STONE = {"subtype": "tombstone", "user": "USLACKBOT", "ts": "1795424400.000100"}


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (TOLD, True),
        ({**TOLD, "parent_user_id": "U0GADFLY"}, True),
        (THEIRS, False),
        ({**TOLD, "thread_ts": TOLD["ts"]}, False),
        ({**OURS, "thread_ts": "1795424400.000050"}, False),
        ({"subtype": "message_changed", "message": TOLD, "previous_message": TOLD}, True),
        ({"subtype": "message_changed", "message": THEIRS, "previous_message": THEIRS}, False),
        ({"subtype": "message_changed", "message": OURS, "previous_message": OURS}, False),
        ({"subtype": "message_changed", "message": STONE, "previous_message": OURS}, True),
        ({"subtype": "message_changed", "message": STONE}, True),
        ({"subtype": "message_deleted", "deleted_ts": "1.2"}, True),
        ({"subtype": "message_deleted", "deleted_ts": "1.2", "previous_message": TOLD}, True),
        ({"subtype": "message_deleted", "deleted_ts": "1.2", "previous_message": OURS}, True),
        ({"subtype": "message_deleted", "deleted_ts": "1.2", "previous_message": THEIRS}, False),
        ({"subtype": "message_deleted", "deleted_ts": "1", "previous_message": {"ts": "1"}}, False),
    ],
)
def test_what_cannot_be_about_a_thread_of_ours_is_left_alone(
    event: dict[str, Any], expected: bool
) -> None:
    assert slack_events.near(event, ME) is expected


@pytest.mark.parametrize("subtype", ["thread_broadcast", "file_share", "me_message"])
def test_replies_come_in_several_kinds(subtype: str) -> None:
    assert isinstance(heard(subtype=subtype), Said)


def test_a_talk_about_gadfly_is_a_reply_like_every_other() -> None:
    for text in ("<@U0GADFLY> is wrong there", "I say <@U0GADFLY> quote me", "<@U0GADFLY>"):
        assert isinstance(heard(text=text), Said)


def changed(**now: Any) -> Said | Edited | Deleted | None:
    before = {**TOLD, "channel": None}
    message = {**before, "text": "Seldom.", "edited": {"user": "U0ANN", "ts": "1795424500.000000"}}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C0AGORA",
        "ts": "1795424500.000100",
        "message": {k: v for k, v in {**message, **now}.items() if v is not None},
        "previous_message": before,
    }
    return slack_events.heard(event, NAMES, ME)


def test_an_edit_has_the_time_of_the_edit() -> None:
    at = datetime.fromtimestamp(1795424500, UTC)
    assert changed() == Edited(ROOM, TOLD["ts"], "Seldom.", at, TOLD["thread_ts"])


def test_a_link_that_unfolds_is_no_edit() -> None:
    assert changed(edited=None) is None
    assert changed(text="Never.") is None  # edited before, unfolded now


def test_gravestones_and_deletions_are_deletions() -> None:
    gone = changed(subtype="tombstone", user="USLACKBOT", text="This message was deleted.")
    assert isinstance(gone, Deleted)
    assert gone.message == TOLD["ts"]
    deleted = heard(subtype="message_deleted", deleted_ts=TOLD["ts"], user=None)
    assert deleted == Deleted(ROOM, TOLD["ts"], slack_events.time(TOLD["event_ts"]))


def test_the_deletion_of_our_own_post_is_told() -> None:
    deleted = heard(
        subtype="message_deleted", deleted_ts="1.2", previous_message={"user": "U0GADFLY"}
    )
    assert isinstance(deleted, Deleted)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("<@U0BEN> and <@U0NEW>", "@Ben and @somebody"),
        ("<@U0BEN|ben>", "@ben"),
        ("<#C0123|general> <#C0123>", "#general #somebody"),
        ("<!here> <!channel> <!subteam^S0123|@team>", "@here @channel @team"),
        ("<https://x.org/a?b=c|a page> <https://x.org>", "a page https://x.org"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("<!date^1^{date}|tomorrow>", "tomorrow"),
        ("2 < 3 and x<y>z", "2 < 3 and x<y>z"),
    ],
)
def test_words_read_as_people_read_them(sent: str, read: str) -> None:
    assert slack_events.plain(sent, NAMES) == read


@given(st.text(max_size=300))
def test_any_text_can_be_read(sent: str) -> None:
    slack_events.plain(sent, NAMES)
    slack_events.command(sent, ME)


def mention(text: str, **more: Any) -> Asked | None:
    event = {**TOLD, "type": "app_mention", "text": text, **more}
    return slack_events.mentioned({k: v for k, v in event.items() if v is not None}, NAMES, ME)


def test_a_mention_is_a_command_in_its_thread() -> None:
    asked = mention("<@U0GADFLY>: /quote fair play")
    assert asked is not None
    assert (asked.command, asked.text, asked.thread) == ("quote", "fair play", TOLD["thread_ts"])
    asked = mention("<@U0GADFLY|gadfly> help")
    assert asked is not None
    assert (asked.command, asked.text) == ("gadfly", "help")


def test_a_mention_without_a_verb_asks_for_help_outside_and_is_talk_in_threads() -> None:
    asked = mention("<@U0GADFLY> what can you do?", thread_ts=None)
    assert asked is not None
    assert (asked.command, asked.text) == ("gadfly", "help")
    assert mention("<@U0GADFLY> what can you do?") is None


def test_only_a_bots_token_that_ends_means_gone() -> None:
    rooms, at = (ROOM,), datetime(2026, 11, 23, tzinfo=UTC)
    own = {"type": "tokens_revoked", "tokens": {"oauth": ["U0ANN"], "bot": []}}
    assert slack_events.removed(own, rooms, at) is None
    bots = {"type": "tokens_revoked", "tokens": {"bot": ["U0GADFLY"]}}
    for event in (bots, {"type": "app_uninstalled"}):
        gone = slack_events.removed(event, rooms, at)
        assert gone is not None
        assert gone.rooms == rooms
    one = slack_events.removed({"type": "channel_deleted", "channel": "C0STOA"}, rooms, at)
    assert one is not None
    assert one.rooms == (Room("slack", "C0STOA"),)
