"""The summary of a debate: every section of it, and everybody in one of them.

Points come from `points.py`; here stands what several sides say, what they split on, and what was
asked and taken up by nobody.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TypeVar

from prompts.grouping import Centres, Group
from prompts.likeness import Vector, likeness, neighbours, words
from prompts.model import Excerpt, KeyPoint, Remark, Stance, Summary
from prompts.points import MEETING, Thread, order_of, point, points, read, spokesman
from prompts.talk import content_stems, own

T = TypeVar("T")

GAP = 120  # characters between two of a person's lone sentences that are quoted along with them
SHARED = 0.4  # likeness of two sentences from which both sides are said to share a point
ANSWERED = 0.2  # likeness of a question to a sentence of somebody else that takes it up
COMPARED = 400  # sentences a side that are compared across sides
SPLIT = 0.12  # likeness from which two points of opposite sides speak of the same thing
HELD = 3  # people who make the two points together: two of whom one speaks for each split nobody
SUBJECTS = 2  # stems and concepts that they must have in common for it
WEIGHED = 40  # points a side that are looked at for it, the largest


def sum_up(motion: str, remarks: Sequence[Remark], language: str = "en") -> Summary:
    """The summary of a debate. Every author of a remark stands in points, lone, open or aside.

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
    return Summary(
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


# -- between the sides ----------------------------------------------------------------------------


def shared(thread: Thread, found: Sequence[KeyPoint] = ()) -> Iterator[KeyPoint]:
    """Points that people for and people against both make, in nearly the same words.

    One that several people of a side hold is shown by the sentence that shows it there.
    """
    held = {p.excerpt: len(p.members) for p in found if len(p.members) > 1}
    both = [thread.side(Stance.FOR), thread.side(Stance.AGAINST)]
    mixed = replace(
        thread,
        parts=tuple(p for side in both for p in _spread(side.parts)),
        vectors=tuple(v for side in both for v in _spread(side.vectors)),
    )
    for members in _components(mixed):
        people: defaultdict[Stance | None, set[str]] = defaultdict(set)
        for i in members:
            people[mixed.parts[i].excerpt.remark.stance].add(mixed.parts[i].member)
        if len(people) == 2 and len(set().union(*people.values())) > 1:
            known = [i for i in members if mixed.parts[i].excerpt in held]
            largest = max(known, key=lambda i: (held[mixed.parts[i].excerpt], -i), default=None)
            best = spokesman(mixed, members)[0] if largest is None else largest
            yield point(mixed, best, members, across=True)


def seconded(thread: Thread, found: Sequence[KeyPoint]) -> list[KeyPoint]:
    """The points, those of people who took no stance put with what one side says in the same words.

    They are counted with the point, and that is no stance of theirs. What people of several sides
    say in the same words is left as it is.
    """
    where = {part.excerpt: i for i, part in enumerate(thread.parts) if not part.question}
    loose = [p for p in found if p.stance is None and p.excerpt in where]
    if not loose:
        return list(found)
    sided = [p for p in found if p.stance is not None and p.excerpt in where]
    sided = sorted(sided, key=lambda p: -len(p.members))[:COMPARED]
    index = Centres(thread.vectors, [[where[p.excerpt]] for p in sided])
    joined: defaultdict[int, list[KeyPoint]] = defaultdict(list)
    meet = _meeting(thread)
    for one in loose:
        i = where[one.excerpt]
        near = {k: x for k, x in index.near(thread.vectors[i]).items() if x >= SHARED}
        spots = {k: where[sided[k].excerpt] for k in near}
        same = [k for k, j in spots.items() if meet(i, j) and not thread.opposed(i, j)]
        if len({sided[k].stance for k in same}) == 1:
            joined[id(sided[max(same, key=lambda k: (near[k], -k))])].append(one)
    gone = {id(one) for row in joined.values() for one in row}
    return [_and(p, joined[id(p)]) for p in found if id(p) not in gone]


def _meeting(thread: Thread) -> Callable[[int, int], bool]:
    """As `Thread.met`, or in so many words as they are, whatever they speak of."""
    met = thread.met()

    def meet(i: int, j: int) -> bool:
        return met(i, j) or len(thread.parts[i].stems & thread.parts[j].stems) >= MEETING

    return meet


def _and(one: KeyPoint, others: Sequence[KeyPoint]) -> KeyPoint:
    return replace(
        one,
        members=one.members.union(*(other.members for other in others)),
        remarks=one.remarks.union(*(other.remarks for other in others)),
    )


def _spread(row: Sequence[T]) -> Sequence[T]:
    return row[:: max(1, -(-len(row) // COMPARED))]


def _components(mixed: Thread) -> list[Group]:
    """Parts joined by a likeness across sides, each with everything it is joined to.

    "Employers look at the average" is not what somebody of the other side means by "people only
    look at the grade": they must meet in more than a word.
    """
    root = list(range(len(mixed.parts)))

    def top(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    meet = _meeting(mixed)
    for i, earlier in enumerate(neighbours(mixed.vectors)):
        for j, x in sorted(earlier.items()):
            one, other = mixed.parts[i], mixed.parts[j]
            across = one.excerpt.remark.stance != other.excerpt.remark.stance
            across = across and not (one.question or other.question)  # who asks says nothing yet
            if across and x >= SHARED and meet(i, j) and not mixed.opposed(i, j):
                root[max(top(i), top(j))] = min(top(i), top(j))
    found: defaultdict[int, Group] = defaultdict(list)
    for i in range(len(root)):
        found[top(i)].append(i)
    return [members for members in found.values() if len(members) > 1]


def dividing(
    thread: Thread, found: Sequence[KeyPoint], common: Sequence[KeyPoint]
) -> Iterator[tuple[KeyPoint, KeyPoint]]:
    """The pair of points, one for and one against, that most people make of the same thing.

    None where the sides speak of different things, or say the same. A question takes no side.
    """
    said = zip(thread.parts, thread.vectors, strict=True)
    vectors = {part.excerpt: vector for part, vector in said if not part.question}
    agreed = {id_ for p in common for id_ in p.remarks}
    held = [p for p in found if p.excerpt in vectors]
    pro, con = (
        [p for p in held if p.stance is stance][:WEIGHED] for stance in (Stance.FOR, Stance.AGAINST)
    )

    def weight(pair: tuple[KeyPoint, KeyPoint]) -> float:
        one, other = pair
        left, right = vectors[one.excerpt], vectors[other.excerpt]
        alike = likeness(left, right)
        if alike < SPLIT or len(subjects(left) & subjects(right)) < SUBJECTS:
            return 0.0
        if len(one.members | other.members) < HELD or agreed & (one.remarks | other.remarks):
            return 0.0
        return alike * math.log1p(len(one.members)) * math.log1p(len(other.members))

    best = max(product(pro, con), key=weight, default=None)
    if best is not None and weight(best) > 0:
        yield best


def subjects(vector: Vector) -> set[str]:
    """What a text is about: its stems and concepts, without pieces of spelling."""
    return {feature for feature in vector if not feature.startswith("~")}


def divided_by(thread: Thread, pairs: Sequence[tuple[KeyPoint, KeyPoint]]) -> Iterator[str]:
    """The words that both points of the dividing line use, as the first of them has them."""
    for one, other in pairs:
        theirs = set(content_stems(other.excerpt.text, thread.lexis))
        yield from dict.fromkeys(
            word
            for word in words(one.excerpt.text)
            if theirs & set(content_stems(word, thread.lexis))
        )


def unanswered(thread: Thread) -> Iterator[Excerpt]:
    """Questions on the topic that no other member's sentence takes up (of a great many, some)."""
    asked = [i for i, part in enumerate(thread.parts) if part.question and not part.ironic]
    questions = _spread(asked)
    index = Centres(thread.vectors, [[i] for i in questions])
    taken_up: set[int] = set()
    for j, (part, vector) in enumerate(zip(thread.parts, thread.vectors, strict=True)):
        for k, x in index.near(vector).items() if not part.question else ():
            i = questions[k]
            if x >= ANSWERED and part.member != thread.parts[i].member and _touch(thread, i, j):
                taken_up.add(k)
    return (thread.parts[i].excerpt for k, i in enumerate(questions) if k not in taken_up)


def _touch(thread: Thread, i: int, j: int) -> bool:
    """A word in common, or more than one thing that both speak of: "cut" is no answer to what
    "drops"."""
    common = subjects(thread.vectors[i]) & subjects(thread.vectors[j])
    return len(common) >= SUBJECTS or not thread.parts[i].stems.isdisjoint(thread.parts[j].stems)
