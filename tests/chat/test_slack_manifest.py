"""The manifests: valid, alike, and exactly what Gadfly uses."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot import menu
from bot.chat import slack_check, slack_events, slack_intake

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy" / "slack"
SCHEMA = ROOT.parent / "shared" / "specs" / "slack-manifest.schema.json"
MANIFESTS = [DEPLOY / "manifest-socket.json", DEPLOY / "manifest-http.json"]


def manifest(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return made


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda p: p.stem)
def test_slacks_own_schema_takes_the_manifest(path: Path) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's manifest schema is not beside this checkout")
    check = [ROOT / ".venv/bin/check-jsonschema", "--schemafile", SCHEMA, path]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda p: p.stem)
def test_the_manifest_keeps_slacks_limits(path: Path) -> None:
    made = manifest(path)
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    for command in made["features"]["slash_commands"]:
        assert 2 <= len(command["command"]) <= 32
        assert len(command["description"]) <= 2000


def test_both_modes_ask_for_the_same_and_differ_in_addresses_alone() -> None:
    socket, http = (manifest(path) for path in MANIFESTS)
    assert socket["settings"].pop("socket_mode_enabled") is True
    assert http["settings"].pop("socket_mode_enabled") is False
    urls = [http["settings"]["event_subscriptions"].pop("request_url")]
    urls.append(http["settings"]["interactivity"].pop("request_url"))
    urls += [command.pop("url") for command in http["features"]["slash_commands"]]
    assert len(set(urls)) == 1
    assert urls[0].endswith("/slack/events")
    assert socket == http


def test_the_scopes_are_those_that_are_checked() -> None:
    asked = set(manifest(MANIFESTS[0])["oauth_config"]["scopes"]["bot"])
    assert asked == slack_check.SCOPES.keys() | slack_check.OPTIONAL.keys()


def test_every_command_and_shortcut_of_the_manifest_has_an_answer() -> None:
    features = manifest(MANIFESTS[0])["features"]
    slashed = {command["command"] for command in features["slash_commands"]}
    assert slashed == {"/gadfly", *(f"/{verb}" for verb in menu.LOOKUPS)}
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} == set(menu.LOOKUPS)


def test_every_event_that_is_acted_on_is_subscribed() -> None:
    events = set(manifest(MANIFESTS[0])["settings"]["event_subscriptions"]["bot_events"])
    acted = {*slack_events.REMOVED, *slack_intake.REOPENED, *slack_intake.LEFT}
    assert acted <= events
    rest = {"app_home_opened", "app_mention", "message.channels", "message.groups"}
    rest |= {"channel_id_changed", "member_joined_channel"}
    quiet = {"channel_archive", "group_archive"}  # acknowledged; the next post names them
    assert events == acted | rest | quiet
