"""The plain words of a schedule: what is read, what is refused, and what is suggested."""

from datetime import date, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.grammar import parse
from bot.rules import Cron, Monthly, Rule, Weekly
from bot.written import BadValue

TUESDAY = date(2026, 9, 1)


def days(text: str, count: int = 5, first: date = TUESDAY) -> list[str]:
    return [f"{day:%a %m-%d}" for day, _ in islice(parse(text).dates(first), count)]


def wrong(text: str) -> str:
    with pytest.raises(BadValue) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("daily 18:30", "every day at 18:30"),
        ("weekdays 09:00", "every weekday at 09:00"),
        ("weekends 10:00", "every Saturday and Sunday at 10:00"),
        ("mon,wed 17:00", "every Monday and Wednesday at 17:00"),
        ("Mon, Wed 17:00", "every Monday and Wednesday at 17:00"),
        ("mondays and thursdays at noon", "every Monday and Thursday at 12:00"),
        ("mon-thu 08:15", "every Monday to Thursday at 08:15"),
        ("Monday to Thursday 8:15", "every Monday to Thursday at 08:15"),
        ("sat-mon 10:00", "every Monday, Saturday and Sunday at 10:00"),
        (
            "weekdays,sun 10:00",
            "every Monday, Tuesday, Wednesday, Thursday, Friday and Sunday at 10:00",
        ),
        ("every 2 weeks on fri 16:00", "every 2 weeks on Friday at 16:00"),
        ("every other week on fri 4pm", "every 2 weeks on Friday at 16:00"),
        ("first mon 09:00", "the first Monday of every month at 09:00"),
        ("2nd tue of the month 09:00", "the second Tuesday of every month at 09:00"),
        ("last fri 16:00", "the last Friday of every month at 16:00"),
        ("every day at 9 am", "every day at 09:00"),
        ("daily 12am", "every day at 00:00"),
        ("daily 12:30pm", "every day at 12:30"),
        ("  DAILY\t18:30 ", "every day at 18:30"),
        ("cron: 0 9 * * 1-5", "cron 0 9 * * 1-5 (at 09:00 on Monday through Friday)"),
    ],
)
def test_plain_words_are_echoed_as_a_sentence(text: str, said: str) -> None:
    assert str(parse(text)) == said


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
weekly = st.builds(
    Weekly,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    times,
    st.integers(1, 99),
    st.none() | st.dates(),
)
monthly = st.builds(Monthly, st.sampled_from((1, 2, 3, 4, -1)), st.integers(0, 6), times)


@given(weekly | monthly)
def test_the_echo_of_a_rule_is_itself_a_schedule_and_means_the_same(rule: Rule) -> None:
    assert parse(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("weekday 9:00", "weekdays 09:00"),
        ("weekdays 9.30", "weekdays 09:30"),
        ("weekdays 9h30", "weekdays 09:30"),
        ("dayly 18:30", "daily 18:30"),
        ("mon,wen 17:00", "mon,wed 17:00"),
        ("fist mon 9:00", "first mon 09:00"),
        ("evry 2 weeks on fri 16:00", "every 2 weeks on fri 16:00"),
        ("weekdays", "weekdays 09:00"),
        ("daily 9", "daily 9:00"),
        ("every day at 9", "every day at 9:00"),
        ("0 9 * * 1-5", "cron: 0 9 * * 1-5"),
    ],
)
def test_a_near_miss_is_told_what_was_probably_meant(text: str, meant: str) -> None:
    assert f"{text!r} is not a schedule" in wrong(text)
    assert f"did you mean {meant!r}?" in wrong(text)
    parse(meant)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "'' is not a schedule"),
        ("tomorrow", "does not end in a time of day"),
        ("daily 25:00", "there is no 25:00 on any clock"),
        ("daily 24:00", "there is no 24:00 on any clock"),
        ("daily 09:60", "there is no 09:60 on any clock"),
        ("daily 13pm", "there is no 13pm on any clock"),
        ("daily 0am", "there is no 0am on any clock"),
        ("09:00", "names no day"),
        ("daily 09:00 and 18:00", "one time of day"),
        ("every 0 weeks on fri 09:00", "never"),
        ("daily 09:00 from 2026-02-30", "'2026-02-30' is no date"),
        ("first mon 09:00 from 2026-02-03", "not with months"),
        ("mon-xyz 09:00", "'xyz' is no day"),
        ("cron: 0 9 30 2 *", "never comes"),
        ("cron: 0 9 31 4,6,9,11 *", "never comes"),
        ("cron: 0 9 * 2 mon#5", "less than once in 8 years"),
        ("cron: x 9 * * *", "its minute cannot be read"),
        ("cron: 0 24 * * *", "its hour cannot be read"),
        ("cron: 0 9 * * 8", "its day of week cannot be read"),
        ("cron: @daily", "needs minute, hour, day of month, month and day of week"),
        ("cron: 0 0 9 * * 1", "needs minute, hour"),
        ("cron:", "needs minute, hour"),
    ],
)
def test_what_cannot_be_read_or_never_comes_is_refused_with_the_reason(text: str, why: str) -> None:
    line = wrong(text)
    assert why in line
    assert text in line
    assert "write such as" in line
    assert "\n" not in line


@given(st.text(max_size=60) | st.text(alphabet="0123456789*/,-#L: cronmfis", max_size=60))
def test_any_text_is_a_schedule_with_an_echo_or_one_line(text: str) -> None:
    for attempt in (text, f"cron: {text}", f"daily {text}"):
        rule: Rule | None = None
        lines: list[str] = []
        try:
            rule = parse(attempt)
        except BadValue as refused:
            lines = str(refused).splitlines()
        assert len(lines) == 1 if rule is None else str(rule) and next(iter(rule.dates(TUESDAY)))


@pytest.mark.parametrize("character", ["a", " ", "1", ",", "-", ":", "\n", "🙂", "9 "])
def test_a_megabyte_of_anything_is_refused_at_once_and_in_few_words(character: str) -> None:
    assert len(wrong(character * 1_000_000)) < 500
    assert len(wrong("cron: " + character * 1_000_000)) < 500


def test_two_weeks_are_counted_from_a_fixed_week_and_not_from_the_start() -> None:
    fridays = days("every 2 weeks on fri 16:00", 3)
    assert fridays == ["Fri 09-11", "Fri 09-25", "Fri 10-09"]
    for later in range(7):
        again = days("every 2 weeks on fri 09:00", 3, TUESDAY + timedelta(days=later))
        assert again == fridays
    assert (date(2026, 9, 7) - date(2024, 1, 1)).days % 14 == 0


def test_two_weeks_can_be_counted_from_a_date_and_rest_before_it() -> None:
    text = "every 2 weeks on mon,fri 16:00 from 2026-09-16"
    assert days(text, 4) == ["Fri 09-18", "Mon 09-28", "Fri 10-02", "Mon 10-12"]


def test_the_weeks_that_are_counted_go_from_monday_to_sunday() -> None:
    text = "every 2 weeks on mon,sun 16:00"
    assert days(text, 4) == ["Mon 09-07", "Sun 09-13", "Mon 09-21", "Sun 09-27"]


def test_the_turn_of_the_year_does_not_break_the_fortnight() -> None:
    found = [day for day, _ in islice(parse("every 2 weeks on fri 16:00").dates(TUESDAY), 200)]
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(days=14)}


def test_weekdays_of_the_month_are_found_in_every_month() -> None:
    assert days("first mon 09:00", 3) == ["Mon 09-07", "Mon 10-05", "Mon 11-02"]
    assert days("last fri 16:00", 3) == ["Fri 09-25", "Fri 10-30", "Fri 11-27"]
    assert days("4th wed 09:00", 3) == ["Wed 09-23", "Wed 10-28", "Wed 11-25"]
    fridays = [day for day, _ in islice(parse("fri 09:00").dates(TUESDAY), 500)]
    latest = {(day.year, day.month): day for day in fridays}
    last = [day for day, _ in islice(parse("last fri 09:00").dates(TUESDAY), 100)]
    assert last == list(latest.values())[:100]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("0 9 * * 1", ["Mon 09-07", "Mon 09-14"]),
        ("0 9 * * 0", ["Sun 09-06", "Sun 09-13"]),
        ("0 9 * * 7", ["Sun 09-06", "Sun 09-13"]),
        ("0 9 * * 1-5", ["Tue 09-01", "Wed 09-02"]),
        ("0 9 13 * fri", ["Fri 09-04", "Fri 09-11", "Sun 09-13"]),
        ("0 9 */2 * fri", ["Fri 09-11", "Fri 09-25"]),
        ("0 9 * * mon#1", ["Mon 09-07", "Mon 10-05"]),
        ("0 9 * * 5L", ["Fri 09-25", "Fri 10-30"]),
        ("0 9 L * *", ["Wed 09-30", "Sat 10-31"]),
        ("0 9 29 2 *", ["Tue 02-29"]),
        ("0 9 1 jan,jul *", ["Fri 01-01", "Thu 07-01"]),
    ],
)
def test_cron_means_what_cron_means_by_it(fields: str, expected: list[str]) -> None:
    assert days(f"cron: {fields}", len(expected)) == expected


def test_cron_alone_has_several_times_on_one_date() -> None:
    day, found = next(iter(parse("cron: */30 9,17 * * *").dates(TUESDAY)))
    assert (day, found) == (TUESDAY, (time(9), time(9, 30), time(17), time(17, 30)))


def ranged(low: int, high: int) -> st.SearchStrategy[frozenset[int]]:
    return st.frozensets(st.integers(low, high), min_size=1, max_size=4)


@given(ranged(0, 59), ranged(0, 23), ranged(1, 28), ranged(1, 12), ranged(0, 7), st.booleans())
def test_cron_falls_on_the_minutes_whose_fields_match(
    minutes: frozenset[int],
    hours: frozenset[int],
    month_days: frozenset[int],
    months: frozenset[int],
    week_days: frozenset[int],
    starred: bool,
) -> None:
    fields = [sorted(minutes), sorted(hours), sorted(month_days), sorted(months), sorted(week_days)]
    written = [",".join(map(str, field)) for field in fields]
    written[2] = "*" if starred else written[2]

    def matches(day: date) -> bool:
        of_week = day.isoweekday() in week_days or day.isoweekday() % 7 in week_days
        return day.month in months and (of_week or (not starred and day.day in month_days))

    year = [TUESDAY + timedelta(days=n) for n in range(366)]
    expected = [day for day in year if matches(day)]
    found = list(islice(parse("cron: " + " ".join(written)).dates(TUESDAY), len(expected)))
    assert [day for day, _ in found] == expected
    assert all(len(at) == len(minutes) * len(hours) for _, at in found)


def test_leap_days_and_the_end_of_the_calendar_are_answered() -> None:
    assert days("cron: 0 9 29 2 *", 1, date(2096, 3, 1)) == ["Fri 02-29"]
    for text in ("daily 09:00", "first mon 09:00", "cron: 0 9 * * *"):
        assert len(list(parse(text).dates(date(9999, 12, 1)))) <= 31


def test_a_rule_is_a_value() -> None:
    assert parse("weekdays 9:00") == parse("mon-fri 09:00") == Weekly((0, 1, 2, 3, 4), time(9))
    assert {parse("cron: 0 9 * * 1"): 1}[Cron("0 9 * * 1")] == 1
