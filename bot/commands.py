"""What a member asks, and who answers it. Answers are private cards; sharing is a press."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot import amends, home, joint, lookups, phrases, plan, privacy, steering
from bot.answers import line, open_debate, standing
from bot.card import Card
from bot.model import Asked, Phase, Pressed
from bot.study import Study

Answer = Callable[[Study, Asked], Awaitable[Card]]
LOOKUPS = ("quote", "counter")
AHEAD = 3  # moments named per schedule by /gadfly next


async def answer(study: Study, asked: Asked) -> Card:
    """The private answer to a command; unknown ones are answered with the help."""
    verb, _, rest = asked.text.strip().partition(" ")
    if asked.command == "gadfly" and verb.lower() in LOOKUPS:
        # Another app of the workspace may own /quote; a mention has one command for everything.
        return await answer(study, replace(asked, command=verb.lower(), text=rest))
    if asked.command == "gadfly":
        return await VERBS.get(verb.lower(), _help)(study, asked)
    if asked.command == "home":
        return await home.home(study, asked)
    if asked.command == "quote":
        return await lookups.quotes(study, asked)
    if asked.command == "counter":
        return await lookups.counter(study, asked)
    return await _help(study, asked)


async def _help(study: Study, asked: Asked) -> Card:
    more = phrases.HELP_FACILITATORS if study.facilitates(asked.member) else ()
    return line(*phrases.HELP, *more)


async def _next(study: Study, asked: Asked) -> Card:
    lines: list[str] = []
    for schedule in study.schedules:
        if asked.room in schedule.rooms:
            lines += await steering.ahead(study, schedule, asked.room, AHEAD)
    return line(*(lines or [phrases.NO_SCHEDULE]))


async def _status(study: Study, asked: Asked) -> Card:
    debate = await open_debate(study, asked.room, asked.thread)
    if debate is None:
        return line(phrases.NO_DEBATE)
    return await standing(study, debate, asked.member.id)


async def _now(study: Study, asked: Asked | Pressed) -> Card:
    schedule = study.of_room(asked.room)
    if not study.facilitates(asked.member):
        return line(phrases.NOT_YOURS)
    if schedule is None:
        return line(phrases.NO_SCHEDULE)
    past = await plan.past_of(study.store, schedule, asked.room)
    if not study.library.left(past, schedule.readings):
        return line(phrases.OUT_OF_PROMPTS)
    await plan.plan_now(study, schedule, asked.room, asked.event, asked.at)
    study.nudge()
    return line(phrases.ON_ITS_WAY)


async def _close(study: Study, asked: Asked | Pressed) -> Card:
    if not study.facilitates(asked.member):
        return line(phrases.NOT_YOURS)
    debate = await open_debate(study, asked.room, asked.thread)
    if debate is None or debate.phase is not Phase.OPEN:
        return line(phrases.NO_DEBATE)
    await joint.close(study, debate, asked.at)
    study.nudge()
    return line(phrases.CLOSING)


VERBS: Mapping[str, Answer] = {
    "help": _help,
    "next": _next,
    "status": _status,
    "me": privacy.me,
    "forget": privacy.forget,
    "optout": privacy.opt_out,
    "optin": privacy.opt_in,
    "now": _now,
    "close": _close,
    "notmine": amends.asked,
    "aside": amends.asked,
    **dict.fromkeys(steering.STEERS, steering.steer),
}


async def press(study: Study, pressed: Pressed) -> Card:
    """The private answer to a button that is not a stance."""
    if pressed.action == "share":
        return await lookups.share(study, pressed)
    if pressed.action == "passage":
        return await lookups.context(study, pressed)
    if pressed.action in home.ACTIONS:
        return await home.press(study, pressed)
    if pressed.action in amends.BUTTONS:
        return await amends.pressed(study, pressed)
    if pressed.action == "next":
        return await _now(study, pressed)
    if pressed.action == "close":
        return await _close(study, pressed)
    return line("This button is from an older Gadfly; /gadfly help says what can be done.")
