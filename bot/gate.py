"""The quote gate: the last look before anything is sent.

Every quotation of a card is cut anew from its stored source and must be the same to the letter.
A card that fails is not sent; there is no repair and no exception.
"""

import hashlib
from collections.abc import Callable

from bot.card import Card, Quotation, Source

Cut = Callable[[Source], str | None]
"""Cuts a source anew: the words that stand there now, or None where there is no such source."""


def faults(card: Card, cut: Cut) -> tuple[str, ...]:
    """One line for each quotation that is not what its source says; empty when all are right."""
    return tuple(line for line in (_fault(part, cut) for part in card.quotations()) if line)


def _fault(part: Quotation, cut: Cut) -> str | None:
    source = part.source
    if not part.citation:
        return f"a quotation from {source.key} has no citation"
    words = cut(source)
    if words is None:
        return f"{source.key} is not there any more, or reads differently now"
    if words != part.text:
        return f"{source.key} [{source.start}, {source.end}) does not read as quoted"
    return None


def cut_text(text: str, source: Source) -> str | None:
    """The slice of `text` that `source` names, or None if `text` is not the one it was cut from."""
    if hashlib.sha256(text.encode()).hexdigest() != source.digest:
        return None
    return text[source.start : source.end]
