"""The seams: what the core asks of a chat platform and of a clock; `bot.ledger` has the store's."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.card import Card
from bot.events import Event
from bot.model import Reply, Room


@dataclass(frozen=True, slots=True)
class Traits:
    """What a platform can do, as data, so that no core code asks which platform it is."""

    longest_text: int
    posts_per_second: float | None = None  # what it allows in all rooms together; None: no limit
    tells_roles: bool = False  # a role among the facilitators can be told something, too
    hides_threads: bool = False  # a room does not show what its threads get: a line there tells
    one_listener: bool = False  # it tells every connection every event: of replicas, one listens


@dataclass(frozen=True, slots=True)
class Done:
    """The platform took it; `message` is its id there (for a prompt, also the thread's)."""

    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no. Not posted, certainly.

    `lasting` means that trying again will not help until somebody changes something; `wait` is
    the number of seconds the platform asked for. `gone`: what it was to stand under was deleted,
    which is no trouble of the room's. `perhaps`: it may pass by itself or last, and is taken
    for lasting once it was said a few times.
    """

    why: str
    lasting: bool = False
    wait: float | None = None
    gone: bool = False
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class Unsure:
    """No answer, or one that does not tell. It may have been posted: look before posting again."""

    why: str


Outcome = Done | Refused | Unsure


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: fine, or what is wrong with it and what to do about it."""

    what: str
    wrong: str = ""
    remedy: str = ""

    @property
    def fine(self) -> bool:
        return not self.wrong


class NoAnswer(Exception):
    """The platform could not be asked, or did not tell. Ask again later; conclude nothing.

    `wait` is the number of seconds to ask again after, where the platform said so or is away.
    """

    def __init__(self, why: str = "", wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class ThreadGone(Exception):
    """No such thread: it was deleted with all that was said in it, or nobody has begun it yet."""


Handle = Callable[[Event], Awaitable[Card | None]]
Ready = Callable[[], None]


class Chat(Protocol):
    """A chat platform. Only `run`, `find` and `replies` raise for what a platform can do to it."""

    @property
    def name(self) -> str:
        """The platform part of its rooms: `slack`, `discord`, `page`."""

    @property
    def traits(self) -> Traits: ...

    @property
    def listening(self) -> bool:
        """Whether members are heard right now: the platform answered on the line within seconds."""

    async def run(self, handle: Handle, ready: Ready) -> None:
        """Listen until cancelled; every event goes through `handle`, whose card is the answer.

        For a reply the answer is None, or `KEPT` where it is new in the store.

        `ready` is called whenever events may have been missed until now: at the start, and after
        every gap that the platform did not fill by itself. Once cancelled it may be called again,
        and all other calls work before, beside and after it: a replica may post without listening.
        """

    async def post(
        self,
        room: Room,
        card: Card,
        key: str,
        thread: str | None = None,
        until: datetime | None = None,
    ) -> Outcome:
        """Post once, marked with `key` so that `find` finds it. Never retries by itself.

        What is held up on the way does not leave after `until`: somebody else may have posted it.
        """

    async def edit(self, room: Room, message: str, card: Card) -> Outcome:
        """Replace a post of ours. Twice-callable."""

    async def find(
        self, room: Room, key: str, thread: str | None = None, since: datetime | None = None
    ) -> str | None:
        """The message that carries `key`, or None if the platform certainly holds none.

        `thread` is the one it was posted in; `since` is when it can have been at the earliest.
        Raises `NoAnswer` where it cannot be told.
        """

    def replies(self, room: Room, thread: str) -> AsyncIterator[Reply]:
        """The thread as it stands now, oldest first, without Gadfly's own posts.

        Raises `ThreadGone`, but for one that is empty, and `NoAnswer` where it is not shown to us.
        """

    async def tell(self, member: str, card: Card) -> Outcome:
        """A private message to one member, by id; for facilitators, about what needs them."""

    async def link(self, room: Room, message: str, thread: str | None = None) -> str | None:
        """The message's own address, for people who follow up; None where it has none.

        `thread` is the one that a reply stands in.
        """

    def check(self) -> AsyncIterator[Finding]:
        """Look at everything that posting and listening need, with live calls, within seconds."""


@runtime_checkable
class Keeps(Protocol):
    """A chat that is a platform of its own, and so holds what members said besides the store."""

    async def erase(self, member: str) -> None:
        """Everything that the member said goes. Twice-callable."""

    async def purge(self, before: datetime) -> None:
        """What was said before then goes. Twice-callable."""


@runtime_checkable
class Stands(Protocol):
    """A chat where others may take down what Gadfly posted, also while nobody listens."""

    async def stands(self, room: Room, message: str) -> bool:
        """Whether a post of ours is still there. `NoAnswer` where it cannot be told."""


@runtime_checkable
class Opens(Protocol):
    """A chat where a prompt has no thread until one is opened under it, by a request of its own."""

    async def open(self, room: Room, message: str, card: Card) -> Outcome:
        """See to it that the thread of a prompt of ours stands, with whatever of the card did not
        fit into the prompt's own message. Twice-callable; the thread is called as `post` said.
        """


@runtime_checkable
class Moves(Protocol):
    """A chat whose platform may give a room another id, which it tells as `Moved`."""

    def heed(self, moved: Mapping[str, str]) -> None:
        """Rooms go by these ids on the platform now, by the ids that they have here.

        Twice-callable, and in any process; a room that is not among them goes by its own.
        """


class Facts(Protocol):
    """What is to outlive the process, by key. Both calls raise `Wrong` where the store is away."""

    async def get_fact(self, key: str) -> str | None: ...

    async def set_fact(self, key: str, value: str) -> None: ...


@runtime_checkable
class Recalls(Protocol):
    """A chat that has to know what the process before it did, or what another replica does."""

    def recall(self, facts: Facts) -> None:
        """Keep that there, under keys that begin with its name. Called before `run`."""


@runtime_checkable
class Closes(Protocol):
    """A chat that opens connections also for calls outside of `run`."""

    async def close(self) -> None:
        """Let go of them. Twice-callable; the next call opens them again."""


class Clock(Protocol):
    """Who is asked for the time; the core never asks anybody else."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""
