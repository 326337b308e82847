"""Edges: how a sentence may begin where it stands alone, by language, from its cue file.

In `cues/<language>.toml` stand, under `[edges]`,

    opens     what may be left off in front of a claim, as regular expressions; or, where that is
              not enough, `stages`: expressions in parts, tried one after the other, each only
              where one of its `signs` stands, if it has any
    inverting, inverted   what stands before a turned sentence, and its `verb` and `subject`;
              expressions in parts, of languages that turn one
    ties      words that point back to another sentence wherever they stand, likewise
    inverts   words behind which the verb stands before its subject
    back      words that point back where a sentence opens with one
    phrases   phrases that do
    capitals  whether a capital within a sentence makes a name (in German it makes a noun)

and under `[denial]` the words of "not A but B": `no` denies, `but` turns (and where it is `sure`
says by itself that A is turned down), `only` behind the denial and `adds` behind the turn turn
nothing down, `rather` is what may follow the turn.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from prompts.cues import code, source, word_set
from prompts.expressions import NOTHING, one_of

_NAME = re.compile(" [A-Z][a-z]")  # a capital within a sentence; "I" is none


@dataclass(frozen=True, slots=True)
class Denial:
    """The words of "not A but B"."""

    no: frozenset[str]
    but: str
    sure: bool
    only: frozenset[str]
    adds: frozenset[str]
    rather: frozenset[str]


class Stage(NamedTuple):
    """What may be left off, and the signs, in small letters, of which one stands in it."""

    opens: re.Pattern[str]
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edges:
    """What the module's docstring lists, compiled."""

    stages: tuple[Stage, ...]
    inverting: re.Pattern[str]
    inverted: re.Pattern[str]
    ties: re.Pattern[str]
    inverts: frozenset[str]
    back: frozenset[str]
    phrases: tuple[str, ...]
    capitals: bool
    denial: Denial


def edges(language: str) -> Edges:
    """The edges of a language (`de`, `de-AT`); English where it has no cue file."""
    return _read(code(language))


def names(text: str, start: int, end: int, language: str) -> int:
    """How many names stand within a stretch, roughly; none where every noun has a capital."""
    return len(_NAME.findall(text, start, end)) if edges(language).capitals else 0


@cache
def _read(known: str) -> Edges:
    table = source(known)
    own: dict[str, Any] = table["edges"]
    no: dict[str, Any] = table["denial"]
    return Edges(
        stages=_stages(own),
        inverting=_parts(own.get("inverting", ())),
        inverted=_parts(own.get("inverted", ())),
        ties=one_of(own["ties"], re.I),
        inverts=word_set(own["inverts"]),
        back=word_set(own["back"]),
        phrases=tuple(own["phrases"]),
        capitals=own["capitals"],
        denial=Denial(
            word_set(no["no"]),
            no["but"],
            no["sure"],
            word_set(no["only"]),
            word_set(no["adds"]),
            word_set(no["rather"]),
        ),
    )


def _stages(own: dict[str, Any]) -> tuple[Stage, ...]:
    if "stages" in own:
        signs = (tuple(one.split("|")) if one else () for one in own["signs"])
        return tuple(map(Stage, map(_parts, own["stages"]), signs))
    return (Stage(one_of(own["opens"], re.I, r"^(?:{})\s+")),)


def _parts(parts: Sequence[str]) -> re.Pattern[str]:
    """One pattern in parts, in any case; of none, what never matches."""
    return re.compile("".join(parts), re.I) if parts else NOTHING
