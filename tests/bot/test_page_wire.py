"""The page's wire: cards to JSON and back, requests to events, and what is sent back."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.card import (
    Bars,
    Button,
    Buttons,
    Card,
    Heading,
    Link,
    Note,
    Part,
    Picture,
    Quotation,
    Source,
    Text,
)
from bot.chat.history import History
from bot.chat.page_cards import Act, BadAct, act_of, card_json, card_of, check
from bot.events import Asked, Edited, Event, Said
from bot.model import Room

ROOM = Room("page", "agora")
ANN = {"id": "ann", "name": "Ann"}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
SOURCES = st.builds(Source, TEXTS, TEXTS, TEXTS, st.integers(0, 99), st.integers(0, 99))
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Text, TEXTS),
    st.builds(Note, TEXTS),
    st.builds(Quotation, TEXTS, TEXTS, SOURCES, TEXTS, TEXTS),
    st.builds(Bars, st.lists(st.tuples(TEXTS, st.integers(0, 99))).map(tuple)),
    st.builds(
        Picture,
        st.binary(max_size=40),
        TEXTS,
        st.just((Text("A:"), Bars((("A", 1),)))) | st.just(()),
    ),
    st.builds(Link, TEXTS, TEXTS),
    st.builds(Buttons, st.lists(st.builds(Button, TEXTS, TEXTS, TEXTS)).map(tuple)),
)


@given(st.builds(Card, st.lists(PARTS).map(tuple), TEXTS))
def test_every_card_comes_back_from_json_as_it_was(card: Card) -> None:
    assert card_of(json.loads(json.dumps(card_json(card)))) == card


def parsed(body: bytes) -> Act:
    return act_of(body, NOON, lambda: "00000001")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
WORDS = ["write", "edit", "delete", "take", "press", "page:agora", "for", "/quote x", "1"]
ANYTHING = (
    st.sampled_from(WORDS) | st.sampled_from(["\ud800", "\0", "\r\n", " ", "x" * 5_000]) | JSON
)
FIELDS = ("thread", "message", "text", "stance", "value", "action", "reason")
ODD = st.fixed_dictionaries(
    {
        "member": st.just(ANN) | st.fixed_dictionaries({"id": ANYTHING, "name": ANYTHING}) | JSON,
        "room": st.just("page:agora") | ANYTHING,
        "do": st.sampled_from(WORDS[:5]) | ANYTHING,
    },
    optional=dict.fromkeys(FIELDS, ANYTHING),
)
FIT = st.fixed_dictionaries(  # what a window sends, but for its words
    {
        "member": st.just(ANN),
        "room": st.just("page:agora"),
        "do": st.sampled_from(WORDS[:5]),
        "stance": st.just("for"),
        **dict.fromkeys(("thread", "message", "text", "value", "action"), st.text(min_size=1)),
    },
)


def fault(body: bytes) -> str:
    """The line that the window shows; empty for an act, which then can be kept as it is."""
    try:
        act = parsed(body)
        check(act, History(), (ROOM,))
    except BadAct as error:
        return str(error)
    json.dumps([asdict(act.member), asdict(act.event)], ensure_ascii=False, default=str).encode()
    return ""


@given(st.binary() | (FIT | ODD | JSON).map(lambda sent: json.dumps(sent).encode()))
def test_whatever_is_sent_is_an_act_that_can_be_kept_or_told_off_in_one_line(body: bytes) -> None:
    line = fault(body)
    line.encode()
    assert "\n" not in line
    assert len(line) < 200


def written(text: str, thread: str | None = "1") -> Event:
    sent = {"do": "write", "room": str(ROOM), "member": ANN, "thread": thread, "text": text}
    return parsed(json.dumps(sent).encode()).event


def test_a_slash_and_a_word_is_a_command_and_anything_else_is_a_reply() -> None:
    asked = written("/QUOTE  fair\nplay ", None)
    assert isinstance(asked, Asked)
    assert (asked.command, asked.text, asked.thread) == ("quote", "fair\nplay", None)
    assert isinstance(written("/counter"), Asked)
    for text in ("/etc/passwd is a file", "1/2", "/ quote", "//quote"):
        assert isinstance(written(text), Said)


@pytest.mark.parametrize("text", ["\ud800", "a\0b", "\x1b[2J", " \n ", "x" * 4_001])
def test_what_is_not_a_text_to_keep_is_sent_back(text: str) -> None:
    with pytest.raises(BadAct, match=r"^text "):
        written(text)


def test_words_outside_a_thread_are_sent_back_with_what_to_do() -> None:
    with pytest.raises(BadAct, match="/quote"):
        written("hello", None)


def test_nobody_can_take_the_bots_name() -> None:
    sent = {"do": "edit", "room": str(ROOM), "message": "1", "text": "x"}
    with pytest.raises(BadAct, match="choose another"):
        parsed(json.dumps({**sent, "member": {"id": "x", "name": " GADFLY "}}).encode())
    assert isinstance(parsed(json.dumps({**sent, "member": ANN}).encode()).event, Edited)
