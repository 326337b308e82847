"""How the values of settings are written: spans of time, zones, and values shown in an error."""

import difflib
import re
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
NAMES = {
    "w": {"w", "week", "weeks"},
    "d": {"d", "day", "days"},
    "h": {"h", "hr", "hrs", "hour", "hours"},
    "m": {"m", "min", "mins", "minute", "minutes"},
    "s": {"s", "sec", "secs", "second", "seconds"},
}
LONGEST_SPAN = timedelta(days=3660)
LONGEST = 60


class BadValue(ValueError):
    """A value that cannot be read; one line that names it, says what is wrong and what to write.

    Whoever knows the setting that it came from puts the setting's name in front.
    """


def clipped(value: str, longest: int = LONGEST) -> str:
    """`value` in quotation marks, on one line and short enough for an error text."""
    return repr(value if len(value) <= longest else value[: longest - 1] + "…")


def unreadable(file: Path) -> str:
    """What keeps a file of lines NAME=value from being read, and what to do; else nothing."""
    from dotenv.parser import parse_stream

    try:
        with file.open(encoding="utf-8") as lines:
            odd = (
                line
                for line in parse_stream(lines)
                if line.error or (line.key and line.value is None)
            )
            first = next((line.original.line for line in odd), 0)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"cannot be read ({error.strerror}); make it a file that this user may read"
    except UnicodeDecodeError:
        return "is not UTF-8; save it as UTF-8"
    how = "write NAME=value, the value between two quotation marks or none"
    return f"line {first} is no setting; {how}" if first else ""


def span(text: str) -> timedelta:
    """The span that `text` writes: 20h, 90m, 1d 6h, 45 min. Longer than nothing, or BadValue."""
    if len(text) > LONGEST:
        raise BadValue(f"{clipped(text)} is not a span of time; write such as 20h or 1d 6h")
    parts = re.findall(r"([0-9]+) ?([a-z]*)|(\S)", text.lower())
    wrong = any(stray for *_, stray in parts)
    seconds = [_seconds(text, "" if wrong else number, unit) for number, unit, _ in parts]
    if not sum(seconds):
        raise BadValue(f"{clipped(text)} is no time at all; write such as 20h, 90m or 1d 6h")
    if sum(seconds) > LONGEST_SPAN.total_seconds():
        raise BadValue(f"{clipped(text)} is longer than ten years; write such as 20h or 1d 6h")
    return timedelta(seconds=sum(seconds))


def _seconds(text: str, number: str, unit: str) -> int:
    if not unit and int(number or 0):
        raise BadValue(
            f"{clipped(text)} does not say {number} of what; write {number}h or {number}m"
        )
    for short, names in NAMES.items():
        if number and unit in names:
            return int(number) * UNITS[short]
    raise BadValue(
        f"{clipped(text)} is not a span of time; write whole weeks, days, hours, minutes "
        "or seconds, such as 20h, 90m or 1d 6h"
    )


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as Europe/Berlin; BadValue for any other text.

    The rules come from the tzdata package, whose version is locked, and not from the machine's
    own files: these may be years old, and two replicas must agree on when a prompt is due.
    """
    if name not in zones():
        raise BadValue(f"{clipped(name)} is not a time zone; {_meant(name)}")
    with (_root() / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def zone_rules() -> str:
    """The version of the zones' rules, such as 2026f."""
    return str(import_module("tzdata").IANA_VERSION)


@cache
def zones() -> tuple[str, ...]:
    """The names of all time zones, as the locked tzdata package lists them."""
    return tuple((_root() / "zones").read_text(encoding="ascii").split())


def _root() -> Path:
    return Path(import_module("tzdata").__path__[0])


def _meant(name: str) -> str:
    """The nearest zone: by its full name, or by its city alone."""
    wanted = "_".join(name[:LONGEST].lower().split())
    if re.match(r"[a-z]{0,4}[+-]\d", wanted):  # Etc/GMT+2 would be two hours west, not east
        return "an offset knows no summer time; write a place such as Europe/Berlin"
    known = {key: full for full in zones() for key in (full.lower().split("/")[-1], full.lower())}
    nearest = difflib.get_close_matches(wanted, known, n=1, cutoff=0.75)
    if nearest:
        return f"did you mean {known[nearest[0]]}?"
    return "write an IANA name such as Europe/Berlin, America/New_York or UTC"
