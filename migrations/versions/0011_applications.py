"""Applications, their history, and what people are owed to be told of them"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATUSES = ("SUBMITTED", "UNDER_REVIEW", "INTERVIEW", "OFFERED", "HIRED", "DECLINED", "WITHDRAWN", "CLOSED")
REASONS = ("POSITION_FILLED", "EXPERIENCE", "EDUCATION", "LANGUAGE", "SKILLS", "AVAILABILITY", "OFFER_CANCELLED", "OTHER")
REFERENCES = {
    "candidacy_id": "candidacy.id",
    "candidate_id": "candidate.id",
    "employer_id": "employer.id",
    "job_offer_id": "job_offer.id",
}
STANDING = sa.text("status NOT IN ('DECLINED', 'WITHDRAWN', 'CLOSED')")


def upgrade() -> None:
    _applications()
    _history()
    _news()


def _applications() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in REFERENCES),
        sa.Column("status", _closed_set(STATUSES, "applicationstatus"), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("cover_letter", sa.String(), nullable=True),
        sa.Column("decline_reason", _closed_set(REASONS, "declinereason"), nullable=True),
        sa.Column("decline_message", sa.String(), nullable=True),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([name], [to], name=op.f(f"fk_application_{name}")) for name, to in REFERENCES.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    standing = ["candidacy_id", "job_offer_id"]
    op.create_index(
        "uq_application_standing", "application", standing, unique=True, postgresql_where=STANDING, sqlite_where=STANDING
    )
    for owner in ("candidate_id", "job_offer_id", "employer_id"):
        op.create_index(op.f(f"ix_application_{owner}_submitted_at"), "application", [owner, "submitted_at"], unique=False)


def _history() -> None:
    op.create_table(
        "application_event",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("status", _closed_set(STATUSES, "applicationstatus"), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_application_event_application_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_event")),
    )
    op.create_index(op.f("ix_application_event_application_id"), "application_event", ["application_id"], unique=False)


def _news() -> None:
    op.create_table(
        "application_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_application_mail_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_mail")),
    )
    op.create_table(
        "application_news",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", SERIAL, nullable=False),
        sa.Column("kind", _closed_set(("STEP", "REMINDER"), "newskind"), nullable=False),
        sa.Column("mail_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_application_news_account_id")),
        sa.ForeignKeyConstraint(["event_id"], ["application_event.id"], name=op.f("fk_application_news_event_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["application_mail.id"], name=op.f("fk_application_news_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_news")),
    )
    op.create_index(op.f("ix_application_mail_account_id"), "application_mail", ["account_id"], unique=False)
    for column in ("account_id", "event_id", "mail_id"):
        op.create_index(op.f(f"ix_application_news_{column}"), "application_news", [column], unique=False)


def _closed_set(values: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32)


def downgrade() -> None:
    for table in ("application_news", "application_mail", "application_event", "application"):
        op.drop_table(table)
