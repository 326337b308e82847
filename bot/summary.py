"""What the group said, so that everyone who spoke finds themselves in it.

Pure: from a debate's replies and stances to a card. People are counted, not messages, and the
union of the members over the sections is the set of contributors, by construction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import phrases
from bot.card import Card, Heading, Note, Part, Quotation, Text, said
from bot.model import Member, Position, Reply
from bot.opening import bars
from prompts.model import Digest, KeyPoint, Remark, Stance

FEW = 3  # below so many contributors nothing is said about where the group stands


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything members did in one debate up to its close."""

    remarks: tuple[Remark, ...]
    names: Mapping[str, str]
    first: Mapping[str, Stance]
    last: Mapping[str, Stance]

    @property
    def contributors(self) -> frozenset[str]:
        """Everybody who wrote something; pressing a button alone is counted in the bars."""
        return frozenset(remark.member for remark in self.remarks)

    def counts(self) -> dict[Stance, int]:
        return {stance: sum(s is stance for s in self.last.values()) for stance in Stance}


def listen(replies: Sequence[Reply], positions: Sequence[Position], until: datetime) -> Voices:
    """The members' words and stances at `until`; what came later is left out."""
    taken = sorted((p for p in positions if p.at <= until), key=lambda p: p.at)
    first = {p.member.id: p.stance for p in reversed(taken)}
    last = {p.member.id: p for p in taken}
    spoken = [r for r in replies if r.at <= until and r.text.strip()]
    remarks = [_remark(r.message, r.member, r.text, last) for r in spoken]
    remarks += [_remark(reason_id(p), p.member, p.reason, last) for p in last.values() if p.reason]
    names = {m.id: m.name for m in (*(p.member for p in taken), *(r.member for r in spoken))}
    return Voices(tuple(remarks), names, first, {m: p.stance for m, p in last.items()})


def reason_id(position: Position) -> str:
    """The id under which the one-line reason of a stance is quoted."""
    return f"reason/{position.member.id}"


def _remark(ident: str, member: Member, text: str, last: Mapping[str, Position]) -> Remark:
    position = last.get(member.id)
    return Remark(ident, member.id, text, position.stance if position else None)


def summary_card(motion: str, voices: Voices, digest: Digest) -> Card:
    """The debate in one message: stances, points by side, lone voices, open questions."""
    title = f"Summary: {motion}"
    if not voices.contributors and not voices.last:
        return Card((Heading(title), Text(phrases.NOBODY)), summary=title)
    parts = [
        Heading(title),
        *_standing(voices),
        *_points(digest, voices),
        *_section("Said on both sides", digest.shared, voices),
        *_section("Said by one person", digest.lone, voices),
        *_open(digest, voices),
        *_aside(digest, voices),
        Note(_coverage(digest, voices)),
    ]
    return Card(tuple(parts), summary=title)


def _standing(voices: Voices) -> list[Part]:
    parts: list[Part] = [bars(voices.counts())]
    if len(voices.contributors | voices.last.keys()) < FEW:
        parts.append(Text(phrases.TOO_FEW))
    moves = [(voices.first[m], now) for m, now in voices.last.items() if voices.first[m] is not now]
    for way in sorted(set(moves)):
        parts.append(Text(phrases.moved(moves.count(way), f"from {way[0]} to {way[1]}") + "."))
    return parts


def _points(digest: Digest, voices: Voices) -> list[Part]:
    parts: list[Part] = []
    for stance in (*Stance, None):
        held = [point for point in digest.points if point.stance is stance]
        heading = phrases.SIDES[stance] if stance else "Without a stance"
        parts += _section(heading, held, voices)
    return parts


def _section(heading: str, points: Sequence[KeyPoint], voices: Voices) -> list[Part]:
    if not points:
        return []
    return [Text(f"{heading}:"), *(_point(point, voices) for point in points)]


def _point(point: KeyPoint, voices: Voices) -> Quotation:
    member = point.excerpt.remark.member
    others = [voices.names.get(m) for m in point.members if m != member]
    side = "" if point.stance is None else f" ({point.stance.value})"
    return said(point.excerpt, f"{_name(member, voices)}{side}{_with(others)}")


def _name(member: str, voices: Voices) -> str:
    """How the member is called; where nobody has a name, as one of the group."""
    return voices.names.get(member, phrases.SOMEBODY)


def _with(others: Sequence[str | None]) -> str:
    """The people who hold the point too: by name while the list is short."""
    names = sorted(name for name in others if name)
    if 0 < len(names) == len(others) <= FEW:
        rows = [", ".join(names[:-1]), names[-1]] if len(names) > 1 else names
        return f", with {' and '.join(rows)}"
    return f", and {len(others)} more" if others else ""


def _open(digest: Digest, voices: Voices) -> list[Part]:
    if not digest.open:
        return []
    asked = (said(e, _name(e.remark.member, voices)) for e in digest.open)
    return [Text("Still open:"), *asked]


def _aside(digest: Digest, voices: Voices) -> list[Part]:
    """Who wrote without making a point; nobody drops out of the count for being brief."""
    shown = _shown(digest)
    there = {r.member for r in digest.aside if r.member not in shown}
    names = sorted(voices.names[member] for member in there if member in voices.names)
    told = ", ".join(names) if names else phrases.people(len(there))
    return [Text(f"Also there: {told}.")] if there else []


def _shown(digest: Digest) -> set[str]:
    """The members who are quoted or named with a point or a question."""
    held = {m for point in (*digest.points, *digest.lone) for m in point.members}
    return held | {excerpt.remark.member for excerpt in digest.open}


def _coverage(digest: Digest, voices: Voices) -> str:
    shown = _shown(digest) | {remark.member for remark in digest.aside}
    everyone = voices.contributors
    line = phrases.represented(len(shown & everyone), len(everyone))
    silent = len(voices.last.keys() - everyone)
    if silent:
        line += f"; {phrases.people(silent)} took a stance without writing"
    return f"{line}. {phrases.LATE_REPLIES}"
