"""What a chat platform holds: every room's messages as they read now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.card import Card
from bot.events import Deleted, Edited, Event, Said
from bot.model import Member, Room


@dataclass(frozen=True, slots=True)
class Post:
    """A message of Gadfly's; `thread` is None at the top of a room."""

    id: str
    room: Room
    thread: str | None
    key: str
    card: Card
    at: datetime
    edited: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A member's message in a thread."""

    id: str
    room: Room
    thread: str
    member: Member
    text: str
    at: datetime
    edited: datetime | None = None
    answers: str | None = None


Entry = Post | Line


@dataclass(frozen=True, slots=True)
class History:
    """What the platform holds, oldest first, by id; `last` is the last number given out as one."""

    last: int = 0
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def holding(self, entry: Entry) -> "History":
        return replace(self, entries={**self.entries, entry.id: entry})

    def without(self, message: str) -> "History":
        return replace(self, entries={k: e for k, e in self.entries.items() if k != message})

    def after(self, event: Event) -> "History":
        """What is held once `event` has happened. Stances, commands and presses leave no trace."""
        match event:
            case Said(room, thread, message, member, text, at, answers):
                return self.holding(Line(message, room, thread, member, text, at, None, answers))
            case Edited(message=message):
                line = self.entries.get(message)
                if isinstance(line, Line):
                    return self.holding(replace(line, text=event.text, edited=event.at))
            case Deleted(message=message):
                return self.without(message)
        return self

    def posts(self, room: Room) -> Iterator[Post]:
        return (e for e in self.entries.values() if isinstance(e, Post) and e.room == room)

    def lines(self, room: Room, thread: str) -> Iterator[Line]:
        return (
            entry
            for entry in self.entries.values()
            if isinstance(entry, Line) and (entry.room, entry.thread) == (room, thread)
        )
