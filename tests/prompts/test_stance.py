"""For or against, from words alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.stance import (
    BUCKETS,
    WEIGHTS,
    Motion,
    features,
    judged,
    polarity,
    stance,
    weights,
    words,
)


@pytest.mark.parametrize(
    ("motion", "sign"),
    [
        ("We should ban whaling", -1),
        ("We should not ban whaling", 1),
        ("We should subsidise trains", 1),
        ("Zoos should be abolished", -1),
    ],
)
def test_a_motion_asks_for_something_or_against_it(motion: str, sign: int) -> None:
    assert polarity(motion) == sign


@pytest.mark.parametrize(
    ("motion", "text", "pro"),
    [
        ("We should ban whaling", "Whaling is cruel and should be banned", True),
        ("We should ban whaling", "Whaling is a tradition that people have a right to", False),
        (
            "We should subsidise trains",
            "Trains would help the poor and protect the environment",
            True,
        ),
        (
            "We should subsidise trains",
            "Trains are a waste of money and would harm taxpayers",
            False,
        ),
    ],
)
def test_a_plain_text_is_put_on_its_side(motion: str, text: str, pro: bool) -> None:
    assert (stance(motion, text) > 0.5) is pro


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_two_texts_give_a_probability(motion: str, text: str) -> None:
    assert 0 <= stance(motion, text) <= 1
    assert all(0 <= key < BUCKETS for key, _ in features(Motion(motion), words(text)))


def test_the_weights_are_small_and_carry_their_licence() -> None:
    assert WEIGHTS.stat().st_size < 2_000_000
    assert "CC BY-SA" in WEIGHTS.read_text(encoding="ascii").splitlines()[0]
    assert WEIGHTS.with_suffix(".md").exists()
    assert len(weights()) > 1000


def test_pairs_are_judged_line_by_line() -> None:
    pairs = [
        {"id": 1, "motion": "We should ban whaling", "text": "Whaling is cruel, it must be banned"},
        {"id": 2, "motion": "", "text": ""},
    ]
    one, _ = (json.loads(line) for line in judged([json.dumps(pair) for pair in pairs]))
    assert one["id"] == 1
    assert one["stance"] == "pro"
    assert 0.5 <= one["score"] <= 1


def test_a_pair_that_lacks_something_is_named_by_its_number() -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(judged(["", '{"id": 1}']))
