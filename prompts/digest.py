"""The digest of a debate: every section of a summary, and everybody in one of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from prompts.between import divided_by, dividing, seconded, shared, unanswered
from prompts.model import Digest, Excerpt, KeyPoint, Remark, Stance
from prompts.points import order_of, points, read
from prompts.talk import own

T = TypeVar("T")

GAP = 120  # characters between two of a person's lone sentences that are quoted along with them


def digest(motion: str, remarks: Sequence[Remark], language: str = "en") -> Digest:
    """The digest of a debate. Every author of a remark stands in points, lone, open or aside.

    Excerpts are whole sentences, never altered. Points come largest first; whoever took no stance
    and says the same as one side stands with its point. `shared` has stance None and names members
    of both sides; a question is open if nobody else took it up. Time grows with n log n in the
    number of remarks.
    """
    thread = read(motion, remarks, language)
    sides = [thread.side(stance) for stance in (*Stance, None)]
    found = [point for side in sides for point in points(side)]
    by_size = sorted(seconded(thread, found), key=lambda point: -len(point.members))
    placed = {id(p.excerpt.remark) for p in thread.parts}
    asked = tuple(unanswered(thread))
    opened = tuple(_in_a_row(asked))
    common = tuple(_with_all(by_size, point) for point in shared(thread, by_size))
    split = tuple(dividing(thread, by_size, common))
    lone = [p for p in by_size if len(p.members) == 1 and p.excerpt not in asked]
    return Digest(
        points=tuple(point for point in by_size if len(point.members) > 1),
        lone=tuple(joined(lone, opened)),
        shared=common,
        open=opened,
        aside=tuple(sorted((r for r in remarks if id(r) not in placed), key=order_of)),
        dividing=split,
        divided_by=tuple(divided_by(thread, split)),
    )


def _with_all(found: Sequence[KeyPoint], both: KeyPoint) -> KeyPoint:
    """A point of both sides, with everybody who holds on one side the sentence that shows it."""
    same = [point for point in found if point.excerpt == both.excerpt]
    return replace(
        both,
        members=both.members.union(*(point.members for point in same)),
        remarks=both.remarks.union(*(point.remarks for point in same)),
    )


def joined(lone: Sequence[KeyPoint], asked: Sequence[Excerpt]) -> Iterator[KeyPoint]:
    """One person's sentences that follow one another become one quotation; what of theirs stands
    between is quoted along, where it is short, and so is the open question that they follow:
    snippets of a remark are hard to make sense of."""
    questions: defaultdict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in asked:
        questions[excerpt.remark.id].append(excerpt)
    for run in _runs(lone, lambda point: point.excerpt):
        whole = _from_to(run[0].excerpt, run[-1].excerpt)
        before = (e for e in questions[whole.remark.id] if _follows(e, whole))
        yield replace(run[0], excerpt=_from_to(next(before, whole), whole))


def _in_a_row(asked: Sequence[Excerpt]) -> Iterator[Excerpt]:
    """Questions that one person asks in one breath are one: "Did they try? What came of it?" """
    for run in _runs(asked, lambda excerpt: excerpt):
        yield _from_to(run[0], run[-1])


def _from_to(first: Excerpt, last: Excerpt) -> Excerpt:
    return Excerpt(first.remark, first.start, last.end)


def _runs(found: Sequence[T], said: Callable[[T], Excerpt]) -> list[list[T]]:
    """What follows one another in one remark, put together; each run where its first one stood."""
    runs: list[list[T]] = []
    for one in sorted(found, key=lambda one: (order_of(said(one).remark), said(one).start)):
        if runs and _follows(said(runs[-1][-1]), said(one)):
            runs[-1].append(one)
        else:
            runs.append([one])
    place = {id(one): number for number, one in enumerate(found)}
    return sorted(runs, key=lambda run: min(place[id(one)] for one in run))


def _follows(before: Excerpt, after: Excerpt) -> bool:
    between = after.remark.text[before.end : after.start]
    follows = before.remark == after.remark and before.end <= after.start
    return follows and (not between.strip() or (len(between) <= GAP and own(between)))
