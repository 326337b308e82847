"""What stands against what: counterpoints in tiers, each with a confidence.

`TIERS` is where confidences come from; small corrections follow in the rules. They were set by
reading what each tier finds: a granted clause beside its main clause and a told view that is
answered are asserted; a plain sentence before a "but" only where a text is so short that it has no
room for anything else; the rest is offered below one half.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prompts.alternatives import alternatives
from prompts.claims import Ranked
from prompts.clauses import Outline
from prompts.cues import word_set
from prompts.genres import Genre, genre
from prompts.model import Counterpoint, Opposition, Passage, Voice
from prompts.turns import Turn, turns
from prompts.voices import Spoken

REACH = 4  # how many turns back a reply may answer
SHOWN = 0.95
VIEW = 3  # "not the price but the people": so few words put no view
# What each tier is sure of, in a text of one paragraph and in a longer one. Measured on the short
# texts for development, right pairs of those asserted: from .75 up 17 of 17, .70 to .74 10 of 14,
# .60 to .69 22 of 34, .50 to .59 20 of 30. In longer texts nearly all that is asserted comes from
# the first four tiers.
TIERS = {
    "told": (0.8, 0.8),  # "Critics say X. But Y"
    "clause": (0.76, 0.76),  # "Although X is so, Y"
    "granted": (0.74, 0.74),  # "Of course X. But Y"
    "rejected": (0.68, 0.68),  # "Rather than X, Y"
    "plain": (0.62, 0.42),  # "X. But Y"
    "open": (0.56, 0.42),  # told or granted and left there
    "late": (0.56, 0.44),  # "Y, although X"
    "phrase": (0.52, 0.4),  # "Despite X, Y"
    "also": (0.56, 0.42),  # "Also Y. However X"
    "between": (0.54, 0.54),  # what stands between a told view and its answer
}
POINTERS = word_set("it this that these they he she")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the rules look at: the turns, the claims, the genre and the thesis."""

    doc: Outline
    turns: list[Turn]
    genre: Genre
    thesis: Ranked | None
    scores: list[float]

    @property
    def short(self) -> bool:
        return self.genre is Genre.NOTE

    def tier(self, name: str) -> float:
        return TIERS[name][0 if self.short else 1]

    def passage(self, turn: Turn) -> Passage:
        return self.doc.passage(turn.start, turn.end)


def counterpoints(
    doc: Outline, spoken: Sequence[Spoken], rows: Sequence[Ranked]
) -> tuple[Counterpoint, ...]:
    """Counterpoints best first, one for each passage; none overlaps what it stands against."""
    own = [row for row in rows if row.voice is Voice.AUTHOR]
    thesis = max(own, key=lambda row: row.score, default=None)
    scene = Scene(doc, turns(doc, spoken), genre(doc), thesis, [row.score for row in rows])
    found: dict[tuple[int, int], Counterpoint] = {}
    for point in _points(scene):
        key = (point.passage.start, point.passage.end)
        if not point.passage.overlaps(point.against) and (
            key not in found or found[key].score < point.score
        ):
            found[key] = point
    return tuple(sorted(found.values(), key=lambda p: (-p.score, p.passage.start)))


def _points(scene: Scene) -> Iterator[Counterpoint]:
    answered: set[int] = set()
    for k, turn in enumerate(scene.turns):
        if turn.said.cue == "although":
            yield from _subordinate(scene, k)
        if turn.replies and turn.said.voice is Voice.AUTHOR:
            yield from _answered(scene, k, answered)
        yield from _rejected(scene, k)
    for k, turn in enumerate(scene.turns):
        if turn.other and turn.said.cue != "although" and k not in answered:
            yield from _unanswered(scene, turn)


# -- "Although X, Y" --------------------------------------------------------------------------


def _subordinate(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    near = [t for t in scene.turns[max(0, k - 2) : k + 3] if t.sentence == turn.sentence]
    after = [t for t in near if t.start > turn.start and not t.other]
    before = [t for t in near if t.end <= turn.start and not t.other]
    if after:
        score = scene.tier("clause" if _finite(scene, turn) else "phrase")
        yield _point(scene, turn, after[0], score - _told(turn, after[0]))
    elif before:
        yield _point(scene, turn, before[-1], scene.tier("late"))


def _finite(scene: Scene, turn: Turn) -> bool:
    """ "Although X fear Y" is a clause; "despite fears of Y" is none."""
    words = scene.doc.words(turn.parts[0].clause)
    speaks = not scene.doc.cues.sets["say"].isdisjoint(words)
    return turn.has("finite") or (speaks and words[0] in ("although", "though"))


def _told(turn: Turn, main: Turn) -> float:
    """Two things that happened are a story, not an argument."""
    past = turn.has("ispast", "narrate") and main.has("ispast", "narrate")
    return 0.28 if past and not main.has("ispresent", "deontic", "hedge") else 0.0


# -- a view and its answer --------------------------------------------------------------------


def _answered(scene: Scene, k: int, answered: set[int]) -> Iterator[Counterpoint]:
    """What the reply `k` answers: a told or granted view near by, else the sentence before."""
    reply = scene.turns[k]
    back = _source(scene, k)
    if back is not None:
        answered.update(range(back, k))
        gap = sum(scene.turns[j].first for j in range(back + 1, k + 1))
        source, essay = scene.turns[back], scene.genre is Genre.ESSAY
        yield _point(scene, source, reply, _strength(scene, source, reply, gap))
        for j in range(back + 1, k):
            between = scene.turns[j]
            if not between.empty and (scene.short or (essay and between.other)):
                yield _point(scene, between, reply, scene.tier("between"))
    elif k and scene.turns[k - 1].par == reply.par:
        before = scene.turns[k - 1]
        if scene.short and before.opens("enumerate", "after", "conclude"):
            yield _point(scene, reply, before, scene.tier("also"))
        else:
            yield _point(scene, before, reply, _plain(scene, before, reply))


def _source(scene: Scene, k: int) -> int | None:
    reply = scene.turns[k]
    for j in range(k - 1, max(-1, k - 1 - REACH), -1):
        turn = scene.turns[j]
        if turn.par != reply.par and not reply.takes_up:
            return None
        if turn.other and turn.said.cue != "although":
            return _chain(scene, j)
        if turn.replies or turn.has("stance", "conclude") or (not reply.first and j < k - 2):
            return None
    return None


def _chain(scene: Scene, j: int) -> int:
    """The first of the told or granted turns that hang together before a reply."""
    par = scene.turns[j].par
    while j and scene.turns[j].said.cue != "others" and scene.turns[j - 1].par == par:
        before = scene.turns[j - 1]
        if not before.other or before.said.cue == "although" or before.replies:
            break
        if not (scene.turns[j].empty or scene.turns[j].said.cue in ("carried", "twice")):
            break
        j -= 1
    return j


def _strength(scene: Scene, source: Turn, reply: Turn, gap: int) -> float:
    score = scene.tier("told" if source.said.voice is Voice.REPORTED else "granted")
    score -= 0.07 * max(0, gap - 1) + (0.0 if reply.par == source.par else 0.02)
    score += 0.06 if reply.takes_up or reply.has("rebut") else 0.0
    if source.said.cue in ("concede", "grant") and not scene.short:
        score -= 0.3 if source.empty else 0.0
    if source.said.cue == "others" and not _speaks(scene, source):
        score -= 0.36
    if source.said.cue == "named":
        score -= 0.0 if reply.takes_up or reply.has("rebut", "negate") else 0.2
    return score


def _speaks(scene: Scene, turn: Turn) -> bool:
    """A told view has a verb of saying or a name for a view; "opponents quote it" tells none."""
    sets = scene.doc.cues.sets
    words = {w for part in turn.parts for w in scene.doc.words(part.clause)}
    return bool(words & (sets["say"] | sets["view"] | sets["might"]))


def _plain(scene: Scene, turn: Turn, reply: Turn) -> float:
    """An author's sentence before a contrast: a concession only if it is argued, not told."""
    score = scene.tier("plain")
    score += 0.06 * turn.has("hedge") + 0.06 * reply.has("deontic", "rebut", "stance")
    if not scene.short:
        brief = turn.end - turn.start < 90
        score += 0.08 * (brief and turn.has("judge")) - 0.08 * (not brief)
        score -= 0.2 * reply.opens("instead")
    score += 0.14 * (not scene.short and turn.opens("opposite"))
    score -= 0.15 * turn.has("stance", "i") + 0.12 * turn.replies
    score -= 0.3 * _is_thesis(scene, turn)
    doubt = 0.06 if scene.short else 0.2
    score -= doubt * (turn.has("ispast", "narrate") + turn.has("background", "pose", "statistic"))
    if turn.sentence == reply.sentence:
        score -= (0.05 if scene.short else 0.12) if reply.has("finite") else 0.3
    return min(score, 0.66)


def _is_thesis(scene: Scene, turn: Turn) -> bool:
    thesis = scene.thesis
    return thesis is not None and turn.start < thesis.end and thesis.start < turn.end


def _unanswered(scene: Scene, turn: Turn) -> Iterator[Counterpoint]:
    """Told or granted, and left there: against the thesis if anything."""
    thesis = scene.thesis
    if thesis is None or _is_thesis(scene, turn) or turn.said.cue == "named":
        return
    score = scene.tier("open")
    yield _build(scene, turn, scene.doc.passage(thesis.start, thesis.end), score, None)


# -- "rather than A, B" -----------------------------------------------------------------------


def _rejected(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    if not turn.first or turn.said.voice is not Voice.AUTHOR:
        return
    sentence = scene.doc.sentences[turn.sentence]
    for (start, end), (begin, stop) in alternatives(scene.doc, sentence):
        view = scene.doc.passage(start, end)
        score = scene.tier("rejected") - 0.3 * (view.text.count(" ") < VIEW)
        yield Counterpoint(
            view, scene.doc.passage(begin, stop), round(score, 3),
            Opposition.REBUTTAL, Voice.REJECTED, None, scene.doc.passage(begin, stop),
        )  # fmt: skip


# -- building ---------------------------------------------------------------------------------


def _point(scene: Scene, turn: Turn, reply: Turn, score: float) -> Counterpoint:
    answer = scene.passage(reply)
    return _build(scene, turn, _target(scene, turn, reply), score, answer)


def _target(scene: Scene, turn: Turn, reply: Turn) -> Passage:
    """The reply itself, unless it says too little and the thesis is plainly what is attacked."""
    thesis, doc = scene.thesis, scene.doc
    if thesis is None or _is_thesis(scene, turn) or _is_thesis(scene, reply):
        return scene.passage(reply)
    told = turn.said.voice is not Voice.AUTHOR
    slight = reply.end - reply.start < 50 and thesis.score >= 0.75 and told
    slight = slight and _hangs(scene, reply)
    if (scene.short and turn.first and thesis.score >= 0.5) or (slight and not scene.short):
        return doc.passage(thesis.start, thesis.end)
    return scene.passage(reply)


def _hangs(scene: Scene, turn: Turn) -> bool:
    """ "In fact it runs the other way": without what stands before, the words say nothing."""
    clause = turn.parts[0].clause
    return any(word in POINTERS for word in scene.doc.words(clause)[:4])


def _build(
    scene: Scene, turn: Turn, target: Passage, score: float, answer: Passage | None
) -> Counterpoint:
    said = turn.said
    kind = Opposition.REBUTTAL if said.voice is Voice.REPORTED else Opposition.CONCESSION
    if turn.opens("drawback"):
        kind = Opposition.UNDERCUT
    final = round(max(0.05, min(SHOWN, score)), 3)
    return Counterpoint(scene.passage(turn), target, final, kind, said.voice, said.holder, answer)
