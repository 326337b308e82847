"""What opens a debate: no fact, no story, nothing that leaves open what it is about."""

import pytest

from prompts.briefs import brief
from prompts.clauses import outline
from prompts.deck import deck
from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Claim
from prompts.motions import motion

AROUND = (
    "Cities should plant trees in every street.\n\n{}\n\nTrees are good for every town we know."
)


def claim(sentence: str) -> Claim:
    """The claim that a sentence in the midst of a text makes."""
    found = analyse(reading(AROUND.format(sentence))).claims
    return next(c for c in found if c.passage.text in sentence or sentence in c.passage.text)


def made(sentence: str) -> str | None:
    return motion(outline(reading(sentence)), 0, len(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Shade must come before parking.",
        "In Lyon and Paris, shade is better than parking.",
        "Polls show that shade is important and parking is wrong.",
        "Parking is a waste of the ground that a town has.",
        "Shade leads to a longer life of roofs in the town.",
    ],
)
def test_what_urges_or_judges_opens_a_debate_whomever_it_names(sentence: str) -> None:
    assert claim(sentence).debatable


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Low and Ann Bell of Green Action like trees in the streets.",
        "Half of the streets have trees and half of them have lamps.",
        "Studies show that streets with trees have fewer cars than streets without.",
        "The streets of the old town have trees.",
    ],
)
def test_a_fact_without_a_verdict_opens_none_however_it_is_put(sentence: str) -> None:
    assert not claim(sentence).debatable


def test_a_claim_that_opens_no_debate_is_dealt_only_where_something_meets_it() -> None:
    fact = "Studies show that streets with trees have fewer cars than streets without."
    text = AROUND.format(fact)
    found = brief(analyse(reading(text)))
    cases = deck(list(zip(found.pairs, found.sayings, strict=True)))
    assert fact in [pair.claim.passage.text for pair in found.pairs]
    assert fact not in [case.passage.text for case in cases]


@pytest.mark.parametrize(
    "thin",
    [
        "To find no difference is hardly to show that there is none to be found.",
        "There are many doubts about what comes next in the town.",
        "There's lots of issues with the trees of the town.",
        "The problems go well beyond the trees of the town.",
        "It is important to identify those who are affected by trees.",
        "The authors of the plan are right, the editorial says.",
        "The squirrels would be safe in the streets again.",
        "Put her up against twenty gardeners of the town.",
        "Trees are fine, well ... there are better things than trees.",
        "Where trees should stand is rightly a matter of debate.",
    ],
)
def test_what_leaves_open_what_it_is_about_makes_no_motion(thin: str) -> None:
    assert made(thin) is None


@pytest.mark.parametrize(
    "plain",
    [
        "There is no excuse for a street without trees.",
        "The real problem is the price.",
        "A woman should have trees before her door.",
        "The case against trees is stronger than it looks.",
        "Trees must be planted, time and again and in every street.",
        "A ban on trees would once again hit the poor.",
        "Towns need to look at what a tree is worth.",
    ],
)
def test_what_says_what_it_is_about_still_makes_one(plain: str) -> None:
    assert made(plain) == plain
