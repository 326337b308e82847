"""How sure a pair is: what its tier is sure of (`scene.TIERS`), and what hints add or take."""

from itertools import pairwise

from prompts import concessions, hints
from prompts.hints import Hint, Pair
from prompts.model import Voice
from prompts.scene import COMMON, NOW, ROOT, Scene, echoes, past, words_of
from prompts.turns import Turn

# What each hint adds, in a note of a few sentences and in all that is longer.
Table = tuple[tuple[float, float, Hint], ...]
ANSWERED: Table = (
    (0.06, 0.06, hints.taken_up),
    (-0.3, -0.3, hints.empty),
    (-0.36, -0.36, hints.bare_refusal),
    (-0.36, -0.36, hints.inquires),
    (-0.36, -0.36, hints.leads),
    (-0.36, -0.36, hints.nobody_says),
    (-0.4, -0.4, hints.shared),
    (0.0, -0.36, hints.news),
    (0.0, -0.36, hints.apart),
    (0.0, -0.3, hints.private),
    (0.0, -0.3, hints.grants_and_goes_on),
    (0.0, -0.36, hints.owned),
    (0.0, -0.3, hints.told),
)
PLAIN: Table = (
    (0.0, 0.3, hints.seeming),
    (0.0, 0.16, hints.ought),
    (0.0, 0.2, hints.takes_up),
    (0.0, 0.1, hints.remark),
    (0.0, 0.3, hints.refutes),
    (-0.1, -0.2, hints.across),
    (0.0, -0.2, hints.adds),
    (-0.15, -0.15, hints.own),
    (-0.14, -0.14, hints.turned),
    (-0.3, -0.3, hints.thesis),
    (-0.05, -0.18, hints.beside),
    (-0.25, -0.18, hints.fragment),
)
CONCEDED: Table = (
    (-0.3, -0.3, hints.empty),
    (0.2, 0.3, concessions.thought),
    (-0.28, -0.28, concessions.told),
    (-0.3, -0.3, concessions.lasting),
    (-0.3, -0.3, concessions.within),
    (-0.3, -0.3, concessions.scant),
    (-0.3, -0.3, concessions.readers),
    (-0.3, -0.3, concessions.assents),
    (-0.3, -0.3, hints.leads),
    (0.0, -0.3, concessions.factual),
    (0.0, -0.3, concessions.same),
    (0.0, -0.3, hints.private),
    (0.0, 0.14, concessions.judged),
    (-0.3, -0.3, concessions.owns),
)
FAR = 0.07  # what each further sentence between a view and its answer takes
MOST = 0.66  # no plain sentence is surer

URGED = ("deontic", "haveto", "judge")
EARLY = 12  # words in which a view says whose it is
WEIGHS = ("negate", "rebut", "judge", "deontic", "compare", "takesup", "good")
CURT = 40  # characters of "No major church does."
BRIEF = 120  # characters of an answer that is nothing but one
# What may say so without "should": more beside "instead of" than beside "not A but B".
WANTED = ((), ("hedge", "we", "i", "you", "good", "bad", "compare", "negate", "rebut"))
VIEW = 3  # so few words put no view
SHORT = 90  # characters of a retort
GOES_ON = (
    "conclude",
    "enumerate",
    "agrees",
    "after",
    "others",
    "background",
    "pose",
    "concede",
    "so",
)
TOLD_ON = ("example", "meta", "agreeing", "stance", "others", "report")
TELLS_ON = (*TOLD_ON, "statistic")


def weighed(table: Table, pair: Pair) -> float:
    """What the hints that are there add up to."""
    brief = pair.scene.brief
    notes = [(note if brief else longer, there) for note, longer, there in table]
    return sum([note for note, there in notes if note and there(pair)])


def answered(pair: Pair) -> float:
    """A view, told or granted, and its answer."""
    score = pair.scene.tier("told" if pair.view.said.voice is Voice.REPORTED else "granted")
    return score - FAR * max(0, pair.gap - 1) + weighed(ANSWERED, pair)


def plain(pair: Pair) -> float:
    """An author's sentence before a contrast: a concession only if it is argued, not told."""
    return min(pair.scene.tier("plain") + weighed(PLAIN, pair), MOST)


def conceded(pair: Pair) -> float:
    """ "Although X, Y"."""
    finite = concessions.finite(pair.scene, pair.view)
    return pair.scene.tier("clause" if finite else "phrase") + weighed(CONCEDED, pair)


def announces(scene: Scene, turn: Turn) -> bool:
    """ "Opponents marshal a battery of objections": it says of a view only that there is one."""
    words = scene.doc.words(turn.parts[0].clause)
    return scene.known("announced").isdisjoint(words) and not turn.has("deontic")


def distant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "The minister maintains that X. Y": whoever writes so does not hold it."""
    words = scene.doc.words(turn.parts[0].clause)[:EARLY]
    first = scene.doc.words(reply.parts[0].clause)[0]
    told = not scene.doc.cues.sets.get("distant", frozenset()).isdisjoint(words)
    told = told and (turn.said.cue == "named" or not announces(scene, turn))
    told = told and not reply.opens("conclude", "enumerate")
    told = told and not reply.opens("agrees")
    told = told and words[0] not in scene.known("speakers|unheld")
    told = told and not explained(scene, turn, reply)
    return told and first not in scene.known("proceeds")


def tagged(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "It costs too much, they say. Schools cost more", "Others will say that X. Y": who puts a
    view in its own words and ascribes it in passing, or foresees it, answers it next."""
    words, says = scene.doc.words(turn.parts[0].clause)[:EARLY], scene.doc.cues.sets["say"]
    foreseen = any(a in scene.known("foretells") and b in says for a, b in pairwise(words))
    if not (foreseen or turn.has("toldlast") or turn.opens("ordinal")):
        return False
    own = turn.has("i", "we") or _expert(scene, turn) or turn.said.cue != "others"
    first = scene.doc.words(reply.parts[0].clause)[0]
    goes_on = first in scene.known("proceeds") or reply.opens(*GOES_ON) or reply.has(*TOLD_ON)
    near = reply.first and reply.sentence == turn.sentence + 1
    # A number is an answer to a view, as what weighs it is; a story may be anything.
    meets = reply.has(*WEIGHS, "statistic") or echoes(scene, turn, reply)
    return near and meets and not (own or goes_on)


def explained(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "Parents complain that it is cold. The heating broke": what is complained of is so, and what
    happened is why; nobody is opposed unless the reply weighs it or speaks of the same (#3)."""
    if not turn.told or reply.has(*WEIGHS) or echoes(scene, turn, reply):
        return False
    words = words_of(scene, turn)
    if not scene.known("grievance").isdisjoint(words[:EARLY]):
        long = {word for word in words if len(word) > VIEW and word[:ROOT] not in COMMON}
        return long.isdisjoint(words_of(scene, reply))
    size = reply.end - reply.start
    return size < CURT and past(scene, reply) and not reply.has(*NOW)


def retorts(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "Others warn that it comes too early. It comes forty years late": what follows a told view
    at once, and is as short, is a retort unless it plainly goes on."""
    sets, words = scene.doc.cues.sets, scene.doc.words(reply.parts[0].clause)
    told = not scene.known("say|view").isdisjoint(words_of(scene, turn))
    told = told and turn.said.cue == "others" and not turn.has("we", "i")
    told = told and not sets["that"].isdisjoint(words_of(scene, turn))
    near = reply.first and reply.sentence == turn.sentence + 1 and turn.par == reply.par
    size = reply.end - scene.doc.sentences[reply.sentence].start
    # Whose view a critic's or an expert's is to the author, the text need not say.
    critics = scene.known("critics").isdisjoint(words_of(scene, turn)[:EARLY])
    goes_on = not critics or _expert(scene, turn)
    goes_on = (
        goes_on
        or words[0] in scene.known("proceeds")
        or reply.opens(*GOES_ON)
        or reply.has(*TELLS_ON)
    )
    short = CURT / 2 < size < SHORT and not scene.passage(reply).text.endswith("?")
    return told and near and short and not goes_on and not announces(scene, turn)


def meant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """A told view is answered without a contrast: "I disagree", "That is why it must be taught"."""
    agrees = reply.opens("agrees") or reply.has("agreeing")
    if not turn.told or turn.said.cue == "named" or (agrees and not reply.denies):
        return False
    if hints.shared(Pair(scene, turn, reply)):
        return False
    words = scene.doc.words(reply.parts[0].clause)
    speaks = words_of(scene, turn)[0] in scene.known("speakers")
    if speaks and turn.said.cue == "others" and not reply.denies:
        return False  # "They might think it is a dog"
    denies = reply.denies or reply.opens("anaphor", "disbelief") or reply.has("stance", "takesup")
    size = reply.end - reply.start
    early = scene.short or size < BRIEF
    denies = denies or (
        size < CURT and words[0] in scene.known("none") and echoes(scene, turn, reply)
    )
    points = words[0] in scene.known("pointing") - {"there"} and reply.has("negate", "deontic")
    goes_on = reply.opens("conclude", "enumerate")
    points = points and not (goes_on and _expert(scene, turn))
    return points or (not goes_on and (denies or (early and reply.has("rebut"))))


def _expert(scene: Scene, turn: Turn) -> bool:
    """ "Doctors say that X. That is why Y should be": those who know are cited."""
    known = scene.doc.cues.sets.get("experts", frozenset())
    return not known.isdisjoint(scene.doc.words(turn.parts[0].clause)[:VIEW])


# -- "rather than A, B" -----------------------------------------------------------------------


def rejecting(scene: Scene, turn: Turn, words: list[str]) -> float:
    """How surely the words that `turn` turns down put a view: "Rather than wait, we walked"."""
    aloof = words[0] in scene.known("aloof")  # never what somebody did or did not do
    perfect = not scene.known("perfect").isdisjoint(words_of(scene, turn)) and not turn.has(
        *URGED, "hedge"
    )
    done = not aloof and (perfect or (not turn.has(*NOW) and past(scene, turn)))
    # "Not A but B" only says what is the case, unless it says what should be.
    wanted = WANTED[words[0] in scene.known("rather")]
    bare = not (aloof or scene.short or turn.has(*URGED, *wanted))
    # "Rather than argue, they shout": what others do, and nobody is urged to do otherwise.
    acts = not (aloof or turn.has("judge", "haveto", "hedge", "we", "i", "you"))
    theirs = acts and _theirs(scene, turn)
    return scene.tier("rejected") - 0.3 * (done or bare or theirs or _thing(scene, words))


def _theirs(scene: Scene, turn: Turn) -> bool:
    words, known = words_of(scene, turn), scene.known("speakers")
    found = (k for k, (a, b) in enumerate(pairwise(words)) if a == "," and b in known)
    return any(scene.known("ought").isdisjoint(words[k + 2 : k + 4]) for k in found)


def _thing(scene: Scene, words: list[str]) -> bool:
    """ "not the price but the people": a thing or so few words put no view."""
    return (
        len(words) <= VIEW
        or words[0].startswith("kein")
        or (words[1] in scene.known("articles") and len(words) < 2 * VIEW)
    )
