"""What makes one pair surer than another of the same kind: each rule beside its absence."""

import pytest

from prompts.engine import analyse
from prompts.mine import reading

LONG = "\n\nThe council meets on Mondays.\n\nStreets are swept by hand.\n\nNothing else is known."
WORSE = "But a bare street is worse."


def sure(text: str, view: str, rest: str) -> float:
    """How surely the passage that begins with `view` is a counterpoint in a text."""
    source = reading(f"{text}{rest}")
    points = analyse(source).counterpoints
    return max((p.score for p in points if p.passage.text.startswith(view)), default=0.0)


@pytest.mark.parametrize(
    ("surer", "view", "less", "other"),
    [
        (f"Critics say that trees are dear. {WORSE}", "Critics",
         f"Critics say that trees are dear. The mayor spoke. Rain fell. {WORSE}", "Critics"),
        ("Critics say that trees are dear. But such a view fails to count the heat.", "Critics",
         f"Critics say that trees are dear. {WORSE}", "Critics"),
        (f"I admit that trees are dear in a dry town. {WORSE}", "I admit",
         f"I see the point of my friends here. {WORSE}", "I see"),
        (f"Some opponents say that trees are dear. {WORSE}", "Some",
         f"Opponents of trees sang louder songs here. {WORSE}", "Opponents"),
        ("They say that trees are dear. But they overlook the heat.", "They",
         f"They say that trees are dear. {WORSE}", "They"),
        ("The report says that trees are dear. But it overlooks the heat.", "The report",
         f"Ann Low says that 40 trees are dear. {WORSE}", "Ann"),
        (f"Trees are a risk. {WORSE}", "Trees",
         f"Trees stand in the way of buses and of prams and of old men on bicycles in the "
         f"morning light. {WORSE}", "Trees"),
        (f"Trees are dear. {WORSE}", "Trees", "Trees are dear. Instead, a clock is fine.", "Trees"),
        (f"On the other hand, trees are dear to buy. {WORSE}", "On the other",
         f"Trees are dear to buy. {WORSE}", "Trees"),
    ],
)  # fmt: skip
def test_in_a_longer_text(surer: str, view: str, less: str, other: str) -> None:
    assert sure(surer, view, LONG) > sure(less, other, LONG)


@pytest.mark.parametrize(
    ("surer", "view", "less", "other"),
    [
        (f"Trees may be dear to buy. {WORSE}", "Trees", f"Trees are dear to buy. {WORSE}", "Trees"),
        (f"Trees are dear. {WORSE}", "Trees", f"I think trees are dear. {WORSE}", "I think"),
        (f"Trees are dear. {WORSE}", "Trees",
         f"Shade is good. But trees are dear. {WORSE}", "But trees"),
        (f"Trees are dear to buy now. {WORSE}", "Trees",
         "Trees are dear to buy now, but a bare street is worse.", "Trees"),
        (f"Trees are dear. {WORSE} We should plant them at once.", "Trees",
         f"We should plant trees at once. {WORSE}", "We should"),
    ],
)  # fmt: skip
def test_in_a_note(surer: str, view: str, less: str, other: str) -> None:
    assert sure(surer, view, "") > sure(less, other, "")
