"""What the readings cannot answer is told to whoever runs Gadfly, and what was asked is not."""

import logging
from pathlib import Path

import pytest
from story.group import ADA, ROOM, gathered


@pytest.mark.parametrize("command", ["quote", "counter"])
async def test_a_gap_is_logged_without_the_members_words(
    command: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with gathered(tmp_path) as group:
        with caplog.at_level(logging.INFO, logger="bot.lookups"):
            await group.chat.ask(ROOM, ADA, command, "xylophones are divine", None)
    assert f"no answer to a /{command}" in caplog.text
    assert "xylophone" not in caplog.text
