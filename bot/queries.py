"""The verbs that ask the readings without a chat: quote, counter, mine, rank, stance."""

import gc
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot import phrases, plain, settings
from bot.card import Card, Part, Text
from bot.card import quote as quotation
from bot.errors import Say, Wrong
from bot.lookups import named
from bot.shelf import shelf
from prompts.child import SWEPT
from prompts.formats import Unreadable
from prompts.library import Library
from prompts.model import Passage
from prompts.passages import cite
from prompts.readings import one


def quote(topic: str, say: Say, as_json: bool = False) -> int:
    """What the readings say about a topic. Exit code 0 where something was found, else 1.

    As JSON: {"topic", "passages"}, each passage with text, key, start, end (code points of the
    reading's text, the end exclusive) and citation.
    """
    found = _library().quotes(topic)
    if as_json:
        say(json.dumps({"topic": topic, "passages": [_row(passage) for passage in found]}))
        return 0 if found else 1
    if not found:
        say(phrases.NO_QUOTE.format(topic=named(topic)))
        return 1
    say(plain.render(_card((), found)))
    return 0


def counter(claim: str, say: Say, as_json: bool = False) -> int:
    """The best passage against a claim, under an honest verdict. Exit code as for `quote`.

    As JSON: {"claim", "verdict", "passages"}; the verdict is "opposes", "uncertain" or "none".
    """
    found = _library().counter(claim)
    if as_json:
        passages = [_row(passage) for passage in found.passages]
        say(json.dumps({"claim": claim, "verdict": found.verdict.value, "passages": passages}))
        return 0 if passages else 1
    if not found.passages:
        say(phrases.NOTHING_NEAR)
        return 1
    say(plain.render(_card((Text(phrases.VERDICTS[found.verdict]),), found.passages)))
    return 0


def mine(file: Path | None, say: Say) -> int:
    """The engine by itself: JSON lines from standard input, or one file for a person to read.

    Exit code 1 where a line could not be read; the others are answered all the same.
    """
    from prompts import mine as engine

    gc.set_threshold(SWEPT)
    if file is None:
        return engine.serve(sys.stdin.buffer, sys.stdout, sys.stderr)
    if not file.is_file():
        raise Wrong(f"{file}: is no file; name a reading, or give JSON lines on standard input")
    try:
        say(engine.show(one(file)))
    except Unreadable as error:
        raise Wrong(f"{file} {error}") from None
    return 0


def rank(corpus: Path, task: str, say: Say) -> int:
    """Documents of a file ranked for the queries on standard input, JSON lines both."""
    from prompts.rank import ranked

    try:
        documents = corpus.read_text(encoding="utf-8").split("\n")  # U+2028 may stand in a text
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise Wrong(f"{corpus} cannot be read ({why}); name a file of JSON lines") from None
    return _told(ranked(documents, task, sys.stdin), say)


def stance(say: Say) -> int:
    """Pairs of motion and text on standard input judged for and against, JSON lines both."""
    from prompts.together import judged

    return _told(judged(sys.stdin), say)


def _told(lines: Iterable[str], say: Say) -> int:
    try:
        for line in lines:
            say(line)
    except ValueError as error:
        raise Wrong(str(error)) from None
    return 0


def _row(passage: Passage) -> dict[str, object]:
    place = {"key": passage.reading.key, "start": passage.start, "end": passage.end}
    return {"text": passage.text, **place, "citation": str(cite(passage))}


def _library() -> Library:
    return shelf(settings.load())


def _card(top: tuple[Part, ...], passages: Iterable[Passage]) -> Card:
    return Card((*top, *(quotation(passage) for passage in passages)))
