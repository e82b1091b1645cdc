"""Rows that the tests of this unit start from: people, their alerts, employers and offers. Valid unless told otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, Role
from models.anchor import anchors
from models.bulk import NewRows
from models.candidacy import Candidacy
from models.candidacy_search import CandidacySearch
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.document import Kind
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_alert import Alert, JobAlert, JobAlertFrequency
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_criteria import JobOfferCriteria
from models.language import Language
from models.notification import Channel, Delivery, Notification
from models.profile import ContractType, Education, WorkMode
from models.stored_criteria import Criteria, to_json
from tests.conftest import NOW

EARLIER = NOW - timedelta(days=1)
WELDING = JobOfferCriteria(text="soudeur")


class Adding(Protocol):
    """A session, as far as new rows are concerned."""

    def add(self, row: Any, /) -> None: ...

    def add_all(self, rows: Iterable[Any], /) -> None: ...


@dataclass(frozen=True)
class Person:
    id: UUID
    email: str


def add_person(
    session: Adding,
    *,
    language: Language = Language.FR,
    status: RegistrationStatus = RegistrationStatus.ACTIVE,
    confirmed: bool = True,
    **fields: Any,
) -> Person:
    person_id = uuid4()
    account = Account(
        id=person_id,
        role=Role.CANDIDATE,
        email=fields.pop("email", f"{person_id.hex}@example.org"),
        password_hash="",
        language=language,
        email_confirmed_at=EARLIER if confirmed else None,
        created_at=EARLIER,
    )
    candidate = Candidate(
        id=person_id,
        given_name=fields.pop("given_name", "Amélie"),
        family_name="N’Diaye",
        country_of_residence="SN",
        registration_status=status,
        sealed_file_number=b"",
        sealed_individual_reference_number=b"",
        certificate_fingerprint=person_id.hex,
        certificate_issued_on=date(2025, 6, 1),
        certificate_expires_on=date(2028, 6, 1),
        **fields,
    )
    session.add_all((account, candidate))
    return Person(person_id, account.email)


def add_alert(
    session: Adding,
    person: Person,
    criteria: Criteria = WELDING,
    *,
    frequency: JobAlertFrequency = JobAlertFrequency.LIVE,
    **fields: Any,
) -> Alert:
    """Of offers or of candidacies, as the criteria are."""
    alert_id = uuid4()
    fields = {"name": f"alerte {alert_id.hex[:6]}", "created_at": EARLIER, "started_at": EARLIER} | fields
    alert = (JobAlert if criteria.kind is Kind.JOB_OFFER else CandidacySearch)(
        id=alert_id,
        person_id=person.id,
        frequency=frequency,
        criteria=to_json(criteria),
        estimate_days=30,
        estimate_matches=0,
        **fields,
    )
    session.add(alert)
    session.add_all(anchors(alert_id, criteria))
    return alert


def add_employer(session: AsyncSession, status: EmployerStatus = EmployerStatus.AUTHENTICATED) -> Employer:
    employer_id = uuid4()
    neq = str(employer_id.int)[:10]
    employer = Employer(id=employer_id, name="Fonderie du Fjord", neq=neq, status=status, created_at=EARLIER)
    session.add(employer)
    return employer


def add_member(session: AsyncSession, employer: Employer, *, language: Language = Language.FR, **fields: Any) -> Person:
    """Somebody who acts for it, and whose address is confirmed."""
    member_id = uuid4()
    email = f"{member_id.hex}@example.org"
    account = {"role": Role.EMPLOYER_MEMBER, "email": email, "password_hash": "", "language": language, "created_at": EARLIER}
    session.add(Account(id=member_id, **account, email_confirmed_at=EARLIER))
    session.add(EmployerMember(id=member_id, employer_id=employer.id, name="Émile Roy", **fields))
    return Person(member_id, email)


def add_offer(session: AsyncSession, employer: Employer, *, published_at: datetime | None = NOW, **fields: Any) -> JobOffer:
    fields = {
        "title_fr": "Soudeuse ou soudeur",
        "description_fr": "Atelier",
        "occupation": "72106",
        "skills": [],
        "region": "02",
        "contract_type": ContractType.PERMANENT,
        "work_mode": WorkMode.ON_SITE,
        "openings": 1,
        "education": Education.NONE,
        "years_of_experience": 0,
        "languages": [],
        "accepts_online_applications": True,
    } | fields
    offer = JobOffer(id=uuid4(), employer_id=employer.id, created_at=EARLIER, **fields)
    if published_at:
        offer.status = JobOfferStatus.DRAFT
        offer.publish(published_at)
    session.add(offer)
    return offer


def add_candidacy(session: AsyncSession, candidate: Candidate) -> Candidacy:
    fields = {"title_fr": "Soudeuse ou soudeur", "occupations": ["72106"], "skills": [], "languages": [], "regions": []}
    row = Candidacy(id=uuid4(), candidate_id=candidate.id, created_at=NOW, work_modes=[], years_of_experience=2, **fields)
    row.education = Education.NONE
    row.publish(NOW, NOW.date().replace(year=NOW.year + 1))
    session.add(row)
    return row


class Rows:
    """Stands for a session where very many rows are added: written all at once."""

    def __init__(self) -> None:
        self._new = NewRows()

    def add(self, row: object) -> None:
        self._new.add(row)

    def add_all(self, rows: Iterable[object]) -> None:
        for row in rows:
            self._new.add(row)

    async def write(self, database: Database) -> None:
        async with database.begin() as session:
            await self._new.write(session)


async def notifications_of(session: AsyncSession, person: Person) -> list[Notification]:
    query = select(Notification).where(Notification.person_id == person.id).order_by(Notification.position)
    return list(await session.scalars(query))


async def deliveries_of(session: AsyncSession, person: Person) -> dict[Channel, Delivery]:
    query = select(Delivery).join(Notification, Notification.id == Delivery.notification_id)
    found = await session.scalars(query.where(Notification.person_id == person.id))
    return {delivery.channel: delivery for delivery in found}
