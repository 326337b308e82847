"""Web pages: the article's own words, without what stands around it."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from prompts.formats.clutter import pruned
from prompts.formats.encodings import meant
from prompts.formats.extract import Extract, Part, Unreadable, lay
from prompts.formats.metatags import said
from prompts.formats.pleas import BARRED, barred, heard, within
from prompts.formats.text import clean, decode
from prompts.formats.text import parts as typed
from prompts.formats.walk import parsed, parts

LEAST = 200  # letters; a page with fewer may have lost its text
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.I)


def extract(data: bytes) -> Extract:
    """The article of a web page. Raises `Unreadable`."""
    source = _decoded(data)
    tree = parsed(source)
    meta = said(tree)
    found = _article(pruned(tree))
    if _length(found) < LEAST:  # a forum, say, which is made of what is clutter elsewhere
        found = max(found, _article(pruned(parsed(source), by_name=False)), key=_length)
    if _length(found) < LEAST:  # a plain text, as browsers show it and old sites put it
        found = max(found, _typed(parsed(source)), key=_length)
    own = [heard(part) for part in found if not barred(part)]
    notes = (BARRED,) if len(own) < len(found) else ()
    laid = lay(own, meta, notes)
    if not laid.text:
        raise Unreadable("holds no text to quote; save the article itself as PDF or .txt.")
    return laid


def _article(root: LexborNode) -> list[Part]:
    return list(within(parts(root, dense=True)))


def _typed(tree: LexborHTMLParser) -> list[Part]:
    """What stands on a page as it was typed, line by line."""
    return [part for node in tree.css("pre") for part in typed(clean(node.text()))]


def _length(found: Iterable[Part]) -> int:
    return sum(len(part.words) for part in found)


def _decoded(data: bytes) -> str:
    """UTF-8 where it is that, else what the page declares, else the likeliest code page."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:4096])
        if declared:
            try:
                return data.decode(meant(declared[1].decode()), "replace")
            except LookupError:
                pass
        return decode(data)
