"""Employers that candidates hide from; the newest changes that the index is owed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "hidden_employer",
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("neq", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_hidden_employer_candidate_id")),
        sa.PrimaryKeyConstraint("candidate_id", "neq", name=op.f("pk_hidden_employer")),
    )
    op.create_index(op.f("ix_outbox_kind_id"), "outbox", ["kind", "id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_kind_id"), table_name="outbox")
    op.drop_table("hidden_employer")
