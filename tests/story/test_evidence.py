"""What the readings say beside a summary speaks of the debate, and is not on screen already."""

from dataclasses import replace
from pathlib import Path

from story.group import Group, gathered

from bot.model import Debate
from bot.snapshot import thaw
from bot.story import evidence
from prompts.summary import sum_up


def beside(group: Group, debate: Debate, *words: str) -> list[tuple[str, str]]:
    """Key and words of what stands beside a line that is divided by these words."""
    divided = replace(sum_up(thaw(debate.prompt).motion, ()), divided_by=words)
    found = evidence(group.study, debate, divided).dividing
    return [(part.source.key.split("/")[0], part.text) for part in found]


async def test_a_word_that_every_reading_uses_leads_to_no_other_subject(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        subject = thaw(debate.prompt).claim.source.key.split("/")[0]
        for word in ("promises", "results", "power", "years", "schools", "promise", "age"):
            assert {key for key, _ in beside(group, debate, word)} <= {subject}, word


async def test_what_is_on_screen_is_not_quoted_again(tmp_path: Path) -> None:
    async with gathered(tmp_path) as group:
        debate = await group.opened()
        prompt = thaw(debate.prompt)
        for part in prompt.quotations():
            (found,) = beside(group, debate, part.text) or [("", "")]
            assert part.text not in found[1]
            assert found[1] not in part.text or not found[1]
