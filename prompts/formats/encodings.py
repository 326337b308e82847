"""In which encoding a text was saved: what it says, what its owner says, else the likeliest."""

import codecs
import re
from typing import NamedTuple

from prompts.formats.extract import Unreadable

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What people's programs have saved texts in. Left out are those that hardly anybody used and that
# differ from these in a letter or two: with them a short French text is taken for an Icelandic one.
USED = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-15"),
    *("koi8-r", "koi8-u", "cp866", "cp437", "cp850", "cp852", "cp874"),
    *("mac-roman", "mac-cyrillic", "mac-greek", "mac-latin2"),
    *("cp932", "shift_jis_2004", "euc_jis_2004", "iso2022_jp_2"),
    *("gb18030", "big5hkscs", "euc_kr", "cp949"),
)
# What browsers take these labels for.
LABELS = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
ENOUGH = 64  # bytes; in fewer
SURE = 0.05  # that much more has to speak for another code page than this
PLAIN = "cp1252"
QUOTES = "“”‘’„–—…"  # where these stand for the same bytes, other code pages have letters
# How programs spell, not how texts are saved; some take time squared.
NONE = frozenset(("utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))
NO_TEXT = "is not a text, whatever its name; remove it or save its text as UTF-8."
SAMPLE = 100_000  # bytes; more tells no more, and takes time
ALIKE = 0.001  # two readings of the bytes that are nearer to one another are equally likely
SCRIPTS = 8  # values that the upper byte takes in a text of letters
HAN = frozenset((0x00, 0x20, *range(0x30, 0x34), *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFF))
_SAID = re.compile(
    rb"\A\s*-{3,}[ \t]*\r?\n(?:[^\r\n]*\r?\n){0,40}?encoding:[ \t]*[\"']?([\w.: -]+)", re.I
)
_SHIFTED = re.compile(rb"\x1b\$[@B]|\x1b\(J")  # ISO-2022-JP, whose other bytes are ASCII's


class Decoded(NamedTuple):
    """A text, and a line where its bytes might as well be another one."""

    text: str
    doubt: str = ""


def decoded(data: bytes) -> Decoded:
    """The text of a file: as its byte order mark or its header says, as UTF-8, else a guess.

    Raises `Unreadable`.
    """
    marked = next((name for mark, name in BOMS if data.startswith(mark)), None)
    said = marked or _said(data) or _wide(data[:SAMPLE])
    if said:
        return Decoded(as_said(data, said))
    try:
        return Decoded(data.decode("utf-8-sig")) if not _shifted(data) else _guess(data)
    except UnicodeDecodeError:
        return _guess(data)


def as_said(data: bytes, name: str) -> str:
    """The text in the encoding that its owner names. Raises `Unreadable`."""
    try:
        if codecs.lookup(name).name in NONE:
            raise LookupError(name)
        return data.decode(name)
    except UnicodeDecodeError:
        raise Unreadable(f"is not the {name.upper()} it says it is; save it as UTF-8.") from None
    except (LookupError, ValueError, TypeError):  # no name, or no encoding of texts
        shown = name[:40]
        raise Unreadable(
            f"says that its encoding is {shown!r}, which is none; write one such as cp1250, "
            "or save it as UTF-8."
        ) from None


def meant(label: str) -> str:
    """The encoding that browsers take a label for: what calls itself Latin-1 is Windows-1252."""
    return LABELS.get(codecs.lookup(label).name, label)


def in_utf8(data: bytes, name: str) -> bytes:
    """The bytes of a text in UTF-8, if its owner names their encoding. Raises `Unreadable`."""
    return as_said(data, name).encode("utf-8", "replace") if name else data


def _said(data: bytes) -> str | None:
    found = _SAID.match(data[:4096])
    return found[1].decode("ascii", "replace").strip() if found else None


def _shifted(data: bytes) -> bool:
    return b"\x1b" in data[:SAMPLE] and _SHIFTED.search(data[:SAMPLE]) is not None


def _wide(data: bytes) -> str | None:
    """UTF-16 whose mark is missing: every other byte tells the script, which hardly changes."""
    halves = (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2]))
    for name, script, letter in halves:
        if 0 in script:
            few = 0 not in letter and len(set(script)) <= min(SCRIPTS, len(script) // 4)
            signs = sum(code > 0x7F for code in letter) > len(letter) / 10  # no plain text's bytes
            if few or (signs and HAN.issuperset(script)):
                return name
    return None


def _guess(data: bytes) -> Decoded:
    from chardet import detect_all  # only the rare file needs it

    found = detect_all(data[:SAMPLE], compat_names=False, include_encodings=USED)
    ranked = [(row["encoding"], row["confidence"]) for row in found if row["encoding"]]
    if not ranked:
        raise Unreadable(NO_TEXT)
    least = ranked[0][1] - (SURE if len(data) < ENOUGH else ALIKE)
    # The sample may end within a character, and one bad byte should not cost the whole text.
    near = {name: data.decode(name, errors="replace") for name, sure in ranked if sure >= least}
    signs = {name: sum(map(text.count, QUOTES)) for name, text in near.items()}
    name, *others = sorted(near, key=lambda name: (-signs[name], name != PLAIN))
    sure = dict(ranked)
    alike = (one for one in others if sure[one] > sure[name] - ALIKE and signs[one] == signs[name])
    rival = next((one for one in alike if near[one] != near[name]), None)
    return Decoded(near[name], _doubt(name, rival) if rival else "")


def _doubt(name: str, rival: str) -> str:
    return (
        f"was read as {name}, though {rival} is as likely; if letters look wrong, save it as "
        "UTF-8 or name its encoding in its header."
    )
