"""OpenDocument texts and slides, as LibreOffice writes them: headings, lists, footnotes, notes."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from prompts.cues import word_set
from prompts.formats.extract import ENDLESS, LOCKED, Extract, Part, Unreadable, lay
from prompts.formats.mending import MARK, UNMARK, Line, mended
from prompts.formats.people import named
from prompts.formats.pptx import on_slide
from prompts.formats.text import clean
from prompts.formats.zipped import Archive, words
from prompts.model import Kind

DC = "{http://purl.org/dc/elements/1.1/}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
HEADS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-header-rows"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
# Remarks, what was struck out, what is read beside a sign or instead of a picture, what is hidden.
SKIPPED = (
    f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}soft-page-break",
    f"{TEXT}ruby-text", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph",
    f"{SVG}title", f"{SVG}desc", f"{TEXT}page-number",
)  # fmt: skip
SLIDES = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TITLES, QUOTES = ("Title", "Subtitle"), ("Quotations",)
NAMES = ("Author", "Date")
QUOTED, NAMED = "quoted", "named"  # such paragraphs, while the file is read
INDEXES = word_set(
    "table-of-content illustration-index table-index alphabetical-index object-index user-index "
    "bibliography"
)
DEEP = 200  # elements in elements; a text has a dozen


def extract(data: bytes) -> Extract:
    """The text of an OpenDocument file. Raises `Unreadable`."""
    archive = Archive(data)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    content = archive.tree("content.xml")
    body, titles = content.find(f"{OFFICE}body"), _made_from(content, TITLES)
    quotes, names = _made_from(content, QUOTES), _made_from(content, NAMES)
    _uncover(content)
    for node in content.iter(f"{TEXT}p"):  # a title is a heading that no table of contents lists
        if node.get(f"{TEXT}style-name") in titles:
            node.tag = f"{TEXT}h"
        elif node.get(f"{TEXT}style-name") in quotes:
            node.tag = QUOTED
        elif node.get(f"{TEXT}style-name") in names:
            node.tag = NAMED
    for box in content.iter(f"{DRAW}frame"):
        if box.get(f"{SLIDES}class") == "title":
            for node in box.iter(f"{TEXT}p"):
                node.tag = f"{TEXT}h"
    return lay(_read(body) if body is not None else (), _meta(archive.tree("meta.xml")))


def _read(body: Element) -> Iterator[Part]:
    """The blocks of a text, or those of slides with what their speaker notes down."""
    slides = body.findall(f"{OFFICE}presentation/{DRAW}page")
    for number, slide in enumerate(slides, start=1):
        notes = slide.findall(f"{SLIDES}notes")
        for beside in notes:
            slide.remove(beside)
        yield from on_slide(_blocks(slide), f"slide {number}")
        for beside in notes:
            yield from on_slide(_blocks(beside), f"slide {number}, notes")
    if not slides:
        yield from _blocks(body)


def _uncover(content: Element) -> None:
    """Take out the words that nobody sees: of hidden styles, sections and slides."""
    hiding = frozenset(
        style.get(f"{STYLE}name", "")
        for style in content.iter(f"{STYLE}style")
        for looks in style
        if looks.get(f"{TEXT}display") == "none" or looks.get(f"{SLIDES}visibility") == "hidden"
    )
    for node in content.iter():
        styles = {node.get(f"{TEXT}style-name"), node.get(f"{DRAW}style-name")}
        if not hiding.isdisjoint(styles) or node.get(f"{TEXT}display") == "none":
            tail = node.tail
            node.clear()
            node.tail = tail


def _made_from(content: Element, names: Sequence[str]) -> frozenset[str]:
    """These styles, and those that were made from them."""
    made = (
        node.get(f"{STYLE}name", "")
        for node in content.iter(f"{STYLE}style")
        if node.get(f"{STYLE}parent-style-name") in names
    )
    return frozenset((*names, *made))


def _meta(meta: Element) -> dict[str, str]:
    """Title and author. The file's date is when it was made, not when the work came out."""
    author = words(meta.find(f".//{META}initial-creator")) or words(meta.find(f".//{DC}creator"))
    title, language = meta.find(f".//{DC}title"), meta.find(f".//{DC}language")
    return {"title": words(title), "author": named(author), "language": words(language)}


def _blocks(element: Element, kind: Kind = Kind.PARAGRAPH, deep: int = 0) -> Iterator[Part]:
    if deep > DEEP:
        raise Unreadable(ENDLESS)
    for child in element:
        name = child.tag.removeprefix(TEXT)
        if child.tag in SKIPPED or name in INDEXES:
            continue
        if name in ("p", "h", QUOTED, NAMED):
            notes: list[Element] = []
            boxes: list[Element] = []
            line = clean("".join(_inline(child, notes, boxes, deep)))
            line = line.replace("\ue000", MARK).replace("\ue001", UNMARK)
            own = {"h": Kind.HEADING, QUOTED: Kind.QUOTE, NAMED: Kind.ASIDE}.get(name, kind)
            yield mended([Line(" ".join(line.split()))], own)
            for note in notes:
                yield from _blocks(note, Kind.ASIDE, deep + 1)
            for box in boxes:
                yield from _blocks(box, kind, deep + 1)
        else:
            yield from _blocks(child, _within(child.tag, kind), deep + 1)


def _within(tag: str, kind: Kind) -> Kind:
    """What the paragraphs in an element are: cells are read, as those of other formats are."""
    if tag == HEADS:
        return Kind.ASIDE
    return Kind.LIST if tag == f"{TEXT}list" else kind


def _inline(
    element: Element, notes: list[Element], boxes: list[Element], deep: int
) -> Iterator[str]:
    """The words of a paragraph; the bodies of its notes are put into `notes`, and what stands in
    frames that are anchored in it into `boxes`."""
    if deep > DEEP:
        raise Unreadable(ENDLESS)
    yield _plain(element.text)
    for child in element:
        name = child.tag.removeprefix(TEXT)
        if name in ("s", "tab", "line-break"):
            yield " "
        elif name == "note":
            yield f"\ue000{words(child.find(f'{TEXT}note-citation'))}\ue001"
            notes += child.findall(f"{TEXT}note-body")
        elif child.tag == f"{DRAW}text-box":
            boxes.append(child)
        elif child.tag not in SKIPPED:
            yield from _inline(child, notes, boxes, deep + 1)
        yield _plain(child.tail)


def _plain(words: str | None) -> str:
    """Words without the two signs that stand for a note's mark until the text is clean."""
    return (words or "").replace("\ue000", "").replace("\ue001", "")
