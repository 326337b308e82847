"""Questions in a text: what is asked, and answered with no or yes, is somebody's view."""

from prompts.clauses import Clause, Outline, Sentence

BARE = 2  # tokens of "No."
CURT = 6  # tokens of "Well, not at all."


def asks(doc: Outline, part: Clause | Sentence) -> bool:
    text, end = doc.reading.text, part.end
    return text[end - 1] != "." and text[part.start : end].rstrip("\"'”’) ").endswith("?")


def refused(doc: Outline, k: int) -> bool:
    """ "Will trees break the pipes? No.", "Trees break the pipes. Nonsense.", "What about pipes?
    They do not break.": what is asked, or turned down by a word that stands alone, is somebody's
    view and not the author's."""
    if k + 1 == len(doc.sentences):
        return False
    sentence, after = doc.sentences[k], doc.sentences[k + 1]
    opening, asked = after.clauses[0].opening, asks(doc, sentence)
    no = "refuses" in opening or (asked and "stalls" in opening)
    if not (no or asked):
        return False
    near = after.par - sentence.par <= 1
    curt = after.whole.last - after.whole.first <= CURT
    if "raises" in sentence.whole.opening and asked:
        met = after.whole.has("negate") or not (curt or after.whole.has("judge", "ispast"))
        return after.par == sentence.par and not asks(doc, after) and met
    after_colon = "refuses" in opening and doc.tokens.words[opening["refuses"] - 1] == ":"
    if after_colon:  # "Fact: they do not."
        return near
    if asked:
        bare = no and after.whole.last - after.whole.first <= BARE
        return bare or (sentence.whole.opens("asks") and (no or (curt and "disbelief" in opening)))
    told = sentence.whole.has("report") or not sentence.whole.has("negate")
    return no and curt and told and near
