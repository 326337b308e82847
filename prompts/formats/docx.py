"""Word: DOCX by way of HTML, with headings, footnotes and hard page breaks.

A DOCX file has no pages until it is laid out. Where its author ended pages by hand, and each is
short enough to fit on one, they are counted; else a citation names heading and paragraph. So it
does where pages also end by a paragraph's or a section's properties, or are not counted from 1.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import mammoth

from prompts.formats.extract import Extract, lay
from prompts.formats.shown import shown, text_of
from prompts.formats.walk import read
from prompts.formats.zipped import Archive, authored
from prompts.model import Page

FITS = 1_900  # letters that stand on one page even when it is set with double spacing
# Pages that end otherwise than by a break, or whose numbers begin elsewhere.
_TURNS = re.compile(rb"<w:pageBreakBefore(?![^>]*(?:false|\"0\"))|<w:pgNumType[^>]*w:start")
_SECTIONS = re.compile(rb"<w:sectPr[ />]")
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Author'] => address:fresh
p[style-name='Date'] => address:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Block Text'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name^='toc '] => address:fresh
p[style-name^='TOC'] => address:fresh
p[style-name^='table of figures'] => address:fresh
strike => s
p[style-name='caption'] => figcaption:fresh
br[type='page'] => hr.pagebreak
"""


def extract(data: bytes) -> Extract:
    """The text of a Word document. Raises `Unreadable`."""
    archive = Archive(data)
    set_so = archive.read(text_of(archive)) + archive.read("word/styles.xml")
    laid = lay(read(_html(shown(data, archive)), page="1"), authored(archive))
    told = not _TURNS.search(set_so) and len(_SECTIONS.findall(set_so)) < 2
    return replace(laid, pages=tuple(_certain(laid.pages, len(laid.text))) if told else ())


def _html(data: bytes) -> str:
    found = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda image: {}),
    )
    return str(found.value)


def _certain(pages: Sequence[Page], end: int) -> Iterator[Page]:
    """The pages up to the first that may be two; from there on none has a number."""
    if len(pages) < 2:
        return
    for page, after in pairwise([*pages, Page(end, "")]):
        if after.start - page.start > FITS:
            yield replace(page, label="")
            return
        yield page
