"""Sweeps: what was found when alerts were looked up by search, beside the table that they are found by."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Serial


class AlertSweep(Base):
    """One look at the offers, and candidacies, that were announced from `since` until `until`. Without `ended_at` it is under
    way, or died."""

    __tablename__ = "alert_sweep"

    id: Mapped[Serial]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    since: Mapped[datetime]
    until: Mapped[datetime]
    offers: Mapped[int] = mapped_column(default=0)
    alerts: Mapped[int] = mapped_column(default=0)
    found: Mapped[int] = mapped_column(default=0)
    """Pairs of a person and an offer or candidacy that nobody had told of: each is a defect of ours."""
