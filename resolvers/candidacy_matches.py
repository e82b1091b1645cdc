"""The live stream of candidacies that match the caller's saved searches, from where the client left off."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from models.candidacy_search import CandidacySearch
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus
from models.job_alert import JobAlertStatus
from notifications.audience import CANDIDACIES
from notifications.log import Matched
from resolvers.candidacy import PublishedProfile, published
from resolvers.context import Context
from resolvers.job_offer_matches import follow_matches
from resolvers.stream import StreamGap


@dataclass(frozen=True)
class CandidacyMatched:
    """A candidacy that matched, and the caller's searches that it matched and that are on."""

    cursor: str
    notification_id: UUID
    profile: PublishedProfile
    searches: list[CandidacySearch]
    at: datetime


def follow(context: Context, search_id: UUID | None, after: str | None) -> AsyncGenerator[CandidacyMatched | StreamGap, None]:
    """Everything since the cursor in order, then what comes. What the caller's employer may not see now is passed over, as if
    it had never been. Raises NotFound for a search that is not the caller's."""

    async def read(event: Matched) -> CandidacyMatched | None:
        searches = [each for each in await _asking(context, event) if search_id in (None, each.id)]
        profile = (await published(context, [event.subject])).get(event.subject) if searches else None
        if profile is None:
            return None
        return CandidacyMatched(str(event.position), event.notification_id, profile, searches, event.at)

    return follow_matches(context, search_id, after, read)


async def _asking(context: Context, event: Matched) -> list[CandidacySearch]:
    """The searches that tell of it now: none while the employer does not stand."""
    standing = select(EmployerMember.id).join(Employer, Employer.id == EmployerMember.employer_id)
    standing = standing.where(ACTING, Employer.status == EmployerStatus.AUTHENTICATED)
    wanted = (
        select(CandidacySearch)
        .where(CandidacySearch.id.in_(event.alert_ids), CandidacySearch.status == JobAlertStatus.ON)
        .where(CandidacySearch.person_id.in_(standing), CANDIDACIES.asked_for(event.subject))
    )
    async with context.database.read() as session:
        return list(await session.scalars(wanted.order_by(CandidacySearch.created_at, CandidacySearch.id)))
