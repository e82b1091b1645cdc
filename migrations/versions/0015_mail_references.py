"""Letters name the account that they go to by something that nobody else knows"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


def upgrade() -> None:
    op.add_column("account", sa.Column("mail_reference", sa.Uuid(), nullable=True))
    op.execute(f"UPDATE account SET mail_reference = {RANDOM[op.get_bind().dialect.name]}")
    with op.batch_alter_table("account") as batch:
        batch.alter_column("mail_reference", existing_type=sa.Uuid(), nullable=False)
    op.create_index(op.f("ix_account_mail_reference"), "account", ["mail_reference"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_account_mail_reference"), table_name="account")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("mail_reference")
