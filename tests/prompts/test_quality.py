"""How well a point is put, and what is put like a reply."""

from hypothesis import given
from hypothesis import strategies as st

from prompts.quality import BUCKETS, NOBODY, WEIGHTS, Company, entries, quality, seconded
from prompts.replying import style
from prompts.stance import WEIGHTS as SIDES

MOTION = "We should ban whaling"


def test_an_argument_with_a_reason_is_put_better_than_a_shout() -> None:
    full = "Whaling should be banned because it threatens species that the oceans depend upon."
    assert quality(MOTION, full) > quality(MOTION, "ban it i hate it!")
    assert quality(MOTION, full, known=[0] * BUCKETS) == 0


def test_what_many_say_on_a_motion_is_put_better_than_what_nobody_else_says() -> None:
    others = Company.of(["whaling threatens rare species"] * 20)
    rare, common = "Whaling threatens rare species.", "Whaling threatens dear bicycles."
    gain = quality(MOTION, rare, others) - quality(MOTION, rare)
    assert gain > quality(MOTION, common, others) - quality(MOTION, common) > 0


def test_a_point_that_others_make_well_is_worth_more_than_one_made_as_well_alone() -> None:
    texts = ["whales are clever animals", "clever animals suffer", "boats are cold", "ban it now"]
    grades = [0.5, 0.9, 0.5, 0.1]
    found = seconded(Company.of(texts), texts, grades)
    assert found[0] > found[2] == 0.5
    assert seconded(Company.of(texts[:1]), texts[:1], [0.5]) == [0.5]
    assert seconded(NOBODY, [], []) == []


def test_words_that_nobody_else_says_count_against_a_text() -> None:
    others = Company.of(["whaling threatens rare species", "whaling threatens species"])
    assert others.alone(["rare", "speci"]) == 1 / 3
    assert NOBODY.alone(["whale"]) == 0


@given(st.lists(st.tuples(st.text(max_size=30), st.floats(-2, 2)), max_size=8))
def test_any_texts_can_be_seconded(rows: list[tuple[str, float]]) -> None:
    texts, grades = [text for text, _ in rows], [grade for _, grade in rows]
    found = seconded(Company.of(texts), texts, grades)
    assert len(found) == len(rows)
    assert all(abs(grade) < 20 for grade in found)


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_has_a_quality_and_a_style(motion: str, text: str) -> None:
    assert -10 < quality(motion, text) < 10
    assert all(0 <= key < BUCKETS for key, _ in entries(motion, text))
    assert style(text) >= 0


def test_a_reply_is_told_from_a_thesis() -> None:
    reply = "While it may be true that whales are few, this argument assumes that all are hunted."
    assert style(reply) > style("Whales are few. Hunting them has to end now.")


def test_weights_stand_beside_their_licences_and_are_small() -> None:
    assert all("CC BY-SA" in w.with_suffix(".md").read_text("utf-8") for w in (WEIGHTS, SIDES))
    assert WEIGHTS.stat().st_size + SIDES.stat().st_size < 1_500_000
