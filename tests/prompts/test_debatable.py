"""What opens a debate: no fact, no story, nothing that leaves open what it is about."""

from dataclasses import replace

import pytest

from prompts.briefs import brief, rows
from prompts.clauses import outline
from prompts.deck import deck
from prompts.engine import analyse
from prompts.genres import named
from prompts.mine import reading
from prompts.model import Analysis, Claim
from prompts.motions import motion

AROUND = (
    "Cities should plant trees in every street.\n\n{}\n\nTrees are good for every town we know."
)


def claim(sentence: str) -> Claim:
    """The claim that a sentence in the midst of a text makes."""
    found = analyse(reading(AROUND.format(sentence))).claims
    return next(c for c in found if c.passage.text in sentence or sentence in c.passage.text)


def made(sentence: str, language: str = "en") -> str | None:
    return motion(outline(reading(sentence, language=language)), 0, len(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Shade must come before parking.",
        "In Lyon and Paris, shade is better than parking.",
        "The towns have gone too far with parking.",
        "No one has the right to fell a tree in the street.",
        "Polls show that shade is important and parking is wrong.",
        "Parking is a waste of the ground that a town has.",
        "A street without trees cannot keep anybody cool.",
    ],
)
def test_what_urges_or_judges_opens_a_debate_whomever_it_names(sentence: str) -> None:
    assert claim(sentence).debatable


@pytest.mark.parametrize(
    "sentence",
    [
        "Mayor Low and Ann Bell of Green Action like trees in the streets.",
        "The Green City Party protects trees better.",
        "Shade leads to a longer life of roofs in the town.",
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
    one = reading(text)
    found = brief(analyse(one))
    cases = deck(rows([one], {one.digest: found}, {one.digest: ()}))
    assert fact in [pair.claim.passage.text for pair in found.pairs]
    assert fact not in [case.passage.text for case in cases]


@pytest.mark.parametrize(
    "thin",
    [
        "To find no difference is hardly to show that there is none to be found.",
        "There are many doubts about what comes next in the town.",
        "There's lots of issues with the trees of the town.",
        "The letters ask how often a tree of the town is wrong for its street.",
        "Most of the streets without trees are much hotter.",
        "Let us not forget the trees that the town has felled.",
        "The problems go well beyond the trees of the town.",
        "How about planting a tree in every street of the town.",
        "Nothing to suggest that a tree was ever planted here.",
        "Will not lead to a street without trees.",
        "Like other towns, it pretends that trees are cheap.",
        "The shade of the trees has convinced more people that.",
        "Every town should make a move in that direction.",
        "The towns of the state should drop the practice.",
        "It is overdue that that right become a law.",
        "It is bad enough that they are not planted.",
        "The aim of the plan for the trees should change.",
        "The institution keeps trees out of the street.",
        "The plane is not even the best tree in the series.",
        "Three of the four towns kept their word on trees.",
        "There are several advantages as well as some disadvantages of trees.",
        "The money could be used to plant trees.",
        "In the long run it's worth the sacrifice of a parking lot.",
        "In a crowded town, that importance is outweighed by the price of trees.",
        "Lamps are cheap, but that of course is no reason against trees.",
        "Making statements like that weakens the case for trees.",
        "Every town with trees should support the measure.",
        "It is important to identify those who are affected by trees.",
        "The authors of the plan are right, the editorial says.",
        "The squirrels would be safe in the streets again.",
        "Put her up against twenty gardeners of the town.",
        "Trees are fine, well ... there are better things than trees.",
        "Where trees should stand is rightly a matter of debate.",
        "There's an increasing number of trees in every town.",
        "There's an opinion stating that trees are too expensive.",
        "The new bill itself is useless to every tree.",
        "Just listen to people who have a tree before the door.",
        "Don't take our word for it when trees are at stake.",
        "You focus on the bad things about trees in towns.",
        "What you just linked is also about trees.",
        "First you say that trees are good, then you say that they are bad.",
        "One of the founders of the league made a powerful argument that trees are good.",
        "One minister thinks trees should be felled.",
        "Ann Bell made the point very clearly that trees are good.",
        "Groups like Green Action report that trees are felled.",
        "Kudos to the town for planting trees.",
        "We only hope that other towns will plant trees.",
        "Trees are now being considered as a remedy for heat.",
        "Ministers are considering plans for more trees.",
        "There are several clear and cheap steps towards more trees.",
        "The case for trees can be summed up in a word.",
        "The question that towns really need to ask is why.",
        "Builders tell us that trees are too expensive.",
        "Meaning that many trees are too old for the street.",
        "Someone is going to have to pay more for the trees.",
        "The new technology expanded what gardeners could do.",
        "Forest scientists would rather have oaks in every street.",
        "We would see a return of the hot streets.",
        "The mayor's claims do not fit the needs of any tree.",
        "An alley, commonly known as a lane, is good for trees.",
        "The town has no clear plan for trees, so which street should you choose.",
        "The problem with parking is much, much bigger.",
        "In a recent study half of the people agreed that trees should come first.",
        "We're worried that trees would be bad for the houses.",
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
        "It is a shame that towns plant trees they do not water.",
        "Like other towns, Lyon pretends that trees are cheap.",
        "The practice of felling old trees must end.",
        "The institution of the tree warden is outdated.",
        "The list of felled trees grows too fast.",
        "Two of the streets need trees before all others.",
        "There is no reason to fell a tree before its time.",
        "The money from parking should be spent on trees.",
        "In the long run it is wise to plant trees.",
        "A summer like that of Lyon asks for trees.",
        "Towns need to look at what a tree is worth.",
        "We would see better streets if every town planted trees.",
        "The bill of rights should name trees.",
        "Trees are worse than lamps in a dark street.",
        "A tax on parking would pay for the trees.",
        "It is a shame that trees are felled.",
    ],
)
def test_what_says_what_it_is_about_still_makes_one(plain: str) -> None:
    assert made(plain) == plain


@pytest.mark.parametrize(
    ("language", "thin"),
    [
        ("de", "Es gibt viele gute Gründe für Bäume."),
        ("de", "Das Problem geht weit über Bäume hinaus."),
        ("de", "Keinen Baum zu finden, heißt noch nicht, dass es keinen gibt."),
        ("de", "Es ist wichtig, zunächst die Bäume zu betrachten."),
        ("de", "Die Autorin hat von Bäumen keine Ahnung."),
        ("de", "Über Bäume in der Stadt lässt sich streiten."),
        ("de", "Bäume wachsen in der Stadt bald wieder."),
        ("fr", "Il y a beaucoup de raisons de planter."),
        ("fr", "Le problème va bien plus loin que les arbres."),
        ("fr", "Trouver un arbre malade ne prouve pas que tous le sont."),
        ("fr", "Il est important de considérer le prix des arbres."),
        ("fr", "L'auteur ne comprend rien aux arbres."),
        ("fr", "Les arbres poussent en ville à nouveau."),
        ("es", "Hay muchas razones para plantar árboles."),
        ("es", "El problema va más allá de los árboles."),
        ("es", "Encontrar un árbol enfermo no prueba que lo estén todos."),
        ("es", "Es importante considerar el precio de los árboles."),
        ("es", "El autor no entiende nada de árboles."),
        ("es", "Los árboles crecen en la ciudad de nuevo."),
        ("es", "Hay meses donde los árboles no tienen agua."),
        ("de", "Grüne Straßen wären immer noch möglich, Parkplätze aber nicht mehr."),
        ("fr", "Il faut qu'on considère les deux côtés de la rue."),
        ("fr", "Nous sommes le parti des arbres de la ville."),
        ("fr", "Le travail des jardiniers doit être plus global."),
        ("de", "Man muss sich schon fragen, ob Bäume in die Stadt gehören."),
        ("de", "Eine grüne Tanne ist noch fleißiger im Schatten."),
        ("it", "Ci sono molte ragioni per piantare alberi."),
        ("it", "Il problema va ben oltre gli alberi."),
        ("it", "Trovare un albero malato non prova che lo siano tutti."),
        ("it", "È importante considerare il prezzo degli alberi."),
        ("it", "L'autore non capisce niente di alberi."),
        ("it", "Gli alberi crescono in città di nuovo."),
    ],
)
def test_other_languages_leave_open_what_they_are_about_likewise(language: str, thin: str) -> None:
    assert made(thin, language) is None


@pytest.mark.parametrize(
    ("language", "plain"),
    [
        ("de", "Es gibt keinen Ersatz für Bäume."),
        ("de", "Das Problem der Hitze lösen nur Bäume."),
        ("de", "Ein Artikel 5 der Verfassung schützt auch Bäume."),
        ("de", "Bäume müssen immer wieder gepflanzt werden."),
        ("fr", "Il y a trop peu d'arbres en ville."),
        ("fr", "Le problème de la chaleur demande des arbres."),
        ("fr", "Les autorités doivent planter des arbres."),
        ("es", "Hay que plantar árboles para resolver los problemas."),
        ("es", "El problema del calor exige árboles."),
        ("es", "El artículo 5 de la ley protege los árboles."),
        ("it", "Ci sono troppo pochi alberi in città."),
        ("it", "Il problema del caldo richiede alberi."),
        ("it", "L'autorità deve piantare alberi ovunque."),
    ],
)
def test_other_languages_say_what_they_are_about_likewise(language: str, plain: str) -> None:
    assert made(plain, language) == plain


def test_a_german_noun_is_no_name() -> None:
    text = "Bäume sind schön.\n\nDer Schatten der Bäume ist ein Vorteil jeder Straße.\n\nSo ist es."
    found = outline(reading(text, language="de"))
    assert named(found, found.sentences[1].whole) == 0
    found = outline(reading("The Mayor of Lyon and Ann Bell like trees."))
    assert named(found, found.sentences[0].whole) == 4


@pytest.mark.parametrize(
    ("sure", "holds", "beside", "is_dealt"),
    [
        (0.9, True, True, True),
        (0.6, True, True, False),
        (0.6, True, False, True),
        (0.9, False, True, False),
        (0.9, False, False, True),
        (0.6, False, False, False),
    ],
)
def test_the_less_a_claim_holds_the_surer_it_must_be_and_less_if_it_is_the_only_one(
    sure: float, holds: bool, beside: bool, is_dealt: bool
) -> None:
    fact = "The streets of the old town have trees."
    one = reading(AROUND.format(fact))
    own, other = (
        next(c for c in analyse(one).claims if c.passage.text == text)
        for text in (fact, "Cities should plant trees in every street.")
    )
    claims = (replace(own, score=sure, debatable=holds), *([other] if beside else []))
    found = brief(Analysis(claims, ()))
    dealt = [pair.claim.motion for pair, _ in rows([one], {one.digest: found}, {one.digest: ()})]
    assert (own.motion in dealt) == is_dealt


def test_what_is_claimed_most_surely_leads_though_it_answers_what_stands_before() -> None:
    text = AROUND.format("Lamps have friends. But clearly every town must plant oaks at once.")
    led = [pair.claim.motion for pair in brief(analyse(reading(text))).pairs if pair.leads]
    assert led == ["Every town must plant oaks at once."]
