"""What may be argued over: a judgement, a proposal, a disputed cause; and nothing thin.

Sentences that are put like claims are often facts in the end ("Conservatives want X, liberals want
Y"). So what is not surely a claim is posted only where it judges or urges; and what names no matter
of its own, or speaks of the text itself, is not posted however sure it is (#3).
"""

import re

from prompts.clauses import Clause, Outline
from prompts.genres import named

SURE = 0.8  # from here on a view shows itself even without a word that judges
HOLDS = ("deontic", "judge", "stance")  # what urges or judges may name whom it likes
VALUES = ("conclude", "good", "bad", "matter", "rebut", "cause")
FACTS = ("narrate", "statistic", "evidence")
# That there is something, and not what: "there are many doubts", "there's lots of issues".
_VAGUE = re.compile(
    r"(?:[\w ]{1,25} )?there(?:['’]s| is| are| remain| remains) (?:\w+ ){0,3}?"
    r"(?:issues?|doubts?|questions?|things|reasons?|ways|options|stories|arguments?|differences?|"
    r"factors|opinions|views|debates?)\b|.*\bmatters? of debate\b"
)
# What is to be said next: "it is important to identify those who are affected".
_STEPS = re.compile(
    r"\b(?:important|essential|necessary|useful|interesting|worth)(?: also| first)?(?: to)? "
    r"(?:consider|considering|identify|note|noting|look at|examine|define|distinguish|recap)\b"
)
# Of what follows from what: "to find no difference is hardly to show that there is none".
_INFERS = re.compile(
    r"to [^,;:]+ (?:is|does) (?:hardly|scarcely|not) (?:to )?"
    r"(?:show|prove|say|deny|suggest|mean|imply|claim|argue)\b"
)
# Of a text, not of its subject: "the author fails to say".
_TEXTS = re.compile(
    r"\b(?:the|this|your|his|her|a recent) (?:thread|article|editorial|author|letter|op-ed|column|"
    r"columnist|letter-writer|writer)s?\b"
)
# What takes up a thing named before: "the problems go well beyond fraud", "would be safe again".
_TAKES_UP = re.compile(
    r"the (?:problems?|differences?|things?|context|situation|issues?|"
    r"debate|solution|approach|process)(?! (?:of|that|to|for|in|with|between|over|about|we|they|"
    r"here)\b) |.*(?:\.\.\.|…)|.*(?:\bwould again\b|\bagain$)"
)
_HER = re.compile(r"\bhers?\b")
_SHE = re.compile(r"\b(?:woman|women|girls?|mother|wife|she|queen|daughter|nurse|sister|lady)\b")


def debatable(doc: Outline, whole: Clause, score: float) -> bool:
    """Whether a claim of the author's holds what others may deny, as far as its words tell."""
    if whole.has(*HOLDS):
        return True
    if whole.has(*FACTS) or named(doc.text(whole)) > 1:
        return False
    return score >= SURE or whole.has(*VALUES)


def thin(words: str) -> bool:
    """Whether an English sentence, given in lower case, leaves open what it is about."""
    if _VAGUE.match(words) or _TAKES_UP.match(words) or _INFERS.match(words):
        return True
    if _STEPS.search(words) or _TEXTS.search(words):
        return True
    pronoun = _HER.search(words)
    return pronoun is not None and not _SHE.search(words, 0, pronoun.start())
