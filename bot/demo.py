"""One study-group week in the terminal: the real bot on a clock that is moved by hand.

The scheduler's arithmetic, the engine, the outbox and the SQLite file are the ones of every day;
only the chat is the one in memory, and the members are samples (demo.toml).
"""

import asyncio
import contextlib
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from bot import app, plain, service
from bot.chat.history import Post
from bot.chat.memory import MemoryChat
from bot.clock import HandClock
from bot.errors import Say
from bot.model import Debate, Member, Room
from bot.schedule import Schedule, moments, upcoming
from bot.settings import Settings
from bot.snapshot import thaw
from bot.study import Study
from prompts.model import Stance

START = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday
DAYS = 5
DIGEST = "sat 12:00"
FULL = 2  # days shown with every reply; the later ones with the prompt and the summary
LEFT = "{left} more prompts wait in these readings."
TRY_NEXT = (
    "Next: `make try`, which is `gadfly run`, opens the same bot on a page, with you as a member."
)

TOLD = {"for": 3, "against": 3}  # lines of a row that one day uses up


@dataclass(frozen=True, slots=True)
class Act:
    """What one sample member does: a stance, a changed stance, a message."""

    member: Member
    stance: Stance | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a scene needs; `say` prints a line."""

    study: Study
    chat: MemoryChat
    clock: HandClock
    room: Room
    lines: Mapping[str, Any]
    say: Say
    width: int | None


async def play(settings: Settings, say: Say, width: int | None) -> None:
    """Play the week; raises `Wrong` where there is nothing to play."""
    clock = HandClock(START)
    chat = MemoryChat(clock, name="page")
    room = Room("page", "agora")
    with tempfile.TemporaryDirectory(prefix="gadfly-demo-") as folder:
        own = settings.model_copy(
            update={
                "seeds_dir": _seeds(settings),
                "data_dir": Path(folder),
                "database_url": None,
                "prompt_rooms": (str(room),),
                "digest_at": DIGEST,
            }
        )
        async with app.opened(own, clock, {"page": chat}, owner="demo") as study:
            handle = partial(service.handle, study)
            listening = asyncio.create_task(chat.run(handle, lambda: None))
            await asyncio.sleep(0)
            await _week(Stage(study, chat, clock, room, sample_lines(), say, width))
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


def _seeds(settings: Settings) -> Path:
    """The readings of the settings; where these name none and none are here, the samples."""
    samples = Path(str(files("bot"))) / "seeds"  # where Gadfly is installed apart from its clone
    here = settings.seeds_dir.is_dir() or "seeds_dir" in settings.model_fields_set
    return settings.seeds_dir if here or not samples.is_dir() else samples


def sample_lines() -> Mapping[str, Any]:
    """The members and what they write, by reading."""
    return tomllib.loads(files("bot").joinpath("demo.toml").read_text(encoding="utf-8"))


async def _week(stage: Stage) -> None:
    schedule = stage.study.schedules[0]
    await service.tick(stage.study, stage.clock.now())
    opening = upcoming(schedule, stage.clock.now())
    for number, moment in enumerate(islice(opening, DAYS)):
        stage.clock.set(moment.at)
        if not await _day(stage, schedule, full=number < FULL):
            stage.say("The readings hold no further prompt; the rest of the week is free.")
            break
    await _digest(stage, schedule)
    past = await stage.study.store.history(stage.room)
    left = stage.study.library.left(past, schedule.readings)
    stage.say(f"\n{LEFT.format(left=left)}\n{TRY_NEXT}")


async def _day(stage: Stage, schedule: Schedule, *, full: bool) -> bool:
    """One debate from prompt to summary; False where no prompt was left."""
    before = len(stage.chat.posts(stage.room))
    await service.tick(stage.study, stage.clock.now())
    posts = stage.chat.posts(stage.room)[before:]
    if not posts:
        return False
    _headline(stage, schedule)
    _show(stage, posts[-1])
    debate = await stage.study.store.latest(stage.room)
    if debate is None:
        return False
    await _talk(stage, debate, full=full)
    await _close(stage, debate, schedule)
    return True


def _headline(stage: Stage, schedule: Schedule) -> None:
    now = stage.clock.now().astimezone(schedule.zone)
    stage.say(f"\n━━━ {now:%A %d %B %Y, %H:%M} {now.tzname()}, {stage.room} ".ljust(78, "━"))


def _show(stage: Stage, post: Post, by: str = "Gadfly") -> None:
    stage.say(f"\n{by}:")
    stage.say(_indented(plain.render(post.card, stage.width)))


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())


async def _talk(stage: Stage, debate: Debate, *, full: bool) -> None:
    """The members take stances and write; on full days everything is shown."""
    acts = _acts(stage.lines, debate)
    for act in acts:
        stage.clock.move(timedelta(minutes=17))
        await _perform(stage, debate, act, shown=full)
    if not full:
        stage.say(f"\n  ({len(acts)} stances and replies come in.)")
        return
    await _ask(stage, debate, acts[1].member, "quote", _topic(stage, debate))
    await _ask(stage, debate, acts[4].member, "counter", "")


async def _perform(stage: Stage, debate: Debate, act: Act, *, shown: bool) -> None:
    chat, name = stage.chat, act.member.name
    time = f"{stage.clock.now().astimezone(stage.study.schedules[0].zone):%H:%M}"
    if act.stance is not None:
        await chat.take(stage.room, debate.id, act.member, act.stance)
    if act.text:
        await chat.say(stage.room, debate.thread, act.member, act.text)
    if shown:
        pressed = f" [{act.stance.value}]" if act.stance else ""
        stage.say(f"\n  {time} {name}{pressed}{': ' if act.text else ''}{act.text}")


async def _ask(stage: Stage, debate: Debate, member: Member, command: str, text: str) -> None:
    stage.clock.move(timedelta(minutes=3))
    stage.say(f"\n  {member.name} types /{command} {text}".rstrip())
    card = await stage.chat.ask(stage.room, member, command, text, debate.thread)
    if card is not None:
        stage.say(f"\n  Gadfly, to {member.name} alone:")
        stage.say(_indented(_indented(plain.render(card, stage.width))))


def _topic(stage: Stage, debate: Debate) -> str:
    """A topic of the readings that the debate is about; they may have one of many things alone."""
    library, motion = stage.study.library, thaw(debate.prompt).motion.lower()
    words = [word.rstrip("s") for word in motion.rstrip(".").split()]
    near = (topic for word in words for topic in library.topics(typed=word))
    known = [topic for topic in near if topic.lower() in motion]
    return max(known, key=lambda topic: (len(topic), motion.find(topic.lower())), default="")


async def _digest(stage: Stage, schedule: Schedule) -> None:
    """What the week came to."""
    stage.clock.set(next(moments(schedule.digest, schedule.zone, stage.clock.now())).at)
    before = {post.id for post in stage.chat.posts(stage.room)}
    await service.tick(stage.study, stage.clock.now())
    posts = [post for post in stage.chat.posts(stage.room) if post.id not in before]
    if posts:
        _headline(stage, schedule)
    for post in posts:
        _show(stage, post)


async def _close(stage: Stage, debate: Debate, schedule: Schedule) -> None:
    stage.clock.set(debate.closes)
    before = {post.id for post in stage.chat.posts(stage.room)}
    for _ in range(2):  # the second tick rewrites the prompt as closed
        await service.tick(stage.study, stage.clock.now())
    now = stage.clock.now().astimezone(schedule.zone)
    stage.say(f"\n  {now:%A %H:%M}: the debate closes.")
    for post in stage.chat.posts(stage.room):
        if post.id not in before:
            _show(stage, post)


def _acts(lines: Mapping[str, Any], debate: Debate) -> Sequence[Act]:
    """Who does what, from the sample lines of the claim's reading or the general ones."""
    key = thaw(debate.prompt).claim.source.key
    day = (debate.opened - START).days
    said = {
        part: _turned(row, day * TOLD.get(part, 1))
        for part, row in lines.get(key, lines["*"]).items()
    }
    people = [Member(f"page:{name.lower()}", name) for name in lines["members"]]
    return tuple(_cast(people, said))


def _turned(row: Sequence[str], by: int) -> Sequence[str]:
    """A row of lines from its place `by` on; the days of a week begin at different places."""
    start = by % len(row)
    return (*row[start:], *row[:start])


def _cast(people: Sequence[Member], said: Mapping[str, Any]) -> Iterator[Act]:
    turns = (
        (Stance.FOR, said["for"][0]),
        (Stance.AGAINST, said["against"][0]),
        (Stance.FOR, said["for"][1]),
        (Stance.TORN, said["torn"][0]),
        (Stance.AGAINST, said["against"][1]),
        (Stance.FOR, said["for"][2]),
        (Stance.AGAINST, said["against"][2]),
    )
    for member, (stance, text) in zip(people, turns, strict=True):
        yield Act(member, stance, text)
    yield Act(people[3], Stance.AGAINST)
    yield Act(people[2], None, said["question"][0])
