"""Opponents who are not introduced by "critics say": how else a view is told, granted, denied."""

import pytest

from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Counterpoint, Voice

STREETS = "Streets are hot in summer.\n\n"
FILLER = "\n\nThe council meets on Mondays.\n\nStreets are swept by hand.\n\nNothing else is known."


def asserted(text: str) -> list[tuple[str, str]]:
    """What is asserted of a text that stands amid others: each view with what answers it."""
    found = analyse(reading(f"{STREETS}{text}{FILLER}")).counterpoints
    return [(p.passage.text, _answer(p)) for p in found if p.score >= 0.5]


def _answer(point: Counterpoint) -> str:
    return (point.answer or point.against).text


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("Equally absurd is the claim that shade costs nothing.", "Yet each tree needs water."),
        ("Opponents like to bring up the storm of last year;", "yet no tree fell in it."),
        ("Ann Low argued at a meeting that trees are dear.", "But that view is mistaken."),
        ("Some residents have called for a ban,", "but that plan is a mistake."),
        ("The stock reply is that awnings will do.", "However, they give no air."),
        ("Perhaps you are suggesting that we cut them down.", "But that would be worse."),
        ("The general consensus is that trees are dear.", "This presumption is incorrect."),
        ("You hear a lot that shade is a luxury.", "Such assertions have always confused me."),
        ("Trees, the republicans tell us, are dear to keep.", "But a hot street is dearer."),
        ("The usual defence is that roots hold the bank.", "However, they also lift the road."),
        ("For years now, many have said that trees are dear.", "But a hot street is dearer."),
        ("One argument made against shade is that it kills lawns.", "That is like saying so."),
        ("Some critics blame the roots,", "but that plan was made without asking them."),
        ("First, Low argued at a meeting of the board in the old hall of our town last winter "
         "that shade is a luxury.", "But shade can't be one if walls need it."),
        ("A recent column states that “we must fell the limes, for nobody waters them.”",
         "There are some problems with this."),
        ("She claims that new limes can cool a street.", "Ironically, these limes were felled."),
        ("The idea here is that shade pays for itself.", "\n\nThis, of course, is nonsense."),
        ("Trees, the gardeners cry, are dear.", "But a hot street is dearer."),
        ("The gardeners argue that trees are dear.", "Okay — so plant fewer of the dear ones."),
        ("The limes will grow again, the gardeners assure us.", "But a hot street is dearer."),
        ("Wouldn't it be nice if trees were free?", "But it does not work that way."),
        ("There are a few myths about trees. The first is that they are dear.", "That is false."),
    ],
)  # fmt: skip
def test_a_view_is_told_in_many_ways(told: str, answer: str) -> None:
    views = [view for view, _ in asserted(f"{told} {answer}")]
    assert any(told.endswith(view) for view in views)


@pytest.mark.parametrize(
    ("granted", "answer"),
    [
        ("Owners can complain about the leaves all they like,", "but the heat will not care."),
        ("Let me say that I think the mayor means well.", "The plan, however, is a bad one."),
        ("Everyone agrees that water is scarce,", "but we still water every lawn in town."),
        ("Amid all this, I'm not going to say that trees are cheap.", "But they are worth it."),
        ("I understand that it is well intentioned,", "but it goes too far for a town like this."),
        ("It's great that the board has planted a few.", "However, the plan goes too far."),
        ("But while we agree that trees fail to grow fast,", "it is wrong to fell the old ones."),
        ("While I still hold this opinion,", "I think that a few trees would do us good."),
        ("I know we pay a lot of tax already,", "but it can take two hours to cross the town."),
        ("While it may appear that it is all over,", "the reality is that heat has created more."),
        ("While planting may not seem wise in a dry year,", "waiting is worse for all of us."),
        ("While I do not believe that a street has to be a hot, bare, noisy place,",
         "I also do not think that trees alone will change it."),
        ("The danger of a fall is great,", "but that does not make a tree an enemy."),
        ("You are correct that shade kills lawns,", "but is a lawn as good as a cool house?"),
        ("I agree with Low -- trees do not pay.", "They bring other goods, though, such as birds."),
    ],
)  # fmt: skip
def test_a_point_is_granted_in_many_ways(granted: str, answer: str) -> None:
    assert granted in [view for view, _ in asserted(f"{granted} {answer}")]


@pytest.mark.parametrize(
    ("text", "view", "answer"),
    [
        ("It isn't wasted on offices and maps. It is spent on shade.",
         "wasted on offices and maps.", "It is spent on shade."),
        ("The view that our parks are overrun by dogs is a huge exaggeration, and it misleads us.",
         "The view that our parks are overrun by dogs",
         "is a huge exaggeration, and it misleads us."),
        ("I hold that the notion that a tree robs us is total nonsense, as anybody here can tell.",
         "the notion that a tree robs us", "is total nonsense, as anybody here can tell."),
        ("A plan does not mean planting a tree in each yard. It means that yards without any "
         "come first.",
         "planting a tree in each yard.", "It means that yards without any come first."),
        ("Rules do not spring from the heads of a few. Rather, they answer a need of the town.",
         "spring from the heads of a few.", "Rather, they answer a need of the town."),
        ("Instead of a street that has become a hot, dry, dusty desert, let us have shade.",
         "Instead of a street that has become a hot, dry, dusty desert", "let us have shade."),
        ("The idea that all streets should look alike is not desirable, and nobody asked for it.",
         "The idea that all streets should look alike",
         "is not desirable, and nobody asked for it."),
        ("In spite of all the talk of costs, the plan is a good one for us all.",
         "In spite of all the talk of costs,", "the plan is a good one for us all."),
        ("The issue is not whether we can pay for them; it is whether we can do without.",
         "we can pay for them", "it is whether we can do without."),
    ],
)  # fmt: skip
def test_what_is_called_a_myth_or_set_right_is_a_view_turned_down(
    text: str, view: str, answer: str
) -> None:
    assert (view, answer) in asserted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Parents complain that the school is cold. The heating broke.",
        "Parents complain that the school is cold. The boiler is forty years old.",
        "Parents say that the school is cold. The heating failed in March.",
    ],
)
def test_a_complaint_that_the_next_sentence_explains_opposes_nobody(text: str) -> None:
    for whole in (text, f"{text} The town owns it.", STREETS + text + FILLER):
        assert not [p for p in analyse(reading(whole)).counterpoints if p.score >= 0.5]


def test_a_complaint_that_is_weighed_or_denied_is_answered() -> None:
    assert asserted("Parents complain that the school is cold. It is not, and it never was.")


@pytest.mark.parametrize(
    "text",
    [
        "It is no myth that trees are dear. Each of them costs a thousand.",
        "The shop does not mean to close. It means the world to us.",
        "Nobody rejects the idea. It came from the mayor.",
        "You could say the same of a wall. Just look at the one that they built on our street.",
        "He did not answer the board. Instead, he left the room and closed the door.",
        "Critics say that trees die young. They point to a study. It is clear that shade helps.",
        "Supporters argue that the town has no choice but to plant; it is a moral duty to us.",
        "What can you say of the idea that two might have had bad effects, but with one, there "
        "won't be any?",
        "Old trees do not make a street cool. Instead, the mayor calls for a ban on cars.",
        "We do not doubt the claim that shade is good for the town. It falls on all of us.",
        "It isn't far from the road to the park. That is what the board said in the spring.",
        "Although I'm a student of politics, I have never had any passion for a party.",
        "No matter the differences of place and time, the world is a dangerous place.",
        "This is all that is wrong with the belief that trees, which is old, live long.",
        "Even if you do not care for trees, the street is too hot for all of us.",
        "Rather than just count the trees of the town, we should ask what they are for.",
        "While I do not share their taste, I agree with their plan for the whole street.",
        "While we have nothing against the old trees, there is one thing to be said of them…",
        "Albeit they think that shade can cool a street, which is unlikely.",
        "I came home from work and there was a tree. Here's the thing. Trees must be watered.",
        "The change costs us, say, a walk to the next street. But what costs most is the heat.",
        "The people on the board aren't thinking about poor streets. They are living in a dream.",
        "I have no clue where the mayor lives, but it is clearly not in our street.",
        "Most of us think about trees in summer. But they stand there in winter as well.",
        "It is heartening that the paper counts trees. Still, one thing must be said of it:",
        "Mayor Ann Low insists that trees are dear. “They cost us a lot of money,” she said.",
    ],
)
def test_what_only_looks_like_a_view_turned_down_is_none(text: str) -> None:
    assert asserted(text) == []


def test_what_stands_in_brackets_is_passed_over() -> None:
    view, answer = "Supporters justify limes by the heat.", "Yet a wall gives shade as well."
    assert asserted(f"{view} (The heat is our own doing, by the way.) {answer}") == [(view, answer)]


def test_a_short_retort_answers_a_view_at_once() -> None:
    told, answer = "Others warn that it comes too early.", "It comes forty years late."
    assert asserted(f"{told} {answer}") == [(told, answer)]
    assert asserted(f"{told} For example, some parks are still closed in May.") == []


def test_a_view_that_is_told_may_be_countered_by_another() -> None:
    one, two = (
        "Opponents claim that trees are cruel to roofs.",
        "Supporters counter that roofs last.",
    )
    assert (one, two) in asserted(f"{one}\n\n{two}")
    assert (one, two) not in asserted(f"{one}\n\nIt rained in May.\n\n{two}")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Es geht nicht darum, alle Autos zu verbieten. Es geht darum, Kinder zu schützen."),
        ("de", "Bäume, sagen die Gegner, sind zu teuer. Aber eine heiße Straße ist teurer."),
        ("fr", "Les arbres, disent leurs adversaires, sont chers. Mais la chaleur l'est plus."),
        ("es", "Los árboles, dicen sus adversarios, son caros. Pero el calor cuesta más."),
        ("it", "Gli alberi, dicono gli avversari, sono cari. Ma il caldo costa di più."),
        ("de", "Der Bürgermeister hat recht, dass Geld fehlt. Aber es fehlt vor allem der Wille."),
        ("fr", "Il ne s'agit pas d'interdire toutes les voitures. Il s'agit d'aider les enfants."),
        ("fr", "Selon cette thèse, épargner est une vertu. Mais il faut bâtir pour épargner."),
        ("fr", "Beaucoup disent que le marché s'en chargera. Sauf qu'il ne le fait jamais."),
        ("es", "No se trata de prohibir todos los coches. Se trata de proteger a los niños."),
        ("es", "Uno puede quejarse del ruido todo lo que quiera, pero el ruido no va a bajar."),
        ("it", "Non si tratta di vietare tutte le auto. Si tratta di proteggere i bambini."),
        (
            "it",
            "Il sindaco ha ragione a dire che mancano i soldi. Ma manca soprattutto la volontà.",
        ),
    ],
)
def test_other_languages_tell_grant_and_set_right_in_these_ways_too(
    language: str, text: str
) -> None:
    source = reading(f"Das ist es.\n\n{text}\n\nA B C D E F.", language=language)
    assert any(p.score >= 0.5 for p in analyse(source).counterpoints)


def test_a_view_is_met_by_the_paragraph_that_opens_with_what_is_said_of_it() -> None:
    told, answer = "It is all about tradition, they say.", "This is naive, and it is wrong as well."
    assert (told, answer) in asserted(f"{told}\n\n{answer}")
    assert asserted(f"{told}\n\nTrees were planted here in the spring of last year.") == []


def test_what_a_paragraph_makes_of_a_view_is_answered_by_the_next_one() -> None:
    told, reasons = "Critics say that trees are dear.", "Water costs money in a dry summer."
    answer = "In reality, a hot street costs far more."
    assert (told, answer) in asserted(f"{told} {reasons}\n\n{answer}")
    own = "I think that we should plant them."
    assert (told, answer) not in asserted(f"{told} {own}\n\n{answer}")


def test_the_paragraph_that_opens_with_but_may_turn_on_a_short_one_before_it() -> None:
    one, two = "The shade is a fine idea.", "But it would be a cruel one for the old pipes."
    apart = analyse(reading(f"{STREETS}{one}\n\n{two}{FILLER}")).counterpoints
    beside = analyse(reading(f"{STREETS}{one} {two}{FILLER}")).counterpoints
    scores = [{p.passage.text: p.score for p in found}.get(one, 0.0) for found in (apart, beside)]
    assert 0 < scores[0] < scores[1]


def test_what_announces_a_view_gives_way_to_the_view() -> None:
    view, answer = "Roots will lift the pavement.", "But a root can be led into the ground."
    found = asserted(f"The strongest objection is practical. {view} {answer}")
    assert found == [(view, answer)]


def test_views_that_were_announced_are_told_one_by_one() -> None:
    one, two = "The first is that trees are dear.", "The second is that they shed their leaves."
    answers = ["Still, a hot street without any shade is dearer.", "But leaves can be swept."]
    told = f"{one} {answers[0]} Any town knows it.\n\n{two} {answers[1]}"
    found = asserted(f"Opponents make three charges. {told}")
    assert found == [(one, answers[0]), (two, answers[1])]
    assert one not in [view for view, _ in asserted(f"I have three reasons. {told}")]


def test_whoever_agrees_with_a_view_has_not_answered_it_yet() -> None:
    view, answer = "Critics say that trees are dear.", "But a hot street is dearer."
    for assent in ("There is something in this.", "In a narrow sense they are.", "That may be so."):
        assert asserted(f"{view} {assent} Water costs money. {answer}") == [(view, answer)]
        assert asserted(f"{view} {assent} Water costs money.") == []


@pytest.mark.parametrize(
    "view",
    [
        "Trees, the careers advisers say, are dear to keep.",
        "Shopkeepers will say that trees are dear to keep.",
        "Trees, warn the sponsors of the bill, are dear to keep.",
    ],
)
def test_a_view_that_is_ascribed_in_passing_is_met_by_what_is_said_of_it_next(view: str) -> None:
    answer = "Nothing is so dear as a street where nobody can walk."
    assert asserted(f"{view} {answer}") == [(view, answer)]
    assert asserted(f"{view} The mayor opened a market on Monday.") == []


def test_what_ends_a_paragraph_is_not_met_by_another_point_of_the_next() -> None:
    told = "Trees grow in many towns. The firms reply that they will plant more of them."
    point, turn = "The deeper trouble is one of money.", "But that is too late for this summer."
    assert asserted(f"{told}\n\n{point}") == []
    assert len(asserted(f"{told}\n\n{turn}")) == 1


def test_a_question_that_the_answer_cites_leaves_it_an_answer() -> None:
    view = "You cannot hear a smile in a letter, critics say."
    answer = 'But I have heard more of it there than in years of "And how are you?"'
    assert asserted(f"{view} {answer}") == [(view, answer)]


def test_a_view_that_goes_on_with_but_is_not_its_own_answer() -> None:
    view = "Some critics have argued that we should not plant trees, but instead put up awnings."
    answer = "We do not believe that this is fair to the birds."
    assert asserted(f"{view} {answer}") == [(view, answer)]
    assert asserted(view) == []


def test_a_view_that_ends_a_paragraph_is_met_where_the_next_one_denies_it() -> None:
    view = "Opponents of the plan have said that trees are dear."
    answer = "If that is true, so is every bench in the town."
    assert asserted(f"{view}\n\n{answer}") == [(view, answer)]
    assert asserted(f"{view}\n\nThe mayor opened a market on Monday.") == []


def test_two_quotations_side_by_side_are_the_author_s_sentence() -> None:
    text = (
        "But there is something between “I want no tree at all” and “we must plant every street.”"
    )
    said = analyse(reading(f"{STREETS}{text}{FILLER}")).claims
    assert next(c for c in said if c.passage.text == text).voice is Voice.AUTHOR


def test_what_happened_is_no_answer_to_what_about() -> None:
    asks = "What about the people who live where no tree grows?"
    assert asserted(f"{asks} Two of them were buried in 1953 by the town.") == []


def test_what_somebody_owns_is_not_met_by_what_goes_on_from_it() -> None:
    owns = "Officials from both parties have acknowledged that the law hurts large nurseries."
    onward = "In fact, it was written for small ones."
    assert asserted(f"{owns} {onward}") == []
    assert len(asserted(f"{owns} But this is no reason to repeal it.")) == 1


def test_what_we_all_agree_on_answers_nobody() -> None:
    view = "The common wisdom is that nobody plants a tree without a subsidy."
    agreed = "I think we all agree that there is nothing wrong with a subsidy."
    assert asserted(f"{view} {agreed}") == []
