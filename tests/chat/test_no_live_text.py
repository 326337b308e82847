"""Text is data: nothing that a reading or a member wrote can call, link or format, on no platform.

The readers here are written as the platforms' own are: what they find live, a member would see
live. Hostile texts go through each renderer, ten thousand of them in the soak.
"""

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pytest
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
from bot.chat import discord_cards, discord_text, slack_cards, unseen
from bot.chat.discord_cards import LONGEST_ID, LONGEST_TEXT, Image, Row, Words
from bot.chat.discord_text import size
from bot.model import Room

CASES = [pytest.param(500, id="500"), pytest.param(10_000, marks=pytest.mark.soak, id="10000")]
HOSTILE = [
    *("@everyone", "@here", "<@1234567890>", "<@!123>", "<@&42>", "<#99>", "<:gad:1>", "<a:b:2>"),
    *("<t:0:R>", "</quote:1>", "<id:home>", "https://evil.example/x", "http://a.b", "discord://-/"),
    *("[click](https://evil.example)", "<https://evil.example>", "[a]: http://b", "||spoiler||"),
    *("**bold**", "*i*", "__u__", "_i_", "~~s~~", "`c`", "```x```", "\\*", "\\\\", "\\", "\\<@1>"),
    *(
        "\n# big",
        "\n## big",
        "\n-# small",
        "\n> quoted",
        "\n>>> all",
        "\n- item",
        "\n* item",
        "\n1. x",
    ),
    *(
        "<!channel>",
        "<!here>",
        "<!everyone>",
        "<@U012>",
        "<#C012|x>",
        "<!subteam^S1>",
        "&lt;@U1&gt;",
    ),
    *(
        "<https://evil.example|safe>",
        "<!date^0^{date}|x>",
        "&",
        "<",
        ">",
        "&amp;",
        "<mailto:a@b|c>",
    ),
    *(
        "“",
        "”",
        "\u202e",
        "\u200b",
        "\x00",
        "\n",
        "\n\n",
        " ",
        "é",
        "漢字",
        "🦟",
        "\u2028",
        "\t",
        "a",
    ),
    *("word", "end.", "(", ")", "[", "]", "|", "@", "#", ":", "/", "//", "://", "http:", "=", "+"),
]
ROOM = Room("discord", "1234567890123456789")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

# -- what is live on Discord --------------------------------------------------------------------

LIVE = re.compile(
    r"(?P<mention><@[!&]?\d+>|<#\d+>|</[\w -]+:\d+>|<id:\w+>|@everyone|@here)"
    r"|(?P<emoji><a?:\w+:\d+>)|(?P<time><t:-?\d+(?::\w)?>)"
    r"|(?P<link>(?:https?|steam|discord)://[^\s<]|<(?:https?|discord|mailto):[^>]*>|\]\()"
    r"|(?P<code>`)|(?P<strong>\*|_|~~|\|\|)"
)
LINE = re.compile(r"(?P<line>#{1,3} |-# |>>> |> |[-*+] |\d+\. )")


def live(markdown: str) -> Iterator[tuple[str, str]]:
    """What Discord makes of a text beyond letters, in order: kind and words."""
    at, line_start = 0, True
    while at < len(markdown):
        if markdown.startswith("```", at):  # nothing is live between fences
            yield "fence", "```"
            end = markdown.find("```", at + 3)
            at = len(markdown) if end < 0 else end + 3
            continue
        if markdown[at] == "\\" and at + 1 < len(markdown) and not markdown[at + 1].isalnum():
            at, line_start = at + 2, False
            continue
        found = (LINE.match(markdown, at) if line_start else None) or LIVE.match(markdown, at)
        if found is not None:
            yield str(found.lastgroup), found[0]
            at = found.end()
            continue
        line_start = markdown[at] == "\n" or (line_start and markdown[at] == " ")
        at += 1


def shown(card: Card) -> list[tuple[str, str]]:
    words = [
        b.text for page in discord_cards.pages(card, ROOM) for b in page if isinstance(b, Words)
    ]
    return [found for text in words for found in live(text)]


def test_the_reader_sees_what_is_live() -> None:
    assert [kind for kind, _ in live("# a <@1> **b** https://x.y [c](d)\n> e @here `f`")] == [
        *("line", "mention", "strong", "strong", "strong", "strong", "link", "link", "line"),
        *("mention", "code", "code"),
    ]
    assert list(live(r"\<\@1> \*\*b \@everyone http:\//x \[c\](d) \`")) == []


def hostile(seed: random.Random) -> str:
    return "".join(seed.choice(HOSTILE) for _ in range(seed.randint(1, 12)))


def card_of(text: str) -> Card:
    """A card with the text in every place that a reading's or a member's words can take."""
    source = Source("reply", "1", "0", 0, len(text))
    return Card(
        (
            Heading(text),
            Quotation(text, text, source, "Claim"),
            Quotation(text, text, source),
            Text(text),
            Note(f"{text} Open until Mon.", (Moment("Open until Mon.", AT),)),
            Bars(((text[:20].replace("\n", " "), 3),)),
            Buttons((Button("for", text[:40], text[:20]),)),
        ),
        text,
    )


def made(count: int) -> Iterator[str]:
    seed = random.Random(6)  # noqa: S311 - the same hostile texts each time
    texts = (hostile(seed) for _ in range(2 * count))
    return islice((text for text in texts if unseen.seen(text).strip()), count)


# In order: heading; box with label, quotation, citation; quotation, citation; text; note, its time.
OWN = {"line", "strong", "time", "fence"}


@pytest.mark.parametrize("count", CASES)
def test_hostile_texts_are_dead_on_discord(count: int) -> None:
    for text in made(count):
        found = shown(card_of(text))
        foreign = [(kind, words) for kind, words in found if kind not in OWN]
        assert foreign == [], text
        # What is live is Gadfly's own: bold around the label, the fence of the bars, one time.
        assert [w for k, w in found if k == "strong"] == ["*"] * 4, text
        assert [w for k, w in found if k == "fence"] == ["```"], text
        assert [w for k, w in found if k == "time"] == [f"<t:{int(AT.timestamp())}:F>"], text
        lines = {w for k, w in found if k == "line"}
        assert lines <= {"## ", "> ", "-# "}, text


@pytest.mark.timeout(300)
@pytest.mark.parametrize("count", CASES)
def test_hostile_texts_are_dead_on_slack(count: int) -> None:
    date = re.compile(r"<!date\^\d+\^[^<>|]*\|[^<>]*>")
    for text in made(count):
        message = slack_cards.message(card_of(text))
        parsed = [message["text"], *_mrkdwn(json.loads(json.dumps(message["blocks"])))]
        for words in parsed:
            assert "<" not in date.sub("", words), text
            assert ">" not in date.sub("", words), text


@pytest.mark.parametrize("mark", ["\x07", "\x1b[31m", "\u202e", "\u2066", "\u200f", "\x9b"])
def test_nothing_that_turns_or_colours_a_text_is_shown(mark: str) -> None:
    card, control = card_of(f"one{mark}two"), mark[0]
    assert not any(control in words for words in _read(slack_cards.message(card)))
    assert not any(control in text for _, text in shown(card))


def _read(block: Any) -> Iterator[str]:
    """Everything in blocks that somebody reads."""
    if isinstance(block, dict):
        yield from (block[k] for k in ("text", "alt_text") if isinstance(block.get(k), str))
        block = list(block.values())
    if isinstance(block, list):
        for value in block:
            yield from _read(value)


def test_emoji_stay_joined() -> None:
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    told = json.dumps(slack_cards.message(card_of(family)), ensure_ascii=False)
    assert family in told


def _mrkdwn(block: Any) -> Iterator[str]:
    """Everything in blocks that Slack parses."""
    if isinstance(block, dict):
        if block.get("type") == "mrkdwn":
            yield block["text"]
        for value in block.values():
            yield from _mrkdwn(value)
    elif isinstance(block, list):
        for value in block:
            yield from _mrkdwn(value)


# -- and it reads as it was written --------------------------------------------------------------


def unescaped(markdown: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markdown)


@given(st.text())
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    seen = unseen.seen(text)
    assert unescaped(discord_text.escaped(text)) == seen


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=12_000), st.integers(40, 4000))
def test_pieces_are_short_enough_and_make_the_whole(text: str, limit: int) -> None:
    shown = discord_text.escaped(text).strip()
    found = list(discord_text.pieces(shown, limit))
    assert all(size(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(shown.split())
    assert not any((len(p) - len(p.rstrip("\\"))) % 2 for p in found[:-1])


@pytest.mark.parametrize("letters", [1, 50, 400, 3_900, 9_000])
@pytest.mark.parametrize("count", [1, 3, 60])
def test_every_page_keeps_to_discords_limits_and_no_word_is_lost(letters: int, count: int) -> None:
    seed = random.Random(letters + count)  # noqa: S311 - the same texts each time
    texts = [
        " ".join(f"w{seed.randint(0, 10**6)}*" for _ in range(letters // 8 + 1))
        for _ in range(count)
    ]
    source = Source("reply", "1", "0", 0, 1)
    card = Card(tuple(Quotation(text, "Ann", source) for text in texts))
    pages = discord_cards.pages(card, ROOM)
    for page in pages:
        assert sum(size(b.text) for b in page if isinstance(b, Words)) <= LONGEST_TEXT
        components = sum(2 + len(b.buttons if isinstance(b, Row) else ()) for b in page)
        assert components <= 40
    found = [
        w for p in pages for b in p if isinstance(b, Words) for w in re.findall(r"w\d+", b.text)
    ]
    assert found == [w for text in texts for w in re.findall(r"w\d+", text)]


@given(st.text(max_size=60), st.sampled_from(["for", "share", "passage"]))
def test_what_a_button_carries_comes_back_from_the_room_it_is_pressed_in(
    value: str, action: str
) -> None:
    for carried in (value, f"prompt/main/{ROOM}/2026-11-23"):
        custom_id = discord_cards.packed(action, carried, ROOM)
        if discord_cards.HERE not in carried:
            assert discord_cards.unpacked(custom_id, ROOM) == (action, carried)


def test_a_prompts_buttons_fit_whatever_its_schedule_is_called() -> None:
    longest = f"prompt/{'s' * 32}/{ROOM}/now/1234567890.1234567890.0123456789abcdef"
    for stance in ("for", "against", "torn"):
        assert len(discord_cards.packed(f"+{stance}", longest, ROOM)) <= LONGEST_ID


@given(st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join))
def test_of_a_quotation_that_leads_to_its_message_only_that_is_live(words: str) -> None:
    source = Source("reply", "1/2", "0", 0, 1)
    card = Card((Quotation("x", words, source, link="https://discord.com/channels/1/2/3"),))
    alive = [found for found in shown(card) if found[0] != "line"]
    assert [kind for kind, _ in alive] == ["link", "link"]


@given(st.text(min_size=1, max_size=300))
def test_a_threads_name_is_a_name(heading: str) -> None:
    name = discord_cards.short_name(heading)
    assert 1 <= size(name) <= 100
    assert name == " ".join(name.split())


def test_a_picture_and_its_words_are_a_block_of_their_own() -> None:
    [[text, image]] = discord_cards.pages(Card((Text("Here:"), Picture(b"png", "For 3"))), ROOM)
    assert text == Words("Here:")
    assert isinstance(image, Image)
    assert (image.alt, image.png) == ("For 3", b"png")
