"""What stands against what, and how surely."""

import pytest

from prompts.conflicts import conflicts
from prompts.engine import analyse
from prompts.mine import reading
from prompts.model import Counterpoint, Opposition, Voice

FILLER = "\n\nThe council meets on Mondays.\n\nStreets are swept by hand.\n\nNothing else is known."


def points(text: str, least: float = 0.5) -> list[Counterpoint]:
    return [p for p in analyse(reading(text)).counterpoints if p.score >= least]


def only(text: str) -> Counterpoint:
    (point,) = points(text)
    return point


@pytest.mark.parametrize(
    ("text", "counterpoint", "against"),
    [
        ("Although the first weeks are hard, a plain rule is easier to keep.",
         "Although the first weeks are hard,", "a plain rule is easier to keep."),
        ("Critics say that trees are expensive. But a street without trees is worse.",
         "Critics say that trees are expensive.", "But a street without trees is worse."),
        ("Of course trees are expensive, but a street without trees is worse.",
         "Of course trees are expensive,", "but a street without trees is worse."),
        ("Rather than punish the pupils for owning one, schools should mark the use.",
         "Rather than punish the pupils for owning one", "schools should mark the use."),
        ("Our answer should not be to give up on treaties but rather to strive for better ones.",
         "not be to give up on treaties", "to strive for better ones."),
    ],
)  # fmt: skip
def test_a_counterpoint_stands_beside_what_it_attacks(
    text: str, counterpoint: str, against: str
) -> None:
    point = only(text + FILLER)
    assert (point.passage.text, point.against.text) == (counterpoint, against)


def test_a_told_view_is_answered_across_the_paragraph_break() -> None:
    text = (
        "The conclusion by analysts such as Ann Low is that the deal is dead.\n\n"
        "However, such a bleak assessment fails to see what has changed since 1994." + FILLER
    )
    point = only(text)
    assert point.passage.text.startswith("The conclusion")
    assert point.against.text.startswith("However, such")
    assert (point.voice, point.holder) == (Voice.REPORTED, "analysts such as Ann Low")
    assert point.kind is Opposition.REBUTTAL


def test_an_acknowledgement_in_between_does_not_hide_what_is_answered() -> None:
    text = (
        "Some parents worry that the child is lost. "
        "I understand the worry, but the school has a telephone."
    )
    assert only(text + FILLER).passage.text == "Some parents worry that the child is lost."


@pytest.mark.parametrize(
    "text",
    [
        "While Popov was head of the firm, it lost its best people.",
        "It is not only a matter of money but also a matter of law.",
        "The army took the town on Monday. But in 1948 it lost the town again.",
        "Bandow correctly argues that the war will be long. But the winter came early in 1994.",
        "Some critics say that trees are expensive.",
    ],
)
def test_nothing_is_asserted_where_nothing_is_opposed(text: str) -> None:
    assert points(text + FILLER) == []


def test_what_is_told_and_left_unanswered_is_only_offered() -> None:
    text = "Cities should plant trees.\n\nSome people say that trees are expensive." + FILLER
    (offered,) = points(text, least=0)
    assert offered.score < 0.5
    assert offered.against.text == "Cities should plant trees."
    assert offered.answer is None


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("Some teachers worry that the clever child wins.", "I disagree with that entirely."),
        ("Others fear that the loudest child wins.", "That is why debating must be taught."),
        ("Some people say that the trees are costly.", "It is not the trees that cost us most."),
        ("The bus is always late, they say.", "It isn't true of a single line in the city."),
        (
            "Minister Alice Brown insists that jobs will be lost.",
            "Two towns have tried it and lost none.",
        ),
    ],
)
def test_a_told_view_is_answered_without_a_contrast(view: str, answer: str) -> None:
    (point,) = points(f"Cities should plant trees.\n\n{view} {answer}{FILLER}")
    assert point.passage.text == view
    assert point.answer is not None
    assert point.answer.text == answer


@pytest.mark.parametrize(
    "text",
    [
        "As Peter Marshall notes, the forest is older than the town. It isn't the only one.",
        "Section 3 refutes the false claim that trees are costly. It does not stop there.",
        "Economists note that trees are cheap. They should know it.",
        "Tucker argues that trees are free. It should not be forgotten.",
        "In reply, the gardeners point out that trees are cheap.",
        "The notion that trees are costly is deeply flawed.",
        "The objection is not that trees are costly.",
        "The town is not in the hands of the council but in the hands of the builders.",
    ],
)
def test_a_view_that_is_agreed_with_or_noted_is_no_counterpoint(text: str) -> None:
    assert points(f"Cities should plant trees.\n\n{text}{FILLER}") == []


def test_no_counterpoint_overlaps_what_it_attacks() -> None:
    text = (
        "Critics say no. But I say yes, although some may think that it is not so, and yet it is."
    )
    for point in points(text, least=0):
        assert not point.passage.overlaps(point.against)


def test_two_readings_conflict_where_one_denies_what_the_other_says() -> None:
    one = analyse(reading("Dogs should be banned from parks.\n\nThe weather is fine today.", "a"))
    two = analyse(
        reading("The bus came late.\n\nDogs should not be banned from parks at all.", "b")
    )
    best = conflicts(one, two)[0]
    assert best.claim.passage.text.startswith("Dogs should be banned")
    assert best.counterpoint.passage.text.startswith("Dogs should not")
    assert best.score >= 0.5


def test_two_readings_about_different_things_do_not_conflict() -> None:
    one = analyse(reading("Dogs should be banned from parks.", "a"))
    two = analyse(reading("Taxes must fall for small shops.", "b"))
    assert all(row.score < 0.5 for row in conflicts(one, two))


COLUMN = """The council met on Tuesday to talk about the plans for the coming year. There were some
forty people in the hall, and most of them stayed until the end. Nobody spoke for long.

I have lived in this town for thirty years and have seen many plans come and go. Some of them were
good and some were not, and few of them were ever carried out as they had been drawn.

{}

The library closed its doors in March and the old school stands empty. The market square is busy on
Saturdays only, and the buses run twice a day. A new bench stands by the river, and the mill is let.

We should think about what kind of place we want to leave to our children. A town needs people who
care for it, and it needs them every day of the week. That is a task for all of us, and one that
must begin now, in every street and at every door, whatever the weather."""


@pytest.mark.parametrize(
    "told",
    [
        "The conventional wisdom is that voters do not care. The last elections say otherwise.",
        "Officials insist that the drones kill only soldiers. Survivors tell a different story.",
        "The company says it takes privacy seriously. Its business model says the opposite.",
        "It is tempting to think that the war will end soon. It will not.",
        "It may be objected that words are cheap in Moscow. So they are in Brussels.",
        "Rent control feels kind, but everywhere it has been tried it ends up harming tenants.",
        "While the wish to pay less is understandable, the promises are made to win votes.",
        "We all want to support our neighbours. But good intentions are no policy.",
        "Granted, wind farms are not pretty. Neither are coal mines.",
        "Of course the police need powers. The question is whether they need these powers.",
        "Fans claim that it builds a sense of community. A community one is born into is a club.",
    ],
)
def test_a_view_may_be_turned_down_without_a_contrast(told: str) -> None:
    sure = points(COLUMN.format(told))
    assert any(point.passage.text in told for point in sure)


@pytest.mark.parametrize(
    "told",
    [
        "The minister said that the talks would go on. They went on for three weeks.",
        "The farmers hoped that it would rain. It did not.",
        "I thought that the door was locked. It was not.",
        "The teachers insist that class sizes must fall. I agree with them.",
        "Doctors say that smoking harms the heart. That is why the tax should rise.",
        "Advocates say that every child should swim. Every year forty children drown.",
        "The company announced that it would hire more people. It is the largest employer here.",
        "Researchers found that the pill works. It has been sold since May.",
        "The case for it is that it rewards what was learnt. If one pupil fails every test, they"
        " might both get a C, but that grade means different things.",
    ],
)
def test_what_goes_on_with_a_view_or_tells_what_came_of_it_turns_nothing_down(told: str) -> None:
    assert not points(COLUMN.format(told))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Zwar kostet der Umbau viel Geld, aber Nichtstun kostet mehr."),
        ("de", "Es heißt oft, die Jugend sei faul. Die Zahlen sagen etwas anderes."),
        ("de", "Man könnte einwenden, dass das die Freiheit beschneidet. Freiheit ist jedoch kein"
         " Recht auf Raserei."),
        ("de", "Befürworter versprechen mehr Ruhe. Davon kann keine Rede sein."),
        ("de", "Zugegeben, der Plan hat Schwächen. Er ist trotzdem der beste, den wir haben."),
        ("fr", "On dit souvent que la jeunesse est paresseuse. Les chiffres disent le contraire."),
        ("fr", "On pourrait objecter que cela réduit la liberté. La liberté n'est cependant pas le"
         " droit de tuer."),
        ("fr", "Les partisans de la loi promettent le calme. Il n'en est rien."),
        ("fr", "Certes, le train est cher. Reste à savoir ce que coûte la route."),
        ("es", "Se dice a menudo que los jóvenes son vagos. Los datos dicen lo contrario."),
        ("es", "Se podría objetar que reduce la libertad. La libertad, sin embargo, no es el"
         " derecho a matar."),
        ("es", "Los partidarios de la ley prometen calma. Nada más lejos de la realidad."),
        ("es", "Es tentador creer que todo mejorará. No será así."),
        ("it", "Si dice spesso che i giovani sono pigri. I dati dicono il contrario."),
        ("it", "Si potrebbe obiettare che riduce la libertà. La libertà, tuttavia, non è il diritto"
         " di uccidere."),
        ("it", "I sostenitori della legge promettono la calma. Niente di più falso."),
        ("it", "È vero che il treno costa. La questione è quanto costa la strada."),
    ],
)  # fmt: skip
def test_other_languages_answer_a_view_in_the_same_ways(language: str, told: str) -> None:
    found = analyse(reading(COLUMN.format(told), language=language)).counterpoints
    assert any(p.score >= 0.5 and p.passage.text in told for p in found)


@pytest.mark.parametrize(
    ("one", "two", "language"),
    [
        ("The voting age should be lowered to sixteen.", "The voting age should stay at eighteen.",
         "en"),
        ("Phone bans raise the results of weak pupils.", "Phone bans do not raise results at all.",
         "en"),
        ("Swimming lessons must be compulsory.", "Swimming lessons should be voluntary.", "en"),
        ("Das Wahlalter soll auf sechzehn Jahre gesenkt werden.",
         "Das Wahlalter soll bei achtzehn Jahren bleiben.", "de"),
        ("Handys sollten an Schulen verboten werden.",
         "Handys sollten an Schulen nicht verboten werden.", "de"),
        ("Il faut interdire les voitures au centre de la ville.",
         "Il ne faut pas interdire les voitures au centre de la ville.", "fr"),
        ("Los coches deben prohibirse en el centro de la ciudad.",
         "Los coches no deben prohibirse en el centro de la ciudad.", "es"),
        ("Le automobili devono essere vietate nel centro storico.",
         "Le automobili non devono essere vietate nel centro storico.", "it"),
    ],
)  # fmt: skip
def test_opposite_words_and_plain_denials_make_a_conflict(
    one: str, two: str, language: str
) -> None:
    first, second = (analyse(reading(text, text, language=language)) for text in (one, two))
    assert conflicts(first, second)[0].score >= 0.5


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Younger pupils cannot learn self-control with a telephone in their pocket.",
         "Self-control grows best in a place where no telephone is in reach."),
        ("North Korea should be offered arms control.",
         "Diplomats should stop offering North Korea a seat in Geneva."),
        ("Schools should not ban phones.", "No school should ban phones, because that is silly."),
        ("One reason to oppose the death penalty is that not everyone who dies is guilty.",
         "The reasons for abolishing the death penalty are as strong as ever."),
        ("The public is right to want vaccines mandated for its health.",
         "Mandating vaccines is not wrong where it concerns public health."),
        ("It is better to have cheap public transport rather than transport free for all.",
         "Public transport should not be free for all."),
        ("Net neutrality can create heavy burdens.", "Net neutrality can create problems."),
        ("Minimum wage was never meant to be a living wage.",
         "Just listen to people talk of what a minimum wage meant for their living."),
        ("Free trade is more dangerous than aid.", "Aid is less dangerous than free trade."),
        ("Drone strikes do not hit the right targets.",
         "Drone strikes fail to hit the right targets."),
        ("Chess is not an Olympic sport today.", "Chess should be an Olympic sport."),
        ("Social media help people to find friends.",
         "People who do not find friends can use social media."),
        ("Withholding funds will prevent terrorism.", "With no funds terrorism is prevented."),
        ("Students with no motivation will miss class.",
         "Students would lose the motivation to try in class."),
    ],
)  # fmt: skip
def test_a_denial_about_something_else_is_only_asked_about(one: str, two: str) -> None:
    found = conflicts(analyse(reading(one, "a")), analyse(reading(two, "b")))
    assert all(row.score < 0.5 for row in found)


def test_a_quoted_sentence_is_answered_by_what_follows_it() -> None:
    one = analyse(reading("Dogs are a danger to small children in parks.\n\nThey bark.", "a"))
    two = analyse(
        reading("> Dogs are a danger to small children in parks.\n\nThat was never true.", "b")
    )
    best = conflicts(one, two)[0]
    assert best.counterpoint.passage.text == "That was never true."


def test_a_quotation_is_known_by_a_mark_in_html_and_answered_up_to_the_next_one() -> None:
    one = analyse(reading("Dogs are a danger to small children.\n\nDogs bark all night long.", "a"))
    quoting = "&gt; Dogs are a danger to small children\n\nThat was never true.\n\n"
    two = analyse(reading(f"{quoting}&gt; Dogs bark all night long.\n\nMine sleeps at ten.", "b"))
    sure = (c for c in conflicts(one, two) if c.score > 0.4)
    assert [(c.claim.passage.text, c.counterpoint.passage.text) for c in sure] == [
        ("Dogs are a danger to small children.", "That was never true."),
        ("Dogs bark all night long.", "Mine sleeps at ten."),
    ]


def test_a_fragment_that_leaves_out_its_verb_is_never_asserted() -> None:
    story = "Opponents warn that the young will copy their parents. Some will, as adults copy too."
    found = points(f"{story} But a copied vote is still a vote.\n\nYouth matters.\n\nAge does not.")
    assert [p.passage.text for p in found] == [story.split(". ")[0] + "."]


@pytest.mark.parametrize(
    ("language", "text", "turned_down", "instead"),
    [
        ("de", "Die Schule soll nicht die Geräte verbieten, sondern den Umgang lehren.",
         "nicht die Geräte verbieten", "den Umgang lehren."),
        ("de", "Statt die Steuern zu erhöhen, sollte der Staat endlich sparen.",
         "Statt die Steuern zu erhöhen", "sollte der Staat endlich sparen."),
        ("fr", "Il faut non pas interdire les écrans, mais plutôt apprendre à les éteindre.",
         "pas interdire les écrans", "apprendre à les éteindre."),
        ("es", "La escuela no debe prohibir las pantallas, sino enseñar a apagarlas.",
         "no debe prohibir las pantallas", "enseñar a apagarlas."),
        ("it", "La scuola non deve vietare gli schermi, bensì insegnare a spegnerli.",
         "non deve vietare gli schermi", "insegnare a spegnerli."),
    ],
)  # fmt: skip
def test_other_languages_turn_down_one_thing_for_another(
    language: str, text: str, turned_down: str, instead: str
) -> None:
    found = [p for p in analyse(reading(text, language=language)).counterpoints if p.score >= 0.5]
    assert [(p.passage.text, p.against.text) for p in found] == [(turned_down, instead)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Verbot trifft nicht nur die Schüler, sondern auch die Lehrer."),
        ("fr", "La loi ne touche pas seulement les élèves, mais aussi leurs parents."),
        ("es", "La ley no afecta solo a los alumnos, sino también a sus padres."),
        ("it", "La legge non riguarda solo gli alunni, bensì anche i loro genitori."),
        ("es", "Los alumnos deben entender que el móvil no es un juguete, sino un medio."),
        ("de", "Kritiker befürchten, dass der Plan viel Geld kostet. Die zentrale Frage ist, ob er"
         " in ruhigen Jahren trägt."),
    ],
)  # fmt: skip
def test_not_only_two_words_or_a_question_turn_nothing_down_in_other_languages(
    language: str, text: str
) -> None:
    assert not [p for p in analyse(reading(text, language=language)).counterpoints if p.score > 0.5]


@pytest.mark.parametrize(
    "story",
    [
        "Surely the neighbours heard the screams. But nobody called the police.",
        "Naturally, the press loved the story. But nobody printed the correction.",
        "At first, the soldiers were welcomed. But soon the checkpoints are there.",
        "They say they are hungry. But nobody brings them food.",
        "Many believe in ghosts. But in our family the police is feared.",
        "The UN says that 4 million people need help. Yet only a tenth of the money has come.",
        "She believes that her son is alive. But the officer tells her to go.",
        "Rather than wait for the late bus, the four of us walked along the river.",
        "The real problem is not the price but the people who pay it.",
        "While keeping the staff hostage, the gunmen demanded a helicopter and a car.",
        "Although he was born in Cairo, he went to London and never learned Arabic.",
        "Although some schools have ended it, they keep it where it brings in money.",
        "Turnout rose to 76 percent in the north, whereas it fell to 12 percent in the south.",
        "The minister said that the talks had failed. But he did not say why.",
    ],
)
def test_what_only_looks_like_a_concession_is_not_asserted(story: str) -> None:
    assert not points(f"The council met in the hall.\n\n{story}{FILLER}")


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("Some people say that homework teaches discipline.", "I don't buy it."),
        ("It is often said that football unites us.", "The truth is that it divides us."),
        ("Ambassador Ann Low argues that talks reward the strong.", "She forgets who makes peace."),
        ("You could say that it is immoral.", "Fair enough, but the law is to blame for that."),
        (
            "I get that some servers like it, because they earn more.",
            "But they could be paid more.",
        ),
    ],
)
def test_a_view_is_answered_without_a_but_at_the_head_of_the_next_sentence(
    view: str, answer: str
) -> None:
    point = only(f"The council met in the hall.\n\n{view} {answer}{FILLER}")
    assert (point.passage.text, point.answer and point.answer.text) == (view, answer)


THESIS = "Cities should plant far more trees along their streets. "


@pytest.mark.parametrize(
    "objection",
    [
        "However, it is indisputable that trees cost money in every single year.",
        "Yet it remains questionable whether the trees would live for long there.",
        "But of course the roots may harm the pipes below.",
    ],
)
def test_a_closing_objection_stands_against_the_thesis_and_not_the_other_way(
    objection: str,
) -> None:
    point = only(f"{THESIS}Shade keeps the whole street cool in summer. {objection}")
    assert (point.passage.text, point.against.text) == (objection, THESIS.strip())


def test_a_closing_answer_still_answers() -> None:
    view = "Perhaps trees are too expensive for a small town."
    point = only(f"{THESIS}{view} But a street without trees is worse.")
    assert (point.passage.text, point.against.text) == (view, THESIS.strip())


@pytest.mark.parametrize(
    "text",
    [
        "Should we cut the trees? Yes, for they fall on cars. They stand in the way.",
        "While this very well might be true, the trees keep the whole street cool.",
        "Although it is hard to tell what comes next, the plan names ninety kinds of trees.",
        "It is not, as some gardeners would argue, simply a case of more trees.",
        "I agree with this entirely. The trees must stay. But everyone sees that.",
        "We do not keep out those who come but overstay, do not count them and do not care.",
    ],
)
def test_what_grants_nothing_of_the_matter_is_no_counterpoint(text: str) -> None:
    assert points(text + FILLER) == []


def test_a_view_is_answered_by_the_paragraph_that_opens_with_a_contrast() -> None:
    view = "Of course the first trees will be expensive."
    point = only(f"Trees are slow.\n\n{view}\n\nAnd yet a street without trees is worse.{FILLER}")
    assert point.passage.text == view
    assert point.answer is not None
    assert point.answer.text == "And yet a street without trees is worse."


def test_two_concessions_in_one_breath_are_each_answered_once() -> None:
    text = "He trains too rarely, although he plays well. But the worst is how he complains."
    found = [(p.passage.text, p.against.text) for p in points(text)]
    assert ("although he plays well.", "But the worst is how he complains.") not in found


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("Trees, many people believe, are costly to keep.", "But a street without trees is worse."),
        ("I know the builders will say that trees cost money.", "These are all smokescreens."),
        ("“Trees are only for the rich streets.”", "This is simply not true."),
        ("You say that trees are costly to keep.", "But a street without trees is worse."),
    ],
)
def test_a_view_is_told_in_passing_foreseen_or_quoted_alone(view: str, answer: str) -> None:
    point = only(f"Streets are hot.\n\n{view}\n\n{answer}{FILLER}")
    assert point.passage.text == view
    assert (point.answer or point.against).text == answer


@pytest.mark.parametrize(
    "text",
    [
        "While people get their trees for free, the gardeners will continue to wait.",
        "Though the builders protest otherwise, a street needs its trees.",
        "This is not true. But the trees stand there for ninety years.",
    ],
)
def test_how_long_something_lasts_and_what_says_nothing_is_not_asserted(text: str) -> None:
    assert points(text + FILLER) == []


@pytest.mark.parametrize(
    ("language", "view", "answer"),
    [
        ("de", "Kritiker behaupten, dass Bäume zu teuer sind.", "Das stimmt nicht."),
        ("fr", "Les opposants affirment que les arbres coûtent cher.", "C'est faux."),
        ("es", "Los críticos sostienen que los árboles cuestan mucho.", "Eso no es cierto."),
        ("it", "I critici sostengono che gli alberi costano troppo.", "Non è vero."),
    ],
)
def test_a_firm_view_is_answered_by_a_plain_denial_in_other_languages(
    language: str, view: str, answer: str
) -> None:
    (point,) = (
        p for p in analyse(reading(f"{view} {answer}", language=language)).counterpoints
        if p.score >= 0.5
    )  # fmt: skip
    assert (point.passage.text, point.against.text) == (view, answer)


@pytest.mark.parametrize(
    ("language", "view", "answer"),
    [
        ("de", "Schadet ein Baum den Rohren?", "Nein. Die Wurzeln folgen dem Wasser."),
        ("de", "1) Bäume sind zu teuer.", "Tatsache: Eine Bank kostet mehr als ein Baum."),
        ("fr", "Est-ce que les arbres coûtent cher ?", "Non. Un banc coûte plus qu'un arbre."),
        ("fr", "1) Les arbres coûtent cher.", "Réalité : un banc coûte plus qu'un arbre."),
        ("es", "¿Es caro un árbol?", "En absoluto. Un banco cuesta más que un árbol."),
        ("es", "1) Los árboles rompen tubos.", "Realidad: las raíces siguen el agua."),
        ("it", "È caro un albero?", "Niente affatto. Una panchina costa di più."),
        ("it", "1) Gli alberi rompono i tubi.", "Realtà: le radici seguono l'acqua."),
    ],
)
def test_what_is_asked_and_refused_or_set_right_by_a_fact_is_a_view_in_other_languages(
    language: str, view: str, answer: str
) -> None:
    text = f"{view} {answer}{FILLER}" if "?" in view else f"{view}\n\n{answer}{FILLER}"
    found = analyse(reading(text, language=language)).counterpoints
    assert [(p.passage.text, p.answer.text) for p in found if p.answer and p.score >= 0.5] == [
        (view, answer)
    ]


@pytest.mark.parametrize(
    ("language", "thesis", "reason", "objection"),
    [
        ("de", "Städte sollten Bäume pflanzen.", "Schatten kühlt die Straße im Sommer.",
         "Allerdings bleibt es fraglich, ob die Bäume lange leben."),
        ("fr", "Les villes doivent planter des arbres.", "L'ombre rafraîchit la rue.",
         "Cependant, il est douteux que les arbres vivent longtemps."),
        ("es", "Las ciudades deben plantar árboles.", "La sombra refresca la calle.",
         "Sin embargo, es dudoso que los árboles vivan mucho."),
        ("it", "Le città devono piantare alberi.", "L'ombra rinfresca la strada.",
         "Tuttavia, è dubbio che gli alberi vivano a lungo."),
    ],
)  # fmt: skip
def test_a_closing_objection_is_one_in_other_languages_too(
    language: str, thesis: str, reason: str, objection: str
) -> None:
    text = f"{thesis} {reason} {objection}"
    best = analyse(reading(text, language=language)).counterpoints[0]
    assert (best.passage.text, best.against.text) == (objection, thesis)


def test_a_short_concession_and_one_that_must_be_done_are_still_concessions() -> None:
    short = "Although shade is important, a street needs light above all else."
    assert only(short + FILLER).passage.text == "Although shade is important,"
    must = "While young trees must be watered well, the old ones will stand for ninety years."
    assert only(must + FILLER).passage.text == "While young trees must be watered well,"


def test_the_claims_for_damages_are_nobody_s_claim() -> None:
    text = "The claims for damages that were filed are on the table. The council never met again."
    assert points(f"Streets need trees.\n\n{text}{FILLER}") == []


@pytest.mark.parametrize(
    ("text", "view"),
    [
        (
            "Even if the winter is bad for some moderate, hopeful gardeners, this would be worse.",
            "Even if the winter is bad for some moderate, hopeful gardeners,",
        ),
        (
            "And while the notion that trees offer shade holds some truth, its use is overrated.",
            "And while the notion that trees offer shade holds some truth,",
        ),
        (
            "It is all well and good to plant a tree, but I happen to believe in watering it.",
            "It is all well and good to plant a tree,",
        ),
    ],
)
def test_a_concession_ends_where_its_main_clause_begins(text: str, view: str) -> None:
    assert only(text + FILLER).passage.text == view


def test_what_others_do_instead_of_something_is_no_view_turned_down() -> None:
    text = "Rather than sticking to the trees, they whip up anger against the council."
    assert points(text + FILLER) == []


@pytest.mark.parametrize(
    "text",
    [
        "Critics argue that shade not only cools the street, but it is good for a house.",
        "Critics argue that trees are costly. Therefore, no gardener argues for trees.",
        "Critics say that they would undermine gardens. Gardens are what no street has.",
    ],
)
def test_what_adds_or_goes_on_answers_nothing(text: str) -> None:
    assert points(f"Streets are hot.\n\n{text}{FILLER}") == []


@pytest.mark.parametrize(
    ("view", "main"),
    [
        ("Although trees are given little care,",
         "many gardeners, owners, and walkers cannot do without them."),
        ("Although it would be foolish to hold our breath,",
         "gardeners, parents and town councils should still plant a tree."),
        ("Although a shady street may please gardeners, owners, and walkers,",
         "a street needs more than that."),
        ("Although it is an old, dear plan which nobody in this town ever asked for,",
         "I will not mock it."),
        ("Although friends of shade might argue that it brings quiet, respect for the old town and "
         "for its guests, along with birds,", "there is no shop left that would keep its shade."),
        ("Although a few trials in Leeds, Ill., and Hull, Mass., show that a lime can cool us,",
         "it's too early to say that it is a good plan."),
    ],
)  # fmt: skip
def test_a_row_of_things_is_one_clause(view: str, main: str) -> None:
    point = only(f"{view} {main}{FILLER}")
    assert (point.passage.text, (point.answer or point.against).text) == (view, main)


@pytest.mark.parametrize(
    ("view", "answer"),
    [
        ("Planting a tree sounds great,", "but I think there are issues with its roots."),
        ("We may never be able to plant them all,", "but one street is an easy step to take."),
        ("A tree may lead to more leaves on the road,", "but that does not happen by magic."),
    ],
)
def test_what_may_be_or_sounds_good_is_granted_where_a_contrast_follows(
    view: str, answer: str
) -> None:
    point = only(f"{view} {answer}{FILLER}")
    assert (point.passage.text, point.against.text) == (view, answer)


def test_replies_and_puzzling_notions_are_told_views() -> None:
    view = "These responses state that nobody understands the love for trees."
    answer = "It is an immoral argument that love pays for everything."
    assert only(f"Streets are hot.\n\n{view} {answer}{FILLER}").passage.text == view
    notion = "What constantly puzzles me is the notion that trees ruin a small town."
    (offered,) = points(f"Cities should plant trees.\n\n{notion}{FILLER}", least=0)
    assert offered.passage.text == notion


def test_though_between_commas_joins_no_clauses() -> None:
    claims = analyse(reading("A big part of that, though, is the shade of trees." + FILLER)).claims
    assert "A big part of that," not in [claim.passage.text for claim in claims]


def test_a_bare_answer_takes_its_reason_with_it_but_no_further_question() -> None:
    told = "Critics say that trees are dear. But this is wrong. {}"
    for more, end in (("A bench costs more.", "costs more."), ("Who paid for it?", "is wrong.")):
        sure = points(COLUMN.format(told.format(more)))
        (point,) = (p for p in sure if p.passage.text.startswith("Critics"))
        assert point.answer is not None
        assert point.answer.text.endswith(end)


def test_an_answer_that_an_insertion_breaks_is_shown_whole() -> None:
    answer = "but by our consent — even if we call it care — we are a part of the felling."
    point = only(f"Of course we do not cut the trees ourselves, {answer}{FILLER}")
    assert point.against.text == answer


def test_a_view_is_disowned_by_the_sentence_after_it_or_by_the_next_paragraph() -> None:
    posed = only("Towns should ban cars. I firmly oppose this notion, since people must get about.")
    assert (posed.passage.text, posed.voice) == ("Towns should ban cars.", Voice.REPORTED)
    told = (
        "Some people believe that parks are a waste of land. Hardly anybody walks there in winter, "
        "and the benches are empty. The land could hold homes.\n\n"
        "However, I disagree with this view because parks keep a town cool in summer.\n\n"
        "Shade is worth more every year, and nothing gives it as trees do."
    )
    best = points(told)[0]
    assert best.passage.text.startswith("Some people believe")
    assert best.against.text.startswith("However, I disagree")


def test_what_a_paragraph_makes_of_others_reasons_is_theirs() -> None:
    text = (
        "There are two main reasons why some people argue that parks should be sold. First, they "
        "think that nobody walks there. Second, the land could hold homes. Hence towns should "
        "sell it.\n\nHowever, I believe that towns should keep every park they have.\n\n"
        "Shade is worth more every year."
    )
    found = analyse(reading(text))
    assert "Hence" not in " ".join(c.passage.text for c in found.claims if c.score >= 0.5)
    assert {p.voice for p in points(text)} == {Voice.REPORTED}
    assert all(p.against.text.startswith("However, I believe") for p in points(text))


def test_an_argument_in_favour_is_told_where_a_contrast_answers_it() -> None:
    text = (
        "One argument in favour of zoos is that they teach children about animals. However, these "
        "lessons can be had in other ways, such as films and walks in a wood."
    )
    assert only(text).passage.text.startswith("One argument in favour")
    unanswered = "One argument in favour of zoos is that they teach children about animals."
    assert points(unanswered) == []


def test_a_question_without_a_verdict_answers_nothing() -> None:
    granted = "On the one hand, we can say that prison is cruel, as nobody may lock others up. "
    assert points(granted + "But if we are talking about a man who did it three times?") == []
    assert points(granted + "But the question arises whether it should be so for all.") == []
    assert only(granted + "But those who suffered should count for something.")


LONG_PARAGRAPH = (
    "Nuclear plants are costly to take down. The reactors of the first years stand on the coast, "
    "and most of them are older than the people who watch over them. The operators put aside a "
    "share of each bill for the day of closure, which is kept in a fund of its own. The fund grows "
    "by four parts in a hundred and is looked after by a board. The board meets in spring and "
    "reports to the ministry, which prints the report. {}. The report of last spring counts "
    "eleven reactors that are shut and five that are being emptied. Fuel is kept in pools for ten "
    "years and then in dry casks above the ground. The casks stand in rows on a slab of concrete "
    "that is as long as a football field. Rain runs off them into a ditch, and the water of the "
    "ditch is tested each week by the county. The tests have been kept since the first cask, "
    "and a copy lies in the library "
    "of the nearest town, where anyone may read it on the days on which the library is open."
)


def test_in_a_long_paragraph_a_plain_but_is_only_offered() -> None:
    plain = (
        "The people inside are trained for it, but the training is done by the firm that built it"
    )
    granted = "Of course the training is good, but it is done by the firm"
    assert len(LONG_PARAGRAPH) > 900
    assert points(LONG_PARAGRAPH.format(plain)) == []
    assert points(LONG_PARAGRAPH.format(plain), 0.2)
    assert only(LONG_PARAGRAPH.format(granted)).passage.text.startswith("Of course")


def test_no_matter_when_grants_nothing() -> None:
    text = "No matter in which month the cup is played, the clubs will quarrel over it."
    assert points(text + FILLER) == []
    assert points(text + FILLER, 0.2)


def test_what_is_done_instead_grants_nothing_before_it() -> None:
    effect = "The rule would be so easy to get around that it may as well not exist."
    assert points(f"{effect} Instead the city should mend the streets.{FILLER}") == []
    assert points(f"{effect} Instead the city should mend the streets.{FILLER}", 0.2)
