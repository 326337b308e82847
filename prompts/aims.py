"""What a counterpoint attacks and what answers it, once it is known that they are a pair."""

from bisect import bisect_left

from prompts.model import Counterpoint, Opposition, Passage, Voice
from prompts.scene import Scene
from prompts.turns import Turn

SHOWN = 0.95
BRIEF = 8  # sentences of a note in which everything turns on the thesis
TOLD = ("others", "carried", "concede", "grant", "although")  # "named" may be evidence
CURT = 12  # characters of a "No."
PAIR = 2  # sentences of a paragraph that the next one may still turn on
REACH = 4  # how many turns off an answer may stand
BARE = 40  # characters of a verdict that gives no reason


def point(scene: Scene, turn: Turn, reply: Turn, score: float) -> Counterpoint:
    answer, target = whole(scene, reply), _target(scene, turn, reply)
    return built(scene, turn, answer if answer.overlaps(target) else target, score, answer)


def whole(scene: Scene, reply: Turn) -> Passage:
    """The reply; a bare "This is wrong" with the author's next sentence, which says why."""
    answer = scene.passage(reply)
    last = reply.end == scene.doc.sentences[reply.sentence].end
    if scene.brief or not last or len(answer.text) >= BARE:
        return answer
    after = bisect_left(scene.turns, reply.sentence + 1, key=lambda turn: turn.sentence)
    goes_on = after < len(scene.turns) and scene.turns[after].said.cue not in TOLD
    bare = len(answer.text) < CURT  # "No. But each of them is a nuisance."
    if goes_on and scene.turns[after].par == reply.par and (bare or not scene.turns[after].replies):
        more = scene.doc.passage(answer.start, scene.doc.sentences[reply.sentence + 1].end)
        return answer if more.text.endswith("?") else more
    return answer


def _target(scene: Scene, turn: Turn, reply: Turn) -> Passage:
    """The reply itself; in a note of a few sentences the thesis, on which all turns there."""
    thesis, doc = scene.thesis, scene.doc
    if thesis is None or scene.holds(turn) or scene.holds(reply):
        return scene.passage(reply)
    one = len(doc.sentences) <= BRIEF and turn.first and thesis.score >= 0.5
    if scene.brief and one:
        return doc.passage(thesis.start, thesis.end)
    return scene.passage(reply)


def built(
    scene: Scene, turn: Turn, target: Passage, score: float, answer: Passage | None
) -> Counterpoint:
    said = turn.said
    kind = Opposition.REBUTTAL if said.voice is Voice.REPORTED else Opposition.CONCESSION
    if turn.opens("drawback"):
        kind = Opposition.UNDERCUT
    final = round(max(0.05, min(SHOWN, score)), 3)
    return Counterpoint(scene.passage(turn), target, final, kind, said.voice, said.holder, answer)


def following(scene: Scene, k: int) -> Turn | None:
    """The author's next turn in the same paragraph, if no other view stands between."""
    for turn in scene.turns[k + 1 : k + 1 + REACH]:
        if turn.par != scene.turns[k].par:
            return None
        if not (turn.other or turn.empty):
            return turn
    return None
