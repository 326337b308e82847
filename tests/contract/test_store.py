"""The store as the core knows it, the same on SQLite and PostgreSQL."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from waiting import until

from bot.lease import Lease
from bot.ledger import Store as Port
from bot.ledger import StoreError
from bot.model import (
    UNNAMED,
    Debate,
    Effect,
    Mark,
    Marked,
    Member,
    Phase,
    Position,
    Reply,
    Room,
    State,
)
from bot.store import outbox
from bot.store.engine import Database, connect, read_url
from bot.store.store import Store
from bot.store.tables import replies
from prompts.deck import Used
from prompts.model import Stance

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROOM = Room("page", "agora")
ANNA, BEN = Member("page:anna", "Anna"), Member("page:ben", "Ben")
SOON, LEASE = NOON + timedelta(seconds=1), NOON + timedelta(seconds=60)
# One store serves all examples of a property; each example has its own debate and messages.
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
fresh = itertools.count()


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def effect(key: str = "prompt/daily/2026-11-23", **changes: Any) -> Effect:
    made = Effect(key, "prompt", "daily", ROOM, NOON, minutes(60), {"prompt": {"key": key}})
    return replace(made, **changes)


def deals(key: str) -> Used:
    return Used(key, "digest", 10, 20)


def debate(id: str = "d", **changes: Any) -> Debate:
    made = Debate(id, "daily", ROOM, f"thread-{id}", {"key": id}, NOON, minutes(60))
    return replace(made, **changes)


def reply(message: str = "m", text: str = "I doubt it.", **changes: Any) -> Reply:
    return replace(Reply(ROOM, message, ANNA, text, NOON), **changes)


async def words(store: Port, id: str = "d") -> list[str]:
    return [reply.text for reply in await store.replies(id)]


def test_it_is_the_store_that_the_core_asks_for(store: Store) -> None:
    port: Port = store
    assert port


# The outbox.


async def test_an_effect_is_planned_once(store: Store) -> None:
    assert await store.plan(effect())
    assert not await store.plan(effect(payload={"prompt": {"key": "another"}}))
    assert await store.effect(effect().key) == effect()


async def test_ten_at_once_plan_an_effect_once(store: Store) -> None:
    planned = await asyncio.gather(*(store.plan(effect()) for _ in range(10)))
    assert sorted(planned) == [False] * 9 + [True]


async def test_what_is_due_is_claimed_oldest_first_and_no_more_than_asked_for(store: Store) -> None:
    for key, due in (("third", 2.5), ("late", 3), ("second", 2), ("first", 1)):
        await store.plan(effect(key, due=minutes(due)))
    claimed = await store.claim(minutes(2.5), "me", LEASE, limit=2)
    assert [(e.key, e.state, e.owner, e.lease, e.attempt) for e in claimed] == [
        ("first", State.SENDING, "me", LEASE, 1),
        ("second", State.SENDING, "me", LEASE, 1),
    ]
    assert [e.key for e in await store.claim(minutes(2.5), "you", LEASE)] == ["third"]
    assert await store.claim(minutes(2.5), "me", LEASE) == ()


async def test_a_kind_may_be_left_out_of_what_is_claimed(store: Store) -> None:
    await store.plan(effect("first"))
    await store.plan(replace(effect("second"), kind="thread"))
    assert [e.key for e in await store.claim(NOON, "me", LEASE, but="thread")] == ["first"]
    assert [e.key for e in await store.claim(NOON, "me", LEASE)] == ["second"]


async def test_only_the_owner_settles_and_only_once(store: Store) -> None:
    await store.plan(effect())
    key = effect().key
    assert not await store.settle(key, "me", State.SENT, SOON)
    await store.claim(NOON, "me", LEASE)
    assert not await store.settle(key, "you", State.SENT, SOON, message="1")
    assert await store.settle(key, "me", State.SENT, SOON, message="2")
    assert not await store.settle(key, "me", State.SENT, SOON, message="3")
    sent = await store.effect(key)
    assert sent is not None
    assert (sent.state, sent.message, sent.settled, sent.lease) == (State.SENT, "2", SOON, None)


async def test_a_retry_waits_for_its_time_and_belongs_to_nobody(store: Store) -> None:
    await store.plan(effect())
    await store.claim(NOON, "me", LEASE)
    key = effect().key
    assert await store.settle(key, "me", State.PENDING, SOON, why="slow down", due=minutes(5))
    waiting = await store.effect(key)
    assert waiting is not None
    assert (waiting.owner, waiting.settled, waiting.why) == (None, None, "slow down")
    assert await store.claim(minutes(4), "me", LEASE) == ()
    assert [e.attempt for e in await store.claim(minutes(5), "you", minutes(6))] == [2]


async def test_what_waits_for_a_reason_that_is_gone_need_not_wait(store: Store) -> None:
    elsewhere = Room("page", "elsewhere")
    whys = {"a": "shut", "b": "slow down", "c": "shut"}
    for key, why in whys.items():
        await store.plan(effect(key, room=elsewhere if key == "c" else ROOM))
        await store.claim(SOON, "me", minutes(2))
        await store.settle(key, "me", State.PENDING, SOON, why=why, due=minutes(5))
    await store.wake(ROOM, "shut")
    assert [e.key for e in await store.claim(minutes(1), "she", minutes(9))] == ["a"]
    assert {e.key for e in await store.claim(minutes(6), "she", minutes(9))} == {"b", "c"}


async def test_a_lapsed_lease_leaves_a_doubt_whose_quiet_period_starts_now(store: Store) -> None:
    await store.plan(effect())
    await store.claim(NOON, "me", LEASE)
    assert await store.claim_doubt(LEASE, "you", minutes(9), LEASE) == ()
    assert [e.state for e in await store.effects()] == [State.SENDING]
    assert await store.claim_doubt(minutes(1), "you", minutes(9), minutes(2)) == ()
    [lapsed] = await store.effects()
    assert (lapsed.state, lapsed.settled, lapsed.lease) == (State.DOUBT, minutes(2), None)
    assert await store.claim_doubt(minutes(1.9), "you", minutes(9), minutes(3)) == ()
    [ours] = await store.claim_doubt(minutes(2), "you", minutes(9), minutes(3))
    assert (ours.state, ours.owner, ours.lease) == (State.DOUBT, "you", minutes(9))


async def test_what_was_being_sent_is_in_doubt_once_its_sender_is_no_more(store: Store) -> None:
    for key in ("sending", "waiting"):
        await store.plan(effect(key, due=NOON if key == "sending" else SOON))
    await store.claim(NOON, "me", LEASE)
    await store.abandon(SOON)
    states = {e.key: (e.state, e.settled, e.lease) for e in await store.effects()}
    assert states["sending"] == (State.DOUBT, SOON, None)
    assert states["waiting"] == (State.PENDING, None, None)
    assert not await store.claim_doubt(NOON, "you", LEASE, SOON)
    assert await store.claim_doubt(SOON, "you", LEASE, SOON)


async def test_the_next_moment_is_that_of_a_claim_of_a_look_or_of_a_close(store: Store) -> None:
    quiet = timedelta(minutes=1)
    assert await store.next_due(NOON, quiet) is None
    await store.open(debate(closes=minutes(9)))
    assert await store.next_due(NOON, quiet) == minutes(9)
    assert await store.next_due(minutes(9), quiet) is None
    await store.plan(effect(due=minutes(3)))
    assert await store.next_due(NOON, quiet) == minutes(3)
    await store.claim(minutes(3), "me", minutes(4))
    assert await store.next_due(minutes(3), quiet) == minutes(4)  # when its lease lapses
    await store.settle(effect().key, "me", State.PENDING, minutes(3), due=minutes(7))
    assert await store.next_due(minutes(3), quiet) == minutes(7)
    await store.claim(minutes(7), "me", minutes(8))
    await store.settle(effect().key, "me", State.DOUBT, minutes(7.5))
    assert await store.next_due(minutes(7.5), quiet) == minutes(8.5)
    await store.claim_doubt(minutes(8.5), "me", minutes(8.8), minutes(8.6))
    assert await store.next_due(minutes(8.6), quiet) == minutes(8.8)
    await store.settle(effect().key, "me", State.SENT, minutes(8.7))
    assert await store.next_due(minutes(8.7), quiet) == minutes(9)
    await store.set_phase(debate().id, Phase.CLOSING, minutes(8.7))
    assert await store.next_due(minutes(8.7), quiet) is None


async def test_a_doubt_has_one_owner_until_its_lease_has_passed(store: Store) -> None:
    await store.plan(effect())
    await store.claim(NOON, "me", LEASE)
    key = effect().key
    await store.settle(key, "me", State.DOUBT, NOON, why="no answer")
    assert await store.claim_doubt(minutes(1), "you", minutes(3), minutes(2))
    assert not await store.claim_doubt(minutes(1), "she", minutes(4), minutes(2.5))
    assert await store.claim_doubt(minutes(1), "she", minutes(5), minutes(3.5))
    assert not await store.settle(key, "you", State.PENDING, minutes(4))
    assert await store.settle(key, "she", State.PENDING, minutes(4))
    assert [e.due for e in await store.claim(minutes(4), "me", minutes(5))] == [NOON]


async def test_a_thawed_sender_is_heard_until_another_takes_over(store: Store) -> None:
    for key in ("heard", "too late"):
        await store.plan(effect(key))
    await store.claim(NOON, "me", LEASE)
    await store.claim_doubt(minutes(1), "you", minutes(9), minutes(2))
    assert await store.settle("heard", "me", State.SENT, minutes(3), message="1")
    await store.claim_doubt(minutes(2), "you", minutes(9), minutes(3))
    assert not await store.settle("too late", "me", State.SENT, minutes(4), message="2")


async def test_racing_claimants_never_get_the_same_effect(url: str, store: Store) -> None:
    for number in range(120):
        await store.plan(effect(f"{number:03}"))
    claimants = [claimant(url, f"owner-{number}") for number in range(4)]
    got = list(itertools.chain(*await asyncio.gather(*claimants)))
    assert sorted(got) == [f"{number:03}" for number in range(120)]


async def claimant(url: str, owner: str) -> list[str]:
    """Claims with connections of its own until nothing is left, as another replica would."""
    async with replica(url) as database:
        keys: list[str] = []
        while True:
            claimed = await database.run(lambda conn: outbox.claim(conn, NOON, owner, LEASE, 7))
            if not claimed:
                return keys
            keys += [effect.key for effect in claimed]


@asynccontextmanager
async def replica(url: str) -> AsyncIterator[Database]:
    database = connect(read_url(url), 5.0)
    yield database
    await database.close()


async def test_effects_are_found_by_what_is_given(store: Store) -> None:
    await store.plan(effect("a", debate="d", kind="summary"))
    await store.plan(effect("b", due=minutes(1), schedule="ethics"))
    await store.claim(minutes(1), "me", LEASE, limit=1)

    async def keys(**wanted: Any) -> list[str]:
        return [effect.key for effect in await store.effects(**wanted)]

    assert await keys() == ["a", "b"]
    assert await keys(debate="d") == await keys(kind="summary") == ["a"]
    assert await keys(schedule="ethics") == await keys(since=minutes(1)) == ["b"]
    assert await keys(state=State.PENDING) == ["b"]
    assert await keys(debate="d", schedule="ethics") == []
    assert await store.effect("c") is None


# Debates.


async def test_a_debate_is_opened_once_and_found_by_id_thread_and_room(store: Store) -> None:
    older = debate("old", opened=minutes(-5))
    assert await store.open(debate())
    assert not await store.open(debate(thread="elsewhere"))
    assert await store.open(older)
    assert await store.debate("d") == await store.latest(ROOM) == debate()
    assert await store.debate_of(ROOM, "thread-old") == older
    assert await store.debates() == (older, debate())
    assert await store.debates(room=Room("page", "b")) == await store.debates(schedule="b") == ()
    assert await store.debate("x") is None
    assert await store.latest(Room("page", "b")) is None


async def test_a_debate_moves_on_and_never_back(store: Store) -> None:
    await store.open(debate())
    assert await store.set_phase("d", Phase.CLOSING, minutes(1))
    assert not await store.set_phase("d", Phase.CLOSING, minutes(2))
    assert await store.set_phase("d", Phase.CLOSED, minutes(3))
    assert not await store.set_phase("d", Phase.OPEN, minutes(4))
    assert not await store.set_phase("d", Phase.CLOSED, minutes(5))
    assert await store.debates(phase=Phase.CLOSED) == (
        debate(phase=Phase.CLOSED, closed=minutes(1)),
    )
    assert await store.debates(phase=Phase.OPEN) == ()


async def test_what_closed_lately_is_found_the_last_first(store: Store) -> None:
    for number, name in enumerate("abc"):
        await store.open(debate(name))
        await store.set_phase(name, Phase.CLOSED, minutes(number))
    await store.open(debate("open"))
    assert [d.id for d in await store.closed(minutes(1), 9)] == ["c", "b"]
    assert [d.id for d in await store.closed(minutes(0), 2)] == ["c", "b"]


async def keys(store: Store, room: Room = ROOM) -> list[str]:
    return sorted(key for key, *_ in await store.history(room))


async def test_history_holds_what_was_posted_and_what_may_yet_be(store: Store) -> None:
    for number, key in enumerate(("sent", "skipped", "refused", "planned")):
        assert await store.plan(effect(key, due=minutes(number - 5)), deals(key))
        assert not await store.plan(effect(key), deals("another"))
    await store.plan(effect("b", room=Room("page", "b")), deals("b"))
    await store.plan(effect("summary", kind="summary"))
    assert await keys(store) == ["planned", "refused", "sent", "skipped"]
    await store.claim(NOON, "me", LEASE)
    await store.settle("skipped", "me", State.SKIPPED, SOON)
    await store.settle("refused", "me", State.REFUSED, SOON)
    await store.settle("sent", "me", State.SENT, SOON)
    await store.settle("planned", "me", State.PENDING, SOON)
    assert await keys(store) == ["planned", "sent"]
    assert await keys(store, Room("page", "b")) == ["b"]
    assert list(await store.history(Room("page", "b"))) == [deals("b")]


async def test_what_was_posted_stays_in_history_though_nobody_could_look_it_up(
    store: Store,
) -> None:
    await store.plan(effect("d"), deals("d"))
    await store.claim(NOON, "me", LEASE)
    await store.open(debate("d"))
    assert await store.settle("d", "me", State.SKIPPED, SOON, why="no answer for a week")
    assert await keys(store) == ["d"]


async def test_what_was_passed_over_is_in_history_once_for_each_decision(store: Store) -> None:
    for event in ("Ev1", "Ev1", "Ev2"):
        await store.pass_over(ROOM, event, NOON, deals(event))
    assert await keys(store) == ["Ev1", "Ev2"]
    await store.leave([ROOM])
    assert await keys(store) == []


# What members say.


@st.composite
def life(draw: st.DrawFn) -> list[tuple[str, str, float]]:
    """The events of one message's life, in the order in which they came in, some of them twice."""
    edits = draw(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=3))
    events = [("say", "first", 0.0), *(("edit", text, float(at)) for text, at in edits)]
    if edits and draw(st.booleans()):  # the thread, read again
        text, at = draw(st.sampled_from(edits))
        events.append(("read", text, float(at)))
    if draw(st.booleans()):
        events.append(("drop", "", 4.0))
    again = draw(st.lists(st.sampled_from(events), max_size=2))
    return draw(st.permutations(events + again))


async def tell(store: Store, id: str, event: tuple[str, str, float]) -> None:
    kind, text, at = event
    if kind == "drop":
        await store.drop_reply(ROOM, id, minutes(at))
    elif kind == "edit":
        await store.edit_reply(ROOM, id, text, minutes(at))
    else:
        edited = minutes(at) if kind == "read" else None
        await store.hear(f"thread-{id}", reply(id, text, edited=edited))


@MANY
@given(events=life())
async def test_any_order_of_events_ends_in_the_same_state(
    store: Store, events: list[tuple[str, str, float]]
) -> None:
    id = f"debate-{next(fresh)}"
    await store.open(debate(id))
    for event in events:
        await tell(store, id, event)
    edits = [(at, text) for kind, text, at in events if kind in ("edit", "read")]
    at, text = max(edits, default=(None, "first"))
    edited = None if at is None else minutes(at)
    gone = any(kind == "drop" for kind, _, _ in events)
    expected = () if gone else (reply(id, text, edited=edited),)
    assert await store.replies(id) == expected


async def test_what_is_older_than_what_is_stored_changes_nothing(store: Store) -> None:
    await store.open(debate())
    assert await store.hear("thread-d", reply(text="now", edited=minutes(2)))
    assert not await store.hear("thread-d", reply(text="before", edited=minutes(1)))
    assert not await store.hear("thread-d", reply(text="at first"))
    assert await store.edit_reply(ROOM, "m", "before", minutes(1)) is None
    assert await words(store) == ["now"]
    assert await store.edit_reply(ROOM, "m", "later", minutes(3)) == debate()
    assert await words(store) == ["later"]


async def test_what_a_reply_answers_stays_through_edits_and_leaves_with_it(store: Store) -> None:
    await store.open(debate())
    told = reply(text="as told", answers="first")
    await store.hear("thread-d", told)
    await store.edit_reply(ROOM, "m", "edited", minutes(1))
    edited = replace(told, text="edited", edited=minutes(1))
    assert await store.replies("d") == (edited,)
    await store.put_replies("d", [replace(edited, text="shown", edited=minutes(2))])
    assert [r.answers for r in await store.replies("d")] == ["first"]
    [held] = cast(Sequence[dict[str, object]], (await store.held(ANNA.id))["replies"])
    assert held["answers"] == "first"
    await store.hear("thread-d", reply("other", member=BEN, answers="m"))
    await store.drop_reply(ROOM, "m", minutes(3))
    await store.erase(BEN.id, minutes(3))
    left = await store._db.read(lambda conn: conn.scalars(select(replies.c.answers)).all())
    assert left == [None, None]


@pytest.mark.parametrize("edited", [None, minutes(1)])
async def test_a_reply_that_is_shown_again_is_back(store: Store, edited: datetime | None) -> None:
    # A platform may show late what it told at once, or skip one between two pages (#5).
    await store.open(debate())
    said = reply(text="as it was", edited=edited)
    await store.hear("thread-d", said)
    await store.drop_reply(ROOM, "m", None)
    assert not await store.hear("thread-d", said)  # told again late, it may be gone all the same
    assert await store.hear("thread-d", said) is None
    assert await store.put_replies("d", [said]) == 1
    assert await store.replies("d") == (said,)
    assert await store.put_replies("d", [said]) == 0


async def test_a_reply_whose_deletion_was_told_is_not_back_by_an_old_reading(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply())
    await store.drop_reply(ROOM, "m", minutes(1))
    assert await store.put_replies("d", [reply()]) == 0
    await store.erase(ANNA.id, minutes(2))
    assert await store.put_replies("d", [reply()]) == 0
    assert await store.replies("d") == ()


async def test_a_reply_that_was_deleted_stays_deleted(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply())
    assert await store.drop_reply(ROOM, "m", None) == debate()
    assert await store.drop_reply(ROOM, "m", minutes(1)) is None
    assert not await store.hear("thread-d", reply(edited=minutes(9)))
    assert await store.edit_reply(ROOM, "m", "again", minutes(9)) is None
    assert await store.replies("d") == ()
    assert await store.ids("d") == frozenset()
    assert (await store.held(ANNA.id))["replies"] == []


async def test_replies_come_oldest_first_under_the_latest_name(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply("2", at=minutes(2)))
    await store.hear("thread-d", reply("1", at=minutes(1), member=BEN))
    renamed = Member(ANNA.id, "Anna K.")
    await store.remember(renamed)
    assert [(r.message, r.member) for r in await store.replies("d")] == [("1", BEN), ("2", renamed)]
    assert await store.ids("d") == {"1", "2"}


async def test_a_name_that_is_not_told_takes_the_place_of_none(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply("1"))
    await store.hear("thread-d", reply("2", member=Member(ANNA.id, UNNAMED)))
    await store.hear("thread-d", reply("3", member=Member("test:new", UNNAMED)))
    assert {r.member.name for r in await store.replies("d")} == {ANNA.name, UNNAMED}


async def test_what_is_only_noted_is_there_for_whoever_reads_next(store: Store) -> None:
    await store.open(debate())
    assert await store.hear("thread-d", reply("2")) == await store.debate("d")
    assert [r.message for r in await store.replies("d")] == ["2"]


async def test_many_replies_are_kept_as_one_by_one(store: Store) -> None:
    await store.open(debate())
    await store.drop_reply(ROOM, "gone", None)
    old = reply("twice", "old", edited=minutes(1))
    many = [reply("gone"), reply("kept"), replace(old, text="new", edited=minutes(2)), old]
    assert await store.put_replies("d", many) == 2
    assert await store.put_replies("d", many) == await store.put_replies("d", []) == 0
    assert {r.message: r.text for r in await store.replies("d")} == {
        "kept": "I doubt it.",
        "twice": "new",
    }


@MANY
@given(text=st.text(st.characters(codec=None)))
async def test_any_text_can_be_said(store: Store, text: str) -> None:
    assume(text != UNNAMED)
    id = f"text-{next(fresh)}"
    await store.open(debate(id))
    assert await store.hear(f"thread-{id}", reply(id, text, member=Member("page:odd", text)))
    [kept] = await store.replies(id)
    storable = "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
    assert kept.text == kept.member.name == storable


async def test_a_reply_to_no_debate_is_the_callers_mistake_in_one_line(store: Store) -> None:
    with pytest.raises(StoreError, match="open the debate") as caught:
        await store.put_replies("nowhere", [reply(text="secret")])
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_stances_keep_their_history_and_ignore_repetition(store: Store) -> None:
    await store.open(debate())
    first = Position(ANNA, Stance.FOR, minutes(2), "It works.")
    assert await store.put_position("d", first)
    assert not await store.put_position("d", first)
    assert await store.put_position("d", Position(ANNA, Stance.TORN, minutes(1)))
    assert await store.put_position("d", Position(BEN, Stance.AGAINST, minutes(3)))
    stances = [position.stance for position in await store.positions("d")]
    assert stances == [Stance.TORN, Stance.FOR, Stance.AGAINST]
    assert (await store.positions("d"))[1] == first


async def test_a_decision_about_words_is_kept_once_and_can_be_taken_back(store: Store) -> None:
    await store.open(debate())
    unnamed, heard = Mark(Marked.UNNAMED, ANNA.id), Mark(Marked.HEARD, "m")
    assert await store.put_mark("d", unnamed, NOON)
    assert not await store.put_mark("d", unnamed, minutes(1))
    assert await store.put_mark("d", heard, NOON)
    assert await store.marks("d") == {unnamed, heard}
    assert await store.drop_mark("d", heard)
    assert not await store.drop_mark("d", heard)
    assert (await store.held(ANNA.id))["marks"] == [
        {"debate": "d", "kind": "unnamed", "at": NOON.isoformat()}
    ]
    await store.erase(ANNA.id, minutes(2))
    assert await store.marks("d") == frozenset()
    assert not await store.put_mark("d", unnamed, minutes(1))


# What members may ask for.


def shared(key: str, member: Member) -> Effect:
    signed = {"quotations": [{"text": "q"}], "member": member.id, "name": member.name}
    return effect(key, kind="share", payload=signed)


async def test_what_a_member_shared_is_held_and_loses_their_name_when_they_are_erased(
    store: Store,
) -> None:
    await store.plan(shared("share/1", ANNA))
    await store.plan(shared("share/2", BEN))
    rows = (await store.held(ANNA.id))["shared"]
    assert rows == [{"room": str(ROOM), "message": None, "due": NOON.isoformat()}]
    await store.erase(ANNA.id, minutes(1))
    payloads = [e.payload for e in await store.effects(kind="share")]
    assert payloads == [{"quotations": [{"text": "q"}]}, shared("share/2", BEN).payload]


async def test_who_shared_what_long_ago_is_not_kept(store: Store) -> None:
    await store.plan(shared("share/1", ANNA))
    await store.claim(SOON, "us", LEASE)
    await store.settle("share/1", "us", State.SENT, SOON, message="m")
    assert await store.purge(NOON) == 0
    assert await store.purge(minutes(1)) == 1
    (post,) = await store.effects(kind="share")
    assert (post.payload, post.message) == ({}, "m")


async def test_who_opts_out_is_erased_and_not_kept_any_more(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply())
    await store.hear("thread-d", reply("b", member=BEN))
    await store.put_position("d", Position(ANNA, Stance.FOR, NOON))
    assert await store.opt_out(ANNA.id, minutes(1)) == ("d",)
    assert await store.opted_out(ANNA.id)
    assert not await store.hear("thread-d", reply("late", at=minutes(2)))
    assert not await store.put_position("d", Position(ANNA, Stance.FOR, minutes(2)))
    await store.remember(ANNA)
    nothing = {"name": None, "replies": [], "positions": [], "marks": [], "shared": []}
    assert await store.held(ANNA.id) == {"member": ANNA.id, "opted_out": True, **nothing}
    assert await store.ids("d") == {"b"}
    assert await store.positions("d") == ()


async def test_who_opts_in_again_is_kept_from_then_on(store: Store) -> None:
    await store.open(debate())
    await store.opt_in(ANNA.id, minutes(1))  # never was out
    assert await store.hear("thread-d", reply("before"))
    await store.opt_out(ANNA.id, minutes(1))
    await store.hear("thread-d", reply("meanwhile", at=minutes(2)))
    await store.opt_in(ANNA.id, minutes(3))
    assert not await store.opted_out(ANNA.id)
    for message, at in (("before", 0), ("meanwhile", 2), ("unseen", 2.5), ("after", 4)):
        await store.hear("thread-d", reply(message, at=minutes(at)))
    assert await store.ids("d") == {"after"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_an_edit_by_one_who_opted_out_is_not_kept_either(
    store: Store, order: tuple[int, int]
) -> None:
    await store.open(debate())
    await store.opt_out(ANNA.id, NOON)
    for step in order:
        await tell(store, "d", [("say", "mine", 0.0), ("edit", "mine", 1.0)][step])
    assert await store.hear("thread-d", reply("d", member=BEN)) is None  # its text went with it
    assert await store.replies("d") == ()


async def test_erasing_leaves_nothing_and_nothing_old_comes_back(store: Store) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply())
    await store.hear("thread-d", reply("b", member=BEN))
    await store.put_position("d", Position(ANNA, Stance.FOR, NOON, "Because."))
    before = await store.held(ANNA.id)
    assert before["replies"] == [
        {
            "debate": "d",
            "room": "page:agora",
            "message": "m",
            "answers": None,
            "text": "I doubt it.",
            "at": NOON.isoformat(),
            "edited": None,
        }
    ]
    assert await store.erase(ANNA.id, minutes(1)) == ("d",)
    assert await store.erase(ANNA.id, minutes(1)) == ()
    again = [reply(), reply("unseen"), reply("b", member=BEN), reply("new", at=minutes(2))]
    await store.put_replies("d", again)  # the thread, read again
    assert await store.ids("d") == {"b", "new"}
    assert not await store.opted_out(ANNA.id)


async def test_one_who_opted_out_and_is_erased_stays_out(store: Store) -> None:
    await store.opt_out(ANNA.id, NOON)
    await store.erase(ANNA.id, minutes(1))
    assert await store.opted_out(ANNA.id)


async def test_erasing_empties_what_was_posted_of_their_debates_but_not_the_prompt(
    store: Store,
) -> None:
    await store.open(debate())
    await store.hear("thread-d", reply())
    await store.plan(effect("d", debate="d"))
    await store.plan(effect("s", debate="d", kind="summary", payload={"said": "I doubt it."}))
    await store.claim(NOON, "me", LEASE)
    for key in ("d", "s"):
        await store.settle(key, "me", State.SENT, SOON)
    await store.plan(effect("next", debate="d", kind="edit/summary", payload={"of": "d"}))
    await store.erase(ANNA.id, minutes(1))
    payloads = {effect.key: effect.payload for effect in await store.effects()}
    assert payloads == {"d": {"prompt": {"key": "d"}}, "s": {}, "next": {"of": "d"}}


async def test_words_kept_by_one_replica_do_not_outlive_an_erasure_by_another(
    postgres: str,
) -> None:
    first, second = await Store.at(postgres), await Store.at(postgres)
    for number in range(30):
        id, member = f"race-{next(fresh)}", Member(f"page:{number}", "A racer")
        await first.open(debate(id))
        said = [first.hear(f"thread-{id}", reply(f"{id}-{n}", member=member)) for n in range(3)]
        await asyncio.gather(*said[:2], second.opt_out(member.id, minutes(1)), said[2])
        assert await second.ids(id) == frozenset()
        assert (await first.held(member.id))["name"] is None
    await asyncio.gather(first.close(), second.close())


async def test_retention_erases_what_was_said_in_old_debates(store: Store) -> None:
    old = debate("old", closes=minutes(-60), phase=Phase.CLOSED, closed=minutes(-59))
    for kept in (old, debate("forgotten", closes=minutes(-60)), debate()):
        await store.open(kept)
    for id in ("old", "forgotten", "d"):
        await store.hear(f"thread-{id}", reply(id, member=BEN if id == "old" else ANNA))
    await store.put_position("old", Position(BEN, Stance.FOR, NOON))
    await store.seen("long ago", minutes(-60))
    assert await store.purge(minutes(-30)) == 3
    assert await words(store, "old") == await words(store, "forgotten") == []
    assert await words(store, "d") == ["I doubt it."]
    assert (await store.held(BEN.id))["name"] is None
    assert await store.debate("old") == old
    assert await store.seen("long ago", NOON)


# Odds and ends.


async def test_an_event_is_seen_the_first_time_only(store: Store) -> None:
    assert await store.seen("e1", NOON)
    assert not await store.seen("e1", SOON)
    assert await store.seen("e2", SOON)


async def test_a_fact_is_what_it_was_set_to_last(store: Store) -> None:
    assert await store.get_fact("mark") is None
    await store.set_fact("mark", "1")
    await store.set_fact("mark", "2")
    assert await store.get_fact("mark") == "2"


async def test_a_fact_is_swapped_by_one_of_those_who_saw_it(store: Store) -> None:
    async def five(old: str | None) -> list[bool]:
        swaps = (store.swap_fact("listens", old, f"{old}{n}") for n in range(5))
        return sorted(await asyncio.gather(*swaps))

    assert await five(None) == [False] * 4 + [True]
    seen = await store.get_fact("listens")
    assert await five(seen) == [False] * 4 + [True]
    assert not await store.swap_fact("listens", seen, "late")
    assert not await store.swap_fact("nothing", "something", "else")
    assert await store.get_fact("nothing") is None


async def test_of_two_replicas_one_holds_a_lease_and_the_other_takes_over(store: Store) -> None:
    busy: list[str] = []

    async def working(name: str) -> None:
        busy.append(name)
        await asyncio.Event().wait()

    def replica(name: str) -> "asyncio.Task[None]":
        return asyncio.create_task(Lease(store, "it", name, 4.0).during(partial(working, name)))

    first = replica("a")
    await until(lambda: busy)
    second = replica("b")
    await asyncio.sleep(0.5)
    assert busy == ["a"]
    first.cancel()
    await until(lambda: busy == ["a", "b"])
    second.cancel()
    await asyncio.wait({first, second})


async def test_times_come_back_in_utc_and_naive_ones_are_refused(store: Store) -> None:
    berlin = timezone(timedelta(hours=2))
    await store.plan(effect(due=datetime(2026, 7, 1, 9, 30, tzinfo=berlin)))
    planned = await store.effect(effect().key)
    assert planned is not None
    assert planned.due.isoformat() == "2026-07-01T07:30:00+00:00"
    with pytest.raises(ValueError, match="aware"):
        await store.plan(effect("naive", due=datetime(2026, 7, 1)))  # noqa: DTZ001 - the point


# Leaving a room.


async def test_a_room_that_gadfly_left_takes_everything_said_there_with_it(store: Store) -> None:
    stoa = Room("page", "stoa")
    for id, room, who in (("here", ROOM, ANNA), ("there", stoa, BEN)):
        await store.open(debate(id, room=room))
        await store.plan(effect(f"summary/{id}", room=room, debate=id))
        await store.hear(f"thread-{id}", reply(f"m-{id}", room=room, member=who))
        await store.put_position(id, Position(who, Stance.FOR, SOON))
    assert await store.leave([ROOM]) == 1
    assert await store.leave([ROOM]) == 0
    assert [d.id for d in await store.debates()] == ["there"]
    assert [e.key for e in await store.effects()] == ["summary/there"]
    assert (await store.held(ANNA.id))["name"] is None
    assert (await store.held(BEN.id))["name"] == "Ben"
    assert await words(store, "there") == ["I doubt it."]
