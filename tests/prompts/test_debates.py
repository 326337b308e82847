"""Debates written by hand (tests/debates), and what a member would have to find in each."""

from functools import cache
from pathlib import Path

import pytest

from prompts.answering import answers, taken_up
from prompts.model import Remark, Summary
from prompts.summarise import replies
from prompts.summary import sum_up
from prompts.talk import unquoted

FOLDER = Path(__file__).parents[1] / "debates"
LANGUAGES = {"schulhandys": "de", "tempo": "de", "noten": "de"}
NAMES = sorted(path.stem for path in FOLDER.glob("*.jsonl"))

IRONIC = {
    "homework": {"Owen"},
    "high-street": {"Jo"},
    "voting": {"Hugo"},
    "ai-essays": {"Greta"},
    "schulhandys": {"Erik"},
    "museum": {"Leif"},
    "tempo": {"Ingo"},
    "cash": {"Moe"},
    "noten": {"Kaya"},
    "grading": set(),
    "monorepo": {"nadia"},
    "compulsory": set(),
    "canteen": set(),
    "uniforms": set(),
}
ASIDE = {  # jokes, and agreement that says no more
    "homework": {"Bea"},
    "high-street": {"Quentin", "Sami"},
    "voting": {"Ruth"},
    "ai-essays": set(),
    "schulhandys": {"Heike", "Lotte"},
    "museum": {"Quirin"},
    "tempo": {"Olaf"},
    "cash": {"Pat"},
    "noten": {"Per"},
    "grading": {"Rob"},
    "monorepo": {"sven"},
    "compulsory": set(),
    "canteen": set(),
    "uniforms": {"Iris"},
}
LONE = {  # what nobody else says
    "homework": {"Priya", "Marek", "Tomas"},
    "high-street": {"Nils", "Umar", "Vera", "Oona"},
    "voting": {"Orla", "Sol", "Jae", "Iris"},
    "ai-essays": {"Dario", "Ivy", "Jonas"},
    "schulhandys": {"Jule", "Ibrahim", "Burak", "Kaspar"},
    "museum": {"Edda", "Hassan", "Mirja", "Paavo", "Tilo"},
    "tempo": {"Lore", "Nele", "Pia"},
    "cash": {"Nia", "Ida", "Sue", "Kim"},
    "noten": {"Oda", "Lutz", "Ilse"},
    "grading": {"Farid", "Otto", "Gwen"},
    "monorepo": {"eszter", "gil", "hana"},
    "compulsory": {"Pam", "Hal", "Max", "Jo"},
    "canteen": {"Lyn", "Alf", "Joy", "Kya"},
    "uniforms": {"Edie", "Kate", "Hugh"},
}
TOGETHER = [  # people of one side who say the same in other words
    ("high-street", {"Hanne", "Ilya"}),
    ("high-street", {"Emre", "Fleur"}),
    ("schulhandys", {"Anja", "Clemens"}),
    ("schulhandys", {"Dilara", "Gregor"}),
    ("tempo", {"Alma", "Bodo"}),
    ("tempo", {"Elsa", "Falk"}),
    ("cash", {"Gus", "Hal"}),
    ("noten", {"Ayla", "Bernd"}),
    ("noten", {"Carl", "Doro"}),
    ("grading", {"Mo", "Nell"}),
    ("monorepo", {"petra", "raj"}),
    ("compulsory", {"Ann", "Dan"}),
    ("canteen", {"Bix", "Cam"}),
]
APART = [  # who shares the debate's usual words and no more
    ("cash", {"Flo", "Kim"}),
    ("cash", {"Ray", "Cem"}),
    ("grading", {"Boris", "Jonah"}),
]
ACROSS = {  # people for and against who want the same
    "high-street": {"Lena", "Mina"},
    "voting": {"Kaia", "Luca", "Mona"},
    "ai-essays": {"Maja", "Noor"},
}
ASKED = {
    "homework": {"Zeynep"},
    "high-street": {"Pavel", "Xenia"},
    "voting": set(),
    "ai-essays": {"Jonas"},
    "schulhandys": {"Mehmet"},
    "museum": {"Kirsi"},
    "tempo": {"Malte"},
    "cash": {"Oz"},
    "noten": {"Nils"},
    "grading": set(),
    "monorepo": {"jo", "olu"},
    "compulsory": {"Lou"},
    "canteen": set(),
    "uniforms": set(),
}


@cache
def remarks(name: str) -> tuple[Remark, ...]:
    found = replies((FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(Remark(r.id, r.member, r.text, r.stance) for r in found)


@cache
def told(name: str) -> Summary:
    motion = replies((FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())[0].motion
    language, names = LANGUAGES.get(name, "en"), {r.member: r.member for r in remarks(name)}
    found = sum_up(motion, remarks(name), language)
    return taken_up(found, answers(remarks(name), names, language))


@pytest.mark.parametrize("name", NAMES)
def test_everybody_stands_in_it(name: str) -> None:
    found = told(name)
    placed = {member for point in (*found.points, *found.lone) for member in point.members}
    placed |= {excerpt.remark.member for excerpt in found.open}
    placed |= {remark.member for remark in found.aside}
    assert placed == {remark.member for remark in remarks(name)}


@pytest.mark.parametrize("name", NAMES)
def test_irony_is_quoted_whole_as_one_persons_and_asserted_by_nobody(name: str) -> None:
    found = told(name)
    ironic = {r.text for r in remarks(name) if r.member in IRONIC[name]}
    assert {p.excerpt.text for p in found.lone if p.members & IRONIC[name]} == ironic
    others = [*found.points, *found.shared, *(p for pair in found.dividing for p in pair)]
    assert not any(point.members & IRONIC[name] for point in others)
    assert not any(asked.remark.member in IRONIC[name] for asked in found.open)


@pytest.mark.parametrize("name", NAMES)
def test_a_joke_and_mere_agreement_are_set_aside_and_nothing_else_is(name: str) -> None:
    assert {remark.member for remark in told(name).aside} == ASIDE[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_lone_voice_is_there_in_its_own_words(name: str) -> None:
    lone = {member for point in told(name).lone for member in point.members}
    assert lone >= LONE[name]


@pytest.mark.parametrize(("name", "people"), TOGETHER)
def test_who_says_the_same_stands_together(name: str, people: set[str]) -> None:
    assert any(people <= point.members for point in told(name).points)


@pytest.mark.parametrize(("name", "people"), APART)
def test_nobody_is_named_for_words_that_the_debate_is_full_of(name: str, people: set[str]) -> None:
    found = told(name)
    assert not any(people <= point.members for point in (*found.points, *found.shared))


@pytest.mark.parametrize("name", sorted(ACROSS))
def test_what_both_sides_want_is_common_ground(name: str) -> None:
    assert ACROSS[name] in [set(point.members) for point in told(name).shared]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_and_not_answered_is_open_and_nothing_that_only_sounds_so(name: str) -> None:
    assert {excerpt.remark.member for excerpt in told(name).open} == ASKED[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_quotation_begins_with_what_it_leaves_out(name: str) -> None:
    found = told(name)
    for point in (*found.points, *found.lone):
        before = unquoted(point.excerpt.remark.text[: point.excerpt.start]).strip()
        opening = point.excerpt.text.split()[0].strip(",").lower()
        assert not (before and opening in {"then", "they", "it", "that", "so", "dann", "es"})
