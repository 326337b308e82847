"""Asks pdfium where the characters of a page stand, and makes words of them."""

import ctypes
import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from prompts.formats import leftward
from prompts.formats.mending import BROKEN, MARK, UNMARK

UP, DOWN = 0.9, 0.22  # of a letter's size, above and below the line it stands on
_RAISED = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’»)])(?:\d{1,3}|\[\d{1,3}\]|[*†‡§]{1,3})"
                     r"(?=[.,;:!?”’»)]*$)")  # fmt: skip
_LEADING = re.compile(r"\d{1,3}(?=[^\W\d_])")  # as a note opens
# Numbers right behind a sentence's end, as fonts have them that hold raised numbers of their own.
_BEHIND = re.compile(r"(?<=[^\W\d_]{4}[.!?])[”’\"]?(\d{1,2})$")
_BOLD = re.compile(rb"bold|black|heavy", re.I)

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Turned(NamedTuple):
    """A word in the file's own coordinates, y growing up, and its direction in quarter turns."""

    text: str
    box: Box
    turn: int
    bold: bool


class Probe:
    """Asks pdfium where the characters of a page stand."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, mixed: bool, turned: bool) -> None:
        self._page, self._mixed, self._leftward = text_page.raw, mixed, turned
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._order: Sequence[int] = ()

    def respaced(self, text: str) -> str:
        """The page's characters with brackets on the printed side of blanks; those of a page that
        is read from left to right are there already."""
        if self._leftward:
            self._order = leftward.respaced(text, lambda at: self._box(at, 0)[::2])
        return "".join(text[at] for at in self._order) or text

    def word(self, start: int, end: int, text: str) -> Turned | None:
        """The word `[start, end)`; None where it is slanted, a watermark."""
        size, quarters = self._set(start)
        turn = round(quarters) % 4
        if abs(quarters - round(quarters)) > 0.1:
            return None
        last = end - 1 - (text[end - 1] == BROKEN and end - start > 1)
        first = self._box(start, turn, size)
        box = _both(first, self._final(last, first, turn), turn)
        words = text[start:end]
        if turn == 0 and (self._leftward or (self._mixed and leftward.holds(words))):
            words = leftward.as_read(words, [self._box(at, 0)[0] for at in range(start, end)])
        elif not words[-1].isalpha() or words[0].isdecimal():
            words = self._marked(words, start, first, turn)
        return Turned(words, box, turn, self._edged(start, end, text))

    def _marked(self, words: str, start: int, first: Box, turn: int) -> str:
        """A word with the mark of a note behind or before it, if one is there, between signs."""
        lead = _LEADING.match(words)
        if lead and _raised(first, self._box(start + lead.end(), turn), turn):
            return f"{MARK}{lead[0]}{UNMARK}{words[lead.end() :]}"
        behind = _BEHIND.search(words)
        if behind and not set(words) & set("/@:"):
            return f"{words[: behind.start(1)]}{MARK}{behind[1]}{UNMARK}"
        mark = _RAISED.search(words)
        if mark and _raised(self._box(start + mark.start(), turn), first, turn):
            return f"{words[: mark.start()]}{MARK}{mark[0]}{UNMARK}{words[mark.end() :]}"
        return words

    def _edged(self, start: int, end: int, text: str) -> bool:
        """Whether the word is bold and the first or the last of its line."""
        edge = start == 0 or text[start - 1] == "\n" or text[end : end + 1] in ("", "\r")
        return edge and self._bold(start)

    def _box(self, at: int, turn: int, size: float = 0.0) -> Box:
        """Where a character stands: its advance along the line, and its size across.

        Across, pdfium's own boxes are those of the single letters where a font does not tell its
        height, so that no two words of a line would stand on one height.
        """
        number, rect = self._number(at), self._rect
        pdfium.FPDFText_GetLooseCharBox(self._page, number, rect)
        pdfium.FPDFText_GetCharOrigin(self._page, number, self._x, self._y)
        size = size or self._set(at)[0]
        up, down = (UP, DOWN) if turn in (0, 3) else (DOWN, UP)
        if turn % 2:
            return self._x.value - up * size, rect.bottom, self._x.value + down * size, rect.top
        return rect.left, self._y.value - down * size, rect.right, self._y.value + up * size

    def _final(self, at: int, first: Box, turn: int) -> Box:
        """The box of the word's last character, right after that of its `first`: most stand as
        high, which pdfium tells at once."""
        rect = self._rect
        high = rect.bottom, rect.top
        pdfium.FPDFText_GetLooseCharBox(self._page, self._number(at), rect)
        if turn == 0 and high == (rect.bottom, rect.top):
            return rect.left, first[1], rect.right, first[3]
        return self._box(at, turn)

    def _set(self, at: int) -> tuple[float, float]:
        """The size of a letter in points, as the page shows it, and how it is turned, in
        quarters."""
        number, matrix = self._number(at), self._matrix
        pdfium.FPDFText_GetMatrix(self._page, number, matrix)
        size: float = pdfium.FPDFText_GetFontSize(self._page, number)
        turned = math.atan2(matrix.c, matrix.a) / (math.pi / 2)
        return size * math.hypot(matrix.c, matrix.d), turned

    def _number(self, at: int) -> int:
        """Which of pdfium's characters stands there."""
        return self._order[at] if self._order else at

    def _bold(self, at: int) -> bool:
        pdfium.FPDFText_GetFontInfo(self._page, at, self._name, 128, self._flags)
        return _BOLD.search(self._name.value) is not None


def _both(a: Box, b: Box, turn: int) -> Box:
    """From a word's first letter to its last, as high as the higher: marks are low."""
    low, high = _across(a if _height(a, turn) >= _height(b, turn) else b, turn)
    along = min(a[turn % 2], b[turn % 2]), max(a[2 + turn % 2], b[2 + turn % 2])
    return (low, along[0], high, along[1]) if turn % 2 else (along[0], low, along[1], high)


def _across(box: Box, turn: int) -> tuple[float, float]:
    return (box[0], box[2]) if turn % 2 else (box[1], box[3])


def _height(box: Box, turn: int) -> float:
    low, high = _across(box, turn)
    return high - low


def _raised(mark: Box, first: Box, turn: int) -> bool:
    """Whether a letter is smaller and stands higher than the first of its word."""
    height = _height(first, turn)
    sign = -1 if turn in (1, 2) else 1
    foot = [_across(box, turn)[0 if sign > 0 else 1] for box in (mark, first)]
    return _height(mark, turn) < 0.85 * height and sign * (foot[0] - foot[1]) > 0.15 * height
