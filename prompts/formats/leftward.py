"""Words that are read from right to left, in the order in which they are read.

pdfium gives some of their letters as they were drawn, from the left, and puts a full stop or a
bracket on either side: where each stands tells.
"""

import re
from collections.abc import Sequence

LETTERS = "\u0590-\u08ff"
_RUN = re.compile(f"[{LETTERS}]{{2,}}")
_LETTER = re.compile(f"[{LETTERS}]")
_STRONG = re.compile(r"\w")
_OPENING, _CLOSING = str.maketrans(")]}", "([{"), str.maketrans("([{", ")]}")


def holds(text: str) -> bool:
    """Whether there is any letter that is read from right to left."""
    return _LETTER.search(text) is not None


def mostly(text: str) -> bool:
    """Whether most letters are."""
    letters = sum(map(str.isalpha, text))
    return 2 * len(_LETTER.findall(text)) > letters


def as_read(word: str, places: Sequence[float]) -> str:
    """A word of a text that is read from right to left; `places`: where each character begins.

    Numbers and Latin words stay; what stands right of all letters comes first, what stands left
    of them last, and a bracket opens there and closes here.
    """
    strong = [mark.start() for mark in _STRONG.finditer(word)]
    if not strong:
        return word
    first, last = strong[0], strong[-1] + 1
    low, high = min(places[first:last]), max(places[first:last])
    ends = [*range(first), *range(last, len(word))]
    outer = sorted(ends, key=lambda at: -places[at])
    before = "".join(word[at] for at in outer if places[at] > high)
    after = "".join(word[at] for at in outer if places[at] < low)
    body = "".join(
        c for at, c in enumerate(word) if first <= at < last or low <= places[at] <= high
    )
    within = [p for at, p in enumerate(places) if first <= at < last or low <= p <= high]
    return before.translate(_OPENING) + _runs(body, within) + after.translate(_CLOSING)


def _runs(body: str, places: Sequence[float]) -> str:
    """Letters that were given from left to right, turned round."""

    def turned(run: re.Match[str]) -> str:
        rising = places[run.start()] < places[run.end() - 1]
        return run[0][::-1] if rising else run[0]

    return _RUN.sub(turned, body)
