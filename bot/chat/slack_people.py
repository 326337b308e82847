"""Who is who in a workspace: the names to show, asked for once and kept for a while."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.chat.slack_calls import Calls, Denied

LONGEST_REST = 90.0  # seconds that a question waits until it is asked again
KNOWN = 20_000  # people whose names are kept in mind
FRESH = 24 * 3600.0  # seconds until a name is asked for again
UNKNOWN = 60.0  # the same for one that could not be told
SHUT = 3600.0  # seconds without a question after Slack said that we may not ask
NOBODY = ("user_not_found", "user_not_visible")  # such as people of another workspace
ABREAST = 4  # questions at a time


@dataclass(slots=True)
class People:
    """Names by id. A name that Slack does not tell in time is left out, and asked for later."""

    calls: Calls
    known: dict[str, tuple[float, str]] = field(default_factory=dict)
    asking: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(ABREAST))
    shut: float = 0.0  # until when nobody is asked for

    async def names(self, users: Iterable[str], patience: float) -> dict[str, str]:
        """The names of `users`, as far as they are known within `patience` seconds."""
        wanted, now = set(users), asyncio.get_running_loop().time()
        stale = {user for user in wanted if self.known.get(user, (0.0, ""))[0] <= now}
        tasks = {self._ask(user) for user in stale} if self.shut <= now else set()
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
        async with self.room:
            name, lasts = await self._told(user)
        before = self.known.pop(user, (0.0, ""))[1]
        if len(self.known) >= KNOWN:
            self.known.pop(next(iter(self.known)))
        self.known[user] = (asyncio.get_running_loop().time() + lasts, name or before)

    async def _told(self, user: str) -> tuple[str, float]:
        """The name and how long it serves; where Slack asks for a rest, that is waited out."""
        while True:
            now = asyncio.get_running_loop().time()
            if now < self.shut:
                return "", self.shut - now
            said = await self.calls("users.info", user=user)
            if isinstance(said, Mapping):
                return shown(said["user"]), FRESH
            if isinstance(said, Denied) and said.wait is not None and said.wait <= LONGEST_REST:
                await asyncio.sleep(said.wait)
                continue
            word = said.error if isinstance(said, Denied) else ""
            if word == "missing_scope":
                self.shut = now + SHUT
            return "", FRESH if word in NOBODY else UNKNOWN


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
