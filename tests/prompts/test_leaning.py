"""How far the words of a sentence lean: to claims, or to stories."""

import pytest

from prompts.cues import languages, source, tokens
from prompts.engine import analyse
from prompts.mine import reading
from prompts.signs import leaning, leanings


def lean(text: str, language: str = "en") -> float:
    words = [word for word in tokens(text).words if word[0].isalnum()]
    return leaning(words, len(words), language)


@pytest.mark.parametrize(
    ("claims", "tells"),
    [
        (
            "Rent control reduces the incentive to invest.",
            "My landlord called on Friday and asked for the rent.",
        ),
        (
            "A lack of transparency undermines the legitimacy of courts.",
            "The judge arrived at noon and the reporters waited.",
        ),
        (
            "Excessive dependence on cars is a consequence of greed.",
            "Laura drove her grandmother home that night.",
        ),
    ],
)
def test_what_is_argued_leans_to_claims_and_what_is_told_to_stories(
    claims: str, tells: str
) -> None:
    assert lean(claims) > 0 > lean(tells)


def test_a_few_words_tell_less_than_many_of_the_same_kind() -> None:
    assert 0 < lean("advantage") < lean("advantage advantage advantage advantage")


@pytest.mark.parametrize(
    ("language", "claims", "tells"),
    [
        (
            "de",
            "Ein Mangel an Transparenz schadet der Glaubwürdigkeit.",
            "Meine Großmutter wartete am Freitag in der Küche und weinte.",
        ),
        (
            "fr",
            "Le manque de transparence affaiblit la légitimité.",
            "Ma grand-mère regardait la cuisine et parlait au voisin hier soir.",
        ),
        (
            "es",
            "La dependencia reduce la seguridad y la igualdad.",
            "Mi abuela esperaba el viernes y preguntó por su hermano.",
        ),
        (
            "it",
            "La dipendenza riduce la sicurezza e danneggia la fiducia.",
            "Mia nonna aspettava venerdì sera e chiese di suo fratello.",
        ),
    ],
)
def test_so_it_does_in_every_shipped_language(language: str, claims: str, tells: str) -> None:
    assert lean(claims, language) > 0.3
    assert lean(tells, language) < -0.3


def test_words_that_no_table_knows_lean_nowhere_and_none_divides_by_nothing() -> None:
    assert lean("xqzzy flurb") == 0
    assert leaning([], 0, "en") == 0


def test_every_list_holds_words_as_the_engine_meets_them_each_once() -> None:
    for language in languages():
        own = source(language)["leaning"]
        listed = [*own["claims"].split(), *own["stories"].split()]
        assert len(leanings(language)) == len(listed) > 100, language
        for word in listed:
            assert tokens(word).words == [word], (language, word)


def test_among_the_like_the_sentence_that_argues_ranks_before_the_one_that_tells() -> None:
    text = (
        "Towns have many streets.\n\n"
        "The neighbors watch the reporters on the street at night. "
        "Dependence on parking lots diminishes the mobility of the poor. "
        "Streets have two sides.\n\nStreets have lamps."
    )
    order = [claim.passage.text for claim in analyse(reading(text)).claims]
    argues, tells = (next(k for k, s in enumerate(order) if w in s) for w in ("Depend", "watch"))
    assert argues < tells
