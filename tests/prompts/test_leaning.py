"""How far the words of a sentence lean: to claims, or to stories."""

from pathlib import Path

import pytest

from prompts.clauses import outline
from prompts.cues import tokens
from prompts.debatable import debatable
from prompts.engine import analyse
from prompts.leaning import FOLDER, leaning, leanings
from prompts.mine import reading


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


def test_a_language_without_a_table_leans_nowhere() -> None:
    assert lean("Ein Mangel an Transparenz ist ein Problem.", "de") == 0


def test_words_that_no_table_knows_lean_nowhere_and_none_divides_by_nothing() -> None:
    assert lean("xqzzy flurb") == 0
    assert leaning([], 0, "en") == 0


def test_every_table_holds_words_as_the_engine_meets_them_each_once() -> None:
    for path in Path(FOLDER).glob("leaning.*.toml"):
        known = leanings(path.name.split(".")[1])
        assert known
        for word in known:
            assert tokens(word).words == [word], word
        said = [word for line in path.read_text("utf-8").splitlines() for word in line.split()]
        listed = [word for word in said if word in known]
        body = path.read_text("utf-8").split('"""', 1)[1]
        assert len(set(listed)) == len(known)
        assert sum(word in known for word in body.split()) == len(known)


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


def test_a_sentence_that_only_tells_opens_no_debate_unless_it_judges() -> None:
    def opens(sentence: str) -> bool:
        doc = outline(reading(sentence))
        return debatable(doc, doc.sentences[0].whole, 0.85)

    assert not opens("The reporters wait outside and the colleagues talk about the dead boy.")
    assert opens("The reporters should wait outside and talk about the dead boy.")
    assert opens("A lack of transparency diminishes the legitimacy of the courts.")
