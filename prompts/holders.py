"""Whose view is told: "some critics", "Doug Bandow", or nobody who can be named."""

import re
from itertools import pairwise

from prompts.clauses import OPENERS, Clause, Outline, Sentence

NEAR, FAR = 3, 24  # tokens after a verb of saying in which a "that" begins what is said
MOSTLY = 0.6  # the share of a sentence that is somebody's literal words
SUBJECT = 14  # the longest subject of a told view, in tokens

_QUOTATION = re.compile('“[^”“]*”|„[^“„]*“|«[^»«]*»|"[^"]*"')


def group(doc: Outline, clause: Clause) -> str | None:
    """The subject of "some critics may say": its words in the source, or None ("it is said")."""
    sets, known, words = doc.cues.sets, doc.cues.known, doc.tokens.words
    begin = head(words, clause)
    stop, says = begin, known("say|might")
    while stop < clause.last and words[stop] not in says:
        stop += 1
    subject = set(words[begin:stop])
    critics = words[begin] == "the" and subject & sets["critics"]
    # "The claim" holds nothing; "supporters of the treaty" do.
    vague = words[begin] == "the" or subject & known("vague")
    if not 0 < stop - begin <= 8 or (vague and not critics) or subject & known("relative"):
        return None
    if words[begin] in known("prepositions"):  # "In reply, ..." has nobody's name
        return None
    return _slice(doc, begin, stop)


def named(doc: Outline, clause: Clause) -> str | None:
    """The named holder of a told view: "NAME argues that", "the view of NAME is that"."""
    if clause.has("report"):
        return _speaker(doc, clause) or _according(doc, clause)
    return _viewed_by(doc, clause)


def unnamed(holder: str) -> bool:
    """ "Shop owners" and "the minister" are no names; "Tucker" and "he" are taken for such."""
    group = " " in holder or holder.endswith("s")
    return group and holder[1:].islower()


def _speaker(doc: Outline, clause: Clause) -> str | None:
    words, sets = doc.tokens.words, doc.cues.sets
    begin = head(words, clause)
    begin += words[begin] == "as"  # "As NAME notes, ..."
    nobody = doc.cues.known("nobody|copulas")
    aside = False
    for verb in range(begin + 1, min(clause.last - 1, begin + SUBJECT)):
        aside = aside != (words[verb] == ",")  # "Ann Low, who lives there, says that"
        if words[verb] in sets["tell"] and not aside:
            break
        has = words[verb] in sets["might"] and words[verb + 1] in sets["tell"]  # "has warned"
        if words[verb] in nobody and not (aside or has):
            return None
    else:
        return None
    commas = words[begin:verb].count(",")
    if commas and (commas != 2 or words[verb - 1] != ","):
        return None
    if words[begin] in sets["nobody"] or not _states(doc, verb + 1, clause.last):
        return None
    stop = verb
    while stop > begin and (words[stop - 1] in sets["might"] or words[stop - 1].endswith("ly")):
        stop -= 1
    who = words[begin:stop]
    known = _is_person(doc, begin, stop) or _only_people(doc, who, words[verb])
    return _slice(doc, begin, stop) if known and _is_name(doc, who) else None


def _states(doc: Outline, at: int, last: int) -> bool:
    """After the verb stands what is held, not an object: "argues that", "says the", "warned:"."""
    words = doc.tokens.words
    far = (
        FAR if words[at] in doc.cues.known("prepositions") else NEAR
    )  # "argued at a meeting last year that"
    follow = words[at : min(last, at + far)]
    return bool(follow) and (
        not doc.cues.sets["that"].isdisjoint(follow)
        or follow[0] in ",:\"“«'"
        or follow[0] in doc.cues.known("stated")
    )


def _is_person(doc: Outline, begin: int, stop: int) -> bool:
    words, text, sets = doc.tokens.words[begin:stop], doc.reading.text, doc.cues.sets
    if not words or words[-1] in doc.cues.known("article") or not sets["nobody"].isdisjoint(words):
        return False  # "the claims for damages": a noun, no verb
    if not doc.cues.known("speakers|critics|people").isdisjoint(words):
        return True
    some = doc.cues.known("some|might")
    if len(words) == 1 and (words[0].endswith("ing") or words[0] in some):
        return False
    return any(text[doc.tokens.starts[k]].isupper() for k in range(begin + (len(words) > 1), stop))


def _only_people(doc: Outline, who: list[str], verb: str) -> bool:
    """What it says only people do, or it names somebody by what he does, or as the author's: "Zoo
    directors claim", "the mayor says", "my neighbour thought"; "the minister said" tells news."""
    known = doc.cues.known
    if not who or who[-1] in known("article") or not known("nobody").isdisjoint(who):
        return False
    news = verb.endswith("ed") or verb in known("spoke")
    does = who[0] in known("mine") or (who[-1].endswith(tuple(known("doers"))) and not news)
    if does and who[-1] not in known("things"):
        return True
    return verb in known("distant") or (who[-1][-1] == "s" and verb in known("contend"))


def _is_name(doc: Outline, words: list[str]) -> bool:
    """No clause of its own before the verb: "Section 3 refutes the false claim that"."""
    known = doc.cues.known
    plain = words[: words.index(",")] if "," in words else words
    inner = (k for k in range(1, len(plain)) if plain[k] in known("article"))
    own = known("relative").isdisjoint(plain)
    return own and all(plain[k - 1] in known("prepositions") for k in inner)


def _according(doc: Outline, clause: Clause) -> str | None:
    words = doc.tokens.words
    begin = head(words, clause)
    if words[begin] not in doc.cues.sets["according"]:
        return None
    begin += 2 if words[begin + 1 : begin + 2] == ["to"] else 1
    stop = begin
    named = False
    while stop < clause.last and words[stop] != ",":
        upper = doc.reading.text[doc.tokens.starts[stop]].isupper()
        if named and not upper and words[begin - 1] == "laut":
            break  # German sets no comma: "Laut Professor Weber schadet ..."
        named = named or upper
        stop += 1
    known = _is_person(doc, begin, stop) or _only_people(doc, words[begin:stop], "")
    known = known or words[stop - 1] in doc.cues.sets["view"]  # "According to this view, ..."
    return _slice(doc, begin, stop) if known else None


def _viewed_by(doc: Outline, clause: Clause) -> str | None:
    """ "The conclusion, then, by analysts such as NAME is that ..." """
    words, sets = doc.tokens.words, doc.cues.sets
    begin = head(words, clause)
    if words[begin] != "the" or not set(words[begin + 1 : begin + 3]) & sets.get("view", set()):
        return None
    for k in range(begin + 2, min(clause.last - 1, begin + 24)):
        if words[k] in ("is", "was") and words[k + 1] == "that":
            by = next((m for m in range(begin, k) if words[m] in ("by", "of", "among")), None)
            if by is not None and _is_person(doc, by + 1, k):
                return _slice(doc, by + 1, k)
            return None
    return None


def head(words: list[str], clause: Clause) -> int:
    """The first word of a clause after marks and leading connectives."""
    head = clause.opening.get("lead", clause.first)
    while head < clause.last - 1 and (words[head] in OPENERS or words[head] == ","):
        head += 1
    return min(head, clause.last - 1)


def _slice(doc: Outline, begin: int, stop: int) -> str | None:
    if stop <= begin:
        return None
    words = doc.reading.text[doc.tokens.starts[begin] : doc.tokens.end(stop - 1)].strip(" ,")
    return " ".join(words.split()) or None


# -- literal words ----------------------------------------------------------------------------


def cites(doc: Outline, sentence: Sentence) -> bool:
    """Most of it is somebody's literal words; not where the author sets two of them side by side:
    "There is something between “only me” and “everybody as I do”"."""
    text = doc.text(sentence.whole)
    if quoted(text) <= MOSTLY:
        return False
    marks = [*_QUOTATION.finditer(text)]
    between = (len(text[a.end() : b.start()].split()) for a, b in pairwise(marks))
    return not any(words == 1 for words in between)


def quoted(text: str) -> float:
    """The share of a sentence that stands between quotation marks."""
    if not ("“" in text or '"' in text or "„" in text or "«" in text):
        return 0.0
    return sum(len(match.group()) for match in _QUOTATION.finditer(text)) / max(1, len(text))
