"""The people behind a point, as a summary calls them: by name, by number, or as a member."""

from collections.abc import Set

from bot import phrases
from bot.story import THE_READING, Story
from prompts.model import KeyPoint

NAMED = 3  # people whose names stand beside a point; more are counted


def name_of(story: Story, point: KeyPoint) -> str:
    return name(story, point.excerpt.remark.member)


def name(story: Story, member: str) -> str:
    """How the member is called; who has no name here is one of the group."""
    return story.exchange.names.get(member, phrases.SOMEBODY)


def signed(story: Story, point: KeyPoint) -> str:
    """Whose words show a point, whom they answer, and who holds it too: by name while the list is
    short.

    Whoever took no stance is not counted among a side silently.
    """
    return f"{name_of(story, point)}{_others(story, point)}"


def sided(story: Story, point: KeyPoint) -> str:
    """The same, with the side that the words speak for."""
    side = f" ({point.stance})" if point.stance else ""
    return f"{name_of(story, point)}{side}{_others(story, point)}"


def _others(story: Story, point: KeyPoint) -> str:
    return f"{_answering(story, point)}{_with(story, point)}"


def _answering(story: Story, point: KeyPoint) -> str:
    answer = story.answers.get(point.excerpt.remark.id)
    if answer is None:
        return ""
    by_reading = answer.member == THE_READING
    whom = phrases.THE_READING if by_reading else name(story, answer.member)
    return f", {phrases.ANSWERING} {whom}"


def _with(story: Story, point: KeyPoint) -> str:
    others = point.members - {point.excerpt.remark.member}
    if not others:
        return ""
    undecided = point.members - story.exchange.last.keys()
    note = phrases.no_side(len(undecided)) if undecided < point.members else ""
    if len(others) > NAMED or not others <= story.exchange.names.keys():
        return f", and {len(others)} more{note}"
    return f", with {people(story, others)}{note}"


def people(story: Story, members: Set[str]) -> str:
    """Their names, and how many have none: Ana, Ben and 2 more."""
    names = sorted(story.exchange.names[m] for m in members if m in story.exchange.names)
    unnamed = len(members) - len(names)
    if not names:
        return phrases.people(unnamed)
    return phrases.listed([*names, f"{unnamed} more"] if unnamed else names)
