"""The shapes of a text's words: a byte of flags for each, so that those of a sentence are counted
without looking at every word again."""

from collections.abc import Sequence

MARK = 1  # no word
POINT = 2  # a mark as sentences have
FIGURE = 4  # begins with a digit
PAST = 8  # ends like a past tense
SHORTENED = 16  # "don't", "it's", but no genitive
TELLING = 32  # long enough to say what a sentence is about, and no word that stands everywhere
ADVERB = 64  # ends in "-ly": how something is, as somebody sees it

POINTS = frozenset(",.;:–—-()[]\"“”'‘’!?…«»*_/&")
_EVERYWHERE = (
    "about above after again against also although because been before being below between both "
    "cannot could does doing down during each even every from further have having here hers "
    "however into itself just many more most much must only other ours over same should since "
    "some such than that their theirs them then there these they this those through under until "
    "very were what when where which while will with within without would your"
)
_UNPAST = (
    "need indeed feed speed seed breed bleed greed hundred united sacred naked wicked supposed "
    "exceed succeed proceed agreed bed red shed indebted"
)
STOP = frozenset(_EVERYWHERE.split())
NO_PAST = frozenset(_UNPAST.split())
_NOUNS = (
    "family july reply supply apply rely italy assembly bully ally early daily weekly monthly "
    "yearly elderly friendly multiply jelly belly"
)
NO_ADVERB = frozenset(_NOUNS.split())
KNOWN = 1 << 15  # words whose shapes are remembered from text to text
_FLAGS = (MARK, POINT, FIGURE, PAST, SHORTENED, TELLING, ADVERB)
_WITHOUT = {flag: bytes(b for b in range(256) if not b & flag) for flag in _FLAGS}
_WITH = {flag: bytes(bool(b & flag) for b in range(256)) for flag in _FLAGS}


def shapes(words: Sequence[str]) -> bytes:
    """One byte for each word or mark (in lower case): the sum of its flags."""
    return bytes(map(_known.__getitem__, words))


def count(some: bytes, flag: int) -> int:
    """How many of some shapes have a flag."""
    return len(some.translate(None, _WITHOUT[flag]))


def having(some: bytes, flag: int) -> bytes:
    """For each of some shapes 1 if it has a flag, else 0."""
    return some.translate(_WITH[flag])


class _Shapes(dict[str, int]):
    """Word -> its flags: a look at a dictionary takes half as long as a call that remembers."""

    def __missing__(self, word: str) -> int:
        flags = _shape(word)
        if len(self) < KNOWN:
            self[word] = flags
        return flags


_known = _Shapes()


def _shape(word: str) -> int:
    return (
        MARK * (not word[0].isalnum())
        + POINT * (word in POINTS)
        + FIGURE * word[0].isdigit()
        + PAST * (word[-2:] == "ed" and "-" not in word and word not in NO_PAST)
        + SHORTENED * ("'" in word and word[-2:] != "'s")
        + TELLING * (len(word) > 3 and word[0].isalpha() and word not in STOP)
        + ADVERB * (word[-2:] == "ly" and len(word) > 4 and word not in NO_ADVERB)
    )
