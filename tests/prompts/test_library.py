"""The library as the bot sees it: prompts, quotations, counterpoints, places."""

import dataclasses
from pathlib import Path

import pytest
from begun import SEEDS, library
from hypothesis import given
from hypothesis import strategies as st

from prompts import __main__ as program
from prompts.library import Library
from prompts.model import Passage, Remark, Verdict
from prompts.quotes import Known
from prompts.windows import alone


def claims() -> list[Passage]:
    return [pair.claim.passage for pair in library().pairs]


def written(folder: Path, **texts: str) -> Library:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Library.open(folder)


# -- opening ------------------------------------------------------------------------------------


def test_the_seeds_open_without_trouble() -> None:
    assert len(library().readings) >= 6
    assert library().troubles == ()


def test_a_reading_that_says_what_another_says_is_told_with_the_other(tmp_path: Path) -> None:
    source = (SEEDS / "voting-at-sixteen" / "the-age-of-full-account.md").read_text("utf-8")
    (tmp_path / "account.md").write_text(source, encoding="utf-8")
    (tmp_path / "copy.md").write_text(f"{source}\n\nRead on 3 May.\n", encoding="utf-8")
    (tmp_path / "idle.txt").write_text("It rained on Tuesday.\n", encoding="utf-8")
    told = {trouble.file: trouble.why for trouble in Library.open(tmp_path).troubles}
    assert told.keys() == {"copy.md", "idle.txt"}
    assert told["copy.md"].startswith(
        "makes no claim that others do not make, account.md above all"
    )
    assert told["idle.txt"].startswith("makes no claim that a group could argue about")


def test_readings_with_nothing_to_argue_about_deal_nothing(tmp_path: Path) -> None:
    library = written(tmp_path, list="Flour 200 g, two eggs, a pinch of salt.")
    assert library.next_prompt([]) is None
    assert library.left([]) == 0
    assert list(library.upcoming([])) == []


def test_an_empty_folder_answers_everything_with_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    assert library.readings == ()
    assert library.next_prompt([]) is None
    assert library.quotes("sleep") == ()
    assert library.counter("Sleep matters.").verdict is Verdict.NONE
    assert library.topics() == ()


# -- quotes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "topic", ["phones", "nuclear weapons", "arms control", "self-control", "bullying"]
)
def test_quotations_come_from_different_readings_and_stand_alone(topic: str) -> None:
    found = library().quotes(topic)
    assert 2 <= len(found) <= 3
    assert len({passage.reading.key for passage in found}) >= 2
    for n, passage in enumerate(found):
        assert alone(passage.text)
        assert not Known(found[:n]).repeats(passage)


@pytest.mark.parametrize("topic", ["weather forecast", "the", "", "cats and dogs", "blockchain"])
def test_a_topic_that_no_reading_speaks_of_gets_no_quotation(topic: str) -> None:
    assert library().quotes(topic) == ()


@pytest.mark.parametrize("topic", ["voting", "sixteen"])
def test_a_topic_is_quoted_from_the_readings_that_are_about_it(topic: str) -> None:
    found = {passage.reading.key.split("/")[0] for passage in library().quotes(topic)}
    assert found == {"voting-at-sixteen"}


def test_a_word_is_found_however_it_is_spelled() -> None:
    assert library().quotes("16") == library().quotes("sixteen")
    assert any("suspensions" in p.text for p in library().quotes("suspend"))


def test_the_half_of_a_word_at_the_end_of_a_long_question_asks_nothing() -> None:
    assert library().quotes("voting " * 2000) == library().quotes("voting")


def test_other_words_for_a_topic_find_it() -> None:
    found = " ".join(passage.text for passage in library().quotes("kids and focus"))
    assert any(word in found for word in ("attention", "distraction", "concentrat"))


def test_what_only_touches_a_topic_of_two_words_is_not_quoted(tmp_path: Path) -> None:
    texts = {
        "Licences": "Drivers need a licence, and those who lose it have to wait for years.",
        "Holidays": "A school stands empty in July. Some want the school to open all summer.",
        "School uniforms": "A uniform saves parents money, and nobody is laughed at for clothes.",
    }
    for title, text in texts.items():
        (tmp_path / f"{title}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
    found = Library.open(tmp_path)
    assert found.quotes("bus drivers") == ()
    assert [p.text for p in found.quotes("school uniforms")] == [texts["School uniforms"]]
    assert [p.text for p in found.quotes("drivers")] == [texts["Licences"]]


def test_a_motion_is_countered_by_what_speaks_of_its_subject_alone(tmp_path: Path) -> None:
    text = "Zoos protect rare animals. Zoos teach children to respect animals and nature."
    (tmp_path / "zoos.txt").write_text(f"On animals\n\n{text}\n", encoding="utf-8")
    (tmp_path / "shops.txt").write_text("On shops\n\nShops close at six these days.\n", "utf-8")
    found = Library.open(tmp_path).counter("Zoos should be closed")
    assert found.verdict is not Verdict.NONE
    assert {p.reading.key for p in found.passages} == {"zoos.txt"}


def test_quotations_keep_to_the_pattern_and_the_limit() -> None:
    found = library().quotes("school", 2, "voting-at-sixteen/*")
    assert 0 < len(found) <= 2
    assert all(p.reading.key.startswith("voting-at-sixteen/") for p in found)
    assert library().quotes("school", 3, "none/*") == ()


def test_topics_can_all_be_asked_about() -> None:
    topics = library().topics()
    assert len(topics) >= 10
    for topic in topics:
        found = library().quotes(topic)
        assert found, topic
        for n, passage in enumerate(found):
            assert not any(passage.overlaps(other) for other in found[:n])


def test_topics_are_those_that_hold_what_was_typed() -> None:
    assert set(library().topics(typed=" PHO")) == {"telephone", "smartphone"}
    assert library().topics("voting-at-sixteen/*", "pho") == ()
    assert library().topics("nowhere/*") == ()


# -- counters -----------------------------------------------------------------------------------


def test_a_claim_of_the_deck_is_answered_with_what_opposes_it() -> None:
    for pair in library().pairs:
        passage = pair.claim.passage
        answer = library().counter(passage.text, passage)
        known = [p.passage for p in (pair.own, pair.other) if p]
        if known:
            assert answer.verdict is Verdict.OPPOSES
            assert set(known) & set(answer.passages)


def test_a_claim_never_comes_back_as_its_own_counter() -> None:
    for claim in claims():
        for near in (claim, None):
            for found in library().counter(claim.text, near).passages:
                assert not found.overlaps(claim), claim.text


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("Ukraine is a precedent for North Korea.", "Ukraine is not a precedent for North Korea"),
        ("The voting age should not be lowered.", "The voting age should be lowered to sixteen"),
        ("Schools should ban smartphones.", "Governments should not ban smartphones"),
        ("Schools should not ban smartphones.", "Schools should ban smartphones"),
        ("The voting age should be lowered", "The voting age should remain at eighteen"),
    ],
)
def test_a_plain_denial_opposes(claim: str, answer: str) -> None:
    found = library().counter(claim)
    assert found.verdict is Verdict.OPPOSES
    assert any(answer in passage.text for passage in found.passages)


@pytest.mark.parametrize(
    "claim",
    [
        "Security assurances are worthless.",
        "Multilateral institutions cannot restrain a great power.",
        "Children learn self-control by practice.",
        "Smartphone bans do not raise results.",
        "Schools should ban smartphones.",
        "Bans teach self-control",
    ],
)
def test_what_says_the_same_is_never_said_to_oppose(claim: str) -> None:
    paraphrases = (
        "Security assurances are worthless to a state",
        "Multilateral institutions cannot restrain a great power that",
        "Self-control is learned by practice",
        "Smartphone bans do not reliably raise results",
        "Children of twelve should have no smartphone",
        "A ban teaches self-control",
    )
    found = library().counter(claim)
    if found.verdict is Verdict.OPPOSES:
        assert not any(p.text.startswith(paraphrases) for p in found.passages)


@pytest.mark.parametrize(
    "claim", ["Sanctions on North Korea do not work", "Phone bans do not help learning"]
)
def test_a_side_is_not_said_of_what_speaks_of_half_the_claim(claim: str) -> None:
    assert library().counter(claim).verdict is not Verdict.OPPOSES


def test_a_claim_that_stands_in_the_readings_hides_none_that_answers_it() -> None:
    found = library().counter("Bans teach self-control").passages
    assert found[0].text.startswith("A ban gives no practice in self-control")
    assert not any(p.text.startswith("A ban teaches") for p in found)


def test_a_side_is_named_only_of_what_argues() -> None:
    found = library().counter("Sanctions on North Korea do not work")
    assert found.verdict is Verdict.UNCERTAIN


@pytest.mark.parametrize("word", ["voting", "sixteen", "Ukraine"])
def test_a_single_word_claims_nothing_that_could_be_opposed(word: str) -> None:
    assert library().counter(word).verdict is not Verdict.OPPOSES


def test_a_claim_that_is_turned_twice_is_opposed_by_no_guess() -> None:
    found = library().counter("Smartphone bans do not work")
    assert found.verdict is Verdict.UNCERTAIN


def test_words_that_stand_here_and_there_are_no_issue() -> None:
    assert library().counter("Climate change is a hoax").verdict is Verdict.NONE


def test_what_a_long_reading_names_once_in_passing_is_not_its_issue(tmp_path: Path) -> None:
    trams = [
        f"Trams serve the {n}th district well. Many people ride them there." for n in range(40)
    ]
    passing = "If we want answers, from noise to climate change, trams must be built."
    (tmp_path / "trams.txt").write_text("\n\n".join([*trams, passing, *trams]), encoding="utf-8")
    found = Library.open(tmp_path).counter("Climate change is a hoax")
    assert found.verdict is Verdict.NONE
    assert "climate change" in found.passages[0].text


def test_a_claim_made_within_a_longer_sentence_does_not_come_back() -> None:
    found = library().counter("North Korea will never give up its weapons")
    assert not any("will never give up its nuclear weapons" in p.text for p in found.passages)


def test_a_denial_joined_to_another_claim_is_one_all_the_same() -> None:
    found = library().counter("North Korea will give up its nuclear weapons")
    assert found.verdict is Verdict.OPPOSES
    assert "North Korea will never give up" in found.passages[0].text


def test_nothing_in_the_readings_opposes_what_they_do_not_speak_of() -> None:
    assert library().counter("Cats are better than dogs.").verdict is Verdict.NONE
    assert library().counter("").passages == ()


def test_a_claim_is_read_in_the_language_of_what_is_found(tmp_path: Path) -> None:
    german = "Ein Tempolimit rettet Leben. Wer langsamer fährt, bremst früher und stirbt seltener."
    french = "Les devoirs à la maison devraient être supprimés, parce qu'ils sont injustes."
    (tmp_path / "a.md").write_text(f"---\nlanguage: de\n---\n{german}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"---\nlanguage: fr\n---\n{french}\n", encoding="utf-8")
    opened = Library.open(tmp_path)
    assert opened.counter("Les devoirs à la maison devraient être supprimés").passages == ()
    denied = opened.counter("Les devoirs à la maison ne devraient pas être supprimés")
    assert denied.verdict is not Verdict.NONE
    assert denied.passages[0].text.startswith("Les devoirs")


def test_counters_keep_to_the_pattern() -> None:
    pattern = "phones-in-school/six*"
    found = library().counter("Schools should ban smartphones.", None, pattern)
    assert all(p.reading.key.startswith("phones-in-school/six") for p in found.passages)


@given(st.text(max_size=200), st.deferred(lambda: st.sampled_from([None, *claims()[:5]])))
def test_any_text_gets_an_answer_of_slices(text: str, near: Passage | None) -> None:
    for passage in (*library().quotes(text), *library().counter(text, near).passages):
        assert passage.text == passage.reading.text[passage.start : passage.end]


# -- places -------------------------------------------------------------------------------------


def test_a_quotation_is_found_again_where_it_was_cut() -> None:
    passage = claims()[0]
    reading, start, end = passage.reading, passage.start, passage.end
    assert library().passage(reading.key, reading.digest, start, end) == passage


@pytest.mark.parametrize("start_end", [(5, 5), (9, 3), (-1, 4), (0, 10**9)])
def test_a_place_that_is_not_there_gives_none(start_end: tuple[int, int]) -> None:
    reading = library().readings[0]
    assert library().passage(reading.key, reading.digest, *start_end) is None
    assert library().passage("other.md", reading.digest, 0, 5) is None
    assert library().passage(reading.key, "0" * 64, 0, 5) is None


def test_the_context_of_a_passage_is_its_paragraph() -> None:
    for claim in claims()[:10]:
        around = library().context(claim)
        assert around.start <= claim.start
        assert around.end >= claim.end
        assert "\n\n" not in around.text
    reading = library().readings[0]
    gap = reading.blocks[0].end
    assert library().context(Passage(reading, gap, gap + 1)) == Passage(reading, gap, gap + 1)


def test_a_library_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        library().pairs = ()  # type: ignore[misc]  # the point of the test


def test_key_points_are_those_of_the_remarks() -> None:
    remarks = [Remark("1", "ann", "A ban gives every pupil a quiet classroom.")]
    found = library().key_points("Schools should ban smartphones.", remarks)
    assert [point.members for point in found.lone] == [frozenset(["ann"])]


# -- the program --------------------------------------------------------------------------------


def test_the_program_asks_in_order_and_quotes_between_quotation_marks_and_nowhere_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert program.main([str(SEEDS), "--count", "100"]) == 0
    told = capsys.readouterr().out
    motions = [prompt.motion for prompt in library().upcoming([])]
    asked = [line for line in told.splitlines() if line[:1].isdigit()]
    assert asked == [f"{n}. {motion}" for n, motion in enumerate(motions, start=1)]
    shown = " ".join(told.split())
    quoted = [part.split("”")[0] for part in shown.split("“")[1:]]
    texts = " ".join(" ".join(reading.text.split()) for reading in library().readings)
    assert len(quoted) > 60
    assert all(words in texts for words in quoted)


def test_the_program_says_in_one_line_what_a_folder_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main([str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "no claim to argue about" in said.out
    assert "holds no readings" in said.err


def test_a_claim_in_other_words_than_an_essay_that_answers_it_is_answered_by_it() -> None:
    found = library().counter("The voting age should be lowered to 16")
    assert found.verdict is Verdict.OPPOSES
    assert {p.reading.key for p in found.passages} == {
        "voting-at-sixteen/the-age-of-full-account.md"
    }
