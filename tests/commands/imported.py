"""Lines to import, and what became of them. Not a test itself."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from bootstrap import Resources
from models.candidacy import Candidacy
from models.job_offer import JobOffer
from tests.commands.operator import Ran


def numbered(base: Mapping[str, Any], count: int, **fields: Any) -> list[Mapping[str, Any]]:
    return [{**base, "externalId": f"N-{number}", **fields} for number in range(count)]


def sums(ran: Ran) -> list[int]:
    """New, changed, unchanged, bad."""
    told = next(line for line in ran.out.splitlines() if " new, " in line)
    return [int(part.split()[0].replace(",", "")) for part in told.split(", ")]


async def offer(resources: Resources, external_id: str = "A-1") -> JobOffer:
    async with resources.database.read() as session:
        return (await session.scalars(select(JobOffer).where(JobOffer.external_id == external_id))).one()


async def candidacy(resources: Resources, external_id: str = "C-1") -> Candidacy:
    async with resources.database.read() as session:
        return (await session.scalars(select(Candidacy).where(Candidacy.external_id == external_id))).one()


async def count(resources: Resources, row: type[Any]) -> int:
    async with resources.database.read() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0
