"""Quotations: which sentences somebody else says word for word."""

import re

from prompts.clauses import Outline

QUOTES = re.compile('(?<![0-9])["“”„«»]')  # 6" is a measure
MATE = {'"': '"', "“": "”", "„": "“", "«": "»"}
CLOSING = frozenset('"”“»')
_QUOTATION = re.compile('“[^”“]*”|„[^“„]*“|«[^»«]*»|"[^"]*"')


def inside(doc: Outline) -> list[bool]:
    """Whether each sentence stands within a quotation that an earlier one of its paragraph opens
    and a later one, or its own end, closes."""
    text, out, opened, par = doc.reading.text, list[bool](), "", -1
    marks = [(m.start(), m.group()) for m in QUOTES.finditer(text)]
    at = 0
    for sentence in doc.sentences if marks else ():
        opened, par = (opened if sentence.par == par else ""), sentence.par
        begun = opened
        at, opened = _open(marks, at, sentence.end, opened)
        out.append(bool(begun and (opened or text[sentence.end - 1] in CLOSING)))
    return out or [False] * len(doc.sentences)


def _open(marks: list[tuple[int, str]], at: int, end: int, opened: str) -> tuple[int, str]:
    """The next mark after `end`, and what closes the quotation that is open there, if any."""
    while at < len(marks) and marks[at][0] < end:
        mark = marks[at][1]
        closes = mark == opened
        opened = ("" if closes else opened) if opened else MATE.get(mark, "")
        at += 1
    return at, opened


def share(text: str) -> float:
    """The share of a sentence that stands between quotation marks."""
    if not ("“" in text or '"' in text or "„" in text or "«" in text):
        return 0.0
    return sum(len(match.group()) for match in _QUOTATION.finditer(text)) / max(1, len(text))
