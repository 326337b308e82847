"""Who wrote a text, as files tell it: names in the order they are read, and nobody's machine; and
who speaks in one."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

# What programs write where nobody said who writes.
_NOBODY = re.compile(
    r"(?:administrator|admin|(?:windows|microsoft(?: office)?)[- ](?:user|konto|benutzer)|user|"
    r"unknown|owner|anonymous|author|benutzer|utilisateur|usuario|root|default|editor|webmaster|"
    r"hp|dell|lenovo|acer|asus|toshiba|microsoft|python-docx|un-?named|pc|\W*)(?: ?\d{0,3})$",
    re.I,
)
_TURNED = re.compile(r"((?:(?:von|van|de|der|den|du|la|le|di|da) )*[^\s,;]+), ([^,;]+)$")
_TITLES = re.compile(r"(?:jr|sr|[ivx]+|ph\.?d|m\.?[ad]|esq|b\.?a|dr|prof|ed|eds)\b\.?", re.I)
_POST = re.compile(
    r"\b(?:lecturer|professor|fellow|reader in|researcher|scholar|candidate|university|college|"
    r"institute|school of|department|correspondent|editor|reporter|columnist)\b",
    re.I,
)
_SHORT = 3  # given names
# Two to four names behind "By", and nothing behind them but a date or the like.
BY = re.compile(r"By:? ((?:[A-Z][\w.’'-]+ ?){2,4})(?<! )(?=$| ?[,|·•–—-]| \d)")
LINE, DATED = 100, 30  # letters of such a line, and of a date and the like in it
WHO = re.compile(r"([A-Z][\w.'’-]{0,30}(?: [A-Z0-9][\w.'’-]{0,30}){0,3}):\s+(?=\S)")
FEW, TWICE, SHARE = 4, 2, 0.5  # turns of a conversation, of each name in it, and of its paragraphs
NEAR = 4  # blocks from the beginning, where a text says who wrote it


def named(said: str) -> str:
    """Names as they are read: `Vale, Ida; Ink, Otto` are Ida Vale, Otto Ink. Empty for nobody's."""
    people = (_ordered(_bare(one.strip())) for one in said.split(";"))
    return ", ".join(one for one in people if one and not _NOBODY.match(one))


def _bare(name: str) -> str:
    """A name without "By" before it, and without the post of who bears it behind it."""
    first, *rest = name.removeprefix("By ").split(", ")
    post = next((n for n, part in enumerate(rest) if _POST.search(part)), len(rest))
    return ", ".join([first, *rest[:post]])


def _ordered(name: str) -> str:
    turned = _TURNED.match(name)
    if not turned or turned[2].count(" ") >= _SHORT or _TITLES.match(turned[2]):
        return name
    return f"{turned[2]} {turned[1]}"


def by(blocks: Iterable[str]) -> str:
    """Who is named in a line of its own among the first blocks; empty where nobody is."""
    found = (_line(words) for _, words in zip(range(NEAR), blocks, strict=False))
    return next(filter(None, found), "")


def _line(words: str) -> str:
    found = BY.match(words[:1].upper() + words[1:]) if len(words) < LINE else None
    rest = words[found.end() :] if found else ""
    dated = sum(map(str.isalpha, rest)) <= DATED and not rest.endswith((".", "?", "!"))
    return found[1] if found and dated else ""


def speakers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Who speaks in a conversation, by the names that open its paragraphs; nobody elsewhere."""
    heads = Counter(found[1] for words in paragraphs if (found := WHO.match(words)))
    often = {who: turns for who, turns in heads.items() if turns >= TWICE}
    enough = sum(often.values()) >= max(FEW, SHARE * len(paragraphs))
    return frozenset(often) if enough else frozenset()
