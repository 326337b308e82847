"""The digest of a debate: every section of a summary, and everybody in one of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from prompts.between import divided_by, dividing, seconded, shared, unanswered
from prompts.model import Digest, Excerpt, KeyPoint, Remark, Stance
from prompts.points import order_of, points, read
from prompts.talk import own

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
    common = tuple(_with_all(by_size, point) for point in shared(thread, by_size))
    split = tuple(dividing(thread, by_size, common))
    lone = [p for p in by_size if len(p.members) == 1 and p.excerpt not in asked]
    return Digest(
        points=tuple(point for point in by_size if len(point.members) > 1),
        lone=tuple(_joined(lone, asked)),
        shared=common,
        open=asked,
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


def _joined(lone: Sequence[KeyPoint], asked: Sequence[Excerpt]) -> Iterator[KeyPoint]:
    """One person's sentences that follow one another become one quotation; what of theirs stands
    between is quoted along, where it is short, and so is the open question that they follow:
    snippets of a remark are hard to make sense of."""
    runs: list[list[KeyPoint]] = []
    for point in sorted(lone, key=lambda p: (order_of(p.excerpt.remark), p.excerpt.start)):
        if runs and _follows(runs[-1][-1].excerpt, point.excerpt):
            runs[-1].append(point)
        else:
            runs.append([point])
    questions: defaultdict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in asked:
        questions[excerpt.remark.id].append(excerpt)
    place = {id(point): number for number, point in enumerate(lone)}
    for run in sorted(runs, key=lambda run: min(place[id(point)] for point in run)):
        first, last = run[0].excerpt, run[-1].excerpt
        before = (e.start for e in questions[first.remark.id] if _follows(e, first))
        start = max(before, default=first.start)
        yield replace(run[0], excerpt=Excerpt(first.remark, start, last.end))


def _follows(before: Excerpt, after: Excerpt) -> bool:
    between = after.remark.text[before.end : after.start]
    follows = before.remark == after.remark and before.end <= after.start
    return follows and (not between.strip() or (len(between) <= GAP and own(between)))
