"""What stands against what: counterpoints in tiers, each with a confidence (`tiers.py`)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from prompts import concessions, tiers
from prompts.alternatives import alternatives
from prompts.claims import Ranked
from prompts.clauses import MOST, Outline
from prompts.cues import word_set
from prompts.genres import Genre
from prompts.holders import SPEAKERS
from prompts.model import Counterpoint, Opposition, Passage, Voice
from prompts.tiers import Scene
from prompts.turns import Turn, turns
from prompts.voices import Spoken

REACH = 4  # how many turns back a reply may answer
BRIEF = 8  # sentences of a note in which everything turns on the thesis
SHOWN = 0.95
TOLD = ("others", "carried", "concede", "grant", "although")  # "named" may be evidence
DENIES = ("negate", "rebut", "takesup", "bad")
CURT = 12  # characters of a "Never."
BARE = 40  # characters of a verdict that gives no reason
POINTERS = word_set("it this that these they he she")


def counterpoints(
    doc: Outline, spoken: Sequence[Spoken], rows: Sequence[Ranked], kind: Genre
) -> tuple[Counterpoint, ...]:
    """Counterpoints best first, one for each passage; none overlaps what it stands against."""
    own = [row for row in rows if row.voice is Voice.AUTHOR]
    thesis = max(own, key=lambda row: row.score, default=None)
    scene = Scene(doc, turns(doc, spoken), kind, thesis, [row.score for row in rows])
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
        if turn.replies and turn.said.voice is Voice.AUTHOR and not scene.cites(turn):
            yield from _answered(scene, k, answered)
        yield from _rejected(scene, k)
    for k, turn in enumerate(scene.turns):
        told = turn.other and turn.said.cue != "although"
        if told and not turn.empty and k not in answered:
            yield from _unanswered(scene, k)


# -- "Although X, Y" --------------------------------------------------------------------------


def _subordinate(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    near = [t for t in scene.turns[max(0, k - 2) : k + 3] if t.sentence == turn.sentence]
    after = [t for t in near if t.start > turn.start and not t.other]
    before = [t for t in near if t.end <= turn.start and not t.other]
    if after:
        score = (
            scene.tier("clause" if concessions.finite(scene, turn) else "phrase") - 0.3 * turn.empty
        )
        score -= concessions.told(scene, turn, after[0]) + concessions.lasting(
            scene, turn, after[0]
        )
        score -= 0.3 * (not turn.first)  # its own main clause may be a part of it
        score -= 0.3 * (concessions.torn(scene, after[0]) or concessions.owns(scene, after[0]))
        yield _point(scene, turn, after[0], score)
    elif before:
        yield _point(scene, turn, before[-1], scene.tier("late"))


# -- a view and its answer --------------------------------------------------------------------


def _answered(scene: Scene, k: int, answered: set[int]) -> Iterator[Counterpoint]:
    """What the reply `k` answers: a told or granted view near by, else the sentence before."""
    reply = scene.turns[k]
    back = _source(scene, k)
    if back is not None:
        answered.update(range(back, k))
        gap = sum(scene.turns[j].first for j in range(back + 1, k + 1))
        source, essay = scene.turns[back], scene.genre is Genre.ESSAY
        led = back > 0 and _goes_on(scene, scene.turns[back - 1], source)  # "They" has a name
        score = tiers.answered(scene, source, reply, gap, led)
        score -= 0.4 * (not reply.first and concessions.shares(scene, source, reply))
        score -= 0.36 * _goes_with(scene, k, source)
        if source.said.cue == "asked" and len(_whole(scene, reply).text) < CURT:
            score -= 0.36  # "Never." says no more than that
        yield _point(scene, source, reply, score)
        if back and _granted_to(scene, scene.turns[back - 1], source):
            view = scene.turns[back - 1]
            answered.add(back - 1)
            yield _point(scene, view, reply, tiers.answered(scene, view, reply, gap + 1, led=False))
        for j in range(back + 1, k):
            between = scene.turns[j]
            if not between.empty and (scene.short or (essay and between.other)):
                yield _point(scene, between, reply, scene.tier("between"))
    elif k and scene.turns[k - 1].par == reply.par and scene.turns[k - 1].said.cue != "although":
        before = scene.turns[k - 1]
        if scene.short and _objects(scene, k) and not tiers.story(scene, before, reply):
            yield _point(scene, reply, before, scene.tier("also"))
        else:
            yield _point(scene, before, reply, tiers.plain(scene, before, reply))


def _granted_to(scene: Scene, view: Turn, turn: Turn) -> bool:
    """ "Critics say X. It is true that Y. But Z": what is granted is granted to a view."""
    told = view.told and view.said.cue in ("others", "carried") and not view.replies
    return told and view.par == turn.par and turn.said.cue in ("concede", "grant")


def _goes_with(scene: Scene, k: int, view: Turn) -> bool:
    """ "Ehrlich argued that X. Although it never came, he stands by X": what stands beside a
    concession only goes on with the view, by its subject or by its words."""
    reply, before = scene.turns[k], scene.turns[k - 1]
    if before.said.cue != "although" or before.sentence != reply.sentence or not view.told:
        return False
    again = len(tiers.roots(scene, view) & tiers.roots(scene, reply)) > 1
    held = scene.doc.words(reply.parts[0].clause)[0] in SPEAKERS
    return held or (again and view.has(*DENIES) == reply.has(*DENIES))


def _objects(scene: Scene, k: int) -> bool:
    """The reply turns on the thesis rather than on the sentence before it, which argues for it."""
    reply, before, thesis = scene.turns[k], scene.turns[k - 1], scene.thesis
    if before.opens("enumerate", "after", "conclude"):
        return True
    if thesis is None or thesis.sentence > before.sentence or not reply.first:
        return False
    if reply.has("deontic", "rebut"):
        return False
    return scene.holds(before) or reply.opens("concede", "doubt") or reply.has("doubt", "drawback")


def _source(scene: Scene, k: int) -> int | None:
    reply = scene.turns[k]
    for j in range(k - 1, max(-1, k - 1 - REACH), -1):
        turn = scene.turns[j]
        if turn.par != reply.par and not (reply.takes_up or _opens_next(scene, j, k)):
            return None
        if turn.other and turn.said.cue != "although":
            return _chain(scene, j)
        told = reply.denies or reply.has("rebut") or turn.has("toldlast")
        if turn.quoted and j == k - 1 and told:
            return j
        if turn.replies or turn.has("stance", "conclude") or (not reply.first and j < k - 2):
            return None
    return None


def _opens_next(scene: Scene, j: int, k: int) -> bool:
    """The reply opens the paragraph after the one that ends with the view."""
    reply = scene.turns[k]
    return j == k - 1 and reply.first and scene.turns[j].par == reply.par - 1


def _chain(scene: Scene, j: int) -> int:
    """The first of the told or granted turns that hang together before a reply, if it says what
    the view is: "Critics are many. They claim that" does not."""
    while j and _goes_on(scene, scene.turns[j - 1], scene.turns[j]):
        if tiers.announces(scene, scene.turns[j - 1]) and scene.turns[j].said.cue == "others":
            break
        j -= 1
    return j


def _goes_on(scene: Scene, before: Turn, turn: Turn) -> bool:
    """ "Those who oppose it say X. They claim Y": the second turn goes on with the first."""
    told = before.other and before.said.cue != "although" and not before.replies
    if before.par != turn.par or not told:
        return False
    if turn.said.cue == "others":
        return before.told and scene.doc.words(turn.parts[0].clause)[0] in SPEAKERS
    return turn.empty or turn.said.cue in ("carried", "twice")


def _unanswered(scene: Scene, k: int) -> Iterator[Counterpoint]:
    """Told or granted, and no contrast follows: against what is said to it, or the thesis."""
    turn, thesis, reply = scene.turns[k], scene.thesis, _next(scene, k)
    lede = scene.short or (turn.par == 0 and scene.genre in (Genre.ESSAY, Genre.OPED))
    if reply is not None and turn.told and reply.has("disowns"):
        yield _point(scene, turn, reply, scene.tier("told"))
    elif not lede and reply is not None and tiers.meant(scene, turn, reply):
        yield _point(scene, turn, reply, scene.tier("meant"))
    elif turn.said.cue == "named":
        if reply is not None and not lede and tiers.distant(scene, turn, reply):
            yield _point(scene, turn, reply, scene.tier("firm"))
    elif thesis is not None and not scene.holds(turn):
        left = not lede and tiers.firm(scene, turn)
        score = scene.tier("left" if left else "open")
        yield _build(scene, turn, scene.doc.passage(thesis.start, thesis.end), score, None)


def _next(scene: Scene, k: int) -> Turn | None:
    """The author's next turn in the same paragraph, if no other view stands between."""
    for turn in scene.turns[k + 1 : k + 1 + REACH]:
        if turn.par != scene.turns[k].par:
            return None
        if not (turn.other or turn.empty):
            return turn
    return None


# -- "rather than A, B" -----------------------------------------------------------------------


def _rejected(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    if not turn.first or turn.said.voice is not Voice.AUTHOR or scene.cites(turn):
        return
    sentence = scene.doc.sentences[turn.sentence]
    for (start, end), (begin, stop) in alternatives(scene.doc, sentence):
        view, reply = scene.doc.passage(start, end), scene.doc.passage(begin, stop)
        if turn.opens("scorns"):
            score = scene.tier("spurned")
        elif turn.opens("notion"):
            score, reply = scene.tier("spurned"), scene.doc.passage(begin, _on(scene, k, reply))
            if reply.end == stop and len(reply.text) < BARE:
                continue  # a verdict without a reason
        else:
            score = tiers.rejecting(scene, turn, view.text.lower().split())
        yield Counterpoint(
            view, reply, round(score, 3), Opposition.REBUTTAL, Voice.REJECTED, None, reply
        )


def _on(scene: Scene, k: int, verdict: Passage) -> int:
    """Where a verdict ends: a bare one goes on in the author's next sentence."""
    after = _next(scene, k) if len(verdict.text) < BARE else None
    near = after is not None and after.sentence == scene.turns[k].sentence + 1
    return scene.doc.sentences[after.sentence].end if after and near else verdict.end


# -- building ---------------------------------------------------------------------------------


def _point(scene: Scene, turn: Turn, reply: Turn, score: float) -> Counterpoint:
    answer, target = _whole(scene, reply), _target(scene, turn, reply)
    return _build(scene, turn, answer if answer.overlaps(target) else target, score, answer)


def _whole(scene: Scene, reply: Turn) -> Passage:
    """The reply; a bare "This is wrong" with the author's next sentence, which says why."""
    answer = scene.passage(reply)
    last = reply.end == scene.doc.sentences[reply.sentence].end
    if scene.brief or not last or len(answer.text) >= BARE:
        return answer
    after = bisect_left(scene.turns, reply.sentence + 1, key=lambda turn: turn.sentence)
    goes_on = after < len(scene.turns) and scene.turns[after].said.cue not in TOLD
    if goes_on and scene.turns[after].par == reply.par and not scene.turns[after].replies:
        end = scene.doc.sentences[reply.sentence + 1].end
        return scene.doc.passage(answer.start, end)
    return answer


def _target(scene: Scene, turn: Turn, reply: Turn) -> Passage:
    """The reply itself, unless it says too little and the thesis is plainly what is attacked."""
    thesis, doc = scene.thesis, scene.doc
    if thesis is None or scene.holds(turn) or scene.holds(reply):
        return scene.passage(reply)
    told = turn.said.voice is not Voice.AUTHOR
    length = len(_whole(scene, reply).text)
    slight = length < 50 and thesis.score >= 0.75 and told
    slight = slight and (_hangs(scene, reply) or length < 20)
    one = len(doc.sentences) <= BRIEF and turn.first and thesis.score >= 0.5
    if (scene.brief and one) or (slight and not scene.short and _shares(scene, turn, thesis)):
        return doc.passage(thesis.start, thesis.end)
    return scene.passage(reply)


def _shares(scene: Scene, turn: Turn, thesis: Ranked) -> bool:
    """The view and the thesis use one word, in whatever form."""
    at = bisect_left(scene.turns, thesis.sentence, key=lambda other: other.sentence)
    near = (t for t in scene.turns[at : at + MOST + 1] if t.sentence == thesis.sentence)
    return any(tiers.echoes(scene, turn, other) for other in near)


def _hangs(scene: Scene, turn: Turn) -> bool:
    """ "In fact it runs the other way": without what stands before, the words say nothing."""
    return any(word in POINTERS for word in scene.doc.words(turn.parts[0].clause)[:4])


def _build(
    scene: Scene, turn: Turn, target: Passage, score: float, answer: Passage | None
) -> Counterpoint:
    said = turn.said
    kind = Opposition.REBUTTAL if said.voice is Voice.REPORTED else Opposition.CONCESSION
    if turn.opens("drawback"):
        kind = Opposition.UNDERCUT
    final = round(max(0.05, min(SHOWN, score)), 3)
    return Counterpoint(scene.passage(turn), target, final, kind, said.voice, said.holder, answer)
