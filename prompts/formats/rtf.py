"""Rich text (RTF), as Word, LibreOffice and TextEdit write it, by way of HTML.

What a group changes ends with it. A group that is named a destination holds no text of the
document, unless it is a note to it. Pages are not known before it is laid out.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from typing import NamedTuple

from prompts.cues import word_set
from prompts.formats.extract import ENDLESS, Extract, Unreadable, lay
from prompts.formats.people import named
from prompts.formats.styles import tag_of
from prompts.formats.walk import read
from prompts.passages import MARKER

DEEP, SIGNS = 2_000, 3_000_000  # groups in groups, and signs of one file; a book has a tenth
_SIGN = re.compile(
    rb"([^\\{}]+)|([{}])|\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,20})? ?|\\([^a-zA-Z])"
)
# Besides all that have an asterisk before their name.
SILENT = word_set(
    "fonttbl colortbl stylesheet info pict object nonshppict shp header headerl headerr headerf "
    "footer footerl footerr footerf listtext pntext xe tc"
)
READ = ("text", "note")
TOLD = ("title", "author")
ENDS = word_set("par sect page column row cell nestcell nestrow") | {"\n", "\r"}
LETTERS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ", "~": " ", "_": "\u2011", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
LOOKS = {
    "b": "bold", "super": "raised", "strike": "struck", "striked": "struck", "v": "hidden",
    "deleted": "hidden",
}  # fmt: skip
CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
PAGES = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}


class Look(NamedTuple):
    """How a run of words is set."""

    bold: bool = False
    raised: bool = False
    struck: bool = False
    hidden: bool = False


class Group(NamedTuple):
    """What holds until a group ends: where its words go (nowhere if that is empty), in which code
    page they are, how many signs stand in for one that old programs do not know, and what the
    paragraph is."""

    into: str = "text"
    page: str = ""
    spare: int = 1
    tag: str = "p"
    look: Look = Look()


Runs = list[tuple[Look, str]]


@dataclass(slots=True)
class Document:
    """A file while it is read: its paragraphs as HTML, and what it tells of itself."""

    now: Group = field(default_factory=Group)
    outer: list[Group] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)  # title, author, names of styles
    fonts: dict[int, str] = field(default_factory=dict)  # their code pages
    font: int = 0
    page: str = "cp1252"
    runs: Runs = field(default_factory=list)  # of the paragraph under way,
    above: Runs = field(default_factory=list)  # of the one that a note stands in,
    notes: list[str] = field(default_factory=list)  # and its notes
    raw: bytearray = field(default_factory=bytearray)
    skip: int = 0
    starred: bool = False
    noted: int = 0

    def take(self, data: bytes) -> None:
        self.raw += data[self.skip :]
        self.skip = max(0, self.skip - len(data))

    def say(self, words: str, look: Look | None = None) -> None:
        """Words go where they belong, behind those that were taken as bytes."""
        before = self.raw.decode(self.now.page or self.page, "replace")
        self.raw.clear()
        if self.now.into in READ and not self.now.look.hidden:
            self.runs += [(self.now.look, before), (look or self.now.look, words)]
        elif self.now.into not in ("", *READ):
            self.told[self.now.into] = self.told.get(self.now.into, "") + before + words

    def open(self) -> None:
        self.say("")
        self.skip = 0
        self.outer.append(self.now)
        if len(self.outer) > DEEP:
            raise Unreadable(ENDLESS)

    def close(self) -> None:
        self.say("")
        self.skip, inner = 0, self.now
        self.now = self.outer.pop() if self.outer else Group("")
        if inner.into == "note" != self.now.into:
            self.end("note")
            self.runs = self.above

    def end(self, into: str) -> None:
        """The paragraph ends; the notes to it follow it."""
        words, self.runs = "".join(_dressed(self.runs)), []
        tag = "li" if self.now.tag == "p" and MARKER.match(words) else self.now.tag
        if into == "note":
            self.notes.append(f"<aside class=footnote><p>{words}</p></aside>")
        elif into == "text":
            self.html += [f"<{tag}>{words}</{tag}>", *self.notes]
            self.notes = []

    def word(self, name: str, number: int | None) -> None:
        """A control word or sign, which may change what holds from here on."""
        self.say(LETTERS.get(name, ""))
        starred, self.starred = self.starred, name == "*"
        if name == "u" and number is not None:
            self.say(chr(number & 0xFFFF))
            self.skip = self.now.spare
        elif name in ENDS:
            self.end(self.now.into)
        elif name == "footnote" and self.now.into == "text":
            self.now, self.above, self.runs = self.now._replace(into="note"), self.runs, []
        elif name == "chftn" and self.now.into == "text":
            self.noted += 1
            self.say(str(self.noted), Look(raised=True))
        elif starred or name in SILENT:
            self._silenced(name)
        else:
            self._set(name, number or 0, number != 0)

    def _silenced(self, name: str) -> None:
        into = name if name in ("info", "fonttbl", "stylesheet") else ""
        self.now = self.now._replace(into=into)
        if name in ("listtext", "pntext") and self.outer and self.outer[-1].tag == "p":
            self.outer[-1] = self.outer[-1]._replace(tag="li")

    def _set(self, name: str, number: int, on: bool) -> None:
        now = self.now
        if name in LOOKS:
            now = now._replace(look=now.look._replace(**{LOOKS[name]: on}))
        elif name == "nosupersub":
            now = now._replace(look=now.look._replace(raised=False))
        elif name == "plain":
            now = now._replace(look=Look(), page="")
        elif name in ("f", "fcharset", "ansicpg", "cpg", *PAGES):
            now = self._coded(name, number)
        elif name == "uc":
            now = now._replace(spare=number)
        elif now.into == "info" and name in TOLD:
            now = now._replace(into="" if name in self.told else name)  # some say it twice
        elif now.into == "stylesheet" and name == "s":
            now = now._replace(into=f"style {number}")
        elif name == "pard":
            now = now._replace(tag="p")
        elif name == "s":
            now = now._replace(tag=tag_of(self.told.get(f"style {number}", "")))
        elif name == "outlinelevel" and number < 9:
            now = now._replace(tag="h2")
        elif name == "ls" and number and now.tag == "p":
            now = now._replace(tag="li")
        self.now = now

    def _coded(self, name: str, number: int) -> Group:
        """The code page of the file, of a font, or of what follows."""
        if name in PAGES or name == "ansicpg":
            self.page = PAGES.get(name) or _known(number)
        elif name == "f" and self.now.into != "fonttbl":
            return self.now._replace(page=self.fonts.get(number, ""))
        elif name == "f":
            self.font = number
        else:
            known = CHARSETS.get(number, "") if name == "fcharset" else _known(number)
            self.fonts[self.font] = known
        return self.now


def extract(data: bytes) -> Extract:
    """The text of a file in RTF. Raises `Unreadable`."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("is no RTF, whatever its name; if it is a text, name it .txt.")
    if data.count(b"\\") + data.count(b"{") > SIGNS:
        raise Unreadable("has more signs than a text; save it as .docx, or split it into chapters.")
    document = _read(data)
    source = "".join(document.html).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    told = {key: document.told.get(key, "") for key in TOLD}
    return lay(read(source), {**told, "author": named(told["author"])})


def _read(data: bytes) -> Document:
    document = Document()
    for found in _signs(data):
        words, brace, code, word, number, sign = found.groups()
        if words or code:
            document.take(bytes.fromhex(code.decode()) if code else words.translate(None, b"\r\n"))
        elif brace:
            (document.open if brace == b"{" else document.close)()
        else:
            name = (word or sign).decode("latin-1")
            document.word(name, int(number) if number else None)
    document.say("")
    document.end("text")
    return document


def _signs(data: bytes) -> Iterator[re.Match[bytes]]:
    found = _SIGN.search(data)
    while found:
        yield found
        blob = max(0, int(found[5] or 0)) if found[4] == b"bin" else 0
        found = _SIGN.search(data, found.end() + blob)


def _dressed(runs: Iterable[tuple[Look, str]]) -> Iterator[str]:
    """Runs as HTML."""
    for look, own in groupby(runs, key=lambda run: run[0]):
        words = escape("".join(words for _, words in own)).replace("\n", "<br>")
        for on, tag in zip(look, ("b", "sup", "s"), strict=False):
            words = f"<{tag}>{words}</{tag}>" if on and words else words
        yield words


def _known(number: int) -> str:
    """A code page by its number; the usual one where it has none here."""
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return "cp1252"
