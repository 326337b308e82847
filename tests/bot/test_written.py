"""Spans of time and zones, as settings write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.written import BadValue, clipped, span, zone, zone_rules, zones


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("20h", 20),
        ("90m", 1.5),
        ("1d 6h", 30),
        ("45 min", 0.75),
        ("1 day 6 hours", 30),
        ("2 Weeks", 336),
        ("3600s", 1),
        ("1h30m", 1.5),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, hours: float) -> None:
    assert span(text) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("20", "does not say 20 of what; write 20h or 20m"),
        ("", "is no time at all"),
        ("0", "is not a span of time"),
        ("0h", "is no time at all"),
        ("-5h", "is not a span of time"),
        ("1.5h", "is not a span of time"),
        ("5 parsecs", "is not a span of time"),
        ("soon", "is not a span of time"),
        ("9999999w", "longer than ten years"),
        ("9" * 5000 + "h", "is not a span of time"),
    ],
)
def test_what_is_no_span_is_refused_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(BadValue) as caught:
        span(text)
    assert why in str(caught.value)
    assert clipped(text) in str(caught.value)
    assert "write" in str(caught.value)


@given(st.text(max_size=80))
def test_any_text_is_a_span_or_one_line(text: str) -> None:
    try:
        read = span(text)
    except BadValue as refused:
        read, lines = None, str(refused).splitlines()
    assert len(lines) == 1 if read is None else read > timedelta()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berln", "did you mean Europe/Berlin?"),
        ("europe/berlin", "did you mean Europe/Berlin?"),
        ("Berlin", "did you mean Europe/Berlin?"),
        ("new york", "did you mean America/New_York?"),
        ("UTC+2", "an offset knows no summer time; write a place such as Europe/Berlin"),
        ("CET+1", "an offset knows no summer time"),
        ("-05:00", "an offset knows no summer time"),
        ("Mars/Olympus", "write an IANA name such as Europe/Berlin"),
        ("", "write an IANA name"),
        ("../../etc/passwd", "write an IANA name"),
        ("posix/Europe/Berlin", "did you mean Europe/Berlin?"),
        ("x" * 1_000_000, "write an IANA name"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_nearest_name(name: str, meant: str) -> None:
    with pytest.raises(BadValue) as caught:
        zone(name)
    assert f"{clipped(name)} is not a time zone; {meant}" in str(caught.value)


def test_every_zone_can_be_had_and_is_the_same_each_time() -> None:
    assert len(zones()) > 500
    for name in zones():
        assert zone(name).key == name
        assert zone(name) is zone(name)


def test_the_version_of_the_rules_is_known() -> None:
    assert zone_rules()[:2] == "20"
