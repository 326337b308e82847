"""How often Slack lets itself be called: by method in the workspace, for posts by channel as well.

Tiers are kept to the letter, as calls within any minute, and not a call more: Slack grants more at
times and does not say when. Refused calls count for nothing.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import NamedTuple

from emulators.slack_shapes import METHODS


class Limit(NamedTuple):
    calls: int
    seconds: float


POST = "chat.postMessage"
IN_A_CHANNEL = Limit(5, 5.0)  # one a second, with short bursts


@dataclass(slots=True)
class Limits:
    made: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def refuses(self, method: str, channel: str, now: float) -> int:
        """Seconds to rest, whole as in Retry-After; 0 where the call is taken, and counted."""
        known = METHODS.get(method)
        if known is None:
            return 0
        limits = {(method, ""): Limit(known.per_minute, 60.0)}
        if method == POST:
            limits[method, channel] = IN_A_CHANNEL
        rest = max(self._rest(self.made[key], limit, now) for key, limit in limits.items())
        if rest <= 0:
            for key in limits:
                self.made[key].append(now)
        return math.ceil(rest)

    @staticmethod
    def _rest(made: deque[float], limit: Limit, now: float) -> float:
        while made and made[0] <= now - limit.seconds:
            made.popleft()
        return made[0] + limit.seconds - now if len(made) >= limit.calls else 0.0
