"""Puts synthetic objects into the database with all that belongs to them: who they are of, their history, what is owed."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from commands.demo.candidacy import candidacy
from commands.demo.objects import SyntheticCandidacy, SyntheticJobAlert, SyntheticJobOffer
from commands.sandbox import Sandbox
from commands.seed_accounts import keep_employers, keep_people, person
from commands.seed_rows import candidacy_row, job_alert_row, job_offer_row
from models.anchor import anchors
from models.calendar import end_of_day
from models.job_offer import JobOfferEvent, JobOfferStatus
from models.outbox import emit
from models.stored_criteria import from_json


async def sow_candidacies(
    session: AsyncSession, sandbox: Sandbox, seed: int, made: Sequence[tuple[int, SyntheticCandidacy]]
) -> None:
    """Published, each of a person of its own."""
    people = {index: person(seed, index, each.person) for index, each in made}
    files = await keep_people(session, sandbox, list(people.values()))
    rows = [
        candidacy_row(seed, index, each, files[people[index].email], sandbox.now)
        for index, each in made
        if people[index].email in files
    ]
    session.add_all(rows)
    for row in rows:
        emit(session, "candidacy.changed", row.id, sandbox.now)
        if row.publication_ends_on is not None:
            emit(session, "candidacy.ends", row.id, end_of_day(row.publication_ends_on))


async def sow_job_offers(
    session: AsyncSession, sandbox: Sandbox, seed: int, made: Sequence[tuple[int, SyntheticJobOffer]]
) -> None:
    """Published some time ago: alerts do not hear of them."""
    members = await keep_employers(session, sandbox, list({each.employer: None for _, each in made}))
    rows = [
        (job_offer_row(seed, index, each, members[each.employer].employer_id, sandbox.now), members[each.employer].id)
        for index, each in made
    ]
    session.add_all(row for row, _ in rows)
    await session.flush()
    for row, member_id in rows:
        steps = (JobOfferStatus.DRAFT, JobOfferStatus.PUBLISHED)
        session.add_all(JobOfferEvent(job_offer_id=row.id, at=row.created_at, status=step, by=member_id) for step in steps)
        emit(session, "job_offer.changed", row.id, sandbox.now)
        if row.ends_on is not None:
            emit(session, "job_offer.ends", row.id, end_of_day(row.ends_on))


async def sow_job_alerts(
    session: AsyncSession, sandbox: Sandbox, seed: int, made: Sequence[tuple[int, SyntheticJobAlert]]
) -> None:
    """Each of the person who has the candidacy at the same place, or would have."""
    people = {index: person(seed, index, candidacy(seed, index).person) for index, _ in made}
    files = await keep_people(session, sandbox, list(people.values()))
    await session.flush()
    rows = [
        job_alert_row(seed, index, each, files[people[index].email].id, sandbox.now)
        for index, each in made
        if people[index].email in files
    ]
    session.add_all(rows)
    await session.flush()
    for row in rows:
        session.add_all(anchors(row.id, from_json(row.criteria)))
