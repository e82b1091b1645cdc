"""Mails of alerts, which gather what is told together, and when each account wants them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("mail_hour", sa.Integer(), nullable=False, server_default="8"))
        batch.add_column(sa.Column("mail_weekday", sa.String(32), nullable=False, server_default="MONDAY"))
        batch.add_column(sa.Column("email_stopped", sa.String(), nullable=True))
    with op.batch_alter_table("account") as batch:
        batch.alter_column("mail_hour", server_default=None)
        batch.alter_column("mail_weekday", server_default=None)
    op.create_table(
        "alert_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_alert_mail_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_mail")),
    )
    op.create_index(op.f("ix_alert_mail_candidate_id"), "alert_mail", ["candidate_id"], unique=False)
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(sa.Column("frequency", sa.String(32), nullable=True))
        batch.add_column(sa.Column("mail_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_delivery_mail_id"), "alert_mail", ["mail_id"], ["id"])
        batch.create_index(op.f("ix_delivery_mail_id"), ["mail_id"], unique=False)
    op.create_table(
        "alert_sweep",
        sa.Column("id", SERIAL, autoincrement=True, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("offers", sa.Integer(), nullable=False),
        sa.Column("alerts", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_sweep")),
    )
    _gather_what_is_queued()


def _gather_what_is_queued() -> None:
    """E-mails that were owed one by one are gathered at once."""
    of_offers = "SELECT id FROM notification WHERE job_offer_id IS NOT NULL"
    op.execute(f"UPDATE delivery SET frequency = 'LIVE' WHERE channel = 'EMAIL' AND notification_id IN ({of_offers})")
    queued = "SELECT notification_id FROM delivery WHERE channel = 'EMAIL' AND status = 'QUEUED' AND frequency = 'LIVE'"
    op.execute(
        "INSERT INTO deadline (subject, kind, due_at, next_try_at, attempts)"
        " SELECT candidate_id, 'alert_mail.live', MIN(created_at), MIN(created_at), 0 FROM notification"
        f" WHERE id IN ({queued}) GROUP BY candidate_id"
    )
    op.execute("DELETE FROM outbox WHERE kind = 'delivery.queued'")


def downgrade() -> None:
    raise NotImplementedError("mails that were gathered cannot be owed one by one again: go back by restoring a backup")
