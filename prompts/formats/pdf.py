"""PDF: words with their places from pdfium, then layout.

Pages are cited by the label that a viewer shows, which is the printed number where the file says
so, else by the number that is printed on them, else by their count. A file's date says when it was
made, not when the work came out, so the year of a citation is never taken from it.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from prompts.formats import leftward
from prompts.formats.covers import covered, titled
from prompts.formats.extract import LOCKED, Extract, Part, Unreadable, language, lay
from prompts.formats.heads import Leaf, numbered
from prompts.formats.mending import BROKEN, GROWN, MARK, UNMARK
from prompts.formats.metatags import siteless
from prompts.formats.people import named
from prompts.formats.placed import Word
from prompts.formats.pleas import heard, notice, within
from prompts.formats.printed import parts
from prompts.formats.probe import Box, Probe, Turned
from prompts.model import Kind

PAGES = 3_000
LETTERS = 5_000_000  # of one file
SPARSE = 20  # letters on a page; with fewer it has no text to speak of
LOST = 0.1  # of a text may be letters that its fonts do not name
_SIGNS = dict.fromkeys(map(ord, (MARK, UNMARK, GROWN)), " ")  # the house's own
# What word processors and TeX put before the items of a list, from fonts of signs.
_SIGNS |= dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0xF0A8, 0x88), "•")
_RUN = re.compile(rf"(?:[^\s\x00{BROKEN}]|[\x10-\x1f])+{BROKEN}?|{BROKEN}")
_UNNAMED = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x01\x05-\x08\x0e-\x1f]")
_NO_TITLE = re.compile(
    r"^microsoft word|^untitled|\.(?:docx?|odt|rtf|tex|indd|qxd|pdf|html?|dvi|pages)$|^\W*$", re.I
)

_BROWSER = re.compile(r"Skia/PDF|Mozilla/|HeadlessChrome|Firefox|Safari")


def extract(data: bytes) -> Extract:
    """The text of a PDF in reading order, without running heads. Raises `Unreadable`."""
    document = _opened(data)
    count = len(document)
    if count > PAGES:
        raise Unreadable(f"has {count} pages, more than {PAGES}; split it into parts.")
    sheets = list(_sheets(document))
    bare = [number for number, sheet in enumerate(sheets, start=1) if sheet.bare]
    _judge(sheets, bare)
    leaves = [
        Leaf(sheet.label or str(number), sheet.height, sheet.words)
        for number, sheet in enumerate(sheets, start=1)
    ]
    cover = covered(leaves[:1]) if count > 1 else None
    pages = leaves if any(sheet.label for sheet in sheets) else numbered(leaves)
    found = chain(_aside(parts(pages[:1])), parts(pages[1:])) if cover is not None else parts(pages)
    if _of_browser(document):  # which prints what stands around an article, too
        found = within(heard(part) for part in found if not notice(part.words))
    told = {key: value for key, value in _meta(document).items() if value}
    return lay(found, {"title": titled(leaves), **told, **(cover or {})}, _notes(bare))


def _aside(found: Iterable[Part]) -> Iterator[Part]:
    return (part._replace(kind=Kind.ASIDE) for part in found)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            why = LOCKED
        else:
            why = "is broken or cut off, and no PDF can be read from it; fetch it again."
        raise Unreadable(why) from None


def _judge(sheets: Sequence["Sheet"], bare: list[int]) -> None:
    """Say no where there is no text to quote."""
    letters, lost = sum(sheet.letters for sheet in sheets), sum(sheet.unnamed for sheet in sheets)
    if letters - lost < SPARSE * min(len(sheets), 3) and bare:
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
    return language(said)


# -- words with their places --------------------------------------------------------------------


class Sheet(NamedTuple):
    """A page: its label, its words as it is read, its height then, how many letters it has, how
    many of them have no name, and whether it is a picture."""

    label: str
    words: list[Word]
    height: float
    letters: int
    unnamed: int
    bare: bool


def _sheets(document: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    letters = 0
    for number in range(len(document)):
        page = document[number]
        sheet = _sheet(page, document.get_page_label(number))
        page.close()
        letters += sheet.letters
        if letters > LETTERS:
            raise Unreadable("is longer than five million letters; split it into parts.")
        yield sheet


def _sheet(page: pypdfium2.PdfPage, label: str) -> Sheet:
    text_page = page.get_textpage()
    text = _text(text_page)
    probe = Probe(text_page, leftward.holds(text), leftward.mostly(text))
    text = probe.respaced(text)
    found = [word for run in _RUN.finditer(text) if (word := probe.word(*run.span(), text))]
    text_page.close()
    words, height = _turned(found, page.get_bbox())
    letters = sum(len(word.text) for word in words)
    bare = letters < SPARSE and _pictured(page)
    return Sheet(label, words, height, letters, len(_UNNAMED.findall(text)), bare)


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
