"""Who speaks: a voice for every clause, settled before anything is ranked.

A view that is told, granted or turned down is never the author's claim, however strongly it is
put. What cannot be told apart stays the author's.
"""

import re
from dataclasses import dataclass

from prompts.clauses import OPENERS, Clause, Outline, Sentence
from prompts.cues import word_set
from prompts.model import Kind, Voice

SPEAKERS = word_set("he she they")
PRONOUNS = SPEAKERS | word_set("their his her")
IS = word_set("is are was were has had to")
_MARK = re.compile('[“„«"]')
_QUOTATION = re.compile('“[^”“]*”|„[^“„]*“|«[^»«]*»|"[^"]*"')
SUBJECT = 14  # the longest subject of a told view, in tokens


@dataclass(frozen=True, slots=True)
class Said:
    """A clause with its voice, the holder of the view if named, and the cue that told."""

    clause: Clause
    voice: Voice = Voice.AUTHOR
    holder: str | None = None
    cue: str = ""


Spoken = tuple[Said, ...]


def voices(doc: Outline) -> tuple[Spoken, ...]:
    """The voice of each clause of each sentence, in the order of `doc.sentences`."""
    out: list[Spoken] = []
    for k, sentence in enumerate(doc.sentences):
        after = tuple(s for s in doc.sentences[k + 1 : k + 3] if s.par == sentence.par)
        spoken = _spoken(doc, sentence, after)
        if out and sentence.pos and spoken[0].voice is Voice.AUTHOR:
            spoken = _carried(doc, out[-1][-1], spoken)
        out.append(spoken)
    return tuple(out)


def _spoken(doc: Outline, sentence: Sentence, after: tuple[Sentence, ...]) -> Spoken:
    if sentence.kind is Kind.QUOTE or _quoted(doc.text(sentence)) > 0.6:
        return tuple(Said(clause, Voice.QUOTED, None, "quoted") for clause in sentence.clauses)
    told: list[Said] = []
    for k, clause in enumerate(sentence.clauses):
        rest = sentence.clauses[k + 1 :]
        said = _said(doc, sentence, clause, k, rest, after)
        if said.voice is Voice.AUTHOR and told and _goes_on(told[-1], clause):
            said = Said(clause, told[-1].voice, told[-1].holder, told[-1].cue)
        told.append(said)
    return tuple(told)


def _goes_on(before: Said, clause: Clause) -> bool:
    """A told or granted view runs on through its sentence until a contrast ends it."""
    if before.voice is Voice.AUTHOR or before.cue == "although":
        return False
    return not clause.opens("contrast", "midcontrast")


def _said(
    doc: Outline,
    sentence: Sentence,
    clause: Clause,
    k: int,
    rest: tuple[Clause, ...],
    after: tuple[Sentence, ...],
) -> Said:
    if clause.opens("although") and _concedes(doc, clause, k, rest):
        return Said(clause, Voice.CONCEDED, None, "although")
    if clause.opens("others") and not clause.opens("stance"):
        return Said(clause, Voice.REPORTED, _holder(doc, clause), "others")
    if clause.opens("concede") and _granted(clause, rest, after):
        return Said(clause, Voice.CONCEDED, None, "grant" if clause.opens("grant") else "concede")
    if clause.has("granting") and _answers(rest, after):
        return Said(clause, Voice.CONCEDED, None, "concede")
    if clause.has("maythink") and not clause.has("i", "we"):
        return Said(clause, Voice.REPORTED, _holder(doc, clause), "others")
    holder = _told_by(doc, clause)
    if holder and clause.has("agreeing"):
        return Said(clause, Voice.AUTHOR, holder, "agreed")
    if holder:
        return Said(clause, Voice.REPORTED, holder, "named")
    return Said(clause)


def _granted(clause: Clause, rest: tuple[Clause, ...], after: tuple[Sentence, ...]) -> bool:
    """ "Of course" grants by itself; "certainly" only where a contrast answers it."""
    if _answers(rest, after):
        return True
    return clause.opens("grant") and not clause.has("deontic", "stance")


def _answers(rest: tuple[Clause, ...], after: tuple[Sentence, ...]) -> bool:
    """A contrast follows, in the same sentence or at the head of one of the next."""
    if any(part.opens("reply") for part in rest):
        return True
    return any(sentence.clauses[0].opens("reply") for sentence in after[: 1 if rest else 2])


def _concedes(doc: Outline, clause: Clause, k: int, rest: tuple[Clause, ...]) -> bool:
    """A subordinate concession beside a main clause; "while" must not tell of time."""
    if not rest and k == 0:
        return False
    word = doc.tokens.words[clause.opening["although"] - 1]
    if word in ("while", "whilst"):
        following = doc.tokens.words[clause.opening["although"]]
        if following.endswith("ing") or not clause.has("finite") or (k > 0 and not rest):
            return False
        return not (clause.has("ispast") and not clause.has("ispresent", "hedge"))
    return word != "unlike" or k == 0


# -- holders ----------------------------------------------------------------------------------


def _holder(doc: Outline, clause: Clause) -> str | None:
    """The subject of "some critics may say": its words in the source, or None ("it is said")."""
    sets, words = doc.cues.sets, doc.tokens.words
    begin = _head(words, clause)
    stop = begin
    while stop < clause.last and words[stop] not in sets["say"] | sets["might"]:
        stop += 1
    subject = set(words[begin:stop])
    group = words[begin] == "the" and subject & sets["critics"]
    vague = subject & {"it", "is", "there", "one", "you", "the", "we"}
    if not 0 < stop - begin <= 8 or (vague and not group):
        return None
    return _slice(doc, begin, stop)


def _told_by(doc: Outline, clause: Clause) -> str | None:
    """The named holder of a told view: "NAME argues that", "the view of NAME is that"."""
    if clause.has("report"):
        return _speaker(doc, clause) or _according(doc, clause)
    return _viewed_by(doc, clause)


def _speaker(doc: Outline, clause: Clause) -> str | None:
    words, sets = doc.tokens.words, doc.cues.sets
    begin = _head(words, clause)
    nobody = sets["nobody"] | IS
    for verb in range(begin + 1, min(clause.last - 1, begin + SUBJECT)):
        if words[verb] in sets["tell"]:
            break
        if words[verb] in nobody:
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
    return _slice(doc, begin, stop) if _is_person(doc, begin, stop) else None


def _states(doc: Outline, at: int, last: int) -> bool:
    """After the verb stands what is held, not an object: "argues that", "says the", "warned:"."""
    follow = doc.tokens.words[at : min(last, at + 3)]
    return bool(follow) and (
        not doc.cues.sets["that"].isdisjoint(follow)
        or follow[0] in ",:\"“«'"
        or follow[0] in ("the", "it", "they", "there", "this", "in", "he", "she", "we", "for")
    )


def _is_person(doc: Outline, begin: int, stop: int) -> bool:
    words, text, sets = doc.tokens.words[begin:stop], doc.reading.text, doc.cues.sets
    if not words or set(words) & sets["nobody"]:
        return False
    if set(words) & (SPEAKERS | sets["critics"] | sets["people"]):
        return True
    if len(words) == 1 and (words[0].endswith("ing") or words[0] in sets["some"] | sets["might"]):
        return False
    return any(text[doc.tokens.starts[k]].isupper() for k in range(begin + (len(words) > 1), stop))


def _according(doc: Outline, clause: Clause) -> str | None:
    words = doc.tokens.words
    begin = _head(words, clause)
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
    return _slice(doc, begin, stop) if _is_person(doc, begin, stop) else None


def _viewed_by(doc: Outline, clause: Clause) -> str | None:
    """ "The conclusion, then, by analysts such as NAME is that ..." """
    words, sets = doc.tokens.words, doc.cues.sets
    begin = _head(words, clause)
    if words[begin] != "the" or not set(words[begin + 1 : begin + 3]) & sets.get("view", set()):
        return None
    for k in range(begin + 2, min(clause.last - 1, begin + 24)):
        if words[k] in ("is", "was") and words[k + 1] == "that":
            by = next((m for m in range(begin, k) if words[m] in ("by", "of", "among")), None)
            if by is not None and _is_person(doc, by + 1, k):
                return _slice(doc, by + 1, k)
            return None
    return None


def _head(words: list[str], clause: Clause) -> int:
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


# -- quotations and carried voices ------------------------------------------------------------


def _quoted(text: str) -> float:
    """The share of a sentence that stands between quotation marks."""
    if _MARK.search(text) is None:
        return 0.0
    return sum(len(match.group()) for match in _QUOTATION.finditer(text)) / max(1, len(text))


def _carried(doc: Outline, last: Said, spoken: Spoken) -> Spoken:
    """A told view goes on while the next sentence hangs on it ("They say ...", "He goes on")."""
    clause, words = spoken[0].clause, doc.tokens.words
    if words[_head(words, clause)] not in PRONOUNS or clause.has("stance", "rebut"):
        return spoken
    if last.cue in ("agreed", "named") and clause.has("report"):
        return _lent(spoken, Said(clause, Voice.REPORTED, last.holder, "named"))
    if last.voice not in (Voice.REPORTED, Voice.CONCEDED) or last.cue in ("twice", "although"):
        return spoken
    if clause.opens("contrast", "anaphor", "conclude", "emphasis", "judged"):
        return spoken
    cue = "twice" if last.cue == "carried" else "carried"
    return _lent(spoken, Said(clause, last.voice, last.holder, cue))


def _lent(spoken: Spoken, said: Said) -> Spoken:
    return tuple(
        Said(part.clause, said.voice, said.holder, said.cue) if part.voice is Voice.AUTHOR else part
        for part in spoken
    )
