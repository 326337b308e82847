"""Whom a remark answers, and whom it agrees with: "+1 Ned" counts its author among Ned's people.

An answer alone is hard to make sense of ("Then cut the rent"), and a question that somebody
answered is not open, whatever words the answer is in. Nobody is named in doubt: a line that two
people wrote is nobody's, and a name that two people have means neither; the one agreed with wrote
once, and what they wrote makes one point, or is quoted in one. Who has been counted so is not
quoted beside it for "Let us listen to her".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from prompts.likeness import Lexicon, lexicon, words
from prompts.model import Excerpt, KeyPoint, Remark, Summary
from prompts.points import order_of
from prompts.summary import joined
from prompts.talk import (
    FRAGMENT,
    agrees_with,
    assents,
    content_stems,
    quoted,
    unquoted,
    without_agreement,
)

QUOTED = 3  # words of a quoted line: fewer may be anybody's
LIKELY = 200  # remarks that are looked at for one quoted line
_CALLED = re.compile(
    r"\A\s*(?:<@!?(\w+)>|(@?)([^\W\d_][\w.-]*(?: [^\W\d_][\w.-]*)?)(\s*[,:])?)"
    r"(?!\s*(?:[@<]|(?:and|und|&|\+)\s|\w+\s*(?:,|and\b|und\b)))"  # and one more; a list of nouns
)
_LETTERS = re.compile(r"[^\W_]+")


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


def taken_up(found: Summary, answered: Mapping[str, Answer]) -> Summary:
    """The summary without the open questions that somebody answers, and not with a question alone;
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
    found: Summary, remarks: Sequence[Remark], answered: Mapping[str, Answer], language: str = "en"
) -> Summary:
    """The summary with whoever says no more than yes to a line, under it or quoting it, among the
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


# -- who says whom they agree with ----------------------------------------------------------------


def agreeing(
    found: Summary, remarks: Sequence[Remark], names: Mapping[str, str], language: str = "en"
) -> Summary:
    """The summary with everybody who seconds a member by name among the people of that point.

    `names` are what members are called, by member. A point of one side gains nobody of another.
    """
    whom = known_as(names)
    wrote: defaultdict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        wrote[remark.member].append(remark)
    added: defaultdict[Excerpt, list[Remark]] = defaultdict(list)
    lexis = lexicon(language)
    called = spoken(whom, language)
    for remark in remarks:
        for name in agrees_with(in_capitals(remark.text, called), language):
            member = whom.get(name.casefold(), remark.member)
            meant = wrote[member] if member != remark.member else []
            for point in _only(found, meant):
                if remark.stance in (None, point.stance):
                    added[point.excerpt].append(remark)
    return _without_echoes(joined_by(found, added), added, called, lexis)


def spoken(whom: Iterable[str], language: str) -> Set[str]:
    """The words that members are called by, without those that mean something else, too."""
    lexis = lexicon(language)
    found = {word for name in whom for word in _LETTERS.findall(name) if len(word) > 1}
    return found - lexis.plain - lexis.negations


def in_capitals(text: str, names: Set[str]) -> str:
    """The text with members' names in capitals, as they are read: many write "what lars said"."""
    return _LETTERS.sub(lambda m: m[0][0].upper() + m[0][1:] if m[0] in names else m[0], text)


def _without_echoes(
    found: Summary,
    added: Mapping[Excerpt, Sequence[Remark]],
    names: Set[str],
    lexis: Lexicon,
) -> Summary:
    """Without the lone lines that say next to nothing, of those who are named for agreeing."""
    counted = {remark for remarks in added.values() for remark in remarks}

    def echo(said: Excerpt) -> bool:
        text = without_agreement(in_capitals(said.text, names), lexis)
        stems = content_stems(text, lexis)
        return said.remark in counted and len({*stems}) < FRAGMENT

    return replace(found, lone=tuple(point for point in found.lone if not echo(point.excerpt)))


def known_as(names: Mapping[str, str]) -> dict[str, str]:
    """Member by whole name, by first name and by id, in lower case; none whom two may be meant."""
    known = [
        (name.casefold().rstrip("."), m)
        for m, full in names.items()
        for name in {full, full.split()[0]}
    ]
    known += [(member.rpartition(":")[2].casefold(), member) for member in names]
    several = Counter(name for name, _ in {*known})
    return {name: member for name, member in known if several[name] == 1}


def _only(found: Summary, meant: Sequence[Remark]) -> list[KeyPoint]:
    """The one point that a person's one remark makes, or of several the one that quotes it."""
    ids = {remark.id for remark in meant}
    told = [point for point in (*found.points, *found.lone) if ids & point.remarks]
    quoted = [point for point in told if point.excerpt.remark.id in ids]
    best = told if len(told) == 1 else quoted
    return best if len(meant) == len(best) == 1 else []


def joined_by(found: Summary, added: Mapping[Excerpt, Sequence[Remark]]) -> Summary:
    """The summary with further people, by the excerpt that shows the point they hold."""

    def more(point: KeyPoint) -> KeyPoint:
        others = added.get(point.excerpt, ())
        return replace(
            point,
            members=point.members.union(remark.member for remark in others),
            remarks=point.remarks.union(remark.id for remark in others),
        )

    told = [more(point) for point in (*found.points, *found.lone)]
    several = [point for point in told if len(point.members) > 1]
    return replace(
        found,
        points=tuple(sorted(several, key=lambda point: -len(point.members))),
        lone=tuple(point for point in told if len(point.members) == 1),
        shared=tuple(map(more, found.shared)),
        dividing=tuple((more(one), more(other)) for one, other in found.dividing),
    )
