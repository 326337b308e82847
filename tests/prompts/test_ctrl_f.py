"""What is quoted is found in the reader's own copy, by another program than ours, on its page."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from begun import shipped
from makers import FORMATS, Work, shelved
from press import HEADS, Press

from prompts.engine import analyse
from prompts.formats.leftward import as_read
from prompts.model import Kind, Passage, Reading
from prompts.pairs import pairs
from prompts.passages import cite
from prompts.windows import windows

SEEDS = shipped()
ESSAYS = [
    reading.text[block.start : block.end]
    for reading in SEEDS[:3]
    for block in reading.blocks
    if block.kind is Kind.PARAGRAPH
]
WORK = Work("Essays", "Ida Vale", [("p", words) for words in ESSAYS])


def program(name: str, package: str) -> str:
    """A program of the machine's; without it the test is skipped, and says what to install."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed; Debian has it in {package}")
    return found


def said(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def joined(text: str) -> str:
    """A text as a search takes it: line ends joined, words that were broken there whole."""
    whole = re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010]\n\s*(?=[^\W\d_])", "", normalize("NFKC", text))
    return plain(" ".join(whole.split()))


def plain(text: str) -> str:
    """Hyphens left out: one at a line's end may be the word's own."""
    return re.sub(r"[-\u2010\u00ad]", "", text)


def quoted(reading: Reading) -> Iterator[Passage]:
    """Whatever of a reading may be shown: each passage that stands alone, each prompt's words."""
    yield from windows(reading)
    for pair in pairs(analyse(reading)):
        yield pair.claim.passage
        if pair.own:
            yield pair.own.passage


def lost(reading: Reading, pages: dict[str, str]) -> list[str]:
    """The passages that are not found, or not on the page that is cited."""
    found = []
    for passage in quoted(reading):
        place = cite(passage).locator
        where = pages.get(place, "") if len(pages) > 1 else next(iter(pages.values()))
        if plain(passage.text) not in where:
            found.append(f"{place}: {passage.text}")
    return found


def printed(path: Path, labels: list[str]) -> dict[str, str]:
    """The pages of a PDF by how they are cited, in the order in which they were written."""
    text = said([program("pdftotext", "poppler-utils"), "-raw", "-enc", "UTF-8", str(path), "-"])
    pages = text.split("\f")[: len(labels)]
    return {f"p. {label}": joined(page) for label, page in zip(labels, pages, strict=True)}


@pytest.mark.parametrize(
    ("press", "labels"),
    [
        (Press(columns=1), ""),
        (Press(columns=2), ""),
        (Press(columns=3), ""),
        (Press(columns=2, turned=90), ""),
        (Press(columns=2, turned=270), ""),
        (Press(columns=2, roman=2), "i ii 1 2 3 4 5 6"),
    ],
    ids=str,
)
def test_every_quotation_of_a_printed_page_is_found_on_the_page_that_is_cited(
    tmp_path: Path, press: Press, labels: str
) -> None:
    path = tmp_path / "essays.pdf"
    path.write_bytes(press.printed("Essays", ESSAYS))
    count = len(press.pages)
    named = labels.split()[:count] if labels else [str(n + 1) for n in range(count)]
    [reading] = shelved(path.parent).readings
    assert count > 2
    assert len(list(windows(reading))) > 100
    assert lost(reading, printed(path, named)) == []


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_column_is_read_across_and_no_head_or_note_comes_between(
    tmp_path: Path, columns: int
) -> None:
    path = tmp_path / "essays.pdf"
    path.write_bytes(Press(columns).printed("Essays", ESSAYS))
    [reading] = shelved(path.parent).readings
    blocks = (reading.text[b.start : b.end] for b in reading.blocks if b.kind is not Kind.ASIDE)
    assert plain(" ".join(blocks)) == plain(" ".join(ESSAYS))
    assert not any(head in reading.text for head in HEADS)


@pytest.mark.parametrize("columns", [1, 2])
def test_what_reportlab_sets_is_found_in_what_pdftotext_reads(tmp_path: Path, columns: int) -> None:
    from makers import pdf

    path = tmp_path / "essays.pdf"
    path.write_bytes(pdf(WORK, columns, "The Journal of Rivers"))
    [reading] = shelved(path.parent).readings
    pages = [str(n + 1) for n in range(len({page.label for page in reading.pages}))]
    assert lost(reading, printed(path, pages)) == []


@pytest.mark.parametrize("suffix", [".docx", ".epub", ".odt", ".html", ".rtf"])
def test_every_quotation_is_found_in_what_pandoc_reads(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"essays{suffix}"
    path.write_bytes(FORMATS[suffix](WORK))
    command = [program("pandoc", "pandoc"), "-t", "plain", "--wrap=none", str(path)]
    [reading] = shelved(path.parent).readings
    assert len(list(windows(reading))) > 100
    assert lost(reading, {"all": joined(said(command))}) == []


@pytest.mark.parametrize("columns", ["1", "2"])
def test_what_a_browser_prints_is_found_on_its_page(tmp_path: Path, columns: str) -> None:
    browser = program("chromium", "chromium")
    page, path = tmp_path / "essays.html", tmp_path / "pdf" / "essays.pdf"
    style = f"<style>body{{columns:{columns};text-align:justify;hyphens:auto;font:10pt serif}}"
    page.write_bytes(FORMATS[".html"](WORK).replace(b"</head>", f"{style}</style></head>".encode()))
    path.parent.mkdir()
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'own'}"]
    said([browser, *flags, f"--print-to-pdf={path}", page.as_uri()])
    [reading] = shelved(path.parent).readings
    pages = [str(n + 1) for n in range(len({page.label for page in reading.pages}))]
    assert reading.title == "Essays"
    assert lost(reading, printed(path, pages)) == []


LEFTWARD = {
    "ar": [
        "ترى اللجنة أن خفض سن التصويت خطأ لأن الشباب لا يعرفون السياسة بعد. ومع ذلك يقول "
        "المعلمون إن المدارس تعلم الطلاب كيف يفكرون قبل أن يغادروا بيوتهم.",
        "لا ينبغي أن تمنع المدارس الهواتف في عام 2024 لأن الآباء يريدون الاتصال بأطفالهم، غير أن "
        "دراسة BBC الجديدة تقول إنها تشتت الانتباه.",
    ],
    "he": [
        "הוועדה סבורה כי הורדת גיל ההצבעה לשש עשרה היא טעות, משום שבני נוער אינם מכירים עדיין את "
        "הפוליטיקה. עם זאת אומרים המורים שבתי הספר מלמדים לחשוב על החוק.",
        "אין לאסור טלפונים בבתי הספר בשנת 2024, כי הורים רוצים לדבר עם ילדיהם, אומר מחקר של BBC.",
        "בית־הספר צריך לאסור את הטלפון (ויותר), כי ל-2030 ו-50% מתושבי תל-אביב־יפו אי-אפשר לחכות, "
        "ובתי־המשפט אינם מגנים על זכות-הבחירה של בן-אדם ושל בתי-הספר ועל אי-תלות של עורך-דין.",
    ],
}


@pytest.mark.parametrize("language", LEFTWARD)
def test_what_is_printed_from_right_to_left_is_read_word_for_word(
    tmp_path: Path, language: str
) -> None:
    words = LEFTWARD[language]
    page, path = tmp_path / "page.html", tmp_path / "pdf" / "page.pdf"
    path.parent.mkdir()
    style = "<style>body{font:11pt DejaVu Sans} .two{columns:2}</style>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    body += f"<div class=two>{body}</div>"  # columns of two lines and of three
    head = f"<meta charset=utf-8><title>Page</title>{style}"
    page.write_text(f"<html lang={language} dir=rtl><head>{head}</head>{body}", encoding="utf-8")
    browser = program("chromium", "chromium")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'own'}"]
    said([browser, *flags, "--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()])
    [reading] = shelved(path.parent).readings
    assert reading.language == language
    assert " ".join(reading.text.split()) == " ".join(words * 2)


@pytest.mark.parametrize(
    ("given", "places", "read"),
    [
        ("אבג", [30, 20, 10], "אבג"),
        ("גבא", [10, 20, 30], "אבג"),  # as it was drawn
        ("גבא.", [10, 20, 30, 5], "אבג."),
        (".אבג", [5, 30, 20, 10], "אבג."),
        ("(אבג(", [40, 30, 20, 10, 0], "(אבג)"),  # drawn as its mirror image, or not
        (")אבג)", [40, 30, 20, 10, 0], "(אבג)"),
        ("ו50%-", [50, 10, 20, 30, 40], "ו-50%"),
        ("ל2030-2020-", [90, *range(0, 90, 10), 95], "-ל2030-2020"),
        ("(תל-אביב(,", [90, 80, 70, 60, 50, 40, 30, 20, 10, 5], "(תל-אביב),"),
        (",2024", [0, 10, 20, 30, 40], "2024,"),
        ("...", [0, 1, 2], "..."),
    ],
)
def test_a_word_read_from_right_to_left_is_put_by_where_its_letters_stand(
    given: str, places: list[float], read: str
) -> None:
    assert as_read(given, places) == read
