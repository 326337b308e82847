"""Logs: one line a happening, keys and ids in it, never a message's text, never a secret."""

import logging
import sys


def set_up(level: str) -> None:
    """Log to standard error; the libraries' chatter only from WARNING up."""
    logging.basicConfig(
        level=level.upper(),
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    # slack_sdk logs every message's body at DEBUG, aiosqlite every statement.
    for name in ("slack_sdk", "slack_bolt", "discord", "aiosqlite", "alembic", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)
