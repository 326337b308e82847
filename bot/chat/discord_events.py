"""What Discord tells, pure: commands and how they are registered, presses, submissions, refusals.

The shapes are those of Discord's interaction data; whatever is missing in them reads as empty.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot import menu
from bot.chat.discord_cards import mark, unpacked
from bot.model import Room
from prompts.model import Stance

Data = Mapping[str, Any]
SLASH, MESSAGE_MENU = 1, 3
SUBCOMMAND, STRING = 1, 3
MOST_CHOICES, LONGEST_CHOICE = 25, 100
LONGEST_ASKED = 1000  # of a text that is looked up

QUOTE_THIS, FIND_COUNTER = "Quote this topic", "Find a counter"
MENUS = {QUOTE_THIS: "quote", FIND_COUNTER: "counter"}
VERBS = {
    "help": "What Gadfly can do",
    **{verb: said[0].upper() + said[1:] for verb, said in menu.VERBS.items()},
    **{verb: f"Facilitators: {said}" for verb, said in menu.LEADS.items()},
}
BLIND = (
    "Plain replies cannot be read here. Press a button and say why, or name Gadfly in your reply "
    "with an @, and it counts."
)
SLASHED = (
    "On Discord Gadfly's commands begin with a slash: type /gadfly help in the channel, and only "
    "you see the answer. A mention with a command is not kept as a reply."
)
SCHEDULE = "Of several schedules in the room, the one that is meant"
MORE = {  # what a verb is given: name, description, whether it must be
    **dict.fromkeys(("now", "skip", "swap", "resume"), ("schedule", SCHEDULE, False)),
    "pause": ("until", "A date such as 2027-01-10; behind it, a schedule's name", True),
    "notmine": ("text", "correct, withdraw or anonymise, and which line", False),
    "aside": ("text", "restore, and which line", False),
}
MENTION = re.compile(r"<@!?(\d+)>")
PASSING = {  # error numbers that pass by themselves: slow mode, limits on writing, overload
    *(20016, 20022, 20028, 20029, 30046, 40003, 40004, 40006, 40062, 40333, 130000)
}
PERHAPS = {160006}  # too many threads: others fall silent, and Discord closes them


def commands() -> list[dict[str, Any]]:
    """Everything Gadfly registers, for a server's channels and not for private messages."""
    topic = _option("topic", "A topic, or the title of a reading", required=True)
    claim = _option("claim", "A claim; left out, the open debate's", required=False)
    subs = [_subcommand(verb, said) for verb, said in VERBS.items()]
    return [
        _command("quote", "What the readings say about a topic, word for word", [topic]),
        _command("counter", "The best passage of the readings against a claim", [claim]),
        _command("gadfly", "The debates of this room, and what Gadfly holds about you", subs),
        *({"name": name, "type": MESSAGE_MENU, "contexts": [0]} for name in MENUS),
    ]


def _command(name: str, said: str, options: list[dict[str, Any]]) -> dict[str, Any]:
    fixed = {"type": SLASH, "contexts": [0]}
    return {"name": name, "description": said, "options": options, **fixed}


def _subcommand(verb: str, said: str) -> dict[str, Any]:
    made: dict[str, Any] = {"name": verb, "description": said, "type": SUBCOMMAND}
    if verb in MORE:
        name, about, required = MORE[verb]
        option = {"name": name, "description": about, "type": STRING, "required": required}
        made["options"] = [option]
    return made


def _option(name: str, said: str, *, required: bool) -> dict[str, Any]:
    made = {"name": name, "description": said, "type": STRING, "required": required}
    return {**made, "autocomplete": True}


def same(held: Sequence[Data], wanted: Sequence[Data]) -> bool:
    """Whether what is registered is what should be; Discord adds much and leaves out defaults."""
    return sorted(map(_essence, held)) == sorted(map(_essence, wanted))


def _essence(command: Data) -> str:
    kept = {name: command.get(name) or "" for name in ("name", "description")}
    flags = {name: bool(command.get(name)) for name in ("required", "autocomplete")}
    options = [_essence(option) for option in command.get("options") or ()]
    return json.dumps({**kept, **flags, "type": command.get("type", SLASH), "options": options})


def asked(data: Data) -> tuple[str, str]:
    """The command and its text, of a slash command or of a message's menu."""
    name = str(data.get("name", ""))
    if data.get("type") == MESSAGE_MENU:
        return MENUS.get(name, name), _target(data)[:LONGEST_ASKED]
    return name, " ".join(_said(data.get("options") or ()))[:LONGEST_ASKED]


def _said(options: Iterable[Data]) -> Iterator[str]:
    for option in options:
        if option.get("type") == SUBCOMMAND:
            yield str(option["name"])
            yield from _said(option.get("options") or ())
        else:
            yield str(option.get("value", ""))


def walk(components: Iterable[Data]) -> Iterator[Data]:
    """Every component of a message, those inside others too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())


def wears(components: Sequence[Data], key: str, room: Room) -> bool:
    """Whether a message of ours is the post with that key: by its mark, or by its buttons."""
    if components and components[0].get("id") == mark(key):
        return True
    carried = [str(c["custom_id"]) for c in walk(components) if c.get("custom_id")]
    opened = [unpacked(custom_id, room) for custom_id in carried]
    return any(action in list(Stance) and value == key for action, value in opened)


def asks(components: Iterable[Data]) -> bool:
    """Whether a message of ours is a prompt: it has a button for a stance."""
    carried = (str(c.get("custom_id") or "") for c in walk(components))
    return any(custom_id.partition(":")[0] in list(Stance) for custom_id in carried)


def heading(components: Iterable[Data]) -> str:
    """The first line of a message of ours, as it was before it was escaped."""
    texts = (str(c["content"]) for c in walk(components) if c.get("content"))
    line = next((t for t in texts if not t.startswith("<@&")), "").partition("\n")[0]
    return re.sub(r"\\(.)", r"\1", line.removeprefix("## "))


def text_of(components: Iterable[Data]) -> str:
    """All text of a message of ours, as it was sent."""
    return "\n".join(str(c["content"]) for c in walk(components) if c.get("content"))


def _target(data: Data) -> str:
    """The words of the message whose menu was used; of Gadfly's own, its heading."""
    messages = (data.get("resolved") or {}).get("messages") or {}
    message = messages.get(str(data.get("target_id"))) or {}
    shown = str(message.get("content") or "") or heading(message.get("components") or ())
    return shown.strip()


def typed(data: Data) -> str:
    """What somebody has typed so far into the option that completes itself."""
    options = data.get("options") or ()
    return next((str(o.get("value", "")) for o in options if o.get("focused")), "")


def choices(lines: Iterable[str]) -> list[str]:
    """What may be offered: Discord takes so many, and each so long."""
    fitting = (line for line in lines if 0 < len(line) <= LONGEST_CHOICE)
    return list(dict.fromkeys(fitting))[:MOST_CHOICES]


def submitted(data: Data) -> str:
    """The one text of a modal that was sent off."""
    return next(_values(data.get("components") or ()), "").strip()


def _values(components: Iterable[Data]) -> Iterator[str]:
    for component in components:
        inner = component.get("component")
        yield from _values([inner] if inner else component.get("components") or ())
        if component.get("value"):
            yield str(component["value"])


def orders(content: str, me: int | None) -> bool:
    """Whether a message is a command put to Gadfly by a mention: no reply, whatever the debate.

    What goes on after a verb that takes nothing is somebody speaking to the group.
    """
    found = re.match(rf"\s*<@!?{me}>[\s,:]*(/?)(\w+)\b\s*(\S?)", content)
    verb = found[2].lower() if found else ""
    if found is None or verb not in (*VERBS, *menu.LOOKUPS):
        return False
    alone = found[3] in ("", ".", "!", "?")
    return alone or found[1] == "/" or verb in (*MORE, *menu.LOOKUPS)


def stance(action: str) -> Stance | None:
    """The stance that a button's action takes; None where it takes none."""
    return Stance(action) if action in list(Stance) else None


def readable(content: str, names: Mapping[int, str], me: int | None) -> str:
    """A message as members read it: people by name, and without the mention that called Gadfly."""

    def named(found: re.Match[str]) -> str:
        ident = int(found[1])
        return f"@{names[ident]}" if ident in names else found[0]

    called = re.compile(rf"^\s*<@!?{me}>[\s,:]*") if me is not None else None
    return MENTION.sub(named, called.sub("", content) if called else content)


def remedy(code: int, room: Room | None) -> str:
    """What Discord's error number means here, and what somebody can do about it."""
    where = f"the channel {room.id}" if room else "that person"
    known = {
        10003: f"{where} is gone; take it out of PROMPT_ROOMS",
        10004: "Gadfly is not in that server any more; invite it again (deploy/discord.md)",
        10008: "the message is gone; somebody deleted it",
        40066: f"{where} wants a tag on each post, and all its tags are for moderators; add one "
        "that everybody may use",
        40067: f"{where} wants a tag on each post and has none; add one that everybody may use",
        50001: f"Gadfly cannot see {where}; let its role View Channel there",
        50007: f"{where} takes no private messages from Gadfly; allow those of the server",
        50013: f"Gadfly may not do that in {where}; give its role View Channel, Send Messages, "
        "Embed Links, Attach Files, Read Message History, Create Public Threads and Send "
        "Messages in Threads (deploy/discord.md)",
        50024: f"{where} cannot hold debates; choose a text channel or a forum",
        200000: f"the server's AutoMod keeps it out of {where}; let Gadfly's role through there",
        200001: f"the server's AutoMod keeps its title out of {where}; let Gadfly's role through",
        50083: "the thread is archived; open it again",
        160005: "the thread is locked; unlock it, or give Gadfly's role Manage Threads",
        160006: "the server has as many open threads as Discord allows; close some that nobody "
        "needs (right-click on a thread, Close Thread), and they can still be read",
    }
    return known.get(code, "")


def api_base(address: str) -> str:
    """The API at an address that is given with its version, with `/api` alone, or with neither."""
    plain = address.rstrip("/")
    if re.search(r"/v\d+$", plain):
        return plain
    return f"{plain}/v10" if plain.endswith("/api") else f"{plain}/api/v10"
