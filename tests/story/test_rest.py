"""A summary too long for one message: what it leaves out is told, and a press shows all of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from story.group import ADA, ROOM, Group, gathered

from bot import phrases, plain
from bot.card import Buttons, Card, Text
from bot.model import Debate, Member
from bot.story import tell
from bot.summary import represented, sections
from prompts.model import Stance

THINGS = """lawyers nurses farmers sailors bakers teachers miners judges soldiers potters drivers
cleaners singers grocers tailors barbers plumbers editors priests smiths""".split()  # noqa: SIM905 - prose reads better
SOUNDS = "bam dor fes gil hup jav kon lir mux nep".split()  # noqa: SIM905 - prose reads better


def crowd() -> list[tuple[Member, str]]:
    """Twenty people, each with words of their own that nobody else has."""
    return [
        (
            Member(f"page:m{n}", f"Person {n}"),
            " ".join(f"{thing}{sound}" for sound in SOUNDS * 2) + ".",
        )
        for n, thing in enumerate(THINGS)
    ]


async def held(group: Group) -> Debate:
    debate = await group.opened()
    for n, (member, words) in enumerate(crowd()):
        await group.chat.take(ROOM, debate.id, member, list(Stance)[n % 3])
        await group.chat.say(ROOM, debate.thread, member, words)
    await group.at(hours=20)
    return debate


def pressed(card: Card) -> str | None:
    """What the button to the rest carries, where there is one."""
    buttons = (b for part in card.parts if isinstance(part, Buttons) for b in part.buttons)
    return next((b.value for b in buttons if b.action == "rest"), None)


@pytest.mark.parametrize("longest", [4_000, 20_000])
async def test_pressing_on_shows_every_point_once_and_then_says_that_it_is_all(
    tmp_path: Path, longest: int
) -> None:
    async with gathered(tmp_path) as group:
        group.chat.traits = replace(group.chat.traits, longest_text=longest)
        debate = await held(group)
        (card,) = group.cards(debate.thread)
        shown = [q.text for q in card.quotations()]
        count, value = 0, pressed(card)
        assert value is not None
        while value:
            page = await group.chat.press(ROOM, ADA, "rest", value)
            assert page
            shown += [q.text for q in page.quotations()]
            count, value = count + 1, pressed(page)
        told = await tell(group.study, debate, group.clock.now())
        whole = [q.text for s in sections(told) for row in s.rows for q in row.quotations]
        assert sorted(shown) == sorted(whole)
        over = await group.chat.press(ROOM, ADA, "rest", f"{debate.id}|{count + 1}")
        assert over
        assert plain.render(over).strip() == phrases.NO_MORE_POINTS


async def test_who_is_not_quoted_for_want_of_room_is_named_in_the_summary(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await held(group)
        (card,) = group.cards(debate.thread)
        (told,) = (p.text for p in card.parts if isinstance(p, Text) and "more point" in p.text)
        for member, words in crowd():
            quoted = any(q.text in words for q in card.quotations())
            name = told.rpartition(": ")[2].replace(" and ", ", ").rstrip(".").split(", ")
            assert (member.name in name) is not quoted
        story = await tell(group.study, debate, group.clock.now())
        assert represented(story) in plain.render(card)
        assert "20 of 20" in represented(story)
