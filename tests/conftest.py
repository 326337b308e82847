"""No test may let a secret out: into a log, an output, or a file of any kind.

All tests run with tokens that open nothing (`tests/canaries.py`) in the environment and on the
emulated platforms, and those who know them talk at DEBUG. A test in whose output or logs six
letters of one turn up has failed; so has the run, if they are in any file that tests left behind.
"""

import logging
from collections.abc import Generator, Iterator
from pathlib import Path

import canaries
import hypothesis
import pytest

# An example may take as long as a busy machine needs for it. More of them are tried with
# `--hypothesis-profile long`.
hypothesis.settings.register_profile("patient", deadline=None, max_examples=50)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile("patient")
LOUD = ("aiohttp", "bot", "discord", "prompts", "slack_bolt", "slack_sdk")
leaks: list[str] = []


class Ear(logging.Handler):
    """Hears every record before anything is blacked out of it."""

    def emit(self, record: logging.LogRecord) -> None:
        text = f"{record.name} {record.getMessage()}"
        if record.exc_info:
            text += logging.Formatter().formatException(record.exc_info)
        if canaries.MARK in text and canaries.pieces(text):
            leaks.append(text)


@pytest.fixture(autouse=True, scope="session")
def _all_ears() -> Iterator[None]:
    ear, root = Ear(), logging.getLogger()
    root.addHandler(ear)
    yield
    root.removeHandler(ear)


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every secret that is not of the test's own making is a canary, and nobody who knows one is
    quiet, whatever a verb of the command line set up in the test before."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    monkeypatch.setenv("SLACK_BOT_TOKEN", canaries.SLACK_BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", canaries.SLACK_APP)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", canaries.SLACK_SIGNING)
    monkeypatch.setenv("DISCORD_TOKEN", canaries.DISCORD)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    said = "".join(text for _, text in report.sections)
    found = [*leaks, *canaries.pieces(said)]
    leaks.clear()
    if found and report.passed:
        report.outcome = "failed"
        report.longrepr = f"a secret came out: {found[0][:400]}"
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What all tests left behind: databases, exports, pages, logs."""
    base = getattr(getattr(session.config, "_tmp_path_factory", None), "_basetemp", None)
    if base is None or hasattr(session.config, "workerinput"):
        return  # the process that began them looks at the folders of all
    holding = [path for path in base.rglob("*") if path.is_file() and _holds(path)]
    for path in holding:
        print(f"\na secret is in {path}")
    if holding:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _holds(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    return canaries.MARK.encode() in data and bool(canaries.pieces(data.decode("latin-1")))
