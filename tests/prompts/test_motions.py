"""A claim as one plain sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.clauses import outline
from prompts.mine import reading
from prompts.motions import motion


def made(text: str, language: str = "en") -> str | None:
    return motion(outline(reading(text, language=language)), 0, len(text))


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        ("Therefore, I strongly believe that zoos should be closed.", "Zoos should be closed."),
        ("However, the war in Ukraine cannot go on.", "The war in Ukraine cannot go on."),
        ("In conclusion, it is clear that trees cool the street.", "Trees cool the street."),
        ("The voting age should stay at eighteen, because the vote is a power.",
         "The voting age should stay at eighteen."),
        ("Schools should teach “hygiene” early!", "Schools should teach 'hygiene' early."),
        ("That is why cities must plant trees [4, 5].", "Cities must plant trees."),
        ("It is wrong to keep whales in tanks.", "It is wrong to keep whales in tanks."),
        ("schools should ban loud phones", "Schools should ban loud phones."),
    ],
)  # fmt: skip
def test_a_motion_reads_as_if_it_had_been_written(claim: str, wording: str) -> None:
    assert made(claim) == wording


@pytest.mark.parametrize(
    "claim",
    [
        "This makes them a danger to the street.",
        "It is a daunting task, but a necessary one.",
        "He must not be allowed to win.",
        "Such recommendations fail to convince.",
        "What should we do about zoos?",
        "I was wrong about zoos for years.",
        "The case proves that these treaties are hollow.",
        "Trees work.",
    ],
)
def test_what_does_not_stand_alone_makes_no_motion(claim: str) -> None:
    assert made(claim) is None


def test_a_marker_of_another_language_makes_no_motion() -> None:
    assert made("Aber der Unterricht gewinnt dabei sehr.", "de") is None
    assert (
        made("Die Schule sollte Handys verbieten.", "de") == "Die Schule sollte Handys verbieten."
    )


@given(st.text(st.sampled_from("abc I we that this“”\"'.,?!;: \n«»é😀"), min_size=1, max_size=120))
def test_a_motion_is_one_line_without_double_quotation_marks(text: str) -> None:
    wording = made(text)
    if wording is not None:
        assert not set(wording) & set('“”"«»\n?')
        assert wording.endswith(".")
        assert wording == wording.strip()
