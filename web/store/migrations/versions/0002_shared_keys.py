"""Contests of every kind; keys that trustees make together; rehearsals and shuffles."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "election", sa.Column("contests", sa.String(), nullable=False, server_default="[]")
    )
    _convert_motions(op.get_bind())
    op.drop_column("election", "motion")
    op.add_column("election", sa.Column("trustees_needed", sa.Integer(), nullable=True))
    op.add_column("election", sa.Column("rehearsal", sa.String(), nullable=True))
    for name in ("certificate", "commitment", "polynomial", "sealed_key", "rehearsal_share"):
        op.add_column("trustee", sa.Column(name, sa.String(), nullable=True))
    for name in ("rehearsed", "shuffled"):
        op.add_column(
            "trustee",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
    op.create_table(
        "shuffle",
        sa.Column("trustee", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("shuffle_object", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["box"], ["box.uuid"]),
        sa.ForeignKeyConstraint(["trustee"], ["trustee.id"]),
        sa.PrimaryKeyConstraint("trustee", "box"),
    )


def _convert_motions(connection: sa.Connection) -> None:
    """The one motion of each election becomes its list of contests."""
    election = sa.table(
        "election",
        sa.column("uuid", sa.String()),
        sa.column("motion", sa.String()),
        sa.column("contests", sa.String()),
    )
    written = sa.select(election.c.uuid, election.c.motion).where(election.c.motion.is_not(None))
    for uuid, motion in connection.execute(written).all():
        contests = json.dumps([json.loads(motion)], ensure_ascii=False, separators=(",", ":"))
        connection.execute(
            sa.update(election).where(election.c.uuid == uuid).values(contests=contests)
        )
