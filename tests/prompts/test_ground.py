"""What is looked up by its stems or its place is what looking at everything would find."""

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.ground import Named
from prompts.library import Library
from prompts.model import Passage, Verdict

STEMS = st.frozensets(st.sampled_from("abcdefg"), max_size=5)
WEIGHTS = {stem: 1 + n for n, stem in enumerate("abcdefg")}
CLAIM = "School uniforms should be banned in every town"
DENIAL = "School uniforms should not be banned in every town"


@given(st.lists(STEMS, max_size=12), STEMS, st.sampled_from([0.3, 0.6, 0.7, 1.0]))
def test_statements_are_found_by_the_share_of_what_is_wanted(
    said: list[frozenset[str]], wanted: frozenset[str], least: float
) -> None:
    weigh = WEIGHTS.__getitem__
    total = sum(map(weigh, wanted))
    shares = [sum(map(weigh, wanted & own)) for own in said]
    expected = [n for n, x in enumerate(shares) if x and x >= 0.999 * least * total]
    numbered = [[[*WEIGHTS].index(stem) for stem in own] for own in said]
    named = Named([([*WEIGHTS], numbered)])
    assert named.sharing(wanted, weigh, least) == expected
    assert named.within(wanted) == [n for n, own in enumerate(said) if own and own <= wanted]


@settings(max_examples=40)
@given(st.data())
def test_claims_are_found_where_they_stand(data: st.DataObject) -> None:
    ground = _library()._found.material
    one = data.draw(st.sampled_from(ground.claims.found))
    start = data.draw(st.integers(0, len(one.reading.text) - 2))
    end = data.draw(st.integers(start + 1, min(len(one.reading.text), start + 400)))
    passage = Passage(one.reading, start, end)
    spans = zip(one.claims.starts, one.claims.ends, strict=True)
    expected = sorted(span for span in spans if span[0] < end and start < span[1])
    assert sorted((c.passage.start, c.passage.end) for c in ground.over(passage)) == expected


@cache
def _library() -> Library:
    return Library.open(Path(__file__).parents[2] / "seeds")


def test_readings_that_repeat_each_other_are_answered_by_what_says_something_else(
    tmp_path: Path,
) -> None:
    for n in range(30):
        again = f"{CLAIM}. Children suffer from the costs of number {n}. " * 3
        (tmp_path / f"{n}.txt").write_text(f"On clothes\n\n{again}", encoding="utf-8")
    (tmp_path / "other.txt").write_text(f"On freedom\n\n{DENIAL}. They save time.", "utf-8")
    found = Library.open(tmp_path).counter(CLAIM)
    assert found.verdict is Verdict.OPPOSES
    assert [passage.reading.key for passage in found.passages] == ["other.txt"]
