"""Who says whom they agree with stands beside that one, and nobody does in doubt."""

from dataclasses import replace

import pytest

from prompts.answering import agreeing
from prompts.model import Remark, Stance, Summary
from prompts.summary import sum_up

MOTION = "The state should pay everybody a basic income"
FINN = Remark("1", "slack:U0FINN", "The welfare office treats you like a criminal.", Stance.FOR)
IDA = Remark("2", "slack:U0IDA", "Landlords would raise the rents the next day.", Stance.AGAINST)
NAMES = {FINN.member: "Finn Lund", IDA.member: "Ida", "ben": "Ben", "kay": "Kay"}


def told(*remarks: Remark, names: dict[str, str] = NAMES) -> Summary:
    said = (FINN, IDA, *remarks)
    return agreeing(sum_up(MOTION, said), said, names)


def ben(text: str, stance: Stance | None = Stance.FOR) -> Remark:
    return Remark("3", "ben", text, stance)


@pytest.mark.parametrize(
    "text",
    [
        "+1 Finn",
        "I agree with Finn Lund.",
        "Exactly what Finn says!",
        "+1 @Finn",
        "+1 <@U0FINN>",
        "Finn is right.",
        "Good point, Finn!",
        "@Finn so true",
        "Totally with Kay and Finn here",
        "I think Finn is right, they do.",
        "💯 what finn said",
        "Hear, hear, Finn.",
        "Agree w/ finn on officers, nobody looks twice.",
        "I agree with Finn about the queue.",
    ],
)
def test_who_agrees_with_somebody_stands_beside_them(text: str) -> None:
    (point,) = told(ben(text)).points
    assert point.excerpt.remark == FINN
    assert point.members == {FINN.member, "ben"}


def test_a_name_may_begin_with_an_initial() -> None:
    (point,) = told(
        ben("F. Lund is right, they do."), names={**NAMES, FINN.member: "F. Lund"}
    ).points
    assert point.members == {FINN.member, "ben"}


def test_who_has_taken_no_stance_may_agree_too() -> None:
    (point,) = told(ben("+1 Finn", None)).points
    assert point.members == {FINN.member, "ben"}


@pytest.mark.parametrize(
    "said",
    [
        [ben("+1 Finn", Stance.AGAINST)],  # of another side
        [ben("+1 Olga")],  # nobody here
        [ben("Finn is late again.")],
        [ben("Good point, Finn, but who pays for the officers?")],
        [ben("I agree with Finn. Only not about the officers.")],
        [ben("Oh sure, Finn is right.")],
        [ben("I don't agree with Finn.")],
        [
            ben("+1 Finn"),
            replace(FINN, id="4", text="A robot tax pays for all of it."),
        ],  # to which?
    ],
)
def test_in_doubt_nobody_stands_beside_anybody(said: list[Remark]) -> None:
    assert not told(*said).points


def test_of_two_with_one_name_neither_is_meant() -> None:
    assert not told(ben("+1 Finn"), names={**NAMES, "kay": "Finn Ode"}).points


@pytest.mark.parametrize("text", ["+1 to finn.l", "what Finn.L said", "Finn.l's point is mine."])
def test_a_name_with_a_dot_is_a_name(text: str) -> None:
    names = {**NAMES, FINN.member: "finn.l"}
    assert bool(told(ben(text), names=names).points) is ("point" not in text)


def test_a_name_that_is_a_plain_word_is_read_in_capitals_only() -> None:
    names = {**NAMES, FINN.member: "This"}
    assert not told(ben("I agree with this."), names=names).points
    (point,) = told(ben("I agree with This."), names=names).points
    assert point.members == {FINN.member, "ben"}


def test_who_is_not_named_gains_nobody() -> None:
    assert not told(ben("+1 Finn"), names={"ben": "Ben"}).points


def test_everybody_is_still_there() -> None:
    found = told(ben("+1 Finn"), Remark("5", "kay", "Thanks!", Stance.FOR))
    placed = {member for p in (*found.points, *found.lone) for member in p.members}
    assert placed | {r.member for r in found.aside} == {*NAMES}


def test_of_several_points_the_one_that_quotes_them_is_meant() -> None:
    finn = replace(FINN, text=f"{FINN.text} And I think a robot tax would pay, no?")
    kay = Remark("5", "kay", "A robot tax would pay for all of it within a year.", Stance.FOR)
    said = (finn, kay, ben("+1 Finn"))
    found = agreeing(sum_up(MOTION, said), said, NAMES)
    (point,) = (p for p in (*found.points, *found.lone) if "ben" in p.members)
    assert point.excerpt.remark == finn


def test_who_is_named_for_agreeing_is_not_quoted_beside_it_for_an_echo() -> None:
    found = told(ben("Exactly what Finn says. Let us listen to him."))
    assert found.points[0].members == {FINN.member, "ben"}
    assert "ben" not in {member for point in found.lone for member in point.members}


def test_what_an_agreeing_member_adds_is_quoted() -> None:
    found = told(ben("+1 Finn, and my sister waited eight months for her papers."))
    assert "ben" in {member for point in found.lone for member in point.members}


def test_who_is_no_member_may_be_right() -> None:
    found = told(ben("Keynes is right."))
    assert "Keynes is right." in {point.excerpt.text for point in found.lone}


@pytest.mark.parametrize(
    "text",
    [
        "Da hat Finn recht.",
        "Ich schließe mich Finn Lund an!",
        "Stimme Kay und Finn zu.",
        "Dito, Finn",
    ],
)
def test_who_agrees_in_german_stands_beside_them_too(text: str) -> None:
    finn = replace(FINN, text="Das Amt behandelt einen wie einen Verbrecher.")
    said = (finn, ben(text))
    found = agreeing(sum_up("Alle sollen ein Grundeinkommen haben", said, "de"), said, NAMES, "de")
    assert [point.members for point in found.points] == [{FINN.member, "ben"}]


def test_everybody_who_is_named_is_agreed_with() -> None:
    rent = Remark("6", "kay", "Nobody would have to fear the end of the month.", Stance.FOR)
    found = told(rent, ben("+1 Finn and Kay"))
    assert {point.excerpt.remark for point in found.points} == {FINN, rent}
