"""What was announced within a span of time is found without going through all that is published"""

from collections.abc import Sequence

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLES = ("candidacy", "job_offer")


def upgrade() -> None:
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_status_announced_at"), table, ["status", "announced_at"], unique=False)


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(op.f(f"ix_{table}_status_announced_at"), table_name=table)
