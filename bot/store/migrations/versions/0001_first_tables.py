"""The first tables."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Utc, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    _outbox()
    _debates()
    _said()
    _members()
    _odds()


def _key(name: str) -> "sa.Column[str]":
    return sa.Column(name, Words, primary_key=True)


def _words(*names: str) -> "list[sa.Column[str]]":
    return [sa.Column(name, Words, nullable=False) for name in names]


def _outbox() -> None:
    op.create_table(
        "effects",
        _key("key"),
        *_words("kind", "schedule", "room"),
        sa.Column("due", Utc, nullable=False),
        sa.Column("until", Utc, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("debate", Words),
        *_words("state"),
        sa.Column("owner", Words),
        sa.Column("lease", Utc),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("message", Words),
        sa.Column("why", Words),
        sa.Column("settled", Utc),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_effects")),
    )
    op.create_index("ix_effects_state_due", "effects", ["state", "due"])
    op.create_index("ix_effects_debate", "effects", ["debate"])


def _debates() -> None:
    op.create_table(
        "debates",
        _key("id"),
        *_words("schedule", "room", "thread"),
        sa.Column("prompt", sa.JSON, nullable=False),
        sa.Column("opened", Utc, nullable=False),
        sa.Column("closes", Utc, nullable=False),
        *_words("phase"),
        sa.Column("closed", Utc),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debates")),
    )
    op.create_index("ix_debates_room_thread", "debates", ["room", "thread"])
    op.create_index("ix_debates_phase", "debates", ["phase"])


def _said() -> None:
    op.create_table(
        "replies",
        _key("room"),
        _key("message"),
        sa.Column("debate", Words),
        sa.Column("member", Words),
        sa.Column("text", Words),
        sa.Column("at", Utc),
        sa.Column("edited", Utc),
        sa.Column("deleted", Utc),
        sa.PrimaryKeyConstraint("room", "message", name=op.f("pk_replies")),
        sa.ForeignKeyConstraint(["debate"], ["debates.id"], name=op.f("fk_replies_debate")),
    )
    op.create_index("ix_replies_debate_at", "replies", ["debate", "at"])
    op.create_index("ix_replies_member", "replies", ["member"])
    op.create_table(
        "positions",
        _key("debate"),
        _key("member"),
        sa.Column("at", Utc, primary_key=True),
        _key("stance"),
        sa.Column("reason", Words),
        sa.PrimaryKeyConstraint("debate", "member", "at", "stance", name=op.f("pk_positions")),
        sa.ForeignKeyConstraint(["debate"], ["debates.id"], name=op.f("fk_positions_debate")),
    )
    op.create_index("ix_positions_member", "positions", ["member"])


def _members() -> None:
    op.create_table(
        "members",
        _key("id"),
        *_words("name"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_table(
        "wishes",
        _key("who"),
        sa.Column("out", sa.Boolean, nullable=False),
        sa.Column("since", Utc, nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_wishes")),
    )


def _odds() -> None:
    op.create_table(
        "facts",
        _key("key"),
        *_words("value"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )
    op.create_table(
        "events",
        _key("id"),
        sa.Column("at", Utc, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_at", "events", ["at"])
