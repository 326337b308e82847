"""A claim as a motion: one plain sentence that stands alone, in Gadfly's wording."""

import re

from prompts.clauses import Outline
from prompts.cues import word_set

# What may stand before a claim without being part of it.
_LEAD = re.compile(
    r"^(?:(?:cmv|change my view):\s*|(?:but|and|or|however|therefore|thus|hence|indeed|in fact|"
    r"moreover|furthermore|in addition|besides|also|firstly|secondly|thirdly|lastly|consequently|"
    r"as a result|accordingly|ultimately|in conclusion|to conclude|to sum up|in sum|in short|"
    r"in summary|all in all|on the whole|of course|clearly|obviously|undoubtedly|certainly|surely|"
    r"in my opinion|in my view|personally|for me|to me|as i see it|from my point of view|"
    r"nevertheless|nonetheless|even so|that said|on the contrary|by contrast|for example|"
    r"for instance|in reality|in truth|unfortunately|sadly|fortunately|to begin with|first of all|"
    r"above all|for this reason|for these reasons|for that reason|in the end|in other words|"
    r"admittedly|frankly|honestly|simply put|that is why|this is why|that's why|"
    r"so(?! (?:many|much|few|little|long|far|called)\b))\b"
    # what may also begin the claim itself ("No school ...", "First aid ...") needs its comma
    r"(?:,\s*|\s+(?!(?:is|are|was|were)\b))|"
    r"(?:yes|no|well|first|second|third|finally|overall|instead|rather|now|then|again|still|yet|"
    r"after all|in general|generally|naturally|actually|likewise|similarly|imo|imho),\s*)",
    re.I,
)
# The same elsewhere: what leaves the order of words as it is, or is parted by a comma.
_ELSEWHERE = {
    "de": re.compile(
        r"^(?:(?:aber|und|doch|denn|sondern)\b,?|(?:ich (?:finde|meine|glaube|denke)|kurz|kurzum|"
        r"nein|ja|erstens|zweitens|drittens|im gegenteil),(?! dass| daß))\s+",
        re.I,
    ),
    "fr": re.compile(
        r"^(?:(?:mais|et|or|donc)\b,?|(?:cependant|toutefois|pourtant|néanmoins|ainsi|enfin|"
        r"en conclusion|en somme|bref|au contraire|en réalité|en fait|par conséquent|"
        r"à mon avis|selon moi|pour ma part|d'abord|de plus|finalement),|"
        r"c'est pourquoi|voilà pourquoi|je (?:pense|crois|estime|soutiens) que)\s+",
        re.I,
    ),
    "es": re.compile(
        r"^(?:(?:pero|y|por eso)\b,?|(?:sin embargo|no obstante|en cambio|por el contrario|"
        r"en realidad|ahora bien|de hecho|por (?:lo )?tanto|en conclusión|en resumen|en suma|"
        r"en mi opinión|a mi juicio|además|finalmente|en definitiva),|"
        r"(?:yo )?(?:creo|pienso|opino|sostengo|considero) que)\s+",
        re.I,
    ),
}
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
TAIL = " ,;–—:-"  # what may be left hanging at the end
_NOTE = re.compile(r"\s*(?:\[[\d,;–\- ]{1,16}\]|\([^()]{0,60}\b(?:19|20)\d\d[a-z]?[^()]{0,30}\))")
_QUOTES = str.maketrans({"“": "'", "”": "'", '"': "'", "„": "'", "«": "'", "»": "'"})
LONGEST = 240
SHORTEST = 4
DANGLING = word_set(
    "this that these those it they he she such his her their its both neither another here them "
    "him there which who so as than i my me we've i'm i've i'd i'll mine nor"
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
    r"\b(?:this|these|those(?! who)|such(?! as)|he|she|his|him|latter|former|above)\b|"
    r"^(?:the (?:rest|same|others?|reason|result|answer|alternative)|all of it|"
    r"one of (?:it|them))\b|"
    r"^(?:nor|neither|not only|never|rarely|seldom|no sooner|only then)\b",  # the verb comes first
    re.I,
)
_THEM = re.compile(r"\b(?:they|them|their|it|its|one)\b", re.I)
_MANY = re.compile(
    r"(?<!that )(?<!who )(?<!which )\b(?:\w{3,}[^s\W]s|people|children|"
    r"men|women|young|those|who|police|poor|rich|old|and)\b",
    re.I,
)
# No plural, though it ends like one: "a party that wants their votes" leaves "their" in the air.
_VERB = re.compile(
    r"\b(?:(?:that|which|who|it|he|she|nobody|everyone|one|to) \w+|wants|gives|makes|takes|needs|"
    r"has|was|does|says|goes|gets|keeps|lets|helps|always|perhaps|less|unless|across|this|thus)\b",
    re.I,
)
_ANY = re.compile(
    r"\b(?!(?:there|then|that|with|from|have|must|should|will|when|what)\b)\w{4,}", re.I
)
_REASON = re.compile(r"(?:,? because|, since|, as|, for|, so that|, which|;|:) ")
_CONDITION = re.compile(
    r"(?:if|when|as|unless|until|although|though|while|because|since|whether|whatever|where|wo|"
    r"wenn|weil|si|quand|cuando)\b",
    re.I,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nobody|none)\b|n't\b", re.I
)  # "not ... because" is one thought
# What puts the verb before its subject in German: without it no sentence would be left.
_INVERTS = word_set(
    "daher deshalb darum folglich somit also deswegen insgesamt letztlich dennoch trotzdem "
    "außerdem zudem heute vielleicht natürlich zwar gewiss ich mein meine je mon ma mes yo mi"
)
PLAIN = 7  # a motion is cut to its main clause if that keeps so many words


def motion(doc: Outline, start: int, end: int) -> str | None:
    """The stretch `[start, end)` as one sentence, or None where it would not stand alone.

    It holds no double quotation marks, begins with a capital and ends with a full stop. A reason
    that follows the main clause is left to the quotation.
    """
    if end - start > 4 * LONGEST:
        return None
    words = " ".join(doc.reading.text[start:end].translate(_QUOTES).split())
    words = _NOTE.sub("", words) if "(" in words or "[" in words else words
    words = stripped(words.strip(" *_#>"), doc.reading.language).rstrip(TAIL)
    if "?" in words or not _stands(words) or _foreign(doc, words):
        return None
    words = _main(words).rstrip(TAIL).rstrip(".!… '")
    return words[0].upper() + words[1:] + "." if 0 < len(words) <= LONGEST else None


def _foreign(doc: Outline, words: str) -> bool:
    """Of other languages less is known: a claim that still opens with a marker makes no motion."""
    if _code(doc.reading.language) == "en":
        return False
    opening = words.split()[0].lower()
    branch = doc.cues.heads.get(opening.split("'")[0]) or doc.cues.heads.get(opening)
    patterns = branch.always if branch else ()
    return opening in _INVERTS or any(
        p.cue in ("lead", "contrast", "dangling", "conclude") for p in patterns
    )


def _code(language: str) -> str:
    code = language.lower()[:2]
    return code if code in _ELSEWHERE else "en"


def stripped(words: str, language: str = "en") -> str:
    """Without discourse markers, attribution to oneself and openings like "it is clear that"."""
    code = _code(language)
    patterns = (_LEAD, _STANCE, _STATED) if code == "en" else (_ELSEWHERE[code],)
    for _ in range(6):
        shorter = words
        for pattern in patterns:
            opening = pattern.match(shorter)
            shorter = shorter[opening.end() :].lstrip() if opening else shorter
        if shorter == words:
            break
        words = shorter
    return words


def _main(words: str) -> str:
    """The main clause before a reason or an insertion, where it is long enough to stand."""
    if _CONDITION.match(words):
        return words
    for match in _REASON.finditer(words):
        head = words[: match.start()]
        if len(head.split()) >= PLAIN and not (match.group() == " because " and _NOT.search(head)):
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
    return named.search(_VERB.sub("", words[: pronoun.start()])) is not None
