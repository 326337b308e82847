"""Our own pace: posts leave a little slower than a platform allows, in the order they ask."""

import asyncio
from dataclasses import dataclass, field

SHARE = 0.8  # of what the platform allows; people and other bots of the group post as well
BEHIND = 0.1  # seconds that are made up for; a longer pause of ours must not end in a burst (#4)


@dataclass(slots=True)
class Pace:
    """Hands out moments to post, `per_second` at most. For one platform and one process."""

    per_second: float
    _free: float = 0.0  # by the loop's clock, which nobody can set
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def wait(self) -> None:
        """Return when it is the caller's turn; turns are given in the order of the calls."""
        time = asyncio.get_running_loop().time
        asked = time()
        async with self._turn:
            turn = max(asked, self._free)
            await asyncio.sleep(turn - time())
            self._free = max(turn, time() - BEHIND) + 1 / self.per_second
