"""Removing a candidacy for good, with all that others have made of it. Who may is not decided here.

Whatever refers to candidacies is ended or removed in `_forget`, and nowhere else; models.personal_data says the same of a whole
file."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from errors import Conflict
from models import application_end, contact, residence
from models.application import ENDED, Application, ApplicationEvent
from models.application_news import ApplicationNews
from models.calendar import quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.deadline import cancel
from models.notification import Notification
from models.outbox import emit
from models.stream_event import StreamEvent

UNSEEN: Final = {"synchronize_session": False}


async def remove(session: AsyncSession, held: tuple[Candidate, Candidacy], now: datetime) -> None:
    """With its file held. Raises Conflict while a residence case counts it, or an application stands. A publication whose last
    day has passed ends first, as it would have by itself. Those whose requests waited for an answer, or were accepted, are owed a
    letter, as are those who had still to hear that an application has ended; whoever follows them finds a gap. The index loses
    it when it finds that there is no row."""
    candidate, row = held
    if row.status is CandidacyStatus.PUBLISHED:
        await residence.expire(session, held, now)
    await _require_uncounted(session, candidate, row)
    await _require_no_application(session, row)
    await contact.erase(session, ContactRequest.candidacy_id == row.id, now)
    await application_end.erase(session, Application.candidacy_id == row.id, now)
    await session.flush()
    await _forget(session, row)
    await session.delete(row)
    await session.flush()
    emit(session, "candidacy.changed", row.id, now)


async def _require_uncounted(session: AsyncSession, candidate: Candidate, row: Candidacy) -> None:
    """What was published when the time to withdraw was over decides a case, however late a worker looks."""
    case = await residence.find_open(session, candidate.id) if row.status is CandidacyStatus.EXPIRED else None
    if case and row.publication_ends_on and row.publication_ends_on >= quebec_day(case.deadline_at):
        raise Conflict("NOTICE_OPEN")


async def _require_no_application(session: AsyncSession, row: Candidacy) -> None:
    """What is under way with an employer is withdrawn by itself, and what led to a hire stays."""
    standing = (Application.candidacy_id == row.id, Application.status.not_in(ENDED))
    if (found := await session.scalar(select(Application.id).where(*standing).limit(1))) is not None:
        raise Conflict("APPLICATION_STANDS", existing=("Application", found))


async def _forget(session: AsyncSession, row: Candidacy) -> None:
    """What was told of it takes its deliveries along. Work that is owed for any of this finds no row, and does nothing."""
    requests = list(await session.scalars(select(ContactRequest.id).where(ContactRequest.candidacy_id == row.id)))
    applications = list(await session.scalars(select(Application.id).where(Application.candidacy_id == row.id)))
    steps = select(ApplicationEvent.id).where(ApplicationEvent.application_id.in_(applications))
    await cancel(session, [row.id, *requests, *applications])
    for gone in (
        delete(StreamEvent).where(StreamEvent.subject.in_([*requests, *applications])),
        delete(ApplicationNews).where(ApplicationNews.event_id.in_(steps)),
        delete(ApplicationEvent).where(ApplicationEvent.application_id.in_(applications)),
        delete(Application).where(Application.id.in_(applications)),
        delete(ContactRequest).where(ContactRequest.id.in_(requests)),
        delete(Consultation).where(Consultation.candidacy_id == row.id),
        delete(Notification).where(or_(Notification.candidacy_id == row.id, Notification.matched_candidacy_id == row.id)),
    ):
        await session.execute(gone, execution_options=UNSEEN)
