"""Which side of its subject a motion takes, where that is plain.

Who asks for something says so. What tells an effect is for or against its subject by words that
tell good from bad: "A carbon tax would ruin us" is against a carbon tax, and "Banning X does no
good" is against banning X. Elsewhere nobody should tell by words who speaks for the motion (#7).
"""

from prompts.bearing import (
    HEDGES,
    NEEDS,
    STATES,
    WEIGHING,
    moods,
    polarity,
    stemmed,
    tone,
    turns,
    unframed,
    words,
)
from prompts.cues import word_set

ASKS = word_set("should must ought need needs")  # or "has to", "have to"
ACTIONS = word_set(
    "ban bans end abolition prohibition restriction restrictions boycott repeal cuts"
)


def plainly(motion: str) -> tuple[str, int] | None:
    """A motion in a form whose side is plain, and 1; or -1 where it is against what that asks for.

    None where its side is not plain.
    """
    found = words(unframed(motion))
    urges = next((k for k in range(len(found)) if _asks(found, k)), None)
    states = next((k for k, word in enumerate(found) if word in STATES | HEDGES), len(found))
    front = found[: states if urges is None else urges]
    bare = [word for k, word in enumerate(front) if not _acts(word, k)]
    acted = len(bare) < len(front)
    if urges is not None or _orders(front) or WEIGHING.search(motion.lower()):
        return None if acted or turns(motion) > 1 else (motion, 1)
    mood = _mood(found[len(front) :] or found)
    if turns(motion) < 2 and mood * (-1 if acted else 1) * polarity(motion) > 0:
        return motion, 1
    if not (mood and bare and len(front) < len(found)):
        return None
    return " ".join(["ban", *bare] if acted else bare), 1 if mood > 0 else -1


def _asks(found: list[str], at: int) -> bool:
    return found[at] in ASKS or (found[at] in NEEDS and "to" in found[at + 1 : at + 2])


def _acts(word: str, place: int) -> bool:
    """Whether a word at that place names the doing away with something: "banning X", "a ban"."""
    return word in ACTIONS if place else word.endswith("ing") and word in tone().against


def _orders(front: list[str]) -> bool:
    """Whether a motion begins by asking for something to be gone: "Ban X"."""
    return bool(front) and front[0] in tone().against and not _acts(front[0], 0)


def _mood(said: list[str]) -> int:
    return sum(moods(said, stemmed(said)))
