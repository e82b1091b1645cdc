"""What was tried, counted so that nobody tries for ever. Which tries count, and how many are allowed, is not decided here."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Serial


class Attempt(Base):
    """One attempt against one key. The key is a pseudonym: it names neither a person nor a network."""

    __tablename__ = "attempt"

    id: Mapped[Serial]
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (Index(None, "key", "at"),)
