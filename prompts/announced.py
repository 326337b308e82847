"""Views that are announced before they are told: "Three charges are made. The first is that X"."""

from prompts.clauses import Clause, Outline

LISTED = 20  # sentences in which what was announced is counted up ("the second is that"), and met
WEIGHS = ("rebut", "spurns", "deontic", "stance", "disbelief")
# What the sentence after an announcement begins with where it is an answer, or speaks of the view.
ANSWERS = ("reply", "contrast", "dangling", "anaphor", "disbelief", "concede", "conclude", "agrees")


def told(doc: Outline, k: int) -> bool:
    """The sentence `k` tells a view that was announced: "The second is that X"."""
    return (_counted(doc, k) and _says(doc, doc.sentences[k].whole)) or follows(doc, k)


def follows(doc: Outline, k: int) -> bool:
    """The sentence before `k` announces what `k` says: "One objection is practical. They will
    dodge it. But ..."."""
    if not k or doc.sentences[k - 1].par != doc.sentences[k].par or not _announces(doc, k - 1):
        return False
    return not doc.sentences[k].whole.opens(*ANSWERS)


def _announces(doc: Outline, k: int) -> bool:
    """It says of a view only that there is one; what it is about, where that is met later on."""
    whole = doc.sentences[k].whole
    named = "labels" in whole.counts or _counted(doc, k)
    if not (named or "announces" in whole.counts) or whole.has(*WEIGHS) or _says(doc, whole):
        return False
    return whole.has("announces") or (not whole.has("negate") and _met(doc, k))


def _met(doc: Outline, k: int) -> bool:
    """A contrast opens a later sentence of its paragraph."""
    par, rest = doc.sentences[k].par, doc.sentences[k + 2 : k + 2 + LISTED]
    return any(one.par == par and one.clauses[0].opens("reply") for one in rest)


def _counted(doc: Outline, k: int) -> bool:
    """ "The second is ...", where views were announced before."""
    if "ordinal" not in doc.sentences[k].whole.opening:
        return False
    near = doc.sentences[max(0, k - LISTED) : k]
    return any(sentence.whole.has("announces") for sentence in near)


def _says(doc: Outline, whole: Clause) -> bool:
    """It goes on to what is held: "the objection that trees are dear", "the fear is: ..."; not
    "the objection that is never made"."""
    words, known = doc.words(whole), doc.cues.known
    at = next((k for k, word in enumerate(words) if word in known("brought")), 0)
    verbs = known("auxiliaries|relative")
    following = zip(words[at:], words[at + 1 :], words[at + 2 :], strict=False)
    mine = known("ourselves")  # "that gives me pause"
    thats = (a == "that" and b not in verbs and c not in mine for a, b, c in following)
    return any(thats) or not known("announced").isdisjoint({*words[at:-1]} - {"that"})
