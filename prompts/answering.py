"""Whom a remark answers: whose it was written under, whose line it quotes, or whom it names.

An answer alone is hard to make sense of ("Then cut the rent"), and a question that somebody
answered is not open, whatever words the answer is in. Nobody is named in doubt: a line that two
people wrote is nobody's, and a name that two people have means neither.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from prompts.agreeing import in_capitals, joined_by, known_as, spoken
from prompts.digest import joined
from prompts.likeness import words
from prompts.model import Digest, Excerpt, KeyPoint, Remark
from prompts.points import order_of
from prompts.talk import agrees_with, assents, quoted, unquoted

QUOTED = 3  # words of a quoted line: fewer may be anybody's
LIKELY = 200  # remarks that are looked at for one quoted line
_CALLED = re.compile(
    r"\A\s*(?:<@!?(\w+)>|(@?)([^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?)(\s*[,:])?)"
    r"(?!\s*(?:[@<]|(?:and|und|&|\+)\s|\w+\s*(?:,|and\b|und\b)))"  # and one more; a list of nouns
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a remark answers, and which remark or which words of theirs, where that is known."""

    member: str
    quoted: str = ""
    remark: str = ""

    def meets(self, said: Excerpt) -> bool:
        """True for what is answered: a member's words, those quoted or of that remark, if any."""
        if said.remark.member != self.member or self.remark not in ("", said.remark.id):
            return False
        row = _row(said.text)
        return not self.quoted or row in self.quoted or self.quoted in row


def answers(
    remarks: Sequence[Remark], names: Mapping[str, str], language: str = "en"
) -> dict[str, Answer]:
    """By remark: whom it answers, where that is plain. Without names these tell nothing."""
    whom = known_as(names)
    called = spoken(whom, language)
    found = ((r.id, _spoken_to(r, whom, called, language)) for r in remarks if whom)
    named = {id_: answer for id_, answer in found if answer}
    lines = dict(_quoting(remarks))
    return named | lines | dict(_under(remarks, lines))


def taken_up(found: Digest, answered: Mapping[str, Answer]) -> Digest:
    """The digest without the open questions that somebody answers, and not with a question alone;
    these are lone voices, quoted with what of the same person stands beside them."""
    asking = {e.remark.id for e in found.open if e.text == unquoted(e.remark.text).strip()}
    told = (answer for id_, answer in answered.items() if id_ not in asking)
    met = [(answer, [e for e in found.open if answer.meets(e)]) for answer in told]
    closed = {e for answer, some in met for e in some if answer.quoted or len(some) == 1}
    gone = [excerpt for excerpt in found.open if excerpt in closed]
    lone = tuple(
        KeyPoint(e, e.remark.stance, frozenset({e.remark.member}), frozenset({e.remark.id}))
        for e in gone
    )
    left = tuple(excerpt for excerpt in found.open if excerpt not in closed)
    return replace(found, lone=tuple(joined(found.lone + lone, left)), open=left)


def assenting(
    found: Digest, remarks: Sequence[Remark], answered: Mapping[str, Answer], language: str = "en"
) -> Digest:
    """The digest with whoever says no more than yes to a line, under it or quoting it, among the
    people of the point that it shows. A point of one side gains nobody of another."""
    points: defaultdict[str, list[KeyPoint]] = defaultdict(list)
    for point in (*found.points, *found.lone):
        points[point.excerpt.remark.member].append(point)
    added: defaultdict[Excerpt, list[Remark]] = defaultdict(list)
    for remark in remarks:
        answer = answered.get(remark.id)
        if answer and (answer.quoted or answer.remark) and assents(unquoted(remark.text), language):
            meant = [p for p in points[answer.member] if answer.meets(p.excerpt)]
            if len(meant) == 1 and remark.stance in (None, meant[0].stance):
                added[meant[0].excerpt].append(remark)
    return joined_by(found, added)


def _under(remarks: Sequence[Remark], lines: Mapping[str, Answer]) -> Iterator[tuple[str, Answer]]:
    """Who wrote the remark that one was written under; whatever else it quotes is by the way."""
    known = {remark.id: remark for remark in remarks}
    for remark in remarks:
        above = known.get(remark.answers or "")
        if above and above.member != remark.member:
            line = lines.get(remark.id)
            own = line.quoted if line and line.member == above.member else ""
            yield remark.id, Answer(above.member, own, above.id)


def _row(text: str) -> str:
    return f" {' '.join(words(text))} "


def _quoting(remarks: Sequence[Remark]) -> Iterator[tuple[str, Answer]]:
    quotes = {r.id: _row(line) for r in remarks if len(words(line := quoted(r.text))) >= QUOTED}
    needed = {word for row in quotes.values() for word in row.split()}
    ordered = sorted(remarks, key=order_of) if quotes else []
    rows = [(r.member, _row(unquoted(r.text))) for r in ordered]
    where: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        for word in needed.intersection(row[1].split()):
            where[word].append(row)
    for remark in remarks:
        quote = quotes.get(remark.id)
        if quote is None:
            continue
        likely = min((where[word] for word in quote.split()), key=len)[:LIKELY]
        wrote = {member for member, row in likely if quote in row}
        if len(wrote) == 1 and remark.member not in wrote:
            yield remark.id, Answer(wrote.pop(), quote)


def _spoken_to(
    remark: Remark, whom: Mapping[str, str], called: Set[str], language: str
) -> Answer | None:
    text = unquoted(remark.text)
    agreed = in_capitals(text, called)
    if agrees_with(agreed, language):
        return None  # who seconds somebody is counted with them
    named = [name for found in _CALLED.finditer(text) for name in _meant(found)]
    said = named or agrees_with(agreed, language, wholly=False)
    meant = {whom[name.casefold()] for name in said if name.casefold() in whom}
    return Answer(meant.pop()) if len(meant) == 1 and remark.member not in meant else None


def _meant(found: re.Match[str]) -> Iterator[str]:
    """The name that a text begins with, where it is plainly one: "@Bea", "Bea: ...", a mention."""
    mention, at, name, stop = found.groups()
    if mention:
        yield mention
    elif at or stop:
        yield from (name, name.split()[0])
