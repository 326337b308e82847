"""By-talk: what is said beside the subject. It is marked as such, and touches neither the motion
nor what others speak of.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from prompts.likeness import Lexicon, features, words
from prompts.model import Stance
from prompts.talk import Part, has_any, quoting

FEW = 3  # stems of a question that has nothing to do with the debate: fewer say too little
RELATED = 0.5  # share of a sentence's stems that the others also touch on


def topics(stems: Iterable[str], lexis: Lexicon) -> list[str]:
    """What stems speak of, apart from how they are spelt."""
    return [feature for feature in features(stems, lexis) if feature[0] != "~"]


class Talk:
    """A debate as it was said: the parts of each remark, and the stems of its motion."""

    def __init__(self, split: Sequence[list[Part]], said: frozenset[str], lexis: Lexicon) -> None:
        self._split, self._said, self._lexis = split, said, lexis
        self._sides: defaultdict[Stance | None, set[str]] = defaultdict(set)
        users: defaultdict[str, set[str]] = defaultdict(set)
        for part in (part for some in split for part in some):
            self._sides[part.excerpt.remark.stance].add(part.member)
            for feature in topics(part.stems, lexis):
                users[feature].add(part.member)
        shared = {feature for feature, who in users.items() if len(who) > 1}
        stems = {stem for some in split for part in some for stem in part.stems}
        # What the motion has, or others speak of.
        self._known = said | {s for s in stems if not shared.isdisjoint(topics([s], lexis))}
        self._chatter = lexis.phrases("chatter")
        self._loose = self._chatter | lexis.phrases("errands") | lexis.phrases("laughs")

    def on_topic(self) -> Iterator[Part]:
        """The parts without by-talk. Nobody is silenced who stands alone on their side."""
        for some in self._split:
            beside = [self._beside(part) for part in some]
            # A sign of by-talk tells of its own sentence; of all of them, where none is on topic.
            if all(beside) and any(self._signed(p, p.excerpt.remark.text) for p in some):
                continue
            for part, off in zip(some, beside, strict=True):
                if not off or not (self._signed(part, part.excerpt.text) or self._stray(part)):
                    yield part

    def _beside(self, part: Part) -> bool:
        """Whether a part touches neither the motion nor what others speak of.

        A word of the motion is enough for those who took a side. Irony is about what was said, and
        so is what stands under somebody else's line.
        """
        remark = part.excerpt.remark
        sided = remark.stance is not None
        alone = sided and len(self._sides[remark.stance]) == 1
        about = part.ironic or quoting(remark.text) or (sided and part.stems & self._said)
        touched = sum(stem in self._known for stem in part.stems)
        return not (alone or remark.heard or about) and touched < RELATED * len(part.stems)

    def _stray(self, part: Part) -> bool:
        """Whether a question comes from beside the debate: it points to nothing, and speaks of
        nothing that others do or that debates are about."""
        if not part.question or part.excerpt.remark.stance or len(part.stems) < FEW:
            return False
        concepts, pointing = self._lexis.concepts, self._lexis.phrases("leaning")
        common = any(stem in self._known or stem in concepts for stem in part.stems)
        return bool(concepts) and not common and not pointing & {*words(part.excerpt.text)}

    def _signed(self, part: Part, text: str) -> bool:
        return has_any(text, self._chatter if part.excerpt.remark.stance else self._loose)
