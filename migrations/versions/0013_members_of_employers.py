"""Owners and members of employers, who left, and invitations; one NEQ of several employers until one is authenticated"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROLE = sa.Enum("OWNER", "MEMBER", name="memberrole", native_enum=False, length=32)


def upgrade() -> None:
    op.add_column("employer_member", sa.Column("role", ROLE, nullable=False, server_default="OWNER"))
    op.add_column("employer_member", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("employer_member", sa.Column("removed_by", sa.Uuid(), nullable=True))
    with op.batch_alter_table("employer_member") as members:  # whoever is there by now has registered the employer
        members.alter_column("role", server_default=None)
    op.create_table(
        "member_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employer_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("language", sa.Enum("FR", "EN", name="language", native_enum=False, length=32), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_member_invitation_employer_id")),
        sa.ForeignKeyConstraint(["invited_by"], ["employer_member.id"], name=op.f("fk_member_invitation_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_invitation")),
        sa.UniqueConstraint("employer_id", "email", name=op.f("uq_member_invitation_employer_id_email")),
    )
    op.create_index(op.f("ix_member_invitation_expires_at"), "member_invitation", ["expires_at"], unique=False)
    op.drop_index("uq_employer_held_neq", table_name="employer")
    authenticated = sa.text("status = 'AUTHENTICATED'")
    op.create_index(
        "uq_employer_authenticated_neq",
        "employer",
        ["neq"],
        unique=True,
        postgresql_where=authenticated,
        sqlite_where=authenticated,
    )
    op.create_index(op.f("ix_employer_neq"), "employer", ["neq"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_employer_neq"), table_name="employer")
    op.drop_index("uq_employer_authenticated_neq", table_name="employer")
    held = sa.text("status <> 'REFUSED'")
    op.create_index("uq_employer_held_neq", "employer", ["neq"], unique=True, postgresql_where=held, sqlite_where=held)
    op.drop_table("member_invitation")
    with op.batch_alter_table("employer_member") as members:
        members.drop_column("removed_by")
        members.drop_column("removed_at")
        members.drop_column("role")
