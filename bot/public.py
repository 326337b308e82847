"""The public holidays of a country or a part of it, by the optional package `holidays`."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.written import BadValue, clipped

SUCH = "write a country as ISO 3166 does, such as holidays:DE, or with a part: holidays:DE-BY"


@dataclass(frozen=True, slots=True)
class Public:
    """The holidays of one country or part; years are worked out as they are asked for."""

    code: str
    _days: Mapping[date, str] = field(repr=False, compare=False)

    def name_of(self, day: date) -> str | None:
        """The holiday on a local date, if any."""
        return self._days.get(day)

    def __str__(self) -> str:
        return f"the public holidays of {self.code}"


def public(item: str) -> Public:
    """The holidays of an item such as holidays:DE-BY. BadValue, one line, where there are none."""
    try:
        import holidays
    except ModuleNotFoundError:
        raise BadValue(
            f"{clipped(item)} needs the package holidays, which is not installed; "
            "in the folder that Gadfly was cloned into, .venv/bin/pip install -e '.[holidays]'"
        ) from None
    code = item.partition(":")[2].strip().upper()
    country, _, part = code.partition("-")
    known: Mapping[str, list[str]] = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise BadValue(f"{clipped(item)} names no country that is known; {_meant(country, known)}")
    if part and part not in known[country]:
        parts = ", ".join(map(str, known[country])) or "none"
        raise BadValue(f"{clipped(item)}: the parts of {country} are {clipped(parts, 300)}")
    days: Any = holidays.country_holidays(country, subdiv=part or None)
    return Public(code, days)


def _meant(country: str, known: Mapping[str, list[str]]) -> str:
    near = difflib.get_close_matches(country, known, n=1, cutoff=0.6)
    return f"did you mean holidays:{near[0]}? Otherwise {SUCH}" if near else SUCH
