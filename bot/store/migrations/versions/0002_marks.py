"""What members and facilitators decide about a debate's words."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Utc, Words

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "marks",
        sa.Column("debate", Words, primary_key=True),
        sa.Column("kind", Words, primary_key=True),
        sa.Column("subject", Words, primary_key=True),
        sa.Column("at", Utc, nullable=False),
        sa.ForeignKeyConstraint(["debate"], ["debates.id"], name=op.f("fk_marks_debate")),
        sa.PrimaryKeyConstraint("debate", "kind", "subject", name=op.f("pk_marks")),
    )
    op.create_index("ix_marks_subject", "marks", ["subject"])
