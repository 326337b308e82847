"""Whom a remark answers: whose line it quotes ("> ..."), or whom it speaks to by name.

An answer alone is hard to make sense of ("Then cut the rent"), and a question that somebody
answered is not open, whatever words the answer is in. Nobody is named in doubt: a line that two
people wrote is nobody's, and a name that two people have means neither.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from prompts.agreeing import in_capitals, joined_by, known_as, spoken
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
    """Whom a remark answers, and the words that it quotes of theirs, if it does."""

    member: str
    quoted: str = ""

    def meets(self, said: Excerpt) -> bool:
        """True for what is answered: a member's words, and those that are quoted, if any are."""
        row = _row(said.text)
        fits = not self.quoted or row in self.quoted or self.quoted in row
        return fits and said.remark.member == self.member


def answers(
    remarks: Sequence[Remark], names: Mapping[str, str], language: str = "en"
) -> dict[str, Answer]:
    """By remark: whom it answers, where that is plain. Without names only quoted lines tell."""
    whom = known_as(names)
    called = spoken(whom, language)
    found = ((r.id, _spoken_to(r, whom, called, language)) for r in remarks if whom)
    return {id_: answer for id_, answer in found if answer} | dict(_quoting(remarks))


def taken_up(found: Digest, answered: Mapping[str, Answer]) -> Digest:
    """The digest without the open questions that somebody answers; these are lone voices."""
    asked = Counter(excerpt.remark.member for excerpt in found.open)

    def told(excerpt: Excerpt) -> bool:
        alone = asked[excerpt.remark.member] == 1
        return any(a.meets(excerpt) and (a.quoted or alone) for a in answered.values())

    gone = [excerpt for excerpt in found.open if told(excerpt)]
    lone = tuple(
        KeyPoint(e, e.remark.stance, frozenset({e.remark.member}), frozenset({e.remark.id}))
        for e in gone
    )
    left = tuple(excerpt for excerpt in found.open if excerpt not in gone)
    return replace(found, lone=found.lone + lone, open=left)


def assenting(
    found: Digest, remarks: Sequence[Remark], answered: Mapping[str, Answer], language: str = "en"
) -> Digest:
    """The digest with whoever quotes a line and says no more than yes to it among the people of
    the point that it shows. A point of one side gains nobody of another."""
    points: defaultdict[str, list[KeyPoint]] = defaultdict(list)
    for point in (*found.points, *found.lone):
        points[point.excerpt.remark.member].append(point)
    added: defaultdict[Excerpt, list[Remark]] = defaultdict(list)
    for remark in remarks:
        answer = answered.get(remark.id)
        if answer and answer.quoted and assents(unquoted(remark.text), language):
            meant = [p for p in points[answer.member] if answer.meets(p.excerpt)]
            if len(meant) == 1 and remark.stance in (None, meant[0].stance):
                added[meant[0].excerpt].append(remark)
    return joined_by(found, added)


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
