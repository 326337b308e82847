"""What Slack tells, as events of the core. Pure: a payload and a few names in, an event out.

Slack's `ts` strings are ids, order and time in one. What is no message of a person in a thread
of a channel comes out as None: other apps, Gadfly itself, direct messages, joins and topics.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import menu
from bot.events import Asked, Back, Deleted, Edited, Gone, Pressed, Said, Took
from bot.model import UNNAMED, Member, Reply, Room
from prompts.model import Stance

Payload = Mapping[str, Any]
Names = Mapping[str, str]

# Words of people; every other subtype is news about the channel or an app's.
SPOKEN = (None, "thread_broadcast", "file_share", "me_message")
UNINSTALLED = ("app_uninstalled", "tokens_revoked")
REMOVED = (*UNINSTALLED, "channel_deleted", "group_deleted")
TOKEN = re.compile(
    r"<(?:[@#!][^<>\s]*(?:\s[^<>]*)?|(?:https?|mailto|tel|ftp):[^<>|]*(?:\|[^<>]*)?)>"
)
PERSON = re.compile(r"<@([UW][A-Z0-9]+)")
LONGEST_TOPIC = 500  # of a message that is quoted or countered by its shortcut


@dataclass(frozen=True, slots=True)
class Self:
    """Gadfly as this workspace knows it; `verbs` are what a mention may begin with.

    `team` is the workspace; empty, it is not known.
    """

    user: str
    bot: str
    verbs: frozenset[str]
    team: str = ""


def moved(payload: Payload, before: Names) -> Payload:
    """The payload with channels called as they were `before` Slack gave them other ids."""
    if not before:
        return payload
    made = dict(payload)
    for key in ("channel", "channel_id"):
        match made.get(key):
            case str(ident):
                made[key] = before.get(ident, ident)
            case {"id": str(ident), **rest}:
                made[key] = {**rest, "id": before.get(ident, ident)}
    if "container" in made:
        made["container"] = moved(made["container"], before)
    return made


def time(ts: str) -> datetime:
    """The moment of a `ts`, to the microsecond: floats would lose the last digits."""
    seconds, _, rest = ts.partition(".")
    micro = int(rest[:6].ljust(6, "0")) if rest else 0
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=micro)


def room(channel: str) -> Room:
    return Room("slack", channel)


def plain(text: str, names: Names) -> str:
    """Slack's wording as a reader sees it: names for ids, labels for links, entities undone."""
    return html.unescape(TOKEN.sub(lambda found: _shown(found[0][1:-1], names), text))


def _shown(token: str, names: Names) -> str:
    target, _, label = token.partition("|")
    if target[0] in "@#!":
        kind = "#" if target[0] == "#" else "@"
        if target.startswith("!date"):
            return label
        known = label or names.get(target[1:]) or (target[1:] if target[0] == "!" else "")
        return kind + known.lstrip("@#").partition("^")[0] if known else f"{kind}somebody"
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def people(payload: Payload) -> frozenset[str]:
    """The ids of everybody whose name is needed to understand a message."""
    message = payload.get("message") or payload
    writer = {message["user"]} if message.get("user") else set()
    return frozenset(writer | set(PERSON.findall(message.get("text") or "")))


def near(event: Payload, me: Self) -> bool:
    """Whether a `message` event may be about a thread of Gadfly's: most of a channel's talk is not.

    Cheap, and nobody's name is needed for it.
    """
    now, before = event.get("message") or event, event.get("previous_message")
    if "deleted_ts" in event or now.get("subtype") == "tombstone":
        return before is None or before.get("user") == me.user or _threaded(before, me)
    return spoken(now, me) and _threaded(now, me)


def _threaded(message: Payload, me: Self) -> bool:
    """Whether it stands in a thread that is ours, or nobody's as far as it says."""
    inside = message.get("thread_ts") not in (None, message.get("ts"))
    return inside and message.get("parent_user_id", me.user) == me.user


def heard(event: Payload, names: Names, me: Self) -> Said | Edited | Deleted | None:
    """A `message` event, if it says something about words of people."""
    channel = str(event.get("channel", ""))
    if not channel.startswith(("C", "G")):
        return None
    if event.get("subtype") == "message_deleted":
        return Deleted(room(channel), event["deleted_ts"], _at(event))
    if event.get("subtype") == "message_changed":
        return _changed(event, channel, names, me)
    said = reply(event, channel, names, me)
    thread = event.get("thread_ts", "")
    return Said(said.room, thread, said.message, said.member, said.text, said.at) if said else None


def _changed(event: Payload, channel: str, names: Names, me: Self) -> Edited | Deleted | None:
    """An edit, or a parent that left a gravestone; a link that unfolded is neither."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    if now.get("subtype") == "tombstone":
        return Deleted(room(channel), now["ts"], _at(event))
    edited = now.get("edited")
    if not edited or not spoken(now, me) or now.get("text") == before.get("text"):
        return None
    text, at = plain(now.get("text") or "", names), time(edited["ts"])
    return Edited(room(channel), now["ts"], text, at, now.get("thread_ts"))


def _at(event: Payload) -> datetime:
    return time(event.get("event_ts") or event["ts"])


def spoken(message: Payload, me: Self) -> bool:
    """Whether these are a person's words, and not put to Gadfly as a command."""
    writer = message.get("user")
    return (
        message.get("subtype") in SPOKEN
        and bool(writer)
        and writer not in (me.user, "USLACKBOT")
        and not message.get("bot_id")
        and command(message.get("text") or "", me) is None
    )


def reply(message: Payload, channel: str, names: Names, me: Self) -> Reply | None:
    """A message of a thread as it reads now; None for its parent and for what is no reply."""
    if not spoken(message, me) or message.get("thread_ts") in (None, message["ts"]):
        return None
    text, edited = plain(message.get("text") or "", names), message.get("edited")
    when = time(edited["ts"]) if edited else None
    writer = member(message["user"], names)
    return Reply(room(channel), message["ts"], writer, text, time(message["ts"]), when)


def member(user: str, names: Names) -> Member:
    return Member(f"slack:{user}", names.get(user) or UNNAMED)


def command(text: str, me: Self) -> tuple[str, str] | None:
    """What is put to Gadfly by a mention at the beginning: the first word is a verb of its own.

    Anything else that begins with its name is talk about it, and a reply like every other.
    """
    if me.user not in text:
        return None
    found = re.match(rf"\s*<@{re.escape(me.user)}(?:\|[^<>]*)?>[\s,:]*(.*)", text, re.DOTALL)
    verb = found[1].split(maxsplit=1)[0].lower().lstrip("/") if found and found[1].split() else ""
    if found is None or verb not in me.verbs:
        return None
    rest = found[1].strip().lstrip("/")
    return (verb, rest[len(verb) :].strip()) if verb in menu.LOOKUPS else ("gadfly", rest)


def mentioned(event: Payload, names: Names, me: Self) -> Asked | None:
    """A mention as a command; one without a verb, outside of threads, asks for the help."""
    text, thread = event.get("text") or "", event.get("thread_ts")
    put = command(text, me) or (None if thread else ("gadfly", "help"))
    if put is None or event.get("bot_id") or not event.get("user"):
        return None
    channel, ts = event["channel"], event["ts"]
    asked = plain(put[1], names)
    who = member(event["user"], names)
    return Asked(room(channel), who, put[0], asked, time(ts), f"{channel}/{ts}", thread)


def ordered(body: Payload, names: Names, at: datetime) -> Asked:
    """A slash command. Slack gives it no time of its own: `at` is ours."""
    who, verb = member(body["user_id"], names), body["command"].lstrip("/").lower()
    text = plain(body.get("text") or "", names)
    return Asked(room(body["channel_id"]), who, verb, text, at, body["trigger_id"])


def shortcut(body: Payload, names: Names, me: Self) -> Asked:
    """A shortcut on a message; on a prompt of Gadfly's own it is about that debate."""
    message, channel = body["message"], body["channel"]["id"]
    own = message.get("user") == me.user or message.get("bot_id") == me.bot
    text = "" if own else plain(message.get("text") or "", names)[:LONGEST_TOPIC]
    thread = message.get("thread_ts") or (message["ts"] if own else None)
    who, verb = member(body["user"]["id"], names), body["callback_id"]
    at = time(body["action_ts"])
    return Asked(room(channel), who, verb, text, at, body["trigger_id"], thread)


def pressed(body: Payload, names: Names, elsewhere: Room) -> Took | Pressed:
    """A button. On the App Home there is no channel: `elsewhere` stands for it."""
    pushed, who = body["actions"][0], member(body["user"]["id"], names)
    action, value = pushed["action_id"].partition(":")[0], pushed.get("value") or ""
    at, channel = time(pushed["action_ts"]), _channel(body)
    where = room(channel) if channel else elsewhere
    if action in list(Stance):
        return Took(where, value, who, Stance(action), at)
    event = body.get("trigger_id") or f"{body['user']['id']}/{pushed['action_ts']}"
    return Pressed(where, who, action, value, at, event, thread(body))


def _channel(body: Payload) -> str | None:
    channel: str | None = (body.get("channel") or body.get("container") or {}).get("id")
    return channel or (body.get("container") or {}).get("channel_id")


def thread(body: Payload) -> str | None:
    """The thread in which a button stands; a post of ours in the channel is its own."""
    container, message = body.get("container") or {}, body.get("message") or {}
    found: str | None = container.get("thread_ts") or message.get("thread_ts")
    if found is None and not container.get("is_ephemeral"):
        found = container.get("message_ts")
    return found


def back(event: Payload, at: datetime) -> Back:
    """A channel that lets Gadfly in, or is open again."""
    return Back(room(event["channel"]), at)


def elsewhere(payload: Payload, me: Self) -> bool:
    """Whether an installation ended that is not ours: an app tells of each workspace it is in."""
    ended = payload["event"].get("type") in UNINSTALLED
    return ended and bool(me.team) and payload.get("team_id", me.team) != me.team


def removed(event: Payload, rooms: tuple[Room, ...], at: datetime) -> Gone | None:
    """Gadfly, or one of its rooms, is gone for good. A user's token that ends is none of it."""
    kind = event["type"]
    if kind == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return None
    if kind in ("channel_deleted", "group_deleted"):
        return Gone((room(event["channel"]),), at)
    return Gone(rooms, at) if kind in REMOVED else None
