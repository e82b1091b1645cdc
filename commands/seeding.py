"""Puts in the demonstration data, and as much synthetic volume as a measurement needs. What is there already stays as it
is: seeding again, or after an interruption, adds what is missing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bootstrap import Resources
from commands.database import open_ready
from commands.demo.candidacy import candidacy
from commands.demo.job_alert import job_alert
from commands.demo.job_offer import job_offer
from commands.demo.objects import SyntheticCandidacy, SyntheticJobAlert, SyntheticJobOffer
from commands.failure import Failed
from commands.indexing import bring_in_line
from commands.progress import progress
from commands.sandbox import Sandbox
from commands.seed_accounts import DEMO_SEED, PASSWORD, has_demo_accounts, keep_demo_accounts
from commands.seed_rows import key
from commands.sowing import sow_candidacies, sow_job_alerts, sow_job_offers
from config import Settings
from models.candidacy import Candidacy
from models.job_alert import JobAlert
from models.job_offer import JobOffer

DEMO_CANDIDACIES, DEMO_OFFERS = 240, 240
BATCH = 500

T = TypeVar("T")


@dataclass(frozen=True)
class Volume:
    """How many synthetic ones, besides the demonstration."""

    candidacies: int = 0
    offers: int = 0
    alerts: int = 0
    random_seed: int = 1


@dataclass(frozen=True)
class Lot(Generic[T]):
    """Things of one kind, in the order of their places. `name` begins the names of their ids."""

    label: str
    name: str
    row: type[Candidacy] | type[JobOffer] | type[JobAlert]
    make: Callable[[int, int], T]
    sow: Callable[[AsyncSession, Sandbox, int, Sequence[tuple[int, T]]], Awaitable[None]]


CANDIDACIES = Lot[SyntheticCandidacy]("candidacies", "candidacy", Candidacy, candidacy, sow_candidacies)
OFFERS = Lot[SyntheticJobOffer]("job offers", "job-offer", JobOffer, job_offer, sow_job_offers)
ALERTS = Lot[SyntheticJobAlert]("job alerts", "job-alert", JobAlert, job_alert, sow_job_alerts)


async def seed(settings: Settings, wanted: Volume) -> None:
    """Raises Failed in production."""
    if settings.production:
        raise Failed("demonstration data is refused in production: everybody knows the password of its accounts")
    async with open_ready(settings) as resources:
        sandbox = Sandbox(resources.vault, await resources.passwords.hash(PASSWORD), resources.now())
        await _keep_accounts(resources, sandbox)
        added = await _sow(resources, sandbox, CANDIDACIES, DEMO_SEED, DEMO_CANDIDACIES)
        added += await _sow(resources, sandbox, OFFERS, DEMO_SEED, DEMO_OFFERS)
        added += await _sow(resources, sandbox, CANDIDACIES, wanted.random_seed, wanted.candidacies)
        added += await _sow(resources, sandbox, OFFERS, wanted.random_seed, wanted.offers)
        added += await _sow(resources, sandbox, ALERTS, wanted.random_seed, wanted.alerts)
        print(f"Added {added:,} candidacies, offers and alerts." if added else "All of it is there already.", flush=True)
        await bring_in_line(resources)


async def _keep_accounts(resources: Resources, sandbox: Sandbox) -> None:
    async with resources.database.read() as session:
        if await has_demo_accounts(session):
            return
    async with resources.database.begin() as session:
        await keep_demo_accounts(session, sandbox, job_offer(DEMO_SEED, 0).employer)


async def _sow(resources: Resources, sandbox: Sandbox, lot: Lot[T], seed: int, count: int) -> int:
    """Adds what is missing of the first `count`, and answers how many that were."""
    added = 0
    with progress(lot.label, count) as bar:
        for start in range(0, count, BATCH):
            places = range(start, min(start + BATCH, count))
            made = [(place, lot.make(seed, place)) for place in await _missing(resources, lot, seed, places)]
            if made:
                async with resources.database.begin() as session:
                    await lot.sow(session, sandbox, seed, made)
            added += len(made)
            bar.advance(len(places))
    return added


async def _missing(resources: Resources, lot: Lot[T], seed: int, places: range) -> list[int]:
    ids = {place: key(f"{lot.name}/{seed}/{place}") for place in places}
    async with resources.database.read() as session:
        found = set(await session.scalars(select(lot.row.id).where(lot.row.id.in_(ids.values()))))
    return [place for place in places if ids[place] not in found]
