"""Files become text that can be quoted, or one line that says why not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.formats import Extract, Unreadable, extractor, named
from prompts.model import Kind

WORDS = "Rivers flow to the sea, and the sea is never full. A dam only borrows what it holds."


def read(data: bytes, suffix: str = ".txt") -> Extract:
    return extractor(named(suffix))(data)


def whatever(data: bytes, suffix: str) -> Extract | str:
    """The text of a file, or why there is none."""
    try:
        return read(data, suffix)
    except Unreadable as refused:
        return str(refused)


def kinds(found: Extract) -> list[tuple[Kind, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Der Fluß fließt für alle. Straßen und Brücken gehören der Stadt."),
        ("utf-8-sig", "Der Fluß fließt für alle."),
        ("utf-16", "Der Fluß fließt für alle."),
        ("utf-32", "Der Fluß fließt für alle."),
        ("utf-16-le", "Der Fluß fließt für alle."),
        ("utf-16-be", "Der Fluß fließt für alle. “Straßen” – und Brücken, für 5 €."),
        ("utf-16-le", "Молодые дольше всех будут жить с тем, что решено."),
        (
            "utf-16-be",
            "若者は決まったことと最も長く生きるのだから、聞かれる権利がある。\n\n学校 2024",
        ),
        ("latin-1", "Größere Städte müssen für alle bezahlbar bleiben, über viele Jahre hinweg."),
        (
            "shift_jis",
            "若者は決まったことと最も長く生きるのだから、聞かれる権利がある。鐘を廃止すべきだ。",
        ),
        ("gb18030", "年轻人将在最长的时间里承受所作的决定，因此他们有权被倾听。投票年龄应当降低。"),
        ("koi8_r", "Молодые дольше всех будут жить с тем, что решено, и это не вопрос зрелости."),
        (
            "cp1252",
            "L’été dernier, les élèves ont protesté à l’école : « Nous voulons être écoutés », "
            "a déclaré leur déléguée, très émue, après la séance.",
        ),
    ],
)
def test_a_text_is_read_in_whatever_encoding_it_was_saved(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"text\x00with a hole",
        bytes(range(256)) * 20,
        b"\xff\xfe\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(1, 32)) * 50,
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_binary_file_with_a_text_s_name_is_refused_in_one_line(data: bytes, suffix: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, suffix)
    assert "\n" not in str(refused.value)
    assert "UTF-8" in str(refused.value)


def test_a_format_that_is_not_read_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"not read \(\.xyz\); save its text as \.txt"):
        named(".xyz")
    with pytest.raises(Unreadable, match=r"not read \(\.doc\); save it as \.docx"):
        named(".doc")
    with pytest.raises(Unreadable, match="has no ending"):
        named("")


def test_suffixes_are_read_in_any_case() -> None:
    assert named(".MD") == named(".md")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_wrapped_lines_are_one_line_of_a_quotation(suffix: str) -> None:
    wrapped = "\n".join(
        [
            "The voting age should be lowered to sixteen since the young",
            "will live longest with what is decided today, and because a",
            "first vote is best cast among people who will ask about it.",
        ]
    )
    found = read(wrapped.encode(), suffix)
    assert found.text == wrapped.replace("\n", " ")


def test_line_ends_of_every_system_may_be_mixed() -> None:
    found = read("One.\rTwo.\r\n\r\nThree.\n\nFour.\u2028\u2028Five.\x85\x85Six.".encode())
    assert found.text == "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n\nSix."


def test_what_nobody_sees_is_not_in_the_text() -> None:
    spoof = "A‮ claim​ with­ \x1b[31mmarks\x07 and﻿ a⁦ trick⁩ in it\U000e0041."
    assert read(spoof.encode()).text == "A claim with [31mmarks and a trick in it."


def test_emoji_and_persian_keep_their_joiners() -> None:
    text = "The family 👩‍👧 and می‌خواهم stay whole in here."
    assert read(text.encode()).text == text


def test_accents_are_composed_so_that_people_find_what_they_type() -> None:
    assert (
        read("Cafe\u0301 culture is for everyone.".encode()).text == "Café culture is for everyone."
    )


def test_a_pile_of_accents_is_cut_down() -> None:
    assert len(read(("a" + "\u0301\u0315" * 50_000).encode()).text) < 20


def test_the_header_is_read_and_is_no_part_of_the_text() -> None:
    data = (
        b'---\ntitle: "On Rivers"\nAuthor: I. Vale\nlicense: MIT\nyear: 2024\nmood: grim\n---\n\n'
        + WORDS.encode()
    )
    for suffix in (".txt", ".md"):
        found = read(data, suffix)
        assert found.meta == {
            "title": "On Rivers",
            "author": "I. Vale",
            "licence": "MIT",
            "year": "2024",
        }
        assert found.text == WORDS
        assert len(found.notes) == 1
        assert "mood" in found.notes[0]


@pytest.mark.parametrize("start", ["---\n\nA rule first.\n", "---\nThis is prose.\n---\n", "---"])
def test_a_rule_at_the_top_is_no_header(start: str) -> None:
    found = read(f"{start}\n\n{WORDS}".encode())
    assert " ".join(found.text.split()) == " ".join(f"{start} {WORDS}".replace("---", "").split())
    assert found.meta == {}


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    source = """# The *great* dam

It is **not** a [good idea](http://x.example "t") to `build` it,
whatever ![a map](map.png) they say[^1] &mdash; really \\*never\\*.

> Somebody else said this.

- One reason
- Another
  reason

| a | b |
|---|---|
| 1 | 2 |

```
code
```

<div>html</div>

[^1]: A note.
"""
    assert kinds(read(source.encode(), ".md")) == [
        (Kind.HEADING, "The great dam"),
        (
            Kind.PARAGRAPH,
            "It is not a good idea to build it, whatever they say — really *never*.",
        ),
        (Kind.QUOTE, "Somebody else said this."),
        (Kind.LIST, "One reason"),
        (Kind.LIST, "Another reason"),
        (Kind.ASIDE, "A note."),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@given(
    data=st.binary(max_size=400) | st.text(max_size=400).map(lambda s: s.encode("utf-8", "replace"))
)
def test_any_bytes_give_a_text_with_its_blocks_or_one_line(suffix: str, data: bytes) -> None:
    found = whatever(data, suffix)
    if isinstance(found, str):
        assert len(found.splitlines()) == 1
        return
    ends = 0
    for block in found.blocks:
        assert ends <= block.start < block.end <= len(found.text)
        assert found.text[block.start : block.end].strip()
        ends = block.end
    assert not set(found.text) & set("\r\x00\x1b\u202e\u2066")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("mark", ["[", "*", "<", "`", " ", "\u0301", "“", "|", "a", "\t", "-", ">"])
def test_a_megabyte_of_one_character_is_read_in_no_time(suffix: str, mark: str) -> None:
    start = time.process_time()
    read(b"A" + mark.encode() * (1_000_000 // len(mark.encode())), suffix)
    assert time.process_time() - start < 2


# One text of each language, and the encodings in which its writers have saved it.
SAVED = {
    "cp1250 iso8859-2": "Szkoły powinny zakazać telefonów, ponieważ uczniowie tracą uwagę, a wielu "
    "rodziców chce mieć możliwość zadzwonienia do dziecka w ciągu dnia.",
    "cp1253 iso8859-7": "Τα σχολεία πρέπει να απαγορεύσουν τα κινητά τηλέφωνα, επειδή οι μαθητές "
    "χάνουν την προσοχή τους.",
    "cp1255 iso8859-8": "בתי הספר צריכים לאסור את השימוש בטלפונים, "
    "משום שהתלמידים מאבדים את הריכוז.",
    "cp1256 iso8859-6": "يجب على المدارس أن تحظر استخدام الهواتف لأن التلاميذ يفقدون تركيزهم.",
    "cp1251 koi8-r iso8859-5 cp866 mac-cyrillic": "Школы должны запретить телефоны, потому что "
    "ученики теряют внимание, хотя многие родители этого не хотят.",
    "cp1254 iso8859-9": "Okullar telefonları yasaklamalıdır, çünkü öğrenciler dikkatlerini "
    "kaybediyor; birçok ebeveyn ise gün içinde çocuğunu arayabilmek istiyor.",
    "cp1257": "Mokyklos turėtų uždrausti telefonus, nes mokiniai praranda dėmesį. Tačiau kai kurie "
    "mokytojai teigia, kad draudimas neišsprendžia jokios problemos.",
    "cp1252 mac-roman cp850": "Les écoles devraient interdire les téléphones, parce que les élèves "
    "perdent leur attention ; beaucoup de parents, à coup sûr, préfèrent attendre.",
    "shift_jis euc_jp iso2022_jp": "学校は携帯電話を禁止すべきである。"
    "生徒たちが集中力を失うからだ。",
    "big5": "學校應當禁止使用手機，因為學生會失去注意力。",
    "euc_kr": "학교는 휴대전화를 금지해야 한다. 학생들이 집중력을 잃기 때문이다.",
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(name, text) for names, text in SAVED.items() for name in names.split()]
)
def test_code_pages_are_told_by_the_language_that_comes_out(encoding: str, text: str) -> None:
    found = read(text.encode(encoding))
    assert (found.text, found.notes) == (text, ())


def test_where_two_readings_of_the_bytes_are_as_likely_that_is_said() -> None:
    found = read("Größe".encode("cp1252"))
    assert found.text == "Größe"
    assert "as likely" in found.notes[0]
    assert "save it as UTF-8" in found.notes[0]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_header_names_the_encoding_of_what_follows(suffix: str) -> None:
    text = "---\ntitle: Maß\nencoding: mac-roman\n---\n\nEin Maß für alle."
    found = read(text.encode("mac-roman"), suffix)
    assert (found.text, found.meta["title"], found.notes) == ("Ein Maß für alle.", "Maß", ())


@pytest.mark.parametrize("name", ["klingon", "rot13", "zlib", "idna", "undefined", "utf-16 or so"])
def test_an_encoding_that_is_none_is_told_in_one_line(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(f"---\nencoding: {name}\n---\n\nText.".encode())
    assert name in str(refused.value)
    assert "UTF-8" in str(refused.value)
