"""Our own pace: posts leave a little slower than a platform allows, in the order they ask."""

import asyncio
from dataclasses import dataclass

SHARE = 0.8  # of what the platform allows; people and other bots of the group post as well


@dataclass(slots=True)
class Pace:
    """Hands out moments to post, `per_second` at most. For one platform and one process."""

    per_second: float
    _free: float = 0.0  # by the loop's clock, which nobody can set

    async def wait(self) -> None:
        """Return when it is the caller's turn; turns are given in the order of the calls."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._free)
        self._free = turn + 1 / self.per_second
        await asyncio.sleep(turn - now)
