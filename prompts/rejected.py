"""What a text turns down in its own voice: "rather than A, B", "not A. B"."""

from collections.abc import Iterator

from prompts import tiers
from prompts.aims import BARE, following
from prompts.alternatives import alternatives, corrected
from prompts.edges import edges
from prompts.model import Counterpoint, Opposition, Passage, Voice
from prompts.scene import Scene, echoes, story
from prompts.turns import Turn

VERB = 3  # words with a subject, its verb and a denial
SAYS = 3  # words without which an alternative says nothing by itself: "but a tool"


def rejected(scene: Scene, k: int) -> Iterator[Counterpoint]:
    """All that the turn `k`, which opens a sentence of the author's, turns down."""
    turn, counts = scene.turns[k], scene.doc.sentences[scene.turns[k].sentence].whole.counts
    yield from _alternatives(scene, k)
    if "wards" not in counts and "negate" not in counts:
        return
    if turn.has("wards") or (turn.has("negate") and _instead(scene, k)):
        yield from _corrected(scene, k)


def _alternatives(scene: Scene, k: int) -> Iterator[Counterpoint]:
    turn = scene.turns[k]
    sentence = scene.doc.sentences[turn.sentence]
    for (start, end), (begin, stop) in alternatives(scene.doc, sentence):
        view, reply = scene.doc.passage(start, end), scene.doc.passage(begin, stop)
        if not turn.opens("instead") and sentence.whole.has("notion", "notions"):
            score, reply = scene.tier("spurned"), scene.doc.passage(begin, _on(scene, k, reply))
            if reply.end == stop and len(reply.text) < BARE:
                continue  # a verdict without a reason
        elif len(reply.text.split()) < SAYS:
            continue
        else:
            score = tiers.rejecting(scene, turn, view.text.lower().split())
        yield Counterpoint(
            view, reply, round(score, 3), Opposition.REBUTTAL, Voice.REJECTED, None, reply
        )


def _instead(scene: Scene, k: int) -> bool:
    """ "Rules do not fall from the sky. Rather, they answer a need": any denial that is put right
    by a word for that, unless it only tells what happened."""
    turn = scene.turns[k]
    after = following(scene, k)
    if after is None or after.sentence != turn.sentence + 1:
        return False
    if _is_so(scene, k, after):
        return True
    words = [word for word in scene.doc.words(after.parts[0].clause) if word != ","]
    if words[0] not in scene.known("rather"):
        return False
    same = not scene.known("corrects").isdisjoint(words[1:2]) or echoes(scene, turn, after)
    return same and not story(scene, turn, after)


def _is_so(scene: Scene, k: int, after: Turn) -> bool:
    """ "It isn't wasted. It is invested": the same word, with and without a denial."""
    one, two = (scene.doc.words(t.parts[0].clause)[:3] for t in (scene.turns[k], after))
    if len(one) < VERB or len(two) < VERB:
        return False
    same = one[0] == two[0] and one[0] in scene.known("corrects")
    if not same or two[1] not in scene.known("corrected"):
        return False
    denied = one[1] in {two[1] + end for end in scene.known("contracted")}
    denied = denied or (one[1] == two[1] and one[2] in edges(scene.doc.reading.language).denial.no)
    return denied and scene.known("denying").isdisjoint(two)


def _corrected(scene: Scene, k: int) -> Iterator[Counterpoint]:
    """ "The issue is not X. It is Y"."""
    turn, after = scene.turns[k], following(scene, k)
    sentence = scene.doc.sentences[turn.sentence]
    near = after is not None and after.sentence == turn.sentence + 1 and after.first
    found = corrected(scene.doc, sentence, scene.doc.sentences[turn.sentence + 1] if near else None)
    if found is not None:
        view, answer = scene.doc.passage(*found[0]), scene.doc.passage(*found[1])
        if not answer.text.endswith("?"):
            score = scene.tier("corrected")
            yield Counterpoint(
                view, answer, score, Opposition.REBUTTAL, Voice.REJECTED, None, answer
            )


def _on(scene: Scene, k: int, verdict: Passage) -> int:
    """Where a verdict ends: a bare one goes on in the author's next sentence."""
    after = following(scene, k) if len(verdict.text) < BARE else None
    near = after is not None and after.sentence == scene.turns[k].sentence + 1
    return scene.doc.sentences[after.sentence].end if after and near else verdict.end
