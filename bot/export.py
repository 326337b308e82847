"""`gadfly export` and `gadfly import`: debates as files, and the whole store as one."""

import os
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

from bot import app, phrases, record, settings
from bot.addresses import links
from bot.beside import beside
from bot.chats import chats_of
from bot.clock import SystemClock
from bot.errors import Say, Wrong
from bot.exchange import listen
from bot.model import Debate, Phase
from bot.names import Names, called
from bot.ports import Chat, Clock, Closes
from bot.record import Record
from bot.settings import Settings
from bot.snapshot import thaw
from bot.store.dump import dump, restore
from bot.story import tell
from bot.study import Study
from bot.summary import whole_card

STORE = "store.jsonl"
FORMS: Mapping[str, Callable[[Record], str]] = {
    "json": record.as_json,
    "csv": record.as_csv,
    "md": record.as_markdown,
}


async def export(folder: Path, say: Say, store: bool = False) -> int:
    """Every debate in three forms, beside a bot that may be running; with `store`, all of it.

    The files are for their owner alone: they hold members' words.
    """
    own = settings.load()
    async with beside(own, SystemClock()) as study:
        if study is None:
            say(phrases.NO_DATABASE)
            return 1
        _folder(folder)
        count = 0
        async for found in records(own, study, say):
            for form, write in FORMS.items():
                name = record.file_name(found.opened, found.prompt.motion, found.debate.id)
                _write(folder / f"{name}.{form}", write(found))
            count += 1
    say(f"{phrases.debates(count)} written to {folder}, each as {', '.join(FORMS)}")
    if store:
        lines = await dump(app.database(own))
        _write(folder / STORE, "\n".join(lines) + "\n")
        say(f"{folder / STORE} holds the whole store, names and ids too: keep it as you keep that")
    return 0


async def bring_in(path: Path, say: Say) -> int:
    """Fill the empty store that the settings name from a copy of another."""
    own, lines = settings.load(), _lines(path)
    say(f"{await restore(app.database(own), lines)} rows taken in")
    return 0


def _lines(path: Path) -> list[str]:
    file = path / STORE if path.is_dir() else path
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise Wrong(f"{file}: {why}; write one with gadfly export --store FOLDER") from None


async def records(own: Settings, study: Study, say: Say) -> AsyncIterator[Record]:
    """All debates, oldest first."""
    chats = _chats(own, study.clock, say)
    try:
        for debate in await study.store.debates():
            yield await _record(study, debate, chats.get(debate.room.platform))
    finally:
        for chat in chats.values():
            if isinstance(chat, Closes):
                await chat.close()


def _chats(own: Settings, clock: Clock, say: Say) -> Mapping[str, Chat]:
    """Who is asked for links; nobody where the settings for that are not at hand."""
    try:
        return chats_of(own, clock)
    except Wrong as wrong:
        say(f"without links: {wrong}")
        return {}


async def _record(study: Study, debate: Debate, chat: Chat | None) -> Record:
    replies = await study.store.replies(debate.id)
    positions = await study.store.positions(debate.id)
    marks = await study.store.marks(debate.id)
    how = study.called(debate.schedule)
    shown = called(listen(replies, positions, study.clock.now()).names, how, marks)
    led_to = shown if how is Names.NAMES else {}  # a link tells whose message it is (#8)
    posts = [debate.thread, *(r.message for r in replies if r.member.id in led_to)]
    done = debate.phase is Phase.CLOSED and (replies or positions)
    return Record(
        debate,
        thaw(debate.prompt),
        replies,
        positions,
        shown,
        await links(chat, debate, posts) if chat else {},
        study.local(debate.opened, debate.schedule),
        frozenset(led_to),
        whole_card(await tell(study, debate, study.clock.now())) if done else None,
    )


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Wrong(f"{folder}: {error.strerror}; name a folder that you may write to") from None


def _write(file: Path, text: str) -> None:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise Wrong(f"{file}: {error.strerror}; make room, or name another folder") from None
