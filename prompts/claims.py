"""Which sentences claim something: cues, place and centrality together, never one alone."""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import chain, compress, islice
from typing import NamedTuple

from prompts.clauses import Clause, Outline
from prompts.debatable import debatable
from prompts.genres import WEIGHTS, Genre
from prompts.model import Claim, Voice
from prompts.motions import motion
from prompts.shapes import TELLING, having
from prompts.signs import shape, signs
from prompts.voices import Spoken

# What is left of a score in another's voice: it stands behind the author's own. What an author
# grants he says himself as well, or did not mean to grant (#3).
LEFT = {Voice.AUTHOR: 1.0, Voice.CONCEDED: 0.5}
TOLD = 0.2
WORTH = 0.5  # only of what may be asserted a motion is made
# ... and of so many claims of a reading, or of so great a part of its sentences, the surest first:
# half the sentences of a book might be asserted, and no group debates a tenth of them.
WORDED, PART = 200, 0.2
ALIKE = 0.4  # how much a claim loses for repeating one that stands before it
FEW = 6  # sentences; in fewer a word need not come twice
URGING = 3  # sentences that urge something, among which the thesis is
LATER = 0.3  # what each of them loses to the one before
TOP = 12  # how many are chosen for diversity; the others follow by score


class Ranked(NamedTuple):
    """A sentence with its score as the author's claim and the core that carries it."""

    sentence: int
    score: float
    start: int
    end: int
    voice: Voice
    holder: str | None


# An entry of a list of sources is no claim, wherever it stands: "Pape, Robert A., 'Why ...".
_SOURCE = re.compile(
    r"(?:\[\w{1,5}\]\s*|\d{1,2}\.\s*)?[A-Z][\w'’-]{1,30}+, [A-Z][\w.-]{0,30}(?:"
    r"(?: [A-Z][\w.-]{0,30}){0,2}(?:,|(?<=\.))\s*[‘“\"]|"
    r"[^()‘“\"]{0,80}\b[A-Z]\.,? \((?:19|20)\d\d)"
)
UNLIKELY = -6.0  # log-odds of what is no sentence of the author's


def ranked(doc: Outline, spoken: Sequence[Spoken], kind: Genre) -> list[Ranked]:
    """Every sentence with its probability of being a claim, in the order of the text."""
    slope, offset = calibration()[kind]
    return [_sure(row, slope, offset) for row in weighed(doc, spoken, kind)]


def _sure(row: Ranked, slope: float, offset: float) -> Ranked:
    score = LEFT.get(row.voice, TOLD) / (1 + math.exp(-slope * row.score - offset))
    return Ranked(row.sentence, score, row.start, row.end, row.voice, row.holder)


@cache
def calibration() -> dict[Genre, tuple[float, float]]:
    """What log-odds mean in each genre: slope and offset, from `weights/claims.toml`."""
    text = (resources.files("prompts") / "weights" / "claims.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {kind: (table[kind]["slope"], table[kind]["offset"]) for kind in Genre}


def weighed(doc: Outline, spoken: Sequence[Spoken], kind: Genre) -> list[Ranked]:
    """Every sentence with the log-odds that the weights of its genre give, not yet calibrated."""
    weights, central, points = WEIGHTS[kind], centrality(doc), series(doc)
    rows = [_row(doc, k, said, weights, central[k]) for k, said in enumerate(spoken)]
    gain = weights.get("series", 0.0)
    for k in points:
        rows[k] = rows[k]._replace(score=rows[k].score + gain)
    main = thesis(doc, rows, central)
    if main is not None:
        rows[main] = rows[main]._replace(score=rows[main].score + weights.get("thesis", 0.0))
    return rows


def thesis(doc: Outline, rows: Sequence[Ranked], central: Sequence[float]) -> int | None:
    """The sentence that says what a text wants, if it wants anything: one of the first that urge
    something, and of these the one that the whole text comes back to."""
    urging = (
        row.sentence
        for row in rows
        if row.score > 0 and row.voice is Voice.AUTHOR
        if "deontic" in doc.sentences[row.sentence].whole.counts
    )
    first = [*islice(urging, URGING)]
    near = {k: central[k] - LATER * order for order, k in enumerate(first)}
    return max(near, key=near.__getitem__, default=None)


def series(doc: Outline) -> frozenset[int]:
    """The sentences that open paragraphs in between as points of a series: "Secondly", "Another
    reason is". Alone it may count anything; where there are two, a text is made of them."""
    heads = [
        k
        for k, sentence in enumerate(doc.sentences)
        if sentence.pos == 0 and 0 < sentence.par < doc.paragraphs - 1
        if "enumerate" in sentence.clauses[0].opening
    ]
    return frozenset(heads) if len(heads) > 1 else frozenset()


def _row(doc: Outline, k: int, said: Spoken, weights: dict[str, float], central: float) -> Ranked:
    core = _carrying(doc, said)
    parts = core or said
    logit = weights["bias"] + weights["central"] * central
    for name, value in signs(doc, k, parts).items():
        if name in weights:
            logit += weights[name] * value
    whole = doc.sentences[k].whole
    if "aside" in parts[0].clause.opening or _apart(doc.reading.text, whole.start, whole.end):
        logit = min(logit, UNLIKELY)
    start, end = parts[0].clause.start, parts[-1].clause.end
    voice, holder = (Voice.AUTHOR, None) if core else (said[0].voice, said[0].holder)
    return Ranked(k, logit, start, end, voice, holder)


def _carrying(doc: Outline, said: Spoken) -> Spoken:
    """The clauses that carry the author's claim; none where the author claims nothing."""
    if len(said) == 1:
        return said if said[0].voice is Voice.AUTHOR else ()
    return _whole(doc, said, _main(_core(said)))


def _apart(text: str, start: int, end: int) -> bool:
    """An entry of a list of sources, or a sentence that is all in brackets."""
    bracketed = text[start] == "(" and text[end - 3 : end].rstrip(" .!?").endswith(")")
    return bracketed or _SOURCE.match(text, start, end) is not None


def _core(said: Spoken) -> Spoken:
    """The longest run of the author's own clauses."""
    best: Spoken = ()
    run: Spoken = ()
    for part in said:
        run = (*run, part) if part.voice is Voice.AUTHOR else ()
        best = run if _length(run) > _length(best) else best
    return best


def _main(core: Spoken) -> Spoken:
    """Without the reason at its head: "Since X, Y" claims Y."""
    reasoned = len(core) > 1 and core[0].clause.opens("fronted")
    return core[1:] if reasoned and not core[1].clause.opens("fronted") else core


def _whole(doc: Outline, said: Spoken, core: Spoken) -> Spoken:
    """A core that breaks off ("I believe that although ...") goes on to the end of its sentence."""
    broken = core and core[-1] is not said[-1]
    if broken and doc.words(core[-1].clause)[-1] in shape(doc.reading.language).breaks:
        return said[said.index(core[0]) :]
    return core


def _length(run: Spoken) -> int:
    return run[-1].clause.end - run[0].clause.start if run else 0


def centrality(doc: Outline) -> list[float]:
    """How much of the text's weighted vocabulary a sentence shares, 0 to 1."""
    # Dictionaries, not sets: a sum of floats must not depend on the order of hashes.
    words, telling = doc.tokens.words, having(doc.tokens.shapes, TELLING)
    bags = [
        dict.fromkeys(compress(words[whole.first : whole.last], telling[whole.first : whole.last]))
        for whole in (sentence.whole for sentence in doc.sentences)
    ]
    spread = Counter(chain.from_iterable(bags))
    total = len(bags)
    # What a word weighs follows from in how many sentences it stands.
    idf = {n: math.log(1 + total / n) for n in set(spread.values())}
    mass = {n: n * x if n > 1 or total < FEW else 0.0 for n, x in idf.items()}
    norm = math.sqrt(sum([mass[n] * mass[n] for n in spread.values()])) or 1.0
    gain = {n: x * mass[n] for n, x in idf.items()}
    square = {n: x * x for n, x in idf.items()}
    out = []
    for bag in bags:
        stands = [*map(spread.__getitem__, bag)]
        size = math.sqrt(sum(map(square.__getitem__, stands))) or 1.0
        out.append(sum(map(gain.__getitem__, stands)) / size / norm)
    top = max(out, default=0.0) or 1.0
    return [value / top for value in out]


def _telling(doc: Outline, part: Clause) -> Iterator[str]:
    """The words that say what a sentence is about."""
    return compress(doc.words(part), having(doc.tokens.shapes[part.first : part.last], TELLING))


def claims(doc: Outline, rows: Sequence[Ranked]) -> tuple[Claim, ...]:
    """Claims best first; two that say the same do not both stand at the top."""
    order = _diverse(doc, sorted(rows, key=lambda row: -row.score))
    most = max(WORDED, PART * len(order))
    return tuple(_claim(doc, row, k < most) for k, row in enumerate(order))


def _claim(doc: Outline, row: Ranked, worded: bool) -> Claim:
    passage = doc.passage(row.start, row.end)
    sentence, score = doc.sentences[row.sentence], round(row.score, 4)
    worth = worded and row.voice is Voice.AUTHOR and row.score >= WORTH
    if not worth or "example" in sentence.clauses[0].opening:  # shows, does not hold
        return Claim(passage, score, row.voice, row.holder, None, False)
    wording, opens = motion(doc, row.start, row.end), debatable(doc, sentence.whole, row.score)
    return Claim(passage, score, row.voice, row.holder, wording, opens)


def _diverse(doc: Outline, rows: list[Ranked]) -> list[Ranked]:
    """Maximal marginal relevance over the first few: a restatement gives way to another claim."""
    left, rest = rows[: 2 * TOP], rows[2 * TOP :]
    bags = {row.sentence: _bag(doc, row) for row in left}
    chosen: list[Ranked] = []
    near = dict.fromkeys(bags, 0.0)  # how much each shares with the nearest that was chosen
    while left and len(chosen) < TOP:
        best = max(left, key=lambda row: row.score - ALIKE * near[row.sentence])
        left.remove(best)
        chosen.append(best)
        other = bags[best.sentence]
        for row in left:
            own = bags[row.sentence]
            both = len(own & other)
            if both:
                shared = both / (len(own) + len(other) - both)
                near[row.sentence] = max(near[row.sentence], shared)
    return chosen + left + rest


def _bag(doc: Outline, row: Ranked) -> frozenset[str]:
    return frozenset(_telling(doc, doc.sentences[row.sentence].whole))
