"""Puts synthetic objects into the database with all that belongs to them: who they are of, their history, what is owed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from commands.demo.candidacy import candidacy
from commands.demo.objects import SyntheticCandidacy, SyntheticJobAlert, SyntheticJobOffer
from commands.sandbox import Sandbox
from commands.seed_accounts import keep_employers, keep_people, person
from commands.seed_rows import candidacy_row, job_alert_row, job_offer_row
from models.anchor import anchors
from models.bulk import insert_rows
from models.calendar import end_of_day
from models.deadline import DeadlineKind, deadline
from models.job_offer import JobOfferEvent, JobOfferStatus
from models.outbox import OutboxEntry
from models.publication import planned
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
    await insert_rows(session, rows)
    await insert_rows(session, [each for row in rows for each in planned(row, sandbox.now)])
    await _owe_news(session, sandbox, "candidacy", [row.id for row in rows])


async def sow_job_offers(
    session: AsyncSession, sandbox: Sandbox, seed: int, made: Sequence[tuple[int, SyntheticJobOffer]]
) -> None:
    """Published some time ago: alerts do not hear of them."""
    members = await keep_employers(session, sandbox, list({each.employer: None for _, each in made}))
    rows = [
        (job_offer_row(seed, index, each, members[each.employer].employer_id, sandbox.now), members[each.employer].id)
        for index, each in made
    ]
    await insert_rows(session, [row for row, _ in rows])
    steps = (JobOfferStatus.DRAFT, JobOfferStatus.PUBLISHED)
    await insert_rows(
        session,
        [JobOfferEvent(job_offer_id=row.id, at=row.created_at, status=step, by=by) for row, by in rows for step in steps],
    )
    ends = {row.id: end_of_day(row.ends_on) for row, _ in rows if row.ends_on}
    await insert_rows(session, [deadline(DeadlineKind.JOB_OFFER_EXPIRES, id_, ends_at) for id_, ends_at in ends.items()])
    await _owe_news(session, sandbox, "job_offer", list(ends))


async def sow_job_alerts(
    session: AsyncSession, sandbox: Sandbox, seed: int, made: Sequence[tuple[int, SyntheticJobAlert]]
) -> None:
    """Each of the person who has the candidacy at the same place, or would have."""
    people = {index: person(seed, index, candidacy(seed, index).person) for index, _ in made}
    files = await keep_people(session, sandbox, list(people.values()))
    rows = [
        job_alert_row(seed, index, each, files[people[index].email].id, sandbox.now)
        for index, each in made
        if people[index].email in files
    ]
    await insert_rows(session, rows)
    await insert_rows(session, [anchor for row in rows for anchor in anchors(row.id, from_json(row.criteria))])


async def _owe_news(session: AsyncSession, sandbox: Sandbox, name: str, ids: Sequence[UUID]) -> None:
    """To the index, and to no alert."""
    await insert_rows(session, [OutboxEntry(kind=f"{name}.changed", subject=each, due_at=sandbox.now) for each in ids])
