"""Cards as Block Kit: what Slack takes, and what nobody's words can do."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from emulators.slack_shapes import words, wrong_blocks, wrong_view
from hypothesis import given
from hypothesis import strategies as st

from bot.card import (
    Bars,
    Button,
    Buttons,
    Card,
    Heading,
    Moment,
    Note,
    Picture,
    Quotation,
    Source,
    Text,
)
from bot.chat import slack_cards, slack_views
from bot.events import Took
from bot.model import Member, Room
from prompts.model import Stance

SOURCE = Source("reading", "a", "b", 0, 1)
AT = datetime(2026, 11, 24, 5, tzinfo=UTC)
ANN = Member("slack:U0ANN", "Ann")
TOOK = Took(Room("slack", "C0AGORA"), "debate", ANN, Stance.FOR, AT)
NASTY = "<!channel> <@U0BEN> <https://evil.example|here> *bold* _it_ `x` :tada: & > @everyone"


def quotation(words: str, citation: str = "A. Author, Title (2026), para. 2") -> Quotation:
    return Quotation(words, citation, SOURCE, "Claim")


def test_a_room_is_shown_by_its_name_where_it_is_named_first() -> None:
    where = Room("slack", "C0AGORA")
    text = "Nothing goes to slack:C0AGORA; gadfly resume --room slack:C0AGORA tries again."
    made = slack_cards.message(Card((Text(text, room=where),), text))
    [block] = made["blocks"]
    before, named, after = block["elements"][0]["elements"]
    assert (named["type"], named["channel_id"]) == ("channel", "C0AGORA")
    assert before["text"] == "Nothing goes to "
    assert after["text"].endswith("--room slack:C0AGORA tries again.")
    assert made["text"] == text.replace("slack:C0AGORA", "<#C0AGORA>", 1)
    unnamed = slack_cards.message(Card((Text(text),), text))
    assert "<#" not in json.dumps(unnamed)
    assert '"channel"' not in json.dumps(unnamed)
    elsewhere = slack_cards.message(Card((Text(text, room=Room("discord", "1")),), text))
    assert elsewhere == unnamed


lines = st.text(min_size=1, max_size=400)
parts = st.lists(
    st.one_of(
        lines.map(Heading),
        lines.map(Text),
        lines.map(Note),
        lines.map(lambda w: Note(f"{w} until 09:00.", (Moment("09:00", AT),))),
        lines.map(lambda w: Text(f"{w} until 09:00.", (Moment("09:00", AT),))),
        lines.map(quotation),
        st.integers(0, 10_000).map(lambda n: Bars((("For", n), ("Against", 0)))),
        lines.map(lambda w: Picture(b"", w)),
        st.lists(lines, min_size=1, max_size=5).map(
            lambda labels: Buttons(tuple(Button("share", label, label) for label in labels))
        ),
    ),
    min_size=1,
    max_size=90,
)


def test_a_quotation_stands_to_the_letter_where_slack_parses_nothing() -> None:
    blocks = slack_cards.message(Card((quotation(NASTY),)))["blocks"]
    [block] = blocks
    quote = next(e for e in block["elements"] if e["type"] == "rich_text_quote")
    assert quote["elements"] == [{"type": "text", "text": f"“{NASTY}”"}]


def test_no_words_reach_a_parsed_place_unescaped() -> None:
    card = Card((Heading(NASTY), Text(NASTY), Note(NASTY), quotation(NASTY)), summary=NASTY)
    sent = slack_cards.message(card)
    assert "<" not in sent["text"]
    assert ">" not in sent["text"]
    assert '"mrkdwn"' not in json.dumps(sent["blocks"])


def test_small_print_with_a_time_is_parsed_only_if_nothing_in_it_formats() -> None:
    plain = Note("Open until 09:00 & <then> closed.", (Moment("09:00", AT),))
    [block] = slack_cards.message(Card((plain,)))["blocks"]
    [element] = block["elements"]
    assert element["text"] == (
        f"Open until <!date^{int(AT.timestamp())}^{slack_cards.ZONED}|09:00> "
        "&amp; &lt;then&gt; closed."
    )
    formatting = Note("*Open* until 09:00.", (Moment("09:00", AT),))
    [block] = slack_cards.message(Card((formatting,)))["blocks"]
    assert block["elements"][0] == {
        "type": "plain_text",
        "text": "*Open* until 09:00.",
        "emoji": False,
    }


def test_a_time_in_a_line_is_a_date_of_slacks() -> None:
    [block] = slack_cards.message(Card((Text("It closes 09:00 today.", (Moment("09:00", AT),)),)))[
        "blocks"
    ]
    before, date, after = block["elements"][0]["elements"]
    assert (before["text"], after["text"]) == ("It closes ", " today.")
    assert (date["type"], date["timestamp"], date["fallback"]) == (
        "date",
        int(AT.timestamp()),
        "09:00",
    )


def test_only_quotations_wear_quotation_marks() -> None:
    card = Card((Heading("“a”"), Text("“b”"), Note("“c”"), quotation("d", "“e”")), summary="“f”")
    sent = slack_cards.message(card)
    assert words(sent["blocks"]).count("“") == 1
    assert "“" not in sent["text"]


@given(parts)
def test_whatever_a_card_holds_slack_takes_it(made: list[object]) -> None:
    sent = slack_cards.message(Card(tuple(made)))  # type: ignore[arg-type] - drawn from parts
    assert wrong_blocks(sent["blocks"], 50) is None
    assert 1 <= len(sent["text"]) <= 4_000
    assert len(words(sent["blocks"])) <= 13_000
    assert wrong_view(slack_views.home(Card(tuple(made)))) is None  # type: ignore[arg-type]
    assert wrong_view(slack_views.stand(TOOK, Card(tuple(made)))) is None  # type: ignore[arg-type]


def test_what_does_not_fit_is_left_out_whole_and_counted() -> None:
    points = tuple(quotation(f"{n} " + "word " * 100) for n in range(60))
    sent = slack_cards.message(Card((Heading("Summary"), *points, Note("60 of 60"))))
    shown = words(sent["blocks"])
    kept = [point for point in points if f"“{point.text}”" in shown]
    assert 15 < len(kept) < 60
    assert f"{60 - len(kept)} more quotations did not fit into this message." in shown
    assert "60 of 60" in shown


def test_many_short_parts_are_joined_rather_than_lost() -> None:
    points = tuple(quotation(f"point {n}") for n in range(70))
    sent = slack_cards.message(Card((Heading("Summary"), *points)))
    assert all(f"“{point.text}”" in words(sent["blocks"]) for point in points)


def test_buttons_of_one_message_have_ids_of_their_own() -> None:
    row = Buttons((Button("skip", "Skip", "a"), Button("skip", "Skip", "b")))
    sent = slack_cards.message(Card((row, row)))
    idents = [b["action_id"] for block in sent["blocks"] for b in block["elements"]]
    assert idents == ["skip", "skip:2", "skip:3", "skip:4"]


def test_a_picture_is_a_file_of_slacks_or_its_words() -> None:
    card = Card((Picture(b"png", "3 for, 2 against"),))
    [image] = slack_cards.message(card, "F0123")["blocks"]
    assert image == {
        "type": "image",
        "slack_file": {"id": "F0123"},
        "alt_text": "3 for, 2 against",
    }
    assert "3 for, 2 against" in words(slack_cards.message(card)["blocks"])


def test_a_picture_that_does_not_go_up_stands_as_bars() -> None:
    counts, points = Bars((("For", 3), ("Against", 2))), Bars((("Cages are cruel", 2),))
    shown = words(
        slack_cards.message(Card((Picture(b"png", "3 for", (counts, points)),)))["blocks"]
    )
    assert "For      ███ 3" in shown
    assert "Cages are cruel" in shown


def test_a_quotation_leads_to_its_message_and_to_nowhere_that_its_words_name() -> None:
    led = replace(quotation(NASTY, NASTY), link="https://study.slack.com/archives/C0/p1")
    told = json.dumps(slack_cards.message(Card((led,)))["blocks"])
    assert re.findall('"url": "([^"]*)"', told) == ["https://study.slack.com/archives/C0/p1"]


def test_a_window_asks_for_a_reason_only_where_the_stance_counted() -> None:
    counted = slack_views.stand(TOOK, Card((Text("You are for."), Bars((("For", 1),)))))
    closed = slack_views.stand(TOOK, Card((Text("This debate is closed."),)))
    assert [b["type"] for b in counted["blocks"]][-1] == "input"
    assert "submit" not in closed
    assert all(b["type"] != "input" for b in closed["blocks"])


def test_a_reason_stands_right_behind_its_press_whatever_our_clock_says() -> None:
    view = slack_views.stand(TOOK, Card((Bars((("For", 1),)),)))
    view["state"] = {"values": {"reason": {"reason": {"value": "  because\n of this "}}}}
    press, took = slack_views.told(view, ANN)
    assert press == TOOK
    assert timedelta(0) < took.at - TOOK.at < timedelta(milliseconds=1)
    assert (took.reason, took.stance, took.value) == ("because of this", Stance.FOR, "debate")
    for state in ({"values": {"reason": {"reason": {"value": None}}}}, {"values": {}}, {}, None):
        assert slack_views.told({**view, "state": state}, ANN) == [TOOK]
