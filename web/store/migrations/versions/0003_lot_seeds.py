"""The seed of lots, drawn when an election is announced and sealed until it is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("election", sa.Column("lot_seed", sa.LargeBinary(), nullable=True))
