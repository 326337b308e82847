"""The pattern language of the cue files, and the files."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.cues import compiled, cues, languages, lower, source, tokens
from prompts.edges import edges
from prompts.expressions import guarded, parts
from prompts.patterns import Hit

SEEDS = Path(__file__).parents[2] / "seeds"


SHORTENED = {"-n't": "is|does not", "can't": "can not"}


def found(pattern: str, text: str, **sets: str) -> list[str]:
    known = compiled(sets, {"cue": pattern.split(" / ")}, {}, SHORTENED)
    words = tokens(text)
    hits = known.hits(words, 0, len(words.words))
    return [" ".join(words.words[hit.first : hit.last]) for hit in hits]


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        ("must", "We must go", ["must"]),
        ("ought to", "We ought not, we ought to", ["ought to"]),
        ("need|needs to", "He needs to, they need to", ["needs to", "need to"]),
        ("is very? good", "It is good and is very good", ["is good", "is very good"]),
        ("in * view", "In my view", ["in my view"]),
        ("in * view", "In view", []),
        (
            "more *2 than",
            "more than, more of it than, more of all that than",
            ["more than", "more of it than"],
        ),
        ("more *2 than", "more, than", []),
        ("should / !should be said", "It should be said that it should end", ["should"]),
        ("<say> that", "He argues that", ["argues that"]),
        ("it is|can not so", "It is not so, it isn’t so", ["it is not so", "it isn't so"]),
        ("is|can not? so", "It can't so, it is so", ["is so"]),  # a row has no gap for it
    ],
)
def test_a_pattern_matches_what_it_says(pattern: str, text: str, hits: list[str]) -> None:
    assert found(pattern, text, say="says argues") == hits


def test_words_are_known_as_they_are_spelt_in_haste() -> None:
    known = compiled({}, {"cue": ["shouldn't", "is not so"]}, {}, SHORTENED, {"n't": "nt"})
    words = tokens("It isnt so, we shouldnt, and not so")
    assert [hit.first for hit in known.hits(words, 0, len(words.words))] == [1, 5]


def test_a_head_cue_counts_only_where_a_clause_begins() -> None:
    known = compiled({}, {}, {"lead": ["but"], "turn": ["still"]})
    words = tokens("still here, still there but still not still")
    turns = [hit.first for hit in known.hits(words, 0, len(words.words)) if hit.cue == "turn"]
    assert turns == [0, 3, 6]  # not the last one, in the middle of a clause


def test_after_a_leading_connective_the_clause_has_a_second_head() -> None:
    known = compiled({}, {}, {"lead": ["but"], "turn": ["still"]})
    words = tokens("but still not")
    assert Hit("turn", 1, 2) in known.hits(words, 0, 3)


def test_a_pattern_that_begins_with_a_gap_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r'"\* view" of stance'):
        compiled({}, {"stance": ["* view"]}, {})
    with pytest.raises(ValueError, match="no set <tell>"):
        compiled({}, {"stance": ["<tell> that"]}, {})


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_lower_case_keeps_every_offset(text: str) -> None:
    assert len(lower(text)) == len(text)
    known = tokens(text)
    for at, (word, start) in enumerate(zip(known.words, known.starts, strict=True)):
        assert lower(text)[start : known.end(at)] == word


def test_every_shipped_language_has_the_cues_that_the_voices_read() -> None:
    needed = {"others", "although", "concede", "reply", "contrast", "anaphor", "join", "lead"}
    for code in languages():
        known = cues(code)
        assert needed <= source(code)["heads"].keys(), code
        needed_sets = "say tell might some critics people view nobody that according"
        assert set(needed_sets.split()) <= set(known.sets), code


def test_a_language_without_a_file_is_read_as_english() -> None:
    assert set(languages()) >= {"de", "en", "es", "fr", "it"}
    assert cues("nl") is cues("en")
    assert cues("de-AT") is cues("de")


def test_every_shipped_language_says_how_a_sentence_may_begin() -> None:
    for code in languages():
        known = edges(code)
        assert known.denial.no, code
        assert code == "en" or known.ties.pattern, code
        assert known.stages, code
        assert not any(stage.opens.match(" ") for stage in known.stages), code
        assert not known.ties.search(""), code


def test_no_cue_holds_a_capital_or_a_curly_apostrophe() -> None:
    for code in languages():
        for word in cues(code).letters:
            assert not re.search(r"[A-Z’]", word), (code, word)


def test_a_sign_is_the_longest_of_its_words_or_more_than_one_of_it() -> None:
    (row,) = guarded({"in short|column": "x"})
    assert row.signs == {"short", "shorts", "column", "columns"}
    assert row.near(parts("so, in short, no"))
    assert not row.near(parts("shorter"))
    (always,) = guarded({"": "x"})
    assert always.near(parts("anything"))


def test_no_pattern_of_a_cue_file_fits_where_it_is_not_tried() -> None:
    files = sorted((Path(__file__).parents[1] / "bench" / "texts").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in (*files, *SEEDS.glob("*/*.md"))]
    sentences = {" ".join(s.lower().split()) for text in texts for s in re.split(r"[.!?]\s", text)}
    for code in languages():
        own = source(code)
        tables = [own[name].get("holds", {}) for name in ("standing", "thin")]
        tables += [own["motion"].get(name, {}) for name in ("tied", "own", "breaks")]
        for row in (row for table in tables for row in guarded(table)):
            missed = [s for s in sentences if row.pattern.search(s) and not row.near(parts(s))]
            assert not missed, (code, row.pattern.pattern, missed[0])
