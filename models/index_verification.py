"""What the last comparison of an index with the rows found, for whoever watches the service. Compares nothing itself."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.document import Kind


class IndexVerification(Base):
    """One row for each kind that was ever compared. See search.verification on what the three counts count."""

    __tablename__ = "index_verification"

    kind: Mapped[Kind] = mapped_column(primary_key=True)
    verified_at: Mapped[datetime]
    missing: Mapped[int]
    stale: Mapped[int]
    surplus: Mapped[int]


async def record(session: AsyncSession, kind: Kind, now: datetime, counts: Mapping[str, int]) -> None:
    """Takes the place of the one before. `counts` are the three, by their names."""
    await session.merge(IndexVerification(kind=kind, verified_at=now, **counts))
