"""What members and facilitators put right in a summary, and what comes too late for it."""

from pathlib import Path

import pytest
from story.group import ADA, BEN, CEM, ROOM, Group, gathered

from bot import phrases, plain, service
from bot.card import KEPT, Button, Buttons, Card, Picture
from bot.events import Heard, Said
from bot.exchange import ref
from bot.model import Debate
from prompts.model import Stance

LINE = "A vote binds other people, so it needs care and experience."
OTHER = "Nobody asked the young people themselves what they would do with it."


def text_of(card: Card | None) -> str:
    assert card is not None
    return plain.render(card)


def buttons(card: Card | None) -> list[Button]:
    assert card is not None
    return [b for part in card.parts if isinstance(part, Buttons) for b in part.buttons]


def summary(group: Group, debate: Debate) -> str:
    (card,) = group.cards(debate.thread)
    return text_of(card)


async def line_of(group: Group, debate: Debate, words: str) -> str:
    replies = await group.study.store.replies(debate.id)
    return ref(next(r.message for r in replies if r.text == words))


async def test_a_summary_carries_a_picture_and_a_button_to_put_things_right(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        (card,) = group.cards(debate.thread)
        assert any(isinstance(part, Picture) for part in card.parts)
        assert [b.action for b in buttons(card)] == ["notmine"]
        answer = await group.chat.press(ROOM, ADA, "notmine", debate.id)
        assert LINE in text_of(answer)
        assert OTHER not in text_of(answer)


async def test_a_withdrawn_line_leaves_the_post_and_the_store(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        which = await line_of(group, debate, LINE)
        await group.chat.press(ROOM, ADA, "withdraw", f"{debate.id}|{which}")
        await group.at(minutes=1)
        assert LINE not in summary(group, debate)
        assert "2 of 2 contributors represented" in summary(group, debate)
        assert (await group.study.store.held(ADA.id))["replies"] == []


async def test_whoever_wrote_much_finds_what_is_quoted_first_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        for words in ("Hello!", "I agree!", "Yes.", "Same here.", "Good morning.", "Me too.", LINE):
            await group.chat.say(ROOM, debate.thread, ADA, words)
        await group.at(hours=20)
        assert LINE in summary(group, debate)
        told = await group.chat.press(ROOM, ADA, "notmine", debate.id)
        assert told
        assert [q.text for q in told.quotations()][:2] == [LINE, "Hello!"]
        assert "And 2 more of yours" in text_of(told)


async def test_nobody_withdraws_the_words_of_another(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        which = await line_of(group, debate, LINE)
        await group.chat.press(ROOM, BEN, "withdraw", f"{debate.id}|{which}")
        await group.chat.ask(ROOM, BEN, "gadfly", f"notmine correct {which} Nonsense.")
        await group.at(minutes=1)
        assert LINE in summary(group, debate)


async def test_a_line_is_corrected_by_its_mark_and_by_whoever_has_but_one_without(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        debate, before = await group.summed_up(LINE, OTHER), LINE
        meant = "A vote binds others; experience helps."
        wrong = await group.chat.ask(ROOM, ADA, "gadfly", f"notmine correct 12abc0 {meant}")
        assert phrases.YOUR_LINES in text_of(wrong)
        which = await line_of(group, debate, LINE)
        for mark, words in ((f"{which} ", meant), ("", "A vote binds others, too.")):
            await group.chat.ask(ROOM, ADA, "gadfly", f"notmine correct {mark}{words}")
            await group.at(minutes=1)
            assert f"“{words}”" in summary(group, debate)
            assert before not in summary(group, debate)
            before = words


async def test_of_several_lines_the_one_that_is_meant_has_to_be_named(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        for text in (LINE, OTHER):
            await group.chat.say(ROOM, debate.thread, ADA, text)
        await group.at(hours=20)
        told = await group.chat.ask(ROOM, ADA, "gadfly", "notmine correct I meant this.")
        await group.at(minutes=1)
        assert phrases.YOUR_LINES in text_of(told)
        assert "I meant this." not in summary(group, debate)


async def test_a_summary_that_was_reopened_promises_no_second_time(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        assert phrases.LATE_REPLIES in summary(group, debate)
        await group.at(minutes=10)
        late = "Courts overrule parliaments anyway, so votes matter less than judges."
        await group.chat.say(ROOM, debate.thread, CEM, late)
        await group.at(minutes=65)
        mark = await line_of(group, debate, late)
        await group.chat.ask(ROOM, CEM, "gadfly", f"notmine withdraw {mark}")
        await group.at(minutes=1)
        assert late not in summary(group, debate)
        assert phrases.LATE_REPLIES not in summary(group, debate)


async def test_an_anonymous_line_stands_without_its_name_until_it_is_named_again(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        await group.chat.ask(ROOM, ADA, "gadfly", "notmine anonymise")
        await group.at(minutes=1)
        assert f"“{LINE}”" in summary(group, debate)
        assert "Ada" not in summary(group, debate)
        assert "3 of 3 contributors represented" in summary(group, debate)
        await group.chat.press(ROOM, ADA, "named", debate.id)
        await group.at(minutes=1)
        assert "Ada" in summary(group, debate)


async def test_a_reason_can_be_corrected_and_withdrawn_like_a_reply(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR, "Because votes bind others.")
        await group.at(hours=20)
        await group.chat.ask(ROOM, ADA, "gadfly", "notmine correct x y")
        which = ref(f"reason/{ADA.id}")
        await group.chat.ask(ROOM, ADA, "gadfly", f"notmine correct {which} Because laws bind us.")
        await group.at(minutes=1)
        assert "“Because laws bind us.”" in summary(group, debate)
        await group.chat.ask(ROOM, ADA, "gadfly", f"notmine withdraw {which}")
        await group.at(minutes=1)
        assert "Because" not in summary(group, debate)
        assert "Because" not in str(await group.study.store.held(ADA.id))


async def test_a_facilitator_sees_what_was_set_aside_and_restores_it(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        assert "“I agree!”" not in summary(group, debate)
        answer = await group.chat.ask(ROOM, BEN, "gadfly", "aside")
        assert "“I agree!”" in text_of(answer)
        (restore,) = buttons(answer)
        await group.chat.press(ROOM, BEN, restore.action, restore.value)
        await group.at(minutes=1)
        assert "“I agree!”" in summary(group, debate)
        again = await group.chat.ask(ROOM, BEN, "gadfly", "aside")
        assert text_of(again) == phrases.NOTHING_ASIDE


async def test_only_facilitators_see_and_restore(tmp_path: Path) -> None:
    async with gathered(tmp_path, facilitators=("page:ada",)) as group:
        debate = await group.summed_up(LINE, OTHER)
        for text in ("aside", f"aside restore {await line_of(group, debate, 'I agree!')}"):
            assert text_of(await group.chat.ask(ROOM, BEN, "gadfly", text)) == phrases.NOT_YOURS
        await group.at(minutes=1)
        assert "“I agree!”" not in summary(group, debate)


async def test_late_replies_are_added_once_and_marked(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.summed_up(LINE, OTHER)
        await group.at(minutes=10)
        late = "Courts overrule parliaments anyway, so votes matter less than judges."
        await group.chat.say(ROOM, debate.thread, CEM, late)
        await group.at(minutes=5)
        assert late not in summary(group, debate)  # others may be late, too
        await group.at(minutes=60)
        assert f"Added later:\n  “{late}”" in summary(group, debate)
        assert "1 reply from after the close was added once" in summary(group, debate)
        later = "Parties choose the candidates long before anybody votes."
        await group.chat.say(ROOM, debate.thread, ADA, later)
        await group.at(hours=3)
        assert later not in summary(group, debate)


async def test_a_mover_is_named_only_if_they_agree(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, LINE)
        for mover in (ADA, BEN):
            await group.chat.take(ROOM, debate.id, mover, Stance.TORN)
        await group.at(minutes=1)
        await group.chat.take(ROOM, debate.id, BEN, Stance.FOR)
        answer = await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        (agree,) = buttons(answer)
        assert agree.label == phrases.NAME_ME
        await group.chat.press(ROOM, ADA, agree.action, agree.value)
        await group.at(hours=20)
        assert "2 people moved from torn to for: Ada among them." in summary(group, debate)


async def test_a_stance_that_was_not_taken_is_asked_for_once_and_never_asserted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        leaning = lambda *_: Stance.AGAINST  # noqa: E731 - a library that is sure
        monkeypatch.setattr(type(group.study.library), "leaning", leaning)
        said = [
            Said(ROOM, debate.thread, f"m{n}", ADA, text, group.clock.now())
            for n, text in enumerate((LINE, OTHER))
        ]
        assert [await group.chat.happen(event) for event in said] == [KEPT, KEPT]
        asked, again = [await service.handle(group.study, Heard(event)) for event in said]
        assert [b.action for b in buttons(asked)] == ["for", "against", "torn"]
        assert again is None
        await group.at(hours=20)
        assert "Against  0" in summary(group, debate)
        assert "(against)" not in summary(group, debate)
