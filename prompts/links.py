"""Addresses of web pages in the folder: `.url` and `.webloc` files, and `links.txt`."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from prompts.formats import Unreadable
from prompts.formats.text import decode

LARGEST = 100_000  # bytes of such a file
MOST = 100  # addresses in one
NAMES = ("links.txt", "links.md", "urls.txt")
SUFFIXES = (".url", ".webloc")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]{3,2000}", re.I)
_WRONG = re.compile(r"(?:[a-z][a-z0-9+.-]*:|www\.)\S+", re.I)
_UNSAFE = re.compile(r"[^\w.~-]+")


def holds(key: str) -> bool:
    """Whether a file is a list of addresses by its name."""
    path = PurePosixPath(key.lower())
    return path.name in NAMES or path.suffix in SUFFIXES


def addresses(data: bytes) -> tuple[str, ...]:
    """The addresses in such a file, in order, each once. Raises `Unreadable`.

    What follows a `#` at the start of a line is a remark; trailing punctuation is no part of one.
    """
    lines = [line for line in decode(data).splitlines() if not line.lstrip().startswith("#")]
    text = "\n".join(line for line in lines if "DTD" not in line)  # .webloc names its grammar
    found = [match.rstrip(".,;)") for match in _ADDRESS.findall(text)]
    if not found:
        wrong = _WRONG.search(text)
        said = f"; {wrong[0][:60]} is none" if wrong else ""
        raise Unreadable(f"holds no address of a web page{said}. Write one a line, https:// first.")
    return tuple(dict.fromkeys(found))[:MOST]


def key_of(file: str, address: str) -> str:
    """The key of the page at an address: it lies where the file with its address lies."""
    parts = urlsplit(address)
    place = _UNSAFE.sub("-", f"{parts.netloc}{parts.path}".removeprefix("www.")).strip("-.")
    query = _UNSAFE.sub("-", parts.query)
    name = f"{place[:80]}-{query[:40]}" if query else place[:80]
    return str(PurePosixPath(file).parent / name)
