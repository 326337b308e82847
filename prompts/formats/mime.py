"""Mail and saved web pages as messages: what a reader is shown of one, without what came along.

The parts are cut where the boundary says, and only the shown one is decoded: what is attached may
be as large as it likes.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import NamedTuple

from prompts.formats import extractor
from prompts.formats.encodings import meant
from prompts.formats.extract import BROKEN, Extract, Unreadable
from prompts.formats.frontmatter import told
from prompts.formats.people import named

HEAD = 100_000  # bytes above the text of a part
LARGEST = 30_000_000  # bytes of the text, as it is sent; twenty million of a letter's own
PARTS = 1_000  # of a message; a page with more pictures has its text before them
LEAST = 200  # letters; what is shorter above others' words only passes them on
DEEP = 12  # parts in parts; a forwarded letter with a picture has four
SHOWN = {"text/plain": "text", "text/html": "html", "application/xhtml+xml": "html"}
NOTHING = "holds no text to quote; save what it shows as .txt or .pdf."
_GAP = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_ANSWERED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv)\s?: ?)+", re.I)
# Where a letter ends: with a rule before who signs it, or before words of others.
_OTHERS = {
    "text/plain": re.compile(rb"^(?:--\s?\r?$|-{2,} ?[^\W\d_][^\n-]{6,40}-{2,}|_{20,}\r?$)", re.M),
    "text/html": re.compile(
        rb"<(?:div|blockquote)\b[^<>]{0,200}(?:gmail_quote|type=.?cite|divRplyFwdMsg|appendonsend)"
    ),
}
# Before what is answered line by line: "On Monday Ann wrote:".
_ANSWERS = re.compile(
    rb"^(?:On|Am|Le|El|Op|Il) [^\n]{8,200}(?:\n[^\n]{1,100})?:\s*\r?\n(?=\s*>)", re.M
)
_QUOTED = re.compile(rb"^[ \t]*>[^\n]*(?:\n|\Z)", re.M)
_TAG = re.compile(rb"<[^<>]{0,999}>|\s+")
_ROLE = re.compile(r"\s*\([^()]*\)")


class Piece(NamedTuple):
    """A message, or a part of one: what stands above it, and its bytes as they were sent."""

    head: Message
    body: bytes

    @property
    def kind(self) -> str:
        return self.head.get_content_type()

    def said(self, name: str) -> str:
        """What a line of the head says, on one line; empty where there is none."""
        return _spelt(str(self.head.get(name, "")))


def _spelt(value: str) -> str:
    """A line of a head with its letters as they are meant."""
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (LookupError, ValueError, HeaderParseError):
        return value


def extract(data: bytes) -> Extract:
    """The letter, or the article of the saved page. Raises `Unreadable`."""
    whole = _piece(data)
    shown = _shown(whole)
    if shown is None:
        raise Unreadable(NOTHING)
    if len(shown.body) > LARGEST:
        raise Unreadable("is far longer than a text; save what it shows as .pdf, in parts.")
    source, mail = _text(shown), "@" in whole.said("from")
    own = _own(source, shown.kind) if mail else source
    found = extractor(SHOWN[shown.kind])(own or source)
    meta, _ = told(_letter(whole, own) if mail else _page(whole, shown))
    notes = (*found.notes, *(_attached(whole) if mail else ()))
    return replace(found, meta={**found.meta, **meta}, notes=notes)


def _piece(data: bytes) -> Piece:
    gap = _GAP.search(data[:HEAD])
    start, end = gap.span() if gap else (HEAD, len(data))
    return Piece(BytesHeaderParser().parsebytes(data[:start]), data[end:])


def _parts(whole: Piece) -> Iterator[Piece]:
    """What a message is made of, if it is made of parts."""
    boundary = str(whole.head.get_boundary("")).encode("ascii", "replace")
    if whole.head.get_content_maintype() == "multipart" and boundary:
        line = re.compile(rb"\n--%s[ \t]*\r?(?=\n)" % re.escape(boundary))
        for part in line.split(b"\n" + whole.body, PARTS)[1:]:
            yield _piece(part[1:].partition(b"\n--%s--" % boundary)[0])


def _shown(piece: Piece, deep: int = DEEP) -> Piece | None:
    """The part that a reader is shown: plain words, where a message holds them beside others."""
    if piece.kind in SHOWN:
        return None if piece.head.get_content_disposition() == "attachment" else piece
    within = (_shown(part, deep - 1) for part in _parts(piece)) if deep else iter(())
    if piece.kind != "multipart/alternative":
        return next(filter(None, within), None)
    found = list(filter(None, within))
    return next((part for part in found if part.kind == "text/plain"), found[0] if found else None)


def _attached(whole: Piece) -> Iterator[str]:
    """A line on what came along, if anything did."""
    count = sum(part.head.get_filename() is not None for part in _parts(whole))
    if count:
        yield f"has {count} files attached, which are not read; save them here."


def _text(piece: Piece) -> bytes:
    """The bytes of a text, in UTF-8 where its head says what they are in."""
    packed, data = piece.said("content-transfer-encoding").lower(), piece.body
    try:
        if packed == "base64":
            data = binascii.a2b_base64(data)
        elif packed == "quoted-printable":
            data = binascii.a2b_qp(data)
    except binascii.Error:
        raise Unreadable(BROKEN) from None
    for charset in ("utf-8", piece.head.get_content_charset("utf-8")):
        try:
            return data.decode(meant(charset)).encode()
        except (LookupError, ValueError):  # no encoding, or not that one: the bytes may tell
            continue
    return data


def _own(source: bytes, kind: str) -> bytes:
    """What the writer of a letter says, without what is answered, passed on or signed below it;
    nothing where that is all there is."""
    others = _OTHERS.get(kind, _OTHERS["text/html"]).search(source)
    own = source[: others.start()] if others else source
    if kind == "text/plain" and _ANSWERS.search(own):  # its own words may stand between and below
        own = _QUOTED.sub(b"\n", _ANSWERS.sub(b"", own))
    return own if own is source or len(_TAG.sub(b"", own)) > LEAST else b""


def _letter(whole: Piece, own: bytes) -> dict[str, str]:
    """Whom a letter is from, unless all its words are others', and on what; nobody's address is
    told."""
    author = parseaddr(str(whole.head.get("from", "")))[0] if own else ""
    title = _ANSWERED.sub("", whole.said("subject"), count=1)
    return {
        "title": title,
        "author": named(_ROLE.sub("", _spelt(author))),
        "date": whole.said("date"),
    }


def _page(whole: Piece, shown: Piece) -> dict[str, str]:
    """Where a page was. When it was saved tells nothing of when it was written."""
    address = whole.said("snapshot-content-location") or shown.said("content-location")
    return {"source": address} if address.startswith(("https://", "http://")) else {}
