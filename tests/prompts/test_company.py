"""Company: texts that are like the same others, and how many people seem to hold a point."""

import math

from hypothesis import given
from hypothesis import strategies as st

from prompts.grouping import company, holders, rows
from prompts.likeness import Vector, weigh

SAID = ["cage cruel", "cruel suffer", "suffer pain", "law police", "police court"]
WORDS = st.lists(
    st.sampled_from(["cage", "cruel", "suffer", "pain", "law", "court", "tax"]), max_size=4
)


def vectors(texts: list[str]) -> list[Vector]:
    said = [text.split() for text in texts]
    weights = weigh(said, [], "en")
    return [weights.vector(one) for one in said]


def test_texts_without_a_word_in_common_keep_company_through_a_third() -> None:
    kin = rows(vectors(SAID))
    assert company(kin[0], kin[2]) > 0.3 > company(kin[0], kin[3])


@given(st.lists(WORDS, max_size=260))
def test_company_is_mutual_and_a_share(texts: list[list[str]]) -> None:
    kin = rows(vectors([" ".join(words) for words in texts]))
    for a, b in zip(kin[:9], reversed(kin), strict=False):
        assert company(a, b) == company(b, a) <= 1 + 1e-9
        assert not any(a) or math.isclose(company(a, a), 1)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.booleans(), st.floats(0, 1)), min_size=1))
def test_who_holds_a_point_is_counted_once_the_nearest_first(
    said: list[tuple[str, bool, float]],
) -> None:
    people = [person for person, _, _ in said]
    near = {i for i, (_, with_it, _) in enumerate(said) if with_it}
    alike = [x for *_, x in said]
    found = holders(0, alike, near, people)
    held = [people[i] for i in found]
    assert found[0] == 0
    assert len(held) == len(set(held))
    beside = [(i in near, alike[i]) for i in found[1:]]
    assert beside == sorted(beside, reverse=True)
    left_out = set(people) - set(held)
    best = {
        p: max((i in near, alike[i]) for i in range(len(said)) if people[i] == p) for p in left_out
    }
    assert all(best[p] <= beside[-1] for p in left_out if beside)


def test_in_good_company_more_are_counted_than_share_its_words() -> None:
    people = list("abcdefghij")
    alone, liked = [1.0] + [0.0] * 9, [1.0] + [0.8] * 9
    assert len(holders(0, alone, {0}, people)) == 1
    assert len(holders(0, liked, {0}, people)) > 2
    assert len(holders(0, alone, set(range(10)), people)) < 10
