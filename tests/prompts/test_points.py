"""What a summary promises, on made-up and on written debates."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.model import Remark, Stance, Summary
from prompts.summary import sum_up
from prompts.talk import parts

FOR, AGAINST, TORN = Stance.FOR, Stance.AGAINST, Stance.TORN
ZOOS = "Zoos should be closed"


def remarks(*rows: tuple[str, Stance | None, str]) -> list[Remark]:
    return [Remark(f"r{k}", who, text, side) for k, (who, side, text) in enumerate(rows)]


def people(found: Summary) -> set[str]:
    placed = {member for point in (*found.points, *found.lone) for member in point.members}
    placed |= {excerpt.remark.member for excerpt in found.open}
    return placed | {remark.member for remark in found.aside}


def excerpts(found: Summary) -> list[str]:
    shown = [point.excerpt for point in (*found.points, *found.lone, *found.shared)]
    return [excerpt.text for excerpt in (*shown, *found.open)]


# -- three written debates --------------------------------------------------------------------

ZOO_DEBATE = remarks(
    ("Ana", FOR, "Hi all! Keeping elephants in a cage is cruel, they suffer their whole lives."),
    ("Ben", FOR, "Animals suffer in cages. No wild animal belongs behind bars."),
    ("Chloe", FOR, "I think it is cruelty: a tiger in captivity paces up and down in misery."),
    ("Dev", FOR, "The entrance fee goes into car parks and gift shops, not into conservation."),
    ("Ela", FOR, "Yes, I agree!"),
    ("Femi", AGAINST, "Without zoos several endangered species would already be extinct."),
    ("Gus", AGAINST, "Breeding programmes saved the condor and other species from extinction."),
    ("Hana", AGAINST, "Children who have seen a real giraffe learn to care about wildlife."),
    ("Ivo", AGAINST, "School classes learn more about wildlife in one day there than from books."),
    ("Jun", AGAINST, "lol has anyone seen my umbrella 😂 I left it in room 12"),
    ("Kim", AGAINST, "Some zoos keep animals in cages far too small, they suffer in cages."),
    ("Lea", TORN, "A bad zoo is a prison, a good one is an ark, and the motion treats them alike."),
    ("Mo", None, "Who would pay for feeding the giraffes once the gates are shut?"),
)

UNIFORM = "School uniforms should be compulsory"
UNIFORM_DEBATE = remarks(
    ("0", FOR, "Uniforms hide who is rich and who is poor."),
    ("1", FOR, "With uniforms nobody can tell rich families from poor families."),
    ("2", FOR, "Poor pupils are not mocked for cheap clothes when all wear uniforms."),
    ("3", FOR, "It saves parents money because they buy fewer clothes."),
    ("4", FOR, "Uniforms are cheaper for parents than a wardrobe of fashion."),
    ("5", FOR, "Getting dressed takes a minute, so mornings are calmer."),
    ("6", FOR, "Same here."),
    ("dissenter", AGAINST, "Choosing what to wear is how teenagers find out who they are."),
)

AUTOFREI = "Die Innenstadt soll autofrei werden"
AUTO_DEBATTE = remarks(
    ("Anke", FOR, "Hallo zusammen! Ohne Autos wird die Luft in der Innenstadt endlich sauber."),
    ("Bernd", FOR, "Weniger Autos heißt weniger Abgase und bessere Luft für die Anwohner."),
    ("Cem", FOR, "Kinder können auf der Straße spielen, ohne überfahren zu werden."),
    ("Dora", FOR, "Stimmt, sehe ich auch so."),
    ("Emil", AGAINST, "Viele Läden verlieren Kunden, wenn niemand mehr parken kann."),
    ("Frida", AGAINST, "Geschäfte leben von Kunden, die mit dem Auto in die Innenstadt kommen."),
    ("Gül", AGAINST, "Meine Oma kann nicht Rad fahren und braucht das Auto zum Arzt."),
    ("Hans", None, "Wie sollen Handwerker ihr Werkzeug zur Baustelle bringen?"),
)


def test_like_points_are_grouped_and_count_their_people() -> None:
    found = sum_up(ZOOS, ZOO_DEBATE)
    groups = {(point.stance, point.members) for point in found.points}
    assert (AGAINST, frozenset({"Femi", "Gus"})) in groups
    assert (AGAINST, frozenset({"Hana", "Ivo"})) in groups
    cruel = next(point for point in found.points if point.stance is FOR)
    assert {"Ana", "Ben"} <= cruel.members


def test_what_only_one_person_says_is_kept() -> None:
    lone = {member for point in sum_up(ZOOS, ZOO_DEBATE).lone for member in point.members}
    assert {"Dev", "Lea"} <= lone


def test_a_point_that_both_sides_make_is_shared_ground() -> None:
    (shared,) = sum_up(ZOOS, ZOO_DEBATE).shared
    assert shared.stance is None
    assert {"Ben", "Kim"} <= shared.members
    assert "suffer" in shared.excerpt.text


def test_agreement_alone_and_by_talk_are_set_aside() -> None:
    assert {remark.member for remark in sum_up(ZOOS, ZOO_DEBATE).aside} == {"Ela", "Jun"}


def test_a_question_that_nobody_takes_up_stays_open() -> None:
    (asked,) = sum_up(ZOOS, ZOO_DEBATE).open
    assert asked.text.startswith("Who would pay for feeding")


def test_a_question_that_somebody_takes_up_is_not_open() -> None:
    answered = remarks(
        ("Mo", None, "Who would pay for feeding the giraffes once the gates are shut?"),
        ("Ana", FOR, "The state would pay for feeding the giraffes, as it does now."),
    )
    assert sum_up(ZOOS, answered).open == ()


def test_a_greeting_is_no_part_of_an_excerpt() -> None:
    assert not any(text.startswith(("Hi", "Hallo")) for text in excerpts(sum_up(ZOOS, ZOO_DEBATE)))


def test_a_lone_dissenter_stays_visible() -> None:
    found = sum_up(UNIFORM, UNIFORM_DEBATE)
    (dissent,) = [point for point in found.lone if point.stance is AGAINST]
    assert dissent.members == {"dissenter"}
    rich = next(p for p in found.points if {"0", "1"} <= p.members)
    assert "3" not in rich.members
    assert any({"3", "4"} <= point.members for point in found.points)


def test_german_remarks_are_grouped_by_german_words() -> None:
    found = sum_up(AUTOFREI, AUTO_DEBATTE, "de")
    groups = {point.members for point in found.points}
    assert {"Anke", "Bernd"} in groups
    assert {"Emil", "Frida"} in groups
    assert [remark.member for remark in found.aside] == ["Dora"]
    assert [asked.remark.member for asked in found.open] == ["Hans"]


@pytest.mark.parametrize(
    ("motion", "debate", "language"),
    [(ZOOS, ZOO_DEBATE, "en"), (UNIFORM, UNIFORM_DEBATE, "en"), (AUTOFREI, AUTO_DEBATTE, "de")],
)
def test_everybody_who_wrote_is_in_the_summary(
    motion: str, debate: list[Remark], language: str
) -> None:
    assert people(sum_up(motion, debate, language)) == {remark.member for remark in debate}


# -- one thing at a time ----------------------------------------------------------------------


def test_one_member_who_floods_counts_once() -> None:
    flood = [("Ana", FOR, f"Cages make animals suffer, number {k}.") for k in range(30)]
    found = sum_up(ZOOS, remarks(*flood, ("Ben", FOR, "Animals suffer in cages.")))
    assert all(len(point.members) <= 2 for point in found.points)
    assert people(found) == {"Ana", "Ben"}


def test_nobody_is_named_for_one_word_in_common() -> None:
    """A forced vote and people who are not forced to come: two points, of two people (#8)."""
    forced = remarks(
        ("Ana", AGAINST, "Make election day a holiday and people come without being forced."),
        ("Ben", AGAINST, "A forced choice is no free choice."),
    )
    assert {p.members for p in sum_up("Voting should be compulsory", forced).lone} == {
        frozenset({"Ana"}),
        frozenset({"Ben"}),
    }


def test_sides_are_never_mixed_in_a_point() -> None:
    text = "Animals suffer in cages and nobody can deny it."
    found = sum_up(ZOOS, remarks(("Ana", FOR, text), ("Ben", AGAINST, text), ("Cy", None, text)))
    assert {(point.stance, *point.members) for point in found.lone} == {
        (FOR, "Ana"),
        (AGAINST, "Ben"),
        (None, "Cy"),
    }


def test_who_took_no_stance_stands_with_the_side_that_says_the_same() -> None:
    text = "Animals suffer in cages and nobody can deny it."
    found = sum_up(ZOOS, remarks(("Ana", FOR, text), ("Cy", None, text)))
    assert found.lone == ()
    assert [(p.stance, p.members) for p in found.points] == [(FOR, frozenset({"Ana", "Cy"}))]


def test_who_took_no_stance_does_not_stand_with_their_contrary() -> None:
    contrary = remarks(
        ("Ana", FOR, "Zoo animals are happy in their enclosures."),
        ("Ben", None, "Zoo animals are not happy in their enclosures."),
    )
    found = sum_up(ZOOS, contrary)
    assert found.points == ()
    assert len(found.lone) == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Zoo animals are{} happy here."), ("es", "Los animales del zoo{} son felices aquí.")],
)
def test_the_contrary_in_the_same_words_is_nothing_that_people_share(
    language: str, said: str
) -> None:
    """Neither across sides nor among those who took none, whatever we know of the language."""
    denied = said.format(" no" if language == "es" else " not")
    for one, other in ((FOR, AGAINST), (None, None)):
        contrary = remarks(("Ana", one, said.format("")), ("Ben", other, denied))
        found = sum_up(ZOOS, contrary, language)
        assert (found.shared, found.points) == ((), ())


def test_a_statement_is_preferred_to_a_question_and_to_throat_clearing() -> None:
    alike = remarks(
        ("Ana", FOR, "Isn't it cruel that elephants suffer in such tiny cages?"),
        ("Ben", FOR, "I think that elephants suffer in tiny cages: cruel."),
        ("Cy", FOR, "All those elephants suffer in tiny cages: cruel."),
    )
    (point,) = sum_up(ZOOS, alike).points
    assert point.excerpt.remark.member == "Cy"


def test_who_only_repeats_the_motion_is_still_heard() -> None:
    (point,) = sum_up(ZOOS, remarks(("Ana", AGAINST, "Zoos should not be closed!"))).lone
    assert point.members == {"Ana"}


def test_repeating_the_motion_is_no_point_beside_a_reason() -> None:
    reason = "Zoos should be closed. Elephants suffer in tiny cages."
    assert excerpts(sum_up(ZOOS, remarks(("Ana", FOR, reason)))) == [
        "Elephants suffer in tiny cages."
    ]


def test_words_that_a_member_only_quotes_are_not_theirs() -> None:
    quoting = remarks(("Ana", FOR, "> Zoos save endangered species.\nThey save their budget."))
    assert excerpts(sum_up(ZOOS, quoting)) == ["They save their budget."]


def test_a_short_afterthought_stays_with_its_sentence() -> None:
    (point,) = sum_up(ZOOS, remarks(("Ana", FOR, "Elephants pace in cages. It is cruel."))).lone
    assert point.excerpt.text == "Elephants pace in cages. It is cruel."


EMPTY = [
    "",
    "   ",
    "😀🎉",
    "👍",
    "https://a.org/b?c=d",
    "`print(1)`",
    "<@U123>",
    "+1",
    "+1 Ned",
    "Thanks!",
]


@pytest.mark.parametrize("text", EMPTY)
def test_a_remark_without_a_point_is_set_aside(text: str) -> None:
    found = sum_up(ZOOS, remarks(("Ana", FOR, text)))
    assert [remark.member for remark in found.aside] == ["Ana"]
    assert found.points == found.lone == found.shared == found.open == ()


@pytest.mark.parametrize(
    "text", ["動物園は動物にとって残酷だ。", "Зоопарки жестоки к животным.", "حدائق الحيوان قاسية."]
)
def test_other_scripts_make_points_too(text: str) -> None:
    (point,) = sum_up(ZOOS, remarks(("Ana", FOR, text)), "en").lone
    assert point.excerpt.text == text


def test_nobody_wrote_and_nothing_is_said() -> None:
    assert sum_up(ZOOS, []) == Summary((), (), (), (), ())


LONG = ["a" * 10_000, "word " * 2_000, "`" * 10_001, "> " * 5_000, "? " * 5_000]


@pytest.mark.parametrize("text", LONG)
def test_a_very_long_remark_is_read_like_any_other(text: str) -> None:
    assert people(sum_up(ZOOS, remarks(("Ana", FOR, text)))) == {"Ana"}


@pytest.mark.parametrize("sign", list("a `>@:<.?'0 \n語😀/"))
def test_a_megabyte_of_one_sign_takes_no_time(sign: str) -> None:
    start = time.process_time()
    sum_up(ZOOS, remarks(("Ana", FOR, sign * 1_000_000)))
    assert time.process_time() - start < 2


# -- what always holds ------------------------------------------------------------------------

WORDS = [
    *("zoos", "animals", "cages", "suffer", "cruel", "species", "extinct", "children", "learn"),
    *("money", "cost", "not", "never", "I", "think", "because?", "lol", "😂", "yes", "agree"),
    *("hello", "thanks", "umbrella", "https://x.org", "freedom", "choice.", "the", "are", "of"),
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
TEXTS = st.one_of(
    SENTENCES, SENTENCES.map(lambda s: s + ". " + s.upper() + "?"), st.text(max_size=60)
)
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([FOR, AGAINST, TORN, None]), TEXTS),
    max_size=24,
)


@settings(max_examples=150)
@given(rows=ROWS, seed=st.randoms(use_true_random=False))
def test_the_order_of_remarks_changes_nothing(
    rows: list[tuple[str, Stance | None, str]], seed: random.Random
) -> None:
    straight = remarks(*rows)
    shuffled = seed.sample(straight, len(straight))
    assert sum_up(ZOOS, shuffled) == sum_up(ZOOS, straight)


@settings(max_examples=150)
@given(rows=ROWS)
def test_everyone_is_represented_and_every_excerpt_is_verbatim(
    rows: list[tuple[str, Stance | None, str]],
) -> None:
    found = sum_up(ZOOS, remarks(*rows))
    assert people(found) == {who for who, _, _ in rows}
    for point in (*found.points, *found.lone, *found.shared):
        assert point.excerpt.text
        assert point.excerpt.text in point.excerpt.remark.text
        assert point.excerpt.remark.id in point.remarks
        assert point.excerpt.remark.member in point.members
    assert all(len(point.members) > 1 for point in found.points)
    assert all(len(point.members) == 1 for point in found.lone)


@settings(max_examples=100)
@given(rows=ROWS)
def test_one_against_twenty_is_always_shown(rows: list[tuple[str, Stance | None, str]]) -> None:
    crowd = [(who, FOR, text) for who, _, text in rows]
    dissent = ("dissenter", AGAINST, "Animals suffer in cages, lol.")
    found = sum_up(ZOOS, remarks(*crowd, dissent))
    assert any(p.members == {"dissenter"} and p.stance is AGAINST for p in found.lone)


def test_a_question_is_no_sides_point_on_the_dividing_line() -> None:
    debate = remarks(
        ("Ana", FOR, "How were the thirty schools in the Birmingham wellbeing study chosen?"),
        ("Ben", AGAINST, "A school does not need a study of wellbeing to ban a phone."),
    )
    assert sum_up("Schools should not ban smartphones", debate).dividing == ()
    enough = "The wellbeing study of thirty schools is enough."
    alone = [debate[1], *remarks(("Ana", FOR, enough))]
    assert sum_up("Schools should not ban smartphones", alone).dividing == ()  # two people
    stated = [*alone, Remark("r2", "Cy", f"{enough} Yes.", FOR)]
    assert sum_up("Schools should not ban smartphones", stated).dividing


def shown(text: str, language: str = "en") -> list[str]:
    """What is quoted of one remark."""
    return [part.excerpt.text for part in parts(Remark("r", "Ada", text), language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Exactly what Finn says."),
        ("en", "+1 Finn"),
        ("en", "I agree with Ada L."),
        ("de", "Stimme Carla zu."),
        ("de", "Genau, wie Carla schon sagt!"),
    ],
)
def test_agreement_with_somebody_who_is_named_is_no_point(language: str, text: str) -> None:
    assert not shown(text, language)


def test_what_is_said_of_somebodys_words_is_a_point() -> None:
    assert shown("What Finn says ruins the argument of the whole chapter.")


def test_whoever_is_agreed_with_is_quoted_rather_than_who_agrees() -> None:
    found = sum_up(
        "The state should pay everybody a basic income",
        [
            Remark("1", "Finn", "A basic income ends begging at the welfare office.", Stance.FOR),
            Remark("2", "Gia", "Agree with Finn, no begging at the welfare office.", Stance.FOR),
        ],
    )
    (both,) = found.points
    assert both.excerpt.remark.member == "Finn"
    assert both.members == {"Finn", "Gia"}


def test_what_points_back_stays_with_what_it_points_to() -> None:
    whole = "I need my phone to reach my mum if the bus is late. A total ban ignores that."
    assert shown(whole) == [whole]


@pytest.mark.parametrize(
    ("language", "whole"),
    [
        ("en", "Oh sure, because the job centre has been such a success so far. /s"),
        ("es", "Claro, y la tabla del siete se aprende sola, ¿no? 🙄"),  # of no words of ours
    ],
)
def test_a_sign_of_irony_stays_with_what_is_meant(language: str, whole: str) -> None:
    assert shown(whole, language) == [whole]
    (lone,) = sum_up("Zoos?", [Remark("1", "Ada", whole, Stance.FOR)], language).lone
    assert lone.excerpt.text == whole


BUSES = "Local buses should be free of charge"
RIDERS = [
    Remark(
        "1", "Ada", "Free buses get people out of their cars, and air gets cleaner.", Stance.FOR
    ),
    Remark("2", "Bo", "Fewer cars on the road means cleaner air for everybody.", Stance.FOR),
    Remark("3", "Dee", "Somebody has to pay the drivers: the taxpayer will.", Stance.AGAINST),
    Remark("4", "Eli", "Taxpayers who never ride would pay the drivers anyway.", Stance.AGAINST),
    Remark("5", "Kit", "Taxpayers pay for roads, so let them pay the drivers, too.", Stance.FOR),
    Remark("6", "Jo", "Who left a blue scarf in room 4?"),
    Remark("7", "Uma", "Who pays for the extra conductors?"),
    Remark("8", "Vic", "Does Kant say a single word about this?"),
]


def test_nobody_is_named_beside_a_sentence_unlike_their_own() -> None:
    found = sum_up(BUSES, RIDERS)
    for one in found.points:
        if one.excerpt.remark.member in {"Ada", "Bo"}:
            assert one.members == {"Ada", "Bo"}
    assert people(found) == {remark.member for remark in RIDERS}


def test_what_both_sides_say_is_shown_as_on_the_side_where_several_hold_it() -> None:
    found = sum_up(BUSES, RIDERS)
    (both,) = found.shared
    assert both.excerpt in {one.excerpt for one in found.points}
    assert both.members == {"Dee", "Eli", "Kit"}


def test_a_question_from_beside_the_debate_is_set_aside_and_no_other_is() -> None:
    found = sum_up(BUSES, RIDERS)
    assert {remark.member for remark in found.aside} == {"Jo"}
    assert {asked.remark.member for asked in found.open} >= {"Vic"}
    again = [*RIDERS[:5], Remark("6", "Jo", RIDERS[5].text, heard=True)]  # a facilitator wants it
    assert not sum_up(BUSES, again).aside


def test_among_many_nobody_is_named_with_who_keeps_other_company() -> None:
    """Two words in common are two words; whom else each of them is like tells more (#8)."""
    pair = [
        ("ana", Stance.FOR, "School classes see tigers suffer behind bars."),
        ("bo", Stance.FOR, "School classes pay too much for tickets."),
    ]
    cages = ("cages", "bars", "a cage", "their bars", "iron bars")
    crowd = [
        (f"p{n}", Stance.FOR, f"{animal} suffer behind {cages[n % 5]}.")
        for n, animal in enumerate(("Tigers", "Lions", "Bears", "Apes", "Wolves") * 2)
    ]
    crowd += [
        (f"q{n}", Stance.FOR, f"{who} pay too much for {what}.")
        for n, (who, what) in enumerate(
            (w, t) for w in ("Families", "Students") for t in ("tickets", "entry", "a day", "food")
        )
    ]

    def together(*rows: tuple[str, Stance | None, str]) -> bool:
        found = sum_up("Zoos should be closed.", remarks(*rows))
        return any({"ana", "bo"} <= point.members for point in found.points)

    assert together(*pair)
    assert not together(*pair, *crowd)
