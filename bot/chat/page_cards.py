"""The page's wire, pure: cards and messages to JSON and back, a window's request to an event.

What a window sends is checked here to the last field; whatever is wrong with it ends as
`BadAct`, one line that the window shows.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.card import (
    Bars,
    Button,
    Buttons,
    Card,
    Heading,
    Link,
    Note,
    Part,
    Picture,
    Quotation,
    Source,
    Text,
)
from bot.chat.history import Entry, History, Line, Post
from bot.events import (
    Asked,
    Back,
    Deleted,
    Edited,
    Event,
    Gone,
    Heard,
    Moved,
    Pressed,
    Said,
    Took,
    Typed,
)
from bot.model import Member, Room
from prompts.model import Stance

PLAIN: Mapping[str, type[Heading] | type[Text] | type[Note]] = {
    "heading": Heading,
    "text": Text,
    "note": Note,
}
LONGEST_TEXT = 4_000
LONGEST_NAME = 40  # of members and rooms
LONGEST_VALUE = 2_000
COMMAND = re.compile(r"/([A-Za-z]+)(?:\s|$)")
IDENT = re.compile(r"[A-Za-z0-9-]{1,64}")


def card_json(card: Card) -> dict[str, Any]:
    """The card as JSON values; `card_of` makes the same card of them."""
    return {"summary": card.summary, "parts": [_json(part) for part in card.parts]}


def _json(part: Part) -> dict[str, Any]:
    return {"part": type(part).__name__.lower(), **_fields(part)}


def _fields(part: Part) -> dict[str, Any]:
    if isinstance(part, Picture):  # JSON knows no bytes
        picture = base64.b64encode(part.png).decode()
        return {"png": picture, "alt": part.alt, "instead": [_json(p) for p in part.instead]}
    if isinstance(part, Heading | Text | Note):  # its times are worded already
        return {"text": part.text}
    return asdict(part)


def card_of(stored: Mapping[str, Any]) -> Card:
    return Card(tuple(_part_of(part) for part in stored["parts"]), stored["summary"])


def _part_of(stored: Mapping[str, Any]) -> Part:
    fields = {name: value for name, value in stored.items() if name != "part"}
    match stored["part"]:
        case "quotation":
            return Quotation(**{**fields, "source": Source(**fields["source"])})
        case "bars":
            return _bars(fields["rows"])
        case "picture":
            kept = map(_part_of, fields.get("instead", ()))  # older files have none
            instead = tuple(more for more in kept if isinstance(more, Text | Bars))
            return Picture(base64.b64decode(fields["png"]), fields["alt"], instead)
        case "link":
            return Link(**fields)
        case "buttons":
            return Buttons(tuple(Button(**button) for button in fields["buttons"]))
        case kind:
            return PLAIN[kind](fields["text"])


def _bars(rows: Iterable[Sequence[Any]]) -> Bars:
    return Bars(tuple((str(label), int(count)) for label, count in rows))


def entry_json(entry: Entry) -> dict[str, Any]:
    """A message as JSON values: Gadfly's has a card, a member's has text; times are ISO 8601."""
    edited = entry.edited.isoformat() if entry.edited else None
    common = {"id": entry.id, "room": str(entry.room), "thread": entry.thread, "edited": edited}
    common["at"] = entry.at.isoformat()
    if isinstance(entry, Post):
        return {**common, "key": entry.key, "card": card_json(entry.card)}
    return {
        **common,
        "member": {"id": entry.member.id, "name": entry.member.name},
        "text": entry.text,
    }


def entry_of(stored: Mapping[str, Any]) -> Entry:
    room, at = Room.parse(stored["room"]), datetime.fromisoformat(stored["at"])
    edited = datetime.fromisoformat(stored["edited"]) if stored["edited"] else None
    ident, thread = stored["id"], stored["thread"]
    if "card" in stored:
        return Post(ident, room, thread, stored["key"], card_of(stored["card"]), at, edited)
    member = Member(**stored["member"])
    return Line(ident, room, thread, member, stored["text"], at, edited)


class BadAct(ValueError):
    """What a window sent cannot be done; the message is one line for the person."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what."""

    member: Member
    event: Event


def act_of(body: bytes, at: datetime, fresh: Callable[[], str]) -> Act:
    """The event in a request's body; `at` and ids are the platform's, never the window's.

    A text that begins with a slash and a word is a command, in a thread and outside. Raises
    `BadAct` for anything else than a request of this page.
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise BadAct("That was not JSON.") from None
    if not isinstance(sent, dict):
        raise BadAct("That was not a request of this page.")
    room, member = _room(sent), _member(sent.get("member"))
    return Act(member, _event(sent, room, member, at, fresh))


def _event(
    sent: dict[str, Any], room: Room, member: Member, at: datetime, fresh: Callable[[], str]
) -> Event:
    match sent.get("do"):
        case "write":
            return _written(sent, room, member, at, fresh)
        case "edit":
            return Edited(room, _ident(sent, "message"), _text(sent, "text"), at)
        case "delete":
            return Deleted(room, _ident(sent, "message"), at)
        case "take":
            reason = _text(sent, "reason") if sent.get("reason") is not None else None
            return Took(room, _value(sent, "value"), member, _stance(sent), at, reason)
        case "press":
            action, value = _value(sent, "action"), _value(sent, "value")
            return Pressed(room, member, action, value, at, fresh(), _thread(sent))
    raise BadAct("This page can write, edit, delete, take and press.")


def _written(
    sent: dict[str, Any], room: Room, member: Member, at: datetime, fresh: Callable[[], str]
) -> Event:
    text, thread = _text(sent, "text"), _thread(sent)
    if command := COMMAND.match(text):
        rest = text[command.end() :].strip()
        return Asked(room, member, command[1].lower(), rest, at, fresh(), thread)
    if thread is None:
        raise BadAct("Write in a debate's thread, or ask with a command, such as /quote or /help.")
    return Said(room, thread, fresh(), member, text, at)


def check(act: Act, history: History, rooms: tuple[Room, ...]) -> None:
    """Raises `BadAct` where the platform would not let this member do this."""
    event = act.event
    if isinstance(event, Gone | Typed | Back | Moved | Heard) or event.room not in rooms:
        raise BadAct("There is no such room here.")
    if isinstance(event, Edited | Deleted):
        line = history.entries.get(event.message)
        if not (isinstance(line, Line) and line.room == event.room):
            raise BadAct("That reply is gone.")
        if line.member.id != act.member.id:
            raise BadAct("Only its writer can change a reply.")
    thread = None if isinstance(event, Edited | Deleted | Took) else event.thread
    if thread is not None and all(post.id != thread for post in history.posts(event.room)):
        raise BadAct("That thread is gone.")


def _room(sent: dict[str, Any]) -> Room:
    try:
        return Room.parse(_value(sent, "room", LONGEST_NAME))
    except ValueError as error:
        raise BadAct(str(error)) from None


def _member(sent: object) -> Member:
    if not isinstance(sent, dict):
        raise BadAct("Say who you are: member is missing.")
    name = _text(sent, "name", LONGEST_NAME)
    if not name.isprintable():
        raise BadAct("That name holds characters that cannot be shown.")
    if name.casefold() == "gadfly":
        raise BadAct("Gadfly is the bot's name; choose another.")
    return Member(f"page:{_ident(sent, 'id')}", name)


def _stance(sent: dict[str, Any]) -> Stance:
    try:
        return Stance(_value(sent, "stance"))
    except ValueError:
        raise BadAct("A stance is for, against or torn.") from None


def _thread(sent: dict[str, Any]) -> str | None:
    return None if sent.get("thread") is None else _ident(sent, "thread")


def _ident(sent: dict[str, Any], name: str) -> str:
    value = _value(sent, name)
    if not IDENT.fullmatch(value):
        raise BadAct(f"{name} is not an id.")
    return value


def _text(sent: dict[str, Any], name: str, longest: int = LONGEST_TEXT) -> str:
    text = _value(sent, name, longest).strip()
    if not text:
        raise BadAct(f"{name} is empty.")
    return text


def _value(sent: dict[str, Any], name: str, longest: int = LONGEST_VALUE) -> str:
    """The field as text that can be kept: no lone surrogates, no control characters."""
    value = sent.get(name)
    if not isinstance(value, str):
        raise BadAct(f"{name} is missing.")
    if len(value) > longest:
        raise BadAct(f"{name} is longer than {longest} characters.")
    if any("\ud800" <= c <= "\udfff" or (c < " " and c not in "\n\t") for c in value):
        raise BadAct(f"{name} holds characters that are not text.")
    return value
