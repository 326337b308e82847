"""/counter finds whoever plainly denies a claim, among those who affirm it (#7)."""

from pathlib import Path

import pytest

from prompts.library import Library
from prompts.model import Verdict

TEXT = """Rules for everybody

Many schools have banned phones in class, and people ask what came of it. Phones should not be
banned in class. They help pupils to look things up, and parents want to reach their children.

Economists have argued about wages for decades. The minimum wage does not raise unemployment.
Studies of neighbouring counties found no loss of work after a rise. Zoos are not only cruel, they
are dear. Vaccines do not cause autism. Nobody can deny that trams are loud.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("readings")
    (folder / "rules.txt").write_text(TEXT, encoding="utf-8")
    return Library.open(folder)


@pytest.mark.parametrize(
    ("claim", "denial"),
    [
        ("Phones should be banned in class", "Phones should not be banned"),
        ("Phones should be banned", "Phones should not be banned"),
        ("The minimum wage raises unemployment", "does not raise unemployment"),
        ("Vaccines cause autism", "Vaccines do not cause autism"),
    ],
)
def test_a_plain_denial_argues_against_the_claim(library: Library, claim: str, denial: str) -> None:
    found = library.counter(claim)
    assert found.verdict is Verdict.OPPOSES
    assert denial in " ".join(found.passages[0].text.split())


@pytest.mark.parametrize(
    "claim",
    [
        "Phones should not be banned in class",
        "The minimum wage does not raise unemployment",
        "Vaccines do not cause autism",
        "Zoos are cruel",
        "Trams are loud",
    ],
)
def test_what_says_the_same_or_bends_its_no_denies_nothing(library: Library, claim: str) -> None:
    assert library.counter(claim).verdict is not Verdict.OPPOSES


AGAIN = """On fireworks

Banning fireworks does not make anybody safe, and it takes away a harmless joy that brings whole
streets together. If fireworks ought to be banned, so ought frying pans.
"""


def test_who_names_a_claim_to_speak_against_it_does_not_make_it(tmp_path: Path) -> None:
    (tmp_path / "joy.txt").write_text(AGAIN, encoding="utf-8")
    found = Library.open(tmp_path).counter("Fireworks should be banned")
    assert found.verdict is not Verdict.NONE
    assert any(p.text.startswith("Banning fireworks does not") for p in found.passages)
