"""PDF: words with their places from pdfium, then layout.

Pages are cited by the label that a viewer shows, which is the printed number where the file says
so, else the count of pages. A file's date says when it was made, not when the work came out, so
the year of a citation is never taken from it.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from prompts.formats import leftward
from prompts.formats.extract import Extract, Unreadable, lay
from prompts.formats.heads import Leaf
from prompts.formats.mending import BROKEN, GROWN, MARK, UNMARK
from prompts.formats.pagehead import siteless
from prompts.formats.people import named
from prompts.formats.placed import Word
from prompts.formats.pleas import heard, notice, within
from prompts.formats.printed import parts

PAGES = 3_000
LETTERS = 5_000_000  # of one file
SPARSE = 20  # letters on a page; with fewer it has no text to speak of
UP, DOWN = 0.9, 0.22  # of a letter's size, above and below the line it stands on
LOST = 0.1  # of a text may be letters that its fonts do not name
_SIGNS = dict.fromkeys(map(ord, (MARK, UNMARK, GROWN)), " ")  # the house's own
_RUN = re.compile(rf"(?:[^\s\x00{BROKEN}]|[\x1b-\x1f])+{BROKEN}?|{BROKEN}")
_RAISED = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’»)])(?:\d{1,3}|\[\d{1,3}\]|[*†‡§]{1,3})"
                     r"(?=[.,;:!?”’»)]*$)")  # fmt: skip
# Numbers right behind a sentence's end, as fonts have them that hold raised numbers of their own.
_BEHIND = re.compile(r"(?<=[^\W\d_]{4}[.!?])[”’\"]?(\d{1,2})$")
_UNNAMED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x01\x05-\x08\x0e-\x1f]")
_BOLD = re.compile(rb"bold|black|heavy", re.I)
_NO_TITLE = re.compile(
    r"^microsoft word|^untitled|\.(?:docx?|odt|rtf|tex|indd|qxd|pdf|html?|dvi|pages)$|^\W*$", re.I
)

_BROWSER = re.compile(r"Skia/PDF|Mozilla/|HeadlessChrome|Firefox|Safari")

Box = tuple[float, float, float, float]  # left, bottom, right, top


def extract(data: bytes) -> Extract:
    """The text of a PDF in reading order, without running heads. Raises `Unreadable`."""
    document = _opened(data)
    count = len(document)
    if count > PAGES:
        raise Unreadable(f"has {count} pages, more than {PAGES}; split it into parts.")
    leaves, bare, letters, lost = list[Leaf](), list[int](), 0, 0
    for number in range(count):
        label = document.get_page_label(number) or str(number + 1)
        page = document[number]
        sheet = _sheet(page)
        written = sum(len(word.text) for word in sheet.words)
        letters, lost = letters + written, lost + sheet.unnamed
        if letters > LETTERS:
            raise Unreadable("is longer than five million letters; split it into parts.")
        if written < SPARSE and _pictured(page):
            bare.append(number + 1)
        leaves.append(Leaf(label, sheet.height, sheet.words))
        page.close()
    _judge(count, letters, lost, bare)
    found = parts(leaves)
    if _of_browser(document):  # which prints what stands around an article, too
        found = within(heard(part) for part in found if not notice(part.words))
    return lay(found, _meta(document), _notes(bare))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            why = "is encrypted; save a copy without its password and put that here."
        else:
            why = "is broken or cut off, and no PDF can be read from it; fetch it again."
        raise Unreadable(why) from None


def _judge(count: int, letters: int, lost: int, bare: list[int]) -> None:
    """Say no where there is no text to quote."""
    if letters - lost < SPARSE * min(count, 3) and bare:
        raise Unreadable(
            "is a scan without text; run text recognition (OCR) on it, such as ocrmypdf, "
            "and put the result here."
        )
    if lost > LOST * max(letters, 1):
        raise Unreadable(
            "has fonts that do not say which letters they show; run text recognition (OCR) on it, "
            "such as ocrmypdf --force-ocr."
        )


def _notes(bare: list[int]) -> tuple[str, ...]:
    if not bare:
        return ()
    named = ", ".join(map(str, bare[:5])) + (" and others" if len(bare) > 5 else "")
    return (f"has pages that are pictures without text ({named}); run text recognition on it.",)


def _pictured(page: pypdfium2.PdfPage) -> bool:
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    return next(iter(found), None) is not None


def _of_browser(document: pypdfium2.PdfDocument) -> bool:
    said = document.get_metadata_dict()
    return _BROWSER.search(f"{said.get('Producer', '')} {said.get('Creator', '')}") is not None


def _meta(document: pypdfium2.PdfDocument) -> dict[str, str]:
    said = document.get_metadata_dict()
    title, author = (" ".join(said.get(key, "").split()) for key in ("Title", "Author"))
    if _of_browser(document):
        title = siteless(title)
    return {
        "title": "" if _NO_TITLE.search(title) else title,
        "author": named(author),
        "language": _language(document),
    }


def _language(document: pypdfium2.PdfDocument) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size <= 64:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, size)
    said = bytes(buffer).decode("utf-16-le", "replace").strip("\x00 ")
    return said if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][\w-]+)?", said) else ""


# -- words with their places --------------------------------------------------------------------


class Sheet(NamedTuple):
    """The words of a page as it is read, its height then, and how many letters have no name."""

    words: list[Word]
    height: float
    unnamed: int


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    text_page = page.get_textpage()
    text = _text(text_page)
    probe = Probe(text_page, leftward.holds(text), leftward.mostly(text))
    text = probe.respaced(text)
    found = [word for run in _RUN.finditer(text) if (word := probe.word(*run.span(), text))]
    text_page.close()
    words, height = _turned(found, page.get_bbox())
    return Sheet(words, height, len(_UNNAMED.findall(text)))


def _text(text_page: pypdfium2.PdfTextPage) -> str:
    """The page's characters, one for each of pdfium's own count."""
    count = text_page.count_chars()
    text = text_page.get_text_range(0, count) if count else ""
    if len(text) != count:  # letters beyond the first plane, or left out ones: ask for each
        codes = (pdfium.FPDFText_GetUnicode(text_page, at) for at in range(count))
        text = "".join(
            chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes
        )
    return text.replace("\ufffe", BROKEN).translate(_SIGNS)


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
        elif not words[-1].isalpha():
            words = self._marked(words, start, first, turn)
        return Turned(words, box, turn, self._edged(start, end, text))

    def _marked(self, words: str, start: int, first: Box, turn: int) -> str:
        """A word with the mark of a note behind it, if one is there, between signs."""
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


def _turned(found: Sequence[Turned], bounds: Box) -> tuple[list[Word], float]:
    """The words that stand as most do, turned upright, in points from the page's upper left."""
    turn = Counter(word.turn for word in found).most_common(1)[0][0] if found else 0
    left, bottom, right, top = bounds
    words = []
    for text, (x0, y0, x1, y1), direction, bold in found:
        inside = x1 > left and x0 < right and y1 > bottom and y0 < top
        if direction == turn and inside and x1 - x0 + y1 - y0 > 0.1:
            if turn == 0:
                place = (x0 - left, x1 - left, top - y1, top - y0)
            elif turn == 1:
                place = (y0 - bottom, y1 - bottom, x0 - left, x1 - left)
            elif turn == 2:
                place = (right - x1, right - x0, y0 - bottom, y1 - bottom)
            else:
                place = (top - y1, top - y0, right - x1, right - x0)
            words.append(Word(text, *place, bold))
    return words, (right - left) if turn % 2 else (top - bottom)
