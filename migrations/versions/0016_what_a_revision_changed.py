"""The history of an offer says what was changed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("job_offer_event") as batch:
        batch.add_column(sa.Column("changed", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("job_offer_event") as batch:
        batch.alter_column("changed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("job_offer_event") as batch:
        batch.drop_column("changed")
