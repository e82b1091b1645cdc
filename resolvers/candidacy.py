"""What can be done with candidacies. Decides who may; leaves what a candidacy is to the model."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.permissions import may_know
from errors import Conflict, NotAllowed, NotFound
from models import application_end, candidacy_removal, publication, residence
from models.application import Application
from models.application_transition import ServiceReason
from models.candidacy import Candidacy
from models.candidacy_draft import CandidacyDraft
from models.candidate import Candidate
from models.checks import Checks
from models.deadline import cancel
from models.document import Kind
from models.hidden_employer import hides_from
from models.holding import hold_candidacy, hold_candidate
from models.public_number import normal_number
from resolvers import candidacy_writing as writing
from resolvers.certificate import own_numbers
from resolvers.consultation import record_opening
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from resolvers.person import Person, persons_of
from resolvers.versions import require_version
from search.source import SOURCES


@dataclass(frozen=True)
class PublishedProfile:
    """A published candidacy as an employer may see it: who the person is once the person has agreed."""

    candidacy: Candidacy
    country_of_residence: str
    person: Person | None = None


async def create(context: Context, draft: CandidacyDraft, idempotency_key: str | None = None) -> Candidacy:
    """Keeps a new draft of the caller. Raises LimitReached at twenty candidacies."""
    draft.check()
    request = Request("createCandidacy", idempotency_key, asdict(draft))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, earlier)
        await _check_limit(session, context.account_id)
        row = Candidacy(candidate_id=context.account_id, created_at=context.now())
        draft.write_to(row)
        session.add(row)
        await session.flush()
        await remember(session, context, request, row.id)
    return row


async def _check_limit(session: AsyncSession, candidate_id: UUID) -> None:
    if await hold_candidate(session, candidate_id) is None:  # one at a time, so that the count holds
        raise NotAllowed("SESSION_ENDED")
    writing.require_room(await session.scalar(select(func.count()).where(Candidacy.candidate_id == candidate_id)) or 0)


async def revise(context: Context, candidacy_id: UUID, changes: dict[str, Any], version: int | None) -> Candidacy:
    """Changes the fields given, by their names in CandidacyDraft. A published candidacy changes in the search as well."""
    async with context.database.begin() as session:
        candidate, row = await hold_own(session, context, candidacy_id)
        require_version(row.version, version)
        draft = replace(CandidacyDraft.of(row), **changes)
        draft.check()
        writing.revise(session, (candidate, row), draft, await own_numbers(session, context, candidate), context.now())
        await session.flush()
    return row


async def publish(context: Context, candidacy_id: UUID, version: int | None = None) -> Candidacy:
    """Makes the caller's candidacy visible to employers until its publication period ends."""
    async with context.database.begin() as session:
        candidate, row = await hold_own(session, context, candidacy_id)
        require_version(row.version, version)
        await cancel(session, [row.id])
        publication.publish(session, (candidate, row), await own_numbers(session, context, candidate), context.now())
        await session.flush()
    return row


async def withdraw(context: Context, candidacy_id: UUID, version: int | None = None) -> Candidacy:
    """Takes the caller's candidacy out of every search, and ends what was sent of it."""
    async with context.database.begin() as session:
        candidate, row = await hold_own(session, context, candidacy_id)
        require_version(row.version, version)
        await publication.withdraw(session, row, context.now())
        await residence.withdrawn(session, candidate, row, context.now())
        sent = Application.candidacy_id == row.id
        await application_end.end(session, sent, ServiceReason.CANDIDACY_WITHDRAWN, context.now())
        await session.flush()
    return row


async def delete(context: Context, candidacy_id: UUID, version: int | None = None) -> Candidacy:
    """Removes the caller's candidacy for good, with all that employers have made of it; gives it as it was. Raises Conflict while
    it is published."""
    async with context.database.begin() as session:
        held = await hold_own(session, context, candidacy_id)
        require_version(held[1].version, version)
        held[1].require_withdrawn(context.today())
        await candidacy_removal.remove(session, held, context.now())
    return held[1]


async def _earlier(session: AsyncSession, context: Context, made: UUID) -> Candidacy:
    """What the same request made when it came first."""
    if await session.get(Candidacy, made) is None:
        raise Conflict("DELETED_SINCE")
    return (await hold_own(session, context, made))[1]


async def hold_own(session: AsyncSession, context: Context, candidacy_id: UUID) -> tuple[Candidate, Candidacy]:
    """The caller's candidacy with its file, held. A stranger's is as unknown as one that never was."""
    query = select(Candidacy.id).where(Candidacy.id == candidacy_id, Candidacy.candidate_id == context.account_id)
    own = await session.scalar(query)
    if own is None or (held := await hold_candidacy(session, own)) is None:
        raise NotFound("NOT_FOUND")
    return held


async def known(context: Context, candidacy_id: UUID) -> Candidacy | None:
    """A candidacy, to its candidate and to agents."""
    async with context.database.read() as session:
        row = await session.get(Candidacy, candidacy_id)
    return row if row is not None and may_know(context.caller, "Candidacy", row.candidate_id) else None


async def published(context: Context, ids: Sequence[UUID]) -> dict[UUID, PublishedProfile]:
    """Those of the candidacies that an employer may see now, by id. The index may lag; the rows decide."""
    async with context.database.read() as session:
        return await published_among(session, context, ids)


async def published_among(session: AsyncSession, context: Context, ids: Sequence[UUID]) -> dict[UUID, PublishedProfile]:
    """The same in a transaction that goes on."""
    if not may_know(context.caller, "PublishedCandidacy"):
        return {}
    profiles = await _visible(session, context, Candidacy.id.in_(ids))
    return {profile.candidacy.id: profile for profile in profiles}


async def consult(context: Context, number: str, purpose: str | None) -> PublishedProfile | None:
    """The published candidacy with that number, for the caller's employer. The candidate will see that it was opened."""
    checks = Checks()
    checks.line("purpose", purpose, 500)
    checks.line("number", number)
    checks.done()
    return await _opened(context, Candidacy.number == normal_number(number), purpose)


async def opened(context: Context, candidacy_id: UUID) -> PublishedProfile | None:
    """The same by id: however it is opened, the candidate will see it. None for everybody but authenticated employers."""
    if not may_know(context.caller, "PublishedCandidacy"):
        return None
    return await _opened(context, Candidacy.id == candidacy_id, purpose=None)


async def _opened(context: Context, wanted: ColumnElement[bool], purpose: str | None) -> PublishedProfile | None:
    """Recorded, in whatever words the operation names it."""
    async with context.database.begin() as session:
        found = await _visible(session, context, wanted)
        if found:
            await record_opening(session, context, found[0].candidacy.id, purpose)
    return found[0] if found else None


async def _visible(session: AsyncSession, context: Context, wanted: ColumnElement[bool]) -> list[PublishedProfile]:
    """For the caller's employer."""
    query = select(Candidacy, Candidate.country_of_residence).join(Candidate, Candidate.id == Candidacy.candidate_id)
    rows = [(row, country) for row, country in await session.execute(query.where(wanted, visible(context)))]
    persons = await persons_of(session, context, [row.id for row, _ in rows]) if rows else {}
    return [PublishedProfile(row, country, persons.get(row.id)) for row, country in rows]


def visible(context: Context) -> ColumnElement[bool]:
    """Of a candidacy with its candidate: that the caller's employer may see it now."""
    return and_(SOURCES[Kind.CANDIDACY].stands(context.today()), ~hides_from(context.employer_neq))
