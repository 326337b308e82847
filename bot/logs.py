"""Logs: one line a happening, keys and ids in it, never a message's text, never a secret.

Keys and ids travel as `extra={"effect": ...}`: at the end of a line of text as `effect=...`, in
JSON as a field. Whatever has the shape of a secret, or is one of ours, is blacked out in both,
also in tracebacks and in what the libraries say.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

BLACK = "[secret]"
SHAPES = re.compile(
    r"""\b(?: xox[a-z]-[\w-]{6,} | xox[a-z]\.xox[a-z]-[\w-]{6,} | xapp-[\w-]{6,}  # Slack
    | [MNO][\w-]{22,28}\.[\w-]{6,7}\.[\w-]{27,}  # Discord
    | aW50ZXJhY3Rpb246[\w-]{20,}  # an answer to somebody on Discord: discord.py logs its address
    | sk-[\w-]{16,}  # the keys of model providers
    ) | (?<=://) (?!user:password@) [^\s/@:]* : [^\s/@]+ (?=@)  # a password in an address
    """,
    re.VERBOSE,
)
LIBRARIES = ("slack_sdk", "slack_bolt", "discord", "alembic", "apscheduler")
SHORTEST = 6  # characters: anything shorter is in half of all words
OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Censor:
    """Blacks out secrets: by their shape, and the given ones wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST}
        self._known = sorted(known, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for secret in self._known:
            text = text.replace(secret, BLACK)
        return SHAPES.sub(BLACK, text)


class Lines(logging.Formatter):
    """A line of text each: time, level, who, what, and the keys."""

    def __init__(self, censor: Censor) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._censor = censor

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        pairs = (f" {key}={value}" for key, value in keys(record).items())
        line = super().formatMessage(record) + "".join(pairs)
        return line.replace("\n", "\\n")  # nobody's words begin a line of their own

    def format(self, record: logging.LogRecord) -> str:
        return self._censor(super().format(record))


class Json(logging.Formatter):
    """A JSON object each, on one line: at, level, logger, message, the keys, perhaps error."""

    def __init__(self, censor: Censor) -> None:
        super().__init__()
        self._censor = censor

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **keys(record),
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps({key: self._clean(value) for key, value in told.items()})

    def _clean(self, value: object) -> object:
        # Before it is JSON: a backslash in a secret would be two afterwards.
        return value if isinstance(value, int | float) else self._censor(str(value))


def keys(record: logging.LogRecord) -> dict[str, object]:
    """What was given as `extra`."""
    return {key: value for key, value in vars(record).items() if key not in OWN}


def brief(record: logging.LogRecord) -> bool:
    """Of a library's trouble the reason is told, and not where in the library it came up."""
    if record.exc_info and record.exc_info[1] and record.name.partition(".")[0] in LIBRARIES:
        why = record.exc_info[1]
        record.msg = f"{record.getMessage()} ({type(why).__name__}: {why})"
        record.args = record.exc_info = record.exc_text = None
    return True


def handler(out: TextIO, form: str, secrets: Iterable[str]) -> logging.Handler:
    """Writes lines in one of the two forms, with the secrets blacked out."""
    censor, made = Censor(secrets), logging.StreamHandler(out)
    made.setFormatter(Json(censor) if form == "json" else Lines(censor))
    made.addFilter(brief)
    return made


def set_up(level: str, form: str = "text", secrets: Iterable[str] = ()) -> None:
    """Log to standard error; the libraries' chatter only from WARNING up."""
    logging.basicConfig(level=level, handlers=[handler(sys.stderr, form, secrets)])
    # slack_sdk logs every message's body at DEBUG.
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
