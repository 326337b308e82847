"""Who says whom they agree with: "+1 Ned" counts its author among the people of Ned's point.

Nobody is named in doubt: the one agreed with wrote once, and what they wrote makes one point, or is
quoted in one. Who has been counted so is not quoted beside it for "Let us listen to her".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from prompts.likeness import Lexicon, lexicon
from prompts.model import Digest, Excerpt, KeyPoint, Remark
from prompts.talk import FRAGMENT, agrees_with, content_stems, without_agreement

_LETTERS = re.compile(r"[^\W_]+")


def agreeing(
    found: Digest, remarks: Sequence[Remark], names: Mapping[str, str], language: str = "en"
) -> Digest:
    """The digest with everybody who seconds a member by name among the people of that point.

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
    found: Digest,
    added: Mapping[Excerpt, Sequence[Remark]],
    names: Set[str],
    lexis: Lexicon,
) -> Digest:
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


def _only(found: Digest, meant: Sequence[Remark]) -> list[KeyPoint]:
    """The one point that a person's one remark makes, or of several the one that quotes it."""
    ids = {remark.id for remark in meant}
    told = [point for point in (*found.points, *found.lone) if ids & point.remarks]
    quoted = [point for point in told if point.excerpt.remark.id in ids]
    best = told if len(told) == 1 else quoted
    return best if len(meant) == len(best) == 1 else []


def joined_by(found: Digest, added: Mapping[Excerpt, Sequence[Remark]]) -> Digest:
    """The digest with further people, by the excerpt that shows the point they hold."""

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
