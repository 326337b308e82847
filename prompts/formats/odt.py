"""OpenDocument texts and slides, by way of HTML: headings, lists, footnotes, notes."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from prompts.formats.extract import BROKEN, ENDLESS, LOCKED, Extract, Part, Unreadable, lay
from prompts.formats.people import named
from prompts.formats.pptx import on_slide
from prompts.formats.styles import tag_of
from prompts.formats.trees import emptied, page, words
from prompts.formats.zipped import Archive

DC = "{http://purl.org/dc/elements/1.1/}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
SLIDES = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
# Remarks, what was struck out, what is read beside a sign or instead of a picture, what is hidden,
# indexes.
SKIPPED = (
    f"{OFFICE}annotation", f"{TEXT}tracked-changes", f"{TEXT}soft-page-break",
    f"{TEXT}ruby-text", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph",
    f"{SVG}title", f"{SVG}desc", f"{TEXT}page-number",
    f"{TEXT}table-of-content", f"{TEXT}illustration-index", f"{TEXT}table-index",
    f"{TEXT}alphabetical-index", f"{TEXT}object-index", f"{TEXT}user-index", f"{TEXT}bibliography",
)  # fmt: skip
BLANKS = (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break")
PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
Named = tuple[str, dict[str, str]]  # an element of a page, and its attributes
# What is kept within a paragraph, and stands beside it.
BESIDE: Mapping[str, Named] = {
    f"{TEXT}note-body": ("aside", {"class": "footnotes"}), f"{DRAW}text-box": ("div", {}),
}  # fmt: skip
NAMES: Mapping[str, Named] = {
    f"{TEXT}h": ("h2", {}), f"{TEXT}list": ("ul", {}), f"{TEXT}list-item": ("li", {}),
    f"{TEXT}list-header": ("li", {}), f"{TEXT}section": ("section", {}),
    f"{TABLE}table": ("table", {}), f"{TABLE}table-row": ("tr", {}),
    f"{TABLE}table-cell": ("td", {}), f"{TEXT}note-citation": ("span", {"role": "noteref"}),
}  # fmt: skip


def extract(data: bytes) -> Extract:
    """The text of an OpenDocument file. Raises `Unreadable`."""
    archive = Archive(data)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    content = archive.tree("content.xml")
    body = content.find(f"{OFFICE}body")
    if body is None:
        raise Unreadable(BROKEN)
    _uncover(content)
    try:
        return lay(_read(body, _styles(content)), _meta(archive.tree("meta.xml")))
    except RecursionError:
        raise Unreadable(ENDLESS) from None


def _read(body: Element, styles: Mapping[str, str]) -> Iterator[Part]:
    """The blocks of a text, or those of slides with what their speaker notes down."""
    slides = body.findall(f"{OFFICE}presentation/{DRAW}page")
    notes = [slide.findall(f"{SLIDES}notes") for slide in slides]
    _rename(body, styles)
    for number, (slide, beside) in enumerate(zip(slides, notes, strict=True), start=1):
        for note in beside:
            slide.remove(note)
        yield from on_slide(page(slide), f"slide {number}")
        for note in beside:
            yield from on_slide(page(note), f"slide {number}, notes")
    if not slides:
        yield from page(body)


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
        hidden = not hiding.isdisjoint(styles) or node.get(f"{TEXT}display") == "none"
        if hidden or node.tag in SKIPPED:
            emptied(node)


def _styles(content: Element) -> dict[str, str]:
    """What paragraphs are by their styles, each of which was made from another."""
    return {
        style.get(f"{STYLE}name", ""): tag_of(style.get(f"{STYLE}parent-style-name", ""))
        for style in content.iter(f"{STYLE}style")
    }


def _meta(meta: Element) -> dict[str, str]:
    """Title and author. The file's date is when it was made, not when the work came out."""
    author = words(meta.find(f".//{META}initial-creator")) or words(meta.find(f".//{DC}creator"))
    title, language = meta.find(f".//{DC}title"), meta.find(f".//{DC}language")
    return {"title": words(title), "author": named(author), "language": words(language)}


def _rename(body: Element, styles: Mapping[str, str]) -> None:
    """Give all elements the names that a page has for them."""
    _part(body, None)
    for box in body.iter(f"{DRAW}frame"):
        if box.get(f"{SLIDES}class") == "title":
            _call(box, f"{TEXT}p", "h2")
    for head in body.iter(f"{TABLE}table-header-rows"):
        _call(head, f"{TABLE}table-cell", "th")
    for node in body.iter():
        style = node.get(f"{TEXT}style-name", "")
        if node.tag in BLANKS:
            node.text = " "
        if node.tag == f"{TEXT}p":
            node.tag, node.attrib = styles.get(style) or tag_of(style), {}
        elif "}" in node.tag:
            node.tag, node.attrib = NAMES.get(node.tag, ("span", {}))


def _part(node: Element, paragraph: Element | None) -> None:
    """Put what a paragraph holds and is none of it at its end."""
    for child in list(node):
        _part(child, child if child.tag in PARAGRAPHS else paragraph)
        if child.tag in BESIDE and paragraph is not None:
            moved = Element(*BESIDE[child.tag])
            moved.extend(child)
            paragraph.append(moved)
            del child[:]


def _call(above: Element, name: str, tag: str) -> None:
    for node in above.iter(name):
        node.tag = tag
