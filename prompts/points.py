"""What a group said: key points by side, each in one member's own words, and everyone in it.

Remarks are taken apart into sentences; sentences of one side that say the same make a point. A
side is what the members said of themselves: who took no stance is a side of their own. People are
counted, never messages, and the order in which remarks come in changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from prompts.bytalk import Talk, topics
from prompts.grouping import SAMPLE, Group, chosen, company, group, holders, nearest, rows
from prompts.likeness import Lexicon, Vector, lexicon, likeness, weigh
from prompts.model import KeyPoint, Remark, Stance
from prompts.talk import Part, content_stems, parts

MEETING = 2  # words by which two sentences must meet, where people are named for both
SEVERAL, SHARE = 5, 0.25  # people, and of all people, who make a word of both sides a usual one
USUAL = 5  # of these at most: a debate is about few things
NEAR = 0.15  # likeness to the sentence shown, from which somebody is named beside it
COMPANY = 0.65  # the same, of the company that two sentences keep
CROWD = 20  # sentences of a side, from which company tells more than their being alike


@dataclass(frozen=True, slots=True)
class _Heard:
    """What each stem of a text speaks of, and what all of them do."""

    each: tuple[Set[str], ...]
    all: Set[str]

    @classmethod
    def of(cls, stems: Iterable[str], spoken: Mapping[str, Set[str]]) -> "_Heard":
        each = tuple(spoken[stem] for stem in stems)
        return cls(each, frozenset().union(*each))

    def shared(self, other: "_Heard") -> int:
        """How many stems of the one meet the other, on the side where they are fewer."""
        pairs = ((self.each, other.all), (other.each, self.all))
        return min(sum(not own.isdisjoint(all_) for own in each) for each, all_ in pairs)


@dataclass(frozen=True, slots=True)
class Thread:
    """The parts of a debate in an order made from their content, and their vectors."""

    parts: tuple[Part, ...]
    vectors: tuple[Vector, ...]
    lexis: Lexicon
    motion: frozenset[str] = frozenset()  # its stems, and what they speak of
    usual: frozenset[str] = frozenset()  # stems of many people, on both sides

    def side(self, stance: Stance | None) -> "Thread":
        """The parts whose remark took this stance; None: those that took none."""
        kept = [i for i, p in enumerate(self.parts) if p.excerpt.remark.stance == stance]
        parts = tuple(self.parts[i] for i in kept)
        return replace(self, parts=parts, vectors=tuple(self.vectors[i] for i in kept))

    def opposed(self, i: int, j: int) -> bool:
        """True where two parts may use the same words to say the contrary."""
        a, b = self.parts[i], self.parts[j]
        if not self.lexis.negations:  # nor do we know a "not" when we see one
            return a.stems != b.stems
        if a.negated != b.negated:
            return True
        left, right = _concepts(a, self.lexis), _concepts(b, self.lexis)
        return any(
            (x in left and y in right and x not in right)
            or (y in left and x in right and y not in right)
            for x, y in self.lexis.contrasts
        )

    def met(self) -> Callable[[int, int], bool]:
        """Whether two parts meet in more than one word: in itself, or in what it speaks of.

        One word in common ("nobody is forced", "a forced vote") says too little to name anybody,
        and so does what the motion speaks of: drivers and cars, where it is about buses; or what
        many of both sides do: cards, where it is about cash. What else the two remarks say may tell
        the second: "Less noise! I sleep badly", "so loud that I cannot sleep".

        A fixed phrase counts as its words: "free speech" tells more, not less (.88 right of pairs
        that have but one in common, .86 of others), and so does what stands after "who" or "if".
        """
        speaks = {stem: {stem, *topics([stem], self.lexis)} for p in self.parts for stem in p.stems}
        spoken = {
            stem: frozenset[str]() if stem in self.usual else found - self.motion
            for stem, found in speaks.items()
        }
        beyond: defaultdict[Remark, set[str]] = defaultdict(set)  # what the motion speaks of
        for p in self.parts:
            own = {stem for stem in p.stems if speaks[stem].isdisjoint(self.motion)}
            beyond[p.excerpt.remark] |= own
        parts = [_Heard.of(p.stems, spoken) for p in self.parts]
        whole = {remark: _Heard.of(stems, spoken) for remark, stems in beyond.items()}

        def meet(i: int, j: int) -> bool:
            a, b = self.parts[i], self.parts[j]
            direct = parts[i].shared(parts[j])
            if direct >= MEETING or a.stems == b.stems:
                return True
            return direct > 0 and whole[a.excerpt.remark].shared(whole[b.excerpt.remark]) >= MEETING

        return meet


def order_of(remark: Remark) -> tuple[str, str, str]:
    return remark.text, remark.member, remark.id


def read(motion: str, remarks: Sequence[Remark], language: str = "en") -> Thread:
    """Remarks to parts and vectors, without sentences that make no point or are off the topic."""
    lexis = lexicon(language)
    said = frozenset(content_stems(motion, lexis))
    split = [_pointed(parts(remark, language), said) for remark in remarks]
    kept = sorted(Talk(split, said, lexis).on_topic(), key=lambda part: part.order)
    weights = weigh((part.stems for part in kept), said, language)
    # Who means the contrary of what the words say is like nobody, and is quoted alone.
    vectors = ({} if part.ironic else weights.vector(part.stems) for part in kept)
    about = frozenset(topics(said, lexis))
    return Thread(tuple(kept), tuple(vectors), lexis, about, frozenset(_usual(kept)))


def _usual(some: Sequence[Part]) -> list[str]:
    """The stems that a good share of the people say, some on either side: what it is all about."""
    users: defaultdict[str, set[tuple[str, Stance | None]]] = defaultdict(set)
    for part in some:
        for stem in part.stems:
            users[stem].add((part.member, part.excerpt.remark.stance))
    many = max(SEVERAL, len({part.member for part in some}) * SHARE)
    both = {Stance.FOR, Stance.AGAINST}
    found = [s for s, who in users.items() if len(who) >= many and both <= {x for _, x in who}]
    return sorted(found, key=lambda stem: (-len(users[stem]), stem))[:USUAL]


def _pointed(found: list[Part], said: frozenset[str]) -> list[Part]:
    """Without the sentences that only repeat the motion, where the remark says more than that."""
    return [part for part in found if not part.stems <= said] or found[:1]


def _concepts(part: Part, lexis: Lexicon) -> set[str]:
    return {concept for stem in part.stems for concept in lexis.concepts.get(stem, ())}


def points(side: Thread) -> list[KeyPoint]:
    """The points of one side: those that most people make first, then the most central.

    Only those count as holders whose sentence is surely the same: good enough to print their
    names. Members who took no stance, or are torn, may say contrary things in the same words, so
    there opposed sentences are kept apart.
    """
    mixed = any(p.excerpt.remark.stance in (None, Stance.TORN) for p in side.parts)
    meet = side.met()

    def apart(i: int, j: int) -> bool:
        return not meet(i, j) or (mixed and side.opposed(i, j))

    same = _surely(side, meet)
    groups = [own for core in group(side.vectors, apart) for own in _told(side, core, same)]
    rows = sorted((*_rank(side, core), core) for core in groups)
    return [point(side, best, core) for _, best, core in rows]


def _surely(side: Thread, meet: Callable[[int, int], bool]) -> Callable[[int, int], bool]:
    """Whether two sentences say the same surely enough to name people: they meet, are like each
    other, and keep the same company, where there is company to keep."""
    kin = rows(side.vectors) if CROWD <= len(side.vectors) < 2 * SAMPLE else None

    def same(i: int, j: int) -> bool:
        near = meet(i, j) and likeness(side.vectors[i], side.vectors[j]) >= NEAR
        return near and (kin is None or company(kin[i], kin[j]) >= COMPANY)

    return same


def _told(side: Thread, core: Group, same: Callable[[int, int], bool]) -> Iterator[Group]:
    """A group as those who say what is shown of it; whoever says otherwise is told of apart."""
    left = core
    while left:
        best, _ = spokesman(side, left)
        told = {i for i in left if same(i, best)}
        yield from _apart(side, [i for i in left if i in told or i == best])
        left = [i for i in left if i not in told and i != best]


def _apart(side: Thread, core: Group) -> list[Group]:
    """Sentences of one remark alone are no point of several: each is told, none stands for it."""
    remarks = {side.parts[i].excerpt.remark.id for i in core}
    return [core] if len(remarks) > 1 else [[i] for i in core]


def _rank(side: Thread, core: Group) -> tuple[tuple[object, ...], int]:
    best, central = spokesman(side, core)
    people = {side.parts[i].member for i in core}
    return (-len(people), -central, side.parts[best].order), best


def best(side: Thread, shown: int) -> Iterator[KeyPoint]:
    """The few sentences that show best what one side said, each with who seems to say it, too.

    For counting, not for naming: who seems to hold a point is counted, and one remark may hold
    several.
    """
    kin = rows(side.vectors)
    groups = group(side.vectors, kin=kin)
    home = {i: core for core in groups for i in core}
    people = [part.member for part in side.parts]
    few = chosen(side.vectors, [part.clear for part in side.parts], shown)
    for i, near in zip(few, nearest(side.vectors, [home[i] for i in few]), strict=True):
        alike = [company(kin[i], row) for row in kin]
        yield point(side, i, holders(i, alike, near, people))


def spokesman(side: Thread, core: Group) -> tuple[int, float]:
    """The part that says a point best, and how much its group agrees."""
    mean: defaultdict[str, float] = defaultdict(float)
    for i in core:
        for feature, x in side.vectors[i].items():
            mean[feature] += x / len(core)
    fit = {i: likeness(side.vectors[i], mean) for i in core}
    best = max(core, key=lambda i: (fit[i] * side.parts[i].clear, -i))
    return best, sum(fit.values()) / len(core)


def point(thread: Thread, best: int, wide: Iterable[int], across: bool = False) -> KeyPoint:
    shown = thread.parts[best].excerpt
    remarks = [thread.parts[i].excerpt.remark for i in wide]
    return KeyPoint(
        excerpt=shown,
        stance=None if across else shown.remark.stance,
        members=frozenset(remark.member for remark in remarks),
        remarks=frozenset(remark.id for remark in remarks),
    )
