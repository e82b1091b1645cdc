"""What is told of, and to whom: offers to candidates, candidacies to members of employers. The one place of this unit that says
who may hear of what; how they are told is the same for both."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from models.calendar import quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_document import candidacy_document
from models.candidacy_search import CandidacySearch
from models.candidate import STANDING, Candidate
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.document import Document, Kind
from models.employer import ACTING, Employer, EmployerMember, EmployerStatus
from models.hidden_employer import HiddenEmployer
from models.job_alert import Alert, JobAlert
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_document import job_offer_document
from models.notification import Notification, NotificationKind

CANDIDACY_NOT_AVAILABLE = "CANDIDACY_NOT_AVAILABLE"
Row = JobOffer | Candidacy


@dataclass(frozen=True)
class Audience:
    """`open` selects what is published by those who stand, with what its document takes from elsewhere. `listening` says whether
    a person may hear of anything, `may_hear` whether of that one, `asked_for` whether the alert still wants it."""

    kind: Kind
    told: NotificationKind
    alert: type[Alert]
    listener: type[Candidate] | type[EmployerMember]
    listening: ColumnElement[bool]
    row: type[JobOffer] | type[Candidacy]
    subject: InstrumentedAttribute[UUID | None]
    """The column of the ledger that names it."""
    open: Select[*tuple[Any, ...]]
    once_open: Select[*tuple[Any, ...]]
    """The same of what has been published and counts in an estimate."""
    open_on: Callable[[Any, date], bool]
    document: Callable[[Any, str], Document]
    may_hear: Callable[[UUID], ColumnElement[bool]] = lambda _: true()
    asked_for: Callable[[UUID], ColumnElement[bool]] = lambda _: true()
    hiding: Callable[[UUID, Collection[UUID]], Select[UUID]] | None = None
    """Those of some persons who hide from whom it comes from: it is in their ledger, and nothing tells them of it."""
    selective: bool = False
    """Whether the last two leave anybody out."""
    away: Sequence[str] = ()
    """The code of why a mail does not tell of one that is not to be seen, if it may be seen again later."""

    @property
    def announced(self) -> str:
        """The kind of outbox entry that owes the matching of one."""
        return f"{self.kind}.announced"

    @property
    def announced_again(self) -> str:
        """The same of one that has been matched, for whoever could not hear of it then: there may be very many at once, and what
        is new does not wait for them."""
        return f"{self.kind}.announced_again"

    @property
    def partly_told(self) -> str:
        """The same of one that so many wait for that they are told beside what comes next."""
        return f"{self.kind}.partly_told"


@dataclass(frozen=True)
class Announced:
    """One that people may be told of. Alerts that began later than `at` do not hear of it."""

    row: Row
    beside: str
    at: datetime
    of: Audience

    @cached_property
    def document(self) -> Document:
        """Takes its time to make."""
        return self.of.document(self.row, self.beside)


async def find_announced(session: AsyncSession, of: Audience, subject: UUID, now: datetime) -> Announced | None:
    """The one of that id, if it is published and has not passed its last day."""
    found = (await session.execute(of.open.where(of.row.id == subject))).one_or_none()
    if found is None or not of.open_on(found[0], quebec_day(now)):
        return None
    row, beside = found
    return Announced(row, beside, row.announced_at or row.published_at, of)


def _who_hide(job_offer_id: UUID, persons: Collection[UUID]) -> Select[UUID]:
    query = select(HiddenEmployer.candidate_id).join(Employer, Employer.neq == HiddenEmployer.neq)
    query = query.join(JobOffer, JobOffer.employer_id == Employer.id)
    return query.where(JobOffer.id == job_offer_id, HiddenEmployer.candidate_id.in_(persons))


def _does_not_hide(candidacy_id: UUID) -> ColumnElement[bool]:
    """Of a member: the candidate does not hide from the employer."""
    hidden = (
        select(Employer.id)
        .join(HiddenEmployer, HiddenEmployer.neq == Employer.neq)
        .join(Candidacy, Candidacy.candidate_id == HiddenEmployer.candidate_id)
        .where(Candidacy.id == candidacy_id)
    )
    return EmployerMember.employer_id.not_in(hidden)


def _not_left_out(candidacy_id: UUID) -> ColumnElement[bool]:
    """Of a search that leaves out what its employer has opened, or whom it has contacted: this it has not."""
    return and_(
        or_(CandidacySearch.unopened_only.is_not(True), ~_known_by(Consultation, candidacy_id)),
        or_(CandidacySearch.uncontacted_only.is_not(True), ~_known_by(ContactRequest, candidacy_id)),
    )


def _known_by(record: type[Consultation] | type[ContactRequest], candidacy_id: UUID) -> ColumnElement[bool]:
    """Of a search: its employer has such a record of the candidacy."""
    theirs = (record.employer_id == EmployerMember.employer_id, EmployerMember.id == Alert.person_id)
    return exists().where(record.candidacy_id == candidacy_id, *theirs)


_ONCE_PUBLISHED = tuple(status for status in JobOfferStatus if status is not JobOfferStatus.DRAFT)
_OFFERS = select(JobOffer, Employer.name).join(Employer, Employer.id == JobOffer.employer_id)
_CANDIDACIES = (
    select(Candidacy, Candidate.country_of_residence)
    .join(Candidate, Candidate.id == Candidacy.candidate_id)
    .where(Candidacy.status == CandidacyStatus.PUBLISHED, Candidate.registration_status.in_(STANDING))
)
OFFERS = Audience(
    kind=Kind.JOB_OFFER,
    told=NotificationKind.JOB_OFFER_MATCHED,
    alert=JobAlert,
    listener=Candidate,
    listening=Candidate.registration_status.in_(STANDING),
    row=JobOffer,
    subject=Notification.job_offer_id,
    open=_OFFERS.where(JobOffer.status == JobOfferStatus.PUBLISHED, Employer.status == EmployerStatus.AUTHENTICATED),
    once_open=_OFFERS.where(JobOffer.status.in_(_ONCE_PUBLISHED)),
    open_on=JobOffer.open_on,
    document=job_offer_document,
    hiding=_who_hide,
)
CANDIDACIES = Audience(
    kind=Kind.CANDIDACY,
    told=NotificationKind.CANDIDACY_MATCHED,
    alert=CandidacySearch,
    listener=EmployerMember,
    listening=and_(
        ACTING, EmployerMember.employer_id.in_(select(Employer.id).where(Employer.status == EmployerStatus.AUTHENTICATED))
    ),
    row=Candidacy,
    subject=Notification.matched_candidacy_id,
    open=_CANDIDACIES,
    once_open=_CANDIDACIES,
    open_on=Candidacy.visible_on,
    document=candidacy_document,
    may_hear=_does_not_hide,
    asked_for=_not_left_out,
    selective=True,
    away=(CANDIDACY_NOT_AVAILABLE,),
)
AUDIENCES = (OFFERS, CANDIDACIES)
