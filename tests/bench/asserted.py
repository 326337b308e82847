"""Pairs that are asserted, against lists set by hand: how many are right, and how many a text has.

    python tests/bench/asserted.py [FILE ...] [--show]

FILE holds texts with marks as in `texts/columns.txt`, which is read where none is given: write new
ones, with their lists, before any output is seen, and the first look is a blind one. `--show`
prints each asserted pair that is on no list, and each listed one that is not asserted: read them,
since a list forgets some. Intervals are 95 %, bootstrap over texts.
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import marked

from prompts.engine import analyse
from prompts.mine import ASSERTED, reading
from prompts.model import Counterpoint, Passage

DRAWS, SEED = 2000, 3


class Look(NamedTuple):
    """One text: the pairs that are asserted, and which view of its list each is (or none)."""

    name: str
    views: dict[str, marked.Span]
    pairs: list[tuple[Counterpoint, str | None]]

    @property
    def right(self) -> set[str]:
        return {view for _, view in self.pairs if view}

    @property
    def arguable(self) -> int:
        return sum(self.views[view].doubtful for _, view in self.pairs if view)


def look(name: str, text: str, spans: list[marked.Span]) -> Look:
    views = {span.tag[1]: span for span in spans if span.tag[0] == "o"}
    points = [p for p in analyse(reading(text)).counterpoints if p.score >= ASSERTED]
    return Look(name, views, [(point, _listed(point, spans)) for point in points])


def _listed(point: Counterpoint, spans: list[marked.Span]) -> str | None:
    """The view on the list that the point tells, if what answers it does so on the list too."""
    views = {span.tag[1] for span in spans if span.tag[0] == "o" and _meets(span, point.passage)}
    met = point.answer or point.against
    answers = [span.tag.partition("~")[2] for span in spans if _meets(span, met)]
    return next((view for view in sorted(views) if any(view in tag for tag in answers)), None)


def _meets(span: marked.Span, passage: Passage) -> bool:
    return span.meets(passage.start, passage.end)


def precision(looks: Sequence[Look]) -> float:
    told = [view for one in looks for _, view in one.pairs]
    return sum(view is not None for view in told) / max(1, len(told))


def frequency(looks: Sequence[Look]) -> float:
    return sum(len(one.right) for one in looks) / len(looks)


def spread(looks: Sequence[Look], figure: Callable[[Sequence[Look]], float]) -> str:
    draw = random.Random(SEED)  # noqa: S311 - draws texts, guards nothing
    found = sorted(figure(draw.choices(looks, k=len(looks))) for _ in range(DRAWS))
    low, high = found[DRAWS // 40], found[-DRAWS // 40]
    return f"{figure(looks):.3f} ({low:.3f}, {high:.3f})"


def table(name: str, looks: Sequence[Look]) -> str:
    told, wanted = sum(len(one.pairs) for one in looks), sum(len(one.views) for one in looks)
    doubts = sum(one.arguable for one in looks)
    return (
        f"{name}, {len(looks)} texts\n"
        f"  right            {spread(looks, precision)} of {told} asserted, {doubts} arguable\n"
        f"  right in a text  {spread(looks, frequency)} of {wanted / len(looks):.2f} listed\n"
    )


def columns() -> str:
    """The table of the columns beside this file; the engine was tuned while they were seen."""
    return table("columns", [look(*one) for one in marked.marked("columns")])


def shown(one: Look) -> str:
    unlisted = [point for point, view in one.pairs if not view]
    wrong = [
        f"[{one.name}] on no list, {p.score}\n  {p.passage.text}\n  {(p.answer or p.against).text}"
        for p in unlisted
    ]
    missed = [f"[{one.name}] not asserted: {view}" for view in sorted({*one.views} - one.right)]
    return "\n".join([*wrong, *missed, ""])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="*", type=Path, default=[marked.TEXTS / "columns.txt"])
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    for path in given.file:
        looks = [look(*one) for one in marked.parted(path)]
        if given.show:
            sys.stdout.write("".join(map(shown, looks)))
        sys.stdout.write(table(path.stem, looks))


if __name__ == "__main__":
    main()
