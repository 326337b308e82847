"""What comes in from a chat: what members said, took, asked and pressed, and what befell rooms.

An event is a hint: the thread's history is the truth. `at` is the platform's time of the thing
itself (not of its delivery), so that any order of arrival ends the same. Data only.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.model import Member, Room
from prompts.model import Stance


@dataclass(frozen=True, slots=True)
class Said:
    """A member wrote `text` in the thread of a prompt; `answers` is as a `Reply` has it."""

    room: Room
    thread: str
    message: str
    member: Member
    text: str
    at: datetime
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """The message reads `text` now. `thread` is the one it stands in; None: in none."""

    room: Room
    message: str
    text: str
    at: datetime
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """The message is gone; it may be one of Gadfly's own. `thread` is the one it stood in, or would
    have opened; None where that is not known.
    """

    room: Room
    message: str
    at: datetime
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Took:
    """A member took a stance on a debate, or changed it. `value` is the button's."""

    room: Room
    value: str
    member: Member
    stance: Stance
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A member gave a command: `/quote TEXT`, `/counter TEXT`, `/gadfly TEXT`.

    `command` has no slash; `thread` is set where it was given inside one; `event` is unique per
    asking, so that a repeated delivery has no second effect.
    """

    room: Room
    member: Member
    command: str
    text: str
    at: datetime
    event: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A member pressed a button that is not a stance: `action` and `value` are the button's."""

    room: Room
    member: Member
    action: str
    value: str
    at: datetime
    event: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """A member is typing what a command is to look up; the answer's lines may be what they mean."""

    room: Room
    command: str
    text: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Gadfly was removed from these rooms for good: what was said there must leave the store.

    An outage of the platform is none of this; when in doubt, an adapter says nothing.
    """

    rooms: tuple[Room, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply that was kept, told again when there is time: what is there to say to its writer?"""

    said: Said


@dataclass(frozen=True, slots=True)
class Back:
    """Gadfly was let into the room, again or for the first time: posts may go there now."""

    room: Room
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """The platform calls the room `to` from now on; here it keeps the id that it has."""

    room: Room
    to: str


Event = Said | Edited | Deleted | Took | Asked | Pressed | Typed | Gone | Back | Moved | Heard
