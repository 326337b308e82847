"""A vocabulary knows of each stem where it stands, and finds its relatives without a full scan."""

from hypothesis import given
from hypothesis import strategies as st

from prompts.vocabulary import Vocabulary

STEMS = st.text("aehnop", min_size=1, max_size=8)
DOCUMENTS = st.lists(st.lists(STEMS, max_size=12), max_size=8)


def _over(documents: list[list[str]]) -> Vocabulary:
    vocabulary = Vocabulary()
    for stems in documents:
        vocabulary.put(vocabulary.numbers(stems))
    return vocabulary


@given(DOCUMENTS, st.sets(STEMS, max_size=6))
def test_a_document_meets_the_stems_that_stand_in_it(
    documents: list[list[str]], asked: set[str]
) -> None:
    met = _over(documents).meeting(asked, range(len(documents)))
    assert [set(found) for found in met] == [asked & set(stems) for stems in documents]


@given(DOCUMENTS, STEMS)
def test_a_stem_is_counted_once_per_document(documents: list[list[str]], stem: str) -> None:
    vocabulary = _over(documents)
    assert vocabulary.spread(stem) == sum(stem in stems for stems in documents)
    assert (stem in vocabulary) == (vocabulary.spread(stem) > 0)


@given(DOCUMENTS, STEMS)
def test_made_with_a_root_is_what_begins_or_ends_with_it(
    documents: list[list[str]], root: str
) -> None:
    known = {stem for stems in documents for stem in stems}
    expected = {stem for stem in known if stem.startswith(root) or stem.endswith(root)}
    assert _over(documents).made_with(root) == expected
