"""The chart: a PNG that says what its alternative text says, whatever members write."""

import re
import struct
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import phrases
from bot.card import Bars, Text
from bot.chart import COLOURS, SHOWN, TRACK, Bar, Chart, picture, svg, words
from prompts.model import Stance

FOR, AGAINST, TORN = Stance.FOR, Stance.AGAINST, Stance.TORN
CHART = Chart(
    "Zoos should be closed",
    {FOR: 5, AGAINST: 6},
    {FOR: 7, AGAINST: 4},
    (Bar("Animals suffer in cages", FOR, 4), Bar("Zoos save species", AGAINST, 2)),
    {FOR: 1, None: 2},
)


def test_the_picture_is_a_png_of_a_size_that_a_phone_shows() -> None:
    found = picture(CHART)
    assert found.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", found.png[16:24])
    assert width == 1000
    assert 400 < height < 1600


def test_the_words_say_every_count_that_is_drawn() -> None:
    told = words(CHART)
    assert "At first: 5 for, 6 against, 0 torn." in told
    assert "At the close: 7 for, 4 against, 0 torn." in told
    assert "4 people for: Animals suffer in cages" in told
    assert "Said by one person without a stance: 2." in told


def test_nobody_moved_and_one_row_of_stances_is_drawn() -> None:
    told = words(Chart("Zoos", {}, {FOR: 3}, (), {}))
    assert told == "Where people stand: 3 for, 0 against, 0 torn."


def test_a_lone_voice_is_a_dot_in_the_colour_of_its_side() -> None:
    circles = [e for e in ET.fromstring(svg(CHART)).iter() if e.tag.endswith("circle")]  # noqa: S314 - our own drawing
    assert [c.get("fill") for c in circles] == [COLOURS[FOR], COLOURS[None], COLOURS[None]]


def test_many_points_keep_the_picture_short() -> None:
    many = tuple(Bar(f"Point {n}", FOR, 2) for n in range(30))
    drawn = svg(Chart("Zoos", {}, {FOR: 3}, many, {}))
    assert drawn.count("Point ") == SHOWN


@pytest.mark.parametrize(
    "text", ["<script>&\"'", "动物园", "حديقة", "\x00\x0b\ud800", "🙂" * 40, "a" * 500]
)
def test_any_words_can_be_drawn(text: str) -> None:
    chart = Chart(text, {}, {FOR: 1}, (Bar(text, FOR, 2),), {})
    assert picture(chart).png


def tags(drawing: str) -> list[str]:
    return [e.tag for e in ET.fromstring(drawing).iter()]  # noqa: S314 - our own drawing


PLAIN = tags(svg(Chart("Zoos", {}, {}, (Bar("a", FOR, 2),), {})))


@settings(max_examples=60)
@given(text=st.text(max_size=80))
def test_words_of_members_never_become_markup(text: str) -> None:
    drawn = svg(Chart("Zoos", {}, {}, (Bar(text, FOR, 2),), {}))
    assert tags(drawn) == PLAIN


def test_in_place_of_the_picture_every_row_of_bars_has_its_title() -> None:
    shown = picture(CHART)
    titles = [part.text for part in shown.instead[::2] if isinstance(part, Text)]
    assert titles == [f"{phrases.AT_FIRST}:", f"{phrases.AT_THE_CLOSE}:", f"{phrases.KEY_POINTS}:"]
    assert all(isinstance(part, Bars) for part in shown.instead[1::2])


def test_two_of_a_dozen_do_not_look_like_everybody() -> None:
    def longest(after: dict[Stance, int]) -> float:
        few = Chart("Zoos", {}, after, (Bar("Cages are cruel.", Stance.FOR, 2),), {})
        drawn = svg(few).split(phrases.KEY_POINTS)[1]
        fills = re.findall(r'width="([\d.]+)"[^>]*fill="(#\w+)"', drawn)
        return max(float(width) for width, fill in fills if fill != TRACK)

    assert longest({Stance.FOR: 12}) * 6 == pytest.approx(longest({Stance.FOR: 2}), rel=0.01)
