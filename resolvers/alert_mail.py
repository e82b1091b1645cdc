"""What alerts told of: one of them, for its owner, and one mail, for whoever has the link in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy import Candidacy
from models.document import Kind
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus
from models.hidden_employer import hides_from
from models.job_offer import JobOffer
from models.notification import Delivery, DeliveryStatus, Notification, NotificationAlert
from resolvers.context import Context
from resolvers.job_offer import PostedOffer, open_offers
from resolvers.pages import PageRequest, Slice
from resolvers.siblings import Belonging, PageOf, newest_of_each, page_of
from search.source import SOURCES

OF_ALERT = Belonging(NotificationAlert.alert_id, Notification.created_at, Notification.id)


async def told_by_alert(context: Context, alert_id: UUID, page: PageRequest) -> Slice[PostedOffer]:
    """The offers that one of the caller's alerts told of and that are still open, the last told first."""
    return await page_of(context, _told_by_alerts, alert_id, page)


async def _told_by_alerts(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[PostedOffer]]:
    told = (
        select(Notification, JobOffer, Employer)
        .join(NotificationAlert, NotificationAlert.notification_id == Notification.id)
        .join(JobOffer, JobOffer.id == Notification.job_offer_id)
        .join(Employer, Employer.id == JobOffer.employer_id)
        .where(SOURCES[Kind.JOB_OFFER].stands(asked[0].context.today()))
    )
    found = await newest_of_each(session, told, OF_ALERT, asked)
    return {each: page.each(lambda row: PostedOffer(row[1], row[2])) for each, page in found.items()}


@dataclass(frozen=True)
class ToldByMail:
    """The offers that are still open, in the order in which they came, and how many there were in all; or the candidacies that
    the employer may see now: of others it is not told that they ever were."""

    offers: list[PostedOffer]
    gathered: int
    candidacies: list[Candidacy] | None = None


async def told_by_mail(context: Context, token: str) -> ToldByMail | None:
    """None for a link that is not ours, or of a mail that is not kept any more."""
    if (mail_id := context.links.read_alert_mail(token)) is None:
        return None
    of_mail = (
        select(Notification.job_offer_id, Notification.matched_candidacy_id, Notification.person_id)
        .join(Delivery, Delivery.notification_id == Notification.id)
        .where(Delivery.mail_id == mail_id, Delivery.status.in_((DeliveryStatus.QUEUED, DeliveryStatus.SENT)))
        .order_by(Notification.position)
    )
    async with context.database.read() as session:
        told = (await session.execute(of_mail)).all()
        candidacies = [candidacy for _, candidacy, _ in told if candidacy is not None]
        if candidacies:
            return ToldByMail([], 0, await _visible_to(session, context, told[0].person_id, candidacies))
    ids = [offer for offer, _, _ in told if offer is not None]
    found = await open_offers(context, ids)
    return ToldByMail([found[each] for each in ids if each in found], len(ids)) if ids else None


async def _visible_to(session: AsyncSession, context: Context, member_id: UUID, ids: Sequence[UUID]) -> list[Candidacy]:
    """To a member of an authenticated employer, whoever reads the page."""
    of_member = select(Employer.neq).join(EmployerMember, EmployerMember.employer_id == Employer.id)
    of_member = of_member.where(EmployerMember.id == member_id, ACTING, Employer.status == EmployerStatus.AUTHENTICATED)
    if (neq := await session.scalar(of_member)) is None:
        return []
    source = SOURCES[Kind.CANDIDACY]
    shown = source.select(Candidacy).where(Candidacy.id.in_(ids), source.stands(context.today()), ~hides_from(neq))
    found = {row.id: row for row in await session.scalars(shown)}
    return [found[each] for each in ids if each in found]
