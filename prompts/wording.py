"""What is asked under a prompt: wordings by language and kind, kept in `questions.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from prompts.likeness import words

COUNTERPOINT, AUTHORS, STEELMAN = "counterpoint", "authors", "steelman"
# The order in which kinds are preferred where none has been used less than another.
KINDS = (AUTHORS, COUNTERPOINT, "evidence", "consequences", STEELMAN, "assumption", "line", "mind")


@dataclass(frozen=True, slots=True)
class Kind:
    """The wordings of one kind, and the words of which a claim must hold one (none: any claim)."""

    ask: tuple[str, ...]
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The wordings of one language."""

    kinds: Mapping[str, Kind]
    someone: str
    elsewhere: str


def wording(language: str) -> Wording:
    """The wordings of a language (`de`, `de-AT`); English where there are none."""
    known = _all()
    return known.get(language.lower().replace("_", "-").split("-")[0], known["en"])


@cache
def _all() -> Mapping[str, Wording]:
    text = (resources.files("prompts") / "questions.toml").read_text(encoding="utf-8")
    return {code: _language(table) for code, table in tomllib.loads(text).items()}


def _language(table: dict[str, object]) -> Wording:
    kinds = {
        name: Kind(tuple(entry["ask"]), frozenset(str(entry.get("needs", "")).split()))
        for name, entry in table.items()
        if isinstance(entry, dict)
    }
    return Wording(kinds, str(table["someone"]), str(table["elsewhere"]))


def fits(claim: str, language: str) -> tuple[str, ...]:
    """The kinds that a claim without a counterpoint carries, in the order of preference."""
    said = frozenset(words(claim))
    kinds = wording(language).kinds
    alone = (kind for kind in KINDS if kind in kinds and kind not in (AUTHORS, COUNTERPOINT))
    return tuple(kind for kind in alone if not kinds[kind].needs or kinds[kind].needs & said)


def urges(claim: str, language: str) -> bool:
    """Whether a claim asks for something to be done."""
    return bool(wording(language).kinds["consequences"].needs & frozenset(words(claim)))


def question(kind: str, language: str, turn: int, author: str | None, other: str | None) -> str:
    """The wording that stands at `turn`, counted round, with the names filled in."""
    words_ = wording(language)
    asked = words_.kinds[kind].ask
    return asked[turn % len(asked)].format(
        author=author or words_.someone, other=other or words_.elsewhere
    )
