"""An index over any passages, each stemmed anew: the plain way, which `Index.joined` spares."""

from collections.abc import Iterable, Sequence

from prompts.index import Index
from prompts.likeness import stems
from prompts.model import Passage, Reading
from prompts.postings import Postings
from prompts.vocabulary import Vocabulary
from prompts.windows import windows


def over(readings: Sequence[Reading]) -> Index:
    """An index over everything that can be quoted from the readings."""
    return of(passage for reading in readings for passage in windows(reading))


def of(found: Iterable[Passage]) -> Index:
    """An index over some passages, numbered as they come."""
    passages, vocabulary = tuple(found), Vocabulary()
    said = [stems(passage.text, passage.reading.language) for passage in passages]
    for one in said:
        vocabulary.put(vocabulary.numbers(one))
    keys = (passage.reading.key for passage in passages)
    languages = tuple(sorted({passage.reading.language for passage in passages}))
    return Index(passages, vocabulary, languages, Postings.over(zip(keys, said, strict=True)))
