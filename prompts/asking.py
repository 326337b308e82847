"""Questions in a text: what is asked, and answered with no or yes, is somebody's view."""

from prompts.clauses import Outline, Sentence

CURT = 6  # tokens of "Well, not at all."


def asks(doc: Outline, sentence: Sentence) -> bool:
    return doc.text(sentence).rstrip("\"'”’) ").endswith("?")


def owned(doc: Outline, k: int) -> bool:
    """ "Are there good ones? Sure. But there are others": what is asked is granted."""
    after = doc.sentences[k + 1 : k + 3]
    if len(after) < 2 or not doc.sentences[k].whole.opens("asks"):
        return False
    curt = after[0].whole.last - after[0].whole.first <= CURT and after[0].whole.opens("answer")
    return curt and after[1].whole.opens("reply") and asks(doc, doc.sentences[k])


def refused(doc: Outline, k: int) -> bool:
    """ "Will trees break the pipes? No.", "Trees break the pipes. Nonsense.", "What about pipes?
    They do not break.": what is asked, or turned down by a word that stands alone, is somebody's
    view and not the author's."""
    sentence, after = doc.sentences[k].whole, doc.sentences[k + 1 : k + 2]
    if after and sentence.opens("raises") and asks(doc, doc.sentences[k]):
        return after[0].par == doc.sentences[k].par and not asks(doc, after[0])
    if not after or not after[0].clauses[0].opens("refuses"):
        return False
    if asks(doc, doc.sentences[k]):
        return sentence.opens("asks")
    curt = after[0].whole.last - after[0].whole.first <= CURT
    return curt and not sentence.has("negate") and after[0].par - doc.sentences[k].par <= 1
