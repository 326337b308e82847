"""A press in one transaction: what is kept of it, and what it is answered."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.exchange import listen
from bot.ledger import Store
from bot.model import Debate, Member, Phase, Position, Reply, Room, Standing
from prompts.model import Stance

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLOSES = NOON + timedelta(minutes=60)
ROOM = Room("page", "agora")
PEOPLE = [Member(f"page:{name}", name.title()) for name in ("anna", "ben", "cem", "dee")]
ANNA, BEN = PEOPLE[:2]
MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
fresh = itertools.count()


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


async def opened(store: Store, id: str = "d") -> Debate:
    debate = Debate(id, "daily", ROOM, f"thread-{id}", {"key": id}, NOON, CLOSES)
    await store.open(debate)
    return debate


def step(member: Member, stance: Stance, at: float, reason: str | None = None) -> Position:
    return Position(member, stance, minutes(at), reason)


async def test_a_press_is_kept_and_answered_with_where_everybody_stands(store: Store) -> None:
    debate = await opened(store)
    await store.take("d", step(BEN, Stance.AGAINST, 1))
    taken = await store.take("d", step(ANNA, Stance.FOR, 2))
    assert taken is not None
    assert (taken.debate, taken.before, taken.over, taken.out) == (debate, None, False, False)
    counts = {Stance.FOR: 1, Stance.AGAINST: 1}
    assert taken.standing == Standing(counts, 0, Stance.FOR, Stance.FOR)
    again = await store.take("d", step(ANNA, Stance.TORN, 3, "It depends."))
    assert again is not None
    assert again.before is Stance.FOR
    counts = {Stance.TORN: 1, Stance.AGAINST: 1}
    assert again.standing == Standing(counts, 1, Stance.FOR, Stance.TORN)


async def test_a_press_is_not_kept_where_the_debate_is_over_or_the_member_out(
    store: Store,
) -> None:
    assert await store.take("nowhere", step(ANNA, Stance.FOR, 1)) is None
    await opened(store)
    late = await store.take("d", step(ANNA, Stance.FOR, 60))
    assert late is not None
    assert late.over
    await store.opt_out(BEN.id, minutes(1))
    out = await store.take("d", step(BEN, Stance.FOR, 2))
    assert out is not None
    assert (out.over, out.out) == (False, True)
    await store.set_phase("d", Phase.CLOSING, minutes(3))
    over = await store.take("d", step(ANNA, Stance.FOR, 3))
    assert over is not None
    assert over.over
    assert await store.positions("d") == ()


@pytest.mark.parametrize("phase", [Phase.CLOSING, Phase.CLOSED])
async def test_a_press_from_before_the_close_is_kept_however_late_it_comes(
    store: Store, phase: Phase
) -> None:
    await opened(store)
    await store.set_phase("d", phase, minutes(3))
    late = await store.take("d", step(ANNA, Stance.FOR, 2))
    assert late is not None
    assert not late.over
    assert [position.stance for position in await store.positions("d")] == [Stance.FOR]


async def test_presses_that_come_at_once_are_all_kept(store: Store) -> None:
    await opened(store)
    crowd = [Member(f"page:{n}", f"N{n}") for n in range(60)]
    presses = (store.take("d", step(one, Stance.FOR, n / 10)) for n, one in enumerate(crowd))
    taken = await asyncio.gather(*presses, store.take("nowhere", step(ANNA, Stance.FOR, 1)))
    assert taken.pop() is None
    assert len(await store.positions("d")) == 60
    counted = [one.standing.counts[Stance.FOR] for one in taken if one]
    assert (len(counted), max(counted)) == (60, 60)


steps = st.builds(
    step,
    st.sampled_from(PEOPLE),
    st.sampled_from(list(Stance)),
    st.integers(50, 65),
    st.sampled_from([None, "", "Since."]),
)
said = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["", " ", "So."]), st.integers(50, 65))


@MANY
@given(
    taken=st.lists(st.tuples(st.booleans(), steps), max_size=12),
    wrote=st.lists(st.tuples(st.booleans(), said), max_size=6),
)
async def test_the_counts_are_those_of_the_summary(
    store: Store,
    taken: list[tuple[bool, Position]],
    wrote: list[tuple[bool, tuple[Member, str, int]]],
) -> None:
    names = [f"{next(fresh)}", f"{next(fresh)}"]
    for name in names:
        await opened(store, name)
    for where, position in taken:
        await store.put_position(names[where], position)
    for n, (where, (member, text, at)) in enumerate(wrote):
        reply = Reply(ROOM, f"{names[0]}/{n}", member, text, minutes(at))
        await store.hear(f"thread-{names[where]}", reply)
    replies = [reply for name in names for reply in await store.replies(name)]
    positions = [position for name in names for position in await store.positions(name)]
    positions.sort(key=lambda position: (position.at, position.stance))
    exchange = listen(replies, positions, CLOSES)
    for member in PEOPLE:
        standing = await store.standing(names, member.id, CLOSES)
        assert {s: standing.counts.get(s, 0) for s in Stance} == exchange.counts()
        assert standing.writers == len(exchange.contributors)
        expected = exchange.first.get(member.id), exchange.last.get(member.id)
        assert (standing.first, standing.last) == expected
