"""Who speaks in a clause."""

import pytest

from prompts.clauses import outline
from prompts.mine import reading
from prompts.voices import voices


def heard(text: str, language: str = "en") -> list[tuple[str, str, str | None]]:
    """(voice, words, holder) of every clause."""
    doc = outline(reading(text, language=language))
    return [
        (said.voice.value, doc.text(said.clause), said.holder)
        for spoken in voices(doc)
        for said in spoken
    ]


def first(text: str) -> tuple[str, str | None]:
    voice, _, holder = heard(text)[0]
    return voice, holder


@pytest.mark.parametrize(
    ("text", "voice", "holder"),
    [
        ("Cities should plant more trees.", "author", None),
        ("Some critics may argue that trees are expensive.", "reported", "Some critics"),
        ("Supporters of a ban claim that it works.", "reported", "Supporters of a ban"),
        ("Friends of the Treaty claim that it works.", "reported", "Friends of the Treaty"),
        ("It is often claimed that trees are expensive.", "reported", None),
        ("Some people opine that trees are expensive.", "reported", "Some people"),
        ("The second school of thought states: trees are expensive.", "reported", None),
        ("Doug Bandow argues that the war will not end soon.", "reported", "Doug Bandow"),
        ("Bandow correctly argues that the war will not end soon.", "author", "Bandow"),
        ("The mayor says that trees are expensive.", "reported", "The mayor"),
        ("Mayor Ann Low has warned that trees are expensive.", "reported", "Mayor Ann Low"),
        ("Protesters say these trees are in the way.", "reported", "Protesters"),
        ("My neighbour thinks the street is too dark.", "reported", "My neighbour"),
        ("We are often told that trees are expensive.", "reported", None),
        ("Conventional wisdom has it that trees are dear.", "reported", "Conventional wisdom"),
        ("The paper suggests that trees are expensive.", "author", None),
        ("According to the mayor, trees are expensive.", "reported", "the mayor"),
        ("The minister said that trees had been felled.", "author", None),
        ("The weather suggests that trees will fall.", "author", None),
        ("Nobody has said that trees are cheap.", "author", None),
        ("I argue that the war will not end soon.", "author", None),
        ("Studies show that trees cool a street.", "author", None),
        ("Granted, trees are expensive.", "conceded", None),
        ("Certainly trees must be watered.", "author", None),
        ("“We will never plant a tree again in this town,” he said.", "quoted", None),
        ("The conclusion by analysts such as Ann Low is that the deal is dead.", "reported",
         "analysts such as Ann Low"),
    ],
)  # fmt: skip
def test_the_voice_of_a_sentence(text: str, voice: str, holder: str | None) -> None:
    assert first(text) == (voice, holder)


def test_a_concession_is_granted_only_beside_its_main_clause() -> None:
    assert [v for v, _, _ in heard("Although trees are expensive, cities need them.")] == [
        "conceded",
        "author",
    ]
    assert first("While Popov was head of the firm, it lost its best people.")[0] == "author"
    told = heard("While keeping the staff hostage, the men asked for a bus.")
    assert {voice for voice, _, _ in told} == {"author"}


def test_an_insertion_after_the_conjunction_does_not_end_the_concession() -> None:
    spoken = heard(
        "Even if, like with the case in Norway, the culprits were known, nobody was tried."
    )
    assert spoken[-1][:2] == ("author", "nobody was tried.")


def test_certainly_grants_where_a_contrast_answers_it() -> None:
    spoken = heard("Certainly trees are expensive. But a street without trees is worse.")
    assert [voice for voice, _, _ in spoken] == ["conceded", "author"]


def test_a_told_view_goes_on_while_the_next_sentence_hangs_on_it() -> None:
    spoken = heard(
        "Critics say that trees are expensive. They add that leaves block drains. "
        "But people like shade."
    )
    assert [voice for voice, _, _ in spoken] == ["reported", "reported", "author"]


def test_a_named_opponent_keeps_the_word_in_the_next_sentence() -> None:
    spoken = heard(
        "Bandow rightly argues that this is bad. But he goes on to suggest a pivot to control."
    )
    assert spoken[-1] == ("reported", "But he goes on to suggest a pivot to control.", "Bandow")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Kritiker behaupten, dass es nichts bringt. Obwohl das schwer ist, soll man es tun.",
        ),
        ("fr", "Certains affirment que cela coûte trop. Bien que ce soit cher, on doit le faire."),
        ("es", "Algunos sostienen que es caro. Aunque es difícil, debemos hacerlo ahora mismo."),
        ("it", "Alcuni sostengono che costa troppo. Benché sia caro, dobbiamo farlo subito."),
    ],
)
def test_other_languages_tell_and_concede_too(language: str, text: str) -> None:
    assert [voice for voice, _, _ in heard(text, language)] == ["reported", "conceded", "author"]


@pytest.mark.parametrize(
    ("language", "text", "holder"),
    [
        ("de", "Ministerin Schmidt behauptet, dass alle Kinder ein Gerät brauchen.",
         "Ministerin Schmidt"),
        ("de", "Laut Professor Weber schadet das Verbot niemandem.", "Professor Weber"),
        ("fr", "Jean Dupont affirme que la loi est inutile.", "Jean Dupont"),
        ("fr", "Selon Marie Curie, la science doit rester libre.", "Marie Curie"),
        ("es", "Juan Pérez afirma que la ley es inútil.", "Juan Pérez"),
        ("es", "Según María López, la ciencia debe ser libre.", "María López"),
        ("it", "Luca Rossi afferma che la legge è inutile.", "Luca Rossi"),
        ("fr", "Le maire dit que le projet est trop cher.", "Le maire"),
        ("fr", "Mon voisin pense que le projet est trop cher.", "Mon voisin"),
        ("es", "El alcalde dice que el plan es demasiado caro.", "El alcalde"),
        ("it", "Il sindaco dice che il progetto è troppo caro.", "Il sindaco"),
        ("it", "Secondo Maria Conti, la scienza deve essere libera.", "Maria Conti"),
    ],
)  # fmt: skip
def test_other_languages_name_the_holder_of_a_view(language: str, text: str, holder: str) -> None:
    assert {(voice, who) for voice, _, who in heard(text, language)} == {("reported", holder)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This essay will argue that zoos should be closed."),
        ("de", "Ich glaube, dass die Schule Handys verbieten sollte."),
        ("fr", "Je pense que les zoos doivent fermer."),
        ("es", "Creo que los zoológicos deben cerrar."),
    ],
)
def test_who_speaks_of_their_own_view_is_the_author(language: str, text: str) -> None:
    assert {voice for voice, _, _ in heard(text, language)} == {"author"}


@pytest.mark.parametrize("opening", ["Despite these benefits,", "Nevertheless,", "However,"])
def test_a_view_is_told_behind_what_leads_up_to_it(opening: str) -> None:
    text = f"Zoos teach many children. {opening} some people believe that zoos should be closed."
    assert [voice for voice, words, _ in heard(text) if "closed" in words] == ["reported"]
