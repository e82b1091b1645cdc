"""The first shape of the database"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(32), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("email_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_index(op.f("ix_account_email"), "account", ["email"], unique=False)
    confirmed = sa.text("email_confirmed_at IS NOT NULL")
    op.create_index(
        "uq_account_confirmed_email", "account", ["email"], unique=True, sqlite_where=confirmed, postgresql_where=confirmed
    )
    op.create_table(
        "employer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("neq", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
    )
    op.create_index(op.f("ix_employer_status"), "employer", ["status"], unique=False)
    held = sa.text("status <> 'REFUSED'")
    op.create_index("uq_employer_held_neq", "employer", ["neq"], unique=True, sqlite_where=held, postgresql_where=held)
    op.create_table(
        "idempotent_act",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotent_act")),
    )
    op.create_index(op.f("ix_idempotent_act_at"), "idempotent_act", ["at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_kind_due_at"), "outbox", ["kind", "due_at"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_at"), "attempt", ["at"], unique=False)
    op.create_index(op.f("ix_attempt_key_at"), "attempt", ["key", "at"], unique=False)
    op.create_table(
        "agent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["account.id"], name=op.f("fk_agent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("country_of_residence", sa.String(), nullable=False),
        sa.Column("registration_status", sa.String(32), nullable=False),
        sa.Column("notice_code", sa.String(), nullable=True),
        sa.Column("sealed_file_number", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_individual_reference_number", sa.LargeBinary(), nullable=False),
        sa.Column("certificate_fingerprint", sa.String(), nullable=True),
        sa.Column("certificate_issued_on", sa.Date(), nullable=False),
        sa.Column("certificate_expires_on", sa.Date(), nullable=False),
        sa.Column("certificate_validated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("live_position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["account.id"], name=op.f("fk_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("certificate_fingerprint", name=op.f("uq_candidate_certificate_fingerprint")),
    )
    op.create_table(
        "employer_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_employer_member_employer_id")),
        sa.ForeignKeyConstraint(["id"], ["account.id"], name=op.f("fk_employer_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer_member")),
    )
    op.create_index(op.f("ix_employer_member_employer_id"), "employer_member", ["employer_id"], unique=False)
    op.create_table(
        "job_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=True),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("description_fr", sa.String(), nullable=True),
        sa.Column("description_en", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("contract_type", sa.String(32), nullable=False),
        sa.Column("work_mode", sa.String(32), nullable=False),
        sa.Column("hours_per_week", sa.Double(), nullable=True),
        sa.Column("salary_minimum", sa.Integer(), nullable=True),
        sa.Column("salary_maximum", sa.Integer(), nullable=True),
        sa.Column("salary_period", sa.String(32), nullable=True),
        sa.Column("openings", sa.Integer(), nullable=False),
        sa.Column("education", sa.String(32), nullable=False),
        sa.Column("years_of_experience", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("accepts_online_applications", sa.Boolean(), nullable=False),
        sa.Column("how_to_apply_fr", sa.String(), nullable=True),
        sa.Column("how_to_apply_en", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("removal_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_job_offer_employer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_offer")),
        sa.UniqueConstraint("employer_id", "external_id", name=op.f("uq_job_offer_employer_id_external_id")),
        sa.UniqueConstraint("number", name=op.f("uq_job_offer_number")),
    )
    op.create_index(op.f("ix_job_offer_employer_id"), "job_offer", ["employer_id"], unique=False)
    op.create_index(op.f("ix_job_offer_status_published_at"), "job_offer", ["status", "published_at"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
    )
    op.create_index(op.f("ix_sign_in_session_account_id"), "sign_in_session", ["account_id"], unique=False)
    op.create_table(
        "candidacy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("title_fr", sa.String(), nullable=True),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("summary_fr", sa.String(), nullable=True),
        sa.Column("summary_en", sa.String(), nullable=True),
        sa.Column("experience_fr", sa.String(), nullable=True),
        sa.Column("experience_en", sa.String(), nullable=True),
        sa.Column("occupations", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("education", sa.String(32), nullable=False),
        sa.Column("years_of_experience", sa.Integer(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("work_modes", sa.JSON(), nullable=False),
        sa.Column("available_from", sa.Date(), nullable=True),
        sa.Column("minimum_salary", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publication_ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_candidacy_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("candidate_id", "external_id", name=op.f("uq_candidacy_candidate_id_external_id")),
        sa.UniqueConstraint("number", name=op.f("uq_candidacy_number")),
    )
    op.create_index(op.f("ix_candidacy_candidate_id"), "candidacy", ["candidate_id"], unique=False)
    op.create_table(
        "job_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(32), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("estimate_days", sa.Integer(), nullable=False),
        sa.Column("estimate_matches", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_job_alert_candidate_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_alert")),
        sa.UniqueConstraint("candidate_id", "name", name=op.f("uq_job_alert_candidate_id_name")),
    )
    op.create_table(
        "job_offer_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("job_offer_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["job_offer_id"], ["job_offer.id"], name=op.f("fk_job_offer_event_job_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_offer_event")),
    )
    op.create_index(op.f("ix_job_offer_event_job_offer_id"), "job_offer_event", ["job_offer_id"], unique=False)
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidate_id", sa.Uuid(), nullable=False),
        sa.Column("job_offer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_notification_candidate_id")),
        sa.ForeignKeyConstraint(["job_offer_id"], ["job_offer.id"], name=op.f("fk_notification_job_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("candidate_id", "job_offer_id", name=op.f("uq_notification_candidate_id_job_offer_id")),
        sa.UniqueConstraint("candidate_id", "position", name=op.f("uq_notification_candidate_id_position")),
    )
    op.create_index(op.f("ix_notification_job_offer_id"), "notification", ["job_offer_id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sign_in_session.id"], name=op.f("fk_refresh_token_session_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(op.f("ix_refresh_token_session_id"), "refresh_token", ["session_id"], unique=False)
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("candidacy_id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_consultation_candidacy_id")),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_consultation_employer_id")),
        sa.ForeignKeyConstraint(["member_id"], ["employer_member.id"], name=op.f("fk_consultation_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    op.create_index(op.f("ix_consultation_candidacy_id"), "consultation", ["candidacy_id"], unique=False)
    op.create_index(op.f("ix_consultation_employer_id"), "consultation", ["employer_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notification.id"], name=op.f("fk_delivery_notification_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("notification_id", "channel", name=op.f("uq_delivery_notification_id_channel")),
    )
    op.create_table(
        "job_alert_anchor",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("regions", sa.Integer(), nullable=True),
        sa.Column("contract_types", sa.Integer(), nullable=True),
        sa.Column("minimum_salary", sa.Integer(), nullable=True),
        sa.Column("maximum_required_years", sa.Integer(), nullable=True),
        sa.Column("maximum_required_education", sa.Integer(), nullable=True),
        sa.Column("remainder", sa.String(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["job_alert.id"], name=op.f("fk_job_alert_anchor_alert_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", "alert_id", name=op.f("pk_job_alert_anchor")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_job_alert_anchor_alert_id"), "job_alert_anchor", ["alert_id"], unique=False)
    op.create_table(
        "notification_alert",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["job_alert.id"], name=op.f("fk_notification_alert_alert_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notification.id"], name=op.f("fk_notification_alert_notification_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notification_id", "alert_id", name=op.f("pk_notification_alert")),
    )
    op.create_index(op.f("ix_notification_alert_alert_id"), "notification_alert", ["alert_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_notification_alert_alert_id"), table_name="notification_alert")
    op.drop_table("notification_alert")
    op.drop_index(op.f("ix_job_alert_anchor_alert_id"), table_name="job_alert_anchor")
    op.drop_table("job_alert_anchor")
    op.drop_table("delivery")
    op.drop_index(op.f("ix_consultation_employer_id"), table_name="consultation")
    op.drop_index(op.f("ix_consultation_candidacy_id"), table_name="consultation")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_refresh_token_session_id"), table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index(op.f("ix_notification_job_offer_id"), table_name="notification")
    op.drop_table("notification")
    op.drop_index(op.f("ix_job_offer_event_job_offer_id"), table_name="job_offer_event")
    op.drop_table("job_offer_event")
    op.drop_table("job_alert")
    op.drop_index(op.f("ix_candidacy_candidate_id"), table_name="candidacy")
    op.drop_table("candidacy")
    op.drop_index(op.f("ix_sign_in_session_account_id"), table_name="sign_in_session")
    op.drop_table("sign_in_session")
    op.drop_index(op.f("ix_job_offer_status_published_at"), table_name="job_offer")
    op.drop_index(op.f("ix_job_offer_employer_id"), table_name="job_offer")
    op.drop_table("job_offer")
    op.drop_index(op.f("ix_employer_member_employer_id"), table_name="employer_member")
    op.drop_table("employer_member")
    op.drop_table("candidate")
    op.drop_table("agent")
    op.drop_index(op.f("ix_attempt_key_at"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_at"), table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(op.f("ix_outbox_kind_due_at"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_idempotent_act_at"), table_name="idempotent_act")
    op.drop_table("idempotent_act")
    op.drop_index("uq_employer_held_neq", table_name="employer")
    op.drop_index(op.f("ix_employer_status"), table_name="employer")
    op.drop_table("employer")
    op.drop_index("uq_account_confirmed_email", table_name="account")
    op.drop_index(op.f("ix_account_email"), table_name="account")
    op.drop_table("account")
