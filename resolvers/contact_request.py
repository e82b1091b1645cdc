"""Being in touch: what an employer and a candidate can do with contact requests. Decides who may; leaves what a request is to the
model. Reading them is in resolvers.contact_reading."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict, LimitReached, NotFound
from models import contact
from models.calendar import end_of_day
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.checks import Checks
from models.contact_request import A_DAY, LONGEST_MESSAGE, ContactRequest
from models.employer import Employer
from models.hidden_employer import HiddenEmployer
from models.holding import hold_candidacy, hold_contact_request
from models.job_offer import JobOffer, JobOfferStatus
from models.lock import lock
from models.public_number import normal_number
from resolvers.candidacy import visible
from resolvers.contact_reading import Contact, read_contact
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember


@dataclass(frozen=True)
class Asked:
    """What an employer writes to the candidate of a candidacy, about an offer."""

    candidacy_number: str
    job_offer_id: UUID
    message: str

    def check(self) -> None:
        """Raises Invalid."""
        checks = Checks()
        checks.line("candidacyNumber", self.candidacy_number)
        checks.words("message", self.message, LONGEST_MESSAGE, required=True)
        checks.done()


async def request(context: Context, asked: Asked, idempotency_key: str | None = None) -> Contact:
    """Asks the candidate to be in touch with the caller's employer. Raises NotFound for a candidacy that the employer may not
    see and for an offer that is not its own, Conflict for an offer that is not open or about which the candidacy was asked
    already, LimitReached for the hundred and first of a day."""
    asked.check()
    wanted = Request("requestContact", idempotency_key, asdict(asked))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, wanted)) is not None:
            return await _earlier(session, context, earlier)
        await lock(session, f"contact requests of {context.employer_id}")  # one at a time, so that the count holds
        offer = await _own_offer(session, context, asked.job_offer_id)
        candidacy = await _hold_visible(session, context, asked.candidacy_number)
        _require_open(context, offer)
        await _require_first(session, candidacy, offer)
        await _require_room(session, context)
        row = _row(context, asked, candidacy)
        await contact.ask(session, row, context.now())
        await remember(session, context, wanted, row.id)
        return await read_contact(session, context, row.id)


async def _earlier(session: AsyncSession, context: Context, made: UUID) -> Contact:
    if await session.get(ContactRequest, made) is None:
        raise Conflict("DELETED_SINCE")
    return await read_contact(session, context, made)


async def _own_offer(session: AsyncSession, context: Context, offer_id: UUID) -> JobOffer:
    """An offer of the caller's employer, which nobody closes meanwhile. Shared, as matching shares it: whoever holds a file may
    need it."""
    query = select(JobOffer).where(JobOffer.id == offer_id, JobOffer.employer_id == context.employer_id)
    if (offer := await session.scalar(query.with_for_update(read=True))) is None:
        raise NotFound("NOT_FOUND")
    (await session.get_one(Employer, offer.employer_id)).require_authenticated()
    return offer


async def _hold_visible(session: AsyncSession, context: Context, number: str) -> Candidacy:
    """With its file. One that hides from the caller's employer is as unknown as one that never was: nothing of it is looked at,
    nor waited for."""
    query = select(Candidacy.id).join(Candidate, Candidate.id == Candidacy.candidate_id)
    named = await session.scalar(query.where(Candidacy.number == normal_number(number), visible(context)))
    held = await hold_candidacy(session, named) if named else None
    if held is None or not await _visible(session, context, *held):
        raise NotFound("NOT_FOUND")
    return held[1]


async def _visible(session: AsyncSession, context: Context, candidate: Candidate, candidacy: Candidacy) -> bool:
    hidden = await session.get(HiddenEmployer, (candidate.id, context.employer_neq))
    return hidden is None and candidate.standing and candidacy.visible_on(context.today())


def _require_open(context: Context, offer: JobOffer) -> None:
    if not offer.open_on(context.today()):
        raise Conflict("JOB_OFFER_NOT_OPEN", existing=("JobOffer", offer.id))


async def _require_first(session: AsyncSession, candidacy: Candidacy, offer: JobOffer) -> None:
    """Once for each candidacy and offer, whatever became of it."""
    query = select(ContactRequest.id).where(ContactRequest.candidacy_id == candidacy.id, ContactRequest.job_offer_id == offer.id)
    if (asked := await session.scalar(query)) is not None:
        raise Conflict("ALREADY_CONTACTED", existing=("ContactRequest", asked))


async def _require_room(session: AsyncSession, context: Context) -> None:
    """On each day in Québec."""
    ends = end_of_day(context.today())
    since = end_of_day(context.today() - timedelta(days=1))
    of_today = (ContactRequest.employer_id == context.employer_id, ContactRequest.created_at >= since)
    sent = await session.scalar(select(func.count()).select_from(ContactRequest).where(*of_today)) or 0
    if sent >= A_DAY:
        raise LimitReached("TOO_MANY_CONTACT_REQUESTS", A_DAY, sent, _seconds(ends, context.now()))


def _seconds(until: datetime, now: datetime) -> int:
    return int((until - now).total_seconds()) + 1


def _row(context: Context, asked: Asked, candidacy: Candidacy) -> ContactRequest:
    return ContactRequest(
        candidacy_id=candidacy.id,
        candidate_id=candidacy.candidate_id,
        employer_id=context.employer_id,
        member_id=context.account_id,
        job_offer_id=asked.job_offer_id,
        message=asked.message.strip(),
        created_at=context.now(),
    )


async def accept(context: Context, request_id: UUID, reply: str | None) -> Contact:
    """The employer sees from now on who the caller is. Raises Conflict for a request that waits for no answer."""
    _check_reply(reply)
    async with context.database.begin() as session:
        row = await _own(session, context, request_id)
        await contact.accept(session, row, reply, context.now())
        await _require_standing(session, row)
        return await _done(session, context, row)


async def _require_standing(session: AsyncSession, row: ContactRequest) -> None:
    """Nobody makes oneself known to an employer that was suspended, nor about an offer that an agent removed."""
    offer = await session.get_one(JobOffer, row.job_offer_id)
    employer = await session.get_one(Employer, row.employer_id)
    if offer.status is JobOfferStatus.REMOVED or not employer.authenticated:
        raise Conflict("CONTACT_NOT_POSSIBLE")


async def decline(context: Context, request_id: UUID, reply: str | None) -> Contact:
    """The employer learns no more than what the caller writes. Raises Conflict for a request that waits for no answer."""
    _check_reply(reply)
    async with context.database.begin() as session:
        row = await _own(session, context, request_id)
        await contact.decline(session, row, reply, context.now())
        return await _done(session, context, row)


async def withdraw_consent(context: Context, request_id: UUID) -> Contact:
    """The employer does not see any more who the caller is. Raises Conflict for a request that is not accepted."""
    async with context.database.begin() as session:
        row = await _own(session, context, request_id)
        await contact.withdraw_consent(session, row, context.now())
        return await _done(session, context, row)


async def cancel(context: Context, request_id: UUID) -> Contact:
    """By the employer. Raises Conflict for a request that waits for no answer."""
    async with context.database.begin() as session:
        row = await _own(session, context, request_id)
        (await session.get_one(Employer, row.employer_id)).require_authenticated()
        await contact.cancel_request(session, row, context.now())
        return await _done(session, context, row)


async def _done(session: AsyncSession, context: Context, row: ContactRequest) -> Contact:
    await session.flush()
    return await read_contact(session, context, row.id)


def _check_reply(reply: str | None) -> None:
    checks = Checks()
    checks.words("reply", reply, LONGEST_MESSAGE)
    checks.done()


async def _own(session: AsyncSession, context: Context, request_id: UUID) -> ContactRequest:
    """A request to the caller, or of the caller's employer, with its file held. A stranger's is as unknown as one that never
    was."""
    caller = context.caller
    mine = or_(
        ContactRequest.candidate_id == context.account_id,
        ContactRequest.employer_id == (caller.employer_id if caller else None),
    )
    own = await session.scalar(select(ContactRequest.id).where(ContactRequest.id == request_id, mine))
    if own is None or (held := await hold_contact_request(session, own)) is None:
        raise NotFound("NOT_FOUND")
    return held[1]
