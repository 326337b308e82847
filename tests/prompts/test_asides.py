"""What a copied page holds besides its article is set aside, and nothing else is."""

import pytest

from prompts.asides import beyond, is_aside
from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Kind
from prompts.passages import blocks


@pytest.mark.parametrize(
    "words",
    [
        "Ann Bell has written for a variety of papers, among them the Harbour Times.",
        "- Tom Low Tom Low is editor-in-chief of The Quay.",
        "About Ann Bell is a retired professor of forestry.",
        "For all latest news, follow The Quay's channel.",
        "Use the 'Report' link on each comment to let us know.",
        "Follow us on Facebook and never miss a tree again.",
        "Home News Sport Weather Media Radio Business Culture Travel Food Pods Games",
        "Dear all,",
        "With kind regards,",
        "icon bookmark icon camera left-arrow up-arrow download edit share play find print",
    ],
)
def test_notes_on_the_author_appeals_and_menus_are_set_aside_wherever_they_stand(
    words: str,
) -> None:
    assert is_aside(words, last=False)


@pytest.mark.parametrize(
    "words",
    [
        "i think that trees are good for all of us and so is the shade in a hot summer",
        "Zoos suck because animals get bored all day in tiny cages with nothing at all to do",
        "Follow the money and you will find the parking lots.",
        "The director of the zoo is wrong about cages.",
        "My sister is a nurse at the university, and she plants trees.",
        "Join the majority and plant a tree.",
        "Use the car less and the street will thank you.",
    ],
)
def test_what_argues_is_none_however_loosely_it_is_written(words: str) -> None:
    assert not is_aside(words, last=False)


@pytest.mark.parametrize(
    "words",
    [
        "Foto: Anna Blum",
        "Lesen Sie auch: Was die Stadt plant",
        "Von Anna Blum",
        "Anna Blum ist Professorin für Recht in Ulm.",
        "Bitte unterstützen Sie unsere Arbeit mit einer Spende.",
        "Alle Rechte vorbehalten.",
        "À lire aussi : les zoos en question",
        "Par Anne Lebrun",
        "Anne Lebrun est journaliste et vit à Lille.",
        "Faites un don pour que nous puissions continuer.",
        "Por Ana Blanco",
        "Ana Blanco es historiadora y vive en León.",
        "Haz una donación para que podamos seguir.",
        "Di Anna Bianchi",
        "Anna Bianchi è una giornalista di Pisa.",
        "Fai una donazione per il giornale.",
    ],
)
def test_other_languages_have_bylines_notes_and_appeals_too(words: str) -> None:
    assert is_aside(words, last=False)


@pytest.mark.parametrize(
    "words",
    [
        "Die Schule ist kein Institut für Dressur, und das soll so bleiben.",
        "Von der Schule ins Leben ist es ein weiter Weg.",
        "Le débat sur les zoos est une affaire de journaliste.",
        "La Universidad es una institución pública.",
        "Por eso los zoos deben cerrar.",
        "Di questo passo gli zoo chiuderanno.",
    ],
)
def test_what_argues_in_another_language_is_none(words: str) -> None:
    assert not is_aside(words, last=True)


@pytest.mark.parametrize(
    "line",
    ["12 Kommentare", "Mehr zum Thema", "Laisser un commentaire", "Lo más leído", "Leggi anche"],
)
def test_a_page_may_end_in_any_shipped_language(line: str) -> None:
    assert beyond(line)


def test_an_editors_remark_is_one_at_the_end_only() -> None:
    remark = "This article was first published in The Quay, and nobody objected."
    assert is_aside(remark, last=True)
    assert not is_aside(remark, last=False)


def kinds(text: str) -> list[Kind]:
    return [block.kind for block in blocks(text)]


ARTICLE = "\n\n".join(["Towns should plant trees in every street, since shade is cheap."] * 4)


def test_what_follows_the_comments_of_a_page_is_no_article() -> None:
    foot = (
        "(0) comments\n\nBe nice. Threats must not be made here.\n\nPost a comment\n\nBe truthful."
    )
    assert kinds(f"{ARTICLE}\n\n{foot}")[4:] == [Kind.ASIDE] * 4
    found = analyse(reading(f"{ARTICLE}\n\n{foot}")).claims
    assert found
    assert not [claim for claim in found if "Threats" in claim.passage.text]


def test_a_thread_whose_comments_are_the_text_is_kept() -> None:
    text = f"Trees?\n\n3 comments\n\n{ARTICLE}"
    assert kinds(text)[2:] == [Kind.PARAGRAPH] * 4


def test_a_line_opens_what_is_below_an_article_only_if_it_says_nothing_else() -> None:
    assert beyond("Leave a comment")
    assert beyond("12 responses to Trees")
    assert not beyond("Comments are what keeps a paper alive, and so they should stay.")


def test_a_first_line_of_sentences_is_no_title() -> None:
    opening = "You are all wrong. Trees belong in every street, next to the lamps and benches ;-P"
    assert kinds(f"{opening}\n\n{ARTICLE}")[0] is Kind.PARAGRAPH
    assert kinds(f"Enough. Plant Them Now\n\n{ARTICLE}")[0] is Kind.HEADING
