"""A claim as a motion: one plain sentence that stands alone, in Gadfly's wording.

How a claim is cut stands under `[motion]` in a cue file; what a file does not list is not cut.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from prompts.clauses import Outline
from prompts.cues import code, source, tokens
from prompts.edges import edges
from prompts.expressions import Beside, Guarded, beside, found, guarded, one_of, parts
from prompts.openings import stripped
from prompts.standing import personal, stands, thin

TAIL = " ,;–—:-"  # what may be left hanging at the end
# Numbers of notes, tags, and what stands in brackets: the quotation beneath has it.
_NOTE = re.compile(
    r"\s*\[[\divxl,;–\- ]{1,16}\]|\s\([^()]{1,120}\)(?=[\s.,;:!?–—-]|$)|</?\w{1,10}>"
)
_BRACKETS = frozenset("([<")
_QUOTES = '“”"„«»'
LONGEST = 240
_DASH = re.compile(r" [-–—] ")
# A quotation that nothing closes; the "’80s" are none.
_OPEN = re.compile(r"(?:^|[ (])(['‘])(?![ \d])[^'’]*(?:(?<=\w)['’](?=\w)[^'’]*)*$")
CLOSING = {"'": "'", "‘": "’"}
OPENING = 60  # characters in which a marker may open a sentence
MARKERS = frozenset(("lead", "contrast", "reply", "dangling", "conclude"))
TITLED = 3  # letters, and words, beyond which all but the small words of a title are capital
_LONG = re.compile(r"(?<!\S)[a-z]\S{3}")  # a word of more in small letters
LAST = 40  # characters in which a sentence ends
PLAIN = 7  # a motion is cut to its main clause if that keeps so many words


@dataclass(frozen=True, slots=True)
class Cut:
    """A table `[motion]`, compiled; what each entry is for stands in `cues/en.toml`."""

    tied: tuple[Guarded, ...]
    own: tuple[Guarded, ...]
    lets: re.Pattern[str]
    urge: str
    adds: re.Pattern[str]
    doubt: re.Pattern[str]
    verbal: re.Pattern[str]
    inner: re.Pattern[str]
    reason: re.Pattern[str]
    reasons: tuple[str, ...]
    alone: str
    brief: int
    denies: re.Pattern[str]
    subject: re.Pattern[str]
    leads: re.Pattern[str]
    condition: re.Pattern[str]
    supposed: re.Pattern[str]
    hangs: re.Pattern[str]
    spared: re.Pattern[str]
    breaks: Beside
    told: re.Pattern[str]
    first: re.Pattern[str]


def motion(doc: Outline, start: int, end: int) -> str | None:
    """The stretch `[start, end)` as one sentence, or None where it would not stand alone.

    It holds no double quotation marks, begins with a capital and ends with a full stop. A reason
    that follows the main clause is left to the quotation.
    """
    if end - start > 4 * LONGEST:
        return None
    language = doc.reading.language
    own = _read(code(language))
    words = stripped(_bare(doc.reading.text[start:end]), language).rstrip(TAIL)
    words = _denied(_urging(_alone(words, own), own), own)
    low = words.lower()
    held = parts(low)
    if "?" in words or not stands(low, held, language):
        return None
    if own.supposed.match(words) or own.told.match(words):
        return None
    words = _main(words, own)
    if _foreign(doc, words):
        return None
    words = _closed(_plain(words, held, own).rstrip(TAIL).rstrip(".!… '’"))
    low = words.lower()
    if thin(low, held, language) or _broken(low, held, own) or _titled(words):
        return None
    if personal(held, language) and own.first.search(words):
        return None
    return _sentence(words) if 0 < len(words) <= LONGEST else None


def _sentence(words: str) -> str:
    at = 1 if words[0] in CLOSING else 0
    return f"{words[:at]}{words[at : at + 1].upper()}{words[at + 1 :]}."


def _bare(text: str) -> str:
    """On one line, without marks of notes and layout, and with single quotation marks alone."""
    words = _single(_tight(" ".join(text.split())))
    words = words if _BRACKETS.isdisjoint(words) else _NOTE.sub("", words)
    return words.strip(" *_#>")


def _broken(words: str, held: frozenset[str], own: Cut) -> bool:
    """Whether a part of a sentence in lower case is missing."""
    if found(own.breaks, words, held):
        return True
    return own.hangs.search(words[-LAST:]) is not None and not own.spared.search(words)


def _titled(words: str) -> bool:
    """A title that stands among the sentences: "Every Time I Think We Should Abolish It"."""
    if _LONG.search(words):  # the first long word of a plain sentence, or the one after it
        return False
    long = [word for word in words.split() if len(word) > TITLED]
    return len(long) > TITLED and all(word[0].isupper() for word in long)


def _single(words: str) -> str:
    """With single quotation marks alone."""
    for mark in _QUOTES:  # many times as fast as a table, which asks for each letter
        words = words.replace(mark, "'")
    return words


def _tight(words: str) -> str:
    """With French marks close to their words."""
    return words.replace("« ", "«").replace(" »", "»") if "«" in words else words


def _closed(words: str) -> str:
    """With the closing mark of a quotation that ends the sentence: "is in no way 'unfair'"."""
    opened = _OPEN.search(words) if "'" in words or "‘" in words else None
    return words + CLOSING[opened[1]] if opened else words


def _foreign(doc: Outline, words: str) -> bool:
    """Of other languages less is known: a claim that still opens with a marker makes no motion."""
    if code(doc.reading.language) == "en":
        return False
    found = tokens(words[:OPENING])
    opening = (hit.cue for hit in doc.cues.hits(found, 0, len(found.words)) if hit.first == 0)
    own, first = edges(doc.reading.language), found.words[0]
    return bool(own.ties.search(words)) or first in own.inverts or not MARKERS.isdisjoint(opening)


def _plain(words: str, held: frozenset[str], own: Cut) -> str:
    """Without what ties a sentence to the one before it: "should therefore help", ", however,"."""
    for row in own.own:
        words = row.pattern.sub("", words) if row.near(held) else words
    for row in own.tied:
        words = row.pattern.sub(" ", words).rstrip() if row.near(held) else words
    return words


def _alone(words: str, own: Cut) -> str:
    """Without what the writer adds of himself: "..., and I am not the only one to say so"."""
    added = own.adds.search(words)
    return words[: added.start()] if added and not own.condition.match(words) else words


def _urging(words: str, own: Cut) -> str:
    """ "Let's plant trees" as "We should plant trees"."""
    urged = own.lets.match(words)
    return f"{own.urge} {words[urged.end() :]}" if urged else words


def _denied(words: str, own: Cut) -> str:
    """ "I don't think X is Y" as "X is not Y"; as it was where the verb cannot be told."""
    opening = own.doubt.match(words)
    verb = own.verbal.match(words, opening.end()) if opening else None
    if opening is None or verb is None or own.inner.search(verb.group()):
        return words
    denied = f"{words[opening.end() : verb.end()]} not{words[verb.end() :]}"
    return denied.replace(" not ever ", " never ")


def _main(words: str, own: Cut) -> str:
    """The main clause before a reason or an insertion, where it is long enough to stand."""
    if not any(map(words.__contains__, own.reasons)) or own.condition.match(words):
        return words
    for match in own.reason.finditer(words):
        head = words[: match.start()]
        joined = own.alone and match.group().startswith(own.alone)
        one = (joined and own.denies.search(head)) or own.leads.search(head)
        least = own.brief if any(map(str.isalpha, match.group())) else PLAIN
        if len(head.split()) >= least and not (one or _within(head) or own.subject.match(head)):
            return head
    return words


def _within(head: str) -> bool:
    """Whether what follows stands in an insertion: "X - which ... because Y - should Z"."""
    return len(_DASH.findall(head)) % 2 == 1 or head.count("(") > head.count(")")


@cache
def _read(known: str) -> Cut:
    own: dict[str, Any] = source(known)["motion"]
    patterns = (
        "lets", "adds", "doubt", "verbal", "inner", "reason", "denies", "subject", "leads",
        "condition", "supposed",
    )  # fmt: skip
    return Cut(
        **{name: one_of(own.get(name, ()), re.I) for name in patterns},
        **{name: one_of(own.get(name, ())) for name in ("hangs", "spared")},
        tied=guarded(own.get("tied", {})),
        breaks=beside(own.get("breaks", {})),
        own=guarded(own.get("own", {}), re.I),
        urge=own.get("urge", ""),
        reasons=tuple(own["reasons"].split("|")),
        alone=own.get("alone", ""),
        brief=own.get("brief", PLAIN),
        told=one_of(own.get("told", ())),
        first=one_of(own.get("first", r"\b")),
    )
