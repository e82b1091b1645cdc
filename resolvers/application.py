"""Applying to a job offer. Decides who may, and where to; the steps that follow are in resolvers.application_step, reading in
resolvers.application_reading."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import applications, count
from errors import Conflict, LimitReached, NotFound
from models.application import A_DAY, ENDED, LONGEST_TEXT, Application
from models.application_step import submit
from models.calendar import end_of_day
from models.candidacy import Candidacy
from models.candidacy_traces import traces_in
from models.candidate import Candidate
from models.checks import Checks
from models.employer import Employer
from models.hidden_employer import HiddenEmployer
from models.job_offer import JobOffer
from models.snapshot import take_snapshot
from resolvers.application_reading import Sent, read_application
from resolvers.candidacy import hold_own
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember


@dataclass(frozen=True)
class Applying:
    """What a candidate sends to the employer of an offer, besides the candidacy as it is."""

    job_offer_id: UUID
    candidacy_id: UUID
    cover_letter: str | None = None

    def check(self) -> None:
        """Raises Invalid."""
        checks = Checks()
        checks.words("coverLetter", self.cover_letter, LONGEST_TEXT)
        checks.done()


async def apply(context: Context, wanted: Applying, idempotency_key: str | None = None) -> Sent:
    """Sends a candidacy of the caller, published or not, as it is now. Raises NotEligible for a file that may not publish,
    NotFound for a candidacy that is not the caller's and for an offer that never was open, Conflict for an offer that one cannot
    apply to here, LimitReached for the fifty-first of a day."""
    wanted.check()
    request = Request("applyToJobOffer", idempotency_key, asdict(wanted))
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return await _earlier(session, context, earlier)
        candidate, candidacy = await hold_own(session, context, wanted.candidacy_id)  # one at a time, so that the count holds
        candidate.may_publish(context.today())
        offer = await _offered(session, context, wanted.job_offer_id)
        _require_complete(candidacy)
        await _require_shown(session, candidate, offer)
        await _require_first(session, candidacy, offer)
        await _require_room(session, context)
        row = _row(context, wanted, candidacy, offer)
        anonymous = not traces_in(candidacy, candidate, context.vault.certificate_of(candidate).numbers)
        row.snapshot = take_snapshot(candidacy, candidate.country_of_residence, context.now(), anonymous=anonymous)
        await submit(session, row, context.now())
        await remember(session, context, request, row.id)
        return await read_application(session, context, row.id)


async def _earlier(session: AsyncSession, context: Context, made: UUID) -> Sent:
    if await session.get(Application, made) is None:
        raise Conflict("DELETED_SINCE")
    return await read_application(session, context, made)


async def _offered(session: AsyncSession, context: Context, offer_id: UUID) -> JobOffer:
    """An open offer that takes applications here, which nobody closes meanwhile. Held after the file, and shared."""
    offer = await session.scalar(select(JobOffer).where(JobOffer.id == offer_id).with_for_update(read=True))
    if offer is None or offer.published_at is None:
        raise NotFound("NOT_FOUND")
    employer = await session.get_one(Employer, offer.employer_id)
    if not employer.authenticated or not offer.open_on(context.today()):
        raise Conflict("JOB_OFFER_ENDED")
    if not offer.accepts_online_applications:
        raise Conflict("APPLY_OTHERWISE", existing=("JobOffer", offer.id), how=offer.how_to_apply.best(context.language))
    return offer


def _require_complete(candidacy: Candidacy) -> None:
    """An employer must find in it what every published candidacy has."""
    if not candidacy.title or not candidacy.occupations:
        raise Conflict("CANDIDACY_INCOMPLETE", existing=("Candidacy", candidacy.id))


async def _require_shown(session: AsyncSession, candidate: Candidate, offer: JobOffer) -> None:
    """Applying says who one is: who hides from that employer has to say first that this is over."""
    employer = await session.get_one(Employer, offer.employer_id)
    if await session.get(HiddenEmployer, (candidate.id, employer.neq)) is not None:
        raise Conflict("HIDDEN_FROM_EMPLOYER")


async def _require_first(session: AsyncSession, candidacy: Candidacy, offer: JobOffer) -> None:
    """One that stands for each candidacy and offer."""
    of_both = (Application.candidacy_id == candidacy.id, Application.job_offer_id == offer.id)
    standing = await session.scalar(select(Application.id).where(*of_both, Application.status.not_in(ENDED)))
    if standing is not None:
        raise Conflict("DUPLICATE_APPLICATION", existing=("Application", standing))


async def _require_room(session: AsyncSession, context: Context) -> None:
    """On each day in Québec."""
    ends, since = end_of_day(context.today()), end_of_day(context.today() - timedelta(days=1))
    of_today = (Application.candidate_id == context.account_id, Application.submitted_at >= since)
    sent = await session.scalar(select(func.count()).select_from(Application).where(*of_today)) or 0
    if sent >= A_DAY:
        raise LimitReached("TOO_MANY_APPLICATIONS", A_DAY, sent, int((ends - context.now()).total_seconds()) + 1)
    await count(session, applications(context.vault, context.account_id, context.today()), context.now())


def _row(context: Context, wanted: Applying, candidacy: Candidacy, offer: JobOffer) -> Application:
    return Application(
        candidacy_id=candidacy.id,
        candidate_id=candidacy.candidate_id,
        employer_id=offer.employer_id,
        job_offer_id=offer.id,
        cover_letter=(wanted.cover_letter or "").strip() or None,
        submitted_at=context.now(),
        moved_at=context.now(),
    )
