"""Books: the chapters of an EPUB in their order, each under its heading."""

import posixpath
import re
from collections.abc import Iterator, Sequence, Set
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborNode

from prompts.formats.extract import BOMB, BROKEN, Extract, Part, Unreadable, lay, year
from prompts.formats.people import named
from prompts.formats.text import decode
from prompts.formats.trees import words
from prompts.formats.walk import FRONT, parsed, read
from prompts.formats.zipped import LARGEST, Archive
from prompts.model import Kind

CHAPTERS = 2_000
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
CHAPTER = ("application/xhtml+xml", "text/html")
NCX = "application/x-dtbncx+xml"
# How books call the parts that are about the book itself.
_ABOUT = re.compile(
    r"cover|(?:half[- ]?)?title(?:[- ]?page)?|copy(?:right(?:[- ]page| notice)?)?|imprint|colophon|"
    r"ded(?:ication)?|(?:table of )?contents|toc|"
    r"about the (?:authors?|publisher|editors?)|also by\b.*|"
    r"(?:other )?books by\b.*|praise(?: for\b.*)?|acknowledge?ments?|credits|permissions|"
    r"newsletter(?: sign[- ]?up)?|bibliography",
    re.I,
)
_LOCKED = re.compile(r"URI=\"[^\"]+\.x?html?\"|CipherReference[^>]+\.x?html?", re.I)


def extract(data: bytes) -> Extract:
    """The text of a book. Raises `Unreadable`, as for one that is locked to a reader's account."""
    archive = Archive(data)
    if _LOCKED.search(archive.read("META-INF/encryption.xml").decode("utf-8", "replace")):
        raise Unreadable("is protected against copying (DRM); use a copy that is not.")
    place = _package(archive)
    package = archive.tree(place)
    return lay(_chapters(archive, package, posixpath.dirname(place)), _meta(package))


def _package(archive: Archive) -> str:
    for node in archive.tree("META-INF/container.xml").iter():
        if node.tag.endswith("}rootfile") and node.get("full-path"):
            return str(node.get("full-path"))
    raise Unreadable(BROKEN)


def _meta(package: Element) -> dict[str, str]:
    said = {key: words(package.find(f".//{DC}{key}")) for key in ("title", "date", "language")}
    authors = _authors(package)
    return {
        "title": said["title"],
        "author": named("; ".join(dict.fromkeys(filter(None, authors)))),
        "year": year(said["date"]),
        "language": said["language"],
    }


def _authors(package: Element) -> list[str]:
    """Who wrote it: not who drew or translated it, where the book tells them apart."""
    told = {
        (node.get("refines") or "").removeprefix("#"): words(node)
        for node in package.iter(f"{OPF}meta")
        if node.get("property") == "role"
    }
    known = [
        (words(node), node.get(f"{OPF}role") or told.get(node.get("id", "-"), "aut"))
        for node in package.iter(f"{DC}creator")
    ]
    return [name for name, role in known if role == "aut"] or [name for name, _ in known]


def _items(package: Element) -> dict[str, Element]:
    return {node.get("id", ""): node for node in package.iter() if node.tag.endswith("}item")}


def _chapters(archive: Archive, package: Element, folder: str) -> Iterator[Part]:
    items, read = _items(package), 0
    spine = [node.get("idref", "") for node in package.iter() if node.tag.endswith("}itemref")]
    spine = list(dict.fromkeys(spine))
    rows = list(_labels(archive, items, folder))
    labels, heads = dict(reversed(rows)), {label for _, label in rows}
    outer = frozenset(_outer(archive, package, folder))
    for name in spine[:CHAPTERS]:
        item = items.get(name)
        if item is None or item.get("media-type") not in CHAPTER or _contents(item):
            continue
        place = _within(folder, item.get("href", ""))
        source = archive.read(place)
        read += len(source)
        if read > LARGEST:
            raise Unreadable(BOMB)
        label = labels.get(place, "")
        found = [_headed(part, heads) for part in _chapter(source, label)]
        aside = place in outer or _is_about(place, label, found)
        yield from (part._replace(kind=Kind.ASIDE) if aside else part for part in found)


def _headed(part: Part, heads: Set[str]) -> Part:
    """A line that the table of contents leads to is a heading, whatever its program made of it."""
    listed = part.kind is Kind.PARAGRAPH and part.words in heads
    return part._replace(kind=Kind.HEADING) if listed else part


def _outer(archive: Archive, package: Element, folder: str) -> Iterator[str]:
    """The files that the book itself calls its title page, its imprint, its contents."""
    for node in package.iter(f"{OPF}reference"):
        if not FRONT.isdisjoint((node.get("type") or "").split()):
            yield _within(folder, node.get("href", ""))
    for item in filter(_contents, _items(package).values()):
        place = _within(folder, item.get("href", ""))
        for link in _entries(archive, place):
            if not FRONT.isdisjoint((link.attributes.get("epub:type") or "").split()):
                href = link.attributes.get("href") or ""
                yield _within(posixpath.dirname(place), href)


def _is_about(place: str, label: str, found: Sequence[Part]) -> bool:
    """Whether a chapter is about the book itself, by its name in the contents, in the archive, or
    over its first words."""
    stem = posixpath.basename(place).partition(".")[0].replace("_", "-")
    headed = found[0].words if found and found[0].kind is Kind.HEADING else ""
    return any(_ABOUT.fullmatch(name.strip()) for name in (label, stem, headed))


def _contents(item: Element) -> bool:
    return "nav" in (item.get("properties") or "").split()


def _entries(archive: Archive, place: str) -> list[LexborNode]:
    """What a table of contents leads to."""
    return parsed(decode(archive.read(place))).css("nav a[href]")


def _chapter(source: bytes, label: str) -> Iterator[Part]:
    """A chapter's blocks, under the name that the table of contents gives if it has no own."""
    found = list(read(decode(source)))
    headed = any(part.kind is Kind.HEADING for part in found[:3])
    if label and found and not headed:
        yield Part(label, Kind.HEADING)
    yield from found


def _labels(archive: Archive, items: dict[str, Element], folder: str) -> Iterator[tuple[str, str]]:
    """What the table of contents calls each file, entry by entry."""
    for item in items.values():
        place = _within(folder, item.get("href", ""))
        if _contents(item):
            links = _entries(archive, place)
            rows = [(a.attributes.get("href") or "", " ".join(a.text().split())) for a in links]
        elif item.get("media-type") == NCX:
            rows = list(_points(archive.tree(place)))
        else:
            continue
        yield from ((_within(posixpath.dirname(place), href), label) for href, label in rows)


def _points(tree: Element) -> Iterator[tuple[str, str]]:
    for point in tree.iter():
        if point.tag.endswith("}navPoint"):
            label = next((n for n in point.iter() if n.tag.endswith("}text")), None)
            content = next((n for n in point.iter() if n.tag.endswith("}content")), None)
            if content is not None:
                yield content.get("src", ""), words(label)


def _within(folder: str, href: str) -> str:
    """A link as the name of a part of the archive."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
