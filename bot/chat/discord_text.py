"""Text as Discord takes it: everything foreign escaped, counted its way, cut where it may be.

Discord's Markdown has no way to switch itself off, so every character that could format, mention
or link wears a backslash, which no reader sees.
"""

import re
from collections.abc import Iterator

from bot.card import unquoted
from bot.chat.unseen import seen

SPECIAL = re.compile(r"[\\*_~`|<>\[\]@#]|(?<=:)/(?=/)")  # a link's slashes, not each
LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=\.))", re.MULTILINE)


def escaped(text: str) -> str:
    """Foreign text as Markdown that reads as it is: it cannot mention, link or format."""
    shown = SPECIAL.sub(r"\\\g<0>", seen(text))
    return LINE_START.sub(_disarmed, shown)


def _disarmed(found: re.Match[str]) -> str:
    # A list's number is disarmed at its full stop, any other mark at itself.
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def size(text: str) -> int:
    """The length by Discord's count at its strictest: an emoji may be two characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> str:
    """Escaped, and without quotation marks: those belong to quotations alone."""
    return escaped(unquoted(text))


def flat(text: str) -> str:
    """In one line."""
    return " ".join(text.split())


def pieces(text: str, limit: int) -> Iterator[str]:
    """The text in pieces of at most `limit`, parted at spaces and never inside an escape."""
    while size(text) > limit:
        end = limit
        while size(text[:end]) > limit:
            end -= 1
        cut = max(text.rfind(" ", 1, end), text.rfind("\n", 1, end))
        cut = cut if cut > limit // 2 else end - _dangling(text[:end])
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _dangling(text: str) -> int:
    """1 where the text ends in a backslash whose character would be cut off."""
    return (len(text) - len(text.rstrip("\\"))) % 2
