"""A claim as a motion: one plain sentence that stands alone, in Gadfly's wording."""

import re

from prompts.clauses import Outline
from prompts.cues import word_set

# What may stand before a claim without being part of it, most often followed by a comma.
_LEAD = re.compile(
    r"^(?:but|and|so|yet|or|nor|however|therefore|thus|hence|indeed|in fact|moreover|furthermore|"
    r"in addition|besides|also|instead|rather|finally|firstly|secondly|thirdly|first|second|"
    r"third|lastly|consequently|as a result|accordingly|ultimately|overall|in conclusion|"
    r"to conclude|to sum up|in sum|in short|in summary|all in all|on the whole|of course|clearly|"
    r"obviously|undoubtedly|certainly|surely|in my opinion|in my view|personally|for me|to me|"
    r"as i see it|from my point of view|in general|generally|nevertheless|nonetheless|still|then|"
    r"now|even so|that said|on the contrary|by contrast|for example|for instance|after all|"
    r"in reality|in truth|actually|unfortunately|sadly|fortunately|to begin with|first of all|"
    r"above all|again|likewise|similarly|for this reason|for these reasons|for that reason|"
    r"in the end|in other words|yes|no|well|admittedly|naturally|frankly|honestly|simply put|"
    r"that is why|this is why|that's why)\b(?:,\s*|\s+)",
    re.I,
)
_STANCE = re.compile(
    r"^(?:i|we) (?:\w+ly |do |would |still |also |am of the |have come to |tend to ){0,2}"
    r"(?:believe|think|feel|argue|contend|maintain|hold|suggest|am convinced|am sure|am certain|"
    r"agree|opinion|say|suspect|am confident|conclude|insist)(?: strongly| firmly)?"
    r"(?: with the (?:view|opinion|idea|statement|notion))?(?: that)?,? ",
    re.I,
)
_STATED = re.compile(
    r"^(?:(?:my|the) (?:\w+ ){0,2}(?:view|opinion|belief|point|argument|thesis|contention|"
    r"position|conclusion|truth|fact|lesson|reality|bottom line|upshot)(?: here)? is"
    r"(?: simply)? that|it is (?:\w+ly )?(?:clear|obvious|evident|true|undeniable|certain|"
    r"my belief|my view|my opinion|apparent) that|this (?:means|shows|suggests|proves|implies) "
    r"that|there is no doubt that|no doubt) ",
    re.I,
)
_TAIL = re.compile(r"\s*[,;–—:-]*\s*$")
_NOTE = re.compile(r"\s*(?:\[[\d,;–\- ]{1,16}\]|\([^()]{0,60}\b(?:19|20)\d\d[a-z]?[^()]{0,30}\))")
_QUOTES = str.maketrans({"“": "'", "”": "'", '"': "'", "„": "'", "«": "'", "»": "'"})
LONGEST = 240
SHORTEST = 4
DANGLING = word_set(
    "this that these those it they he she such his her their its both neither another here them "
    "him there which who so as than i my me we've i'm mine"
)
# What begins with a pronoun that points at nothing before it.
EMPTY = re.compile(
    r"^(?:it (?:is|would be|will be|may be|might be|seems|takes|is not|isn't)(?: \w+){1,4}? "
    r"(?:to|that)\b|"
    r"it makes (?:no |more |good )?sense to\b|it is time\b|"
    r"there (?:is|are|can|will|must|should)\b|those who\b|both (?:\w+ ){1,3}and\b|"
    r"this (?:country|city|nation|century|planet|world)\b)",
    re.I,
)
_POINTS = re.compile(
    r"\b(?:this|these|those(?! who)|such(?! as)|he|she|his|him|latter|former|above)\b", re.I
)
_THEM = re.compile(r"\b(?:they|them|their|it|its|one)\b", re.I)
_MANY = re.compile(
    r"\b(?:\w{3,}[^s\W]s|people|children|men|women|young|those|who|police|poor|rich|old|and)\b",
    re.I,
)
_ANY = re.compile(
    r"\b(?!(?:there|then|that|with|from|have|must|should|will|when|what)\b)\w{4,}", re.I
)
_REASON = re.compile(r"(?:,? because|, since|, as|, for|, so that|, which|;|:) ")
PLAIN = 7  # a motion is cut to its main clause if that keeps so many words


def motion(doc: Outline, start: int, end: int) -> str | None:
    """The stretch `[start, end)` as one sentence, or None where it would not stand alone.

    It holds no double quotation marks, begins with a capital and ends with a full stop. A reason
    that follows the main clause is left to the quotation.
    """
    if end - start > 4 * LONGEST:
        return None
    words = " ".join(doc.reading.text[start:end].translate(_QUOTES).split())
    words = _TAIL.sub("", stripped(_NOTE.sub("", words)).strip(" *_#>"))
    if "?" in words or not _stands(words) or _foreign(doc, words):
        return None
    words = _TAIL.sub("", _main(words)).rstrip(".!… '")
    return words[0].upper() + words[1:] + "." if 0 < len(words) <= LONGEST else None


def _foreign(doc: Outline, words: str) -> bool:
    """The markers above are English; elsewhere a claim that opens with one makes no motion."""
    if doc.reading.language.lower().startswith("en"):
        return False
    branch = doc.cues.heads.get(words.split()[0].lower())
    return branch is not None and any(
        p.cue in ("lead", "contrast", "dangling") for p in branch.whole
    )


def stripped(words: str) -> str:
    """Without discourse markers, attribution to oneself and openings like "it is clear that"."""
    for _ in range(6):
        shorter = words
        for pattern in (_LEAD, _STANCE, _STATED):
            shorter = pattern.sub("", shorter, count=1)
        if shorter == words:
            break
        words = shorter
    return words


def _main(words: str) -> str:
    """The main clause before a reason or an insertion, where it is long enough to stand."""
    for match in _REASON.finditer(words):
        head = words[: match.start()]
        if len(head.split()) >= PLAIN and not words.lower().startswith(("if ", "when ", "as ")):
            return head
    return words


def _stands(words: str) -> bool:
    """No pronoun may point outside the sentence."""
    parts = words.split()
    if len(parts) < SHORTEST:
        return False
    first = parts[0].lower().strip(",'")
    if (first in DANGLING and not EMPTY.match(words)) or _POINTS.search(words):
        return False
    pronoun = _THEM.search(words, len(parts[0]))
    if pronoun is None or EMPTY.match(words):
        return True
    named = _MANY if pronoun.group().lower() in ("they", "them", "their") else _ANY
    return named.search(words, 0, pronoun.start()) is not None
