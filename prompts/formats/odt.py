"""OpenDocument texts and slides, by way of HTML: headings, lists, footnotes, notes."""

from collections.abc import Iterator, Mapping
from html import escape
from xml.etree.ElementTree import Element

from prompts.cues import word_set
from prompts.formats.extract import ENDLESS, LOCKED, Extract, Part, Unreadable, lay
from prompts.formats.html import read
from prompts.formats.people import named
from prompts.formats.pptx import on_slide
from prompts.formats.zipped import Archive, words

DC = "{http://purl.org/dc/elements/1.1/}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
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
NAMES = {  # of styles
    "Title": "h1", "Subtitle": "h2", "Quotations": "blockquote", "Author": "address",
    "Date": "address",
}  # fmt: skip
TAGS = {
    "p": "p", "h": "h2", "list": "ul", "list-item": "li", "list-header": "li", "table": "table",
    "table-row": "tr", "table-cell": "td", "table-header-rows": "address", "section": "section",
}  # fmt: skip
Styles = Mapping[str, str]
Below = list[str] | None  # of the paragraph under way, if one is
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
    body, styles = content.find(f"{OFFICE}body"), _styles(content)
    _uncover(content)
    for box in content.iter(f"{DRAW}frame"):
        if box.get(f"{SLIDES}class") == "title":
            for node in box.iter(f"{TEXT}p"):
                node.tag = f"{TEXT}h"
    return lay(_read(body, styles) if body is not None else (), _meta(archive.tree("meta.xml")))


def _read(body: Element, styles: Styles) -> Iterator[Part]:
    """The blocks of a text, or those of slides with what their speaker notes down."""
    slides = body.findall(f"{OFFICE}presentation/{DRAW}page")
    for number, slide in enumerate(slides, start=1):
        notes = slide.findall(f"{SLIDES}notes")
        for beside in notes:
            slide.remove(beside)
        yield from on_slide(_blocks(slide, styles), f"slide {number}")
        for beside in notes:
            yield from on_slide(_blocks(beside, styles), f"slide {number}, notes")
    if not slides:
        yield from _blocks(body, styles)


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


def _styles(content: Element) -> Styles:
    """What paragraphs are by their styles, and by those that were made from these."""
    made = {
        style.get(f"{STYLE}name", ""): NAMES[above]
        for style in content.iter(f"{STYLE}style")
        if (above := style.get(f"{STYLE}parent-style-name", "")) in NAMES
    }
    return {**made, **NAMES}


def _meta(meta: Element) -> dict[str, str]:
    """Title and author. The file's date is when it was made, not when the work came out."""
    author = words(meta.find(f".//{META}initial-creator")) or words(meta.find(f".//{DC}creator"))
    title, language = meta.find(f".//{DC}title"), meta.find(f".//{DC}language")
    return {"title": words(title), "author": named(author), "language": words(language)}


def _blocks(element: Element, styles: Styles) -> Iterator[Part]:
    return read("".join(_inner(element, styles, None, 0)))


def _html(node: Element, styles: Styles, below: Below, deep: int) -> Iterator[str]:
    """An element as a page has it. The notes of a paragraph and what its frames hold are put into
    `below`."""
    name = node.tag.removeprefix(TEXT)
    if node.tag in SKIPPED or name in INDEXES:
        return
    if name in ("s", "tab", "line-break"):
        yield " "
    elif name == "note" and below is not None:
        yield f"<span role=noteref>{escape(words(node.find(f'{TEXT}note-citation')))}</span>"
        notes = (_inner(body, styles, None, deep) for body in node.iter(f"{TEXT}note-body"))
        below += (f"<aside class=footnotes>{''.join(note)}</aside>" for note in notes)
    elif node.tag == f"{DRAW}text-box" and below is not None:
        below.append(f"<div>{''.join(_inner(node, styles, None, deep))}</div>")
    elif name in ("p", "h"):
        own = list[str]()
        tag = styles.get(node.get(f"{TEXT}style-name", ""), TAGS[name])
        yield f"<{tag}>{''.join(_inner(node, styles, own, deep))}</{tag}>{''.join(own)}"
    else:
        tag = TAGS.get(node.tag.rpartition("}")[2], "")
        yield f"<{tag}>" if tag else ""
        yield from _inner(node, styles, below, deep)
        yield f"</{tag}>" if tag else ""


def _inner(node: Element, styles: Styles, below: Below, deep: int) -> Iterator[str]:
    if deep > DEEP:
        raise Unreadable(ENDLESS)
    yield escape(node.text or "")
    for child in node:
        yield from _html(child, styles, below, deep + 1)
        yield escape(child.tail or "")
