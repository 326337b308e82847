"""What stands against what: counterpoints in tiers, each with a confidence (`tiers.py`)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from prompts import tiers
from prompts.aims import PAIR, REACH, built, following, point
from prompts.claims import Ranked
from prompts.clauses import Outline
from prompts.genres import Genre
from prompts.hints import Pair
from prompts.model import Counterpoint, Voice
from prompts.rejected import rejected
from prompts.scene import Scene, echoes, story, words_of
from prompts.turns import Turn, turns
from prompts.voices import Spoken

OWN = (Voice.AUTHOR, Voice.QUOTED)  # "However, as Ann Low says, “...”" is the author's answer
SAYS = 5  # words of a view in which it says whose it is
BETWEEN = 2  # turns from a view to an answer that meets what stands between as well
BRIEF = 40  # characters of a remark: "The risk exists, but we already trust them"


def counterpoints(
    doc: Outline, spoken: Sequence[Spoken], rows: Sequence[Ranked], kind: Genre
) -> tuple[Counterpoint, ...]:
    """Counterpoints best first, one for each passage; none overlaps what it stands against."""
    own = [row for row in rows if row.voice is Voice.AUTHOR]
    thesis = max(own, key=lambda row: row.score, default=None)
    scene = Scene(doc, turns(doc, spoken), kind, thesis, [row.score for row in rows])
    found: dict[tuple[int, int], Counterpoint] = {}
    for one in _points(scene):
        key = (one.passage.start, one.passage.end)
        if not one.passage.overlaps(one.against) and (
            key not in found or found[key].score < one.score
        ):
            found[key] = one
    return tuple(sorted(found.values(), key=lambda p: (-p.score, p.passage.start)))


def _points(scene: Scene) -> Iterator[Counterpoint]:
    answered: set[int] = set()
    for k, turn in enumerate(scene.turns):
        said = turn.said
        if said.cue == "although":
            yield from _subordinate(scene, k)
        if turn.replies and said.voice in OWN and not scene.cites(turn):
            yield from _answered(scene, k, answered)
        if turn.first and said.voice is Voice.AUTHOR and not scene.cites(turn):
            yield from rejected(scene, k)
    for k, turn in enumerate(scene.turns):
        told = turn.other and turn.said.cue != "although"
        view = _countered(scene, k) if told else None
        if view is not None:
            answered.add(k)
            yield point(scene, view, turn, scene.tier("meant"))
        if told and not turn.empty and k not in answered:
            yield from _unanswered(scene, k)


# -- "Although X, Y" --------------------------------------------------------------------------


def _subordinate(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    near = [t for t in scene.turns[max(0, k - 2) : k + 3] if t.sentence == turn.sentence]
    after = [t for t in near if t.start > turn.start and not t.other]
    before = [t for t in near if t.end <= turn.start and not t.other]
    if after and words_of(scene, after[0])[0] not in scene.known("hanging"):
        yield point(scene, turn, after[0], tiers.conceded(Pair(scene, turn, after[0])))
    elif before and not scene.aside(turn):
        yield point(scene, turn, before[-1], scene.tier("late"))
    elif turn.has("others") and scene.genre is Genre.OPED:
        told = (t for t in near if t.start > turn.start and t.told and t.has("others"))
        yield from (point(scene, turn, t, scene.tier("meant")) for t in islice(told, 1))


# -- a view and its answer --------------------------------------------------------------------


def _answered(scene: Scene, k: int, answered: set[int]) -> Iterator[Counterpoint]:
    """What the reply `k` answers: a told or granted view near by, else the sentence before."""
    reply = scene.turns[k]
    back = _source(scene, k)
    if back is not None:
        answered.update(range(back, k))
        gap = sum(scene.turns[j].first for j in range(back + 1, k + 1))
        source = scene.turns[back]
        pair = Pair(scene, source, reply, gap)
        yield point(scene, source, reply, tiers.answered(pair))
        if back and _granted_to(scene, scene.turns[back - 1], source):
            view = scene.turns[back - 1]
            answered.add(back - 1)
            yield point(scene, view, reply, tiers.answered(Pair(scene, view, reply, gap + 1)))
        for j in range(back + 1, k):
            between = scene.turns[j]
            near = scene.short and reply.first and k - back <= BETWEEN
            says = not (between.empty or scene.aside(between))
            if says and (near or _again(scene, between)):
                yield point(scene, between, reply, scene.tier("between"))
    elif k and reply.said.voice is Voice.AUTHOR and _beside(scene, k):
        before = scene.turns[k - 1]
        if scene.short and _objects(scene, k) and not story(scene, before, reply):
            yield point(scene, reply, before, scene.tier("also"))
        else:
            yield point(scene, before, reply, tiers.plain(Pair(scene, before, reply)))


def _again(scene: Scene, turn: Turn) -> bool:
    """ "They insist that X", after a view, puts another of theirs rather than a reason for it."""
    words, said = words_of(scene, turn)[:SAYS], scene.doc.cues.sets["say"]
    speaks = not scene.known("speakers").isdisjoint(words)
    return turn.told and (turn.said.cue == "others" or (speaks and not said.isdisjoint(words)))


def _countered(scene: Scene, k: int) -> Turn | None:
    """ "Opponents call it cruel. Supporters counter that it is not": one view told answers another,
    which stands right before it but for what is granted to that."""
    turn = scene.turns[k]
    early = scene.doc.words(turn.parts[0].clause)[: tiers.EARLY]
    if not (turn.told and turn.first) or scene.known("answering").isdisjoint(early):
        return None
    near = (view for view in reversed(scene.turns[:k]) if view.said.cue != "although")
    view = next(near, None)
    told = view is not None and view.told and turn.par - view.par <= 1
    return view if told else None


def _beside(scene: Scene, k: int) -> bool:
    """A sentence or a part of one that may be what the reply `k` turns on."""
    before, reply = scene.turns[k - 1], scene.turns[k]
    if before.said.cue == "although" or scene.aside(before):
        return False
    size = scene.doc.sentences[before.sentence].size
    return before.par == reply.par or (reply.first and before.par == reply.par - 1 and size <= PAIR)


def _granted_to(scene: Scene, view: Turn, turn: Turn) -> bool:
    """ "Critics say X. It is true that Y. But Z": what is granted is granted to a view."""
    told = view.told and view.said.cue in ("others", "carried") and not view.replies
    return told and view.par == turn.par and turn.said.cue in ("concede", "grant")


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
        if scene.aside(turn):
            continue
        if turn.par != reply.par and not (reply.takes_up or _opens_next(scene, j, k)):
            return _told_before(scene, k)
        if turn.par != reply.par and reply.opens("conclude"):
            return None  # "To conclude, the argument does not hold"
        if turn.other and turn.said.cue != "although":
            return None if _elsewhere(scene, j, k) else _chain(scene, j)
        told = reply.denies or reply.has("rebut") or turn.has("toldlast")
        told = told or reply.takes_up
        if turn.quoted and j == k - 1 and told:
            return j
        if turn.replies or turn.has("stance", "conclude") or (not reply.first and j < k - 2):
            return None
    return None


def _elsewhere(scene: Scene, j: int, k: int) -> bool:
    """The reply turns on the author's sentence right before it rather than on the view."""
    reply, before = scene.turns[k], scene.turns[k - 1]
    if j == k - 1 or before.other or reply.takes_up or not scene.turns[j].told:
        return False
    if scene.turns[j + 1].empty:  # "He was right then. Many died. But today ..."
        return False
    if (
        not reply.first
        and before.first
        and not (before.opens("dangling", "anaphor") or reply.denies)
    ):
        return before.end - before.start > BRIEF  # "If all pass, it may be fair, but that is all"
    if before.opens("anaphor", "dangling"):  # "It is a vivid picture" is said of the view
        return False
    return echoes(scene, before, reply) and not echoes(scene, scene.turns[j], reply)


def _told_before(scene: Scene, k: int) -> int | None:
    """The view that the paragraph before the reply `k` opens with, if it only goes on with it."""
    par = scene.turns[k].par - 1
    begin = bisect_left(scene.turns, par, hi=k, key=lambda turn: turn.par)
    block = scene.turns[begin:k]
    if not scene.turns[k].first or not block or len(block) > REACH or block[-1].par != par:
        return None
    if not (block[0].told and block[0].said.cue == "others"):
        return None
    own = any(turn.replies or turn.has("stance", "conclude", "deontic") for turn in block[1:])
    return None if own else begin


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
        return before.told and scene.doc.words(turn.parts[0].clause)[0] in scene.known("speakers")
    return turn.empty or turn.said.cue in ("carried", "twice")


def _unanswered(scene: Scene, k: int) -> Iterator[Counterpoint]:
    """Told or granted, and no contrast follows: against what is said to it, or the thesis."""
    turn, thesis = scene.turns[k], scene.thesis
    reply = following(scene, k) or _next(scene, k)
    if reply is not None and scene.cites(reply) and not reply.denies:
        reply = None  # "They say that X. “Y,” says Ann Low": no answer of the author's
    lede = scene.short or (turn.par == 0 and scene.genre in (Genre.ESSAY, Genre.OPED))
    tier = _met(scene, turn, reply, lede) if reply is not None else ""
    if reply is not None and tier:
        yield point(scene, turn, reply, scene.tier(tier))
    elif turn.said.cue == "named" or (reply is not None and tiers.explained(scene, turn, reply)):
        return
    elif thesis is not None and not scene.holds(turn):
        target = scene.doc.passage(thesis.start, thesis.end)
        tier = "left" if turn.told else "open"
        yield built(scene, turn, target, scene.tier(tier), None)


def _next(scene: Scene, k: int) -> Turn | None:
    """What opens the paragraph after one that ends with the view, if it plainly turns that down:
    papers set a paragraph for each sentence."""
    after = next((t for t in scene.turns[k + 1 : k + 2] if t.first and not t.other), None)
    return after if after and (after.denies or after.takes_up) else None


def _met(scene: Scene, turn: Turn, reply: Turn, lede: bool) -> str:
    """The tier of a view and what meets it without a contrast; empty where nothing does."""
    if turn.told and reply.has("disowns"):
        return "told"
    if (scene.short or not lede) and tiers.meant(scene, turn, reply):
        return "meant"
    if lede or tiers.explained(scene, turn, reply):
        return ""
    if tiers.retorts(scene, turn, reply):
        return "meant"
    if tiers.tagged(scene, turn, reply):
        return "firm"
    if reply.sentence == turn.sentence + 1 and tiers.distant(scene, turn, reply):
        return "firm"
    return ""
