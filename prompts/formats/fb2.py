"""FictionBook: a book as one XML file, by way of HTML."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from prompts.cues import word_set
from prompts.formats.extract import BROKEN, ENDLESS, Extract, Unreadable, lay, year
from prompts.formats.html import read
from prompts.formats.people import named
from prompts.formats.zipped import words

LARGEST = 30_000_000  # bytes without the pictures
_PICTURE = re.compile(rb"<binary\b[^<>]*>[^<]*</binary>")
_SPACE = re.compile(r"\{[^{}]*\}")
NAMES = ("{*}first-name", "{*}middle-name", "{*}last-name")
NOTES = word_set("notes comments footnotes")  # how bodies are called that hold them
TAGS = {
    "title": "h2", "subtitle": "h3", "cite": "blockquote", "epigraph": "blockquote", "v": "p",
    "text-author": "address", "strikethrough": "s",
}  # fmt: skip


def extract(data: bytes) -> Extract:
    """The text of a book. Raises `Unreadable`."""
    plain = _PICTURE.sub(b"", data)
    if len(plain) > LARGEST:
        raise Unreadable("is far longer than a book; split it into chapters.")
    try:  # see `zipped.Archive.tree`
        book = ElementTree.fromstring(plain)  # noqa: S314 - loads nothing, and stops entities
        page = "".join(map(_html, book.findall("{*}body")))
    except (ElementTree.ParseError, LookupError, ValueError):
        raise Unreadable(BROKEN) from None
    except RecursionError:
        raise Unreadable(ENDLESS) from None
    return lay(read(page), _meta(book))


def _meta(book: Element) -> dict[str, str]:
    told = book.find("{*}description/{*}title-info")
    if told is None:
        return {}
    people = [
        " ".join(words(one.find(name)) for name in NAMES) for one in told.findall("{*}author")
    ]
    return {
        "title": words(told.find("{*}book-title")),
        "author": named("; ".join(" ".join(one.split()) for one in people)),
        "year": year(words(told.find("{*}date"))),
        "language": words(told.find("{*}lang")),
    }


def _html(body: Element) -> str:
    """A body under the names that a page has for its parts; that of the notes is set aside."""
    aside = body.get("name", "") in NOTES
    for node in body.iter():
        name = _SPACE.sub("", node.tag)
        noted = name == "a" and node.get("type") == "note"
        node.tag, node.attrib = "sup" if noted else TAGS.get(name, name), {}
    found = ElementTree.tostring(body, encoding="unicode", method="html")
    return f"<aside class=footnotes>{found}</aside>" if aside else found
