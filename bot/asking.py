"""The verbs that ask the readings without a chat: quote, counter, readings, mine."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from bot import app, phrases, plain, settings
from bot.card import Card, Part, Text
from bot.card import quote as quotation
from bot.errors import Wrong
from prompts.formats import Unreadable
from prompts.library import Library
from prompts.model import Passage
from prompts.readings import one

Say = Callable[[str], None]


def quote(topic: str, say: Say) -> int:
    """What the readings say about a topic. Exit code 0 where something was found, else 1."""
    found = _library().quotes(topic)
    if not found:
        say(phrases.NO_QUOTE.format(topic=topic))
        return 1
    say(plain.render(_card((), found)))
    return 0


def counter(claim: str, say: Say) -> int:
    """The best passage against a claim, under an honest verdict. Exit code as for `quote`."""
    found = _library().counter(claim)
    if not found.passages:
        say(phrases.NOTHING_NEAR)
        return 1
    say(plain.render(_card((Text(phrases.VERDICTS[found.verdict]),), found.passages)))
    return 0


def readings(say: Say) -> int:
    """Each reading and what could not be read. Exit code 1 where there is trouble."""
    library = _library()
    for reading in library.readings:
        by = f", {reading.author}" if reading.author else ""
        words = len(reading.text.split())
        say(f"{reading.key}: {reading.title}{by}; {words} words, {reading.language}")
    for trouble in library.troubles:
        say(f"Trouble: {trouble}")
    say(f"{library.left(())} prompts in {len(library.readings)} readings")
    return 1 if library.troubles else 0


def mine(file: Path | None, say: Say) -> int:
    """The engine by itself: JSON lines from standard input, or one file for a person to read."""
    from prompts import mine as engine

    if file is None:
        for line in engine.mine(sys.stdin):
            say(line)
        return 0
    try:
        say(engine.show(one(file)))
    except Unreadable as error:
        raise Wrong(f"{file} {error}") from None
    return 0


def _library() -> Library:
    return app.shelf(settings.load())


def _card(top: tuple[Part, ...], passages: Iterable[Passage]) -> Card:
    return Card((*top, *(quotation(passage) for passage in passages)))
