"""Offers and criteria of every kind, from few enough words, codes and amounts that they often meet, bounds included.

Drawn by one seed: drawing every value apart through hypothesis would take most of the time there is."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from models.criteria import CriteriaMode, Quantifier
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import SalaryPeriod
from tests.conftest import NOW

T = TypeVar("T")
Fields = dict[str, Any]
WORDS = (
    *("infirmière", "infirmier", "nurse", "nurses", "sécurité", "security", "données", "data", "développeur", "developer"),
    *("C++", "C#", ".NET", "Node.js", "soins", "care", "intensifs", "l’équipe", "aide-soignant", "Œuvre", "nuit", "night"),
)
SEARCHED = (
    *WORDS,
    *("infirmiere", "securite", "donnees", "developpeur", "INFIRMIÈRES", "equipe", "aide soignant", "oeuvre", "soudeur"),
)
OCCUPATIONS = ("31301", "31302", "21231", "21232", "72106")
PREFIXES = (*OCCUPATIONS, "3", "31", "313", "2", "2123", "7")
SKILLS = ("python", "patient-care", "welding-mig")
REGIONS = ("01", "02", "06", "16")
LANGUAGES = ("fr", "en", "es")
NUMBERS = tuple(f"BCD{third}-{fifth}345" for third in "FGHJK" for fifth in "23456789")
HOURS = {SalaryPeriod.HOUR: 1, SalaryPeriod.WEEK: 40, SalaryPeriod.MONTH: 160, SalaryPeriod.YEAR: 2000}
YEARS = range(13)
ASKED = 0.2
"""The share of criteria that ask for any one thing: most ask for little, so that many pairs match."""
NUMBERED = 0.1
"""The share of texts that are a public number."""
DAY = NOW.date()


def offer(random: Random) -> Fields:
    """The fields of an offer that can be published."""
    return {
        "title_fr": words(random),
        "title_en": maybe(random, words(random), 0.5),
        "description_fr": words(random),
        "description_en": maybe(random, words(random), 0.5),
        "occupation": random.choice(OCCUPATIONS),
        "skills": some(random, SKILLS),
        "region": random.choice(REGIONS),
        "contract_type": random.choice(list(ContractType)),
        "work_mode": random.choice(list(WorkMode)),
        "hours_per_week": maybe(random, random.choice((20.0, 37.5)), 0.5),
        **(salary(random) if random.random() < 0.6 else {}),
        "education": random.choice(list(Education)),
        "years_of_experience": random.choice(YEARS),
        "languages": [str(level) for level in levels(random)],
        "accepts_online_applications": random.random() < 0.5,
        "how_to_apply_fr": "Par courriel",
    }


def criteria(random: Random, employers: Sequence[UUID]) -> JobOfferCriteria:
    """Anything a client may ask for, of one criterion or of several."""
    return JobOfferCriteria(
        text=maybe(random, query(random), 2 * ASKED),
        occupations=few(random, PREFIXES),
        skills=few(random, SKILLS),
        skills_match=random.choice(list(Quantifier)),
        regions=few(random, REGIONS),
        contract_types=few(random, list(ContractType)),
        work_modes=few(random, list(WorkMode)),
        minimum_salary=maybe(random, random.randrange(20_000, 160_000, 2_000)),
        maximum_required_years=maybe(random, random.choice(YEARS)),
        maximum_required_education=maybe(random, random.choice(list(Education))),
        languages_at_most=maybe(random, levels(random)) or (),
        accepts_online_applications=maybe(random, random.random() < 0.5),
        published_since=maybe(random, DAY + timedelta(days=random.randint(-1, 1))),
        employers=few(random, employers),
        excluding=JobOfferExclusion(few(random, PREFIXES, 1), few(random, REGIONS, 1), few(random, employers, 1)),
        mode=random.choice(list(CriteriaMode)),
    )


def query(random: Random) -> str:
    """A text as people type one, never made of exclusions alone; now and then a public number."""
    if random.random() < NUMBERED:
        return random.choice(NUMBERS).replace("-", random.choice(("-", " ", "")))
    terms = [_term(random) for _ in range(random.randint(1, 3))]
    terms += [f"-{random.choice(SEARCHED)}"] * random.randint(0, 1)
    random.shuffle(terms)
    return " ".join(terms)


def _term(random: Random) -> str:
    first, second = random.choice(SEARCHED), random.choice(SEARCHED)
    return random.choice((first, first, f'"{first} {second}"', f"{first[:4]}*", f"{first} OR {second}"))


def salary(random: Random) -> Fields:
    """Between 15 and 80 dollars an hour, whatever the period."""
    period, low = random.choice(list(SalaryPeriod)), random.randint(15, 60)
    high = low + random.randint(0, 20)
    return {"salary_minimum": low * HOURS[period], "salary_maximum": high * HOURS[period], "salary_period": period}


def levels(random: Random) -> tuple[LanguageLevel, ...]:
    """At most one of each skill of a language."""
    skills = random.sample(
        [(language, skill) for language in LANGUAGES for skill in list(LanguageSkill)[:2]], random.randint(0, 2)
    )
    return tuple(LanguageLevel(language, skill, random.randint(1, 12)) for language, skill in skills)


def words(random: Random) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, 6)))


def some(random: Random, values: Sequence[T], most: int = 3) -> list[T]:
    return random.sample(values, random.randint(0, min(most, len(values))))


def few(random: Random, values: Sequence[T], most: int = 2) -> tuple[T, ...]:
    return tuple(random.sample(values, random.randint(1, most))) if random.random() < ASKED else ()


def maybe(random: Random, value: T, share: float = ASKED) -> T | None:
    return value if random.random() < share else None
