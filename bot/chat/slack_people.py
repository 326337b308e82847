"""Who is who in a workspace: the names to show, asked for once and kept for a while."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.chat.slack_calls import Calls

KNOWN = 20_000  # people whose names are kept in mind
FRESH = 24 * 3600.0  # seconds until a name is asked for again
UNKNOWN = 60.0  # the same for one that could not be told


@dataclass(slots=True)
class People:
    """Names by id. A name that Slack does not tell in time is left out, and asked for later."""

    calls: Calls
    known: dict[str, tuple[float, str]] = field(default_factory=dict)
    asking: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def names(self, users: Iterable[str], patience: float) -> dict[str, str]:
        """The names of `users`, as far as they are known within `patience` seconds."""
        wanted, now = set(users), asyncio.get_running_loop().time()
        stale = {user for user in wanted if self.known.get(user, (0.0, ""))[0] <= now}
        tasks = {self._ask(user) for user in stale}
        if tasks:
            await asyncio.wait(tasks, timeout=patience)
        return {user: self.known[user][1] for user in wanted if self.known.get(user, (0, ""))[1]}

    def _ask(self, user: str) -> asyncio.Task[None]:
        """One question at a time for each person, whoever waits for the answer."""
        if user not in self.asking:
            task = asyncio.create_task(self._asked(user))
            self.asking[user] = task
            task.add_done_callback(lambda _: self.asking.pop(user, None))
        return self.asking[user]

    async def _asked(self, user: str) -> None:
        said = await self.calls("users.info", user=user)
        name = shown(said["user"]) if isinstance(said, dict) else ""
        before = self.known.pop(user, (0.0, ""))[1]
        if len(self.known) >= KNOWN:
            self.known.pop(next(iter(self.known)))
        ends = asyncio.get_running_loop().time() + (FRESH if name else UNKNOWN)
        self.known[user] = (ends, name or before)


def shown(user: dict[str, object]) -> str:
    """The name that a workspace shows for a person, in one line."""
    profile = user.get("profile")
    told = profile if isinstance(profile, dict) else {}
    names = (
        told.get("display_name"),
        told.get("real_name"),
        user.get("real_name"),
        user.get("name"),
    )
    return " ".join(str(next((name for name in names if name), "")).split())
