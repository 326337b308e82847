"""The front matter of a text: `key: value` lines between two lines of three hyphens."""

import re
from typing import NamedTuple

KEYS = ("title", "author", "year", "source", "licence", "language", "encoding")
SPELLINGS = {"license": "licence", "lang": "language", "authors": "author"}
LONGEST = 40  # lines; what is longer is no header
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):(?:\s+(.*))?$")
_FENCE = re.compile(r"-{3,}\s*$")


class Header(NamedTuple):
    """What was said, what could not be used, and the text that follows."""

    meta: dict[str, str]
    unknown: tuple[str, ...]
    rest: str


def header(text: str) -> Header:
    """Part the front matter from a text with LF line ends; a text without one is returned whole.

    Keys are case-blind. A first line of hyphens that opens no `key: value` list is a rule in the
    text, and stays there.
    """
    lines = text.lstrip("\n").split("\n", LONGEST + 2)
    close = _close(lines)
    pairs = [_PAIR.match(line.strip()) for line in lines[1:close] if _speaks(line)]
    if not close or not pairs or None in pairs:
        return Header({}, (), text)
    said = {pair[1].strip().lower(): _bare(pair[2] or "") for pair in pairs if pair}
    named = {SPELLINGS.get(key, key): value for key, value in said.items()}
    meta = {key: value for key, value in named.items() if key in KEYS and value}
    unknown = tuple(key for key in named if key not in KEYS)
    return Header(meta, unknown, "\n".join(lines[close + 1 :]))


def _close(lines: list[str]) -> int:
    """The line that ends the header, or 0 where there is none."""
    if not _FENCE.match(lines[0]):
        return 0
    inner = lines[1 : LONGEST + 2]
    return next((n for n, line in enumerate(inner, start=1) if _FENCE.match(line)), 0)


def _speaks(line: str) -> bool:
    """Comments, blank lines and the items of a list belong to the line above or to nobody."""
    return bool(line.strip()) and not line.startswith((" ", "\t", "#", "- "))


def _bare(value: str) -> str:
    """A value without its quotation marks."""
    value = value.strip()
    marked = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if marked else value
