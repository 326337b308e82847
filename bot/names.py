"""How members are called where Gadfly speaks of them: by name, by a pseudonym, or not at all."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.model import Mark, Marked


class Names(StrEnum):
    NAMES = "names"
    PSEUDONYMS = "pseudonyms"  # Member 1, Member 2: by their first step, anew in each debate
    NONE = "none"


def called(names: Mapping[str, str], how: Names, marks: Iterable[Mark] = ()) -> Mapping[str, str]:
    """The names to show for these members, who come in the order of their first step.

    With NONE nobody has a name, and nor has who is marked as unnamed.
    """
    if how is Names.NONE:
        return {}
    if how is Names.PSEUDONYMS:
        names = {member: f"Member {number}" for number, member in enumerate(names, 1)}
    unnamed = {mark.subject for mark in marks if mark.kind is Marked.UNNAMED}
    return {member: name for member, name in names.items() if member not in unnamed}
