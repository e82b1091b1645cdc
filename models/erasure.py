"""What stays of an account that was erased: figures that name nobody."""

from sqlalchemy.orm import Mapped

from models.account import Role
from models.base import Base, Serial


class Erasure(Base):
    """Months are written 2026-03: a day and a role could tell who it was."""

    __tablename__ = "erasure"

    id: Mapped[Serial]
    role: Mapped[Role]
    registered_in: Mapped[str]
    erased_in: Mapped[str]
    candidacies: Mapped[int]
    job_alerts: Mapped[int]
    notifications: Mapped[int]
    consultations: Mapped[int]
