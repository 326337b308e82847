"""Slides as PowerPoint keeps them: each is a page, and what its speaker notes down a page beside.

Bullets are items of a list. What stands on every slide, what is hidden and what pictures show is
not read.
"""

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from prompts.formats.extract import BROKEN, Extract, Part, Unreadable, lay
from prompts.formats.text import clean
from prompts.formats.zipped import Archive, authored
from prompts.model import Kind, Page

MAIN = "ppt/presentation.xml"
SLIDES = 3_000
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NOTES = "/notesSlide"
TITLES, ITEMS = ("title", "ctrTitle"), ("body", "obj", "")  # the places of a slide, by their type
AROUND = ("dt", "ftr", "hdr", "sldNum", "sldImg")
PLAIN, MARKED = f"{A}buNone", (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def extract(data: bytes) -> Extract:
    """The text of slides and their notes. Raises `Unreadable`."""
    archive = Archive(data)
    shown = archive.tree(MAIN)
    named = _links(archive, MAIN)
    slides = [named.get(node.get(ID, ""), ("", ""))[1] for node in shown.iter(f"{P}sldId")]
    if len(slides) > SLIDES:
        raise Unreadable(f"has {len(slides)} slides, more than {SLIDES}; split it into parts.")
    if not slides:
        raise Unreadable(BROKEN)
    found = (part for n, name in enumerate(slides, start=1) for part in _slide(archive, name, n))
    return lay(found, authored(archive))


def _links(archive: Archive, name: str) -> dict[str, tuple[str, str]]:
    """What a part of the archive leads to: kinds and names, by how the part calls them."""
    folder, file = posixpath.split(name)
    rows = archive.tree(f"{folder}/_rels/{file}.rels")
    return {
        row.get("Id", ""): (row.get("Type", ""), _joined(folder, row.get("Target", "")))
        for row in rows
    }


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _slide(archive: Archive, name: str, number: int) -> Iterator[Part]:
    """The words of a slide and of its notes; none of one that is not shown."""
    slide = archive.tree(name)
    if slide.get("show") in ("0", "false"):
        return
    yield from on_slide(_words(slide), f"slide {number}")
    beside = (name for kind, name in _links(archive, name).values() if kind.endswith(NOTES))
    notes = archive.tree(next(beside, ""))
    yield from on_slide(_words(notes, Kind.PARAGRAPH), f"slide {number}, notes")


def on_slide(found: Iterator[Part], label: str) -> Iterator[Part]:
    """Blocks with the slide that they are cited by."""
    return (part._replace(pages=(Page(0, label),)) for part in found)


def _words(slide: Element, item: Kind = Kind.LIST) -> Iterator[Part]:
    """The paragraphs of a slide in the order in which its boxes were put there."""
    left: list[tuple[Element, Kind]] = [(slide, Kind.PARAGRAPH)]
    while left:
        node, kind = left.pop()
        if node.tag == f"{A}p":
            yield Part(" ".join(clean("".join(_runs(node))).split()), _listed(node, kind))
        elif node.tag == f"{P}sp":
            place = node.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            said = place.get("type", "") if place is not None else None
            kind = Kind.HEADING if said in TITLES else item if said in ITEMS else kind
            left += [] if said in AROUND else reversed([(child, kind) for child in node])
        elif node.tag != FALLBACK:
            left += reversed([(child, kind) for child in node])


def _listed(paragraph: Element, kind: Kind) -> Kind:
    """What a paragraph is by the bullet that it says to have, else by the place that it is in."""
    looks = paragraph.find(f"{A}pPr")
    if kind is Kind.HEADING or looks is None:
        return kind
    if looks.find(PLAIN) is not None:
        return Kind.PARAGRAPH
    return Kind.LIST if any(looks.find(mark) is not None for mark in MARKED) else kind


def _runs(paragraph: Element) -> Iterator[str]:
    for run in paragraph:
        if run.tag == f"{A}br":
            yield " "
        elif run.tag == f"{A}r":
            yield run.findtext(f"{A}t", "")
