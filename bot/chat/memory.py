"""A chat platform in memory: the fake of every test, and the ground the local page stands on.

It holds what a platform holds: every room's messages as they read now. Members act through
`say`, `reword`, `delete`, `take`, `ask` and `press`: the history changes first, then the event
goes to the handle given to `run`. Before `run`, and where `hears` drops an event, the history is
all there is, as with a real platform during an outage.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.card import Card
from bot.chat.history import History, Line, Post
from bot.events import Asked, Deleted, Edited, Event, Pressed, Said, Took
from bot.model import Member, Reply, Room
from bot.ports import Clock, Done, Finding, Handle, Outcome, Ready, Refused, Traits, Unsure
from prompts.model import Stance


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one post or edit: does it land, and what is said of it if not `Done`."""

    lands: bool = True
    says: Refused | Unsure | None = None


DONE = Fate()
REFUSED = Fate(lands=False, says=Refused("the platform said no"))
UNSURE_LANDED = Fate(lands=True, says=Unsure("no answer"))
UNSURE_LOST = Fate(lands=False, says=Unsure("no answer"))

Fates = Callable[[str], Fate]
Hears = Callable[[Event], int]


def in_turn(*fates: Fate) -> Fates:
    """The first post or edit meets the first fate, and so on; when they run out, all is done."""
    rest = iter(fates)
    return lambda _: next(rest, DONE)


def _once(_: Event) -> int:
    return 1


def _nothing(_: History) -> None: ...


TRAITS = Traits(longest_text=20_000)


class MemoryChat:
    """`ports.Chat` in memory. Ids are numbers of eight digits, in the order of happening.

    `fates` decides each post by its key and each edit by its message; `hears` says how often an
    event is delivered (0 drops it, 2 repeats it). `keep` is called with every new history before
    it counts: where it raises `OSError`, nothing has changed.
    """

    def __init__(
        self,
        clock: Clock,
        name: str = "memory",
        traits: Traits = TRAITS,
        fates: Fates = lambda _: DONE,
        hears: Hears = _once,
        history: History | None = None,
        keep: Callable[[History], None] = _nothing,
    ) -> None:
        self.name = name
        self.traits = traits
        self.history = history or History()
        self._clock, self._fates, self._hears, self._keep = clock, fates, hears, keep
        self.told: list[tuple[str, Card]] = []
        self._handle: Handle | None = None

    @property
    def listening(self) -> bool:
        return self._handle is not None

    async def run(self, handle: Handle, ready: Ready) -> None:
        self._handle = handle
        ready()
        try:
            await asyncio.Event().wait()
        finally:
            self._handle = None

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        """As the port says; a thread that is not there (any more) is refused."""
        # A real platform takes its time, and everything else runs meanwhile.
        await asyncio.sleep(0)
        if thread is not None and self._post(room, thread) is None:
            return Refused(f"there is no thread {thread} in {room}", lasting=True, gone=True)
        if until is not None and self._clock.now() > until:
            return Unsure("held up past its time, and not sent")
        entry = Post(self.fresh(), room, thread, key, card, self._clock.now())
        return await self._settle(self._fates(key), entry)

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        """As the port says; a message that is not there (any more) is refused."""
        await asyncio.sleep(0)
        post = self._post(room, message)
        if post is None:
            return Refused(f"there is no message {message} in {room}", lasting=True)
        changed = replace(post, card=card, edited=self._clock.now())
        return await self._settle(self._fates(message), changed)

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        return next((post.id for post in self.history.posts(room) if post.key == key), None)

    async def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        for line in tuple(self.history.lines(room, thread)):
            yield Reply(room, line.id, line.member, line.text, line.at, line.edited, line.answers)

    async def tell(self, member: str, card: Card) -> Outcome:
        """As the port says; what was told to whom stands in `told`."""
        await asyncio.sleep(0)
        self.told.append((member, card))
        return Done(self.fresh())

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        return None

    async def check(self) -> AsyncIterator[Finding]:
        yield Finding(f"the chat {self.name}")

    def posts(self, room: Room) -> tuple[Post, ...]:
        """Gadfly's posts in the room and its threads as they stand now, oldest first."""
        return tuple(self.history.posts(room))

    async def say(
        self, room: Room, thread: str, member: Member, text: str, answers: str | None = None
    ) -> str:
        """A reply; returns its id. The thread need not be one of Gadfly's."""
        message = self.fresh()
        await self.happen(Said(room, thread, message, member, text, self._clock.now(), answers))
        return message

    async def reword(self, message: str, text: str) -> None:
        """A member edits their reply. Raises KeyError where the platform holds no such message."""
        room = self.history.entries[message].room
        await self.happen(Edited(room, message, text, self._clock.now()))

    async def delete(self, message: str) -> None:
        """Somebody deletes a message, a reply or a post of Gadfly's. KeyError as in `reword`."""
        room = self.history.entries[message].room
        await self.happen(Deleted(room, message, self._clock.now()))

    async def take(
        self, room: Room, value: str, member: Member, stance: Stance, reason: str | None = None
    ) -> Card | None:
        """A member presses a stance's button; `value` is the button's."""
        return await self.happen(Took(room, value, member, stance, self._clock.now(), reason))

    async def ask(
        self, room: Room, member: Member, command: str, text: str = "", thread: str | None = None
    ) -> Card | None:
        """A member gives a command, such as `ask(room, member, "quote", "security")`."""
        at = self._clock.now()
        return await self.happen(Asked(room, member, command, text, at, self.fresh(), thread))

    async def press(
        self, room: Room, member: Member, action: str, value: str = "", thread: str | None = None
    ) -> Card | None:
        """A member presses any other button."""
        at = self._clock.now()
        return await self.happen(Pressed(room, member, action, value, at, self.fresh(), thread))

    async def happen(self, event: Event) -> Card | None:
        """The event changes the history, then is delivered."""
        self.hold(event)
        return await self.deliver(event)

    def hold(self, event: Event) -> None:
        """The event changes the history. Raises what `keep` raises, and then nothing changed."""
        self._hold(self.history.after(event))

    async def deliver(self, event: Event) -> Card | None:
        """The event goes to the handle as often as it is heard; the last answer counts."""
        answer: Card | None = None
        told = self._placed(event)
        for _ in range(self._hears(told)):
            if self._handle is not None:
                answer = await self._handle(told)
        return answer

    def _placed(self, event: Event) -> Event:
        """An edit is told with the thread it stands in, as platforms tell it."""
        if not isinstance(event, Edited):
            return event
        line = self.history.entries.get(event.message)
        return replace(event, thread=line.thread if line else None)

    def drop(self, which: Callable[[Line], bool]) -> None:
        """The platform itself lets go of lines, and tells nobody."""
        kept = {
            key: entry
            for key, entry in self.history.entries.items()
            if not (isinstance(entry, Line) and which(entry))
        }
        if len(kept) < len(self.history.entries):
            self._hold(replace(self.history, entries=kept))

    def fresh(self) -> str:
        """An id that was never given out before."""
        self.history = replace(self.history, last=self.history.last + 1)
        return f"{self.history.last:08d}"

    async def _settle(self, fate: Fate, entry: Post) -> Outcome:
        try:
            if fate.lands:
                self._hold(self.history.holding(entry))
        except OSError as error:
            return Refused(f"not kept: {error}")
        await asyncio.sleep(0)
        return fate.says or Done(entry.id)

    def _post(self, room: Room, message: str) -> Post | None:
        return next((post for post in self.history.posts(room) if post.id == message), None)

    def _hold(self, history: History) -> None:
        self._keep(history)
        self.history = history
