"""A card as Markdown, for files that people keep: `gadfly summarise` and the archive.

Words of readings and members are escaped, so that nothing in them formats, links or is HTML.
"""

import re
from collections.abc import Iterator

from bot.card import Bars, Buttons, Card, Heading, Link, Note, Part, Picture, Quotation, Text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$^&])")
# A list, a heading, a rule.
_OPENING = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([#+=.)-])", re.MULTILINE)


def render(card: Card) -> str:
    """The card as a Markdown text that ends in a line break; its first heading is the title."""
    title = next((part for part in card.parts if isinstance(part, Heading)), None)
    blocks = ("\n".join(_lines(part, 1 if part is title else 2)) for part in card.parts)
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _lines(part: Part, level: int) -> Iterator[str]:
    match part:
        case Heading(text):
            yield f"{'#' * level} {escaped(text)}"
        case Text(text):
            yield escaped(text)
        case Note(text):
            yield f"*{escaped(text)}*"
        case Link(text, url):
            yield f"[{escaped(text)}](<{url}>)"
        case Quotation(text, citation, _, label):
            if label:
                yield from (escaped(label) + ":", "")
            quoted = f"“{text}”".splitlines()
            yield from (f"> {escaped(line)}" for line in quoted)
            yield f"> — {escaped(citation)}"
        case Bars(rows):
            yield from (f"- {escaped(label)}: {count}" for label, count in rows)
        case Picture(instead=(first, *rest)):
            yield from _lines(first, level)
            for more in rest:
                yield from ("", *_lines(more, level))
        case Picture(alt=alt):
            yield escaped(alt)
        case Buttons():
            return
