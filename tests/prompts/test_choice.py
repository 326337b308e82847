"""The choice of a few: each stands for others, and none for what is stood for already."""

from prompts.grouping import chosen

CAGE, LAW, MONEY = {"cage": 1.0}, {"law": 1.0}, {"money": 1.0}


def test_what_most_are_like_comes_first_and_its_twins_last() -> None:
    vectors = [CAGE, CAGE, CAGE, LAW, LAW, MONEY]
    assert chosen(vectors, [1.0] * 6, 3) == [0, 3, 5]


def test_of_those_alike_the_one_that_stands_alone_best_is_chosen() -> None:
    assert chosen([CAGE, CAGE, LAW], [0.5, 1.0, 0.5], 1) == [1]


def test_no_more_are_chosen_than_there_are() -> None:
    assert chosen([CAGE], [1.0], 5) == [0]
    assert chosen([], [], 5) == []
