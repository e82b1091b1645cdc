"""Imported code lists: occupations and skills with their labels and titles, and how often each list was imported into."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "code_entry",
        sa.Column("list_name", sa.String(32), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fr", sa.String(), nullable=True),
        sa.Column("en", sa.String(), nullable=True),
        sa.Column("titles_fr", sa.JSON(), nullable=False),
        sa.Column("titles_en", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", "code", name=op.f("pk_code_entry")),
    )
    op.create_table(
        "code_list_version",
        sa.Column("list_name", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("list_name", name=op.f("pk_code_list_version")),
    )


def downgrade() -> None:
    op.drop_table("code_list_version")
    op.drop_table("code_entry")
