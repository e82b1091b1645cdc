"""Candidacy searches, among alerts: those that members of employers save."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria
from models.candidacy_search import CandidacySearch
from models.candidate import Candidate
from models.criteria_checks import check_candidacy_criteria
from models.job_alert import JobAlertFrequency
from models.notification import Notification, NotificationAlert
from models.stored_criteria import to_json
from notifications.audience import CANDIDACIES
from notifications.estimate import Estimate, estimate
from resolvers import alert
from resolvers.alert import Manner, Wanted
from resolvers.alert_mail import OF_ALERT
from resolvers.candidacy import PublishedProfile, visible
from resolvers.context import Context
from resolvers.idempotency import Request
from resolvers.pages import NO_ITEMS, PageRequest, Slice
from resolvers.person import persons_of
from resolvers.siblings import PageOf, newest_of_each, page_of
from resolvers.visibility import Familiar


async def _estimate(context: Context, criteria: CandidacyCriteria) -> Estimate:
    """Over what the caller's employer may see."""
    return await estimate(context.database, criteria, context.now(), which=visible(context))


SEARCHES = Manner(CandidacySearch, CANDIDACIES, "CandidacySearch", 20, "TOO_MANY_SEARCHES", check_candidacy_criteria, _estimate)
Changes = Wanted[CandidacyCriteria]


def asking(
    name: str | None, frequency: JobAlertFrequency | None, criteria: CandidacyCriteria | None, without: Familiar
) -> Changes:
    return Wanted(name, frequency, criteria, (("unopened_only", without.consulted), ("uncontacted_only", without.contacted)))


async def save(context: Context, wanted: Changes, idempotency_key: str | None) -> CandidacySearch:
    """Keeps a new search of the caller. Raises what resolvers.alert.create raises."""
    assert wanted.criteria is not None
    source = [wanted.name, wanted.frequency, to_json(wanted.criteria), wanted.besides]
    request = Request("saveCandidacySearch", idempotency_key, source)
    return await alert.create(context, SEARCHES, wanted, request)


async def told_by_search(context: Context, search_id: UUID, page: PageRequest) -> Slice[PublishedProfile]:
    """The candidacies that one of the caller's searches told of and that it may see now, the last told first."""
    if not context.may_read("PublishedCandidacy", "id", None):
        return NO_ITEMS
    return await page_of(context, _told_by_searches, search_id, page)


async def _told_by_searches(session: AsyncSession, asked: Sequence[PageOf]) -> dict[PageOf, Slice[PublishedProfile]]:
    context = asked[0].context
    told = (
        select(Notification, Candidacy, Candidate.country_of_residence)
        .join(NotificationAlert, NotificationAlert.notification_id == Notification.id)
        .join(Candidacy, Candidacy.id == Notification.matched_candidacy_id)
        .join(Candidate, Candidate.id == Candidacy.candidate_id)
        .where(visible(context))
    )
    found = await newest_of_each(session, told, OF_ALERT, asked)
    shown = {row[1].id for page in found.values() for _, row in page.items}
    persons = await persons_of(session, context, list(shown)) if shown else {}
    return {each: page.each(lambda row: PublishedProfile(row[1], row[2], persons.get(row[1].id))) for each, page in found.items()}
