"""A machine that is busy with other tests is no Slack that does not tell who somebody is."""

import pytest
from waiting import LONG

from bot.chat import slack_adapter, slack_intake


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_intake, "NAMING", LONG)
    monkeypatch.setattr(slack_adapter, "NAMING", LONG)
