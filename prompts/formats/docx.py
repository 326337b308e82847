"""Word: DOCX by way of HTML, as it is seen: with its notes, without what is hidden or struck out.

A DOCX file has no pages until it is laid out. Where its author ended pages by hand, and each is
short enough to fit on one, they are counted; else a citation names heading and paragraph. So it
does where pages also end by a paragraph's or a section's properties, or are not counted from 1.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from string import ascii_letters
from xml.etree.ElementTree import Element

from prompts.formats.extract import BROKEN, ENDLESS, Extract, Unreadable, lay
from prompts.formats.html import read
from prompts.formats.styles import tag_of
from prompts.formats.zipped import Archive, authored
from prompts.model import Page

FITS = 1_900  # letters that stand on one page even when it is set with double spacing
MAIN = "word/document.xml"  # where the text stands, unless the file says otherwise
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
OFF = ("0", "false", "off", "none")
# What is struck out, what is read beside a sign, and boxes once more for old programs.
SKIPPED = (
    f"{W}del", f"{W}moveFrom", f"{W}rt",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)  # fmt: skip
SIGNS = {f"{W}tab": " ", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\xad"}
# Of fonts that hold signs, what people write: Greek letters, and what Word makes of "-->".
GREEK = "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
FONTS = {
    "Symbol": dict(zip(ascii_letters, GREEK, strict=True)),
    "Wingdings": {"\xe0": "→", "\xdf": "←"},
}
BREAKS = {"page": "<hr class=pagebreak>", "column": ""}
# Pages that end otherwise than by a break, or whose numbers begin elsewhere.
_TURNS = re.compile(rb"<w:pageBreakBefore(?![^>]*(?:false|\"0\"))|<w:pgNumType[^>]*w:start")
_SECTIONS = re.compile(rb"<w:sectPr[ />]")


def extract(data: bytes) -> Extract:
    """The text of a Word document. Raises `Unreadable`."""
    archive = Archive(data)
    rows = archive.tree("_rels/.rels")
    found = (row for row in rows if row.get("Type", "").endswith("/officeDocument"))
    main = next((row.get("Target", MAIN).lstrip("/") for row in found), MAIN)
    folder = main.rpartition("/")[0]
    try:
        laid = lay(read(_page(archive, main, folder), page="1"), authored(archive))
    except RecursionError:
        raise Unreadable(ENDLESS) from None
    set_so = archive.read(main) + archive.read(f"{folder}/styles.xml")
    told = not _TURNS.search(set_so) and len(_SECTIONS.findall(set_so)) < 2
    return replace(laid, pages=tuple(_certain(laid.pages, len(laid.text))) if told else ())


def _page(archive: Archive, main: str, folder: str) -> str:
    """The text as a page, with the notes that it refers to at its end."""
    body = archive.tree(main).find(f"{W}body")
    if body is None:
        raise Unreadable(BROKEN)
    writer = Writer(archive.tree(f"{folder}/styles.xml"))
    text = writer.within(body)
    trees = (archive.tree(f"{folder}/{kind}notes.xml") for kind in ("foot", "end"))
    notes = {(note.tag, note.get(f"{W}id")): note for tree in trees for note in tree}
    noted = [writer.within(notes[mark]) for mark in [*writer.marks] if mark in notes]
    return text + "".join(f"<aside class=footnote>{note}</aside>" for note in noted)


def _certain(pages: Sequence[Page], end: int) -> Iterator[Page]:
    """The pages up to the first that may be two; from there on none has a number."""
    if len(pages) < 2:
        return
    for page, after in pairwise([*pages, Page(end, "")]):
        if after.start - page.start > FITS:
            yield replace(page, label="")
            return
        yield page


class Writer:
    """Writes what elements hold as a page has it. `marks` names the notes that it came by."""

    def __init__(self, styles: Element) -> None:
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._hidden = False  # the paragraph under way, by its style
        self._below: list[str] = []  # boxes that stand beside it
        self._torn: list[Element] = []  # what it begins with: a paragraph whose end was struck out
        self.marks: list[tuple[str, str | None]] = []
        self._ways: Mapping[str, Callable[[Element], str]] = {
            f"{W}p": self._paragraph,
            f"{W}r": self._run,
            f"{W}hyperlink": self._link,
            f"{W}txbxContent": self._box,
            f"{W}tbl": lambda node: f"<table>{self.within(node)}</table>",
            f"{W}tr": self._row,
            f"{W}tc": lambda node: f"<td>{self.within(node)}</td>",
            f"{W}br": lambda node: BREAKS.get(node.get(f"{W}type", ""), "<br>"),
            f"{W}sym": _sign,
            **dict.fromkeys((f"{W}t", f"{M}t"), lambda node: escape(node.text or "")),
            **dict.fromkeys((f"{W}footnoteReference", f"{W}endnoteReference"), self._mark),
            **dict.fromkeys(SIGNS, lambda node: SIGNS[node.tag]),
            **dict.fromkeys(SKIPPED, lambda _: ""),
        }

    def within(self, nodes: Iterable[Element]) -> str:
        """What elements are on a page; those that mean nothing here are what they hold."""
        words = "".join([self._ways.get(node.tag, self.within)(node) for node in nodes])
        for tag in ("b", "sup", "s"):  # from the outermost in: two runs of one look are one
            words = words.replace(f"</{tag}><{tag}>", "")
        return words

    def _paragraph(self, node: Element) -> str:
        looks = _found(node, "pPr")
        own, self._torn = [*self._torn, *node], []
        if _found(_found(looks, "rPr"), "del") is not None:
            self._torn = own
            return ""
        style = _value(looks, "pStyle")
        outer, self._hidden, self._below = (self._hidden, self._below), self._hides(style), []
        words, below = self.within(own), "".join(self._below)
        self._hidden, self._below = outer
        named = self._styles.get(style)
        tag = tag_of(_value(named, "name") or style)
        numbers = [_value(_found(one, "numPr"), "numId") for one in (looks, _found(named, "pPr"))]
        listed = tag == "p" and next(filter(None, numbers), "0") != "0"
        tag = "li" if listed else tag
        return f"<{tag}>{words}</{tag}>{below}"

    def _run(self, node: Element) -> str:
        looks = _found(node, "rPr")
        seen = _says(looks, "vanish")
        if self._hidden or self._hides(_value(looks, "rStyle")) if seen is None else seen:
            return ""
        words = self.within(node)
        raised = _value(looks, "vertAlign") == "superscript"
        struck = _says(looks, "strike") or _says(looks, "dstrike")
        for on, tag in ((struck, "s"), (raised, "sup"), (_says(looks, "b"), "b")):
            words = f"<{tag}>{words}</{tag}>" if on and words else words
        return words

    def _row(self, node: Element) -> str:
        words = self.within(node)
        head = _says(_found(node, "trPr"), "tblHeader")
        return f"<tr>{words.replace('<td>', '<th>') if head else words}</tr>"

    def _link(self, node: Element) -> str:
        anchor = node.get(f"{W}anchor")
        words = self.within(node)
        return f'<a href="#{escape(anchor)}">{words}</a>' if anchor else words

    def _box(self, node: Element) -> str:
        self._below.append(f"<div>{self.within(node)}</div>")
        return ""

    def _mark(self, node: Element) -> str:
        self.marks.append((node.tag.removesuffix("Reference"), node.get(f"{W}id")))
        return f"<span role=noteref>[{len(self.marks)}]</span>"

    def _hides(self, style: str) -> bool:
        """Whether a style, of characters or of paragraphs, hides its text.

        What it does not say, the one that it is based on says; a circle of them says nothing.
        """
        seen = set[str]()
        while style in self._styles.keys() - seen:
            seen.add(style)
            own = _says(_found(self._styles[style], "rPr"), "vanish")
            if own is not None:
                return own
            style = _value(self._styles[style], "basedOn")
        return False


def _sign(node: Element) -> str:
    code = int(node.get(f"{W}char", ""), 16) & 0xFF
    return FONTS.get(node.get(f"{W}font", ""), {}).get(chr(code), "")


def _found(node: Element | None, name: str) -> Element | None:
    return node.find(f"{W}{name}") if node is not None else None


def _value(node: Element | None, name: str) -> str:
    found = _found(node, name)
    return found.get(f"{W}val", "") if found is not None else ""


def _says(looks: Element | None, name: str) -> bool | None:
    """Whether looks have something on; None where they say nothing of it."""
    mark = _found(looks, name)
    return None if mark is None else mark.get(f"{W}val", "1").lower() not in OFF
