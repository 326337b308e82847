"""What was dealt in each room, apart from the prompts; and indices over what is old."""

import sqlalchemy as sa
from alembic import op

from bot.store import dealt
from bot.store.tables import Utc, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "dealt",
        sa.Column("room", Words, primary_key=True),
        sa.Column("key", Words, primary_key=True),
        sa.Column("at", Utc, nullable=False),
        sa.Column("prompt", Words, nullable=False),
        sa.Column("digest", Words, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("room", "key", name=op.f("pk_dealt")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_effects_kind_due", "effects", ["kind", "due"])
    op.create_index("ix_debates_room_opened", "debates", ["room", "opened"])
    op.create_index("ix_debates_phase_closed", "debates", ["phase", "closed"])
    op.drop_index("ix_debates_phase", "debates")
    dealt.fill(op.get_bind())
