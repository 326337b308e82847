"""XML as trees: parsed with care, looked into, and read as the page that their elements make."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from prompts.formats.extract import BROKEN, ENDLESS, Part, Unreadable
from prompts.formats.walk import read


def tree(data: bytes) -> Element:
    """XML as its outermost element. Raises `Unreadable`.

    ElementTree loads nothing from elsewhere, and expat stops entities that multiply.
    """
    try:
        return ElementTree.fromstring(data)  # noqa: S314 - see above
    except (ElementTree.ParseError, LookupError, ValueError):
        raise Unreadable(BROKEN) from None


def words(element: Element | None) -> str:
    """The text of an element on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def emptied(element: Element) -> None:
    """Take out what an element holds; what stands behind it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail


def page(element: Element) -> Iterator[Part]:
    """The blocks of an element whose parts have the names that a page has for them."""
    try:
        source = ElementTree.tostring(element, encoding="unicode", method="html")
    except RecursionError:
        raise Unreadable(ENDLESS) from None
    return read(source)
