"""The summary: people are counted, everyone stands in it, and every line quoted is theirs."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import gate, plain
from bot.argmap import argdown
from bot.card import Bars, Card, Link
from bot.chart import chart
from bot.digest_card import Told, digest_card
from bot.exchange import Exchange, listen
from bot.model import Member, Position, Reply, Room
from bot.story import Story
from bot.summary import summary_card
from prompts.model import Stance
from prompts.summary import sum_up

ROOM = Room("page", "agora")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOTION = "Rivers should have rights of their own."


def member(name: str) -> Member:
    return Member(f"page:{name.lower()}", name)


def reply(number: int, name: str, text: str, minutes: int = 0) -> Reply:
    return Reply(ROOM, f"m{number}", member(name), text, NOON + timedelta(minutes=minutes))


def took(name: str, stance: Stance, minutes: int = 0, reason: str | None = None) -> Position:
    return Position(member(name), stance, NOON + timedelta(minutes=minutes), reason)


def card_of(exchange: Exchange) -> Card:
    return summary_card(Story(MOTION, exchange, sum_up(MOTION, exchange.remarks)))


def text_of(exchange: Exchange) -> str:
    return plain.render(card_of(exchange))


def test_everyone_who_wrote_is_counted_once_however_much_they_wrote() -> None:
    replies = [reply(n, "Ada", f"Point number {n} about rivers and their law.") for n in range(9)]
    replies.append(reply(10, "Ben", "Courts are the wrong place for questions about water."))
    text = text_of(listen(replies, [], NOON))
    assert "2 of 2 contributors represented" in text


def test_a_question_is_no_attack_on_the_map_and_no_lone_voice_in_the_chart() -> None:
    asked = "Did a court ever ask the farmers upstream?"
    replies = [
        reply(1, "Ada", "The farmers upstream have asked the court for a river of their own."),
        reply(2, "Ben", asked),
    ]
    positions = [took("Ada", Stance.FOR), took("Ben", Stance.AGAINST)]
    exchange = listen(replies, positions, NOON)
    story = Story(MOTION, exchange, sum_up(MOTION, exchange.remarks))
    assert asked in [point.excerpt.text for point in story.lone]
    (line,) = [line for line in argdown(story, ()).splitlines() if asked in line]
    assert line.strip().startswith("_ ")
    assert sum(chart(story).lone.values()) == len(story.lone) - 1


def test_what_only_one_person_said_is_kept() -> None:
    replies = [
        reply(1, "Ada", "Guardians can speak for a river as they speak for children."),
        reply(2, "Ben", "A guardian can speak for a river just as one speaks for children."),
        reply(3, "Cem", "The farmers upstream will lose their wells and nobody asks them."),
    ]
    positions = [took(name, Stance.FOR) for name in ("Ada", "Ben")]
    text = text_of(listen(replies, [*positions, took("Cem", Stance.AGAINST)], NOON))
    assert "“The farmers upstream will lose their wells and nobody asks them.”" in text
    assert "— Cem (against)" in text


def test_who_took_no_stance_comes_after_lone_voices_of_a_side() -> None:
    said = [
        reply(1, "Ana", "Nurses cannot walk away from their patients."),
        reply(2, "Ben", "Ships rust faster in the tropics."),
        reply(3, "Cy", "Factories would close within a year."),
    ]
    stances = [took("Ana", Stance.FOR), took("Cy", Stance.FOR)]
    text = text_of(listen(said, stances, NOON + timedelta(hours=1)))
    assert text.index("Ships rust") > max(text.index("Nurses"), text.index("Factories"))


def test_what_one_person_says_in_two_messages_stands_together() -> None:
    said = [
        reply(1, "Ana", "Dams would need a permit from the fish."),
        reply(2, "Ben", "A river cannot hire counsel."),
        reply(3, "Ana", "and then the mayor would sue the water."),
        reply(4, "Cem", "Floods belong to nobody at all."),
    ]
    stances = [took(name, Stance.FOR) for name in ("Ana", "Ben", "Cem")]
    lines = text_of(listen(said, stances, NOON)).splitlines()
    quoted = [line.strip() for line in lines if line.strip().startswith("“")]
    assert quoted.index(f"“{said[2].text}”") == quoted.index(f"“{said[0].text}”") + 1


def test_a_question_that_others_took_up_is_asked_and_not_said() -> None:
    replies = [
        reply(1, "Ada", "Who pays the guardians of the river?"),
        reply(2, "Ben", "The state pays the guardians of the river."),
    ]
    positions = [took("Ada", Stance.FOR), took("Ben", Stance.AGAINST)]
    lines = text_of(listen(replies, positions, NOON)).splitlines()
    headings = [line for line in lines if line.endswith("person:")]
    assert headings == ["Said by one person:", "Asked by one person:"]


def test_a_change_of_mind_is_counted_and_nobody_is_named() -> None:
    positions = [took("Ada", Stance.TORN), took("Ada", Stance.FOR, 5), took("Ben", Stance.FOR)]
    text = text_of(listen([], positions, NOON + timedelta(hours=1)))
    assert "1 person moved from torn to for." in text
    assert "Ada moved" not in text


def test_what_was_said_before_its_author_changed_sides_is_on_no_side() -> None:
    said = [
        reply(1, "Ada", "Only here do children see a live elephant.", 1),
        reply(2, "Ada", "Elephants walk fifty miles a day.", 6),
    ]
    stances = [took("Ada", Stance.AGAINST), took("Ada", Stance.FOR, 5), took("Ben", Stance.FOR)]
    before, after = listen(said, stances, NOON + timedelta(hours=1)).remarks
    assert (before.stance, after.stance) == (None, Stance.FOR)


def test_who_changed_sides_is_told_of_no_line_of_theirs() -> None:
    said = [
        reply(1, "Ada", "Only here do children see a live elephant.", 1),
        reply(2, "Ada", "Rangers need the money of the visitors.", 6),
        reply(3, "Ben", "Hospitals come first.", 6),
    ]
    stances = [took("Ada", Stance.AGAINST), took("Ada", Stance.FOR, 5), took("Ben", Stance.FOR)]
    text = text_of(listen(said, stances, NOON + timedelta(hours=1)))
    assert text.count("— Ada\n") == 2
    assert "— Ben (for)" in text


def test_what_was_said_before_any_stance_is_on_the_side_that_was_taken() -> None:
    said = [reply(1, "Ada", "Elephants walk fifty miles a day.", 0)]
    (remark,) = listen(said, [took("Ada", Stance.FOR, 5)], NOON + timedelta(hours=1)).remarks
    assert remark.stance is Stance.FOR


def test_what_came_after_the_close_is_not_counted() -> None:
    replies = [reply(1, "Ada", "In time, with something to say.", 0), reply(2, "Ben", "Late.", 1)]
    exchange = listen(replies, [took("Ada", Stance.FOR, 1)], NOON)
    assert exchange.contributors == {"page:ada"}
    assert not exchange.last


def test_a_reason_given_with_a_stance_is_a_contribution() -> None:
    reason = "A river has nobody else to speak for it."
    exchange = listen([], [took("Ada", Stance.FOR, 0, reason)], NOON)
    assert "“A river has nobody else to speak for it.”" in text_of(exchange)


def test_too_few_are_told_as_too_few() -> None:
    assert "Too few to tell" in text_of(listen([reply(1, "Ada", "I agree with it.")], [], NOON))


def test_a_debate_nobody_joined_says_so() -> None:
    assert "Nobody took part" in text_of(listen([], [], NOON))


def test_the_bars_count_where_people_ended() -> None:
    positions = [took("Ada", Stance.FOR), took("Ben", Stance.TORN), took("Ben", Stance.AGAINST, 1)]
    card = card_of(listen([], positions, NOON + timedelta(hours=1)))
    bars = next(part for part in card.parts if isinstance(part, Bars))
    assert bars.rows == (("For", 1), ("Against", 1), ("Torn", 0))


texts = st.text(max_size=60)
names = st.sampled_from(["Ada", "Ben", "Cem", "Dee", "Eve"])
stances = st.sampled_from(Stance)


@settings(max_examples=25)  # every card has its picture drawn
@given(st.lists(st.tuples(names, texts), max_size=12), st.dictionaries(names, stances))
def test_every_contributor_is_represented_and_every_quotation_passes_the_gate(
    said: list[tuple[str, str]], stood: dict[str, Stance]
) -> None:
    replies = [reply(n, name, text) for n, (name, text) in enumerate(said)]
    exchange = listen(replies, [took(name, stance) for name, stance in stood.items()], NOON)
    card = card_of(exchange)
    count = len(exchange.contributors)
    if count or stood:
        assert f"{count} of {count} contributor" in plain.render(card)
    words = {remark.id: remark.text for remark in exchange.remarks}
    assert gate.faults(card, lambda source: gate.cut_text(words[source.key], source)) == ()


def test_what_both_sides_say_stands_once_and_names_who_agrees() -> None:
    replies = [
        reply(1, "Ada", "The cost of a court case must be paid by the state."),
        reply(2, "Ben", "The cost of a court case must be paid by the state, too."),
        reply(3, "Cem", "Fishermen know a river better than any judge."),
    ]
    positions = [took("Ada", Stance.FOR), took("Ben", Stance.AGAINST), took("Cem", Stance.AGAINST)]
    text = text_of(listen(replies, positions, NOON))
    said = text.partition("Said on both sides:")[2]
    assert "; 1 for, 1 against" in said
    assert ", with " in said
    words = said.split("“")[1].split("”")[0]
    assert text.count(f"“{words}”") == 1
    assert "3 of 3 contributors represented" in text


def test_who_took_no_side_is_counted_with_the_point_and_that_is_said() -> None:
    words = "The cost of a court case must be paid by the state."
    replies = [
        reply(1, "Ada", words),
        reply(2, "Ben", words),
        reply(3, "Cem", "Fishermen know a river better than any judge."),
    ]
    positions = [took("Ada", Stance.FOR), took("Cem", Stance.AGAINST)]
    text = text_of(listen(replies, positions, NOON))
    assert text.count(f"“{words}”") == 1
    assert "— Ada, with Ben (1 of them took no side)" in text
    assert "Without a stance" not in text
    assert "3 of 3 contributors represented" in text


def test_a_digest_leads_to_each_summary_that_has_an_address() -> None:
    exchange = listen([reply(1, "Ana", "Rivers feed us all.")], [], NOON + timedelta(hours=1))
    story = Story(MOTION, exchange, sum_up(MOTION, exchange.remarks))
    card = digest_card([Told(story, "https://chat.example/1"), Told(story)])
    assert [p.url for p in card.parts if isinstance(p, Link)] == ["https://chat.example/1"]
