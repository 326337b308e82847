"""How members are called where Gadfly speaks of them: by name, by a pseudonym, or not at all."""

from collections.abc import Mapping
from enum import StrEnum


class Names(StrEnum):
    NAMES = "names"
    PSEUDONYMS = "pseudonyms"  # Member 1, Member 2: by their first step, anew in each debate
    NONE = "none"


def called(names: Mapping[str, str], how: Names) -> Mapping[str, str]:
    """The names to show for these members, who come in the order of their first step.

    With NONE nobody has a name.
    """
    if how is Names.NONE:
        return {}
    if how is Names.NAMES:
        return names
    return {member: f"Member {number}" for number, member in enumerate(names, 1)}
