"""Offers and candidacies from few enough codes and amounts that they often suit each other in part, bounds included. Drawn
by a seed. Not a test itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from models.candidacy import Candidacy, CandidacyStatus
from models.job_offer import RUNS_FOR, JobOffer, JobOfferStatus
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import SalaryPeriod

T = TypeVar("T")
NOON = datetime(2026, 3, 16, 16, tzinfo=UTC)
TODAY = date(2026, 3, 16)
ENDS_ON = TODAY + RUNS_FOR
OCCUPATIONS = ("31301", "31302", "31303", "21231", "72106")
SKILLS = ("python", "patient-care", "welding-mig", "teamwork", "sql")
REGIONS = ("01", "02", "06")
LANGUAGES = ("fr", "en", "es")
YEARS = (0, 1, 2, 3, 4, 5, 9, 10)
DAYS = (-400, 0, 30, 31, 119, 120, 121, 400)
"""Until a candidacy is available: on both sides of the day an offer ends on, and of the patience after it."""
PAYS = (40_000, 52_000, 60_000)


def offer(random: Random, number: int = 0, published: datetime = NOON) -> JobOffer:
    row = JobOffer(
        id=UUID(int=random.getrandbits(128), version=4),
        employer_id=UUID(int=1),
        number=f"O{number}",
        status=JobOfferStatus.DRAFT,
        title_fr="Poste",
        description_fr="Travail.",
        occupation=random.choice(OCCUPATIONS),
        skills=_some(random, SKILLS, 4),
        region=random.choice(REGIONS),
        contract_type=ContractType.PERMANENT,
        work_mode=random.choice(list(WorkMode)),
        openings=1,
        education=random.choice(list(Education)),
        years_of_experience=random.choice(YEARS),
        languages=_levels(random),
        accepts_online_applications=True,
        version=1,
    )
    if random.random() < 0.7:
        row.salary_minimum, row.salary_maximum, row.salary_period = _pay(random)
    row.publish(published)
    return row


def candidacy(random: Random, number: int = 0, published: datetime = NOON) -> Candidacy:
    """Some name no occupation, as no published one may: the match of a draft is defined as well."""
    return Candidacy(
        id=UUID(int=random.getrandbits(128), version=4),
        candidate_id=UUID(int=2),
        number=f"C{number}",
        status=CandidacyStatus.PUBLISHED,
        title_fr="Profil",
        occupations=_some(random, OCCUPATIONS, 2) or _some(random, OCCUPATIONS, 2),
        skills=_some(random, SKILLS, 5),
        languages=_levels(random),
        education=random.choice(list(Education)),
        years_of_experience=random.choice(YEARS),
        regions=_some(random, REGIONS, 2),
        work_modes=[each.value for each in _some(random, list(WorkMode), 2)],
        available_from=TODAY + timedelta(days=random.choice(DAYS)) if random.random() < 0.8 else None,
        minimum_salary=random.choice((0, 39_999, *PAYS, 60_001)) if random.random() < 0.7 else None,
        published_at=published,
        publication_ends_on=TODAY + timedelta(days=200),
        version=1,
    )


def _pay(random: Random) -> tuple[int, int, SalaryPeriod]:
    """The most is one of the pays, by the year or by the week."""
    most = random.choice(PAYS)
    return random.choice(((most - 5_000, most, SalaryPeriod.YEAR), (700, most // 52, SalaryPeriod.WEEK)))


def _levels(random: Random) -> list[str]:
    """At most one of each skill of a language."""
    kinds = [(language, skill) for language in LANGUAGES for skill in list(LanguageSkill)[:2]]
    chosen = random.sample(kinds, random.choice((0, 1, 1, 2, 3)))
    return [str(LanguageLevel(language, skill, random.choice((1, 6, 7, 11, 12)))) for language, skill in chosen]


def _some(random: Random, values: Sequence[T], most: int) -> list[T]:
    return random.sample(values, random.randint(0, most))
