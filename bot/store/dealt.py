"""What each room was asked or is about to be, in rows that are small: every deal reads them all.

The prompts themselves stand beside their effects and debates; ten years of them are megabytes.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from bot.model import Effect, Kind, Room, State
from bot.snapshot import used
from bot.store.tables import dealt, debates, effects, facts
from bot.store.tables import insert as insert_or
from prompts.deck import Past, Used

HISTORY = select(*dealt.c["prompt", "digest", "start", "end"]).where(
    dealt.c.room == bindparam("wanted")
)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
SINCE = "0003"  # the revision of the first store that had them
PASSED = "passed/"  # before, the facts for each room, of what a facilitator passed over


def note(conn: Connection, room: Room, key: str, at: datetime, deals: Used) -> None:
    """Never deal it again in the room. Twice-callable."""
    row = _row(str(room), key, at, deals)
    conn.execute(insert_or(conn.dialect.name, dealt).on_conflict_do_nothing(), row)


def forget(conn: Connection, effect: Effect) -> None:
    """What was not posted after all may be dealt again."""
    its = (dealt.c.room == str(effect.room)) & (dealt.c.key == effect.key)
    conn.execute(delete(dealt).where(its, ~exists().where(debates.c.id == effect.key)))


def history(conn: Connection, room: Room) -> Sequence[Past]:
    return conn.execute(HISTORY, {"wanted": str(room)}).all()


def fill(conn: Connection) -> None:
    """The rows of a store that was kept before there were any (revision 0003)."""
    rows = {(row["room"], row["key"]): row for row in (*_kept(conn), *_passed(conn))}
    if rows:
        conn.execute(insert(dealt), list(rows.values()))
    conn.execute(delete(facts).where(facts.c.key.startswith(PASSED)))


def _kept(conn: Connection) -> Iterator[dict[str, Any]]:
    live = effects.c.state.not_in((State.SKIPPED, State.REFUSED)) & (effects.c.kind == Kind.PROMPT)
    planned = select(*effects.c["room", "key", "due", "payload"]).where(live)
    for room, key, at, payload in conn.execute(planned):
        if payload.get("prompt"):
            yield _row(room, key, at, used(payload["prompt"]))
    for room, key, at, prompt in conn.execute(select(*debates.c["room", "id", "opened", "prompt"])):
        yield _row(room, key, at, used(prompt))


def _passed(conn: Connection) -> Iterator[dict[str, Any]]:
    passed = select(*facts.c["key", "value"]).where(facts.c.key.startswith(PASSED))
    for key, value in conn.execute(passed):
        for row in json.loads(value):
            deals = Used(*row)
            yield _row(key.removeprefix(PASSED), PASSED + deals.key, LONG_AGO, deals)


def _row(room: str, key: str, at: datetime, deals: Used) -> dict[str, Any]:
    return {
        "room": room,
        "key": key,
        "at": at,
        "prompt": deals.key,
        "digest": deals.digest,
        "start": deals.start,
        "end": deals.end,
    }
