"""The history of employers, and the letters that their members are owed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATUSES = ("PENDING", "AUTHENTICATED", "REFUSED", "SUSPENDED")
NEWS = ("AUTHENTICATED", "REFUSED", "SUSPENDED", "REINSTATED", "OFFER_REMOVED")


def upgrade() -> None:
    op.create_table(
        "employer_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Enum(*STATUSES, name="employerstatus", native_enum=False, length=32), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_employer_event_employer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_event")),
    )
    op.create_index(op.f("ix_employer_event_employer_id"), "employer_event", ["employer_id"], unique=False)
    op.create_table(
        "member_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("news", sa.Enum(*NEWS, name="membernews", native_enum=False, length=32), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_member_letter_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_letter")),
    )
    op.create_index(op.f("ix_member_letter_account_id"), "member_letter", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("member_letter")
    op.drop_table("employer_event")
