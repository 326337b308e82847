"""What every summary holds, whatever was written: random replies, a thousand sets in the soak."""

import ast
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import phrases, summary
from bot.card import Card, Heading, Note, Picture, Text
from bot.exchange import Exchange
from bot.story import Story, between
from bot.summary import pages, represented, sections, summary_card, whole_card
from prompts.model import Remark, Stance
from prompts.summary import sum_up

LONG = (pytest.mark.soak, pytest.mark.timeout(3600))  # every card has its picture drawn
SETS = [pytest.param(10, id="10"), pytest.param(1000, marks=LONG, id="1000")]
MOTION = "Zoos should be closed"
SAYINGS = (
    "Elephants in a cage suffer their whole lives.",
    "Animals suffer in cages, and it is cruel.",
    "A tiger paces up and down in misery.",
    "Breeding saved the condor from extinction.",
    "Endangered species survive in zoos alone.",
    "Children learn to care about wildlife there.",
    "School classes learn more in one day than from books.",
    "The ticket costs too much for a family.",
    "Who pays for feeding the giraffes?",
    "Isn't a good zoo an ark?",
    "Some zoos are prisons, others arks.",
    "I agree!",
    "Yes.",
    "lol 😂",
    "Hi all!",
    "Oh great, another cage. /s",
    "Thanks, Mia.",
    "“Zoos teach us”, they say",
    "> Animals suffer in cages.",
    "> Some zoos are prisons, others arks.\nThis one is a prison.",
    "@Namep1 the town pays.",
    "Namep2: exactly so",
    "+1 Namep3",
    "https://a.org/b",
    "<@U123> look",
    "動物園は残酷だ。",
    "Nein, das finde ich nicht.",
    "Closing them is no answer.",
    "Zoos should not be closed.",
    "   ",
    "?!",
    "Freedom matters more than tickets",
)
SOUP = (
    *("zoo", "cage", "not", "never", "children", "money", "law", "cruel", "learn", "why"),
    *("tiger", "😀", "“so”", "it's", "&", "<b>", "*x*", "\\"),
)


def said(rng: random.Random) -> str:
    """One message: a few sentences, or words in any order."""
    sentences = (
        rng.choice(SAYINGS)
        if rng.random() < 0.8
        else " ".join(rng.choices(SOUP, k=rng.randint(1, 9)))
        for _ in range(rng.randint(1, 3))
    )
    return rng.choice((" ", "\n", " ... ")).join(sentences)


def replies(rng: random.Random) -> list[Remark]:
    people = [f"p{n}" for n in range(rng.randint(1, 20))]
    stances = {who: rng.choice((*Stance, None)) for who in people}
    return [
        Remark(f"r{n}", who, said(rng), stances[who])
        for n, who in enumerate(rng.choices(people, k=rng.randint(1, 40)))
    ]


def story(remarks: list[Remark]) -> Story:
    last = {r.member: r.stance for r in remarks if r.stance is not None}
    names = {r.member: f"Name{r.member}" for r in sorted(remarks, key=lambda r: r.member)}
    exchange = Exchange(tuple(remarks), names, last, last)
    found, answered = between(sum_up(MOTION, remarks), exchange, "en")
    return Story(MOTION, exchange, found, answers=answered)


@pytest.mark.parametrize("sets", SETS)
def test_everyone_is_in_it_and_every_quotation_is_the_message(sets: int) -> None:
    for seed in range(sets):
        remarks = replies(random.Random(seed))  # noqa: S311 - made-up replies
        told = story(remarks)
        count = len({r.member for r in remarks})
        assert represented(told).startswith(f"{count} of {count} "), seed
        texts = {r.id: r.text for r in remarks}
        for quotation in (*summary_card(told).quotations(), *whole_card(told).quotations()):
            source = quotation.source
            assert quotation.text == texts[source.key][source.start : source.end], seed


@pytest.mark.parametrize("sets", SETS)
def test_the_order_of_replies_changes_no_word(sets: int) -> None:
    for seed in range(sets):
        rng = random.Random(seed)  # noqa: S311 - made-up replies
        remarks = replies(rng)
        mixed = rng.sample(remarks, len(remarks))
        assert summary_card(story(mixed)) == summary_card(story(remarks)), seed


@pytest.mark.parametrize("sets", SETS)
def test_a_lone_dissenter_among_twenty_is_in_the_first_message(sets: int) -> None:
    for seed in range(sets):
        rng = random.Random(seed)  # noqa: S311 - made-up replies
        crowd = [Remark(f"r{n}", f"p{n}", said(rng), Stance.FOR) for n in range(19)]
        dissent = rng.choice([text for text in SAYINGS if text[0].isalpha() and text[-1] in ".t"])
        alone = Remark("lone", "dissenter", dissent, Stance.AGAINST)
        quoted = summary_card(story([*crowd, alone])).quotations()
        if sum_up(MOTION, [alone]).aside:  # a bare "Yes." is no point; its writer is named
            continue
        assert "lone" in {quotation.source.key for quotation in quoted}, (seed, dissent)


@pytest.mark.parametrize("sets", SETS)
def test_every_page_after_the_first_holds_what_the_first_had_no_room_for(sets: int) -> None:
    for seed in range(sets):
        told = story(replies(random.Random(seed)))  # noqa: S311 - made-up replies
        whole = [row for section in sections(told) for row in section.rows]
        paged = [row for page in pages(told, 400) for section in page for row in section.rows]
        assert sorted(map(repr, paged)) == sorted(map(repr, whole)), seed


WORD = re.compile(r"[^\W\d_]+")


def fixed() -> set[str]:
    """The words that Gadfly says of its own: those of its phrases, and of the summary's frame."""
    files = [Path(str(module.__file__)) for module in (phrases, summary)]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    constants = (
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    texts = [node.value for node in constants if isinstance(node.value, str)]
    stances = [str(stance) for stance in Stance]
    return {word for text in (*texts, *stances) for word in WORD.findall(text)}


def own_words(card: Card) -> Iterator[str]:
    for part in card.parts:
        if isinstance(part, Heading | Text | Note):
            yield from WORD.findall(part.text)
        elif isinstance(part, Picture):
            yield from WORD.findall(part.alt)


@pytest.mark.parametrize("sets", SETS)
def test_no_word_is_invented_beside_the_fixed_phrases(sets: int) -> None:
    known = fixed() | set(WORD.findall(MOTION))
    for seed in range(sets):
        remarks = replies(random.Random(seed))  # noqa: S311 - made-up replies
        theirs = {word for r in remarks for word in WORD.findall(r.text)}
        cards = (summary_card(story(remarks)), whole_card(story(remarks)))
        words = {word for card in cards for word in own_words(card)}
        assert not {w for w in words if not w.startswith("Name")} - known - theirs, seed


def test_late_replies_change_no_count_of_who_is_represented() -> None:
    told = story([Remark("r1", "p1", SAYINGS[0], None), Remark("r2", "p2", SAYINGS[3], None)])
    later = replace(told, exchange=replace(told.exchange, late=frozenset({"r2"})))
    assert represented(later) == represented(told)
