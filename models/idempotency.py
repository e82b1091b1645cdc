"""Acts that a client marked with a key, so that the same request sent twice is done once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class IdempotentAct(Base):
    """`scope` is the account that acted, or what else names the caller; `fingerprint` tells a repeat from another request
    under the same key."""

    __tablename__ = "idempotent_act"

    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    subject: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(index=True)
