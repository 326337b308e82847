"""What a member asks, and who answers it. Answers are private cards; sharing is a press."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot import amends, home, lookups, menu, phrases, privacy, steering, taking
from bot.answers import line, open_debate
from bot.card import Card
from bot.events import Asked, Pressed
from bot.study import Study

Answer = Callable[[Study, Asked], Awaitable[Card]]
LONGEST_WORD = 30  # letters of one we do not know, said back
AHEAD = 3  # moments named per schedule by /gadfly next


async def answer(study: Study, asked: Asked) -> Card:
    """The private answer to a command; to an unknown one the help, which says so."""
    known = COMMANDS.get(asked.command)
    return await (known(study, asked) if known else _help(study, asked, asked.command))


async def _gadfly(study: Study, asked: Asked) -> Card:
    verb, _, rest = asked.text.strip().partition(" ")
    if verb.lower() in menu.LOOKUPS:
        # Another app of the workspace may own /quote; a mention has one command for everything.
        return await answer(study, replace(asked, command=verb.lower(), text=rest))
    known = VERBS.get(verb.lower() or "help")
    return await (known(study, asked) if known else _help(study, asked, verb))


async def _help(study: Study, asked: Asked, unknown: str = "") -> Card:
    told = [phrases.UNKNOWN.format(word=unknown.split()[0][:LONGEST_WORD])] if unknown else []
    verbs = menu.VERBS | menu.LEADS if study.facilitates(asked.member) else menu.VERBS
    typed = ((f"{verb}{menu.BEHIND.get(verb, '')}", said) for verb, said in verbs.items())
    return line(*told, *menu.HELP, *(f"/gadfly {verb}: {said}" for verb, said in typed))


async def _next(study: Study, asked: Asked) -> Card:
    plans, lines = study.in_room(asked.room), list[str]()
    for schedule in plans:
        lines += [f"{schedule.name}:"] if len(plans) > 1 else []
        lines += await steering.ahead(study, schedule, asked.room, AHEAD)
    return line(*(lines or [phrases.ONLY_ASKED if plans else phrases.NO_SCHEDULE]))


async def _status(study: Study, asked: Asked) -> Card:
    debate = await open_debate(study, asked.room, asked.thread)
    if debate is None:
        return line(phrases.NO_DEBATE)
    return await taking.card(study, debate, asked.member.id)


VERBS: Mapping[str, Answer] = {
    "help": _help,
    "status": _status,
    "me": privacy.me,
    "forget": privacy.forget,
    "optout": privacy.opt_out,
    "optin": privacy.opt_in,
    "notmine": amends.asked,
    "aside": amends.asked,
    **dict.fromkeys(steering.STEERS, steering.steer),
    "next": _next,
}
COMMANDS: Mapping[str, Answer] = {
    "gadfly": _gadfly,
    "help": _help,
    "home": home.home,
    "quote": lookups.quotes,
    "counter": lookups.counter,
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
    if pressed.action in ("next", "close"):
        return await steering.pressed(study, pressed)
    return line(phrases.OLD_BUTTON)
