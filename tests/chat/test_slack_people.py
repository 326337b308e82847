"""Names and turns: asked for as often as Slack allows, and no more."""

import asyncio

import pytest
from chat.test_slack_calls import workspace
from emulators.slack import Fault, first

from bot.chat import slack_people
from bot.chat.slack_pace import A_MINUTE, Turns


async def test_a_rest_is_waited_out_and_the_name_told_then() -> None:
    async with workspace() as (slack, chat):
        slack.faults = first(("users.info", Fault(wait=1)))
        assert await chat._people.names(["U0ANN"], 0.1) == {}
        assert await chat._people.names(["U0ANN"], 3) == {"U0ANN": "Ann"}
        assert len(slack.made("users.info")) == 2


async def test_without_the_scope_for_it_slack_is_asked_once_an_hour_and_not_for_everybody() -> None:
    async with workspace() as (slack, chat):
        slack.scopes -= {"users:read"}
        for user in ("U0ANN", "U0BEN", "U0CEM", "U0ANN"):
            assert await chat._people.names([user], 1) == {}
        assert len(slack.made("users.info")) == 1
        slack.scopes |= {"users:read"}
        chat._people.shut, chat._people.known = 0.0, {}
        assert await chat._people.names(["U0ANN"], 1) == {"U0ANN": "Ann"}


async def test_a_class_of_new_people_is_asked_for_a_few_at_a_time() -> None:
    async with workspace() as (slack, chat):
        slack.users |= {f"U{n:04}": f"Person {n}" for n in range(20)}
        slack.faults = lambda method, _: Fault(slow=0.1) if method == "users.info" else None
        began = asyncio.get_running_loop().time()
        names = await chat._people.names([f"U{n:04}" for n in range(20)], 5)
        assert len(names) == 20
        assert asyncio.get_running_loop().time() - began >= 0.1 * 20 / slack_people.ABREAST


async def test_a_method_is_not_called_more_often_than_its_tier_allows() -> None:
    turns = Turns()
    waits = [turns.take("chat.update", 1e9) for _ in range(100)]
    at_once = sum(wait == 0 for wait in waits)
    within = sum(wait <= 60 for wait in waits)  # in the first minute, at once or later
    assert 0.9 * A_MINUTE["chat.update"] < within <= A_MINUTE["chat.update"]
    assert 60 * (100 - at_once) / 40 - 2 < waits[-1] < 60 * (100 - at_once) / 40 + 2
    # One that would have to wait for too long takes no turn.
    assert turns.take("chat.update", 4) > 4
    assert abs(turns.take("chat.update", 1e9) - waits[-1] - 1.5) < 0.1
    assert turns.take("views.open", 0) == 0


async def test_whoever_waits_out_a_rest_leaves_one_at_a_time() -> None:
    turns = Turns()
    turns.rest("users.info", 5)
    first, *others = [turns.take("users.info", 1e9) for _ in range(4)]
    assert 4.5 < first <= 5
    assert [round(wait - first, 1) for wait in others] == pytest.approx([0.75, 1.5, 2.25], abs=0.1)
