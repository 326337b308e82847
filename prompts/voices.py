"""Who speaks: a voice for every clause, settled before anything is ranked.

A view that is told, granted or turned down is never the author's claim, however strongly it is
put. What cannot be told apart stays the author's.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prompts import announced, asking, contrasts
from prompts.clauses import OPENERS, Clause, Outline, Sentence
from prompts.cues import word_set
from prompts.holders import cites, group, head, named, quoted, unnamed
from prompts.model import Kind, Voice

# Without one of these cues a clause is the author's; "The view of X is that" has none.
TELLS = word_set(
    "asks although others concede opposite onehand toldlast rethink granting grant maythink report"
    " lead agreeing argued partisan"
)
ASIDE = 9  # words in which "As Ann Low notes," ends
TELLING = ("report", "hedge", "deontic", "haveto", "negate", "that")
LAST = ("twice", "although", "asked")  # views that end with their sentence
CITED = 6  # words in which "However, scientists say" ends
GRANTS = ("concede", "grant")
TOLD = (Voice.REPORTED, Voice.QUOTED, Voice.CONCEDED)
PARTLY = 0.35  # the share of a sentence that is somebody's literal words
ARGUES = ("deontic", "haveto", "judge", "bad", "good", "rebut")
BEFORE = OPENERS | {"the", ","}


@dataclass(slots=True, eq=False)
class Said:
    """A clause with its voice, the holder of the view if named, and the cue that told."""

    clause: Final[Clause]
    voice: Final[Voice] = Voice.AUTHOR
    holder: Final[str | None] = None
    cue: Final[str] = ""


Spoken = tuple[Said, ...]


def voices(doc: Outline) -> tuple[Spoken, ...]:
    """The voice of each clause of each sentence, in the order of `doc.sentences`."""
    out: list[Spoken] = []
    for k, sentence in enumerate(doc.sentences):
        spoken = _spoken(doc, k)
        if asking.refused(doc, k):
            spoken = tuple(Said(p.clause, Voice.REPORTED, None, "asked") for p in spoken)
        if k and spoken[0].cue in GRANTS and asking.asks(doc, doc.sentences[k - 1]):
            spoken = _said_to(spoken, contrasts.after(doc, k))
        if announced.told(doc, k) and all(part.voice is Voice.AUTHOR for part in spoken):
            spoken = tuple(Said(p.clause, Voice.REPORTED, None, "others") for p in spoken)
        if spoken[0].voice in TOLD and announced.follows(doc, k):
            out[-1] = tuple(Said(p.clause, Voice.REPORTED, p.holder, "announced") for p in out[-1])
        last = out[-1][-1] if out else None
        if last and last.cue and sentence.pos and spoken[0].voice is Voice.AUTHOR:
            spoken = _carried(doc, last, spoken)
        out.append(spoken)
    for k, sentence in enumerate(doc.sentences):
        false = sentence.pos > 0 and contrasts.belied(doc.sentences[k - 1], sentence)
        if false or (sentence.whole.has("disowns", "stance") and _disowns(sentence, out[k])):
            _disown(doc, out, k)
    return tuple(out)


def _disowns(sentence: Sentence, spoken: Spoken) -> bool:
    """ "I disagree with this", or a paragraph that opens with "However, I believe that"."""
    own = [said.clause for said in spoken if said.voice is Voice.AUTHOR]
    opens = [clause for clause in own if sentence.pos == 0 and clause.opens("contrast", "reply")]
    return any(c.has("disowns") for c in own) or any(c.has("stance") for c in opens)


def _disown(doc: Outline, out: list[Spoken], k: int) -> None:
    """ "X. I disagree with this": X is somebody's, be it the sentence before or, where this opens a
    paragraph, all that the paragraph before makes of the view that it opens with.
    """
    par, pos = doc.sentences[k].par, doc.sentences[k].pos
    if pos:
        if not any(said.clause.has("stance") for said in out[k - 1]):
            told = Said(out[k - 1][0].clause, Voice.REPORTED, None, "others")
            out[k - 1] = _lent(out[k - 1], told)
        return
    before = bisect_left(doc.sentences, par - 1, hi=k, key=lambda sentence: sentence.par)
    told = out[before][0]
    if before < k and told.voice is Voice.REPORTED:
        for j in range(before + 1, k):
            first = out[j][0].clause
            if first.opens("reply", "disbelief") or (first.opens("anaphor") and first.has("rebut")):
                break  # the author has answered already
            out[j] = tuple(Said(s.clause, told.voice, told.holder, "carried") for s in out[j])


def _spoken(doc: Outline, k: int) -> Spoken:
    sentence = doc.sentences[k]
    if sentence.kind is Kind.QUOTE or (cites(doc, sentence) and not _attributed(doc, sentence)):
        return tuple(Said(clause, Voice.QUOTED, None, "quoted") for clause in sentence.clauses)
    if TELLS.isdisjoint(sentence.whole.counts) and len(sentence.clauses) == 1:
        return (_untold(doc, sentence.whole),)
    if _argues(doc, sentence) and contrasts.answers(doc, (), k):
        return tuple(Said(clause, Voice.REPORTED, None, "others") for clause in sentence.clauses)
    out: list[Said] = []
    for n, clause in enumerate(sentence.clauses):
        rest = sentence.clauses[n + 1 :]
        said = _said(doc, k, clause, n, rest)
        if said.voice is Voice.AUTHOR and out and _goes_on(doc, out[-1], clause):
            said = Said(clause, out[-1].voice, out[-1].holder, out[-1].cue)
        out.append(said)
    return tuple(out)


def _attributed(doc: Outline, sentence: Sentence) -> bool:
    """ "The column states that “...”": it says before the literal words whose they are."""
    quotes = doc.tokens.words[sentence.whole.first] in OPENERS
    return sentence.whole.opens("others") and not quotes


def _argues(doc: Outline, sentence: Sentence) -> bool:
    """ "“Why should they vote?” asked Ann Low.": literal words that argue, with whose they are."""
    argues = sentence.whole.has(*ARGUES)
    return argues and quoted(doc.text(sentence.whole)) > PARTLY


def _goes_on(doc: Outline, before: Said, clause: Clause) -> bool:
    """A told or granted view runs on through its sentence until a contrast ends it; a told one
    through "They say that it costs little, but will not last", too."""
    if before.voice is Voice.AUTHOR or before.cue == "although":
        return False
    if before.voice is Voice.REPORTED and contrasts.within(doc, clause, before.clause):
        return True
    return not clause.opens("contrast", "reply", "midcontrast")


def _said(doc: Outline, k: int, clause: Clause, n: int, rest: tuple[Clause, ...]) -> Said:
    sentence, counts, opening = doc.sentences[k], clause.counts, clause.opening
    if TELLS.isdisjoint(counts):
        return _untold(doc, clause)
    if "although" in opening and _concedes(doc, clause, n, rest):
        return Said(clause, Voice.CONCEDED, None, "although")
    told = "others" in opening or _aside(doc, clause, "others")
    if told and _cited(doc, clause):
        return Said(clause, Voice.AUTHOR, None, "agreed")
    if told and not _own(doc, sentence, clause):
        return Said(clause, Voice.REPORTED, group(doc, clause), "others")
    if "onehand" in opening and contrasts.other_hand(doc, rest, k):
        return Said(clause, Voice.CONCEDED, None, "concede")
    owned = "concede" in opening or "opposite" in opening or _aside(doc, clause, "concede")
    if owned and _granted(doc, clause, rest, k):
        return Said(clause, Voice.CONCEDED, None, "grant" if "grant" in opening else "concede")
    if "rethink" in counts:
        return Said(clause, Voice.REPORTED, None, "asked")
    if "toldlast" in counts:
        return Said(clause, Voice.REPORTED, None, "others")
    if (
        ("granting" in counts or "grant" in counts)
        and not contrasts.passing(doc, clause)
        and contrasts.answers(doc, rest, k)
    ):
        return Said(clause, Voice.CONCEDED, None, "concede")
    if "argued" in counts and "i" not in counts and contrasts.answers(doc, rest, k):
        return Said(clause, Voice.REPORTED, None, "others")
    if "partisan" in opening and contrasts.answers(doc, rest, k):
        return Said(clause, Voice.REPORTED, None, "others")
    if "maythink" in counts and not clause.has("i", "we", "stance"):
        return Said(clause, Voice.REPORTED, group(doc, clause), "others")
    holder, words = named(doc, clause), doc.tokens.words
    if holder and (clause.has("agreeing") or words[head(words, clause)] == "as"):
        return Said(clause, Voice.AUTHOR, holder, "agreed")
    return _held(clause, holder)


def _untold(doc: Outline, clause: Clause) -> Said:
    """Most clauses hold nothing that tells of another voice."""
    if doc.tokens.words[clause.first] not in BEFORE:
        return Said(clause)
    return _held(clause, named(doc, clause))


def _held(clause: Clause, holder: str | None) -> Said:
    """A view of its holder's; the author's where there is none."""
    if holder is None:
        return Said(clause)
    return Said(clause, Voice.REPORTED, holder, "others" if unnamed(holder) else "named")


def _aside(doc: Outline, clause: Clause, cue: str) -> bool:
    """ "As Ann Low notes, many argue that", "Third, and most seriously, critics say that": whose
    view it is stands after a comma."""
    if cue not in clause.counts:
        return False
    words = doc.words(clause)
    if words[0] not in doc.cues.known("fronting") or "," not in words[:ASIDE]:
        return False
    at = {clause.first + k + 1 for k, word in enumerate(words[:ASIDE]) if word == ","}
    hits = doc.cues.hits(doc.tokens, clause.first, clause.last)
    return any(hit.cue == cue and hit.first in at for hit in hits)


def _cited(doc: Outline, clause: Clause) -> bool:
    """ "However, scientists say that": whoever turns to those who know makes it his own."""
    known = doc.cues.sets.get("experts", frozenset())
    return clause.opens("reply") and not known.isdisjoint(doc.words(clause)[:CITED])


def _said_to(spoken: Spoken, after: Sequence[Sentence]) -> Spoken:
    """ "Does it cost too much? Yes, for ...": an answer to a question grants nothing by itself,
    unless it is met at once: "Yes. But ..."."""
    at_once = bool(after) and after[0].clauses[0].opens("reply")
    met = at_once and not spoken[0].clause.opens("hedge")  # a guess only answers
    if met or any(part.clause.opens("reply") for part in spoken):
        return spoken
    return tuple(
        Said(part.clause) if part.cue in GRANTS and part.clause.opens("answer") else part
        for part in spoken
    )


def _own(doc: Outline, sentence: Sentence, clause: Clause) -> bool:
    """ "The notion that X is mistaken", "The objection is not that X": this the author says."""
    if clause.opens("stance") or (
        clause.has("notion") and sentence.whole.has("spurns", "agreeing")
    ):
        return True
    words = doc.words(clause)[head(doc.tokens.words, clause) - clause.first :]
    at = next((k for k, word in enumerate(words[:7]) if word in ("that", "is")), 0)
    if words[0] != "the" or not at:
        return False
    return clause.has("rebut") if words[at] == "that" else words[at + 1 : at + 2] == ["not"]


def _granted(doc: Outline, clause: Clause, rest: tuple[Clause, ...], k: int) -> bool:
    """ "Of course" grants by itself; "certainly" only where a contrast answers it. "Perhaps we
    should" proposes."""
    guesses = doc.cues.known("guesses")
    if clause.has("deontic") and not guesses.isdisjoint(doc.words(clause)):
        return False
    if contrasts.answers(doc, rest, k):
        return True
    return clause.opens("grant") and not clause.has("deontic", "stance")


def _concedes(doc: Outline, clause: Clause, k: int, rest: tuple[Clause, ...]) -> bool:
    """A subordinate concession beside a main clause; "while" must not tell of time."""
    if not rest and k == 0:
        return False
    word = doc.tokens.words[clause.opening["although"] - 1]
    if word in ("while", "whilst"):
        following = doc.tokens.words[clause.opening["although"]]
        owned = clause.has("i", "we") and not doc.cues.known("owning").isdisjoint(doc.words(clause))
        owned = owned or (bool(rest) and clause.has("i", "we") and rest[0].has("stance"))
        finite = owned or clause.has("finite") or following in doc.cues.known("subjects")
        # "While waiting for it, ..." tells when; "While paying may not be fair, ..." grants.
        timed = following.endswith("ing") and not clause.has("hedge", "judge")
        if timed or not finite or (k > 0 and not rest):
            return False
        return not clause.has("ispast") or clause.has("ispresent", "hedge", "negate", "judge")
    return True


# -- carried voices ----------------------------------------------


def _carried(doc: Outline, last: Said, spoken: Spoken) -> Spoken:
    """A told view goes on while the next sentence hangs on it ("They say ...", "He goes on")."""
    clause, words = spoken[0].clause, doc.tokens.words
    carriers = doc.cues.known("carriers")
    if words[head(words, clause)] not in carriers or clause.has("stance", "rebut"):
        return spoken
    if last.cue == "others" and not clause.has(*TELLING) and words[head(words, clause)] == "they":
        return spoken
    if last.cue in ("agreed", "named") and clause.has("report"):
        return _lent(spoken, Said(clause, Voice.REPORTED, last.holder, "named"))
    if last.voice not in (Voice.REPORTED, Voice.CONCEDED) or last.cue in LAST:
        return spoken
    if clause.opens("contrast", "reply", "anaphor", "conclude", "emphasis", "judged"):
        return spoken
    if clause.has("midcontrast") and contrasts.interposed(doc, doc.words(clause)):
        return spoken  # "They bring others, though, such as"
    cue = "twice" if last.cue == "carried" else "carried"
    return _lent(spoken, Said(clause, last.voice, last.holder, cue))


def _lent(spoken: Spoken, said: Said) -> Spoken:
    return tuple(
        Said(part.clause, said.voice, said.holder, said.cue) if part.voice is Voice.AUTHOR else part
        for part in spoken
    )
