"""A debate from its prompt to its summary, as the members of a group live it."""

import asyncio
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from story.group import ADA, BEN, CEM, ROOM, SEEDS, deaf, gathered, no_settings, twice

from bot import demo, phrases, plain, plan, service
from bot.card import Bars, Buttons, Card
from bot.chat.memory import DONE, REFUSED, UNSURE_LANDED, UNSURE_LOST, in_turn
from bot.draft import Draft, Skip
from bot.events import Gone, Took
from bot.model import Effect, Member, Phase, State
from bot.snapshot import thaw
from prompts.model import Stance
from prompts.readings import load

QUOTED = re.compile("“(.*?)”", re.DOTALL)


def text_of(card: Card | None) -> str:
    assert card is not None
    return plain.render(card)


async def test_the_prompt_comes_at_its_minute_and_once(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        assert group.cards() == []
        await group.at(minutes=1)
        await group.at(minutes=5)
        (card,) = group.cards()
        assert card.quotations()[0].label == "Claim"
        assert all(part.citation for part in card.quotations())


async def test_a_debate_runs_from_prompt_to_summary(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        await group.chat.take(ROOM, debate.id, BEN, Stance.TORN)
        await group.chat.say(ROOM, debate.thread, ADA, "A vote binds others, so it needs care.")
        await group.chat.say(ROOM, debate.thread, CEM, "Nobody asked the young people themselves.")
        await group.at(minutes=1)
        await group.chat.take(ROOM, debate.id, BEN, Stance.AGAINST)
        await group.at(hours=20)
        (summary,) = group.cards(debate.thread)
        text = text_of(summary)
        assert "2 of 2 contributors represented; 1 person took a stance without writing" in text
        assert "“Nobody asked the young people themselves.”" in text
        assert "1 person moved from torn to against." in text


async def test_after_the_close_the_prompt_has_no_buttons_and_shows_where_people_stood(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        await group.at(hours=20)
        (card,) = group.cards()
        assert not [part for part in card.parts if isinstance(part, Buttons)]
        assert [part.rows[0] for part in card.parts if isinstance(part, Bars)] == [("For", 1)]
        late = await group.chat.take(ROOM, debate.id, ADA, Stance.AGAINST)
        assert text_of(late) == phrases.over(Stance.FOR)
        assert text_of(await group.chat.take(ROOM, debate.id, BEN, Stance.FOR)) == phrases.over(
            None
        )


async def test_a_press_in_time_that_was_kept_late_is_in_the_summary(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        before = group.clock.now()
        await group.at(hours=20)
        pressed = Took(ROOM, debate.id, BEN, Stance.AGAINST, before)
        assert "You are against." in text_of(await service.handle(group.study, pressed))
        await group.at(hours=20, minutes=1)
        prompt, *_ = group.cards()
        rows = [part.rows for part in prompt.parts if isinstance(part, Bars)]
        assert rows == [(("For", 1), ("Against", 1), ("Torn", 0))]


class Short:
    """A store whose process dies after so many calls."""

    def __init__(self, store: Any, calls: int) -> None:
        self._store, self._left = store, calls

    def __getattr__(self, name: str) -> Any:
        self._left -= 1
        if self._left < 0:
            raise RuntimeError
        return getattr(self._store, name)


async def test_lives_that_are_all_too_short_for_a_long_downtime_catch_up_together(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        group.clock.move(timedelta(days=100, minutes=1))
        for _ in range(10):
            brief: Any = replace(group.study, store=Short(group.study.store, 80))
            with suppress(RuntimeError, ExceptionGroup):
                await service.tick(brief, group.clock.now())
        effects = await group.study.store.effects(kind="prompt")
        assert len(effects) == 14 * 5 + 3
        assert [e.key for e in effects if e.why != phrases.OVERTAKEN] == [effects[-1].key]
        mark = await group.study.store.get_fact("planned/main")
        assert mark == group.clock.now().isoformat()


async def test_counts_are_shown_only_to_those_who_have_taken_a_stance(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        before = await group.chat.ask(ROOM, BEN, "gadfly", "status")
        assert "█" not in text_of(before)
        assert before is not None
        [row] = [part.buttons for part in before.parts if isinstance(part, Buttons)]
        assert [(b.action, b.value) for b in row] == [(s.value, debate.id) for s in Stance]
        after = await group.chat.take(ROOM, debate.id, BEN, Stance.AGAINST)
        assert "Against  █ 1" in text_of(after)
        for told in (after, await group.chat.ask(ROOM, BEN, "gadfly", "status")):
            assert text_of(told).count("You are against.") == 1


async def test_an_edited_reply_reads_as_edited_and_a_deleted_one_is_nowhere(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        kept = await group.chat.say(ROOM, debate.thread, ADA, "My first thougt about assurances.")
        gone = await group.chat.say(ROOM, debate.thread, BEN, "Canary words about treaties.")
        await group.chat.reword(kept, "My second thought about assurances and their worth.")
        await group.chat.delete(gone)
        await group.at(hours=20)
        text = text_of(group.cards(debate.thread)[0])
        assert "second thought" in text
        assert "thougt" not in text
        assert "Canary" not in text
        assert "1 of 1 contributor represented" in text


async def test_a_reply_deleted_after_the_summary_leaves_the_summary(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "Assurances are only worth their signers.")
        gone = await group.chat.say(ROOM, debate.thread, BEN, "Canary words about treaties.")
        await group.at(hours=20)
        assert "Canary" in text_of(group.cards(debate.thread)[0])
        await group.chat.delete(gone)
        await group.at(minutes=1)
        (summary,) = group.cards(debate.thread)
        assert "Canary" not in text_of(summary)
        assert "1 of 1 contributor represented" in text_of(summary)


async def test_what_no_event_told_is_read_from_the_thread_before_the_summary(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, hears=deaf) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "Nobody heard this remark about treaties.")
        gone = await group.chat.say(ROOM, debate.thread, BEN, "Canary words about treaties.")
        await group.chat.delete(gone)
        await group.at(hours=20)
        text = text_of(group.cards(debate.thread)[0])
        assert "“Nobody heard this remark about treaties.”" in text
        assert "Canary" not in text


async def test_events_that_come_twice_count_once(tmp_path: Path) -> None:
    async with gathered(tmp_path, hears=twice) as group:
        debate = await group.opened()
        await group.chat.take(ROOM, debate.id, ADA, Stance.FOR)
        await group.chat.say(ROOM, debate.thread, ADA, "Treaties need keepers to be worth much.")
        await group.chat.press(ROOM, ADA, "close", thread=debate.thread)
        await group.at(minutes=1)
        (summary,) = group.cards(debate.thread)
        assert "For      █ 1" in text_of(summary)
        assert "1 of 1 contributor" in text_of(summary)


async def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "Said before the restart, about treaties.")
    async with gathered(tmp_path, clock=group.clock, history=group.chat.history) as again:
        await again.at(minutes=1)
        assert len(again.cards()) == 1
        await again.chat.say(ROOM, debate.thread, BEN, "Said after it, about assurances.")
        await again.at(hours=20)
        assert "2 of 2 contributors" in text_of(again.cards(debate.thread)[0])


@pytest.mark.parametrize("fate", [REFUSED, UNSURE_LANDED, UNSURE_LOST])
async def test_one_post_whatever_the_platform_answers(tmp_path: Path, fate: object) -> None:
    async with gathered(tmp_path, fates=in_turn(fate, fate)) as group:
        await group.at(minutes=0)
        for _ in range(30):
            await group.at(minutes=1)
        assert len(group.cards()) == 1


async def test_a_prompt_too_late_to_post_is_skipped_and_the_reason_is_kept(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        await group.at(hours=7)
        assert group.cards() == []
        (effect,) = await group.study.store.effects(kind="prompt")
        assert (effect.state, effect.why) == (State.SKIPPED, "6 h 59 min late; CATCH_UP is 6 h")


async def test_after_three_days_asleep_at_most_one_prompt_comes(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        await group.at(hours=72.5)
        assert len(group.cards()) == 1
        effects = await group.study.store.effects(kind="prompt")
        assert [e.state for e in effects] == [State.SKIPPED] * 3 + [State.SENT]


async def test_a_clock_stepped_back_posts_nothing_twice(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.opened()
        await group.at(hours=-2)
        await group.at(hours=2)
        assert len(group.cards()) == 1


async def test_changing_the_hour_on_the_same_day_posts_nothing_twice(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.opened()
    later = {"clock": group.clock, "history": group.chat.history}
    async with gathered(tmp_path, prompt_at="weekdays 11:00", **later) as again:
        await again.at(hours=3)
        assert len(again.cards()) == 1


async def test_next_prompt_and_close_are_for_facilitators(tmp_path: Path) -> None:
    async with gathered(tmp_path, facilitators=("page:ada",)) as group:
        await group.at(minutes=0)
        refused = await group.chat.press(ROOM, BEN, "next")
        assert text_of(refused) == phrases.NOT_YOURS
        await group.chat.press(ROOM, ADA, "next")
        await group.at(seconds=1)
        assert len(group.cards()) == 1
        debate = await group.study.store.latest(ROOM)
        assert debate is not None
        assert text_of(await group.chat.ask(ROOM, BEN, "gadfly", "close")) == phrases.NOT_YOURS
        await group.chat.ask(ROOM, ADA, "gadfly", "close")
        await group.at(seconds=1)
        assert (await group.study.store.debate(debate.id)).phase is Phase.CLOSED  # type: ignore[union-attr]


async def test_what_opposes_is_not_the_passage_already_on_screen(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        shown = {part.text for part in group.cards()[0].quotations()}
        answer = await group.chat.ask(ROOM, ADA, "counter", "", debate.thread)
        assert answer is not None
        assert answer.quotations()
        assert not shown & {part.text for part in answer.quotations()}


async def test_a_shared_answer_is_posted_once_in_the_thread(tmp_path: Path) -> None:
    async with gathered(tmp_path, hears=twice) as group:
        debate = await group.opened()
        answer = await group.chat.ask(ROOM, ADA, "quote", "turnout", debate.thread)
        assert answer is not None
        (button,) = [p.buttons[0] for p in answer.parts if isinstance(p, Buttons)]
        await group.chat.press(ROOM, ADA, "share", button.value, debate.thread)
        await group.at(seconds=1)
        (shared,) = group.cards(debate.thread)
        assert shared.quotations() == answer.quotations()
        assert "Shared by Ada" in text_of(shared)


async def test_a_forged_share_button_is_answered_politely(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        for value in ("", "|", "|:::", "opposes|abc:0:9", "x|a:b:c,,", "|" * 300):
            answer = await group.chat.press(ROOM, ADA, "share", value)
            assert "ask again" in text_of(answer), value


async def test_whoever_opts_out_leaves_nothing_behind(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "Canary words about treaties.")
        await group.chat.ask(ROOM, ADA, "gadfly", "optout")
        await group.chat.say(ROOM, debate.thread, ADA, "Canary again, about assurances.")
        await group.at(hours=20)
        assert "Canary" not in text_of(group.cards(debate.thread)[0])
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"Canary" in p.read_bytes()]


async def test_whoever_is_forgotten_leaves_the_summaries_already_posted(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "Canary words about treaties.")
        await group.chat.say(ROOM, debate.thread, BEN, "Assurances are worth their signers.")
        await group.at(hours=20)
        assert "Canary" in text_of(group.cards(debate.thread)[0])
        await group.chat.ask(ROOM, ADA, "gadfly", "forget")
        await group.at(minutes=1)
        assert "Canary" not in text_of(group.cards(debate.thread)[0])
        assert "1 of 1 contributor" in text_of(group.cards(debate.thread)[0])


async def test_an_edit_outside_our_threads_is_not_kept(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.opened()
        elsewhere = await group.chat.say(ROOM, "no-thread-of-ours", ADA, "Canary words.")
        await group.chat.reword(elsewhere, "Canary words again.")
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"Canary" in p.read_bytes()]


async def test_where_gadfly_was_removed_nothing_of_the_room_is_left_and_the_log_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "I doubt that it would hold.")
        await group.chat.deliver(Gone((ROOM,), group.clock.now()))
        assert await group.study.store.debates() == ()
        assert await group.study.store.replies(debate.id) == ()
    assert f"removed from {ROOM}: 1 debate and" in caplog.text


async def test_a_member_is_shown_what_is_held_and_can_erase_it(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "My own words about treaties.")
        held = await group.chat.ask(ROOM, ADA, "gadfly", "me")
        assert "My own words about treaties." in text_of(held)
        await group.chat.ask(ROOM, ADA, "gadfly", "forget")
        assert phrases.NOTHING_HELD in text_of(await group.chat.ask(ROOM, ADA, "gadfly", "me"))


async def test_whatever_is_asked_gets_an_answer(tmp_path: Path) -> None:
    texts = ("", " ", "the", "AND OR (", '"' * 40, "x" * 10_000, "\x00\u202e", "核")
    async with gathered(tmp_path) as group:
        for command, text in product(("quote", "counter", "gadfly", "nonsense"), texts):
            answer = await group.chat.ask(ROOM, ADA, command, text)
            assert text_of(answer).strip(), (command, text)


async def test_everything_the_demo_week_quotes_stands_in_its_source(tmp_path: Path) -> None:
    said: list[str] = []
    await demo.play(no_settings(tmp_path), said.append, None)
    sources = [reading.text for reading in load(SEEDS).readings]
    lines = [line for line in said if not QUOTED.search(line)]
    replies = [line.partition(": ")[2] for line in lines]
    samples = demo.sample_lines()
    rows = [row for key, row in samples.items() if key != "members"]
    replies += [text for row in rows for part in row.values() for text in part]
    quoted = [match for line in said for match in QUOTED.findall(line)]
    assert len(quoted) > 40
    asked = [line.split("/quote")[1] for line in said if "types /quote" in line]
    assert len(asked) == 2
    assert all(asked)  # each with a topic, not to be told how to ask
    assert not [q for q in quoted if not any(q in source for source in (*sources, *replies))]


async def test_a_whole_week_asks_about_five_different_claims(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await group.opened()
        for _ in range(4):
            await group.at(hours=24)
        debates = await group.study.store.debates()
        assert len({str(debate.prompt["claim"]["text"]) for debate in debates}) == len(debates) == 5
        folders = {str(d.prompt["claim"]["source"]["key"]).split("/")[0] for d in debates}
        assert len(folders) == 3


async def test_where_threads_are_hidden_one_line_in_the_room_leads_to_the_summary(
    tmp_path: Path,
) -> None:
    unsure = {"fates": lambda key: UNSURE_LANDED if key.startswith("line/") else DONE}
    async with gathered(tmp_path, **unsure) as group:
        group.chat.traits = replace(group.chat.traits, hides_threads=True)
        debate = await group.opened()
        await group.chat.say(ROOM, debate.thread, ADA, "I doubt that it would hold.")
        for hours in (21, 1, 1):
            await group.at(hours=hours)
        _, line = group.cards()
        assert line.summary == phrases.SUMMED_UP.format(motion=debate.prompt["motion"])


async def test_no_line_tells_of_a_debate_in_which_nobody_took_part(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        group.chat.traits = replace(group.chat.traits, hides_threads=True)
        await group.opened()
        for hours in (21, 1):
            await group.at(hours=hours)
        assert len(group.cards()) == 1


async def test_who_was_held_up_past_the_lease_while_composing_leaves_the_post_to_others(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        await group.at(minutes=0)
        group.clock.move(timedelta(minutes=1))
        way_out = service.outbox(group.study)

        async def slowly(effect: Effect, now: datetime) -> Draft | Skip:
            group.clock.move(group.study.patience.lease)
            return await way_out.compose(effect, now)

        await plan.plan_slots(group.study, group.clock.now())
        await replace(way_out, compose=slowly).deliver(group.clock.now())
        assert group.cards() == []
        await group.at(minutes=0)
        assert len(group.cards()) == 1


async def test_counter_looks_on_where_a_reading_of_the_debate_is_gone(tmp_path: Path) -> None:
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    async with gathered(tmp_path / "group", seeds_dir=seeds) as group:
        debate = await group.opened()
        claim, against = thaw(debate.prompt).quotations()
        assert claim.source.key != against.source.key
    (seeds / against.source.key).unlink()
    again = {"clock": group.clock, "history": group.chat.history}
    async with gathered(tmp_path / "group", seeds_dir=seeds, **again) as group:
        told = await group.chat.ask(ROOM, ADA, "counter", "", thread=debate.thread)
        assert told
        assert told.quotations()


async def test_who_asks_without_end_holds_up_nobody_else(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        answered: list[Member] = []

        async def ask(member: Member) -> None:
            await group.chat.ask(ROOM, member, "quote", "smartphones")
            answered.append(member)

        await asyncio.gather(*(ask(member) for member in (*[ADA] * 40, BEN)))
        assert answered.index(BEN) < 20  # without turns Ben would be the last
        assert len(answered) == 41
        assert not group.study.queues._queues
