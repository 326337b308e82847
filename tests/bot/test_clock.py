"""The machine's clock, and the one that is moved by hand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import HandClock, SystemClock
from bot.ports import Clock

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)


def test_both_clocks_tell_an_aware_time_in_utc() -> None:
    clocks: list[Clock] = [SystemClock(), HandClock(NINE)]
    assert [clock.now().tzinfo for clock in clocks] == [UTC, UTC]


def test_the_machines_clock_goes() -> None:
    assert abs(SystemClock().now().timestamp() - datetime.now(UTC).timestamp()) < 5


def test_a_hand_clock_stands_still_until_it_is_moved_either_way() -> None:
    clock = HandClock(NINE)
    assert clock.now() == clock.now() == NINE
    clock.move(timedelta(hours=2))
    assert clock.now().hour == 11
    clock.move(timedelta(days=-1))
    assert clock.now().day == 3
    clock.set(NINE.astimezone(timezone(timedelta(hours=5))))
    assert clock.now().isoformat() == "2026-05-04T09:00:00+00:00"


def test_a_hand_clock_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="names no zone"):
        HandClock(NINE.replace(tzinfo=None))
