"""Breaks: dates, runs of dates, and calendar files as schools and calendars export them."""

import contextlib
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.breaks import Break, Breaks, merged, parse
from bot.written import BadValue, zone

BERLIN = zone("Europe/Berlin")


def calendar(folder: Path, *events: str, head: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    path = folder / "holidays.ics"
    path.write_text(
        f"BEGIN:VCALENDAR\r\n{head}{body}END:VCALENDAR\r\n", encoding="utf-8", newline=""
    )
    return str(path)


def said(text: str) -> list[str]:
    return list(parse(text, BERLIN))


def wrong(text: str) -> str:
    with pytest.raises(BadValue) as caught:
        parse(text, BERLIN)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def test_dates_and_runs_are_read_sorted_and_joined() -> None:
    assert said("2027-05-01, 2026-12-20..2027-01-06") == ["2026-12-20..2027-01-06", "2027-05-01"]
    assert said("2026-05-01,2026-05-02,2026-05-02..2026-05-04") == ["2026-05-01..2026-05-04"]
    assert said("") == said(" , ") == []


@pytest.mark.parametrize(
    "text", ["christmas", "2026-13-01", "2026-02-30", "2026-01-01..", "..", "1.5."]
)
def test_what_is_no_date_is_refused_with_what_to_write(text: str) -> None:
    assert text in wrong(f"2026-01-01, {text}")
    assert "write such as 2026-12-20..2027-01-06" in wrong(text)


def test_a_run_the_wrong_way_round_is_refused() -> None:
    assert "write 2026-12-20..2027-01-06" in wrong("2027-01-06..2026-12-20")


days = st.integers(0, 200).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
runs = st.builds(lambda a, b: Break(min(a, b), max(a, b)), days, days)


@given(st.lists(runs), days)
def test_a_day_is_covered_when_any_break_holds_it(breaks: list[Break], day: date) -> None:
    held = any(one.first <= day <= one.last for one in breaks)
    assert (Breaks(merged(breaks)).covering(day) is not None) == held


def test_the_end_of_an_all_day_event_is_the_day_after_it(tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        "SUMMARY:Winter\r\nDTSTART;VALUE=DATE:20261220\r\nDTEND;VALUE=DATE:20270107",
        "SUMMARY:One day\r\nDTSTART;VALUE=DATE:20270501",
        "DTSTART;VALUE=DATE:20270601\r\nDURATION:P1W",
    )
    assert said(path) == ["2026-12-20..2027-01-06", "2027-05-01", "2027-06-01..2027-06-07"]


def test_a_timed_event_covers_the_local_dates_that_it_touches(tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        "DTSTART:20260501T213000Z\r\nDTEND:20260501T230000Z",  # 23:30 to 01:00 in Berlin
        "DTSTART;TZID=America/New_York:20260601T200000\r\nDTEND;TZID=America/New_York:20260601T210000",
        "DTSTART:20260701T090000\r\nDTEND:20260702T000000",
        "DTSTART:20260801T090000",
    )
    assert said(path) == ["2026-05-01..2026-05-02", "2026-06-02", "2026-07-01", "2026-08-01"]


def test_a_zone_that_only_the_file_knows_is_taken_for_the_schedules_own(tmp_path: Path) -> None:
    named = 'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260501T090000'
    assert said(calendar(tmp_path, named)) == ["2026-05-01"]


def test_folded_lines_alarms_zones_and_cancelled_events_are_understood(tmp_path: Path) -> None:
    rules = (
        "BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    path = calendar(
        tmp_path,
        "SUMMARY:A long\r\n  title: with DTSTART in it\r\nDTSTART;VALUE=DA\r\n TE:20260501\r\n"
        "BEGIN:VALARM\r\nDTSTART:20990101\r\nDURATION:PT15M\r\nEND:VALARM",
        "STATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260601",
        head=rules,
    )
    assert said(path) == ["2026-05-01"]


def test_what_comes_back_every_year_is_followed_and_other_repetition_is_refused_by_name(
    tmp_path: Path,
) -> None:
    yearly = calendar(tmp_path, "DTSTART;VALUE=DATE:20261003\r\nRRULE:FREQ=YEARLY")
    assert said(yearly)[:3] == ["2026-10-03", "2027-10-03", "2028-10-03"]
    weekly = calendar(
        tmp_path, "SUMMARY:Sport\r\nDTSTART;VALUE=DATE:20261003\r\nRRULE:FREQ=WEEKLY;COUNT=9"
    )
    line = wrong(weekly)
    assert "holidays.ics" in line
    assert "'Sport' repeats by 'RRULE:FREQ=WEEKLY;COUNT=9'" in line


def test_a_leap_day_comes_back_in_leap_years_alone(tmp_path: Path) -> None:
    path = calendar(tmp_path, "DTSTART;VALUE=DATE:20280229\r\nRRULE:FREQ=YEARLY")
    assert said(path)[:3] == ["2028-02-29", "2032-02-29", "2036-02-29"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("SUMMARY:No date", "'No date' has no DTSTART"),
        ("DTSTART:soon", "the time 'soon'"),
        ("DTSTART:20260230", "the time '20260230'"),
        ("DTSTART:20260501T250000Z", "the time '20260501T250000Z'"),
        ("DTSTART;VALUE=DATE:20260501\r\nDTEND:20260502T090000Z", "mixes a date and a time"),
        ("DTSTART;VALUE=DATE:20260501\r\nDURATION:P", "the DURATION 'P'"),
        ("DTSTART;VALUE=DATE:99991231\r\nDURATION:P9W", "leaves the calendar"),
    ],
)
def test_an_event_that_cannot_be_followed_is_named(tmp_path: Path, event: str, why: str) -> None:
    line = wrong(calendar(tmp_path, event))
    assert "holidays.ics" in line
    assert why in line


def test_a_file_that_is_missing_binary_or_no_calendar_is_named(tmp_path: Path) -> None:
    missing, binary, page = (tmp_path / f"{name}.ics" for name in ("missing", "binary", "page"))
    binary.write_bytes(b"\xff\xfe\x00")
    page.write_text("<html>please sign in</html>", encoding="utf-8")
    assert "missing.ics' cannot be read: No such file" in wrong(str(missing))
    assert "binary.ics' cannot be read: it is not text in UTF-8" in wrong(str(binary))
    assert "page.ics': it is not an iCalendar file" in wrong(str(page))


@pytest.mark.parametrize("line", ["A", ":", ";", "\r\n ", "BEGIN:VEVENT\r\n", "DTSTART:", '"'])
def test_a_megabyte_of_anything_is_read_in_a_moment(tmp_path: Path, line: str) -> None:
    path = calendar(tmp_path, line * (1_000_000 // len(line)))
    with contextlib.suppress(BadValue):
        assert parse(path, BERLIN) == ()


def test_the_public_holidays_of_a_part_of_a_country_are_left_out() -> None:
    found = parse("2027-05-03,holidays:de-by", BERLIN)
    assert list(found) == ["2027-05-03", "the public holidays of DE-BY"]
    assert found.covering(date(2027, 1, 6)) == "Epiphany"
    assert parse("holidays:DE", BERLIN).covering(date(2027, 1, 6)) is None
    assert found.covering(date(2027, 5, 3)) == "2027-05-03"
    assert found.covering(date(2027, 5, 4)) is None
    assert found.covering(date(2041, 12, 25)) is not None
    assert found.covering(date(9998, 12, 25)) is None  # nobody knows


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ("holidays:", "names no country"),
        ("holidays:Germany", "write a country as ISO 3166 does"),
        ("holidays:ENG", "names no country"),
        ("holidays:DE-XX", "the parts of DE are 'BB, BE, BW, BY"),
        ("holidays:IS-1", "the parts of IS are 'none'"),
    ],
)
def test_a_country_or_part_that_is_not_known_is_named(item: str, told: str) -> None:
    assert told in wrong(item)
    assert item in wrong(item)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert ".venv/bin/pip install -e '.[holidays]'" in wrong("holidays:DE")
