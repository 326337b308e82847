"""Which message a reply answers, where the platform knows."""

import sqlalchemy as sa
from alembic import op

from bot.store.tables import Words

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("replies", sa.Column("answers", Words))
