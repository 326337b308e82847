"""Which side of its subject a motion takes: told where that is plain, and nowhere else (#7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.together import MILD, cautious, plainly


@pytest.mark.parametrize(
    "motion",
    [
        "Zoos should be abolished",
        "We have to abolish zoos",
        "Ban junk food from schools",
        "The SAT is unfair",
        "Nuclear power is not safe",
        "Carbon taxes hurt the poor",
        "Social media brings more harm than good",
    ],
)
def test_what_asks_or_judges_is_plain_as_it_is(motion: str) -> None:
    assert plainly(motion) == (motion, 1)


@pytest.mark.parametrize(
    ("motion", "plain"),
    [
        ("A carbon tax would ruin the economy", ("a carbon tax", -1)),
        ("A basic income would end poverty", ("a basic income", 1)),
        ("Banning zoos would help animals", ("ban zoos", 1)),
        ("Banning fireworks will not do any good", ("ban fireworks", -1)),
        ("A plastic bag ban is useless", ("ban a plastic bag", -1)),
    ],
)
def test_an_effect_is_for_or_against_what_has_it(motion: str, plain: tuple[str, int]) -> None:
    assert plainly(motion) == plain


@pytest.mark.parametrize(
    "motion",
    ["A bag ban costs shoppers too much", "Zoos should not be abolished", "The moon is round", ""],
)
def test_elsewhere_no_side_is_told_by_words(motion: str) -> None:
    assert plainly(motion) is None
    assert cautious(motion, ["Plastic is cruel and wrong", "Zoos are good"]) == [0.5, 0.5]


def test_a_motion_in_other_words_than_its_own_is_never_surely_opposed() -> None:
    for_it, against_it = cautious(
        "A carbon tax would ruin the economy",
        ["A carbon tax is harmful, wrong and unjust", "A carbon tax is good, fair and needed"],
    )
    assert MILD <= against_it < 0.5 < for_it <= 1 - MILD


@given(st.text(max_size=80))
def test_any_text_is_plain_or_not(text: str) -> None:
    found = plainly(text)
    assert found is None or (found[0] and found[1] in (1, -1))
