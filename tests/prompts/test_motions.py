"""A claim as one plain sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.clauses import outline
from prompts.cues import languages, source
from prompts.mine import reading
from prompts.motions import motion


def made(text: str, language: str = "en") -> str | None:
    return motion(outline(reading(text, language=language)), 0, len(text))


@pytest.mark.parametrize(
    ("claim", "wording"),
    [
        ("Therefore, I strongly believe that zoos should be closed.", "Zoos should be closed."),
        ("However, the war in Ukraine cannot go on.", "The war in Ukraine cannot go on."),
        ("In this essay, I will argue that zoos should be closed.", "Zoos should be closed."),
        ("The aim of this essay is to show that old zoos must close.", "Old zoos must close."),
        ("In conclusion, it is clear that trees cool the street.", "Trees cool the street."),
        ("The voting age should stay at eighteen, because the vote is a power.",
         "The voting age should stay at eighteen."),
        ("Children look at screens at break partly because there is little else to do.",
         "Children look at screens at break partly because there is little else to do."),
        ("Schools should teach “hygiene” early!", "Schools should teach 'hygiene' early."),
        ("That is why cities must plant trees [4, 5].", "Cities must plant trees."),
        ("It is wrong to keep whales in tanks.", "It is wrong to keep whales in tanks."),
        ("The case against zoos is stronger than it looks.",
         "The case against zoos is stronger than it looks."),
        ("I hold the view that zoos should be closed.", "Zoos should be closed."),
        ("This essay seeks to show that zoos teach children little.",
         "Zoos teach children little."),
        ("Let's be honest, zoos cost more than parks.", "Zoos cost more than parks."),
        ("Additionally, zoos cost more than parks.", "Zoos cost more than parks."),
        ("After weighing both sides, it is clear that zoos should be closed.",
         "Zoos should be closed."),
        ("No school should ban phones.", "No school should ban phones."),
        ("I don’t think a zoo is ever a good place to be.", "A zoo is never a good place to be."),
        ("On the other hand, zoos save a few kinds.", "Zoos save a few kinds."),
        ("Anyway, my point is that zoos are cruel places.", "Zoos are cruel places."),
        ("This is one of the many reasons why towns should close zoos.",
         "Towns should close zoos."),
        ("We all know of zoos in which bears must suffer.",
         "We all know of zoos in which bears must suffer."),
        ("In contrast, zoos save a few kinds.", "Zoos save a few kinds."),
        ("In contrast to parks, zoos save a few kinds.",
         "In contrast to parks, zoos save a few kinds."),
        ("Let's admit it, zoos cost more than parks.", "Zoos cost more than parks."),
        ("To start off the week, zoos cost more than parks.", "Zoos cost more than parks."),
        ("I don't think a good town is possible without a zoo, and I will bet my hat on this view.",
         "A good town is not possible without a zoo."),
        ("Zoos should be closed, so I want them to begin with this one.", "Zoos should be closed."),
        ("Zoos are dull, but I think bears need them.", "Zoos are dull, but bears need them."),
        ("Nobody owns a bear and I think that keepers should be free, otherwise they will go.",
         "Nobody owns a bear and keepers should be free."),
        ("The case for zoos, to me, is empty.", "The case for zoos is empty."),
        ("The first, and in my opinion, best reason to close zoos is the bear.",
         "The first, and best reason to close zoos is the bear."),
        ("Zoos are better for bears than a life in the woods, mainly because they feed them.",
         "Zoos are better for bears than a life in the woods."),
        ("The sale of bears to towns in the north, which nobody wanted, can only harm them.",
         "The sale of bears to towns in the north, which nobody wanted, can only harm them."),
        ("I am of the view that zoos should be closed.", "Zoos should be closed."),
        ("I agree with Dr. Low that zoos are cruel places.", "Zoos are cruel places."),
        ("One reason why I take this position is that zoos are cruel places.",
         "Zoos are cruel places."),
        ("What that means, for example, is that zoos should be closed.", "Zoos should be closed."),
        ("Self-inflicted wounds: The city should close its zoo.",
         "The city should close its zoo."),
        ("In addition to parks, cities need zoos that teach children.",
         "In addition to parks, cities need zoos that teach children."),
        ("Perhaps most importantly, zoos are cruel places.", "Zoos are cruel places."),
        ("On the other hand, zoos are cruel places.", "Zoos are cruel places."),
        ("Winter mornings are dark in our cities, which makes waking up all the more difficult.",
         "Winter mornings are dark in our cities, which makes waking up all the more difficult."),
        ("The main reason people visit zoos is because animals are fun.",
         "The main reason people visit zoos is because animals are fun."),
        ("Let’s not open another zoo in the city.", "We should not open another zoo in the city."),
        ("Plans call for fewer zoos than there currently are.",
         "Plans call for fewer zoos than there currently are."),
        ("As a keeper, I can tell you that zoos are cruel places.", "Zoos are cruel places."),
        ("Let's be real: zoos are cruel places.", "Zoos are cruel places."),
        ("The truth is, zoos are cruel places.", "Zoos are cruel places."),
        ("In the same way, zoos are cruel places.", "Zoos are cruel places."),
        ("Our view is that zoos are cruel places.", "Zoos are cruel places."),
        ("It is important to remember that zoos are cruel places.", "Zoos are cruel places."),
        ("In short: zoos are cruel places.", "Zoos are cruel places."),
        ("At the same time, zoos are cruel places.", "Zoos are cruel places."),
        ("3) Zoos are cruel places.", "Zoos are cruel places."),
        ("Dear Ms. Low, Zoos are cruel places.", "Zoos are cruel places."),
        ("Contrary to popular belief, zoos are cruel places.", "Zoos are cruel places."),
        ("In our opinion, zoos should be closed.", "Zoos should be closed."),
        ("Lets close the zoo of the town.", "We should close the zoo of the town."),
        ("Again - zoos should be closed for good.", "Zoos should be closed for good."),
        ("The zoo itself, I believe, is not what tourists come to see.",
         "The zoo itself is not what tourists come to see."),
        ("Zoos are cruel places, and I think the trade in cubs is wrong.",
         "Zoos are cruel places, and the trade in cubs is wrong."),
        ("Zoos are an excessive cost to a town, IMO.", "Zoos are an excessive cost to a town."),
        ("The city will now open its zoo at four in the morning, which is absurd!",
         "The city will now open its zoo at four in the morning, which is absurd."),
        ("We are closing perfectly good zoos in the city because of low fares.",
         "We are closing perfectly good zoos in the city because of low fares."),
        ("It is simplistic to say all we, as a community, need is another zoo.",
         "It is simplistic to say all we, as a community, need is another zoo."),
        ("The council - which is green because its seats are in doubt - should close the zoo.",
         "The council - which is green because its seats are in doubt - should close the zoo."),
        ("Simply banning the sale of bottles because they litter makes little sense.",
         "Simply banning the sale of bottles because they litter makes little sense."),
        ("The problems of zoos go well beyond cages, however.",
         "The problems of zoos go well beyond cages."),
        ("It’s time to close every zoo in the land.", "It’s time to close every zoo in the land."),
        ("No, schools should ban phones.", "Schools should ban phones."),
        ("First aid should be taught early.", "First aid should be taught early."),
        ("CMV: Zoos should all be closed", "Zoos should all be closed."),
        ("Zoos should all be closed, CMV", "Zoos should all be closed."),
        ("Parents must know what their children do.", "Parents must know what their children do."),
        ("schools should ban loud phones", "Schools should ban loud phones."),
        ("<p>Schools should ban <b>loud</b> phones.</p>", "Schools should ban loud phones."),
        ("Anna: Schools should ban loud phones.", "Schools should ban loud phones."),
        ("If we want quiet schools, we should ban phones.",
         "If we want quiet schools, we should ban phones."),
        ("If theatres close, children will have nothing to see.",
         "If theatres close, children will have nothing to see."),
        ("For all these reasons, I am convinced that zoos should be closed.",
         "Zoos should be closed."),
        ("The first reason is that animals suffer in cages.", "Animals suffer in cages."),
        ("I tend to agree with the latter opinion: zoos do more harm than good.",
         "Zoos do more harm than good."),
        ("The real problem, however, is the price.", "The real problem is the price."),
        ("The risk of a fire is no reason to close the woods.",
         "The risk of a fire is no reason to close the woods."),
        ("Low rightly argues that zoos are cruel places.", "Zoos are cruel places."),
        ("Trees are a good choice in my opinion.", "Trees are a good choice."),
        ("Cities should therefore plant trees.", "Cities should plant trees."),
        ("Yet the choice between the two is a false one.",
         "The choice between the two is a false one."),
        ("I don't think athletes are overpaid.", "Athletes are not overpaid."),
        ("I do not agree that fast food should be taxed.", "Fast food should not be taxed."),
        ("If phones distract a class, schools should ban them.",
         "If phones distract a class, schools should ban them."),
        ("Work makes it easier to find friends.", "Work makes it easier to find friends."),
        ("To call a ban on zoos ‘unfair’ is wrong.", "To call a ban on zoos ‘unfair’ is wrong."),
        ("A ban on zoos is in no way ‘unfair.’", "A ban on zoos is in no way ‘unfair’."),
        ("Zoos should go the way of the fairs of the ’80s.",
         "Zoos should go the way of the fairs of the ’80s."),
        ("A ban on zoos is in no way 'unfair.'", "A ban on zoos is in no way 'unfair'."),
        ("[iii] Zoos should be closed to visitors.", "Zoos should be closed to visitors."),
        ("We must act in that way of our fathers.", "We must act in that way of our fathers."),
        ("Cities should also plant trees.", "Cities should plant trees."),
        ("To begin, zoos are cruel places.", "Zoos are cruel places."),
        ("Speaking of zoos, cages are cruel places.", "Cages are cruel places."),
        ("Rather there is room for parks.", "There is room for parks."),
        ("We should understand, though, that zoos are cruel places.", "Zoos are cruel places."),
        ("The number of zoos has, indeed, remained too high.",
         "The number of zoos has remained too high."),
        ("Cages are there for one purpose only.", "Cages are there for one purpose only."),
        ("It is going too far to close every zoo.", "It is going too far to close every zoo."),
        ("Neighbours should support one another.", "Neighbours should support one another."),
        ("A railway is a service and should be run as one.",
         "A railway is a service and should be run as one."),
        ("It is a mistake that matters to all.", "It is a mistake that matters to all."),
        ("First and foremost, zoos are cruel places.", "Zoos are cruel places."),
        ("I am entirely convinced that zoos are cruel places.", "Zoos are cruel places."),
        ("Some researchers have found that zoos shorten the lives of seals.",
         "Zoos shorten the lives of seals."),
        ("One of the most striking findings is that cages shorten the lives of seals.",
         "Cages shorten the lives of seals."),
        ("The clear message is that zoos are cruel places.", "Zoos are cruel places."),
        ("Every visitor knows that cages are cruel places.", "Cages are cruel places."),
        ("Put very simply, cages are cruel places.", "Cages are cruel places."),
        ("But zoos shouldn't exist.", "Zoos shouldn't exist."),
        ("There is one thing the zoos do right: they feed the bears.",
         "There is one thing the zoos do right: they feed the bears."),
        ("Zoos should help those most in need of care.",
         "Zoos should help those most in need of care."),
        ("Former zoos should be turned into parks.", "Former zoos should be turned into parks."),
        ("There is no such thing as a happy bear.", "There is no such thing as a happy bear."),
        ("Keepers must put life above everything else.",
         "Keepers must put life above everything else."),
        ("Every child learns more if they see a bear.",
         "Every child learns more if they see a bear."),
        ("Cages have no place in this world.", "Cages have no place in this world."),
        ("If zoos are free, people may care less.", "If zoos are free, people may care less."),
        ("Nobody knows how many bears there are.", "Nobody knows how many bears there are."),
        ("This is wrong; zoos should be closed to visitors.",
         "Zoos should be closed to visitors."),
        ("Most zoos love narrow cages, which do no good to any bear.",
         "Most zoos love narrow cages, which do no good to any bear."),
        ("Keepers of zoos need to understand that cages are cruel places.",
         "Cages are cruel places."),
        ("First off, we all agree that zoos are cruel places.", "Zoos are cruel places."),
        ("Zoos are not what they used to be.", "Zoos are not what they used to be."),
        ("Cages (some of them new) are cruel places.", "Cages are cruel places."),
        ("'Freedom' means little to a bear in a cage.",
         "'Freedom' means little to a bear in a cage."),
        ("A cage isn't just too small for a wild bear; it's too warm.",
         "A cage isn't just too small for a wild bear; it's too warm."),
        ("In a democracy, it matters who votes.", "In a democracy, it matters who votes."),
        ("In a small town, it is hard to keep a zoo.",
         "In a small town, it is hard to keep a zoo."),
        ("Either zoos are closed or bears will suffer.",
         "Either zoos are closed or bears will suffer."),
    ],
)  # fmt: skip
def test_a_motion_reads_as_if_it_had_been_written(claim: str, wording: str) -> None:
    assert made(claim) == wording


@pytest.mark.parametrize(
    "claim",
    [
        "If assurances are worthless, then every state should arm itself.",
        "If lessons make good voters, give the lessons.",
        "Ann Low, one of the best-known keepers of the town, points out that zoos are empty.",
        "This is the key to zoos: keepers who know the animals and love them.",
        "This makes them a danger to the street.",
        "It is a daunting task, but a necessary one.",
        "He must not be allowed to win.",
        "Such recommendations fail to convince.",
        "What should we do about zoos?",
        "I was wrong about zoos for years.",
        "The case proves that these treaties are hollow.",
        "Trees work.",
        "It’s an excessive cost to every town.",
        "That's not the real world of zoos.",
        "Other than that, zoos are perfect.",
        "We need far more of that.",
        "We here in this part of town are not.",
        "Zoos are right out (and Low agreed; he said so.",
        "The exact opposite happened in the zoos.",
        "Past that, zoos are a flaw in the system.",
        "Easier to run than a park by far.",
        "I also agree with testing drugs on animals.",
        "I feel that way about zoos.",
        "Zoos are limiting my freedom to walk about.",
        "Nor should the answer be to accept the arsenal.",
        "Never should a city sell its water.",
        "A party that wants their votes will have to come and ask for them.",
        "The rest should be left to the schools.",
        "Universities should help them to find a job.",
        "The idea is less adventurous than it sounds.",
        "The risk exists in every school of the land.",
        "Many are about to move house for the first time.",
        "The state should protect the youngest from it.",
        "I don't think everyone should vote.",
        "I don't believe that those who are old should vote.",
        "The opposite is going to happen here.",
        "To that end there needs to be more cooperation.",
        "Adults live under arrangements of just that kind.",
        "First is the cost of fares in a town.",
        "One argument in favour of zoos is that children learn about animals there.",
        "Every Time I Think We Should Close the Zoos of This City.",
        "The interesting question is whether the zoos of a city should be closed.",
        "Although, trees are useful in summer, it is essential that cities sweep their leaves.",
        "Second, and perhaps more important, is the fairness of a tax that all pay.",
        "It's just going to be a huge hassle for zoos and parks.",
        "To use that as an argument misses the point.",
        "We need to bring that back to the town.",
        "The city needs ideas for taming that elephant.",
        "Arming keepers who are already there is far better.",
        "The keepers stationed there give a promise to the town.",
        "Everyone around here is up in arms.",
        "The objections to cages are equally absurd.",
        "Those who keep one take part in cruelty.",
        "Like any fair, one is better than a zoo.",
        "Zoos want exactly the opposite, and parks want more.",
        "A zoo could be opened if the other side agreed.",
        "If you're really good at it you can train seals.",
        "We can wait two years, until they are strangers to the town.",
        "Ms Low says cages may not be the cause of death.",
        "County officials are exploring an option to close the zoo.",
        "We do not want to harm animals in any way.",
        "Time will tell if our zoos are wise or poor.",
        "The proof is in the research.",
        "Especially since the only real choices are cages or fences.",
        "The reality is it cannot be avoided by any town.",
        "To be honest, we're sick of writing about it.",
        "Ann Bell from the Green League vocalizes that zoos should be closed.",
        "On Sunday, Ann Bell says we should close the zoos.",
        "The second is to reduce the number of zoos.",
        "One of the most important is the record price of seals.",
        "Far worse is a life without a keeper for an old bear.",
        "Either would be better than what we have.",
        "Those who want them deserve better than a lecture.",
        "After salaries, it's our biggest cost by a long way.",
        "For most visitors, it usually is a good reason.",
        "In many small towns, they can get a keeper for free.",
        "Zoos should pick one and be done with the debate.",
        "We cannot let a zoo continue when no one can say why it should.",
        "After that — well, the town should close the zoo.",
        "Sounds nice, but the bears should be set free.",
        "Qualities such as courage and patience.",
        "A keeper should be no different.",
        "Cheap winter cages.",
        "The former leads to trouble in the zoo.",
        "Keepers who do those will lose their bears.",
        "The bears described above should be set free.",
        "Former keeper Ann Bell said zoos should be closed.",
        "A ban would bring the town in line with others.",
        "The comparison is ridiculous in every way.",
        "It is similar to the claim that bears like cages.",
        "The keepers are only helping a few bears.",
        "Because no honest reason exists to keep a bear.",
        "In doing so, towns would be paying keepers for nothing.",
        "Nothing could be further from the truth.",
        "There is no quarrel between the two.",
        "Perhaps the solution lies in doing less for bears.",
        "Bell points out, a zoo is a costly way to keep a bear.",
        "Go to the zoo and look at the bears.",
        "Except for one thing, a zoo is a good home for a bear.",
    ],
)
def test_what_does_not_stand_alone_makes_no_motion(claim: str) -> None:
    assert made(claim) is None


def test_a_marker_of_another_language_makes_no_motion() -> None:
    assert made("Die Schulen sollten bald damit anfangen.", "de") is None
    assert made("Ohne Handys wäre das nicht passiert.", "de") is None
    assert made("Cette mesure doit être prise partout.", "fr") is None
    assert made("Por eso estas corridas deben acabar.", "es") is None
    assert made("Dennoch gewinnt der Unterricht dabei sehr.", "de") is None
    assert made("Il est obsédé par les notes de l'école.", "fr") is None
    assert made("Cela rend les écoles plus calmes.", "fr") is None
    assert made("Esto hace que las escuelas mejoren.", "es") is None
    assert made("Questo rende migliori le scuole di oggi.", "it") is None


@pytest.mark.parametrize(
    ("language", "claim"),
    [
        ("de", "Er sollte die Schulen sofort schließen."),
        ("de", "Der Grund ist die Angst vor dem Zoo."),
        ("de", "Die Schule sollte mir und meinen Kindern helfen."),
        ("de", "Keine einzige findet die neuen Zoos der Stadt gut."),
        ("de", "Obwohl viele Bären aus anderen Ländern stammen."),
        ("de", "Man sollte solch eine Regelung in jedem Zoo haben."),
        ("de", "Ebenso wissen kluge Leute, dass Zoos grausam sind."),
        ("fr", "Elle devrait fermer les écoles tout de suite."),
        ("fr", "Pour les gens timides, c'est favorable à la rencontre."),
        ("fr", "La raison est la peur du zoo."),
        ("fr", "L'école devrait aider mes enfants à lire."),
        ("es", "Ellos deben cerrar las escuelas ahora."),
        ("es", "Lo mismo ocurre con los toros de feria."),
        ("es", "Son buenos para fomentar el respeto de los niños."),
        ("es", "De lo que no soy partidario es de cerrar las escuelas."),
        ("es", "La escuela debe ayudar a mis hijos."),
        ("it", "Egli deve chiudere subito le scuole."),
        ("it", "Lo stesso vale per gli zoo di oggi."),
        ("it", "La scuola deve aiutare i miei figli."),
    ],
)
def test_what_points_outside_makes_no_motion_in_any_language(language: str, claim: str) -> None:
    assert made(claim, language) is None


def test_every_shipped_language_says_what_stands_alone_and_how_it_is_cut() -> None:
    for language in languages():
        own = source(language)
        assert own["standing"].keys() >= {"dangling", "leans", "first"}, language
        assert own["motion"].keys() >= {"reason", "reasons", "denies", "condition"}, language


@pytest.mark.parametrize(
    ("language", "claim", "wording"),
    [
        ("de", "Die Schule sollte Handys verbieten.", "Die Schule sollte Handys verbieten."),
        ("de", "Aber die Schule sollte Handys verbieten.", "Die Schule sollte Handys verbieten."),
        ("de", "Ich finde, der Zoo sollte bleiben.", "Der Zoo sollte bleiben."),
        ("de", "Daher sollte die Schule Handys verbieten.", "Die Schule sollte Handys verbieten."),
        ("de", "Erstens lenken Handys vom Lernen ab.", "Handys lenken vom Lernen ab."),
        ("de", "Meiner Meinung nach sollte es ein Verbot geben.", "Es sollte ein Verbot geben."),
        ("fr", "À mon avis, il faut fermer les zoos.", "Il faut fermer les zoos."),
        ("es", "En primer lugar, los toros sufren mucho.", "Los toros sufren mucho."),
        ("fr", "Cependant, l’école doit rester gratuite.", "L’école doit rester gratuite."),
        ("fr", "Il faut un monde « nouveau » sans zoos.", "Il faut un monde 'nouveau' sans zoos."),
        ("de", "Eigentlich braucht kein Land einen Zoo.", "Kein Land braucht einen Zoo."),
        ("es", "En México también deben cerrar los zoos.", "En México deben cerrar los zoos."),
        ("fr", "La voiture apparaît clairement pour ce qu'elle est: un objet coûteux.",
         "La voiture apparaît clairement pour ce qu'elle est: un objet coûteux."),
        ("es", "Los niños deben vivir la infancia como lo que son: como niños.",
         "Los niños deben vivir la infancia como lo que son: como niños."),
        ("fr", "Il est temps de fermer les zoos.", "Il est temps de fermer les zoos."),
        ("fr", "Du coup, les zoos doivent fermer.", "Les zoos doivent fermer."),
        ("fr", "Le problème, c'est que les zoos sont cruels.", "Les zoos sont cruels."),
        ("fr", "Je pense que les zoos doivent fermer.", "Les zoos doivent fermer."),
        ("es", "Sin embargo, la escuela debe ser laica.", "La escuela debe ser laica."),
        ("es", "En mi opinión, el voto debe ser libre.", "El voto debe ser libre."),
        ("it", "Tuttavia, la scuola deve essere laica.", "La scuola deve essere laica."),
        ("it", "A mio avviso, il voto deve essere libero.", "Il voto deve essere libero."),
        ("it", "I genitori devono poter scegliere la scuola.",
         "I genitori devono poter scegliere la scuola."),
        ("de", "Die Schulen sollten Handys im ganzen Haus verbieten, weil sie stören.",
         "Die Schulen sollten Handys im ganzen Haus verbieten."),
        ("fr", "Les écoles doivent interdire les téléphones en classe parce qu'ils dérangent.",
         "Les écoles doivent interdire les téléphones en classe."),
        ("es", "Las escuelas deben prohibir los teléfonos móviles porque molestan.",
         "Las escuelas deben prohibir los teléfonos móviles."),
        ("it", "Le scuole devono vietare i telefoni cellulari perché disturbano.",
         "Le scuole devono vietare i telefoni cellulari."),
        ("es", "En mi opinión, yo creo que los deberes son necesarios, ya que estos les enseñan.",
         "Los deberes son necesarios."),
        ("de", "Wir würden ohne Zoos nichts lernen, denn diese zeigen Tiere.",
         "Wir würden ohne Zoos nichts lernen."),
        ("it", "Secondo me lo zoo è utile, poiché questo insegna molto.", "Lo zoo è utile."),
        ("fr", "En un mot, les zoos enferment les animaux.", "Les zoos enferment les animaux."),
        ("fr", "Les écoles ne doivent pas fermer parce qu'il neige.",
         "Les écoles ne doivent pas fermer parce qu'il neige."),
    ],
)  # fmt: skip
def test_markers_of_another_language_are_left_out_where_a_sentence_remains(
    language: str, claim: str, wording: str
) -> None:
    assert made(claim, language) == wording


NEGATIONS = re.compile(r"\b(?:not|no|nor|never|neither|nobody|none)\b|n't\b")
MARKERS = (
    "",
    "But ",
    "However, ",
    "So ",
    "In conclusion, ",
    "I believe that ",
    "CMV: ",
    "Overall, ",
)
SUBJECTS = (
    "Schools",
    "No school",
    "Nobody",
    "Nor",
    "Neither",
    "First aid",
    "Still waters",
    "So-called zoos",
)
VERBS = ("should close", "should not close", "must never close", "don't have to close")
REASONS = ("", ", because cities need rest", " because cities need rest", ", as many towns do")


@given(*map(st.sampled_from, (MARKERS, SUBJECTS, VERBS, REASONS)))
def test_a_motion_denies_exactly_as_often_as_its_clause(
    marker: str, subject: str, verb: str, reason: str
) -> None:
    claim = f"{marker}{subject} {verb} the old city gates at night{reason}."
    wording = made(claim)
    if wording is not None:
        assert len(NEGATIONS.findall(wording.lower())) == len(NEGATIONS.findall(claim.lower()))
        assert subject.lower() in wording.lower()


def test_a_reason_that_a_negation_reaches_is_not_cut_off() -> None:
    claim = "We do not tax tobacco so hard because we hate smokers."
    assert made(claim) == claim


@given(st.text(st.sampled_from("abc I we that this“”\"'.,?!;: \n«»é😀"), min_size=1, max_size=120))
def test_a_motion_is_one_line_without_double_quotation_marks(text: str) -> None:
    wording = made(text)
    if wording is not None:
        assert not set(wording) & set('“”"«»\n?')
        assert wording.endswith(".")
        assert wording == wording.strip()
