"""What nobody sees in a text and what may turn it round: controls, and marks of direction."""

import re

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def seen(text: str) -> str:
    """The text as it is read; emoji keep what joins them."""
    return UNSEEN.sub("", text)
