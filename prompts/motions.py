"""A claim as a motion: one plain sentence that stands alone, in Gadfly's wording."""

import re
from collections.abc import Sequence

from prompts.clauses import Outline
from prompts.cues import code, tokens, word_set
from prompts.debatable import thin
from prompts.edges import edges
from prompts.openings import stripped

TAIL = " ,;–—:-"  # what may be left hanging at the end
_NOTE = re.compile(
    r"\s*(?:\[[\divxl,;–\- ]{1,16}\]|\([^()]{0,60}\b(?:19|20)\d\d[a-z]?[^()]{0,30}\))|</?\w{1,10}>"
)
_QUOTES = '“”"„«»'
LONGEST = 240
SHORTEST = 4
DANGLING = word_set(
    "this that these those it they he she such his her their its both neither another here them "
    "him there which who so as than i my me mine nor"
)
# From here to `_OBJECT` in lower case: in any case a search takes several times as long.
# What begins with a pronoun that points at nothing before it.
EMPTY = re.compile(
    r"^(?:it(?:['’]s| (?:is|would be|will be|may be|might be|seems|takes|is not|isn't))"
    r"(?: \w+){1,4}? (?:to(?! (?:the|an?|every|all|each|any|our|their|its|many|most)\b)|that)\b|"
    r"it makes (?:no |more |good )?sense to\b|it(?:['’]s| is) time\b|"
    r"there(?:['’]s| (?:is|are|can|will|must|should))\b|those who\b|both (?:\w+ ){1,3}and\b|"
    r"this (?:country|city|nation|century|planet|world)\b)",
)
# Small words that are looked for at once: where none stands, no pattern for them need be asked.
POINTING = word_set("this these those such he she his him latter former above")
THEM = word_set("they them their it its one")
FIRST = word_set("i my me mine myself")
_SMALL = re.compile(rf"\b(?:that|{'|'.join(sorted(POINTING | THEM | FIRST))})\b")
_POINTS = re.compile(
    r"\b(?:this|these|those(?! who)|such(?! as)|he|she|his|him|latter|former|above)\b"
)
_THAT = re.compile(  # points back, where " that" stands at all
    r"\b(?:to|of|for|in|on|by|under)(?: just| exactly)? that (?:end|kind|sort|way|case|reason|"
    r"respect|sense|regard)\b(?! (?:of|that|which|for|in)\b)|"
    r"\b(?:than|from|beyond|besides|like|of|after|about|to|for|with|by|at|in|on|past|above|below|"
    r"under|over|without|since|until|before|despite) that(?=[,.;]|$)",
)
_LEANS = re.compile(
    r"(?:the (?:exact |very )?"
    r"(?:rest|same|others?|opposite|contrary|reason|result|answer|alternative)|all of it|"
    r"one of (?:it|them))\b|"
    r"the (?:best |real |only )?(?:idea|risk|proposal|plan|change|finding|point|objection|"
    r"argument|aim|worry|fear|danger|evidence)"
    r"(?! (?:of|that|to|for|in|behind|from|between|against)\b)\b|"
    r"the \w+ ones? (?:is|are|was|were)\b|(?:\w+er|more \w+|less \w+) (?:to \w+ )?than\b|"
    r"(?:perhaps |even )?(?:first|second|third|last|worse|better|(?:more|most|equally|no less) "
    r"\w+),? (?:is|are|was|were|comes?)\b|"
    r"(?:when|why|how|where) (?:will|do|does|did|can|could|should|would|don't|won't|shouldn't)\b|"
    r"(?:one|another|an?|the) (?:\w+ )?(?:argument|reason|case|point) (?:for|against|in) "
    r"[^,;:]{1,60} is that\b|"
    r"(?:many|some|most|few|several|others|all|none|each|both) (?:of (?:them|these) )?"
    r"(?:are|is|have|has|had|were|was|will|would|can|could|may|do|did)\b|"
    r"the (?:\w+ ){0,2}questions? (?:here |then |now )?(?:is|was|remains) "
    r"(?:whether|what|how|why|who)\b|"
    r"(?:although|though|whereas|because),|"  # meant for a word that the comma does not fit
    r"not (?:even|just|to mention)\b|"
    r"(?:nor|neither|not only|never|rarely|seldom|no sooner|only then)\b",  # the verb comes first
)
_THEM = re.compile(rf"\b(?:{'|'.join(sorted(THEM))})\b")
_MANY = re.compile(
    r"(?<!that )(?<!who )(?<!which )\b(?:\w{3,}[^s\W]s|people|children|"
    r"men|women|young|those|who|police|poor|rich|old|and)\b",
)
# No plural, though it ends like one: "a party that wants their votes" leaves "their" in the air.
_VERB = re.compile(
    r"\b(?:(?:that|which|who|it|he|she|nobody|everyone|one|to) \w+|wants|gives|makes|takes|needs|"
    r"has|was|does|says|goes|gets|keeps|lets|helps|always|perhaps|less|unless|across|this|thus)\b",
)
_ANY = re.compile(r"\b(?!(?:there|then|that|with|from|have|must|should|will|when|what)\b)\w{4,}")
_TIED = re.compile(
    r", (?:however|therefore|moreover|nevertheless|in short)(?:, |[.!]?$)|"
    r"(?:(?<= should)|(?<= must)|(?<= will)|(?<= can)) (?:therefore|thus|hence) "
)
TIES = ("however", "therefore", "moreover", "nevertheless", "in short", "thus", "hence")
_OWN = re.compile(
    r",? in my (?:own |humble )?(?:opinion|view)(?=[.,]|$)|, imh?o[.!]?$|"
    r", i (?:\w+ly )?(?:think|believe|suspect|submit|feel|would say),(?= )|"
    r"(?<=, and) i (?:\w+ly )?(?:think|believe|feel)(?: that)?(?= )",
    re.I,
)
OWN = (" in my ", " I ", " IM", " im")  # without any of them there is none
_FIRST = re.compile(r"\bI(?<!War I)(?<!Title I)(?=['’]| \w)|\b(?:my|me|mine|myself)\b")
# What leaves its verb to be supplied: "We in this town are not".
_BREAKS_OFF = re.compile(
    r"\b(?:is|are|was|were|do|does|did|will|would|can|could|should|has|have) (?:not|too|either)$|"
    r"n['’]t$|^(?!.*\b(?:than|as|what|where|who)\b).*\b(?:is|are|was|were)$",
    re.I,
)
ENDS = ("is", "are", "was", "were", "not", "too", "either", "n't", "n’t")  # as it may end
_LETS = re.compile(
    r"(?:please )?let(?:['’]?s| us) (?!be\b|see\b|say|talk|look|face|consider|begin|start|take|"
    r"suppose|stipulate|assume|imagine|hope|call\b|know\b)",
    re.I,
)
_DOUBT = re.compile(
    r"i (?:do not|don't|don’t|cannot|can't|can’t) (?:really |personally )?"
    r"(?:think|believe|agree|accept)(?: that)? ",
    re.I,
)
_VERBAL = re.compile(
    r"(?:[\w'-]+ ){1,6}?(?:is|are|was|were|should|can|will|would|must|ought)\b(?! not)",
    re.I,
)
_INNER = re.compile(
    r"\b(?:who|which|that|when|if|it|they|this|these|any\w*|every\w*|all|most|many|much|ever)\b|n't",
    re.I,
)
# What an object pronoun may take up within its own sentence stands before one of these.
_BOUND = re.compile(
    r"[,;:–]|\b(?:and|but|or|who|which|that|when|if|how|while|than|as|for|because)\b"
)
_OBJECT = re.compile(
    r"\b(?:them|it(?!'|’| (?:\w+ ){1,3}(?:to|for|that)\b| (?:\w+ly )?(?:is|was|has|had|will|"
    r"would|can|could|may|might|must|should|does|did|\w+s\b)))\b",
)
# A cause in a phrase and a verdict at the end belong to the claim ("because of X").
_REASON = re.compile(
    r"(?:,? because(?! of\b)|, since|, as(?! an? [\w -]{1,25},)|, for|, so that|"
    r", which(?!(?: [\w'’-]+){1,4}[.!]?$| (?:makes?|means?|leads?|causes?)\b)|;|:) "
)
# No main clause, as far as its words tell: "Simply banning a product of everyday use".
_SUBJECT = re.compile(
    r"(?:\w+ly )?(?:\w+ing|to \w+|what|that|whether) (?!.*\b(?:is|are|was|were|has|have|had|"
    r"does|do|did|will|would|can|could|may|might|must|shall|should|makes?|means?|helps?|seems?)\b)",
    re.I,
)
REASONS = (",", ";", ":", " because ")  # without any of them there is none
_DASH = re.compile(r" [-–—] ")
# "partly because", "not least since": the word belongs to the reason, and waits for it.
_LEADS_ON = re.compile(
    r"\b(?:partly|in part|wholly|only|merely|simply|just|mainly|mostly|largely|chiefly|primarily|"
    r"precisely|exactly|especially|particularly|not least|perhaps|probably|possibly|maybe|either|"
    r"both|even|if only|more|less|rather|and|or|but|is|are|was|were)$",
    re.I,
)
_CONDITION = re.compile(
    r"(?:if|when|as|unless|until|although|though|while|because|since|whether|whatever|where|wo|"
    r"wenn|weil|si|quand|cuando)\b",
    re.I,
)
# "If we want X, Y" and "if X, we will Y" are claims; "if X, then Y must be so" may be said to
# show that X is not.
_SUPPOSED = re.compile(
    r"if (?!.{0,60}\b(?:want|wants|wish|wishes|hope|serious|care|cares|mean|means) )"
    r"(?:.*[,)] ?then\b|(?!.*\b(?:will|won't|would|can|can't|cannot|could|should|shouldn't|must|"
    r"ought)\b))",
    re.I,
)
# A quotation that nothing closes; the "’80s" are none.
_OPEN = re.compile(r"(?:^|[ (])(['‘])(?![ \d])[^'’]*(?:(?<=\w)['’](?=\w)[^'’]*)*$")
CLOSING = {"'": "'", "‘": "’"}
_NOT = re.compile(
    r"\b(?:not|no|never|nobody|none)\b|n't\b", re.I
)  # "not ... because" is one thought
OPENING = 60  # characters in which a marker may open a sentence
MARKERS = frozenset(("lead", "contrast", "dangling", "conclude"))
TITLED = 3  # letters, and words, beyond which all but the small words of a title are capital
_LONG = re.compile(r"(?<!\S)[a-z]\S{3}")  # a word of more in small letters
PLAIN = 7  # a motion is cut to its main clause if that keeps so many words


def motion(doc: Outline, start: int, end: int) -> str | None:
    """The stretch `[start, end)` as one sentence, or None where it would not stand alone.

    It holds no double quotation marks, begins with a capital and ends with a full stop. A reason
    that follows the main clause is left to the quotation.
    """
    if end - start > 4 * LONGEST:
        return None
    words = _single(" ".join(doc.reading.text[start:end].split()))
    words = _NOTE.sub("", words) if _holds(words, "([<") else words
    english = code(doc.reading.language) == "en"
    words = stripped(words.strip(" *_#>"), doc.reading.language).rstrip(TAIL)
    words = _denied(_urging(words)) if english else words
    low = words.lower()
    small = frozenset(_SMALL.findall(low))
    if "?" in words or not _stands(low, small) or _SUPPOSED.match(words) or _foreign(doc, words):
        return None
    words = _closed(_plain(_main(words)).rstrip(TAIL).rstrip(".!… '’"))
    broken = words[-7:].lower().endswith(ENDS) and _BREAKS_OFF.search(words)
    if thin(words.lower(), doc.reading.language):
        return None
    first = not FIRST.isdisjoint(small) and _FIRST.search(words)
    if english and (first or broken or _titled(words)):
        return None
    return words[0].upper() + words[1:] + "." if 0 < len(words) <= LONGEST else None


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


def _plain(words: str) -> str:
    """Without what ties a sentence to the one before it: "should therefore help", ", however,"."""
    words = _OWN.sub("", words) if _holds(words, OWN) else words
    return _TIED.sub(" ", words).rstrip() if _holds(words, TIES) else words


def _holds(words: str, signs: Sequence[str]) -> bool:
    for sign in signs:  # noqa: SIM110 - looked for in every claim; any() is slower
        if sign in words:
            return True
    return False


def _urging(words: str) -> str:
    """ "Let's plant trees" as "We should plant trees"."""
    urged = _LETS.match(words) if words[:1] in "LlPp" else None
    return f"We should {words[urged.end() :]}" if urged else words


def _denied(words: str) -> str:
    """ "I don't think X is Y" as "X is not Y"; as it was where the verb cannot be told."""
    opening = _DOUBT.match(words) if words[:1] in "Ii" else None
    verb = _VERBAL.match(words, opening.end()) if opening else None
    if opening is None or verb is None or _INNER.search(verb.group()):
        return words
    denied = f"{words[opening.end() : verb.end()]} not{words[verb.end() :]}"
    return denied.replace(" not ever ", " never ")


def _main(words: str) -> str:
    """The main clause before a reason or an insertion, where it is long enough to stand."""
    if not _holds(words, REASONS) or _CONDITION.match(words):
        return words
    for match in _REASON.finditer(words):
        head = words[: match.start()]
        within = len(_DASH.findall(head)) % 2 or head.count("(") > head.count(
            ")"
        )  # "X - which ... because Y - should Z"
        one = (match.group() == " because " and _NOT.search(head)) or _LEADS_ON.search(head)
        if len(head.split()) >= PLAIN and not (one or within or _SUBJECT.match(head)):
            return head
    return words


def _stands(words: str, small: frozenset[str]) -> bool:
    """No pronoun may point outside the sentence, given in lower case and with its small words."""
    parts = words.split(None, SHORTEST - 1)
    if len(parts) < SHORTEST:
        return False
    first = parts[0]
    head = first.strip(",'").replace("’", "'").partition("'")[0]
    if (head in DANGLING and not EMPTY.match(words)) or _LEANS.match(words):
        return False
    if not POINTING.isdisjoint(small) and _POINTS.search(words):
        return False
    if "that" in small and _THAT.search(words):
        return False
    pronoun = None if THEM.isdisjoint(small) else _THEM.search(words, len(first))
    if pronoun is None:
        return True
    object_ = _OBJECT.search(words, len(first))
    if object_ and not (_CONDITION.match(words) or _BOUND.search(words[: object_.start()])):
        return False
    several = pronoun.group() in ("they", "them", "their")
    if EMPTY.match(words) and not several:
        return True
    named = _MANY if several else _ANY
    return named.search(_VERB.sub("", words[: pronoun.start()])) is not None
