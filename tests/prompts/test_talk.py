"""How remarks are taken apart: what leans on what, and what is more than talk (#8)."""

import pytest

from prompts.model import Remark, Stance
from prompts.summary import sum_up
from prompts.talk import parts

FOR, AGAINST, TORN = Stance.FOR, Stance.AGAINST, Stance.TORN
MOTION = "Private fireworks should be banned on New Year's Eve."


def told(text: str, stance: Stance | None = FOR, language: str = "en") -> list[str]:
    return [part.excerpt.text for part in parts(Remark("1", "ana", text, stance), language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who would come to a village? Nobody, the shuttle bus stops at noon.", "en"),
        ("Wer räumt das auf? Niemand, die Straßenreinigung kommt erst am Montag.", "de"),
    ],
)
def test_a_question_that_its_author_answers_stays_with_the_answer(text: str, language: str) -> None:
    assert told(text, language=language) == [text]


def test_a_question_before_an_argument_is_a_question_still() -> None:
    asked = ["Which towns have tried a ban?", "The smoke alone would be reason enough."]
    assert told(" ".join(asked)) == asked


def test_who_somebody_is_stays_with_what_they_saw() -> None:
    text = "I work in A&E. Every New Year we sew up fingers and eyes."
    assert told(text) == [text]


def test_mine_stays_with_what_it_is_one_of() -> None:
    text = (
        "Has anyone read the 1818 version? Mine is the 1831 one and I wonder if the blame shifts."
    )
    assert told(text, stance=None) == [text]


def test_a_sentence_of_plain_words_goes_with_the_one_that_leans_on_it() -> None:
    text = "I used to be for it. Then my brother voted for a joke candidate."
    assert told(text, stance=TORN) == [text]
    assert told("I agree. Then my brother voted for a joke candidate.") == [
        "Then my brother voted for a joke candidate."
    ]


def test_what_stands_under_somebodys_line_is_about_it() -> None:
    """A smile is no sign of by-talk there."""
    said = [
        Remark("1", "ana", "Misunderstandings are solved at the coffee machine.", FOR),
        Remark("2", "bo", "Juniors learn nothing alone in their kitchens.", FOR),
        Remark(
            "3", "cy", "> solved at the machine\n\nThe other half start there 😄 Write!", AGAINST
        ),
        Remark("4", "di", "The other week my train stood still for hours.", AGAINST),
    ]
    found = sum_up("Our team should work from the office.", said)
    assert found.aside == ()


def test_plain_words_that_tell_something_are_told() -> None:
    text = "Both. The one by doing, the other by doing nothing."
    assert told(text, TORN) == [text]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Both. The one by doing, the other by doing nothing.", None),  # of no side: maybe talk
        ("I agree with all of you, thanks so much, well said everyone!", FOR),
        ("+1 for Justine", FOR),
        ("Yes, exactly this, me too.", AGAINST),
    ],
)
def test_talk_is_not(text: str, stance: Stance | None) -> None:
    assert told(text, stance) == []


def test_an_umbrella_is_no_point() -> None:
    said = [
        Remark("1", "ana", "Pets go mad with fear.", FOR),
        Remark("2", "ben", "has anyone seen my blue umbrella? left it in room 4"),
    ]
    assert [remark.member for remark in sum_up(MOTION, said).aside] == ["ben"]


def test_who_took_a_side_may_argue_from_their_lunch() -> None:
    said = [
        Remark("1", "ana", "Without a phone I cannot call home at lunch.", AGAINST),
        Remark("2", "ben", "The office line is always busy at lunch.", AGAINST),
        Remark("3", "cem", "Who comes along to the bakery for lunch today?"),
    ]
    found = sum_up("Mobiles should be banned from schools.", said)
    assert [remark.member for remark in found.aside] == ["cem"]


def test_like_sentences_of_one_remark_are_both_told() -> None:
    text = "Hospitals are full of burnt hands each January. Doctors have better things to do."
    (lone,) = sum_up(MOTION, [Remark("1", "ana", text, FOR)]).lone
    assert lone.excerpt.text == text


def test_a_word_of_the_motion_is_no_second_word_in_common() -> None:
    said = [
        Remark("1", "ana", "The creature plans the murder of Clerval.", AGAINST),
        Remark("2", "ben", "He thought of mankind, and the creature murdered his bride.", AGAINST),
    ]
    found = sum_up("In Frankenstein, the maker is guiltier than the creature.", said)
    assert found.points == ()


def test_snippets_around_a_point_are_quoted_with_it_and_never_across_somebody_elses_words() -> None:
    whole = (
        "I am deaf in one ear. Captions let me follow the lecture. The rest is luck and guessing."
    )
    jack = Remark("2", "jack", "Captions let us follow a lecture.", FOR)
    ana = Remark("1", "ana", whole, FOR)
    found = sum_up("Our seminar should move online.", [ana, jack])
    assert [point.excerpt.text for point in found.lone] == [whole]
    quoting = whole.replace(". Captions", ".\n> You can read the slides!\nCaptions")
    again = sum_up("Our seminar should move online.", [Remark("1", "ana", quoting, FOR), jack])
    assert not any("slides" in point.excerpt.text for point in again.lone)


def test_whoever_is_seconded_is_quoted_rather_than_the_rest_of_what_who_seconds_said() -> None:
    fadi = Remark("1", "fadi", "My children are small and I have no babysitter, so I stay.", FOR)
    pete = Remark("2", "pete", "I second Fadi. Small children, and no babysitter on Tuesdays.", FOR)
    (point,) = sum_up("Our seminar should move online.", [fadi, pete]).points
    assert point.excerpt.remark == fadi


def asks(text: str, stance: Stance | None) -> list[bool]:
    return [part.question for part in parts(Remark("1", "ana", text, stance))]


@pytest.mark.parametrize(
    "text", ["Wouldn't prices simply rise?", "What's next, a ban on candles?", "Has nobody heard?"]
)
def test_a_question_that_says_what_its_author_thinks_is_none_where_they_took_a_side(
    text: str,
) -> None:
    assert asks(text, AGAINST) == [False]
    assert asks(text, None) == [True]


def test_who_took_a_side_is_heard_though_they_laugh() -> None:
    laughing = Remark("1", "ana", "one rocket hit our barn and the whole row watched lol", FOR)
    assert not sum_up(MOTION, [laughing, Remark("2", "bo", "Dogs tremble.", FOR)]).aside


def test_who_asks_and_goes_on_is_quoted_with_the_question() -> None:
    text = "Who decides what is a rocket? My uncle builds model planes with a motor."
    found = sum_up(MOTION, [Remark("1", "ana", text, TORN), Remark("2", "bo", "Dogs cry.", FOR)])
    assert [asked.text for asked in found.open] == ["Who decides what is a rocket?"]
    assert text in [point.excerpt.text for point in found.lone]


def test_less_of_it_is_the_contrary_of_it() -> None:
    said = ("A machine is less biased than a teacher.", "A machine is biased like any teacher!")
    for one, other, common in ((*said, 0), (said[1], said[1], 1)):
        remarks = [Remark("1", "ana", one, FOR), Remark("2", "bo", other, AGAINST)]
        assert len(sum_up("Machines should grade essays.", remarks).shared) == common


def test_a_question_is_not_answered_by_a_thing_in_common_alone() -> None:
    said = [
        Remark("1", "ana", "Is it certain that it drops?", None),
        Remark("2", "bo", "Cut the rent.", FOR),
    ]
    assert [asked.remark.member for asked in sum_up(MOTION, said).open] == ["ana"]


def test_questions_asked_in_one_breath_are_one() -> None:
    text = "Didn't Australia try this? Which towns were glad of it?"
    found = sum_up(MOTION, [Remark("1", "ana", text), Remark("2", "bo", "Dogs cry.", FOR)])
    assert [asked.text for asked in found.open] == [text]
