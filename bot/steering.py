"""What facilitators decide: the next prompt now, a slot skipped, a claim passed over, a pause.

The decisions are rows and facts in the store, so that every replica and every restart heeds them.
They are the same from a chat and from the command line, where whoever can run `gadfly` decides.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import gaps, joint, phrases, plan, trouble
from bot.answers import open_debate
from bot.card import Card, Text
from bot.errors import Refusal
from bot.events import Asked, Pressed
from bot.ledger import Store
from bot.model import Effect, Kind, Phase, Room, State
from bot.schedule import Schedule, Slot, together, upcoming
from bot.study import Study
from prompts.deck import used

AUDITED = timedelta(days=14)
LINES = 20
PUNCTUAL = timedelta(minutes=1)
BESIDE = ("until", "next")  # words of an order that name no schedule


@dataclass(frozen=True, slots=True)
class Order:
    """A facilitator's decision about a room; `event` is unique, so that a repetition is none.

    Behind the verb, `text` may name a schedule: where several post in the room, the order is about
    that one alone.
    """

    verb: str
    room: Room
    at: datetime
    event: str
    text: str = ""
    thread: str | None = None

    @property
    def words(self) -> list[str]:
        return self.text.lower().split()[1:]


Plans = tuple[Schedule, ...]
Steer = Callable[[Study, Plans, Order], Awaitable[str]]


async def steer(study: Study, asked: Asked) -> Card:
    """The answer to a facilitator's verb; others are told whose it is."""
    verb = asked.text.split(maxsplit=1)[0].lower()
    order = Order(verb, asked.room, asked.at, asked.event, asked.text, asked.thread)
    return _card(await _told(study, order) if study.facilitates(asked.member) else None)


async def pressed(study: Study, press: Pressed) -> Card:
    """The same for a button, whose action is the verb."""
    order = Order(press.action, press.room, press.at, press.event, thread=press.thread)
    return _card(await _told(study, order) if study.facilitates(press.member) else None)


async def _told(study: Study, order: Order) -> str:
    try:
        return await decide(study, order)
    except Refusal as why:
        return str(why)


async def decide(study: Study, order: Order) -> str:
    """Do what the order says; whoever calls has made sure that its giver may.

    Raises `Refusal` where that is not to be done, with what to do instead.
    """
    plans = study.in_room(order.room)
    if not plans and order.verb != "close":
        raise Refusal(phrases.NO_SCHEDULE)
    said = await STEERS[order.verb](study, _meant(plans, order), order)
    study.nudge()
    return said


def _meant(plans: Plans, order: Order) -> Plans:
    """The schedules that an order is about: the one it names, else all of the room.

    A name that is none of theirs must not be taken for all of them.
    """
    named = tuple(plan for plan in plans if plan.name.lower() in order.words)
    others = [word for word in order.words if word not in BESIDE and _date(word) is None]
    if others and not named and len(plans) > 1 and order.verb != "close":
        names = ", ".join(plan.name for plan in plans)
        raise Refusal(phrases.WHICH_SCHEDULE.format(word=others[0], names=names))
    return named or plans


def _coming(study: Study, plans: Plans) -> Schedule:
    """Whichever of the schedules is due next."""
    return next((plan for plan, _ in together(plans, study.clock.now())), plans[0])


def _titled(study: Study, room: Room, schedule: Schedule) -> str:
    """The name of a schedule before what is said about it, where several post in the room."""
    return f"{schedule.name}: " if len(study.in_room(room)) > 1 else ""


def _card(said: str | None) -> Card:
    lines = (phrases.NOT_YOURS if said is None else said).splitlines()
    return Card(tuple(Text(line) for line in lines), summary=lines[0])


async def _now(study: Study, plans: Plans, order: Order) -> str:
    """The next prompt of the schedule that is named, or else of the one that is due next."""
    schedule = _coming(study, plans)
    past = await plan.past_of(study.store, schedule, order.room)
    if not study.library.left(past, schedule.readings):
        raise Refusal(phrases.OUT_OF_PROMPTS)
    await plan.plan_now(study, schedule, order.room, order.event, order.at)
    return f"{_titled(study, order.room, schedule)}{phrases.ON_ITS_WAY}"


async def _close(study: Study, plans: Plans, order: Order) -> str:
    debate = await open_debate(study, order.room, order.thread)
    if debate is None or debate.phase is not Phase.OPEN:
        raise Refusal(phrases.NO_DEBATE)
    await joint.close(study, debate, order.at)
    return phrases.CLOSING


async def _skip(study: Study, plans: Plans, order: Order) -> str:
    """The next slot of the room, whichever of its schedules it is of."""
    for schedule, moment in together(plans, study.clock.now()):
        slots = [Slot(schedule.name, r, moment) for r in joint.rooms(schedule, order.room)]
        if any([await plan.skip(study, slot, phrases.BY_FACILITATOR) for slot in slots]):
            named = _titled(study, order.room, schedule)
            return f"{named}{phrases.SKIPPED.format(when=_when(moment.at, schedule))}"
    raise Refusal(phrases.NOTHING_AHEAD)


async def _swap(study: Study, plans: Plans, order: Order) -> str:
    """Another claim: instead of the open debate's while nobody has answered, else of the next.

    `swap next` is always the next, as on a page that shows it beside the open one.
    """
    debate = await study.store.latest(order.room)
    held = study.schedule(debate.schedule) if debate and debate.phase is Phase.OPEN else None
    if debate is not None and held in plans and "next" not in order.words:
        if await joint.replies(study, debate) or await joint.positions(study, debate):
            raise Refusal(phrases.ANSWERED)
        await joint.close(study, debate, order.at)
        await plan.plan_now(study, held, order.room, order.event, order.at)
        return phrases.SWAPPED_OPEN
    schedule = _coming(study, plans)
    prompt = await plan.deal(study, schedule, order.room)
    if prompt is None:
        raise Refusal(phrases.OUT_OF_PROMPTS)
    for room in joint.rooms(schedule, order.room):
        await study.store.pass_over(room, order.event, order.at, used(prompt))
    named = _titled(study, order.room, schedule)
    return f"{named}{phrases.SWAPPED.format(motion=prompt.motion)}"


async def _pause(study: Study, plans: Plans, order: Order) -> str:
    until = next(filter(None, map(_date, order.words)), None)
    if until is None or until <= study.clock.now().astimezone(plans[0].zone).date():
        raise Refusal(phrases.PAUSE_HOW)
    await _set_pause(study, plans, order.room, until.isoformat())
    return phrases.PAUSED.format(until=until)


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


async def _resume(study: Study, plans: Plans, order: Order) -> str:
    await _set_pause(study, plans, order.room, "")
    return phrases.RESUMED


async def _set_pause(study: Study, plans: Plans, place: Room, until: str) -> None:
    for schedule in plans:
        for room in joint.rooms(schedule, place):
            await study.store.set_fact(plan.pause_key(schedule, room), until)
            if not until:
                await trouble.retry(study.store, room)


async def _audit(study: Study, plans: Plans, order: Order) -> str:
    since, found = study.clock.now() - AUDITED, list[str]()
    for schedule in plans:
        found += [f"{schedule.name}:"] if len(plans) > 1 else []
        found += (await audit(study.store, schedule, order.room, since))[-LINES:]
    found += await gaps.counted(study.store, order.room, since)
    return "\n".join(found) or phrases.NO_SLOT.format(days=AUDITED.days)


async def audit(store: Store, schedule: Schedule, room: Room, since: datetime) -> list[str]:
    """A line per slot since then, oldest first: posted and how late, or not and why."""
    effects = await store.effects(kind=Kind.PROMPT, schedule=schedule.name, since=since)
    return [
        f"{_when(effect.due, schedule)}: {_became(effect)}"
        for effect in effects
        if effect.room == room
    ]


def _became(effect: Effect) -> str:
    if effect.state is State.SENT and effect.settled is not None:
        late = effect.settled - effect.due
        if late >= PUNCTUAL:
            return f"posted late, {phrases.lasted(late)} after its time"
        return f"posted, {round(late.total_seconds())} s after its time"
    return f"{effect.state}{f' ({effect.why})' if effect.why else ''}"


async def ahead(study: Study, schedule: Schedule, room: Room, count: int) -> list[str]:
    """The next `count` moments of a room that bring a prompt, and what is skipped on the way.

    A pause ends the list where the count would: it may last for months.
    """
    found, coming = list[str](), 0
    for moment in upcoming(schedule, study.clock.now()):
        slot = Slot(schedule.name, room, moment)
        skipped = await _skipped(study.store, slot)
        coming += not skipped
        why = skipped or await plan.paused(study.store, schedule, slot)
        found.append(f"{_when(slot.at, schedule)}{f': {why}' if why else ''}")
        if coming == count:
            break
    return found


async def left_out(store: Store, schedule: Schedule, slot: Slot) -> str | None:
    """Why a coming slot brings no prompt, as far as facilitators have decided."""
    return await _skipped(store, slot) or await plan.paused(store, schedule, slot)


async def _skipped(store: Store, slot: Slot) -> str | None:
    effect = await store.effect(f"prompt/{slot.key}")
    return effect.why if effect is not None and effect.state is State.SKIPPED else None


def _when(at: datetime, schedule: Schedule) -> str:
    local = at.astimezone(schedule.zone)
    return f"{local:%A %d %B, %H:%M} {local.tzname()}"


STEERS: dict[str, Steer] = {
    "now": _now,
    "next": _now,  # the button's word
    "close": _close,
    "skip": _skip,
    "swap": _swap,
    "pause": _pause,
    "resume": _resume,
    "audit": _audit,
}
