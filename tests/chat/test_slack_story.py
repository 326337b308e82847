"""A debate on Slack from its prompt to its summary, as its members see it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from chat.slack_group import AGORA, Group, gathered
from emulators.slack import BOT, lines
from waiting import until

from bot import phrases
from bot.card import Bars, Card
from bot.chat import slack_intake, slack_posts
from bot.events import Event
from bot.model import Phase
from prompts.model import Stance

AT = "C0AGORA"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy with other tests is no slow store; posts are few and need not wait."""
    monkeypatch.setattr(slack_intake, "PATIENCE", 2.5)
    monkeypatch.setattr(slack_posts, "APART", 0.1)


@pytest.fixture(params=[False, True], ids=["socket", "http"])
async def group(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Group]:
    async with gathered(tmp_path, http=request.param, facilitators=("slack:U0LEA",)) as made:
        yield made
        assert made.slack.unacked == []
        harmless = ("not_found", "account_inactive")
        assert [why for _, why in made.slack.refused if not any(w in why for w in harmless)] == []


async def test_a_prompt_is_one_message_with_its_key_and_nothing_that_unfolds(group: Group) -> None:
    debate = await group.opened()
    [prompt] = group.slack.posts(AT)
    assert debate.thread == prompt["ts"]
    assert prompt["metadata"]["event_payload"] == {"key": debate.id}
    [call] = group.slack.made("chat.postMessage")
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)
    [shown] = lines([prompt])
    assert "[For]  [Against]  [Torn]  [Show the passage]" in shown
    assert shown.count("“") == 2


async def test_a_stance_counts_at_its_press_and_its_reason_when_it_comes(group: Group) -> None:
    debate = await group.opened()
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    [position] = await group.study.store.positions(debate.id)
    assert (position.member.name, position.stance) == ("Ann", Stance.FOR)
    await until(lambda: bool(group.slack.views))
    [window] = lines(group.slack.views.values())
    assert "For      █ 1" in window
    await group.slack.submit("U0ANN", "Sleep matters.")
    assert (await group.study.store.positions(debate.id))[-1].reason == "Sleep matters."
    assert "█" not in lines([group.prompt()])[0]


async def test_a_window_that_is_sent_without_a_reason_changes_nothing(group: Group) -> None:
    debate = await group.opened()
    await group.slack.press("U0ANN", AT, debate.thread, "Torn")
    await until(lambda: bool(group.slack.views))
    assert await group.slack.submit("U0ANN", None) == {}
    assert len(await group.study.store.positions(debate.id)) == 1


@pytest.mark.parametrize("sent", [True, False], ids=["sent", "closed"])
async def test_a_press_that_a_crash_swallowed_is_kept_when_its_window_ends(
    group: Group, sent: bool
) -> None:
    debate = await group.opened()
    group.core = lost
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await until(lambda: bool(group.slack.views))
    group.core = None
    await (group.slack.submit("U0ANN", "Sleep.") if sent else group.slack.close("U0ANN"))
    positions = await group.study.store.positions(debate.id)
    assert [position.reason for position in positions] == ([None, "Sleep."] if sent else [None])


async def lost(_: Event) -> Card | None:
    return Card((Bars((("For", 1),)),), "Where the group stands")


async def test_replies_are_kept_edited_and_deleted_as_in_slack(group: Group) -> None:
    debate = await group.opened()
    slack = group.slack
    kept = await slack.say("U0ANN", AT, "First &amp; foremost.", debate.thread)
    changed = await slack.say("U0BEN", AT, "Never.", debate.thread)
    gone = await slack.say("U0CEM", AT, "I take that back.", debate.thread)
    await slack.say("U0CEM", AT, "Lunch?")
    await slack.edit("U0BEN", AT, changed, "Seldom.")
    await slack.unfurl(AT, kept)
    await slack.delete(AT, gone)
    assert await group.texts(debate) == ["First & foremost.", "Seldom."]
    await until(lambda: (AT, kept, "speech_balloon") in slack.reactions)


async def test_another_thread_is_nobodys_business(group: Group) -> None:
    debate = await group.opened()
    top = await group.slack.say("U0ANN", AT, "Who has the book?")
    await group.slack.say("U0BEN", AT, "I have.", top)
    assert await group.texts(debate) == []
    held = await group.study.store.held("slack:U0BEN")
    assert not any(rows for kind, rows in held.items() if kind != "member")


async def test_a_command_is_answered_to_the_asker_and_shared_by_a_press(group: Group) -> None:
    await group.opened()
    await group.slack.slash("U0ANN", AT, "/quote", "voting age")
    await until(lambda: bool(group.slack.answers("U0ANN")))
    [answer] = group.slack.answers("U0ANN")
    assert "“" in answer
    assert len(group.slack.posts(AT)) == 1
    await group.slack.press_answer("U0ANN", "Share")
    await until(lambda: group.slack.answers("U0ANN") != [answer])
    await group.at(seconds=5)
    assert "Shared by Ann" in lines(group.slack.posts(AT))[-1]
    assert len(group.slack.answers("U0ANN")) == 1  # the answer took the button's place


async def test_in_a_thread_a_mention_asks_and_the_answer_stays_there(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0BEN", AT, f"<@{BOT}> quote voting age", debate.thread)
    await until(lambda: bool(group.slack.answers("U0BEN")))
    [shown] = group.slack.ephemeral
    assert shown["thread_ts"] == debate.thread
    assert await group.texts(debate) == []
    await group.slack.press_answer("U0BEN", "Share")
    await until(lambda: group.slack.ephemeral[0] is not shown)
    await group.at(seconds=5)
    assert "Shared by Ben" in group.thread()[-1]


async def test_shortcuts_ask_about_a_message_and_on_the_prompt_about_the_debate(
    group: Group,
) -> None:
    debate = await group.opened()
    said = await group.slack.say("U0ANN", AT, "Sixteen-year-olds pay tax.", debate.thread)
    await group.slack.shortcut("U0CEM", AT, said, "quote")
    await until(lambda: len(group.slack.answers("U0CEM")) == 1)
    await group.slack.shortcut("U0CEM", AT, debate.thread, "counter")
    await until(lambda: len(group.slack.answers("U0CEM")) == 2)
    await group.slack.slash("U0ANN", AT, "/counter")  # without a claim: the debate's
    await until(lambda: bool(group.slack.answers("U0ANN")))
    assert group.slack.answers("U0CEM")[-1] == group.slack.answers("U0ANN")[-1]


async def test_the_passage_is_shown_to_the_one_who_asked(group: Group) -> None:
    debate = await group.opened()
    await group.slack.press("U0CEM", AT, debate.thread, "Show the passage")
    await until(lambda: bool(group.slack.ephemeral))
    assert [shown["user"] for shown in group.slack.ephemeral] == ["U0CEM"]
    assert len(group.slack.posts(AT)) == 1


async def test_an_unknown_word_after_the_command_is_named_and_calls_nobody(group: Group) -> None:
    await group.slack.slash("U0ANN", AT, "/gadfly", "psue <!channel>")
    await until(lambda: bool(group.slack.answers("U0ANN")))
    answer = group.slack.answers("U0ANN")[0]
    assert "does not know the word psue. What it knows:" in answer
    assert "/gadfly next: when the next debates open" in answer
    assert "<!channel>" not in answer


async def test_a_debate_closes_with_a_summary_in_its_thread(group: Group) -> None:
    debate = await group.opened()
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await group.slack.say("U0ANN", AT, "A vote is a power, since it binds others.", debate.thread)
    await group.slack.say("U0BEN", AT, "They pay tax, so they should vote.", debate.thread)
    await group.at(minutes=5)
    await group.slack.slash("U0ANN", AT, "/gadfly", "close")
    await group.slack.slash("U0LEA", AT, "/gadfly", "close")
    await until(lambda: bool(group.slack.answers("U0LEA")))
    assert "facilitators" in group.slack.answers("U0ANN")[0]
    await group.at(seconds=5)
    await group.at(seconds=5)
    [summary] = group.thread()
    assert "2 of 2 contributors represented" in summary
    assert "“They pay tax, so they should vote.”" in summary
    held = group.slack.channels[AT].messages.values()
    said = next(m["ts"] for m in held if m["text"].startswith("They pay"))
    shown = str(group.slack.posts(AT, debate.thread)[-1]["blocks"])
    assert f"https://study.slack.com/archives/{AT}/p{said.replace('.', '')}" in shown
    assert "[For]" not in lines([group.prompt()])[0]
    line = group.slack.posts(AT)[-1]
    assert line["text"] == phrases.SUMMED_UP.format(motion=debate.prompt["motion"])
    latest = await group.study.store.latest(AGORA)
    assert latest is not None
    assert latest.phase is Phase.CLOSED


async def test_a_late_press_is_told_that_the_debate_is_closed(group: Group) -> None:
    debate = await group.opened()
    group.clock.move(debate.closes - group.clock.now())
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await until(lambda: bool(group.slack.views))
    assert "closed" in lines(group.slack.views.values())[0]
    assert await group.study.store.positions(debate.id) == ()


async def test_the_home_shows_the_debate_the_next_prompt_and_ones_own_data(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0LEA", AT, "Hear, hear: it binds others.", debate.thread)
    await group.slack.open_home("U0ANN")
    await group.slack.open_home("U0LEA")
    await until(lambda: len(group.slack.homes) == 2)
    ann, lea = lines([group.slack.homes["U0ANN"], group.slack.homes["U0LEA"]])
    assert str(debate.prompt["motion"]) in ann
    assert "[Skip]" not in ann
    assert "[Approve]  [Swap]  [Skip]" in lea
    await group.slack.press_home("U0LEA", "Approve")
    await until(lambda: "[Approve]" not in lines([group.slack.homes["U0LEA"]])[0])
    before = lines([group.slack.homes["U0LEA"]])[0]
    await group.slack.press_home("U0LEA", "Swap")
    await until(lambda: lines([group.slack.homes["U0LEA"]])[0] != before)


async def test_erasing_from_the_home_asks_first_and_then_leaves_nothing(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0ANN", AT, "A vote is a power over others.", debate.thread)
    await group.slack.open_home("U0ANN")
    await until(lambda: bool(group.slack.homes))
    await group.slack.press_home("U0ANN", "Erase my data")
    await until(lambda: "Erase all of it" in lines([group.slack.homes["U0ANN"]])[0])
    assert await group.texts(debate) != []
    await group.slack.press_home("U0ANN", "Erase all of it")
    await until(lambda: "erased" in lines([group.slack.homes["U0ANN"]])[0])
    assert await group.texts(debate) == []


async def test_the_home_shows_nobody_a_private_channel(group: Group) -> None:
    debate = await group.opened()
    place = group.slack.channels[AT]
    place.private, place.members = True, {BOT, "U0LEA"}
    await group.slack.open_home("U0ANN")
    await group.slack.open_home("U0LEA")
    await until(lambda: len(group.slack.homes) == 2)
    ann, lea = lines([group.slack.homes["U0ANN"], group.slack.homes["U0LEA"]])
    assert str(debate.prompt["motion"]) not in ann
    assert str(debate.prompt["motion"]) in lea


async def test_a_press_that_is_told_twice_counts_and_is_answered_once(group: Group) -> None:
    debate = await group.opened()
    group.slack.duplicates = 3
    await group.slack.press("U0ANN", AT, debate.thread, "For")
    await group.slack.slash("U0BEN", AT, "/quote", "voting age")
    await group.slack.say("U0CEM", AT, "Once is enough, as ever.", debate.thread)
    await until(lambda: bool(group.slack.answers("U0BEN")))
    assert len(await group.study.store.positions(debate.id)) == 1
    assert len(group.slack.answers("U0BEN")) == 1
    assert await group.texts(debate) == ["Once is enough, as ever."]


async def test_events_in_any_order_end_in_the_same(group: Group) -> None:
    debate = await group.opened()
    slack = group.slack
    ts, said = slack.write("U0ANN", AT, "Never.", debate.thread)
    await slack.edit("U0ANN", AT, ts, "Seldom.")
    await slack.tell("event", said)
    other, late = slack.write("U0BEN", AT, "Gone before it came.", debate.thread)
    await slack.delete(AT, other)
    await slack.tell("event", late)
    assert await group.texts(debate) == ["Seldom."]


async def test_when_the_app_is_removed_what_was_said_is_forgotten(group: Group) -> None:
    debate = await group.opened()
    await group.slack.say("U0ANN", AT, "A vote is a power over others.", debate.thread)
    await group.slack.uninstall()
    assert await group.study.store.latest(AGORA) is None
    assert await group.study.store.debate(debate.id) is None


async def test_every_event_that_is_subscribed_is_acknowledged(group: Group) -> None:
    await group.opened()
    kinds = ["channel_archive", "group_archive", "channel_left", "group_left", "group_unarchive"]
    kinds += ["channel_unarchive", "member_joined_channel", "something_new"]
    for kind in kinds:
        await group.slack.tell("event", group.slack.event({"type": kind, "channel": AT}))
    for subtype in ("channel_join", "channel_topic", "bot_message", "message_replied", "new_one"):
        body = {"type": "message", "subtype": subtype, "channel": AT, "ts": group.slack.ts()}
        await group.slack.tell("event", group.slack.event(body))
    assert group.slack.unacked == []
