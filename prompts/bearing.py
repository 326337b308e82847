"""How a text bears on a motion: the features from which its side is told (prompts/stance.py).

Words of the motion's subject become one mark, words of what it asks for another; what a negation
reaches is marked. A feature counts with the sign of what the text speaks of. Where the motion
asks against its subject ("ban X"), what speaks well of X speaks against the motion; but what
speaks well of the ban itself ("banning X would help") speaks for it.
"""

import math
import re
import tomllib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

from prompts.cues import word_set
from prompts.likeness import lexicon

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# What debaters put before a motion, and what is left then is the motion.
_FRAME = re.compile(
    r"\s*(?:this house(?: (?:believes|thinks|supports|holds)\b)?|(?:i|we) (?:believe|think)\b)"
    r"(?: that\b)?\s*",
    re.IGNORECASE,
)
# What a motion says of its subject at the end, whatever that is.
_WEIGHED = re.compile(
    r"\s*\b(?:brings?|do(?:es)?|causes?|has|have)\s+(?:\w+\s+)?more\s+(?:harm|good)\s+than\s+"
    r"(?:harm|good)\b\W*$",
    re.IGNORECASE,
)
WEIGHING = re.compile(r"more harm than good|more good than harm")
NEGATIONS = word_set(
    "not no never cannot nor neither without hardly don't doesn't didn't isn't aren't wasn't won't "
    "can't couldn't wouldn't shouldn't nothing nobody none stop lack lacks fails fail"
)
TURNS = NEGATIONS - word_set("without stop lack lacks fails fail")  # in a motion
COMMON = word_set(
    "the a an of to in and or is are be we should would that this it for on with as by at from "
    "it's their they must can will has have all our more than its was were been being do does not"
)
URGES = word_set("should must ought shall would")
NEEDS = word_set("has have need needs")
STATES = word_set(
    "is are was were does do did brings bring poses pose has have be will can cannot makes"
)
IS = word_set("is are was were")
CALLED = 4  # words, the first of them "is", in which a motion calls its subject something
HEDGES = word_set("would will could can might may")
LICENSES = word_set("right justified legitimate acceptable permissible")
ACTIONS = word_set(
    "ban bans end abolition prohibition restriction restrictions boycott repeal cuts"
)
BE = word_set("be been should must we need")  # "X should be banned": the action is asked for
OPENS = word_set("by if because and but that of for think against since as")
NAMES = word_set("a the this such any")
REGION = 5  # words after "should" in which a motion says what it asks for
SCOPE, SHIFT = 3, 4  # words that a negation reaches, or a word that turns what follows
AHEAD, BEHIND = 4, 3  # words around the subject that bear on it
ACT = 0.3  # what a word for what is to be done tells of what a motion is about
MOST = 3  # liked or disliked things beyond which it makes no difference


@dataclass(frozen=True, slots=True)
class Tone:
    """Stems that are liked (1) or disliked (-1), and words that turn or oppose."""

    values: dict[str, int]
    turning: frozenset[str]
    shielding: frozenset[str]
    against: frozenset[str]


@cache
def tone() -> Tone:
    """The word lists of English, the only language with weights."""
    file = resources.files("prompts") / "weights" / "bearing.en.toml"
    lists = tomllib.loads(file.read_text(encoding="utf-8"))
    values = dict.fromkeys(stemmed(lists["good"].split()), 1)
    values |= dict.fromkeys(stemmed(lists["bad"].split()), -1)
    turning, shielding = word_set(lists["turning"]), word_set(lists["shielding"])
    return Tone(values, turning, shielding, word_set(lists["against"]))


def unframed(motion: str) -> str:
    """A motion without "This house believes that"; as it is where nothing else stands."""
    frame = _FRAME.match(motion)
    return (motion[frame.end() :] if frame else motion) or motion


def about(motion: str) -> dict[str, float]:
    """What a motion is about, as stems: 1 for its subject, ACT for what it asks to be done.

    "We should subsidize journalism" is about journalism: what subsidizes farms is beside it.
    """
    bare = unframed(motion)
    bare = _WEIGHED.sub("", bare) or bare
    found = words(bare)
    acts = set(_done(found))
    if acts or (found and found[0] in tone().against):  # "drug abuse" asks for nothing
        acts |= tone().against.intersection(found)
    matter = dict.fromkeys(stemmed([w for w in found if w not in COMMON and w not in acts]), 1.0)
    return dict.fromkeys(stemmed(sorted(acts)), ACT if matter else 1.0) | matter


def _done(found: Sequence[str]) -> list[str]:
    """The word that says what ought to be done."""
    at = next((k for k, word in enumerate(found) if word in URGES), len(found))
    return [word for word in found[at + 1 :] if word not in COMMON | TURNS][:1]


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes straight."""
    return _WORD.findall(text.lower().replace("’", "'"))


def stemmed(found: Sequence[str]) -> list[str]:
    return lexicon("en").stem(found)


def polarity(motion: str) -> int:
    """1 where a motion is for its subject, -1 where it is against it ("We should ban X")."""
    said = " ".join(words(motion))
    if weighing := WEIGHING.search(said):
        return -1 if weighing[0] == "more harm than good" else 1
    sign = 1
    region = _region(said.split())
    called = region[1:CALLED] if region and region[0] in IS else []
    for word, following in zip(region, [*region, ""][1:], strict=True):
        offence = word == "criminal" and following in ("offence", "offense")
        backs = word == "fight" and following == "for"
        against = word in tone().against or (word in called and disliked(word))
        if word in TURNS or offence or (against and not backs):
            sign = -sign
    return sign


def disliked(word: str) -> bool:
    """Whether what is called so is disliked."""
    return tone().values.get(stemmed([word])[0]) == -1


def turns(motion: str) -> int:
    """How many words of a motion deny or ask for something to be gone."""
    return sum(word in TURNS or word in tone().against for word in words(unframed(motion)))


def _region(found: list[str]) -> list[str]:
    """The words of a motion that say what is asked for, or said of its subject."""
    for k, word in enumerate(found):
        if word in URGES or (word in NEEDS and "to" in found[k + 1 : k + 2]):
            return found[k + 1 : k + 1 + REGION]
    if found and found[0] in tone().against:
        return found[:1]
    states = next((k for k, word in enumerate(found) if word in STATES), None)
    if states is None:
        return found
    said = found[states : states + REGION + 1]
    # "It is right for the government to restrict X" asks for what is right, further on.
    return said if LICENSES.isdisjoint(said) else found[states : states + 2 * REGION]


class Subject:
    """What a motion is about, what it asks for, and whether that is for or against it."""

    def __init__(self, motion: str) -> None:
        bare = unframed(motion)
        found = words(bare)
        self.sign = polarity(bare)
        self.topic = frozenset(stemmed([w for w in found if w not in COMMON | tone().against]))
        self.acts = frozenset(stemmed([w for w in found if w in tone().against]))


@dataclass(frozen=True)
class Heard:
    """A text's words beside their stems, read towards a motion."""

    subject: Subject
    words: list[str]
    stems: list[str]

    @cached_property
    def marks(self) -> list[str]:
        """Stems, the motion's words marked, and what a negation reaches."""
        out, reach = [], 0
        for word, stem in zip(self.words, self.stems, strict=True):
            mark = "TOPIC" if stem in self.subject.topic else stem
            mark = "ACT" if mark == stem and self._acts(word, stem) else mark
            out.append(f"~{mark}" if reach and word not in COMMON else mark)
            reach = SCOPE + 1 if word in NEGATIONS else max(0, reach - 1)
        return out

    def _acts(self, word: str, stem: str) -> bool:
        gerund = self.subject.sign < 0 and word.endswith("ing") and word in tone().against
        return stem in self.subject.acts or gerund

    @cached_property
    def of_action(self) -> bool:
        """Whether the text speaks of what is asked for rather than of the motion's subject."""
        places = [k for k, mark in enumerate(self.marks) if mark.endswith("ACT")]
        return self.subject.sign < 0 and any(map(self._speaks_of, places))

    def _speaks_of(self, at: int) -> bool:
        before = self.words[max(0, at - 3) : at]
        if BE.intersection(before):
            return False
        opens = not before or before[-1] in OPENS or at < 3
        named = bool(before) and before[-1] in NAMES
        gerund = self.words[at].endswith("ing") and opens
        return gerund or named or bool(HEDGES.intersection(self.words[at + 1 : at + 9]))

    @cached_property
    def moods(self) -> list[int]:
        """The liked and disliked things beside the motion's subject."""
        return moods(self.words, self.stems, self.subject.topic)


def moods(found: Sequence[str], stems: Sequence[str], topic: Set[str] = frozenset()) -> list[int]:
    """The liked (1) and disliked (-1) things in order, turned where something turns them."""
    out, negated, shifted, shielded = [], 0, 0, 0
    for word, stem in zip(found, stems, strict=True):
        turns, shields = word in tone().turning, word in tone().shielding
        value = tone().values.get(stem, 0)
        if stem not in topic and value:
            turned = bool(shifted or (shielded and value < 0)) and not (turns or shields)
            out.append(-value if bool(negated) != turned else value)
        negated = SCOPE + 1 if word in NEGATIONS else max(0, negated - 1)
        if word not in NEGATIONS:
            shifted = SHIFT if turns else max(0, shifted - 1)
            shielded = SHIFT if shields else max(0, shielded - 1)
    return out


def features(subject: Subject, text: str) -> dict[str, float]:
    """A text's features towards a motion by name; all but three change with the motion's sign."""
    found = words(text)
    heard = Heard(subject, found, stemmed(found))
    sign = 1 if heard.of_action else subject.sign
    out: dict[str, float] = {}
    for name in dict.fromkeys(_names(heard.marks)):  # in order: sums are then the same (#7)
        if "ACT" not in name:
            out[name] = sign
            continue
        out[f"= {name}"] = 1
        if sign == subject.sign:
            out[name] = sign
    return out | _moods(heard, sign) | {"motion": subject.sign, "sign": sign, "bias": 1}


def _names(marks: list[str]) -> Iterator[str]:
    joined = [m for k, m in enumerate(marks) if m != "TOPIC" or marks[k - 1 : k] != ["TOPIC"]]
    yield from marks
    yield from (f"{a} {b}" for a, b in zip(["<", *joined], [*joined, ">"], strict=True))
    yield from ("first " + " ".join(joined[:k]) for k in (1, 2, 3, 4))
    for at in (k for k, mark in enumerate(marks) if mark == "TOPIC"):
        yield from (f"after {mark}" for mark in marks[at + 1 : at + 1 + AHEAD])
        yield from (f"before {mark}" for mark in marks[max(0, at - BEHIND) : at])


def _moods(heard: Heard, sign: int) -> dict[str, float]:
    moods = heard.moods
    if not moods:
        return {}
    total = max(-MOST, min(MOST, sum(moods)))
    out = {"mood": total * sign, "mood sign": math.copysign(sign, total) if total else 0.0}
    out |= {"mood first": moods[0] * sign, "mood last": moods[-1] * sign}
    if "TOPIC" in heard.marks:
        out["mood topic"] = total * sign
    if heard.of_action:
        out["mood action"] = total
    return {name: float(value) for name, value in out.items() if value}
