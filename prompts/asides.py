"""What stands around an argument: bylines, captions, author's notes, appeals, a page's foot.

How it is put stands under `[asides]` in the cue files. Those of all languages are looked for in
every text, since a page's own words need not be in the language of its article.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from prompts.cues import languages, source
from prompts.tongue import SMALL

NOTE, CAPTION, PLEA, FOOT = 600, 160, 400, 60  # characters that each of them has at most
BIO = 250  # likewise, of one that does not stand at the end
SOUP = 12  # words that stand side by side without a sentence: a menu
LOOSE = 0.15  # of them are small ones, which sentences are full of
TAIL = 20  # characters in which a sentence ends
SHORT = 3  # letters of a word that is small in any language
BACKWARD = ("↩", "↩︎", "↑")  # the way back from a note to its mark
LEADERS = (" . . . . . ", "............")  # dots that lead to a page's number
_SMALL = frozenset(chain.from_iterable(words.split() for words in SMALL.values()))
_GREETING = re.compile(r"(?:[^\s.!?:;]+ ){0,4}[^\s.!?:;]+[,，]")  # "Dear all,"
_MAIL = re.compile(r"\S@\S+\.\w")
ENDED = re.compile(r"[.!?…:;。！？；।॥؟۔][\"'”’»」』）)\]*_]*(?:</?\w+>)*\s*$")
_NAMED = r"(?:[-–—*]\s)?(?:About\s)?(?!(?i:{})\s)(?:[A-ZÀ-Ý][\w.'’-]*\s){{2,5}}"  # "Ann Bell"


@dataclass(frozen=True, slots=True)
class Around:
    """The tables `[asides]` of all languages as one. `rights` are looked for in small letters, in
    every block there is, as a pattern cannot be in no time; `views` only where a sign stands."""

    caption: re.Pattern[str]
    marked: re.Pattern[str]
    stamped: re.Pattern[str]
    byline: re.Pattern[str]
    bio: re.Pattern[str]
    views: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    rights: tuple[str, ...]
    asks: re.Pattern[str]
    beyond: re.Pattern[str]
    replies: re.Pattern[str]
    argues: re.Pattern[str]


def is_aside(words: str, last: bool) -> bool:
    """Bylines, captions and credits are short; the author's note stands at the end."""
    known = _around()
    low = words.lower() if len(words) < NOTE else ""
    if any(map(low.__contains__, known.rights)) or any(map(words.__contains__, LEADERS)):
        return True
    if last and low and _remarks(words, low, known):
        return True
    if words.endswith(BACKWARD) or (last and low and known.byline.match(words)):
        return True
    if len(words) < PLEA and (known.marked.match(words) or asks(words) or _soup(words)):
        return True
    if len(words) < BIO and known.bio.match(words):
        return True
    if len(words) > CAPTION:
        return False
    if _stamped(words) or _reached(words):
        return True
    if words.endswith((",", "，")) and _GREETING.fullmatch(words):
        return True
    return known.caption.match(words) is not None and (
        not ENDED.search(words) or words.count(" ") < 8
    )


def _stamped(words: str) -> bool:
    """A credit, or when a page was changed: behind a colon, or a bar."""
    marked = ": " in words or "|" in words
    return marked and _around().stamped.search(words) is not None


def _reached(words: str) -> bool:
    """Whether a block tells where to reach somebody."""
    return "@" in words and _MAIL.search(words) is not None and not ENDED.search(words)


def _remarks(words: str, low: str, known: Around) -> bool:
    return any(
        any(map(low.__contains__, signs)) and pattern.search(words) is not None
        for signs, pattern in known.views
    )


def asks(words: str) -> bool:
    """Whether a block asks a page's readers for something."""
    return _around().asks.match(words) is not None


def beyond(words: str) -> bool:
    """Whether a line opens what stands below an article: comments, other articles."""
    if len(words) >= FOOT:
        return False
    return _around().beyond.match(words) is not None or replies(words)


def replies(words: str) -> bool:
    """Whether a line opens what readers say to an article."""
    return len(words) < FOOT and _around().replies.match(words) is not None


def argues(words: str) -> bool:
    """Whether a title is a claim, as those of forum posts are."""
    return _around().argues.match(words) is not None


def _soup(words: str) -> bool:
    """Many words and no sentence: the names of buttons, a menu, tags."""
    if words.count(" ") < SOUP - 1 or ENDED.search(words[-TAIL:]):
        return False
    row = words.lower().split()
    if len(row) < SOUP:
        return False
    return sum(len(word) <= SHORT or word in _SMALL for word in row) < LOOSE * len(row)


@cache
def _around() -> Around:
    tables = [source(known)["asides"] for known in languages()]
    bios = "|".join(_traded(table["bio"], table) for table in tables)
    articles = "|".join("|".join(table["articles"].split()) for table in tables)
    return Around(
        caption=re.compile(rf"[\[(]?(?:{_all('caption', tables)})(?=[\s:/©\d]|$)", re.I),
        marked=re.compile(_all("marked", tables), re.I),
        stamped=re.compile(_all("stamped", tables), re.I),
        byline=re.compile(_all("byline", tables), re.I),
        bio=re.compile(rf"{_NAMED.format(articles)}(?i:{bios})"),
        views=tuple(
            (tuple(signs.split("|")), re.compile("|".join(patterns), re.I))
            for table in tables
            for signs, patterns in table["views"].items()
        ),
        rights=tuple(sign for table in tables for sign in table["rights"]),
        asks=re.compile(_all("asks", tables), re.I),
        beyond=re.compile(rf"(?:{_all('beyond', tables)})\W*$", re.I),
        replies=re.compile(rf"(?:{_all('replies', tables)})\W*$", re.I),
        argues=re.compile(_all("argues", tables), re.I),
    )


def _all(name: str, tables: list[dict[str, Any]]) -> str:
    return "|".join(_traded(pattern, table) for table in tables for pattern in table.get(name, ()))


def _traded(pattern: str, table: dict[str, Any]) -> str:
    """With what authors are called in a language: "professor", "editor"."""
    return pattern.replace("TRADE", table["trade"])
