"""Slack under load: nothing that was said is lost, and nobody waits for long."""

import statistics
from pathlib import Path

import pytest
from chat import slack_load


@pytest.mark.parametrize("cuts", [10, pytest.param(100, marks=pytest.mark.soak)])
async def test_after_random_cuts_the_store_says_what_the_threads_say(
    tmp_path: Path, cuts: int
) -> None:
    _, kept = await slack_load.cut(tmp_path, cuts)
    assert kept.store == kept.thread
    assert len(kept.thread) >= 5


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_replies_that_come_thick_and_fast_are_all_kept_and_none_twice(
    tmp_path: Path, http: bool
) -> None:
    threads = await slack_load.flooded(tmp_path, replies=100, seconds=2, http=http)
    assert [kept.store for kept in threads] == [kept.thread for kept in threads]
    assert [len(kept.thread) for kept in threads] == [10] * 10


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_nobody_waits_for_new_readings_or_for_a_slow_store(
    tmp_path: Path, http: bool
) -> None:
    acks, kept = await slack_load.hurried(tmp_path, slack_load.essays, http=http, slow=0.5, least=3)
    assert kept.store == kept.thread
    assert statistics.quantiles(acks, n=10)[-1] < 3  # Slack gives three seconds
