"""Plain text in any encoding: decoded, cleaned of what nobody sees, its wrapped lines joined.

A form feed ends a page. A text with a time before each line is a transcript.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from prompts.formats import printed
from prompts.formats.encodings import NO_TEXT, Decoded, decoded
from prompts.formats.extract import Extract, Part, Unreadable, lay
from prompts.formats.frontmatter import KEYS, Header, header
from prompts.formats.mending import NONE, Known, Line, mended
from prompts.formats.sheets import FEED, leaves
from prompts.formats.subtitles import spoken
from prompts.passages import blocks

STRAY, BINARY = 4, 0.005  # control characters, and the share of them, that a text may have
LINES = 500_000  # of one text; six million letters are a hundred thousand
MARKS = 8  # accents on one letter; more is no writing, and is slow to put in order

_ACCENTS = frozenset(
    chr(code)
    for first, last in ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF))
    for code in range(first, last + 1)
)
_MARKS = re.compile("([{0}]{{{1}}})[{0}]+".format("".join(sorted(_ACCENTS)), MARKS))
_TORN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n")  # a word that may be broken there
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# What nobody sees, and what makes a text show other than it reads: controls, soft hyphens,
# zero-width spaces, overrides of the writing direction, tags. Joiners stay: emoji and Persian
# are spelt with them; so do the marks that only settle a direction.
_SHOWN: dict[str, str] = {
    chr(code): ""
    for first, last in (  # but for the form feed
        (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x202A, 0x202E),
        (0x2060, 0x2069), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F),
    )
    for code in range(first, last + 1)
}  # fmt: skip
_SHOWN |= dict.fromkeys("\r\x0b\x85\u2028\u2029", "\n")
_SHOWN |= dict.fromkeys(map(chr, (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F)), " ")


def extract(data: bytes) -> Extract:
    """The paragraphs of a plain text, parted by blank lines. Raises `Unreadable`."""
    (meta, unknown, body), doubts = head(data)
    said = spoken(body)
    if said is not None:
        told = (*doubts, *notes(unknown), *said.notes)
        return replace(said, meta={**said.meta, **meta}, notes=told)
    return lay(parts(body), meta, (*doubts, *notes(unknown)))


def head(data: bytes) -> tuple[Header, tuple[str, ...]]:
    """A file's bytes as clean text, parted from its front matter, and doubts about its encoding.

    Raises `Unreadable`.
    """
    text, doubt = _texts(decoded(data))
    if text.count("\n") + text.count("\r") > LINES:
        raise Unreadable("has more than 500,000 lines; split it into chapters.")
    return header(clean(text, torn=True)), (doubt,) if doubt else ()


def notes(unknown: tuple[str, ...]) -> tuple[str, ...]:
    """What to say of header keys that mean nothing here."""
    if not unknown:
        return ()
    named = ", ".join(f"“{key}”" for key in unknown)
    return (f"says {named}, which is not used; Gadfly knows {', '.join(KEYS)}.",)


def decode(data: bytes) -> str:
    """The text of a file. Raises `Unreadable` for what is none."""
    return _texts(decoded(data)).text


def _texts(found: Decoded) -> Decoded:
    text = found.text
    if "\x00" in text or len(_CONTROLS.findall(text)) > STRAY + BINARY * len(text):
        raise Unreadable(NO_TEXT)
    return found


def clean(text: str, torn: bool = False) -> str:
    """The text with LF line ends, in Unicode's composed form, without characters nobody sees.

    Every kind of blank is the plain one, as a reader's search takes them. `torn`: a soft hyphen at
    a line's end breaks a word there, as a plain one does.

    Composed (NFC), since that is what people type and what an editor's search takes as equal:
    with loose accents a word would match neither a question nor the rules for words.
    """
    signs = set(text)  # a text holds few of those that are exchanged, and most hold none
    if "\r" in signs:
        text = text.replace("\r\n", "\n")
    if torn and "\xad" in signs:
        text = text.replace("\xad\n", "\u2010\n")
    for sign in _SHOWN.keys() & signs:
        text = text.replace(sign, _SHOWN[sign])
    if not _ACCENTS.isdisjoint(signs):
        text = _MARKS.sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


def parts(body: str) -> Iterator[Part]:
    """The blocks of a plain text, each on one line; a word that was broken at a line's end is
    whole again, and what stands at the edges of pages is left out."""
    pages = leaves(body)
    return printed.parts(pages) if pages else _typed(body.replace(FEED, "\n\n"))


def _typed(body: str) -> Iterator[Part]:
    known = Known(body.split("\n")) if _torn(body) else NONE
    for block in blocks(body):
        words = body[block.start : block.end]
        lines = [line.strip() for line in words.split("\n") if line.strip()]
        if _torn(words):
            yield mended([Line(line) for line in lines], block.kind, known)
        else:
            yield Part(" ".join(lines), block.kind)


def _torn(words: str) -> bool:
    """Whether a word may be broken at the end of a line. Looking for the hyphen takes a hundredth
    of the time that looking for letters before one takes."""
    return ("-\n" in words or "\u2010\n" in words) and _TORN.search(words) is not None
