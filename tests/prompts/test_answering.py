"""Whom a remark answers: told where it is plain, and nobody is named in doubt."""

import pytest

from prompts.answering import answers, assenting, taken_up
from prompts.model import Remark, Stance
from prompts.summary import sum_up

MOTION = "School uniforms should be compulsory."
ASKS = "Would girls be forced to wear skirts?"
LINE = "Three shirts cost less than a wardrobe."
ANN = Remark("1", "u:ann", f"{ASKS} {LINE}", Stance.FOR)
NAMES = {"u:ann": "Ann Lee", "u:bo": "Bo", "u:will": "Will", "u:max": "Max K.", "u:max2": "Max B."}


def whom(text: str, *others: Remark, names: dict[str, str] = NAMES) -> str | None:
    found = answers([ANN, *others, Remark("2", "u:bo", text, Stance.AGAINST)], names)
    return found["2"].member if "2" in found else None


@pytest.mark.parametrize(
    "text",
    [
        f"> {LINE}\nThey laugh at the phone instead.",
        f"> {LINE}\n\nNot true.",
        "> three shirts cost less than a wardrobe\nNot true.",
        "@Ann they could choose in my school",
        "<@ann> they could choose",
        "Ann: in ours they could choose",
        "Ann Lee, in ours they could choose",
        "Ann good point, but that is an exception",
    ],
)
def test_a_quoted_line_or_a_name_at_the_head_tells_who_is_answered(text: str) -> None:
    assert whom(text) == ANN.member


@pytest.mark.parametrize(
    "text",
    [
        "They laugh at the phone instead.",
        "> Shoes.\nNot true.",  # a word or two may be anybody's
        "> Something of the book that nobody wrote here.\nNot true.",
        "Will girls be forced, too?",  # a word before it is a name
        "Max: which of you two?",
        "+1 Ann",  # who seconds is counted with her
        "I told Ann: no",
        "Ann, Will and I talked about it",  # of several, or of a list, nobody is picked
        "@Ann @Will you are both wrong",
    ],
)
def test_nobody_is_answered_in_doubt(text: str) -> None:
    assert whom(text) is None


def test_a_line_that_two_people_wrote_is_nobodys() -> None:
    other = Remark("3", "u:will", LINE, Stance.FOR)
    assert whom(f"> {LINE}\nNot true.", other) is None


def test_who_quotes_the_same_line_is_not_taken_for_its_author() -> None:
    other = Remark("3", "u:will", f"> {LINE}\nTrue enough for shoes.", Stance.FOR)
    assert whom(f"> {LINE}\nNot true.", other) == ANN.member


def test_without_names_only_a_quoted_line_tells() -> None:
    assert whom("@Ann they could choose", names={}) is None
    assert whom(f"> {LINE}\nNot true.", names={}) == ANN.member


def under(text: str, ident: str, stance: Stance | None = Stance.AGAINST) -> Remark:
    return Remark("2", "u:bo", text, stance, answers=ident)


@pytest.mark.parametrize(
    "text", ["They could choose.", "Will: they could choose", f"> {MOTION}\nThey could choose."]
)
def test_what_it_was_written_under_is_the_surest_sign(text: str) -> None:
    said = under(text, ANN.id)
    for names in (NAMES, {}):
        (found,) = answers([ANN, said], names).values()
        assert (found.member, found.remark) == (ANN.member, ANN.id)


@pytest.mark.parametrize("ident", ["prompt", "gone", "2", ""])
def test_under_what_nobody_else_wrote_the_words_tell(ident: str) -> None:
    assert not answers([ANN, under("They could choose.", ident)], NAMES)
    assert answers([ANN, under("@Ann they could choose", ident)], NAMES)["2"].member == ANN.member


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        (f"> {ASKS}\nIn ours they could choose.", None),
        ("@Ann they could choose", None),
        ("In ours they could choose.", ANN.id),
    ],
)
def test_a_question_that_somebody_answers_is_open_no_more_and_its_asker_stays(
    text: str, ident: str | None
) -> None:
    remarks = [ANN, Remark("2", "u:bo", text, None, answers=ident)]
    before = sum_up(MOTION, remarks)
    assert [asked.text for asked in before.open] == [ASKS]
    after = taken_up(before, answers(remarks, NAMES))
    assert not after.open
    assert f"{ASKS} {LINE}" in [point.excerpt.text for point in after.lone]


def test_a_question_stays_open_where_another_line_is_answered_or_a_question_comes_back() -> None:
    other = Remark("3", ANN.member, "Ties are sold at every corner shop.", Stance.FOR)
    for said in (
        Remark("2", "u:bo", f"> {LINE}\nThey laugh at the phone instead."),
        under("They laugh at the phone instead.", other.id),
        under(f"> {LINE}\nThey laugh at the phone instead.", ANN.id),
        under("Which schools do you mean?", ANN.id),
    ):
        remarks = [ANN, other, said]
        after = taken_up(sum_up(MOTION, remarks), answers(remarks, NAMES))
        assert ASKS in [asked.text for asked in after.open]


def beside(text: str, stance: Stance | None) -> set[frozenset[str]]:
    """Who stands together once somebody wrote `text` under Ann's line, in either way."""
    quoting = [ANN, Remark("2", "u:bo", f"> {LINE}\n{text}", stance)]
    replying = [Remark("1", "u:ann", LINE, Stance.FOR), under(text, "1", stance)]
    either = [
        assenting(sum_up(MOTION, remarks), remarks, answers(remarks, {})).points
        for remarks in (quoting, replying)
    ]
    assert [p.members for p in either[0]] == [p.members for p in either[1]]
    return {point.members for point in either[0]}


@pytest.mark.parametrize("text", ["exactly", "So true!!", "👍", "+1", "yes, I agree."])
def test_who_says_yes_under_a_quoted_line_stands_with_its_author(text: str) -> None:
    assert beside(text, Stance.FOR) == {frozenset({"u:ann", "u:bo"})}
    assert beside(text, None) == {frozenset({"u:ann", "u:bo"})}


@pytest.mark.parametrize(
    "text", ["no", "Is that so?", "yeah right", "😂", "wrong", "yes but shoes"]
)
def test_who_says_anything_else_there_stands_with_nobody(text: str) -> None:
    assert not beside(text, Stance.FOR)


def test_nobody_stands_with_the_other_side_for_a_yes() -> None:
    assert not beside("exactly", Stance.AGAINST)
