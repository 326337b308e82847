"""A data folder in which the shipped readings were opened before.

What is derived from them is made once in each process that tests, and not for every group anew:
that was half of what the stories took (#10). Who begins with nothing is tried in
`tests/prompts/test_concordance.py`.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from prompts.library import Library
from prompts.model import Reading
from prompts.readings import load

SEEDS = Path(__file__).parents[1] / "seeds"


def begun(folder: Path) -> Path:
    """The folder, with what was derived in it; one that has something derived keeps that."""
    if not (folder / "derived").exists():
        shutil.copytree(_derived(), folder / "derived")
    return folder


@cache
def shipped() -> tuple[Reading, ...]:
    """The shipped readings as they are read."""
    return load(SEEDS).readings


@cache  # made when it is first asked for, not by every process that collects the tests
def library() -> Library:
    """The shipped readings, opened from what was derived of them."""
    return Library.open(SEEDS, _derived())


@cache
def _derived() -> Path:
    kept = Path(tempfile.mkdtemp(prefix="gadfly-derived-"))
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    Library.open(SEEDS, kept).warm()
    return kept
