"""What may be argued over: a judgement or a proposal.

Sentences that are put like claims are often facts in the end ("Conservatives want X, liberals want
Y"). So what is not surely a claim is posted only where it judges or urges (#3).
"""

from prompts.clauses import Clause, Outline
from prompts.genres import named
from prompts.subject import generic

SURE = 0.85  # from here on a view shows itself even without a word that judges
HOLDS = ("deontic", "judge", "stance", "orders")  # what urges or judges may name whom it likes
VALUES = ("conclude", "good", "bad")
RELATES = ("compare", "negate", "cause", "emphasis")  # of a kind of thing, not of one
FACTS = ("narrate", "statistic", "evidence")


def debatable(doc: Outline, whole: Clause, score: float) -> bool:
    """Whether a claim of the author's holds what others may deny, as far as its words tell."""
    if whole.has(*HOLDS):
        return True
    if whole.has(*FACTS) or named(doc, whole) > 1:
        return False
    related = whole.has(*RELATES) and generic(doc, whole)
    return score >= SURE or whole.has(*VALUES) or related
