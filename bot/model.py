"""The words of a debate: rooms, members, replies, effects. Data only; times are aware, in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from prompts.model import Stance


class BadRoom(ValueError):
    """A room that is not written `platform:id`."""


@dataclass(frozen=True, slots=True, order=True)
class Room:
    """A channel of a platform, written `slack:C0123`, `discord:4567`, `page:agora`."""

    platform: str
    id: str

    @classmethod
    def parse(cls, text: str) -> "Room":
        platform, colon, ident = text.strip().partition(":")
        if not (platform and colon and ident) or any(c.isspace() for c in text.strip()):
            raise BadRoom(
                f"{text!r} is not a room; write platform:id, such as "
                "slack:C0123, discord:4567 or page:agora"
            )
        return cls(platform.lower(), ident)

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"


UNNAMED = "Somebody"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a platform: `id` is written `platform:id`, as rooms are; `name` is for show.

    `UNNAMED` is the name of one whose platform did not tell it yet. `groups` are roles of theirs
    that the platform named in the event, such as `discord:role:12`; they are never stored.
    """

    id: str
    name: str
    groups: tuple[str, ...] = ()


class Phase(StrEnum):
    OPEN = "open"
    CLOSING = "closing"  # the summary is on its way
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reply:
    """A member's message in a thread, as it reads now.

    `answers` is the message that it was written under, where the platform knows such answers: by
    its id there, which may be nobody's reply (the prompt's, or one that is gone).
    """

    room: Room
    message: str
    member: Member
    text: str
    at: datetime
    edited: datetime | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One step in a member's stance history; the last by `at` is where they stand."""

    member: Member
    stance: Stance
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group stands, by people's last stances, and one member's own way in it.

    `writers` wrote something; who only pressed a button is in `counts` alone.
    """

    counts: Mapping[Stance, int]
    writers: int
    first: Stance | None
    last: Stance | None


class Marked(StrEnum):
    """What was decided about the words of a debate."""

    UNNAMED = "unnamed"  # the member is quoted without their name
    MOVED = "moved"  # the member agrees to be named as one who changed their mind
    HEARD = "heard"  # a facilitator wants the message among the points


@dataclass(frozen=True, slots=True)
class Mark:
    """One such decision; `subject` is the id of the member or of the message it is about."""

    kind: Marked
    subject: str


@dataclass(frozen=True, slots=True)
class Debate:
    """One posted prompt with its thread and its life.

    `id` is the key of the effect that posted it; `prompt` and its passages are kept as they were
    posted (see `bot.snapshot`), so that a changed reading never changes what was said.
    """

    id: str
    schedule: str
    room: Room
    thread: str
    prompt: dict[str, Any] = field(repr=False)
    opened: datetime
    closes: datetime
    phase: Phase = Phase.OPEN
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a press: `over`, it came after the close; `out`, the member opted out.

    `before` is where they stood until then.
    """

    debate: Debate
    over: bool
    out: bool
    before: Stance | None
    standing: Standing


class Kind(StrEnum):
    """What an effect does."""

    PROMPT = "prompt"
    THREAD = "thread"  # opened under a prompt, where none comes by itself
    REMINDER = "reminder"
    SUMMARY = "summary"
    LINE = "line"  # in the room, about the summary in a thread
    DIGEST = "digest"
    SHARE = "share"  # what a member looked up, for all to see
    NOTICE = "notice"  # told to a facilitator in private
    EDIT_PROMPT = "edit/prompt"
    EDIT_SUMMARY = "edit/summary"
    EDIT_DIGEST = "edit/digest"
    EDIT_SHARE = "edit/share"

    @property
    def edit(self) -> "Kind":
        """What rewrites a post of this kind. Raises ValueError where nothing does."""
        return Kind(f"edit/{self}")


class State(StrEnum):
    """The life of an effect in the outbox."""

    PENDING = "pending"
    SENDING = "sending"  # owner, lease and deadline are set
    SENT = "sent"
    DOUBT = "doubt"  # the outcome is unknown; waits out the quiet period, then is looked up
    SKIPPED = "skipped"  # `why` says the reason
    REFUSED = "refused"  # the platform will not take it; `why` says the reason


UNSETTLED = (State.PENDING, State.SENDING, State.DOUBT)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to be done exactly once: a post or an edit.

    `key` is unique and carries the nominal local date, never the clock of the process. `due` is
    when it may be sent first, `until` when it is too late.
    """

    key: str
    kind: Kind
    schedule: str
    room: Room
    due: datetime
    until: datetime
    payload: dict[str, Any] = field(repr=False)
    debate: str | None = None
    state: State = State.PENDING
    owner: str | None = None
    lease: datetime | None = None
    attempt: int = 0
    message: str | None = None
    why: str | None = None
    settled: datetime | None = None
