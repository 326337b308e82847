"""The digest: a week's debates in one post, told once, and true to what members do afterwards."""

from datetime import timedelta
from pathlib import Path

from story.group import ADA, BEN, CEM, ROOM, Group, gathered

from bot import phrases, plain
from bot.chat.history import Post
from bot.model import Member, State
from prompts.model import Stance

LONE = "My brother works nights, and nobody else here has said what it means to him."


def digests(group: Group) -> list[Post]:
    return [post for post in group.chat.posts(ROOM) if post.key.startswith("digest/")]


def text(group: Group) -> str:
    (post,) = digests(group)
    return plain.render(post.card)


async def debated(group: Group, *lines: tuple[Member, Stance, str]) -> None:
    """One day's debate, from its prompt to its summary."""
    await group.at(minutes=1)
    debate = await group.study.store.latest(ROOM)
    assert debate is not None
    for member, stance, words in lines:
        await group.chat.take(ROOM, debate.id, member, stance)
        if words:
            await group.chat.say(ROOM, debate.thread, member, words)
    await group.at(hours=20)
    await group.at(hours=3, minutes=59)


async def week(group: Group, days: int = 2) -> None:
    """So many days of debates; it is shortly before nine on the day after the last."""
    await group.at(minutes=0)
    for number in range(days):
        await debated(
            group,
            (ADA, Stance.FOR, f"Rule number {number} protects whoever is weakest in a class."),
            (BEN, Stance.AGAINST, LONE if number == 0 else ""),
        )


async def test_a_week_is_told_in_one_post_with_both_sides_and_everybody_counted(
    tmp_path: Path,
) -> None:
    async with gathered(tmp_path, digest_at="wed 12:00") as group:
        await week(group)
        assert digests(group) == []
        await group.at(hours=3, minutes=1)
        told = text(group)
        assert told.startswith("Digest: 2 debates, 2 people")
        assert f"“{LONE}”" in told
        assert "“Rule number 1 protects whoever is weakest in a class.”" in told
        assert "1 for, 1 against, 0 torn." in told
        assert "2 of 2 contributors represented." in told
        assert "1 of 1 contributor represented." in told


async def test_it_comes_once_whatever_is_restarted_and_tells_nothing_twice(tmp_path: Path) -> None:
    async with gathered(tmp_path, digest_at="wed,thu 12:00") as group:
        await week(group)
        await group.at(hours=3, minutes=1)
        clock, history = group.clock, group.chat.history
    more = {"clock": clock, "history": history}
    async with gathered(tmp_path, digest_at="wed,thu 12:00", **more) as group:
        await group.at(minutes=1)
        assert len(digests(group)) == 1
        await group.at(days=1)  # one debate more has closed since, and one waits for a second
        assert len(digests(group)) == 1
        (_, thursday) = await group.study.store.effects(kind="digest")
        assert (thursday.state, thursday.why) == (State.SKIPPED, phrases.NO_DIGEST)


async def test_a_digest_that_fell_into_a_downtime_is_made_good_by_the_next(tmp_path: Path) -> None:
    async with gathered(
        tmp_path, digest_at="wed,fri 12:00", prompt_at="mon,tue,thu 09:00"
    ) as group:
        await week(group)
        group.clock.move(timedelta(days=2, hours=3, minutes=1))  # Wednesday's passed unseen
        await group.at(minutes=0)
        assert text(group).startswith("Digest: 2 debates")


async def test_what_is_withdrawn_edited_or_forgotten_leaves_the_digest_too(tmp_path: Path) -> None:
    async with gathered(tmp_path, digest_at="wed 12:00") as group:
        await week(group)
        await group.at(hours=3, minutes=1)
        said = next(
            e for e in group.chat.history.entries.values() if getattr(e, "text", "") == LONE
        )
        await group.chat.reword(said.id, "Nobody here works nights but my brother does.")
        await group.at(seconds=5)
        assert LONE not in text(group)
        assert "“Nobody here works nights but my brother does.”" in text(group)
        await group.chat.ask(ROOM, BEN, "gadfly", "forget")
        await group.at(seconds=5)
        assert "my brother" not in text(group)
        assert "Ben" not in text(group)
        assert "“Rule number 0 protects whoever is weakest in a class.”" in text(group)


async def test_a_debate_whose_prompt_was_deleted_is_not_told(tmp_path: Path) -> None:
    async with gathered(tmp_path, digest_at="thu 12:00") as group:
        await week(group)
        await group.at(minutes=1)
        wednesday = await group.study.store.latest(ROOM)
        assert wednesday is not None
        await group.chat.say(ROOM, wednesday.thread, CEM, "Is this one meant for another room?")
        await group.chat.delete(wednesday.thread)
        await group.at(days=1, hours=3)
        told = text(group)
        assert told.startswith("Digest: 2 debates")
        assert wednesday.prompt["motion"] not in told


async def test_there_is_no_digest_unless_one_is_asked_for(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        await week(group, days=3)
        await group.at(days=3)
        assert digests(group) == []
        assert await group.study.store.effects(kind="digest") == ()
