"""The file formats: one extractor each, found by the end of a file's name."""

from collections.abc import Callable, Mapping

from prompts.formats import markdown, text
from prompts.formats.extract import Extract, Unreadable

Extractor = Callable[[bytes], Extract]
"""Turns a file's bytes into its text; raises `Unreadable` with one line for the owner."""

EXTRACTORS: Mapping[str, Extractor] = {
    ".txt": text.extract,
    ".text": text.extract,
    ".md": markdown.extract,
    ".markdown": markdown.extract,
}

__all__ = ["EXTRACTORS", "Extract", "Extractor", "Unreadable", "extractor"]


def extractor(suffix: str) -> Extractor:
    """The extractor for a suffix such as ".md", in any case. Raises `Unreadable`."""
    found = EXTRACTORS.get(suffix.lower())
    if found is None:
        kind = f"{suffix} files are" if suffix else "a file without an ending such as .txt is"
        raise Unreadable(f"{kind} not read; save its text as .txt or .md, or remove it.")
    return found
