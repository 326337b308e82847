"""Seeded histories full of faults: whatever happens, one post per slot. See `simulator`."""

import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from story.simulator import ALL, TRAITS, Faults, Verdict, daily, play


def right(seed: int, verdict: Verdict) -> None:
    assert not verdict.wrong, f"seed {seed}: {verdict.wrong[:3]}; play it again with simulator.py"


@pytest.mark.parametrize("seed", [1, 2])
def test_one_post_per_slot_whatever_goes_wrong(tmp_path: Path, seed: int) -> None:
    verdict = play(tmp_path, seed, 8, ALL, replicas=2)
    right(seed, verdict)
    assert verdict.slots == 8
    assert verdict.sent + verdict.skipped == 8


def test_the_same_seed_gives_the_same_history(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    verdicts = [play(folder, 7, 4, ALL) for folder in (tmp_path, tmp_path / "again")]
    assert verdicts[0] == verdicts[1]


def test_lost_answers_and_late_errors_double_nothing(tmp_path: Path) -> None:
    verdict = play(tmp_path, 3, 3, Faults(lost=0.08, late=0.04), daily(20, remind_after=None))
    right(3, verdict)
    assert (verdict.sent, verdict.posts) == (60, 100)  # the last debates are still open


def test_three_days_asleep_leave_one_prompt_and_a_reason_for_each_other(tmp_path: Path) -> None:
    verdict = play(tmp_path, 4, 60, Faults(sleep=0.15))
    right(4, verdict)
    assert verdict.sent + verdict.skipped == verdict.slots
    assert verdict.skipped > 20
    assert verdict.closest > 17  # at most the catch-up time before the next slot


def test_members_are_heard_whatever_the_platform_leaves_untold(tmp_path: Path) -> None:
    right(11, play(tmp_path, 11, 6, Faults(dropped=0.3, twice=0.3, slow=0.5, crash=0.002)))


STALLED = Faults(stall=0.3)


def test_frozen_on_the_way_to_the_socket_the_last_look_keeps_a_post_from_doubling(
    tmp_path: Path,
) -> None:
    right(12, play(tmp_path, 12, 10, Faults(held=0.3)))


def test_frozen_after_the_last_look_a_nonce_keeps_the_platform_from_doubling(
    tmp_path: Path,
) -> None:
    right(12, play(tmp_path, 12, 10, STALLED, nonce=timedelta(minutes=6)))


def test_without_a_nonce_the_oracle_sees_what_doubles(tmp_path: Path) -> None:
    wrong = play(tmp_path, 12, 10, STALLED).wrong
    assert any(line.endswith("posted 2 times") for line in wrong)


def ended_at(folder: Path, steps: range) -> None:
    """A day in which the process ends at its first step, then one at its second, and so on."""
    for step in steps:
        right(step, play(folder, 13, 1.9, Faults(), dies_at=step))


def test_any_step_of_a_day_may_be_the_last_of_a_process(tmp_path: Path) -> None:
    ended_at(tmp_path, range(1, 240, 17))


@pytest.mark.soak
def test_every_step_of_a_day_may_be_the_last_of_a_process(tmp_path: Path) -> None:
    ended_at(tmp_path, range(1, 300))


def test_a_clock_set_wrong_by_hours_doubles_and_loses_nothing(tmp_path: Path) -> None:
    verdict = play(tmp_path, 5, 2, Faults(step=0.05))
    right(5, verdict)
    assert verdict.sent + verdict.skipped == verdict.slots == 2


def test_what_was_posted_by_a_clock_hours_ahead_is_found_and_not_posted_again(
    tmp_path: Path,
) -> None:
    right(19, play(tmp_path, 19, 12, Faults(step=0.2, lost=0.4)))


def paced(folder: Path, rooms: int, rate: float) -> Verdict:
    traits = replace(TRAITS, posts_per_second=rate)
    plan = daily(rooms, remind_after=None)
    return play(folder, 10, 0.9, Faults(), plan, traits=traits)


def test_rooms_due_at_the_same_minute_are_posted_at_four_fifths_of_the_rate(tmp_path: Path) -> None:
    verdict = paced(tmp_path, 60, 10.0)
    right(10, verdict)
    assert verdict.busiest <= 8
    assert verdict.slowest == pytest.approx(60 / 8, abs=1)


@pytest.mark.soak
@pytest.mark.parametrize(("rate", "within"), [(50.0, 30), (6.25, 210)])  # Discord, Slack
def test_a_thousand_rooms_at_nine(tmp_path: Path, rate: float, within: float) -> None:
    verdict = paced(tmp_path, 1000, rate)
    right(10, verdict)
    assert verdict.sent == 1000
    assert verdict.busiest <= rate * 0.8
    assert verdict.slowest <= within


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_thousand_days_of_all_faults(tmp_path: Path, seed: int) -> None:
    right(seed, play(tmp_path, seed, 50, ALL, replicas=2))


@pytest.mark.soak
def test_ten_thousand_sends_with_lost_answers(tmp_path: Path) -> None:
    verdict = play(tmp_path, 6, 51, Faults(lost=0.08, late=0.04), daily(100, remind_after=None))
    right(6, verdict)
    assert verdict.posts >= 10_000


@pytest.mark.soak
def test_a_year_of_clock_steps(tmp_path: Path) -> None:
    verdict = play(tmp_path, 8, 365, Faults(step=0.02))  # about two a day, by up to two hours
    right(8, verdict)
    assert verdict.sent + verdict.skipped == verdict.slots == 365


@pytest.mark.soak
def test_a_year_with_a_sleep_of_three_days_every_week(tmp_path: Path) -> None:
    verdict = play(tmp_path, 14, 365, Faults(sleep=0.04))
    right(14, verdict)
    assert verdict.sent + verdict.skipped == verdict.slots == 365
    assert verdict.closest > 17


@pytest.mark.soak
def test_a_decade_passes(tmp_path: Path) -> None:
    begun = time.monotonic()
    verdict = play(tmp_path, 9, 3653, Faults(), daily(remind_after=None))
    right(9, verdict)
    assert verdict.slots == verdict.sent == 3653
    print(f"a decade in {time.monotonic() - begun:.0f} s")
