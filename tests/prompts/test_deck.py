"""The deck: no claim twice, a fair turn for everyone, the same for everybody who asks."""

import hashlib
import subprocess
import sys
from collections import Counter as Tally
from functools import cache
from itertools import islice

import pytest
from begun import SEEDS, library
from hypothesis import given
from hypothesis import strategies as st

from prompts import deck, wording
from prompts.briefs import Row
from prompts.deck import Used, used
from prompts.library import Library
from prompts.model import Analysis, Claim, Counterpoint, Passage, Prompt, Reading
from prompts.pairs import Pair, folder_of, pairs
from prompts.passages import blocks
from prompts.sayings import Heard, Saying, alike, saying


def dealt(own: Library, pattern: str | None = None, most: int = 1000) -> list[Prompt]:
    return list(islice(own.upcoming([], pattern), most))


@cache
def everything() -> list[Prompt]:
    return dealt(library())


def pair(text: str, key: str = "a/x.txt", score: float = 0.9) -> Row:
    digest = hashlib.sha256(text.encode()).hexdigest()
    reading = Reading(key, key, text, blocks(text), digest)
    found = Pair(Claim(Passage(reading, 0, len(text)), score, motion=text))
    return found, saying(found.claim)


def test_every_quotation_of_every_prompt_is_a_slice_of_its_reading() -> None:
    for prompt in everything():
        for passage in prompt.passages():
            assert passage.text == passage.reading.text[passage.start : passage.end]
            assert passage.reading in library().readings


def test_no_claim_comes_twice() -> None:
    assert len(everything()) > 30
    claims = [prompt.claim for prompt in everything()]
    for n, one in enumerate(claims):
        for other in claims[:n]:
            assert not one.passage.overlaps(other.passage)
            assert not alike(saying(one), saying(other))
    assert len({prompt.key for prompt in everything()}) == len(everything())


def test_what_is_left_is_what_will_be_dealt() -> None:
    for n in (0, 1, 10, len(everything()) - 1, len(everything())):
        assert (
            library().left([used(prompt) for prompt in everything()[:n]]) == len(everything()) - n
        )


def test_subjects_and_readings_get_fair_shares() -> None:
    first = everything()[:24]
    folders = Tally(folder_of(p.claim.passage.reading) for p in first)
    readings = Tally(p.claim.passage.reading.key for p in first)
    assert set(folders.values()) == {8}
    assert len(readings) == len(library().readings)
    assert max(readings.values()) - min(readings.values()) <= 2


def test_the_theses_come_first_and_then_what_a_counterpoint_stands_against() -> None:
    many = len(library().readings)
    wanted = ("Governments should not ban", "The voting age should remain", "North Korea should be")
    assert all(p.motion.startswith(w) for p, w in zip(everything(), wanted, strict=False))
    assert all(prompt.claim.debatable for prompt in everything()[:many])
    for week in (everything()[:4], everything()[many : many + 5]):
        assert all(prompt.counterpoint and prompt.counterpoint.score >= 0.5 for prompt in week)


def test_a_reading_alone_opens_with_what_it_urges_and_not_with_a_remark() -> None:
    (first, *_) = dealt(library(), "*/six-hours-of-company.md")
    assert first.motion == "Schools should ban smartphones from the first bell to the last."


def test_a_counterpoint_never_overlaps_its_claim() -> None:
    for prompt in everything():
        if prompt.counterpoint:
            assert not prompt.counterpoint.passage.overlaps(prompt.claim.passage)
            assert prompt.counterpoint.against == prompt.claim.passage


def test_two_authors_are_two_readings_and_are_named() -> None:
    two = [prompt for prompt in everything() if prompt.kind == wording.AUTHORS]
    assert two
    for prompt in two:
        assert prompt.counterpoint
        assert prompt.counterpoint.passage.reading is not prompt.claim.passage.reading


def test_a_pattern_restricts_the_readings() -> None:
    for pattern in ("voting-at-sixteen/*", "phones-in-school/*, ukraine-and-korea/*"):
        keys = {p.claim.passage.reading.key.split("/")[0] for p in dealt(library(), pattern)}
        assert keys == {part.strip().split("/")[0] for part in pattern.split(",")}
    assert library().next_prompt([], "nothing/*") is None
    assert library().left([], "nothing/*") == 0


def test_all_kinds_are_asked_and_wordings_vary() -> None:
    assert {prompt.kind for prompt in everything()} == set(wording.KINDS)
    assert len({prompt.question for prompt in everything()}) >= 18


def test_no_wording_comes_again_before_the_others_of_its_kind_were_asked() -> None:
    asked: dict[str, list[str]] = {}
    for prompt in everything():
        asked.setdefault(prompt.kind, []).append(prompt.question)
    for kind, found in asked.items():
        turns = len(wording.wording("en").kinds[kind].ask)
        rounds = [found[k : k + turns] for k in range(0, len(found), turns)]
        assert all(len(set(some)) == len(some) for some in rounds), kind


def test_questions_are_open_short_and_neutral() -> None:
    for language in ("en", "de", "xx"):
        for kind, entry in wording.wording(language).kinds.items():
            assert len(entry.ask) >= 3, kind
            for number in range(len(entry.ask)):
                asked = wording.question(kind, language, number, "An Author", None)
                assert len(asked) <= 200
                assert asked.count("?") == 1
                assert not asked.startswith(("Is ", "Are ", "Do ", "Does ", "Should ", "Can "))
                assert "{" not in asked


def test_a_claim_stays_used_when_its_reading_changes_around_it() -> None:
    first = deck.deck([pair("Dams do more harm than good to every river.")])
    prompt = deck.deal(first, [], None)
    assert prompt
    changed = deck.deck([pair("Dams do more harm than good to every river.", "moved.txt")])
    other = Used(prompt.key, "0" * 64, 0, 5)
    assert deck.deal(changed, [other], None) is None


def test_a_place_that_was_used_is_not_used_again_whatever_its_key() -> None:
    cases = deck.deck([pair("Dams do more harm than good to every river.")])
    passage = cases[0].passage
    assert deck.deal(cases, [Used("", passage.reading.digest, 3, 5)], None) is None
    assert deck.deal(cases, [Used("", passage.reading.digest, passage.end, 999)], None)


def test_a_claim_is_not_its_own_counterpoint() -> None:
    text = "Dams should be torn down. Rivers should run as they did before people came."
    found = pair(text)[0].claim.passage.reading
    first, second = Passage(found, 0, 25), Passage(found, 26, len(text))
    claims = (Claim(second, 0.9, motion=second.text),)
    analysis = Analysis(claims, (Counterpoint(second, first, 0.9),))
    assert [p.own for p in pairs(analysis)] == [None]
    analysis = Analysis(claims, (Counterpoint(first, second, 0.9),))
    assert [p.own and p.own.passage for p in pairs(analysis)] == [first]


def groups(*texts: str) -> int:
    cases = deck.deck([pair(text, f"{number}.txt") for number, text in enumerate(texts)])
    return len({case.group for case in cases})


def test_near_duplicates_are_one_and_denials_are_two() -> None:
    lower = "The voting age should be lowered to sixteen."
    assert groups(lower, "The voting age should be lowered to sixteen everywhere.") == 1
    assert groups(lower, "The voting age should not be lowered to sixteen.") == 2
    assert groups(lower, "Parents should choose the schools of their children.") == 2


SAYINGS = st.builds(
    Saying,
    st.frozensets(st.sampled_from("abcdefghijkl"), max_size=9).map(tuple),
    st.booleans(),
)


@given(st.lists(SAYINGS, max_size=40))
def test_the_head_that_is_found_is_the_one_that_comparing_all_would_find(
    said: list[Saying],
) -> None:
    heard, heads = Heard(said), list[Saying]()
    for one in said:
        shares = {n: len({*one.stems} & {*h.stems}) for n, h in enumerate(heads) if alike(one, h)}
        wanted = max(shares, key=lambda n: (shares[n], -n), default=len(heads))
        assert heard.group(one, len(heads)) == wanted
        heads += [one] * (wanted == len(heads))


def test_the_same_history_deals_the_same_prompt_in_every_process() -> None:
    code = (
        "import sys; from pathlib import Path; from prompts.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "for prompt in library.upcoming([]): print(prompt.key, prompt.question)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(SEEDS)],
        env={"PYTHONHASHSEED": "1", "PYTHONPATH": str(SEEDS.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "".join(f"{p.key} {p.question}\n" for p in everything())


def keys() -> st.SearchStrategy[str]:
    return st.sampled_from([p.key for p in everything()])


def digests() -> st.SearchStrategy[str]:
    return st.sampled_from([r.digest for r in library().readings])


@given(
    st.lists(
        st.builds(
            Used,
            st.text(max_size=20) | st.deferred(keys),
            st.text(max_size=8) | st.deferred(digests),
            st.integers(-5, 7000),
            st.integers(-5, 7000),
        ),
        max_size=12,
    ),
    st.text(max_size=12) | st.sampled_from(["*", "[", "voting-at-sixteen/*", ",,"]),
)
def test_any_history_and_pattern_deal_something_fresh_or_nothing(
    history: list[Used], pattern: str
) -> None:
    prompt = library().next_prompt(history, pattern)
    assert (prompt is None) == (library().left(history, pattern) == 0)
    if prompt:
        assert deck.matches(prompt.claim.passage.reading, pattern)
        assert prompt.key not in {one.key for one in history}


@pytest.mark.parametrize("number", range(10))
def test_a_motion_is_one_sentence_without_the_marks_of_a_quotation(number: int) -> None:
    prompt = everything()[number]
    assert prompt.motion.strip() == prompt.motion
    assert prompt.motion.endswith(".")
    assert not set(prompt.motion) & set("“”")
