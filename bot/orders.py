"""Steering from the command line: `gadfly now`, `close`, `skip`, `swap`, `pause` and `resume`.

On PostgreSQL the command decides on the store itself, as one more replica. A SQLite file belongs
to one process at a time: where a bot runs, the command asks it; where none does, it decides on the
file itself.
"""

import asyncio
from uuid import uuid4

from bot import app, control, phrases, settings, timetable
from bot.clock import SystemClock
from bot.errors import Say, Wrong
from bot.model import BadRoom, Room
from bot.settings import Settings
from bot.store.engine import file_of, read_url


def give(verb: str, room: str | None, text: str, say: Say) -> None:
    """What a person gave as a command; the answer is said. `room` may be left out if there is one.

    Raises `Wrong`, one line, for whatever has to be put right first.
    """
    own = settings.load()
    asyncio.run(_give(own, [verb, str(_place(own, room)), text], say))


async def _give(own: Settings, order: list[str], say: Say) -> None:
    path = file_of(read_url(app.database(own)))
    said = await control.asked(path, order) if path else None
    if said is not None:
        return say(said)
    async with app.opened(own, SystemClock(), {}, f"command/{uuid4().hex[:8]}") as study:
        say(await control.decided(study, *order))
    if path:
        say(phrases.NO_BOT)


def _place(own: Settings, room: str | None) -> Room:
    known = dict.fromkeys(r for plan in timetable.schedules(own) for r in plan.rooms)
    names = ", ".join(map(str, known)) or "none: PROMPT_ROOMS names no room"
    if room is None:
        if len(known) == 1:
            return next(iter(known))
        raise Wrong(f"--room: which one? The rooms are {names}")
    try:
        return Room.parse(room)
    except BadRoom as wrong:
        raise Wrong(f"--room: {wrong}; the rooms are {names}") from None
