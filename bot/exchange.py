"""What members did in one debate: their words, their stances, and what they decided about both."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model import Mark, Marked, Member, Position, Reply
from prompts.model import Remark, Stance


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything members did in one debate up to a moment.

    `names` holds what members are called, in the order of their first step; who is not in it is
    quoted without a name. `late` are the remarks from after the close, `known` the movers who
    agreed to be named; `reopened` once late ones were let in, even where these are gone again;
    `own_names` unless the names are made up.
    """

    remarks: tuple[Remark, ...]
    names: Mapping[str, str]
    first: Mapping[str, Stance]
    last: Mapping[str, Stance]
    late: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    reopened: bool = False
    own_names: bool = True

    @property
    def contributors(self) -> frozenset[str]:
        """Everybody who wrote something; pressing a button alone is counted in the bars."""
        return frozenset(remark.member for remark in self.remarks)

    @property
    def led_to(self) -> frozenset[str]:
        """The remarks that a summary may link to: a link to who has no name here, or one that is
        made up, would tell it (#8)."""
        named = self.names if self.own_names else {}
        return frozenset(remark.id for remark in self.remarks if remark.member in named)

    @property
    def words(self) -> Mapping[str, str]:
        """The remarks' texts by the id under which they are quoted."""
        return {remark.id: remark.text for remark in self.remarks}

    def counts(self) -> dict[Stance, int]:
        return {stance: sum(s is stance for s in self.last.values()) for stance in Stance}

    def counts_at_first(self) -> dict[Stance, int]:
        return {stance: sum(s is stance for s in self.first.values()) for stance in Stance}


def listen(
    replies: Sequence[Reply],
    positions: Sequence[Position],
    closed: datetime,
    marks: Iterable[Mark] = (),
    until: datetime | None = None,
) -> Exchange:
    """The members' words and stances at the close; words up to `until` are added as late.

    A remark is on the side its author stands on; one from before they changed it is on none.
    """
    decided = frozenset(marks)
    taken = sorted((p for p in positions if p.at <= closed), key=lambda p: p.at)
    first = {p.member.id: p.stance for p in reversed(taken)}
    last = {p.member.id: p for p in taken}
    # A stance pressed again keeps its reason; one that was left behind takes its reason along.
    reasons = {p.member.id: p for p in taken if p.reason and p.stance is last[p.member.id].stance}
    steps: defaultdict[str, list[Position]] = defaultdict(list)
    for position in taken:
        steps[position.member.id].append(position)
    spoken = [r for r in replies if r.at <= (until or closed) and r.text.strip()]
    remarks = [
        _remark(r.message, r.member, r.text, _side(r, steps[r.member.id]), decided, r.answers)
        for r in spoken
    ]
    remarks += [
        _remark(reason_id(p), p.member, p.reason or "", p.stance, decided) for p in reasons.values()
    ]
    people = [*(p.member for p in taken), *(r.member for r in spoken)]
    return Exchange(
        tuple(remarks),
        {m.id: m.name for m in people},
        first,
        {m: p.stance for m, p in last.items()},
        frozenset(r.message for r in spoken if r.at > closed),
        frozenset(mark.subject for mark in decided if mark.kind is Marked.MOVED),
        until is not None,
    )


REASON = "reason/"


def reason_id(position: Position) -> str:
    """The id under which the one-line reason of a stance is quoted."""
    return f"{REASON}{position.member.id}"


def ref(remark: str) -> str:
    """A remark's id in few characters, for buttons and for people to type."""
    return hashlib.sha256(remark.encode()).hexdigest()[:6]


def _side(reply: Reply, steps: Sequence[Position]) -> Stance | None:
    """The side that a reply speaks for: its author's, unless they changed it after writing.

    What speaks for zoos is no reason to close them, though its author came to want that (#8).
    """
    then = [p.stance for p in steps if p.at <= reply.at][-1:] or [p.stance for p in steps[:1]]
    return steps[-1].stance if steps and then == [steps[-1].stance] else None


def _remark(
    ident: str,
    member: Member,
    text: str,
    side: Stance | None,
    decided: frozenset[Mark],
    answers: str | None = None,
) -> Remark:
    return Remark(ident, member.id, text, side, Mark(Marked.HEARD, ident) in decided, answers)
