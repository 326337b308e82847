"""What makes one pair of a tier surer than another: small corrections of `scene.TIERS`."""

from itertools import pairwise

from prompts.alternatives import INSTEAD
from prompts.cues import word_set
from prompts.holders import SPEAKERS
from prompts.model import Voice
from prompts.scene import NOW, Scene, past, story, words_of
from prompts.turns import Turn

URGED = ("deontic", "haveto", "judge")
COLUMN = 150  # sentences of a text that has one thesis
GOES_ON = SPEAKERS | word_set("his her their for as and also because this thus so")
EARLY = 12  # words in which a view says whose it is
SAYS = word_set('that : “ "')
POINTS = word_set("this that it these they there")
LONG = 7  # words after which a clause surely has a verb
BRIEF = 120  # characters of an answer that is nothing but one
MAYBE = word_set("maybe perhaps")
COUNT = 8  # words in which it says how many hold it
HAVE = word_set("has have had")
VIEW = 3  # so few words put no view
ROWS = word_set("and or")
ARTICLES = word_set("the a an his her its our their this")


# -- a view and its answer ------------------------------------------------------------------


def answered(scene: Scene, source: Turn, reply: Turn, gap: int, led: bool) -> float:
    """`led`: the sentence before says whose view it is."""
    score = scene.tier("told" if source.said.voice is Voice.REPORTED else "granted")
    score -= 0.07 * max(0, gap - 1) + (0.0 if reply.par == source.par else 0.02)
    score += 0.06 if reply.takes_up or reply.has("rebut", "takesup") else 0.0
    if source.said.cue in ("concede", "grant"):
        score -= 0.3 if source.empty else 0.0
    doubts = _inquires(scene, reply) or _pointing(scene, source) or _muses(scene, reply)
    score -= 0.36 * doubts
    if not scene.short:
        score -= 0.3 * story(scene, source, reply) + _unsure(scene, source, reply, led)
    if not scene.brief and source.said.voice is Voice.CONCEDED:
        # It goes on from what the author says, hardly ever from what is granted.
        score -= 0.3 * (scene.doc.words(reply.parts[0].clause)[0] == "instead")
    if source.said.cue == "others" and not _speaks(scene, source):
        score -= 0.36
    if source.said.cue == "others" and not (reply.takes_up or reply.has("rebut", "takesup")):
        score -= 0.36 * _counted(scene, source)
    if source.said.cue == "named":
        figures = any(word[0].isdigit() for word in scene.doc.words(source.parts[0].clause))
        score -= 0.4 * (figures and source.has("statistic", "evidence"))  # a count is no view
        against = reply.takes_up or (reply.first and reply.has("rebut", "negate", "takesup"))
        score -= 0.0 if against else 0.2
    return score


def announces(scene: Scene, turn: Turn) -> bool:
    """ "Opponents marshal a battery of objections": it says of a view only that there is one."""
    words = scene.doc.words(turn.parts[0].clause)
    return SAYS.isdisjoint(words) and not turn.has("deontic")


def _pointing(scene: Scene, turn: Turn) -> bool:
    """ "But is this possible?" asks about what only its page can tell."""
    after = turn.parts[0].clause.opening.get("asks", 0)
    return turn.said.cue == "asked" and after > 0 and scene.doc.tokens.words[after] in POINTS


def _muses(scene: Scene, reply: Turn) -> bool:
    """ "But maybe this will pass": a guess answers nothing, unless it denies something."""
    guesses = not MAYBE.isdisjoint(scene.doc.words(reply.parts[0].clause)[:3])
    return guesses and not reply.has("negate", "rebut", "bad", "deontic")


def _counted(scene: Scene, turn: Turn) -> bool:
    """ "Some 60 percent of voters say that": a count of views is a fact."""
    words = scene.doc.words(turn.parts[0].clause)[:COUNT]
    return any(word[0].isdigit() for word in words) and turn.has("statistic")


def _inquires(scene: Scene, reply: Turn) -> bool:
    """ "But what if he does it again?": a question with no verdict in it answers nothing."""
    asks = scene.passage(reply).text.rstrip("\"'”’) ").endswith("?")
    return asks and not reply.denies and not reply.has("negate", "deontic", "judge", "rebut")


def _unsure(scene: Scene, source: Turn, reply: Turn, led: bool) -> float:
    """What a view loses whose holder is a bare pronoun, that is a figure, or that may be none."""
    words = scene.doc.words(source.parts[0].clause)
    if reply.takes_up or reply.has("rebut"):
        return 0.0
    loss = 0.1 * (words[0] in ("perhaps", "maybe"))
    if source.said.cue == "others":
        loss += 0.32 * (words[0] in SPEAKERS and not led)
    if source.said.cue == "named":
        figures = any(word[0].isdigit() for word in words)
        loss += 0.15 * (figures or (source.said.holder or "").lower() in SPEAKERS)
    return loss


def firm(scene: Scene, turn: Turn) -> bool:
    """A view told with a word that says it is contrary: "Critics ...", "Some claim ..."

    Only where the text is short enough to have one thesis that it can be contrary to.
    """
    sets = scene.doc.cues.sets
    known = [sets.get(name, frozenset()) for name in ("critics", "contend", "objection")]
    early = scene.doc.words(turn.parts[0].clause)[:EARLY]
    said = any(word in words for word in early for words in known)
    return (
        turn.told
        and len(scene.doc.sentences) <= COLUMN
        and early[0] not in SPEAKERS
        and early[0] != "in"  # "In reply, ..."
        and (said or turn.opens("foreseen"))
    )


def distant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """ "The minister maintains that X. Y": whoever writes so does not hold it."""
    words = scene.doc.words(turn.parts[0].clause)[:EARLY]
    goes_on = scene.doc.words(reply.parts[0].clause)[0] in GOES_ON
    told = not scene.doc.cues.sets.get("distant", frozenset()).isdisjoint(words)
    return told and not goes_on and words[0] not in SPEAKERS


def meant(scene: Scene, turn: Turn, reply: Turn) -> bool:
    """A told view is answered without a contrast: "I disagree", "That is why it must be taught"."""
    if not turn.told or turn.said.cue == "named" or (reply.opens("agrees") and not reply.denies):
        return False
    words = scene.doc.words(reply.parts[0].clause)
    denies = reply.denies or reply.opens("anaphor", "disbelief") or reply.has("stance", "takesup")
    early = scene.short or reply.end - reply.start < BRIEF
    points = words[0] in POINTS and reply.has("negate", "deontic")
    goes_on = reply.opens("conclude", "enumerate")
    return points or (not goes_on and (denies or (early and reply.has("rebut"))))


def _speaks(scene: Scene, turn: Turn) -> bool:
    """A told view has a verb of saying or a name for a view; "opponents quote it" tells none."""
    to_many = scene.doc.words(turn.parts[0].clause)[0] == "to"  # "To many, it is proof that"
    if to_many or turn.has("toldlast", "argued") or turn.opens("hedge"):  # "Supposedly, ..."
        return True
    sets = scene.doc.cues.sets
    words = {w for part in turn.parts for w in scene.doc.words(part.clause)}
    return bool(words & (sets["say"] | sets["view"] | sets["might"]))


def plain(scene: Scene, turn: Turn, reply: Turn) -> float:
    """An author's sentence before a contrast: a concession only if it is argued, not told."""
    score = scene.tier("plain")
    score += 0.06 * turn.has("hedge") + 0.06 * reply.has("deontic", "rebut", "stance")
    if not scene.brief:
        brief = turn.end - turn.start < 90
        score += 0.08 * (brief and turn.has("judge")) - 0.08 * (not brief)
        # It answers a denial or a told view, hardly ever a plain sentence.
        score -= 0.2 * (scene.doc.words(reply.parts[0].clause)[0] == "instead")
    score += 0.14 * (not scene.brief and turn.opens("opposite"))
    score -= 0.15 * turn.has("stance", "i") + 0.14 * turn.replies
    score -= 0.3 * (scene.holds(turn) or story(scene, turn, reply))
    doubt = 0.06 if scene.brief else 0.2
    score -= doubt * (turn.has("ispast", "narrate") + turn.has("background", "pose", "statistic"))
    if turn.sentence == reply.sentence:
        whole = reply.has("finite") or (scene.brief and len(words_of(scene, reply)) > LONG)
        score -= (0.05 if scene.brief else 0.12) if whole else 0.3
    return min(score, 0.66)


# -- "rather than A, B" -----------------------------------------------------------------------


def rejecting(scene: Scene, turn: Turn, words: list[str]) -> float:
    """How surely the words that `turn` turns down put a view: "Rather than wait, we walked"."""
    aloof = words[0] in ("far", "contrary")  # never what somebody did or did not do
    perfect = not HAVE.isdisjoint(words_of(scene, turn)) and not turn.has(*URGED, "hedge")
    done = not aloof and (perfect or not turn.has(*NOW)) and past(scene, turn)
    # "Not A but B" only says what is the case, unless it says what should be.
    bare = not (scene.short or words[0] in INSTEAD or turn.has(*URGED))
    # "Rather than argue, they shout": what others do, and nobody is urged to do otherwise.
    acts = not (aloof or turn.has(*URGED, "hedge", "we", "i", "you"))
    theirs = acts and _theirs(scene, turn)
    return scene.tier("rejected") - 0.3 * (done or bare or theirs or _thing(words))


def _theirs(scene: Scene, turn: Turn) -> bool:
    words = words_of(scene, turn)
    return any(a == "," and b in SPEAKERS for a, b in pairwise(words))


def _thing(words: list[str]) -> bool:
    """ "not the price but the people": a thing or so few words put no view."""
    return (
        len(words) <= VIEW
        or words[0].startswith("kein")
        or (words[1] in ARTICLES and len(words) < 2 * VIEW)
    )
