"""The file formats: one extractor each, found by the end of a file's name and by how it begins."""

from collections.abc import Callable, Mapping
from importlib import import_module

from prompts.formats.extract import Extract, Unreadable

Extractor = Callable[[bytes], Extract]
"""Turns a file's bytes into its text; raises `Unreadable` with one line for the owner."""

VERSION = "25"  # what a stored extract is known by; raised whenever extractors change

FORMATS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".odp": "odt",
    **dict.fromkeys((".pptx", ".pptm", ".ppsx"), "pptx"),
    ".rtf": "rtf",
    ".fb2": "fb2",
    ".epub": "epub",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    **dict.fromkeys((".eml", ".mht", ".mhtml"), "mime"),
    ".webarchive": "webarchive",
    **dict.fromkeys((".srt", ".vtt", ".sbv"), "subtitles"),
}
PLAIN = frozenset(("text", "markdown", "subtitles"))
NAMES = {"pdf": "PDF", "docx": "Word document", "odt": "OpenDocument text", "epub": "EPUB book"}
NAMES |= {"html": "web page", "rtf": "RTF document", "mime": "saved message"}
ADVICE: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".pages", ".wpd", ".wps", ".fodt", ".sxw", ".dotx", ".ott"),
                    "save it as .docx or .pdf"),
    ".gdoc": "it only points to a Google document, so download that as .docx or .pdf",
    **dict.fromkeys((".mbox", ".msg"), "save the message as .eml or .txt"),
    **dict.fromkeys((".csv", ".xls", ".xlsx", ".ods"), "put what can be argued about into a .txt"),
    **dict.fromkeys((".rst", ".adoc", ".org", ".log"), "rename it so that it ends in .txt"),
    **dict.fromkeys((".tex", ".typ"), "put the .pdf that is made of it here"),
    **dict.fromkeys((".mp3", ".m4a", ".wav", ".mp4", ".mov"), "write down what is said as .txt"),
    **dict.fromkeys((".ass", ".ssa", ".ttml", ".dfxp", ".smi"), "save it as .srt or .vtt"),
    **dict.fromkeys((".key", ".ps", ".djvu", ".xps"), "save it as .pdf"),
    **dict.fromkeys((".ppt", ".pps"), "save it as .pptx or .pdf"),
    **dict.fromkeys((".mobi", ".azw", ".azw3"), "convert it to .epub"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"), "run text recognition "
                    "(OCR) on it and save the result as .pdf"),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz"), "unpack it here"),
}  # fmt: skip
_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "docx"),
    (b"\xd0\xcf\x11\xe0", "docx"),  # which says then that it is of an old form or encrypted
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"{\\rtf", "rtf"),
    (b"from: <saved by ", "mime"),
)
_INSIDE = (
    (b"mimetypeapplication/epub+zip", "epub"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "odt"),
)

__all__ = ["FORMATS", "PLAIN", "VERSION", "Extract", "Unreadable", "extractor", "named", "seen"]


def named(suffix: str) -> str:
    """The format that a suffix such as ".md" names, in any case. Raises `Unreadable`."""
    found = FORMATS.get(suffix.lower())
    if found is None:
        if not suffix:
            raise Unreadable("has no ending such as .txt, which tells what it is; add one.")
        advice = ADVICE.get(suffix.lower(), "save its text as .txt, .md or .pdf")
        raise Unreadable(f"is of a kind that is not read ({suffix}); {advice}, or remove it.")
    return found


def seen(name: str, head: bytes) -> str:
    """The format that a file's first bytes show; `name`, the one it is named as, if they show none.

    People rename files, and browsers save web pages as .txt: what a file is, it says itself.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:80].lower()
    inside = next((kind for mark, kind in _INSIDE if mark in head[:120]), None)
    shown = next((kind for mark, kind in _BEGINNINGS if start.startswith(mark.lower())), None)
    if shown == "docx" and name in ("odt", "epub", "pptx"):
        shown = name  # these are archives, too
    return inside or shown or name


def extractor(name: str) -> Extractor:
    """The extractor of a format; its libraries are loaded now."""
    found: Extractor = import_module(f"prompts.formats.{name}").extract
    return found
