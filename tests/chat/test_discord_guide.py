"""The guide for Discord says what the adapter needs, no more and no less."""

import re
from pathlib import Path

import discord
from emulators.discord_rules import ENOUGH

from bot.chat.discord_check import NEEDED
from bot.chat.discord_events import api_base
from bot.settings import Settings

GUIDE = (Path(__file__).parents[2] / "deploy/discord.md").read_text(encoding="utf-8")


def test_the_invitation_asks_for_exactly_what_is_needed() -> None:
    [asked] = re.findall(r"&permissions=(\d+)", GUIDE)
    assert int(asked) == discord.Permissions(**dict.fromkeys(NEEDED, True)).value == ENOUGH
    for title in NEEDED.values():
        assert title in GUIDE


def test_the_invitation_for_locked_threads_adds_that_one_permission() -> None:
    [asked] = re.findall(r"`permissions=(\d+)`", GUIDE)
    assert discord.Permissions(int(asked) & ~ENOUGH) == discord.Permissions(manage_threads=True)


def test_every_setting_in_it_is_one() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(
        re.findall(r"\b(?:DISCORD|PROMPT|FACILITATORS|TIMEZONE|JOINT|DATA)[A-Z_]*\b", GUIDE)
    )
    assert {name.removesuffix("_FILE") for name in named} <= known


def test_the_apis_address_is_taken_however_it_is_written() -> None:
    for written in ("http://proxy:8080", "http://proxy:8080/", "http://proxy:8080/api"):
        assert api_base(written) == "http://proxy:8080/api/v10"
    assert api_base("http://proxy:8080/api/v10/") == "http://proxy:8080/api/v10"
