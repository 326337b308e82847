"""`gadfly archive`: every closed debate as files that can be read in ten years without Gadfly.

A page and the same as Markdown, the chart, and the argument map as SVG and as Argdown. The archive
says what the store says: run again, it follows every correction, and what left the store (by wish
or by RETENTION_DAYS) leaves the archive as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from pathlib import Path

from markdown_it import MarkdownIt

from bot import argmap, compose, markdown, phrases, settings
from bot.beside import beside
from bot.card import Card, Heading, Note, Part, Text
from bot.chart import chart, picture
from bot.clock import SystemClock
from bot.draft import Skip
from bot.errors import Say, Wrong
from bot.model import Debate, Phase
from bot.record import file_name
from bot.snapshot import Snapshot, thaw
from bot.story import Story, tell
from bot.study import Study
from bot.summary import represented, whole_card

OURS = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]*[0-9a-f]{6}\.(html|md|svg|png|argdown)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One debate of the archive: the name of its files, and what they are made of."""

    name: str
    debate: Debate
    prompt: Snapshot
    opened: datetime  # in the zone of its schedule
    story: Story | None  # None: members' words have left the store


async def archive(folder: Path, say: Say) -> int:
    """Write the archive, beside a bot that may be running. 1 where there is nothing to write."""
    own = settings.load()
    clock = SystemClock()
    async with beside(own, clock) as study:
        if study is None:
            say(phrases.NO_DATABASE)
            return 1
        entries = await gather(study, clock.now(), say)
    written = dict(contents(entries))
    write(folder, written)
    say(f"{phrases.debates(len(entries))} in {len(written)} files under {folder}; open index.html")
    return 0


async def gather(study: Study, now: datetime, say: Say) -> list[Entry]:
    """The closed debates, oldest first. One that fails the quote gate is told and left out."""
    found: list[Entry] = []
    for debate in await study.store.debates(phase=Phase.CLOSED):
        entry = await _entry(study, debate, now)
        words = entry.story.exchange.words if entry.story else {}
        wrong = compose.gated(study, card(entry), words, debate)
        if isinstance(wrong, Skip):
            say(f"{entry.name} left out: {wrong.why}")
        else:
            found.append(entry)
    return found


async def _entry(study: Study, debate: Debate, now: datetime) -> Entry:
    prompt = thaw(debate.prompt)
    opened = study.local(debate.opened, debate.schedule)
    name = file_name(opened, prompt.motion, debate.id)
    gone = (debate.closed or debate.closes) < now - study.retention
    return Entry(name, debate, prompt, opened, None if gone else await tell(study, debate, now))


def card(entry: Entry) -> Card:
    """The whole debate: what was asked, and what came of it."""
    when = f"{entry.opened:%A, %d %B %Y}, {entry.debate.room}"
    asked: tuple[Part, ...] = (
        Heading(entry.prompt.motion),
        Note(when),
        *entry.prompt.quotations(),
        Text(entry.prompt.question),
        Note(phrases.WORDING),
    )
    if entry.story is None:
        return Card((*asked, Note(phrases.WORDS_GONE)))
    _, *told = whole_card(entry.story).parts
    return Card((*asked, Heading(phrases.SUMMARY), *told))


# -- files ----------------------------------------------------------------------------------------


def contents(entries: Sequence[Entry]) -> Iterator[tuple[str, str | bytes]]:
    """The archive's files by name."""
    index = _index(entries)
    yield "index.md", index
    yield "index.html", _page("Debates", index)
    for entry in entries:
        text = _markdown(entry)
        yield f"{entry.name}.md", text
        yield f"{entry.name}.html", _page(entry.prompt.motion, text)
        if entry.story is None:
            continue
        yield f"{entry.name}.png", picture(chart(entry.story)).png
        yield f"{entry.name}.svg", argmap.drawing(entry.story, entry.prompt.quotations())
        yield f"{entry.name}.argdown", argmap.argdown(entry.story, entry.prompt.quotations())


def _markdown(entry: Entry) -> str:
    text = markdown.render(card(entry))
    if entry.story is None:
        return text
    alt = markdown.escaped(picture(chart(entry.story)).alt)
    tail = [
        f"![{alt}]({entry.name}.png)",
        f"## {phrases.ARGUMENT_MAP}",
        f"![{phrases.ARGUMENT_MAP}]({entry.name}.svg)",
        f"[{phrases.AS_ARGDOWN}]({entry.name}.argdown) · [{phrases.ALL_DEBATES}](index.md)",
    ]
    return "\n\n".join([text.rstrip(), *tail]) + "\n"


def _index(entries: Sequence[Entry]) -> str:
    lines = ["# Debates", ""]
    for entry in sorted(entries, key=lambda e: e.opened, reverse=True):
        title = markdown.escaped(entry.prompt.motion)
        lines.append(f"- {entry.opened:%Y-%m-%d}: [{title}]({entry.name}.md). {_told(entry)}")
    return "\n".join(lines) + "\n"


def _told(entry: Entry) -> str:
    if entry.story is None:
        return phrases.WORDS_GONE
    stood = phrases.counts(entry.story.exchange.counts())
    return markdown.escaped(f"{stood}. {represented(entry.story)}.")


def _page(title: str, text: str) -> str:
    """Markdown as a page of its own: no script, no address but its neighbours'."""
    style = files("bot").joinpath("archive.css").read_text(encoding="utf-8")
    body = MarkdownIt("commonmark", {"html": False}).render(text)
    body = re.sub(r'href="([\w.-]+)\.md"', r'href="\1.html"', body)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def write(folder: Path, written: dict[str, str | bytes]) -> None:
    """Write the files, and take away those of debates that are no longer there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(data)
        for old in folder.iterdir():
            if OURS.fullmatch(old.name) and old.name not in written:
                old.unlink()
    except OSError as error:
        why = f"{error.strerror}; name a folder that Gadfly may write to"
        raise Wrong(f"{folder} cannot be written: {why}") from None
