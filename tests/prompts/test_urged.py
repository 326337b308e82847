"""What one sentence wants kept and another wants changed."""

import pytest

from prompts.statements import spelled, urge


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ("The voting age should be lowered", "The voting age should remain at eighteen", True),
        ("The voting age must stay as it is", "The voting age should be raised", True),
        ("The voting age should be lowered", "The voting age should be raised", False),
        ("The voting age should be lowered", "The driving age should stay", False),
        ("Zoos should be closed", "Zoos should not be closed", True),
        ("Zoos should be closed", "Zoos should stay open", True),
        ("Zoos should breed rare animals", "Zoos should remain open", False),
        ("Colleges should drop tests", "Colleges should use test scores in admissions", True),
        ("Schools should not drop tests", "Schools should use tests", False),
        ("Schools should ban phones", "Schools should never close in winter", False),
        ("Schools should ban phones", "Schools should allow phones at lunch", True),
        ("Schools should keep tenure", "Schools should drop uniforms", False),
        ("Schools should raise fees", "Schools should not raise wages", False),
        ("Phones should be banned", "Phones should be allowed", True),
        ("We should abolish the monarchy", "I think we should keep the monarchy", True),
        ("We should ban zoos", "We should not ban cars", False),
    ],
)
def test_a_thing_kept_and_the_thing_changed_are_opposed(
    one: str, other: str, opposed: bool
) -> None:
    first, second = urge(one), urge(other)
    assert first is not None
    assert second is not None
    assert first.opposes(second) is opposed
    assert second.opposes(first) is opposed


@pytest.mark.parametrize("text", ["", "Zoos are cruel", "Should we?", "We walked home", "\x00"])
def test_what_asks_for_nothing_urges_nothing(text: str) -> None:
    assert urge(text) is None


def test_small_numbers_are_spelled() -> None:
    assert spelled("lowered to 16.") == "lowered to sixteen"
    assert spelled("in 1999") == "in 1999"
