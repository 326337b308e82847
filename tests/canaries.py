"""Tokens that open nothing, and whose smallest piece is seen wherever it turns up.

Every third letter begins the mark, so any six letters in a row of a canary hold it: looking for
the mark is quick, and whoever finds it looks closer.
"""

MARK = "Zq"


def _canary(letters: str) -> str:
    return "".join(f"{MARK}{letter}" for letter in letters)


SLACK_BOT = f"xoxb-{_canary('7a3k9m2x5w8c')}"
SLACK_APP = f"xapp-1-{_canary('4t6y1u8i3o5p')}"
SLACK_SIGNING = _canary("2s9d4f7g1h6j")
DISCORD = f"M{_canary('8v3b5n7')}.{_canary('1L')}.{_canary('6R2E9T4Y0U')}"
PASSWORD = _canary("5A7D9G1J3K")
ALL = (SLACK_BOT, SLACK_APP, SLACK_SIGNING, DISCORD, PASSWORD)

LEAST = 6  # letters that are a piece
PIECES = frozenset(
    secret[at : at + LEAST]
    for secret in ALL
    for at in range(len(secret) - LEAST + 1)
    if MARK in secret[at : at + LEAST]
)


def pieces(text: str) -> list[str]:
    """The pieces of canaries in a text."""
    found, at = [], text.find(MARK)
    while at >= 0:
        around = range(max(0, at - LEAST + len(MARK)), at + 1)
        found += [text[n : n + LEAST] for n in around if text[n : n + LEAST] in PIECES]
        at = text.find(MARK, at + 1)
    return found
