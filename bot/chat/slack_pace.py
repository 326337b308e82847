"""How often Slack lets a method be called, pure but for the loop's clock.

Its tiers are minimums a minute, with bursts that it does not describe: some may go at once here
and the rest at four fifths of that pace, so that no minute holds more than the tier names (#4).
What a person waits for, such as a window, is not held.
"""

import asyncio
from dataclasses import dataclass, field

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
