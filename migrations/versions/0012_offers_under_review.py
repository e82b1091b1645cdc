"""For whom an agency recruits, sketches of what offers say, and what agents are to look at"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
INDEXES = (
    ["employer_id", "status"],
    ["employer_id", "published_at"],
    ["status", "region", "published_at"],
    ["status", "occupation", "published_at"],
)


def upgrade() -> None:
    op.add_column("job_offer", sa.Column("posted_by_agency", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("recruits_for", "sketch_fr", "sketch_en"):
        op.add_column("job_offer", sa.Column(name, sa.String(), nullable=True))
    with op.batch_alter_table("job_offer") as batch:
        batch.alter_column("posted_by_agency", server_default=None)
        batch.drop_index(op.f("ix_job_offer_employer_id"))
        for columns in INDEXES:
            batch.create_index(op.f(f"ix_job_offer_{'_'.join(columns)}"), columns)
    _add_reports()
    _add_reviews()


def _add_reports() -> None:
    op.create_table(
        "job_offer_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("job_offer_id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cleared_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["job_offer_id"], ["job_offer.id"], name=op.f("fk_job_offer_report_job_offer_id")),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_job_offer_report_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_offer_report")),
        sa.UniqueConstraint("job_offer_id", "candidate_id", name=op.f("uq_job_offer_report_job_offer_id_candidate_id")),
    )
    by_person = ["candidate_id", "created_at"]
    op.create_index(op.f("ix_job_offer_report_candidate_id_created_at"), "job_offer_report", by_person, unique=False)


def _add_reviews() -> None:
    op.create_table(
        "job_offer_review",
        sa.Column("job_offer_id", sa.Uuid(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("new_employer", sa.Boolean(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("cleared_at", INSTANT, nullable=True),
        sa.Column("cleared_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["job_offer_id"], ["job_offer.id"], name=op.f("fk_job_offer_review_job_offer_id")),
        sa.PrimaryKeyConstraint("job_offer_id", name=op.f("pk_job_offer_review")),
    )
    op.create_index(op.f("ix_job_offer_review_waiting_since"), "job_offer_review", ["waiting", "since"], unique=False)


def downgrade() -> None:
    op.drop_table("job_offer_review")
    op.drop_table("job_offer_report")
    with op.batch_alter_table("job_offer") as batch:
        for columns in INDEXES:
            batch.drop_index(op.f(f"ix_job_offer_{'_'.join(columns)}"))
        batch.create_index(op.f("ix_job_offer_employer_id"), ["employer_id"])
        for name in ("sketch_en", "sketch_fr", "recruits_for"):
            batch.drop_column(name)
        batch.drop_column("posted_by_agency")
