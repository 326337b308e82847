"""The neutral message: what Gadfly says, before any platform decides how it looks.

All text in a card is plain. Adapters escape it; nothing in it can ping, link or format. Words
that are quoted stand in a `Quotation` and nowhere else, and a quotation can only be cut from its
source (`quote`, `said`), so a card cannot hold words that nobody wrote.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Room
from prompts.anchors import around
from prompts.model import Excerpt, Passage
from prompts.passages import cite


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of a line that say a time; a platform may show `at` in each reader's own zone."""

    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Text:
    """A line of Gadfly's own wording. `moments` names the times in it, words as they stand.

    `room` is one that is written out in it; a platform may show the first place by its name.
    """

    text: str
    moments: tuple[Moment, ...] = ()
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: where a wording comes from, what was left out. `moments` as in `Text`."""

    text: str
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a quotation was cut from, so that the quote gate can look again before a send.

    `kind` is "reading" (then `key` is the reading's key and `digest` the SHA-256 of its text) or
    "reply" (then `key` is the message and `digest` the SHA-256 of the message's text). `prefix`
    and `suffix` are the words around a reading's, by which they are found again when it changes.
    """

    kind: str
    key: str
    digest: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    def overlaps(self, other: "Source") -> bool:
        """Whether both were cut from the same text, and from the same words of it."""
        same = (self.kind, self.digest) == (other.kind, other.digest)
        return same and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Quotation:
    """Verbatim words with their source; made by `quote` and `said` alone.

    `link` is the address, on the platform itself, of the message they were cut from.
    """

    text: str
    citation: str
    source: Source
    label: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words of Gadfly's own that lead to a message; `url` comes from the platform (`Chat.link`)."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts as bars: `(label, people)` rows, in the order to show them."""

    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `alt` says the same in words for whoever cannot see it.

    `instead` stands in its place where pictures do not go; without it, `alt` does.
    """

    png: bytes = field(repr=False)
    alt: str
    instead: tuple[Text | Bars, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is a stance or a word of `bot.commands.press`; `value` is opaque to the platform."""

    action: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]


Part = Heading | Text | Note | Quotation | Link | Bars | Picture | Buttons


@dataclass(frozen=True, slots=True)
class Card:
    """One message. `summary` is its one-line form for notifications and screen readers."""

    parts: tuple[Part, ...]
    summary: str = ""

    def quotations(self) -> tuple[Quotation, ...]:
        return tuple(part for part in self.parts if isinstance(part, Quotation))


KEPT = Card(())
"""The answer to a reply that was kept: nothing to say, but a platform may nod."""


def quote(passage: Passage, label: str = "") -> Quotation:
    """The passage's own words, with its citation."""
    reading = passage.reading
    place = (passage.start, passage.end, *around(passage))
    source = Source("reading", reading.key, reading.digest, *place)
    return Quotation(passage.text, str(cite(passage)), source, label)


def said(excerpt: Excerpt, name: str, label: str = "") -> Quotation:
    """A member's own words, signed with `name`."""
    remark = excerpt.remark
    digest = hashlib.sha256(remark.text.encode()).hexdigest()
    source = Source("reply", remark.id, digest, excerpt.start, excerpt.end)
    return Quotation(excerpt.text, name, source, label)


def unquoted(text: str) -> str:
    """Words that are not a quotation, without the marks that only quotations wear."""
    return text.replace("“", "'").replace("”", "'")
