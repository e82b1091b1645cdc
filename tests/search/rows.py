"""Rows of the database for tests of what the index takes from them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, Role
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate, RegistrationStatus
from models.employer import Employer, EmployerStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.language import Language
from models.profile import ContractType, Education, WorkMode
from models.salary import SalaryPeriod

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)


async def candidate_in(session: AsyncSession, country: str = "FR") -> Candidate:
    account = uuid4()
    session.add(
        Account(
            id=account,
            role=Role.CANDIDATE,
            email=f"{account.hex}@example.org",
            password_hash="",
            language=Language.FR,
            email_confirmed_at=None,
            created_at=NOW,
        )
    )
    await session.flush()
    candidate = Candidate(
        id=account,
        given_name="Awa",
        family_name="Traoré",
        telephone=None,
        country_of_residence=country,
        registration_status=RegistrationStatus.ACTIVE,
        notice_code=None,
        sealed_file_number=b"",
        sealed_individual_reference_number=b"",
        certificate_fingerprint=None,
        certificate_issued_on=date(2026, 1, 5),
        certificate_expires_on=date(2028, 1, 5),
        certificate_validated_at=None,
    )
    session.add(candidate)
    await session.flush()
    return candidate


async def employer_in(session: AsyncSession, name: str = "Hôpital du Nord") -> Employer:
    employer = Employer(
        name=name,
        neq=uuid4().hex[:10],
        city=None,
        region=None,
        website=None,
        status=EmployerStatus.AUTHENTICATED,
        status_reason=None,
        created_at=NOW,
    )
    session.add(employer)
    await session.flush()
    return employer


def candidacy_of(candidate: UUID, ends_on: date = date(2027, 1, 4), title: str = "Infirmière clinicienne") -> Candidacy:
    """Published."""
    row = Candidacy(
        id=uuid4(),
        candidate_id=candidate,
        status=CandidacyStatus.DRAFT,
        title_fr=title,
        summary_fr="Soins à domicile",
        occupations=["31301"],
        skills=[],
        languages=["fr:ORAL_PRODUCTION:9"],
        education=Education.BACHELOR,
        years_of_experience=4,
        regions=["03"],
        work_modes=["ON_SITE"],
        available_from=None,
        minimum_salary=None,
        created_at=NOW,
    )
    row.publish(NOW, ends_on)
    return row


def job_offer_of(employer: UUID, published: datetime = NOW, title: str = "Infirmière clinicienne", **changed: object) -> JobOffer:
    """Published."""
    fields: dict[str, object] = {
        "title_fr": title,
        "description_fr": "Soins à domicile",
        "occupation": "31301",
        "skills": [],
        "region": "03",
        "city": "Québec",
        "contract_type": ContractType.PERMANENT,
        "work_mode": WorkMode.ON_SITE,
        "hours_per_week": 37.5,
        "salary_minimum": 70_000,
        "salary_maximum": 90_000,
        "salary_period": SalaryPeriod.YEAR,
        "openings": 1,
        "education": Education.BACHELOR,
        "years_of_experience": 2,
        "languages": [],
        "accepts_online_applications": True,
    }
    row = JobOffer(id=uuid4(), employer_id=employer, status=JobOfferStatus.DRAFT, created_at=NOW, **{**fields, **changed})
    row.publish(published)
    return row


async def offers_in(session: AsyncSession, count: int) -> list[JobOffer]:
    """Published a second apart, by one employer."""
    employer = await employer_in(session)
    offers = [job_offer_of(employer.id, NOW + timedelta(seconds=each)) for each in range(count)]
    session.add_all(offers)
    await session.flush()
    return offers
