"""Statements compared: the same said, or denied."""

import pytest

from prompts.likeness import stems
from prompts.mine import reading
from prompts.model import Passage
from prompts.statements import Asked, denies, told


def asked(text: str) -> Asked:
    return Asked(text, "en", frozenset(stems(text)), lambda _: 1.0)


def said(text: str):  # type: ignore[no-untyped-def]
    source = reading(text)
    return told(Passage(source, 0, len(text)))


@pytest.mark.parametrize(
    ("claim", "text", "same"),
    [
        (
            "Bans teach self-control",
            "A ban teaches self-control so that they live without it",
            True,
        ),
        ("Bans teach self-control", "A ban teaches no self-control", False),
        ("We should ban zoos", "Zoos should not be banned", False),
        ("We should not ban zoos", "Zoos should not be banned", True),
        ("The voting age should not be lowered", "The voting age should be lowered", False),
        ("War ends diplomacy", "Rather than say that war ends diplomacy, start anew", False),
        ("We should tax carbon", "We should tax carbon rather than ban cars", True),
        ("We should keep summer time", "Let us do away with summer time", False),
        ("We should keep summer time", "Let us get rid of summer time", False),
    ],
)
def test_only_what_stands_near_the_claim_denies_it(claim: str, text: str, same: bool) -> None:
    assert asked(claim).affirms(said(text)) is same
    assert asked(claim).denied_by(said(text)) is not same


def test_a_statement_about_something_else_neither_affirms_nor_denies() -> None:
    other = said("Trains are never late in Spain")
    assert not asked("We should ban zoos").affirms(other)
    assert not asked("We should ban zoos").denied_by(other)


@pytest.mark.parametrize(
    ("language", "claim", "text"),
    [
        ("de", "Ein Tempolimit soll nicht kommen", "Ein Tempolimit soll kommen, es hilft"),
        ("fr", "Il ne faut pas supprimer les devoirs", "Il faut supprimer les devoirs"),
        ("es", "Los toros no deberían prohibirse", "Los toros deberían prohibirse de verdad"),
        ("it", "L'energia nucleare non è necessaria", "L'energia nucleare è necessaria"),
    ],
)
def test_a_denial_is_heard_in_every_language_of_the_engine(
    language: str, claim: str, text: str
) -> None:
    about = set(stems(claim, language)) & set(stems(text, language))
    assert denies(claim, language, about)
    assert not denies(text, language, about)


def test_opposition_denies_what_it_opposes() -> None:
    opposed = said("I write to express my opposition to the removal of bike lanes")
    assert asked("Bike lanes need removal").denied_by(opposed)


def test_a_denial_of_nothing_that_was_asked_is_a_denial_all_the_same() -> None:
    assert denies("Never again", "en", set())


@pytest.mark.parametrize(
    ("claim", "text", "flat"),
    [
        ("Phones should be banned in class", "Phones should not be banned", True),
        ("Phones should be banned", "Phones should not be banned in class", True),
        ("Phones should not be banned", "We should ban phones", True),
        ("The minimum wage raises unemployment", "The minimum wage does not raise jobs", False),
        ("The minimum wage raises unemployment", "A minimum wage never raised unemployment", True),
        ("Zoos are cruel", "Zoos are not only cruel", False),
        ("Zoos are cruel", "Nobody can deny that zoos are cruel", False),
        ("Zoos are cruel", "If zoos are not cruel, they may stay", False),
        ("Zoos are cruel", "Are zoos not cruel?", False),
        ("Zoos are cruel", "Zoos are cruel", False),
        (
            "Zoos are cruel",
            "Zoos are not cruel, and whoever visits one will see animals thrive",
            False,
        ),
        ("School should start later", "School should not start without breakfast", False),
    ],
)
def test_a_flat_denial_says_the_same_with_a_plain_not(claim: str, text: str, flat: bool) -> None:
    assert asked(claim).flatly_denied_by(said(text)) is flat
