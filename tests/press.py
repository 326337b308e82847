"""Printed pages as a publisher sets them: narrow columns, broken words, heads, notes, labels.

Line by line, so that a test knows what stands where.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, SIZE, LEADING = "Times-Roman", 9, 10.5
WIDTH, HEIGHT, MARGIN = 420, 595, 40
HEADS = ("The Journal of Rivers", "Ida Vale: On Dams")
NOTES = 3 * LEADING  # the foot of each column, for its note


@dataclass
class Press:
    """How a text is set, and which words came to stand on which page."""

    columns: int = 2
    gutter: float = 9  # narrower than many a blank between two justified words
    roman: int = 0  # pages of front matter, counted i, ii, iii
    turned: int = 0  # degrees that each page is turned by
    pages: list[str] = field(default_factory=list)  # the lines of each page, joined as they read

    @property
    def wide(self) -> float:
        return (WIDTH - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns

    def printed(self, title: str, paragraphs: Sequence[str]) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
        canvas.setTitle(title)
        canvas.setAuthor("Ida Vale")
        if self.roman:
            canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
            canvas.addPageLabel(self.roman, style="ARABIC", start=1)
        lines = [line for words in paragraphs for line in self._lines(words)]
        deep = int((HEIGHT - 2 * MARGIN - NOTES - LEADING) / LEADING)
        each = deep * self.columns
        for number, start in enumerate(range(0, len(lines), each)):
            self._page(canvas, number, lines[start : start + each], deep)
        canvas.save()
        return out.getvalue()

    def _page(self, canvas: Canvas, number: int, lines: list[tuple[str, bool]], deep: int) -> None:
        canvas.setPageRotation(self.turned)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(MARGIN, HEIGHT - 30, HEADS[number % 2])
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 30, str(number + 1 - self.roman))
        for at, (line, ended) in enumerate(lines):
            column, row = divmod(at, deep)
            x = MARGIN + column * (self.wide + self.gutter)
            y = HEIGHT - MARGIN - LEADING - row * LEADING
            self._line(canvas, x, y, line, ended)
        canvas.setFont(FONT, 6.5)
        note = f"{number + 1} See the report of commission {number + 11}."
        canvas.drawString(MARGIN, MARGIN, note)
        canvas.showPage()
        self.pages.append(" ".join(line for line, _ in lines))

    def _line(self, canvas: Canvas, x: float, y: float, line: str, ended: bool) -> None:
        canvas.setFont(FONT, SIZE)
        spare = self.wide - stringWidth(line, FONT, SIZE)
        blanks = line.count(" ")
        text = canvas.beginText(x, y)
        text.setWordSpace(0 if ended or not blanks else spare / blanks)
        text.textOut(line)
        canvas.drawText(text)

    def _lines(self, words: str) -> Iterator[tuple[str, bool]]:
        """Lines that fill the column, words broken where they must; the last one is its own."""
        line = ""
        for word in words.split():
            longer = f"{line} {word}".strip()
            if stringWidth(longer, FONT, SIZE) <= self.wide:
                line = longer
                continue
            cut = self._cut(line, word)
            if cut:
                yield f"{line} {word[:cut]}-", False
                line = word[cut:]
            else:
                yield line, False
                line = word
        yield line, True

    def _cut(self, line: str, word: str) -> int:
        """How many letters of a word still stand on the line, with a hyphen; 0 if too few."""
        if not word.isalpha():
            return 0
        fits = range(len(word) - 3, 2, -1)
        room = (n for n in fits if stringWidth(f"{line} {word[:n]}-", FONT, SIZE) <= self.wide)
        return next(room, 0)
