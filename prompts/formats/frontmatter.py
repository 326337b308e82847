"""What stands above a text about it: `key: value` lines, as people and their programs write them.

Between two lines of three hyphens (YAML) or plus signs (TOML), behind percent signs (pandoc), or
bare, as MultiMarkdown and letters have them.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from prompts.cues import word_set
from prompts.formats.extract import name, year

KEYS = ("title", "author", "year", "source", "licence", "language", "encoding")
SPELLINGS = {
    "license": "licence",
    "lang": "language",
    "authors": "author",
    "by": "author",
    **dict.fromkeys(("url", "link", "canonical", "canonical_url"), "source"),
    **dict.fromkeys(("published", "pubdate", "issued", "publishdate"), "date"),
}
DATE = "date"  # of which the year is used, where no year is given
# What programs write for themselves: nobody needs to hear that it is of no use here.
QUIET = word_set(
    "abstract aliases categories category comments cover created css cssclass cssclasses csl "
    "description draft excerpt featured format id image keywords lastmod layout modified output "
    "permalink publish slug status subtitle summary tag tags template thumbnail toc toc_title type "
    "updated weight bibliography to cc bcc sent attachments importance reply-to message-id date"
)
LETTER = {"from": "author", "subject": "title", "sent": DATE}
LONGEST = 40  # lines; what is longer is no header
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):{1,2}(?:\s+(.*))?$")
_FENCE = {"-": re.compile(r"-{3,}\s*$"), "+": re.compile(r"\+{3}\s*$")}
_END = re.compile(r"(?:-{3,}|\.{3})\s*$")
_NAME = re.compile(r"(?:name|given):\s*")
_MAIL = re.compile(r"\s*<[^<>@\s]+@[^<>\s]+>")

Said = Mapping[str, str]


class Header(NamedTuple):
    """What was said, what could not be used, and the text that follows."""

    meta: dict[str, str]
    unknown: tuple[str, ...]
    rest: str


def header(text: str) -> Header:
    """Part the front matter from a text with LF line ends; a text without one is returned whole.

    Keys are case-blind. A first line of hyphens that opens no `key: value` list is a rule in the
    text, and stays there.
    """
    lines = text.lstrip("\n").split("\n", LONGEST + 2)
    found = _fenced(lines) or _percent(lines) or _bare(lines) or _below(lines)
    if found is None:
        return Header({}, (), text)
    said, end = found
    meta, unknown = told(said)
    return Header(meta, unknown, "\n".join(lines[end:]))


def told(said: Said) -> tuple[dict[str, str], tuple[str, ...]]:
    """What of some keys and values is of use, and the keys that mean nothing here."""
    named = {SPELLINGS.get(key, key): value for key, value in said.items()}
    named.setdefault("year", year(named.get(DATE, "")))
    meta = {key: plain for key in KEYS if (plain := name(named.get(key, "")))}
    unknown = tuple(key for key in named if key not in KEYS and key not in QUIET)
    return meta, unknown


Found = tuple[Said, int] | None  # and the line on which the text begins


def _fenced(lines: Sequence[str]) -> Found:
    sign = lines[0][:1]
    fence = _FENCE.get(sign)
    if fence is None or not fence.match(lines[0]):
        return None
    close = _END if sign == "-" else fence
    inner = enumerate(lines[1 : LONGEST + 2], start=1)
    end = next((number for number, line in inner if close.match(line)), 0)
    said = (_yaml if sign == "-" else _toml)(lines[1:end])
    return (said, end + 1) if end and said else None


def _yaml(lines: Sequence[str]) -> Said:
    """Keys with their values; the items of a list below a key are its value. Empty for prose."""
    said: dict[str, str] = {}
    key = ""
    for line in lines:
        pair = _PAIR.match(line.strip())
        if line.startswith((" ", "\t", "- ")):
            item = _NAME.sub("", _plain(line.strip().removeprefix("- ")))
            listed = line.lstrip().startswith("- ")
            if key and listed and item:
                said[key] = f"{said[key]}, {item}" if said[key] else item
        elif pair:
            key = pair[1].strip().lower()
            said[key] = _plain(pair[2] or "")
        elif line.strip() and not line.startswith("#"):
            return {}
    return said


def _toml(lines: Sequence[str]) -> Said:
    try:
        rows = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError):  # numbers and brackets without end, too
        return {}
    return {key.lower(): shown(value) for key, value in rows.items()}


def _percent(lines: Sequence[str]) -> Found:
    """Title, authors and date, each behind a percent sign."""
    rows = [line[2:].strip() for line in lines[:3]]
    if not lines[0].startswith("% ") or not all(line[:1] in ("%", "") for line in lines[:2]):
        return None
    count = next((n for n, line in enumerate(lines[:3]) if not line.startswith("%")), len(rows))
    named = dict(zip(("title", "author", DATE), rows[:count], strict=False))
    return (named, count) if count > 1 else None  # one line may be anything


def _bare(lines: Sequence[str]) -> Found:
    """Two lines or more of keys, of which one is the title's, or those of a letter."""
    end = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    pairs = [_PAIR.match(line) for line in lines[:end]]
    if end < 2 or None in pairs or end > LONGEST:
        return None
    said = {pair[1].strip().lower(): _plain(pair[2] or "") for pair in pairs if pair}
    if {"from", "subject"} <= said.keys():
        said = {LETTER.get(key, key): _MAIL.sub("", value) for key, value in said.items()}
    known = {SPELLINGS.get(key, key) for key in said}
    return (said, end) if "title" in known and len(known & {*KEYS, DATE}) > 1 else None


def _below(lines: Sequence[str]) -> Found:
    """The same below a heading and a blank line, as Notion has it."""
    headed = len(lines) > 2 and lines[0].startswith("# ") and not lines[1].strip()
    found = _bare([f"title: {lines[0][2:]}", *lines[2:]]) if headed else None
    return (found[0], found[1] + 1) if found else None


def shown(value: object) -> str:
    """A value as it is shown; several authors are a list."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return " ".join(str(value).split())


def _plain(value: str) -> str:
    """A value without its quotation marks, or the items of a list without its brackets."""
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(_plain(item) for item in value[1:-1].split(",") if item.strip())
    marked = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    value = _plain(value[1:-1]) if marked else value
    return "" if value in (">", "|", ">-", "|-") else value
