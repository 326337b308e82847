"""Many texts on one motion, heard together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.stance import Motion, stance
from prompts.together import together

MOTION = "We should abolish zoos"
SURE = [
    "Zoos should be abolished because cages are cruel",
    "Zoos are cruel and wrong, and cages cause suffering",
    "We must abolish zoos since cages harm animals",
    "Zoos are good and protect species from extinction",
    "Zoos help to save animals from extinction",
    "Zoos are valuable, they prevent extinction and educate us",
]
LINES = st.lists(st.sampled_from([*SURE, "Cages", "Extinction", "", "Zoos 動物園"]), max_size=8)


@pytest.mark.parametrize(("text", "pro"), [("Think of the cages", True), ("Extinction", False)])
def test_what_the_surely_sided_say_teaches_the_side_of_the_rest(text: str, pro: bool) -> None:
    def first(motion: Motion, line: str) -> float:
        return 0.5 if line == text else stance(motion, line)

    assert (together(MOTION, [*SURE, text], first)[-1] > 0.5) is pro
    many = [f"{line}, says {who}" for line in SURE for who in ("Ada", "Ben", "Cleo", "Dan")]
    assert (together(MOTION, [*many, text])[-1] > 0.5) is pro


def test_what_few_lines_teach_counts_less_than_what_many_do() -> None:
    def first(motion: Motion, line: str) -> float:
        return 0.9 if "cages" in line else 0.1 if "extinction" in line else 0.5

    few, many = ([f"{line} {n}" for line in SURE for n in range(count)] for count in (1, 10))
    one, other = (together(MOTION, [*lines, "Think of cages"], first)[-1] for lines in (few, many))
    assert 0.5 < one < other


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_no_side(texts: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = chance.sample(texts, len(texts))
    sides = dict(zip(shuffled, together(MOTION, shuffled), strict=True))
    assert together(MOTION, texts) == [sides[text] for text in texts]


def test_nothing_is_learnt_where_nothing_tells() -> None:
    assert together(MOTION, ["a", "a b", "b c"], lambda _, __: 0.5) == [0.5] * 3
    assert together(MOTION, []) == []


@given(LINES)
def test_every_side_is_a_probability(texts: list[str]) -> None:
    assert all(0 < side < 1 for side in together(MOTION, texts))
