"""For or against, from words alone."""

import json
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.bearing import Subject, about, unframed
from prompts.stance import BUCKETS, WEIGHTS, entries, stance, weights
from prompts.together import judged


@pytest.mark.parametrize(
    ("motion", "sign"),
    [
        ("We should ban whaling", -1),
        ("We should not ban whaling", 1),
        ("We should subsidise trains", 1),
        ("Zoos should be abolished", -1),
        ("Suicide should be a criminal offence", -1),
        ("Illegal immigrants must be given licences", 1),
        ("Criminal trials should be shown", 1),
        ("We should fight for the abolition of nuclear weapons", -1),
        ("Zoos do more good than harm", 1),
        ("Zoos are dangerous", -1),
        ("Zoos are not dangerous", 1),
        ("All nations have a right to nuclear weapons", 1),
        ("This house would ban boxing", -1),
        ("It is sometimes right for a government to restrict freedom of speech", -1),
        ("The Church is justified in forbidding contraception", -1),
    ],
)
def test_a_motion_asks_for_something_or_against_it(motion: str, sign: int) -> None:
    assert Subject(motion).sign == sign


@pytest.mark.parametrize(
    ("motion", "bare"),
    [
        ("This House believes that advertising is harmful", "advertising is harmful"),
        ("This house would ban boxing", "would ban boxing"),
        ("I believe zoos are cruel", "zoos are cruel"),
        ("The House of Lords should be abolished", "The House of Lords should be abolished"),
        ("This house", "This house"),
    ],
)
def test_what_debaters_say_before_a_motion_is_no_part_of_it(motion: str, bare: str) -> None:
    assert unframed(motion) == bare


@pytest.mark.parametrize(
    ("motion", "subject", "done"),
    [
        ("We should subsidize journalism", {"journal"}, {"subsid"}),
        ("This house would ban flag burning", {"flag", "burn"}, {"ban"}),
        ("Homeopathy brings more harm than good", {"homeopathi"}, set()),
        ("Payday loans should not be banned", {"payday", "loan"}, {"ban"}),
        ("Ban flag burning", {"flag", "burn"}, {"ban"}),
        ("fast food", {"fast", "food"}, set()),
        ("drug abuse", {"drug", "abus"}, set()),
    ],
)
def test_a_motion_is_about_its_subject_more_than_about_what_is_to_be_done(
    motion: str, subject: set[str], done: set[str]
) -> None:
    assert {stem for stem, share in about(motion).items() if share == 1} == subject
    assert {stem for stem, share in about(motion).items() if 0 < share < 1} == done


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


@pytest.mark.parametrize(
    ("motion", "text", "pro"),
    [
        ("Whaling should be banned", "Banning whaling would protect the sea", True),
        ("Whaling should be banned", "Such a ban would harm poor villages", False),
        ("We should ban whaling", "A ban on whaling would be useless", False),
    ],
)
def test_praise_of_a_ban_speaks_for_it(motion: str, text: str, pro: bool) -> None:
    assert (stance(motion, text) > 0.5) is pro


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_two_texts_give_a_probability(motion: str, text: str) -> None:
    assert 0 <= stance(motion, text) <= 1
    assert all(0 <= key < BUCKETS for key, _ in entries(Subject(motion), text))


def test_without_weights_nothing_is_known() -> None:
    assert stance("We should ban whaling", "Whaling is cruel", array("h", [0] * BUCKETS)) == 0.5


def test_the_weights_are_small_and_carry_their_licence() -> None:
    assert WEIGHTS.stat().st_size == 2 * BUCKETS
    assert "CC BY-SA" in WEIGHTS.with_suffix(".md").read_text(encoding="utf-8")
    assert sum(map(bool, weights())) > 1000


def test_pairs_are_judged_line_by_line() -> None:
    pairs = [
        {"id": 1, "motion": "We should ban whaling", "text": "Whaling is cruel, it must be banned"},
        {"id": 2, "motion": "", "text": ""},
    ]
    one, _ = (json.loads(line) for line in judged([json.dumps(pair) for pair in pairs]))
    assert one["id"] == 1
    assert one["stance"] == "pro"
    assert 0.5 <= one["score"] <= 1
