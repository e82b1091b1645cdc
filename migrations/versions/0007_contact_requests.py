"""Contact requests, and the log of what can be followed live besides offers"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
REFERENCES = {
    "candidacy_id": "candidacy.id",
    "candidate_id": "candidate.id",
    "employer_id": "employer.id",
    "member_id": "employer_member.id",
    "job_offer_id": "job_offer.id",
}


def upgrade() -> None:
    op.create_table(
        "contact_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in REFERENCES),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("ending", sa.String(32), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        *(sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_contact_request_{name}")) for name, to in REFERENCES.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
        sa.UniqueConstraint("candidacy_id", "job_offer_id", name=op.f("uq_contact_request_candidacy_id_job_offer_id")),
    )
    for columns in (["job_offer_id"], ["candidate_id", "created_at"], ["employer_id", "created_at"]):
        op.create_index(op.f(f"ix_contact_request_{'_'.join(columns)}"), "contact_request", columns, unique=False)
    op.create_table(
        "stream_event",
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "stream", "position", name=op.f("pk_stream_event")),
    )
    op.create_index(op.f("ix_stream_event_subject"), "stream_event", ["subject"], unique=False)
    op.create_index(op.f("ix_stream_event_at"), "stream_event", ["at"], unique=False)
    op.create_table(
        "stream_length",
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reader_id", "stream", name=op.f("pk_stream_length")),
    )
    opened = ["member_id", "candidacy_id", "at"]
    op.create_index(op.f("ix_consultation_member_id_candidacy_id_at"), "consultation", opened, unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_consultation_member_id_candidacy_id_at"), table_name="consultation")
    op.drop_table("stream_length")
    op.drop_table("stream_event")
    op.drop_table("contact_request")
