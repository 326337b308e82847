"""A member's own page on a platform that has one: open debates, what comes next, their data.

`Asked.text` names the rooms that the member may see, `slack:C1=agora,slack:C2=stoa`: only the
platform knows that, and what it calls them.
Facilitators see the next prompt of each room, and approve it, swap it or skip its slot.
"""

from bot import phrases, plan, privacy, steering, taking
from bot.answers import line
from bot.card import Button, Buttons, Card, Heading, Note, Part, Text
from bot.events import Asked, Pressed
from bot.model import Phase, Room
from bot.schedule import Schedule
from bot.snapshot import freeze, thaw
from bot.study import Study

AHEAD = 1  # moments shown per schedule and room
STEERED = ("approve", "swap", "skip")
OWN = {"me": privacy.me, "optout": privacy.opt_out, "optin": privacy.opt_in}
ACTIONS = (*STEERED, *OWN, "erase", "forget")


async def home(study: Study, asked: Asked) -> Card:
    rooms = _rooms(asked.text)
    parts: list[Part] = [Heading(phrases.OPEN_NOW)]
    for room, named in rooms.items():
        parts += await _open(study, room, named, asked.member.id)
    if len(parts) == 1:
        parts.append(Text(phrases.NOTHING_OPEN))
    parts.append(Heading(phrases.NEXT))
    for schedule in study.schedules:
        for room in (room for room in schedule.rooms if room in rooms):
            parts += await _next(study, schedule, room, rooms[room], asked)
    return Card((*parts, *await _own(study, asked)), summary="Gadfly")


def _rooms(told: str) -> dict[Room, str]:
    """The rooms, each with the words that tell it apart; without any where there is but one."""
    pairs = [room.partition("=")[::2] for room in told.split(",") if room]
    several = len(pairs) > 1
    return {
        Room.parse(r): phrases.IN_ROOM.format(room=n) if several and n else "" for r, n in pairs
    }


async def _open(study: Study, room: Room, named: str, member: str) -> list[Part]:
    debate = await study.store.latest(room)
    if debate is None or debate.phase is not Phase.OPEN:
        return []
    motion = thaw(debate.prompt).motion
    shown = (await taking.card(study, debate, member, f"{named}{motion}")).parts
    return list(shown)


async def _next(
    study: Study, schedule: Schedule, room: Room, named: str, asked: Asked
) -> list[Part]:
    ahead = await steering.ahead(study, schedule, room, AHEAD)
    named += f"{schedule.name}: " if len(study.schedules) > 1 else ""
    parts: list[Part] = [Text(f"{named}{when}") for when in ahead]
    if not study.facilitates(asked.member):
        return parts
    prompt = await plan.deal(study, schedule, room)
    if prompt is None:
        return [*parts, Note(phrases.OUT_OF_PROMPTS)]
    dealt = thaw(freeze(prompt))
    approved = await study.store.get_fact(_approval(schedule, room)) == prompt.key
    steers = STEERED[1:] if approved else STEERED
    return [
        *parts,
        Text(dealt.motion),
        *dealt.quotations(),
        *([Note(phrases.APPROVED)] if approved else []),
        Buttons(tuple(Button(v, phrases.STEERS[v], f"{room} {schedule.name}") for v in steers)),
    ]


def _approval(schedule: Schedule, room: Room) -> str:
    """The fact that holds the prompt which a facilitator has looked at and found good."""
    return f"approved/{schedule.name}/{room}"


async def _own(study: Study, asked: Asked) -> list[Part]:
    out = await study.store.opted_out(asked.member.id)
    shown = Button("me", phrases.SHOW_ME)
    return [
        Heading(phrases.YOUR_DATA),
        Text(phrases.OUT if out else phrases.IN),
        Buttons((shown, *privacy.ways(out))),
    ]


async def press(study: Study, pressed: Pressed) -> Card:
    """The answer to a button of this page; who may press it is looked at here, each time."""
    if pressed.action in STEERED:
        return await _steered(study, pressed)
    asked = _asked(pressed, pressed.room, pressed.action)
    if pressed.action == "erase":
        sure = Buttons((Button("forget", phrases.ERASE_IT),))
        return Card((Text(phrases.SURE), sure), summary=phrases.SURE)
    if pressed.action == "forget":
        return await privacy.forget(study, asked)
    return await OWN[pressed.action](study, asked)


async def _steered(study: Study, pressed: Pressed) -> Card:
    where, _, named = pressed.value.partition(" ")
    room, schedule = Room.parse(where), study.schedule(named)
    if pressed.action != "approve":
        # This page shows the next prompt: whatever is open meanwhile is not what is swapped.
        return await steering.steer(study, _asked(pressed, room, f"{pressed.action} next {named}"))
    if not study.facilitates(pressed.member):
        return line(phrases.NOT_YOURS)
    prompt = await plan.deal(study, schedule, room) if schedule else None
    if schedule is None or prompt is None:
        return line(phrases.OUT_OF_PROMPTS)
    await study.store.set_fact(_approval(schedule, room), prompt.key)
    return line(phrases.APPROVED)


def _asked(pressed: Pressed, room: Room, verb: str) -> Asked:
    return Asked(room, pressed.member, "gadfly", verb, pressed.at, pressed.event)
