"""Slack's line: it breaks, it goes deaf, it is replaced; nothing that was said is lost."""

import asyncio
from functools import partial
from pathlib import Path

import pytest
from chat.slack_group import Group, gathered
from chat.slack_load import connected
from emulators.slack import Fault, lines
from waiting import until

from bot import service
from bot.card import Card
from bot.chat import slack_intake, slack_posts, slack_socket
from bot.events import Event, Said, Took
from bot.ledger import StoreError
from bot.model import Kind, Phase
from bot.store.store import Store

AT = "C0AGORA"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests is no slow store; posts are few and need not wait."""
    monkeypatch.setattr(slack_intake, "PATIENCE", 2.5)
    monkeypatch.setattr(slack_posts, "APART", 0.1)


async def test_what_a_command_decides_is_kept_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with gathered(tmp_path, facilitators=("slack:U0LEA",)) as group:
        await group.slack.slash("U0LEA", AT, "/gadfly", "now")
        assert len(await group.study.store.effects(kind=Kind.PROMPT)) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_line_that_is_announced_to_go_is_heard_until_the_next_one_stands(
    tmp_path: Path, reason: str
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.slack.faults = lambda m, _: Fault(slow=0.3) if m == "apps.connections.open" else None
        await group.slack.disconnect(reason)
        await group.slack.say("U0ANN", AT, "While the line is changed.", debate.thread)
        assert await group.texts(debate) == ["While the line is changed."]
        await connected(group, 2)
        await until(lambda: len(group.slack.sockets) == 1)
        await group.slack.say("U0BEN", AT, "On the new one.", debate.thread)
        assert len(await group.texts(debate)) == 2


async def test_what_is_said_while_the_line_is_broken_is_read_from_the_thread(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        kept = await group.slack.say("U0ANN", AT, "Before.", debate.thread)
        group.slack.retries = False
        group.slack.cut()
        await group.slack.say("U0BEN", AT, "Unheard.", debate.thread)
        await group.slack.edit("U0ANN", AT, kept, "Before, and changed unheard.")
        await connected(group, 2)
        await until_texts(group, ["Before, and changed unheard.", "Unheard."])


async def until_texts(group: Group, texts: list[str]) -> None:
    debate = (await group.study.store.debates())[0]

    async def alike() -> bool:
        return await group.texts(debate) == texts

    await until(alike)


async def test_a_line_that_does_not_say_hello_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_socket, "HELLO", 0.5)
    async with gathered(tmp_path) as group:
        group.slack.silent_sockets = True
        group.slack.cut()
        await until(lambda: not group.chat.listening)
        group.slack.silent_sockets = False
        await connected(group, 2)
        assert group.chat.listening


async def test_a_line_that_has_been_silent_for_long_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_socket, "SILENCE", 0.3)
    async with gathered(tmp_path) as group:
        await connected(group, 3)


async def test_a_far_end_that_answers_no_ping_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_socket, "PING", 0.2)
    async with gathered(tmp_path) as group:
        group.slack.freeze()
        await connected(group, 2)


async def test_socket_mode_that_is_switched_off_is_named_and_asked_for_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slack_socket, "LONGEST_PAUSE", 1.0)
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        before = len(group.slack.made("apps.connections.open"))
        await group.slack.disconnect("link_disabled")
        group.slack.cut()
        group.slack.write("U0ANN", AT, "While it was off.", debate.thread)
        await until(lambda: "Socket Mode is off: switch it on" in caplog.text)
        assert len(group.slack.made("apps.connections.open")) == before
        assert not group.chat.listening
        await connected(group, 2)
        await until_texts(group, ["While it was off."])
        assert group.chat.listening


async def test_while_slack_gives_no_line_it_is_asked_less_and_less_often(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        group.slack.faults = lambda m, _: (
            Fault(status=503) if m == "apps.connections.open" else None
        )
        tries, loop = partial(group.slack.made, "apps.connections.open"), asyncio.get_running_loop()
        before, began = len(tries()), loop.time()
        group.slack.cut()
        await until(lambda: len(tries()) >= before + 4)
        assert not group.chat.listening
        assert loop.time() - began >= (0.5 + 1 + 2) / 2  # half of what each pause may be


async def test_what_the_store_did_not_take_is_told_again(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        failing = Failing(group, 2)
        group.core = failing
        await group.slack.say("U0ANN", AT, "Heard at last.", debate.thread)
        assert await group.texts(debate) == ["Heard at last."]
        assert group.slack.unacked == []


class Failing:
    """The core, with a slow store that fails for the first replies and stances."""

    def __init__(self, group: Group, times: int, delay: float = 0.0) -> None:
        self.study, self.times, self.delay = group.study, times, delay

    async def __call__(self, event: Event) -> Card | None:
        if isinstance(event, Said | Took):
            await asyncio.sleep(self.delay)
            if self.times:
                self.times -= 1
                raise StoreError("the disk is full; make room")
        return await service.handle(self.study, event)


async def test_what_fails_after_its_acknowledgement_is_read_from_the_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.slack_intake.SETTLING", 0.1)
    monkeypatch.setattr(slack_intake, "PATIENCE", 0.35)
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.core = failing = Failing(group, 1, delay=1.5)
        await group.slack.say("U0ANN", AT, "Late, not lost.", debate.thread)
        assert failing.times == 1  # it was acknowledged before it failed
        await until_texts(group, ["Late, not lost."])


async def test_a_press_that_the_store_never_takes_is_told_to_the_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.kept.PAUSES", (0.1,))
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.core = Failing(group, 2)
        await group.slack.press("U0ANN", AT, debate.thread, "For")
        await until(lambda: bool(group.slack.views))
        assert "try again" in str(group.slack.views)
        assert "disk" not in str(group.slack.views)


async def test_a_press_that_was_acknowledged_is_kept_when_the_store_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_intake, "PATIENCE", 0.35)
    monkeypatch.setattr("bot.chat.kept.PAUSES", (0.3,) * 10)
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.core = failing = Failing(group, 4)
        await group.slack.press("U0ANN", AT, debate.thread, "For")
        assert failing.times > 0  # it was acknowledged while the store failed
        assert await group.study.store.positions(debate.id) == ()
        shown = partial(lines, group.slack.views.values())
        await until(lambda: any("For      █ 1" in line for line in shown()))
        assert len(await group.study.store.positions(debate.id)) == 1


async def test_a_press_that_is_under_way_when_gadfly_is_stopped_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_intake, "PATIENCE", 0.1)
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.core = Failing(group, 0, delay=0.8)
        await group.slack.press("U0ANN", AT, debate.thread, "For")
    store = await Store.at(f"sqlite:///{tmp_path}/gadfly.db")
    assert len(await store.positions(debate.id)) == 1
    await store.close()


async def test_reinvited_gadfly_reads_what_was_written_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.slack_intake.SETTLING", 0.1)
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        group.slack.write("U0ANN", AT, "You were out.", debate.thread)
        joined = {"type": "member_joined_channel", "user": "U0GADFLY", "channel": AT}
        await group.slack.tell("event", group.slack.event(joined))
        await until_texts(group, ["You were out."])


@pytest.mark.parametrize("answered", [False, True], ids=["without replies", "with replies"])
async def test_a_prompt_deleted_while_nobody_listened_is_a_debate_that_is_over(
    tmp_path: Path, answered: bool
) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        held = group.slack.channels[AT].messages
        if answered:
            await group.slack.say("U0ANN", AT, "I doubt it.", debate.thread)
            held[debate.thread] |= {"subtype": "tombstone", "user": "USLACKBOT", "hidden": True}
        else:
            del held[debate.thread]
        await service.back_fill(group.study, "slack")
        found = await group.study.store.debate(debate.id)
        assert found is not None
        assert found.phase is Phase.CLOSED
