"""The folder of readings while the bot runs: taken in when it rests, told in one line."""

import asyncio
import gc
import os
import shutil
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from story.group import ADA, MONDAY, ROOM, SEEDS, Group, gathered, no_settings
from waiting import LONG, until

from bot import app, phrases, plain, service, ticker
from bot.card import Quotation
from bot.chat.memory import MemoryChat
from bot.clock import HandClock
from bot.events import Pressed
from bot.metrics import Metrics
from bot.model import Effect, State
from bot.shelf import as_it_is, aside
from bot.snapshot import thaw
from bot.study import Live
from bot.watch import Watch, take_in, watch
from prompts import derived
from prompts.folder import stamps
from prompts.intake import Told
from prompts.library import Library
from prompts.readings import Shelf

ESSAY = """# On Bells

Schools should abolish the bell, because it teaches children to stop thinking on command.

Critics say that without a bell nobody would come to class on time. But a teacher who begins is a
better signal than any bell, and pupils notice her absence soon enough.

The bell must go, since no other workplace would tolerate it for a week.
"""


def copied(tmp_path: Path) -> Path:
    seeds = tmp_path / "mine"
    shutil.copytree(SEEDS, seeds)
    return seeds


def reopener(group: Group, tmp_path: Path, seeds: Path) -> Callable[[Told, Shelf], Library]:
    del group
    return partial(as_it_is, no_settings(tmp_path / "data", seeds_dir=seeds))


async def test_readings_that_nobody_waits_for_any_more_are_left_at_their_next_step() -> None:
    begun, left = threading.Event(), threading.Event()

    def endless(told: Told) -> Library:
        begun.set()
        try:
            while True:
                told("Reading", 1, 2)
                time.sleep(0.01)
        finally:
            left.set()

    opening = asyncio.create_task(aside(endless))
    assert await asyncio.to_thread(begun.wait, LONG)
    opening.cancel()
    assert await asyncio.to_thread(left.wait, LONG)


def test_a_folder_is_taken_in_when_two_looks_agree_and_not_while_it_is_being_filled(
    tmp_path: Path,
) -> None:
    start = stamps(tmp_path)
    seen = Watch(start, start)
    assert not seen.settled(stamps(tmp_path))
    (tmp_path / "a.txt").write_text("half")
    assert not seen.settled(stamps(tmp_path))
    (tmp_path / "a.txt").write_text("half and half")
    assert not seen.settled(stamps(tmp_path))
    now = stamps(tmp_path)
    assert seen.settled(now)
    seen.taken = now
    assert not seen.settled(stamps(tmp_path))
    os.rename(tmp_path / "a.txt", tmp_path / "b.txt")
    assert [seen.settled(stamps(tmp_path)) for _ in range(2)] == [False, True]


async def test_what_is_new_changed_gone_or_unreadable_is_said_in_one_line(tmp_path: Path) -> None:
    seeds = copied(tmp_path)
    async with gathered(tmp_path / "data", seeds_dir=seeds, facilitators=("page:ada",)) as group:
        live = Live(group.study)
        (seeds / "bells.md").write_text(ESSAY)
        (seeds / "scan.pdf").write_bytes(b"%PDF-nothing")
        changed = seeds / "ukraine-and-korea/the-paper-shield.md"
        changed.write_text(changed.read_text() + "\n\nOne more word.\n")
        (seeds / "voting-at-sixteen/the-age-of-full-account.md").unlink()
        found = await take_in(live, reopener(group, tmp_path, seeds))
        assert found.line() == (
            "Readings: 1 new (bells.md), 1 changed (ukraine-and-korea/the-paper-shield.md), "
            "1 gone (voting-at-sixteen/the-age-of-full-account.md). scan.pdf is broken or cut off, "
            "and no PDF can be read from it; fetch it again."
        )
        [said] = live.study.library.quotes("bells teach children to stop thinking", limit=1)
        assert said.reading.key == "bells.md"
        assert "bells.md" not in {reading.key for reading in group.study.library.readings}
        was = {id(reading) for reading in group.study.library.readings}
        same = [r for r in live.study.library.readings if id(r) in was]  # read once, kept once
        assert len(same) == len(live.study.library.readings) - 2
        await group.at(minutes=0)
        [(member, card)] = group.chat.told
        assert (member, card.summary) == ("page:ada", found.line())
        assert not await take_in(live, reopener(group, tmp_path, seeds))
        await group.at(minutes=0)
        assert len(group.chat.told) == 1


async def test_an_empty_folder_is_a_disk_that_is_gone_and_the_readings_stay(tmp_path: Path) -> None:
    seeds = copied(tmp_path)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        live = Live(group.study)
        shutil.rmtree(seeds)
        assert not await take_in(live, reopener(group, tmp_path, seeds))
        assert live.study is group.study


async def test_a_changed_reading_keeps_its_used_prompts_used(tmp_path: Path) -> None:
    seeds = tmp_path / "mine"
    seeds.mkdir()
    (seeds / "bells.md").write_text(ESSAY)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        debate = await group.opened()
        claim = thaw(debate.prompt).claim.text
        (seeds / "bells.md").write_text("A new beginning, with a paragraph of its own.\n\n" + ESSAY)
        live = Live(group.study)
        await take_in(live, reopener(group, tmp_path, seeds))
        past = await group.study.store.history(ROOM)
        left = [p.claim.passage.text for p in live.study.library.upcoming(past)]
        assert left
        assert claim not in left


async def shown(study: object, debate: str) -> list[object]:
    pressed = Pressed(ROOM, None, "passage", debate, ADA, "e1", study.clock.now())  # type: ignore[attr-defined]
    card = await service.handle(study, pressed)  # type: ignore[arg-type]
    assert card is not None
    return list(card.parts)


async def test_what_was_posted_is_shown_where_it_stands_now_or_as_it_was(tmp_path: Path) -> None:
    seeds = tmp_path / "mine"
    seeds.mkdir()
    (seeds / "bells.md").write_text(ESSAY)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        debate = await group.opened()
        claim = thaw(debate.prompt).claim
        assert claim.source.suffix or claim.source.prefix
        live, reopen = Live(group.study), reopener(group, tmp_path, seeds)
        (seeds / "bells.md").write_text(ESSAY.replace("# On Bells", "# On Bells, Again"))
        await take_in(live, reopen)
        again = plain_text(await shown(live.study, debate.id))
        assert claim.text in again
        assert phrases.ANCHORED in again
        (seeds / "bells.md").write_text(ESSAY.replace("bell", "gong"))
        await take_in(live, reopen)
        parts = await shown(live.study, debate.id)
        assert claim in [part for part in parts if isinstance(part, Quotation)]
        assert phrases.AS_POSTED in plain_text(parts)
        old = replace(group, study=live.study)
        await old.at(hours=21)
        summary = old.cards(debate.thread)[-1]
        assert phrases.AS_POSTED in plain.render(old.cards()[0])
        assert claim.text in plain.render(old.cards()[0])
        assert summary is not None


async def test_a_question_before_the_readings_are_ready_waits_for_them_while_all_else_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds, ready, begun = tmp_path / "mine", threading.Event(), threading.Event()
    seeds.mkdir()
    (seeds / "bells.md").write_text(ESSAY)

    def slow(*given: object) -> object:
        begun.set()
        assert ready.wait(LONG)
        return known(*given)  # type: ignore[arg-type]

    known = derived.concordances
    monkeypatch.setattr(derived, "concordances", slow)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        asking = asyncio.create_task(group.chat.ask(ROOM, ADA, "quote", "bells teach children"))
        assert await asyncio.to_thread(begun.wait, 5)
        assert await group.opened()
        assert not asking.done()
        ready.set()
        assert "bell" in plain.render(await asking)


def plain_text(parts: list[object]) -> str:
    return " ".join(str(getattr(part, "text", "")) for part in parts)


async def test_a_planned_prompt_whose_reading_changed_makes_room_for_another(
    tmp_path: Path,
) -> None:
    seeds = copied(tmp_path)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        schedule, now = group.study.schedules[0], group.clock.now()
        await service.plan.plan_prompt(group.study, schedule, ROOM, "one", now)
        [planned] = await planned_prompts(group)
        source = thaw(planned.payload["prompt"]).claim.source
        text = (seeds / source.key).read_text()
        (seeds / source.key).write_text(text.replace(" the ", " that "))
        live = Live(group.study)
        await take_in(live, reopener(group, tmp_path, seeds))
        await replace(group, study=live.study).at(minutes=0)
        first, second = await planned_prompts(group)
        assert (first.state, first.why) == (State.SKIPPED, phrases.STALE)
        assert second.state is State.SENT
        assert len(group.cards()) == 1


async def planned_prompts(group: Group) -> list[Effect]:
    found = [await group.study.store.effect(key) for key in ("prompt/one", "prompt/one/again")]
    return [effect for effect in found if effect]


async def test_the_folder_is_watched_until_told_to_stop(tmp_path: Path) -> None:
    seeds = copied(tmp_path)
    async with gathered(tmp_path / "data", seeds_dir=seeds) as group:
        live = Live(group.study)
        watching = asyncio.create_task(
            watch(live, seeds, reopener(group, tmp_path, seeds), every=0.02)
        )
        await asyncio.sleep(0.1)
        assert live.study is group.study
        (seeds / "bells.md").write_text(ESSAY)
        await until(lambda: live.study is not group.study)
        watching.cancel()
        assert "bells.md" in [reading.key for reading in live.study.library.readings]


async def test_the_first_library_is_gone_when_another_has_taken_its_place(tmp_path: Path) -> None:
    seeds, chat = copied(tmp_path), MemoryChat(HandClock(MONDAY), name="page")
    own = no_settings(tmp_path / "data", seeds_dir=seeds, web_port=0)
    async with app.opened(own, HandClock(MONDAY), {"page": chat}, owner="test") as study:
        life = app.Life(Live(study), asyncio.Event(), Metrics(), ticker.Pulse(), print)
        first = weakref.ref(study.library)
        del study
        served = asyncio.create_task(app._served(own, life))
        await until(lambda: life.live.study.library.warmed)
        (seeds / "bells.md").write_text(ESSAY)
        await take_in(life.live, partial(as_it_is, own))
        await until(lambda: gc.collect() >= 0 and not first())
        served.cancel()
