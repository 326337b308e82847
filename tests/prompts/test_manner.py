"""How much a passage is put like a reply."""

from prompts.corpus import Corpus
from prompts.manner import Manner, learnt, style

POINTS = [f"Zoos save animal number {n}. Zoos breed what is rare." for n in range(30)]
REPLIES = [
    f"It is true that number {n} lives. Sadly the argument forgets cages." for n in range(30)
]


def test_what_the_replies_of_a_heap_have_in_common_is_learnt_from_it() -> None:
    texts = [*POINTS, *REPLIES]
    manner = learnt(texts, [style(text) for text in texts])
    # "Sadly" is a turn of this heap alone; no list knows it.
    assert style("Sadly zoos breed") == style("Zoos breed")
    assert manner.of("Sadly zoos breed") > manner.of("Zoos breed")


def test_a_heap_too_small_to_learn_from_has_no_manner() -> None:
    assert learnt([], []) == Manner({})
    assert learnt(["It is true that they live", "Zoos breed"], [1.0, 0.0]).of("It is true") == 0.0


def test_every_passage_of_a_heap_has_a_manner() -> None:
    corpus = Corpus(["", "Zoos breed what is rare.", *REPLIES])
    assert all(isinstance(corpus.manner(number), float) for number in range(len(corpus.texts)))
