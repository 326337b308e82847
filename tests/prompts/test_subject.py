"""What a sentence is about, and what follows from it for claims."""

import pytest

from prompts.claims import thesis, weighed
from prompts.clauses import outline
from prompts.genres import Genre
from prompts.mine import reading
from prompts.subject import generic, numbered
from prompts.voices import voices


def told(sentence: str) -> tuple[bool, bool]:
    doc = outline(reading(sentence))
    clause = doc.sentences[0].whole
    return generic(doc, clause), numbered(doc, clause)


@pytest.mark.parametrize(
    ("sentence", "kind", "number"),
    [
        ("A town that fells its trees has no shade.", True, False),
        ("But nobody plants a tree for himself.", True, False),
        ("Therefore, felling trees is a mistake.", True, False),
        ("The town has felled thirty trees.", False, True),
        ("During the summer the town felled its trees.", False, False),
        ("Half of the streets of Lyon have trees.", False, True),
        ("A recent walk led through streets without trees.", False, False),
        ("This means that a tree is missing.", False, False),
        ("None of this is told in Lyon.", False, False),
    ],
)
def test_a_kind_of_thing_is_told_from_one_in_particular(
    sentence: str, kind: bool, number: bool
) -> None:
    assert told(sentence) == (kind, number)


def test_a_language_without_such_words_knows_of_no_kinds() -> None:
    doc = outline(reading("Niemand pflanzt einen Baum für sich.", language="de"))
    assert not generic(doc, doc.sentences[0].whole)


COLUMN = """The town felled its trees in March. Mayor Low signed the order on a Friday.

{first} {second} The order named 300 trees in 12 streets, and the trees were old.

Trees cool the streets of a town. Ms Bell of Green Street lost two trees in April.
"""
WANTED = "The town should plant its trees in the streets again."
BESIDE = "Orders of a Friday ought to be printed."


@pytest.mark.parametrize("order", [(WANTED, BESIDE), (BESIDE, WANTED)])
def test_of_what_a_column_urges_first_the_thesis_is_what_the_whole_text_is_about(
    order: tuple[str, str],
) -> None:
    doc = outline(reading(COLUMN.format(first=order[0], second=order[1])))
    rows = weighed(doc, voices(doc), Genre.OPED)
    central = [1.0 if doc.text(s) == WANTED else 0.1 for s in doc.sentences]
    k = thesis(doc, rows, central)
    assert k is not None
    assert doc.text(doc.sentences[k]) == WANTED


def test_a_text_that_urges_nothing_has_no_such_thesis() -> None:
    doc = outline(reading("The town felled its trees in March.\n\nThey were old."))
    assert thesis(doc, weighed(doc, voices(doc), Genre.OPED), [1.0, 0.0]) is None
