"""Agents of the service."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Agent(Base):
    __tablename__ = "agent"

    id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    name: Mapped[str]
