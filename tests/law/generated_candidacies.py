"""Candidacies and what employers look for among them, from the same few words, codes and amounts as offers."""

from datetime import timedelta
from random import Random

from models.candidacy_criteria import CandidacyCriteria, CandidacyExclusion
from models.criteria import CriteriaMode, Quantifier
from models.profile import Education, WorkMode
from tests.law.generated import (
    DAY,
    OCCUPATIONS,
    PREFIXES,
    REGIONS,
    SKILLS,
    YEARS,
    Fields,
    few,
    levels,
    maybe,
    query,
    some,
    words,
)

COUNTRIES = ("MA", "FR", "SN", "DZ")


def candidacy(random: Random) -> Fields:
    """The fields of a candidacy that can be published."""
    return {
        "title_fr": words(random),
        "title_en": maybe(random, words(random), 0.5),
        "summary_fr": maybe(random, words(random), 0.5),
        "experience_en": maybe(random, words(random), 0.5),
        "occupations": some(random, OCCUPATIONS) or [random.choice(OCCUPATIONS)],
        "skills": some(random, SKILLS),
        "languages": [str(level) for level in levels(random)],
        "education": random.choice(list(Education)),
        "years_of_experience": random.choice(YEARS),
        "regions": some(random, REGIONS),
        "work_modes": [mode.value for mode in some(random, list(WorkMode))],
        "available_from": maybe(random, DAY + timedelta(days=random.randint(-2, 2)), 0.5),
        "minimum_salary": maybe(random, random.randrange(20_000, 160_000, 2_000), 0.5),
    }


def criteria(random: Random) -> CandidacyCriteria:
    """Anything an employer may ask for, of one criterion or of several."""
    return CandidacyCriteria(
        text=maybe(random, query(random), 0.4),
        occupations=few(random, PREFIXES),
        skills=few(random, SKILLS),
        skills_match=random.choice(list(Quantifier)),
        languages=maybe(random, levels(random)) or (),
        minimum_education=maybe(random, random.choice(list(Education))),
        minimum_years_of_experience=maybe(random, random.choice(YEARS)),
        maximum_years_of_experience=maybe(random, random.choice(YEARS)),
        regions=few(random, REGIONS),
        work_modes=few(random, list(WorkMode)),
        available_before=maybe(random, DAY + timedelta(days=random.randint(-2, 2))),
        countries_of_residence=few(random, COUNTRIES),
        maximum_salary=maybe(random, random.randrange(20_000, 160_000, 2_000)),
        excluding=CandidacyExclusion(few(random, PREFIXES, 1), few(random, SKILLS, 1), few(random, COUNTRIES, 1)),
        mode=random.choice(list(CriteriaMode)),
    )
