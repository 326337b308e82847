"""The plain words of a schedule, read into a rule.

    daily 18:30                     weekdays 09:00                  weekends 10:00
    mon,wed 17:00                   mon-thu 8:15am                  every 2 weeks on fri 16:00
    first mon 09:00                 last fri 16:00                  cron: 0 9 * * 1-5

`every 2 weeks` counts weeks from Monday to Sunday, beginning with the week of 2024-01-01, so that
no restart and no edit of the hour moves it; `from 2026-09-11` at the end counts from the week of
that date instead and keeps still before it. Cron expressions mean what cron means by them: Sunday
is 0 and 7; day of month and day of week are alternatives unless one of them begins with a star.
"""

import difflib
import re
from datetime import date, time

from bot.rules import DAYS, NTH, PLAIN, SINGLE, Cron, Monthly, Rule, Weekly
from bot.written import BadValue, clipped

LONGEST = 200
SAID = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
SHORT = [day[:3] for day in DAYS]
WORDS = [*PLAIN, *DAYS, *SHORT, *NTH, "every", "weeks", "on", "at", "from", "and", "am", "pm"]
EXAMPLES = (
    "write such as 'daily 18:30', 'weekdays 09:00', 'mon,wed 17:00', "
    "'every 2 weeks on fri 16:00', 'first mon 09:00' or 'cron: 0 9 * * 1-5'"
)
RARE = 8  # years; what is due less often than that is taken for a mistake


def parse(text: str) -> Rule:
    """The rule that `text` writes, or that `str` of a rule without cron says.

    Raises BadValue with one line that names the text, what is wrong, and what to write.
    """
    clean = " ".join(text[: LONGEST + 1].split())
    if not clean or len(clean) > LONGEST:
        raise BadValue(f"{clipped(text)} is not a schedule; {EXAMPLES}")
    if clean.lower().startswith("cron:"):
        return _cron(clean[5:].strip())
    try:
        return _plain(clean.lower())
    except BadValue as wrong:
        meant = _nearest(clean.lower())
        hint = f"did you mean {meant!r}? Otherwise {EXAMPLES}" if meant else EXAMPLES
        raise BadValue(f"{clipped(text)} is not a schedule: {wrong}; {hint}") from None


def _plain(text: str) -> Weekly | Monthly:
    text, _, start = text.replace(", counted from ", " from ").partition(" from ")
    words = text.split()
    if words[-1] in ("am", "pm") and len(words) > 1:
        words[-2:] = [words[-2] + words[-1]]
    at = _time(words.pop())
    phrase = " ".join(words).removesuffix(" at")
    nth = re.fullmatch(r"(?:the )?(\w+) (\w+)(?: of (?:the|every|each) month)?", phrase)
    if nth and (which := SAID.get(nth[1], nth[1])) in NTH:
        return _monthly(which, nth[2], at, start)
    return _weekly(phrase, at, _date(start) if start else None)


def _monthly(nth: str, day: str, at: time, start: str) -> Monthly:
    if start:
        raise BadValue("'from' goes with weeks, not with months")
    return Monthly(NTH[nth], _weekday(day), at)


def _weekly(phrase: str, at: time, start: date | None) -> Weekly:
    weeks = re.fullmatch(r"every (?:([0-9]{1,2}|other) )?weeks? (?:on )?(.+)", phrase)
    if weeks is None:
        every = phrase.removeprefix("every ")
        days = SINGLE.get(every, every) if every != phrase else phrase
        return Weekly(_weekdays(days.removeprefix("on ")), at, start=start)
    number = {"other": 2, None: 1}.get(weeks[1]) or int(weeks[1])
    if number == 0:
        raise BadValue("every 0 weeks is never")
    return Weekly(_weekdays(weeks[2]), at, number, start)


def _weekdays(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for item in _items(text):
        first, dash, last = item.partition("-")
        if item in PLAIN:
            days.update(PLAIN[item])
        elif dash:
            start, end = _weekday(first), _weekday(last)
            days.update((start + n) % 7 for n in range((end - start) % 7 + 1))
        else:
            days.add(_weekday(item))
    return tuple(sorted(days))


def _items(text: str) -> list[str]:
    joined = text
    for dash in (" to ", " through ", " - ", " – ", "–"):
        joined = joined.replace(dash, "-")
    items = joined.replace(" and ", ",").replace(" ", ",").split(",")
    if not any(items):
        raise BadValue("it names no day")
    return [item for item in items if item]


def _weekday(word: str) -> int:
    if ":" in word:
        raise BadValue(
            f"{word!r} is no day of the week; a schedule has one time of day at its end "
            "(for several, write further schedules or such as 'cron: 0 9,18 * * *')"
        )
    for number, day in enumerate(DAYS):
        if len(word) > 1 and f"{day}s".startswith(word):
            return number
    raise BadValue(f"{word!r} is no day of the week" if word else "a day is missing")


def _time(word: str) -> time:
    if word in ("noon", "midnight"):
        return time(12 if word == "noon" else 0)
    found = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))?(am|pm)?", word)
    if found is None or not (found[2] or found[3]):
        raise BadValue("it does not end in a time of day such as 09:00")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif half:
        hour = 24  # 0am, 13pm
    if hour > 23 or minute > 59:
        raise BadValue(f"there is no {word} on any clock")
    return time(hour, minute)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"{text!r} is no date; write such as 2026-09-11") from None


def _nearest(text: str) -> str:
    """The schedule that was probably meant, or nothing."""
    words = re.split("([ ,-]+)", text)
    meant = "".join(_known(word) if n % 2 == 0 else word for n, word in enumerate(words))
    guesses = (f"{text}:00", f"{text} 09:00", meant, f"{meant}:00", f"{meant} 09:00")
    return next(filter(_reads, (f"cron: {text}", *guesses)), "")


def _reads(text: str) -> bool:
    try:
        return bool(_cron(text[5:].strip()) if text.startswith("cron:") else _plain(text))
    except BadValue:
        return False


def _known(word: str) -> str:
    clock = re.fullmatch(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?(am|pm)?", word)
    if clock and clock[2]:
        return f"{int(clock[1]):02}:{clock[2]}{clock[3] or ''}"
    return next(iter(difflib.get_close_matches(word, WORDS, n=1, cutoff=0.65)), word)


def _cron(fields: str) -> Cron:
    from cronsim import CronSimError

    said, such = repr(f"cron: {fields}"), "write such as 'cron: 0 9 * * 1-5'"
    if len(fields.split()) != 5:
        raise BadValue(f"{said} needs minute, hour, day of month, month and day of week; {such}")
    rule = Cron(fields)
    try:
        comes = _comes(rule)
    except CronSimError as wrong:
        field = str(wrong).removeprefix("Bad ").replace("-", " ")
        raise BadValue(f"{said}: its {field} cannot be read, or never comes; {such}") from None
    if not comes:
        raise BadValue(f"{said} is due less than once in {RARE} years, if ever; {such}")
    return rule


def _comes(rule: Cron) -> bool:
    """Whether it is due in any eight years of the calendar's cycle of 28; a bounded search."""
    for year in range(2001, 2029):
        found = next(rule.dates(date(year, 1, 1)), None)
        if found is None or found[0].year >= year + RARE:
            return False
    return True
