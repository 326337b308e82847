"""One debate in several rooms: a schedule with JOINT asks the same in all of its rooms at once.

Each room keeps a debate of its own, with its thread and its people, since platforms and stores
know rooms. What belongs together is known by its name, which differs in the room alone.
"""

import logging
from dataclasses import replace
from datetime import datetime

from bot import collect
from bot.model import Debate, Phase, Position, Reply, Room
from bot.ports import NoAnswer
from bot.schedule import Schedule
from bot.study import Study

log = logging.getLogger(__name__)


def rooms(schedule: Schedule | None, room: Room) -> tuple[Room, ...]:
    """The rooms where the same happens as in `room`, itself first."""
    if schedule is None or not schedule.joint or room not in schedule.rooms:
        return (room,)
    return (room, *(other for other in schedule.rooms if other != room))


def named(key: str, room: Room, other: Room) -> str:
    """What is called `key` in a room, as it is called in another."""
    return key.replace(f"/{room}/", f"/{other}/", 1)


def others(study: Study, ident: str) -> tuple[str, ...]:
    """What the debate `ident` is called in the other rooms where it is held; mostly none."""
    held = ((plan, room) for plan in study.schedules if plan.joint for room in plan.rooms)
    for plan, room in held:
        if f"/{plan.name}/{room}/" in ident:
            return tuple(named(ident, room, other) for other in rooms(plan, room)[1:])
    return ()


async def debates(study: Study, debate: Debate) -> tuple[Debate, ...]:
    """The debates that are one with this, itself first."""
    found = [await study.store.debate(ident) for ident in others(study, debate.id)]
    return (debate, *(other for other in found if other is not None))


async def replies(study: Study, debate: Debate) -> tuple[Reply, ...]:
    """What was said in all rooms of a debate, oldest first.

    Where there are several, each message is called with its room: platforms count for themselves.
    """
    together = await debates(study, debate)
    if len(together) == 1:
        return await study.store.replies(debate.id)
    said = [r for one in together for r in await study.store.replies(one.id)]
    return tuple(sorted(map(_marked, said), key=lambda reply: reply.at))


def _marked(reply: Reply) -> Reply:
    answers = f"{mark(reply)}{reply.answers}" if reply.answers else None
    return replace(reply, message=f"{mark(reply)}{reply.message}", answers=answers)


def mark(here: Debate | Reply) -> str:
    """What a message's name begins with where its debate is held in several rooms."""
    return f"{here.room}/"


async def positions(study: Study, debate: Debate) -> tuple[Position, ...]:
    """Every step of every member in all rooms of a debate, oldest first."""
    steps = [
        step for one in await debates(study, debate) for step in await study.store.positions(one.id)
    ]
    return tuple(sorted(steps, key=lambda step: step.at))


async def sweep(study: Study, debate: Debate) -> bool:
    """Read the threads of all rooms again; whether one does not show (yet) what was heard in it.

    `NoAnswer` where this debate's own cannot be read.

    Another platform's outage does not hold this room's summary up: what came by its events counts.
    """
    own, *others = await debates(study, debate)
    unshown = (await collect.sweep(study, study.chats[own.room.platform], own)).unshown
    for other in others:
        chat = study.chats.get(other.room.platform)
        try:
            if chat is not None:
                unshown |= (await collect.sweep(study, chat, other)).unshown
        except NoAnswer as why:
            log.warning("the thread of %s could not be read: %s", other.id, why)
    return unshown


async def close(study: Study, debate: Debate, at: datetime) -> None:
    """Begin to close a debate in all of its rooms, at one moment."""
    for one in await debates(study, debate):
        await study.store.set_phase(one.id, Phase.CLOSING, at)
