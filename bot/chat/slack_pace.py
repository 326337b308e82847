"""How often Slack lets a method be called, and for how long it asked for a rest.

Its tiers are minimums a minute, with bursts that it does not describe: some may go at once here
and the rest at four fifths of that pace, so that no minute holds more than the tier names (#4).
What a person waits for, such as a window, is not held.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import Wrong
from bot.ports import Clock, Facts

# Calls a minute, as the methods' reference pages say; methods that are not here are not held.
A_MINUTE = {
    **dict.fromkeys(("chat.update", "reactions.add", "conversations.open"), 50),
    **dict.fromkeys(("conversations.history", "conversations.replies", "conversations.info"), 50),
    **dict.fromkeys(("conversations.members", "users.info"), 100),
    **dict.fromkeys(("files.getUploadURLExternal", "files.completeUploadExternal"), 100),
}
PACE = 0.8  # of what may be called in a minute
AT_ONCE = 0.24  # of a minute at that pace: with it, no minute holds more than the tier


@dataclass(slots=True)
class Turns:
    """Whose turn it is, method by method: each call moves the next one's turn."""

    following: dict[str, float] = field(default_factory=dict)

    def take(self, method: str, patience: float) -> float:
        """Seconds until the call's turn; the turn is not taken where that is above `patience`."""
        limit = A_MINUTE.get(method)
        if limit is None:
            return 0.0
        now, apart = asyncio.get_running_loop().time(), 60.0 / (limit * PACE)
        following = max(self.following.get(method, 0.0), now - AT_ONCE * 60.0)
        wait = max(0.0, following - now)
        if wait <= patience:
            self.following[method] = following + apart
        return wait

    def rest(self, method: str, seconds: float) -> None:
        """Slack asked for a rest: those who wait it out leave one at a time, and in no burst."""
        end = asyncio.get_running_loop().time() + seconds
        self.following[method] = max(self.following.get(method, 0.0), end)


Place = tuple[str, str]
"""A method, and a channel where each rests for itself; two empty ones are the whole token."""


@dataclass(slots=True)
class Rests:
    """Until when what rests, by the loop's clock.

    What Slack asks of one of several replicas, or of the process before, it asks of the app:
    after `share` they tell each other.
    """

    ends: dict[Place, float] = field(default_factory=dict)
    shelf: tuple[Facts, Clock] | None = None
    told: dict[Place, str] = field(default_factory=dict)  # as read or written last: heeded once

    def share(self, facts: Facts, clock: Clock) -> None:
        self.shelf = facts, clock

    def left(self, place: Place) -> float:
        now = asyncio.get_running_loop().time()
        return max(self.ends.get(place, 0.0), self.ends.get(("", ""), 0.0)) - now

    def begin(self, place: Place, seconds: float) -> None:
        ends = asyncio.get_running_loop().time() + seconds
        self.ends[place] = max(self.ends.get(place, 0.0), ends)

    async def tell(self, place: Place, seconds: float) -> None:
        """Slack asked us for one."""
        if self.shelf is not None:
            facts, clock = self.shelf
            ends = clock.now() + timedelta(seconds=seconds)
            self.told[place] = f"{ends.isoformat()} {seconds}"
            with suppress(Wrong):
                await facts.set_fact(_key(place), self.told[place])

    async def heed(self, place: Place) -> float:
        """The seconds of one that Slack asked somebody else for; 0 where it is no news."""
        if self.shelf is None:
            return 0.0
        facts, clock = self.shelf
        with suppress(Wrong):
            told = await facts.get_fact(_key(place))
            if told and told != self.told.get(place):
                self.told[place] = told
                ends, seconds = told.split()
                left = (datetime.fromisoformat(ends) - clock.now()).total_seconds()
                return min(left, float(seconds))  # whatever their clock says
        return 0.0


def _key(place: Place) -> str:
    return "slack/rest/" + "/".join(place)
