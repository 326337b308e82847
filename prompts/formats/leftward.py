"""Words that are read from right to left, in the order in which they are read.

pdfium gives some of their letters as they were drawn, from the left, and puts a full stop or a
bracket on either side: where each stands tells.
"""

import re
from collections.abc import Callable, Sequence
from unicodedata import combining

LETTERS = "\u0590-\u08ff"
_RUN = re.compile(f"[{LETTERS}]{{2,}}")
_LETTER = re.compile(f"[{LETTERS}]")
_STRONG = re.compile(r"\w")
_MIXED = re.compile(f"[{LETTERS}].*[0-9A-Za-z]|[0-9A-Za-z].*[{LETTERS}]")
# A number or a Latin word, given backwards.
_RIGHTWARD = re.compile(r"[%°$€£₪]?[0-9A-Za-z](?:[.,:/'’-]?[0-9A-Za-z])*[$€£₪+]?")
_BRACKET = re.compile(rf"(?<=[{LETTERS}])[()\[\]{{}}] (?=[{LETTERS}])")
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
    if _MIXED.search(word) and not any(map(combining, word)):
        from_right = sorted(range(len(word)), key=lambda at: -places[at])
        word = _RIGHTWARD.sub(lambda run: run[0][::-1], "".join(word[at] for at in from_right))
        return _bracketed(word)
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


def _bracketed(word: str) -> str:
    """A word whose first bracket opens and whose last one closes."""
    bare = word.strip("()[]{}\"'.,:;!?״׳-")
    head, tail = word.split(bare, 1) if bare else ("", word)
    return head.translate(_OPENING) + bare + tail.translate(_CLOSING)


def respaced(text: str, edges: Callable[[int], tuple[float, float]]) -> list[int]:
    """The characters of a text, by their numbers, in an order in which a bracket stands on that
    side of a blank on which it is printed; `edges` tells where a character begins and ends."""
    order = list(range(len(text)))
    for found in _BRACKET.finditer(text):
        at = found.start()
        left, right = edges(at)
        if left - edges(at + 2)[1] < edges(at - 1)[0] - right:
            order[at], order[at + 1] = at + 1, at
    return order


def _runs(body: str, places: Sequence[float]) -> str:
    """Letters that were given from left to right, turned round."""

    def turned(run: re.Match[str]) -> str:
        rising = places[run.start()] < places[run.end() - 1]
        return run[0][::-1] if rising else run[0]

    return _RUN.sub(turned, body)
