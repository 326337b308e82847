"""A card in plain text. A quotation stands between “ and ”, and nothing else does."""

import textwrap
from collections.abc import Iterator

from bot.card import (
    Bars,
    Buttons,
    Card,
    Heading,
    Link,
    Note,
    Part,
    Picture,
    Quotation,
    Text,
    unquoted,
)

BAR = "█"


def render(card: Card, width: int | None = None) -> str:
    """The card as text; lines are wrapped at `width` columns, or not at all."""
    blocks = ("\n".join(_wrapped(line, width) for line in _lines(part)) for part in card.parts)
    return "\n\n".join(block for block in blocks if block)


def _wrapped(line: str, width: int | None) -> str:
    if width is None or len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()))
    return "\n".join(textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False))


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Heading(text):
            yield unquoted(text)
            yield "─" * min(len(text), 72)
        case Text(text=text) | Note(text=text):
            yield unquoted(text)
        case Quotation(text, citation, _, label):
            if label:
                yield f"{label}:"
            yield f"  “{text}”"
            yield f"    — {citation}"
        case Bars(rows):
            longest = max((len(label) for label, _ in rows), default=0)
            for label, count in rows:
                yield f"{label:<{longest}}  {BAR * count}{' ' if count else ''}{count}"
        case Link(text, url):
            yield f"{unquoted(text)}: {url}"
        case Picture(instead=(first, *rest)):
            yield from _lines(first)
            for more in rest:
                yield from ("", *_lines(more))
        case Picture(alt=alt):
            yield unquoted(alt)
        case Buttons(buttons):
            yield "  ".join(f"[{button.label}]" for button in buttons)
