"""Which sentences are claims."""

from pathlib import Path

import pytest

from prompts.claims import Genre, genre
from prompts.clauses import outline
from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Voice

ESSAY = """Zoos in our time

In recent years, people have been discussing zoos. Some say that zoos are prisons. In my opinion, \
zoos should be kept because they protect rare animals.

First of all, zoos protect species that would otherwise die out. For example, 30 pandas were born \
in 2019 in China.

However, it is often claimed that animals suffer behind bars. But such a view ignores how much \
better modern zoos have become.

In conclusion, zoos are necessary for the survival of many animals and they should be supported.
"""


def test_the_thesis_of_an_essay_stands_first_and_the_background_last() -> None:
    found = analyse(reading(ESSAY)).claims
    assert "zoos should be" in found[0].passage.text or "be supported" in found[0].passage.text
    low = {claim.passage.text[:15] for claim in found if claim.score < 0.5}
    assert {"In recent years", "Some say that z", "For example, 30"} <= low


def test_a_told_view_is_never_asserted_as_a_claim() -> None:
    told = [claim for claim in analyse(reading(ESSAY)).claims if claim.voice is not Voice.AUTHOR]
    assert told
    assert all(claim.score < 0.5 and claim.motion is None for claim in told)


def test_a_claim_leaves_out_what_it_concedes() -> None:
    text = (
        "Although trees are expensive, cities should plant more of them because they cool streets."
    )
    best = analyse(reading(text)).claims[0]
    assert best.passage.text.startswith("cities should plant")


def test_a_byline_and_a_heading_are_no_claims() -> None:
    text = (
        "Trees Must Be Planted\n\nBy Ada Stone\n\nCities should plant trees. They cool it.\n\n"
        "We must begin now with the avenues.\n\nAda Stone is a professor at Columbia University."
    )
    found = " ".join(claim.passage.text for claim in analyse(reading(text)).claims)
    assert "Ada Stone" not in found
    assert "Must Be Planted" not in found


def test_a_restatement_does_not_stand_beside_what_it_restates() -> None:
    text = (
        "Cities should plant more trees in every street.\n\nTaxes must fall for small shops.\n\n"
        "Cities should plant more trees in every street now."
    )
    first, second = analyse(reading(text)).claims[:2]
    assert ("trees" in first.passage.text) != ("trees" in second.passage.text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Dogs should pay taxes. It is only fair.", Genre.NOTE),
        (ESSAY, Genre.ESSAY),
        (
            "I don't think I'm wrong.\n\nI've seen that it doesn't work. I can't say why.",
            Genre.POST,
        ),
        (
            "\n\n".join(["The war must end soon, as everyone in the city knows by now."] * 12),
            Genre.OPED,
        ),
    ],
)
def test_the_genre_is_told_by_shape_and_person(text: str, kind: Genre) -> None:
    assert genre(outline(reading(text))) is kind


def test_the_same_text_gives_the_same_analysis() -> None:
    assert analyse(reading(ESSAY)) == analyse(reading(ESSAY))


def test_the_seeds_lead_with_their_own_thesis() -> None:
    folder = Path(__file__).parents[2] / "seeds"
    for name, words in [
        ("phones-in-school/six-hours-of-company.md", "Schools should ban smartphones"),
        ("voting-at-sixteen/the-age-of-full-account.md", "The voting age should"),
    ]:
        text = (folder / name).read_text(encoding="utf-8").split("---\n", 2)[2]
        assert analyse(reading(text)).claims[0].passage.text.startswith(words)
