"""Employers that a candidate hides from: for them the person's candidacies do not exist.

Named by NEQ, registered here or not: whoever registers with it later is hidden from as well."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.candidate import Candidate

MOST = 200
"""Of one candidate."""


class HiddenEmployer(Base):
    __tablename__ = "hidden_employer"

    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    neq: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]


def hides_from(neq: str) -> ColumnElement[bool]:
    """Whether the candidate of a query hides from the employer with that NEQ."""
    return select(HiddenEmployer.neq).where(HiddenEmployer.candidate_id == Candidate.id, HiddenEmployer.neq == neq).exists()
