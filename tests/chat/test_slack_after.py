"""After a close, after an erasure, after Slack let Gadfly go: what is said then is so."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from chat.slack_group import AGORA, MONDAY, STOA, Group, gathered
from emulators.slack import Fault, Slack, first, lines
from waiting import until

from bot.chat import slack_intake, slack_posts
from bot.clock import HandClock
from bot.model import Debate, Phase

AT = "C0AGORA"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests is no slow store; posts are few and need not wait."""
    monkeypatch.setattr(slack_intake, "PATIENCE", 2.5)
    monkeypatch.setattr(slack_posts, "APART", 0.1)


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path, http=True) as made:
        yield made


async def closed(group: Group, debate: Debate) -> Debate:
    """Two hold a view and say so, then the debate closes."""
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await group.slack.say("U0ANN", AT, "A vote is a power, since it binds others.", debate.thread)
    await group.slack.say("U0BEN", AT, "They pay tax, so they should vote.", debate.thread)
    group.clock.move(debate.closes - group.clock.now())
    for _ in range(3):
        await group.at(seconds=5)
    found = await group.study.store.debate(debate.id)
    assert found is not None
    assert found.phase is Phase.CLOSED
    return found


async def test_a_press_from_before_the_close_counts_however_late_it_is_heard(group: Group) -> None:
    debate = await group.opened()
    group.clock.move(debate.closes - group.clock.now() - timedelta(seconds=1))
    pressed = group.slack.action("U0CEM", {"action_id": "against", "value": debate.id})
    pressed |= {"channel": {"id": AT}, "container": {"channel_id": AT}}
    group.clock.move(timedelta(seconds=-60))
    await closed(group, debate)
    await group.slack.tell("interactive", pressed)
    kept = await group.study.store.positions(debate.id)
    assert {position.member.id for position in kept} == {"slack:U0ANN", "slack:U0CEM"}
    await group.at(seconds=5)
    assert "Against  █" in lines([group.slack.posts(AT)[0]])[0]
    assert "1 for, 1 against" in group.thread()[0]


async def test_a_reason_that_is_given_after_the_close_reaches_the_summary(group: Group) -> None:
    debate = await group.opened()
    await closed(group, debate)
    assert await group.slack.submit("U0ANN", "Sleep matters.") == {}
    await group.at(seconds=5)
    assert "“Sleep matters.”" in group.thread()[0]


async def test_a_reason_that_is_not_kept_is_told_so_in_its_window(group: Group) -> None:
    debate = await group.opened()
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await until(lambda: bool(group.slack.views))
    await group.slack.slash("U0ANN", AT, "/gadfly", "optout")
    await until(lambda: bool(group.slack.answers("U0ANN")))
    said = await group.slack.submit("U0ANN", "Sleep matters.")
    assert said is not None
    assert "not kept" in said["errors"]["reason"]
    assert await group.study.store.positions(debate.id) == ()


async def test_whoever_moves_after_a_reason_has_moved_also_where_our_clock_is_ahead(
    group: Group,
) -> None:
    debate = await group.opened()
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await until(lambda: bool(group.slack.views))
    group.clock.move(timedelta(seconds=5))
    await group.slack.submit("U0ANN", "Sleep matters.")
    group.clock.move(timedelta(seconds=-4))
    await group.slack.press("U0ANN", AT, debate.thread, "Against")
    assert (await group.study.store.positions(debate.id))[-1].stance == "against"


async def test_who_is_erased_after_the_close_leaves_the_counts_under_the_prompt(
    group: Group,
) -> None:
    debate = await closed(group, await group.opened())
    assert "For      █ 1" in lines([group.slack.posts(AT)[0]])[0]
    await group.slack.slash("U0ANN", AT, "/gadfly", "forget")
    await until(lambda: bool(group.slack.answers("U0ANN")))
    await group.at(seconds=5)
    assert debate.thread == group.slack.posts(AT)[0]["ts"]
    assert "█" not in lines([group.slack.posts(AT)[0]])[0]


async def test_many_changes_of_a_closed_thread_are_few_edits_of_its_summary(group: Group) -> None:
    debate = await closed(group, await group.opened())
    held = group.slack.channels[AT].messages.values()
    said = next(m["ts"] for m in held if m["text"].startswith("They pay"))
    before = len(group.slack.made("chat.update"))
    for n in range(12):
        await group.slack.edit("U0BEN", AT, said, f"They pay tax, so they vote, says {n}.")
    await group.at(seconds=1)
    assert len(group.slack.made("chat.update")) == before + 1
    assert "says 11." in group.thread()[0]
    for n in range(12, 24):
        await group.slack.edit("U0BEN", AT, said, f"They pay tax, so they vote, says {n}.")
        await group.at(seconds=1)
    await group.at(seconds=20)
    assert "says 23." in group.thread()[0]
    assert len(group.slack.made("chat.update")) <= before + 7
    assert debate.closed is not None


async def test_the_line_in_the_channel_is_looked_for_in_the_channel(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0BEN", AT, "They pay tax, so they should vote.", debate.thread)
    lost = Fault(drop=True, after=True)
    # The summary is the next post, the line the one after it.
    group.slack.faults = first(("chat.postMessage", Fault(status=200)), ("chat.postMessage", lost))
    group.clock.move(debate.closes - group.clock.now())
    for _ in range(3):
        await group.at(seconds=5)
    looked = len(group.slack.made("conversations.history"))
    await group.at(minutes=2)
    await group.at(minutes=2)
    assert len(group.slack.made("conversations.history")) > looked
    tops = [post["text"] for post in group.slack.posts(AT)]
    assert [text.startswith("Closed") for text in tops] == [False, True]


async def test_removed_from_the_workspace_gadfly_says_that_it_hears_nobody(group: Group) -> None:
    await group.opened()
    assert group.chat.listening
    await group.slack.uninstall()
    assert not group.chat.listening


async def test_leaving_another_workspace_takes_nothing_from_this_one(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0ANN", AT, "It binds others.", debate.thread)
    for event in (
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}},
    ):
        told = group.slack.event(event) | {"team_id": "T0OTHER"}
        assert await group.slack.tell("event", told) is not None
    assert group.chat.listening
    assert await group.texts(debate) == ["It binds others."]


async def test_a_channel_that_gets_another_id_goes_on_as_the_same_room(group: Group) -> None:
    debate = await group.opened()
    await moved(group, AT, "G0NEW")
    await group.slack.say("U0ANN", "G0NEW", "It binds others.", debate.thread)
    await group.slack.press("U0ANN", "G0NEW", debate.thread, "For")
    assert await group.texts(debate) == ["It binds others."]
    assert len(await group.study.store.positions(debate.id)) == 1
    group.clock.move(debate.closes - group.clock.now())
    for _ in range(3):
        await group.at(seconds=5)
    assert "“It binds others.”" in lines(group.slack.posts("G0NEW", debate.thread))[0]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_unarchive", "user": "U0LEA"},  # by whom, in Slack's samples
        {"type": "group_unarchive", "actor_id": "U0LEA"},
    ],
    ids=["channel", "group"],
)
async def test_a_channel_that_somebody_unarchives_gets_its_prompt_at_once(
    group: Group, event: dict[str, str]
) -> None:
    group.slack.channels[AT].archived = True
    await group.at(minutes=0)
    await group.at(minutes=1)
    assert group.slack.posts(AT) == []
    group.slack.channels[AT].archived = False
    await group.slack.tell("event", group.slack.event({**event, "channel": AT}))
    await group.at(seconds=1)
    assert len(group.slack.posts(AT)) == 1


async def test_whoever_else_joins_a_channel_changes_nothing(group: Group) -> None:
    group.slack.channels[AT].archived = True
    await group.at(minutes=0)
    await group.at(minutes=1)
    group.slack.channels[AT].archived = False
    joined = {"type": "member_joined_channel", "user": "U0LEA", "channel": AT}
    await group.slack.tell("event", group.slack.event(joined))
    await group.at(minutes=5)
    assert group.slack.posts(AT) == []


async def moved(group: Group, old: str, new: str) -> None:
    held = group.slack.channels[new] = group.slack.channels.pop(old)
    held.id = new
    changed = {"type": "channel_id_changed", "old_channel_id": old, "new_channel_id": new}
    await group.slack.tell("event", group.slack.event(changed))


async def test_a_channel_with_another_id_is_known_after_the_next_start(tmp_path: Path) -> None:
    clock = HandClock(MONDAY)
    async with Slack(lambda: clock.now().timestamp()).serving() as slack:
        async with gathered(tmp_path, slack=slack, clock=clock) as group:
            debate = await group.opened()
            await moved(group, AT, "G0NEW")
            await moved(group, "G0NEW", "G0NEWER")
        async with gathered(tmp_path, slack=slack, clock=clock) as again:
            slack.channels.pop(AT, None)
            await again.at(seconds=1)
            await slack.say("U0ANN", "G0NEWER", "It binds others.", debate.thread)
            assert await again.texts(debate) == ["It binds others."]
            clock.move(debate.closes - clock.now())
            for _ in range(3):
                await again.at(seconds=5)
            assert "“It binds others.”" in lines(slack.posts("G0NEWER", debate.thread))[0]


async def test_slacks_look_at_the_address_is_answered_though_it_is_not_signed(
    group: Group,
) -> None:
    session = group.slack._session
    async with session.post(group.slack.mode, data={"ssl_check": "1", "token": "x"}) as answer:
        assert (answer.status, await answer.text()) == (200, "")
    async with session.post(group.slack.mode, data={"command": "/quote"}) as answer:
        assert answer.status == 401


async def test_what_slack_did_not_sign_or_signed_long_ago_is_turned_away(group: Group) -> None:
    now = group.slack.signed("{}")
    stale = float(now["X-Slack-Request-Timestamp"]) - 600
    forged = [
        {},
        group.slack.signed("{}", secret="another"),  # noqa: S106 - it has to be wrong
        group.slack.signed('{"other": 1}'),
        group.slack.signed("{}", stale),
        group.slack.signed("{}", stale + 1_200),
        {**now, "X-Slack-Signature": "v0=é"},
        {**now, "X-Slack-Request-Timestamp": "soon"},
        {**now, "X-Slack-Request-Timestamp": "9" * 400},
    ]
    async with aiohttp.ClientSession() as session:
        for headers in forged:
            whole = {**headers, "Content-Type": "application/json"}
            async with session.post(group.slack.mode, data=b"{}", headers=whole) as answer:
                assert answer.status == 401, headers
        for body in ("{", "[]", "null", "payload=%7B"):
            form = {**group.slack.signed(body), "Content-Type": "application/json"}
            async with session.post(group.slack.mode, data=body.encode(), headers=form) as answer:
                assert answer.status == 400, body


async def test_a_clock_that_is_not_slacks_is_named_with_its_remedy(
    group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    # Slack's requests are turned down from five minutes on, and nobody would be heard (T20).
    async with aiohttp.ClientSession() as session:
        for stale in (-600, 600):
            caplog.clear()
            headers = group.slack.signed("{}", time.time() + stale)
            async with session.post(group.slack.mode, data="{}", headers=headers) as answer:
                assert answer.status == 401
            assert "set the clock by NTP" in caplog.text
        caplog.clear()
        headers |= {"X-Slack-Signature": f"v0={'0' * 64}"}
        async with session.post(group.slack.mode, data="{}", headers=headers) as answer:
            assert answer.status == 401
        assert "clock" not in caplog.text  # it may be anybody's


@pytest.mark.parametrize(("off", "told"), [(0, False), (-90, True), (90, True)])
async def test_a_clock_that_is_not_slacks_is_named_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, off: float, told: bool
) -> None:
    clock = HandClock(MONDAY)
    async with Slack(lambda: clock.now().timestamp()).serving() as slack:
        slack.clock_off = off
        async with gathered(tmp_path, slack=slack, clock=clock):
            assert ("s from Slack's; set it by NTP" in caplog.text) is told


async def test_of_several_channels_the_home_says_which_debate_is_where(tmp_path: Path) -> None:
    async with gathered(tmp_path, rooms=(AGORA, STOA)) as group:
        await group.opened()
        await group.at(seconds=2)
        await group.slack.open_home("U0ANN")
        await until(lambda: bool(group.slack.homes))
        [home] = lines(group.slack.homes.values())
        assert home.count("In #c0agora: ") == home.count("In #c0stoa: ") == 2
