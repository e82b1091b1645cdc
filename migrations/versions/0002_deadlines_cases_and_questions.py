"""Deadlines, residence cases, questions to the registry, tokens in mails, erasures"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _deadlines()
    _residence()
    _registry()
    _accounts()
    _notifications()
    _plan_what_is_published()


def _deadlines() -> None:
    op.create_table(
        "deadline",
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("subject", "kind", name=op.f("pk_deadline")),
    )
    op.create_index(op.f("ix_deadline_next_try_at"), "deadline", ["next_try_at"], unique=False)


def _residence() -> None:
    op.add_column("candidate", sa.Column("residence", sa.String(32), nullable=False, server_default="ABROAD"))
    op.add_column("candidate", sa.Column("profile_version", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("candidate") as batch:
        batch.alter_column("residence", server_default=None)
        batch.alter_column("profile_version", server_default=None)
    op.create_table(
        "residence_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("residence", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("deadline_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_residence_case_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_case")),
    )
    op.create_index(op.f("ix_residence_case_candidate_id"), "residence_case", ["candidate_id"], unique=False)
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_residence_case_open",
        "residence_case",
        ["candidate_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "residence_event",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=True),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["residence_case.id"], name=op.f("fk_residence_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence_event")),
    )
    op.create_index(op.f("ix_residence_event_case_id"), "residence_event", ["case_id"], unique=False)


def _registry() -> None:
    op.create_table(
        "registry_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("sealed_file_number", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_individual_reference_number", sa.LargeBinary(), nullable=True),
        sa.Column("certificate_issued_on", sa.Date(), nullable=True),
        sa.Column("certificate_expires_on", sa.Date(), nullable=True),
        sa.Column("country_of_residence", sa.String(), nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_registry_question_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_question")),
    )
    op.create_index(op.f("ix_registry_question_candidate_id"), "registry_question", ["candidate_id"], unique=False)
    is_open = sa.text("settled_at IS NULL")
    op.create_index(
        "uq_registry_question_open",
        "registry_question",
        ["candidate_id", "purpose"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "registry_attempt",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["registry_question.id"], name=op.f("fk_registry_attempt_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_attempt")),
    )
    op.create_index(op.f("ix_registry_attempt_question_id"), "registry_attempt", ["question_id"], unique=False)
    _ask_for_those_who_wait()


def _ask_for_those_who_wait() -> None:
    """The work that is owed names the question from now on, not the person: the question bears the person's id."""
    connection = op.get_bind()
    question = sa.table(
        "registry_question",
        sa.column("id", sa.Uuid()),
        sa.column("candidate_id", sa.Uuid()),
        sa.column("purpose", sa.String()),
        sa.column("asked_at", INSTANT),
    )
    account = sa.table("account", sa.column("id", sa.Uuid()), sa.column("created_at", INSTANT))
    candidate = sa.table("candidate", sa.column("id", sa.Uuid()), sa.column("registration_status", sa.String()))
    waiting = (
        sa.select(account.c.id, account.c.id, sa.literal("REGISTRATION"), account.c.created_at)
        .join(candidate, candidate.c.id == account.c.id)
        .where(candidate.c.registration_status == "PENDING")
    )
    connection.execute(sa.insert(question).from_select(["id", "candidate_id", "purpose", "asked_at"], waiting))
    outbox = sa.table("outbox", sa.column("kind", sa.String()))
    connection.execute(sa.update(outbox).where(outbox.c.kind == "registration.validate").values(kind="registry.ask"))


def _accounts() -> None:
    op.create_table(
        "account_token",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_token_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_token")),
    )
    op.create_index(op.f("ix_account_token_account_id"), "account_token", ["account_id"], unique=False)
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("old_email", sa.String(), nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("old_agreed_at", INSTANT, nullable=True),
        sa.Column("new_agreed_at", INSTANT, nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_email_change_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
    )
    op.create_index(op.f("ix_email_change_account_id"), "email_change", ["account_id"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("registered_in", sa.String(), nullable=False),
        sa.Column("erased_in", sa.String(), nullable=False),
        sa.Column("candidacies", sa.Integer(), nullable=False),
        sa.Column("job_alerts", sa.Integer(), nullable=False),
        sa.Column("notifications", sa.Integer(), nullable=False),
        sa.Column("consultations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )


def _notifications() -> None:
    with op.batch_alter_table("notification") as batch:
        batch.alter_column("job_offer_id", existing_type=sa.Uuid(), nullable=True)
        batch.alter_column("position", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("kind", existing_type=sa.String(), type_=sa.String(32), existing_nullable=False)
        batch.add_column(sa.Column("candidacy_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("residence_case_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_notification_candidacy_id"), "candidacy", ["candidacy_id"], ["id"])
        batch.create_foreign_key(op.f("fk_notification_residence_case_id"), "residence_case", ["residence_case_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_notification_candidacy_id_ends_on_kind"), ["candidacy_id", "ends_on", "kind"])
        batch.create_unique_constraint(op.f("uq_notification_residence_case_id_kind"), ["residence_case_id", "kind"])


QUEBEC = ZoneInfo("America/Toronto")
NOTICE = timedelta(days=7)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=QUEBEC).astimezone(UTC)


def _plan_what_is_published() -> None:
    """The ends of what is published were owed through the outbox; now they are deadlines, with the notices beside them."""
    connection = op.get_bind()
    deadline = sa.table(
        "deadline",
        sa.column("kind", sa.String()),
        sa.column("subject", sa.Uuid()),
        sa.column("due_at", INSTANT),
        sa.column("next_try_at", INSTANT),
        sa.column("attempts", sa.Integer()),
    )
    planned: list[tuple[str, object, datetime]] = []
    for table, day in (("candidacy", "publication_ends_on"), ("job_offer", "ends_on")):
        rows = sa.table(table, sa.column("id", sa.Uuid()), sa.column("status", sa.String()), sa.column(day, sa.Date()))
        published = sa.select(rows.c.id, rows.c[day]).where(rows.c.status == "PUBLISHED", rows.c[day].is_not(None))
        for subject, ends_on in connection.execute(published):
            planned.append((f"{table}.expires", subject, _at(ends_on + timedelta(days=1), 0)))
            if table == "candidacy":
                planned.append(("candidacy.ending", subject, _at(ends_on - NOTICE, 8)))
                planned.append(("candidacy.ended", subject, _at(ends_on + NOTICE, 8)))
    if planned:
        fixed = {"attempts": 0}
        rows_to_add = [{"kind": kind, "subject": about, "due_at": at, "next_try_at": at} | fixed for kind, about, at in planned]
        connection.execute(sa.insert(deadline), rows_to_add)
    outbox = sa.table("outbox", sa.column("kind", sa.String()))
    connection.execute(sa.delete(outbox).where(outbox.c.kind.in_(("candidacy.ends", "job_offer.ends"))))


def downgrade() -> None:
    raise NotImplementedError("notices that were sent cannot be forgotten: go back by restoring a backup")
