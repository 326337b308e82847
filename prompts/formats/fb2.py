"""FictionBook: a book as one XML file, by way of HTML."""

import re
from xml.etree.ElementTree import Element

from prompts.cues import word_set
from prompts.formats.extract import Extract, Unreadable, lay, year
from prompts.formats.people import named
from prompts.formats.trees import page, tree, words

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
    book = tree(plain)
    bodies = book.findall("{*}body")
    for body in bodies:
        _rename(body)
    return lay((part for body in bodies for part in page(body)), _meta(book))


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


def _rename(body: Element) -> None:
    """Give the parts of a body the names that a page has for them; notes are set aside."""
    aside = body.get("name", "") in NOTES
    for node in body.iter():
        name = _SPACE.sub("", node.tag)
        noted = name == "a" and node.get("type") == "note"
        node.tag, node.attrib = "sup" if noted else TAGS.get(name, name), {}
    if aside:
        body.tag, body.attrib = "aside", {"class": "footnotes"}
