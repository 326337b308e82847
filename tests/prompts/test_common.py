"""Common ground: agreement has to hold in every camp, and few answers prove little."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.common import Answers, camps, common, lower, project


def crowd(*camps_of: tuple[int, dict[str, int]]) -> dict[str, dict[str, int]]:
    """So many people each, who all answer alike."""
    return {
        f"p{k}/{n}": dict(given) for k, (size, given) in enumerate(camps_of) for n in range(size)
    }


LEFT = {"tax": 1, "parks": 1, "cars": -1, "trams": 1}
RIGHT = {"tax": -1, "parks": 1, "cars": 1, "trams": -1}


def test_people_who_answer_alike_are_one_camp() -> None:
    found = camps(crowd((30, LEFT), (12, RIGHT)), smallest=5)
    assert [len(camp) for camp in found] == [30, 12]
    assert all(person.startswith("p0") for person in found[0])


def test_three_who_stand_far_out_hide_no_other_difference() -> None:
    usual = {f"custom {n}": 1 for n in range(12)}
    odd = dict.fromkeys(usual, -1) | {"tax": 1, "cars": 1}
    found = camps(crowd((20, LEFT | usual), (14, RIGHT | usual), (3, odd)), smallest=5)
    assert [len(camp) for camp in found] in ([23, 14], [20, 17])


def test_a_camp_is_told_of_by_what_most_of_it_say() -> None:
    left = {f"p0/{n}": {**LEFT, "cars": 1 if n < 20 else -1, "flags": -1} for n in range(60)}
    right = {f"p1/{n}": {**RIGHT, "flags": 1 if n < 2 else 0} for n in range(12)}
    small = min(common(left | right, each=4).camps, key=lambda camp: len(camp.members))
    assert "cars" in small.representative
    assert "flags" not in small.representative[:3]


def test_a_majority_is_no_common_ground_where_a_camp_disagrees() -> None:
    found = common(crowd((60, LEFT), (12, RIGHT)), shown=1)
    assert found.consensus == ("parks",)


def test_among_twenty_too_what_both_camps_hold_comes_before_what_one_of_them_does() -> None:
    answers = crowd((13, LEFT), (7, RIGHT))
    for n, said in enumerate(answers.values()):
        said |= {"parks": int(n not in (0, 2, 4, 6, 13, 15, 17, 19))}  # 12 of 20, in both
    assert sum(said["trams"] == 1 for said in answers.values()) == 13
    assert common(answers, shown=1).consensus == ("parks",)


def test_a_small_camp_is_kept_with_what_it_alone_says() -> None:
    found = common(crowd((60, LEFT), (8, RIGHT)))
    small = min(found.camps, key=lambda camp: len(camp.members))
    assert len(small.members) == 8
    assert {"cars", "tax", "trams"} & set(small.representative)


def test_one_early_yes_does_not_win() -> None:
    answers = {f"p{n}": {"known": 1} for n in range(12)} | {"first": {"new": 1}}
    answers["p0"]["known"] = -1
    assert common(answers, shown=1).consensus == ("known",)


def test_nobody_is_put_into_a_camp_where_people_are_few() -> None:
    found = common(crowd((10, LEFT), (9, RIGHT)))
    assert found.camps
    assert all(camp.members == () for camp in found.camps)
    assert all(camp.representative for camp in found.camps)


def test_no_answers_are_no_common_ground() -> None:
    assert common({}).consensus == ()
    assert common({"ana": {}}).camps == ()


@pytest.mark.parametrize(("yes", "n"), [(0, 1), (1, 1), (3, 4), (400, 400)])
def test_the_bound_stays_below_the_share(yes: int, n: int) -> None:
    assert 0 < lower((yes, n), 1.28) <= max(yes / n, 1e-9)


ANSWERS = st.dictionaries(
    st.sampled_from([f"p{n}" for n in range(40)]),
    st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([-1, 0, 1]), max_size=7),
    max_size=40,
)


@settings(max_examples=60)
@given(answers=ANSWERS, chance=st.randoms(use_true_random=False))
def test_the_order_of_people_and_answers_changes_nothing(
    answers: dict[str, dict[str, int]], chance: random.Random
) -> None:
    def shuffled(row: dict) -> dict:  # type: ignore[type-arg]  # of either kind
        return dict(chance.sample(list(row.items()), len(row)))

    other: Answers = shuffled({person: shuffled(given) for person, given in answers.items()})
    assert common(other) == common(answers)
    assert project(other) == project(answers)


@settings(max_examples=60)
@given(answers=ANSWERS)
def test_everybody_stands_in_at_most_one_camp(answers: dict[str, dict[str, int]]) -> None:
    found = common(answers)
    people = [person for camp in found.camps for person in camp.members]
    assert len(people) == len(set(people))
    assert set(found.consensus) <= {s for given in answers.values() for s in given}
