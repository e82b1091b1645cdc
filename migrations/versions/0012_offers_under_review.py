"""For whom an agency recruits, and sketches of what offers say"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("job_offer", sa.Column("posted_by_agency", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("recruits_for", "sketch_fr", "sketch_en"):
        op.add_column("job_offer", sa.Column(name, sa.String(), nullable=True))
    with op.batch_alter_table("job_offer") as batch:
        batch.alter_column("posted_by_agency", server_default=None)
        batch.drop_index(op.f("ix_job_offer_employer_id"))
        batch.create_index(op.f("ix_job_offer_employer_id_status"), ["employer_id", "status"])
        batch.create_index(op.f("ix_job_offer_employer_id_published_at"), ["employer_id", "published_at"])


def downgrade() -> None:
    with op.batch_alter_table("job_offer") as batch:
        batch.drop_index(op.f("ix_job_offer_employer_id_published_at"))
        batch.drop_index(op.f("ix_job_offer_employer_id_status"))
        batch.create_index(op.f("ix_job_offer_employer_id"), ["employer_id"])
        for name in ("sketch_en", "sketch_fr", "recruits_for"):
            batch.drop_column(name)
        batch.drop_column("posted_by_agency")
