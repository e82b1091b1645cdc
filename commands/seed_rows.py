"""Rows of synthetic candidacies, offers and alerts. The same seed and place give the same row, but for the days, which are
counted from now."""

from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from random import Random
from uuid import UUID, uuid5

from commands.demo.objects import SyntheticCandidacy, SyntheticJobAlert, SyntheticJobOffer
from models.calendar import period_end, quebec_day
from models.candidacy import Candidacy
from models.candidacy_draft import CandidacyDraft
from models.candidate import Candidate
from models.job_alert import JobAlert
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_criteria import JobOfferCriteria
from models.job_offer_draft import JobOfferDraft
from models.language import NO_TEXT
from models.profile import LanguageLevel
from models.public_number import ALPHABET, LENGTH
from models.salary import Salary
from models.stored_criteria import from_json, to_json
from notifications.estimate import DAYS

NAMESPACE = UUID("5c1f4a5e-6a0b-4f5b-9a55-0c6f6f1d7a10")
PUBLISHED_WITHIN = timedelta(days=25)
LONGEST_RUN = timedelta(days=120)
"""Offers are taken to have been extended as far as they can be: a demonstration lasts longer than thirty days."""
STEP = 80_000_000_151
"""Prime to the count of numbers: numbers that follow each other look unlike, and none comes twice."""


def key(name: str) -> UUID:
    """The id of the row with that name: seeding again finds it."""
    return uuid5(NAMESPACE, name)


def candidacy_row(seed: int, index: int, made: SyntheticCandidacy, candidate: Candidate, now: datetime) -> Candidacy:
    at = _published_at(f"candidacy/{seed}/{index}", now)
    row = Candidacy(
        id=key(f"candidacy/{seed}/{index}"),
        candidate_id=candidate.id,
        external_id=made.external_id,
        number=_number(f"candidacies/{seed}", index),
        created_at=at,
    )
    _candidacy_draft(made, now).write_to(row)
    row.publish(at, period_end(candidate.certificate_issued_on, candidate.certificate_expires_on, quebec_day(at)))
    return row


def _candidacy_draft(made: SyntheticCandidacy, now: datetime) -> CandidacyDraft:
    days = made.available_from_days
    return CandidacyDraft(
        title=made.title,
        summary=made.summary,
        experience=made.experience,
        occupations=made.occupations,
        skills=made.skills,
        languages=tuple(LanguageLevel(*level) for level in made.languages),
        education=made.education,
        years_of_experience=made.years_of_experience,
        regions=made.regions,
        work_modes=made.work_modes,
        available_from=None if days is None else quebec_day(now) + timedelta(days=days),
        minimum_salary=made.minimum_salary,
    )


def job_offer_row(seed: int, index: int, made: SyntheticJobOffer, employer_id: UUID, now: datetime) -> JobOffer:
    at = _published_at(f"job-offer/{seed}/{index}", now)
    row = JobOffer(
        id=key(f"job-offer/{seed}/{index}"),
        employer_id=employer_id,
        status=JobOfferStatus.DRAFT,
        external_id=made.external_id,
        number=_number(f"numbers/{seed}", index),
        created_at=at,
    )
    _job_offer_draft(made).write_to(row)
    row.publish(at)
    row.ends_on = quebec_day(at) + LONGEST_RUN
    return row


def _job_offer_draft(made: SyntheticJobOffer) -> JobOfferDraft:
    return JobOfferDraft(
        occupation=made.occupation,
        region=made.region,
        contract_type=made.contract_type,
        work_mode=made.work_mode,
        title=made.title,
        description=made.description,
        skills=made.skills,
        city=made.city,
        hours_per_week=made.hours_per_week,
        salary=Salary(*made.salary) if made.salary else None,
        openings=made.openings,
        education=made.education,
        years_of_experience=made.years_of_experience,
        languages=tuple(LanguageLevel(*level) for level in made.languages),
        accepts_online_applications=made.accepts_online_applications,
        how_to_apply=made.how_to_apply or NO_TEXT,
    )


def job_alert_row(seed: int, index: int, made: SyntheticJobAlert, candidate_id: UUID, now: datetime) -> JobAlert:
    """No estimate is made: reading thirty days of offers for each would take hours."""
    return JobAlert(
        id=key(f"job-alert/{seed}/{index}"),
        person_id=candidate_id,
        name=f"{made.name[:60]} {seed}/{index}",
        frequency=made.frequency,
        criteria=to_json(criteria_of(made)),
        estimate_days=DAYS,
        estimate_matches=0,
        created_at=now,
        started_at=now,
    )


def criteria_of(made: SyntheticJobAlert) -> JobOfferCriteria:
    return from_json(made.criteria)


def _published_at(name: str, now: datetime) -> datetime:
    return now - PUBLISHED_WITHIN * Random(name).random()


def _number(seed: str, index: int) -> str:
    """A public number that no other place of that seed has, and in all likelihood none of another seed."""
    number, characters = (_first_number(seed) + index * STEP) % len(ALPHABET) ** LENGTH, ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        characters += ALPHABET[place]
    return f"{characters[:4]}-{characters[4:]}"


@cache
def _first_number(seed: str) -> int:
    return int.from_bytes(sha256(seed.encode()).digest()[:8])
