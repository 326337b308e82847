"""The clocks: the machine's, and one that is moved by hand. Nobody else is asked for the time."""

from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's wall clock. It may jump either way; nothing may rely on its going forward."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class HandClock:
    """A clock that stands still until it is moved: for the demo week and for tests."""

    def __init__(self, at: datetime) -> None:
        self._at = _aware(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Point it at an aware instant, earlier or later."""
        self._at = _aware(at)

    def move(self, by: timedelta) -> None:
        """Move it on, or back by a negative span."""
        self._at += by


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} names no zone; a clock needs an aware instant")
    return at.astimezone(UTC)
