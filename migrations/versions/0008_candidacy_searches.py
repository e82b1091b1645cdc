"""Searches for candidacies that members of employers save; the ledger of what they are told"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("employer_member", sa.Column("live_position", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("employer_member") as batch:
        batch.alter_column("live_position", server_default=None)
    op.add_column("candidacy", sa.Column("announced_at", INSTANT, nullable=True))
    op.execute("UPDATE candidacy SET announced_at = published_at")
    op.create_index(op.f("ix_candidacy_status_published_at"), "candidacy", ["status", "published_at"], unique=False)
    _give_to_anybody("job_alert", unique=("name",))
    _give_to_anybody("notification", unique=("job_offer_id", "position"))
    op.drop_index(op.f("ix_alert_mail_candidate_id"), table_name="alert_mail")
    _give_to_anybody("alert_mail")
    op.create_index(op.f("ix_alert_mail_person_id"), "alert_mail", ["person_id"], unique=False)
    with op.batch_alter_table("job_alert") as batch:
        batch.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="JOB_OFFER"))
        batch.add_column(sa.Column("unopened_only", sa.Boolean(), nullable=True))
        batch.add_column(sa.Column("uncontacted_only", sa.Boolean(), nullable=True))
    with op.batch_alter_table("job_alert") as batch:
        batch.alter_column("kind", server_default=None)
    with op.batch_alter_table("notification") as batch:
        batch.add_column(sa.Column("matched_candidacy_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_notification_matched_candidacy_id"), "candidacy", ["matched_candidacy_id"], ["id"])
        batch.create_index(op.f("ix_notification_matched_candidacy_id"), ["matched_candidacy_id"], unique=False)
        columns = ["person_id", "matched_candidacy_id"]
        batch.create_unique_constraint(op.f("uq_notification_person_id_matched_candidacy_id"), columns)


def _give_to_anybody(table: str, unique: Sequence[str] = ()) -> None:
    """What was a candidate's may be that of any account."""
    with op.batch_alter_table(table) as batch:
        for column in unique:
            batch.drop_constraint(op.f(f"uq_{table}_candidate_id_{column}"), type_="unique")
        batch.drop_constraint(op.f(f"fk_{table}_candidate_id"), type_="foreignkey")
        batch.alter_column("candidate_id", new_column_name="person_id")
    with op.batch_alter_table(table) as batch:
        batch.create_foreign_key(op.f(f"fk_{table}_person_id"), "account", ["person_id"], ["id"])
        for column in unique:
            batch.create_unique_constraint(op.f(f"uq_{table}_person_id_{column}"), ["person_id", column])


def downgrade() -> None:
    raise NotImplementedError("what members of employers were told has no place in the ledger of before: restore a backup")
