"""Offers and criteria of every kind, from few enough words and codes that they often meet."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from models.criteria import CriteriaMode, Quantifier
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import SalaryPeriod
from tests.conftest import NOW

WORDS = (
    *("infirmière", "infirmier", "nurse", "nurses", "sécurité", "security", "données", "data", "développeur", "developer"),
    *("C++", "C#", ".NET", "Node.js", "soins", "care", "intensifs", "l’équipe", "aide-soignant", "Œuvre", "nuit", "night"),
)
SEARCHED = (
    *WORDS,
    "infirmiere",
    "securite",
    "donnees",
    "developpeur",
    "INFIRMIÈRES",
    "equipe",
    "aide soignant",
    "oeuvre",
    "soudeur",
)
OCCUPATIONS = ("31301", "31302", "21231", "21232", "72106")
PREFIXES = (*OCCUPATIONS, "3", "31", "313", "2", "2123", "7")
SKILLS = ("python", "patient-care", "welding-mig")
REGIONS = ("01", "02", "06", "16")
LANGUAGES = ("fr", "en", "es")
DAY = NOW.date()

some_text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
maybe_text = st.none() | some_text
levels = st.builds(
    LanguageLevel, st.sampled_from(LANGUAGES), st.sampled_from((*LanguageSkill,)[:2]), st.integers(min_value=1, max_value=12)
)


def some(values: Any, most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(list(values)), max_size=most, unique=True)


def few(values: Any, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """None of the values more often than some: most criteria ask for little."""
    return st.just(()) | st.just(()) | some(values, most).map(tuple)


@st.composite
def offers(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of an offer that can be published."""
    low = draw(st.none() | st.integers(min_value=15, max_value=60))
    period = draw(st.sampled_from(SalaryPeriod))
    scale = {SalaryPeriod.HOUR: 1, SalaryPeriod.WEEK: 40, SalaryPeriod.MONTH: 160, SalaryPeriod.YEAR: 2000}[period]
    levels_asked = draw(st.lists(levels, max_size=2, unique_by=lambda level: (level.language, level.skill)))
    return {
        "title_fr": draw(some_text),
        "title_en": draw(maybe_text),
        "description_fr": draw(maybe_text),
        "description_en": draw(maybe_text),
        "occupation": draw(st.sampled_from(OCCUPATIONS)),
        "skills": draw(some(SKILLS)),
        "region": draw(st.sampled_from(REGIONS)),
        "contract_type": draw(st.sampled_from(ContractType)),
        "work_mode": draw(st.sampled_from(WorkMode)),
        "hours_per_week": draw(st.none() | st.sampled_from((20.0, 37.5))),
        "salary_minimum": None if low is None else low * scale,
        "salary_maximum": None if low is None else (low + draw(st.integers(min_value=0, max_value=20))) * scale,
        "salary_period": None if low is None else period,
        "education": draw(st.sampled_from(Education)),
        "years_of_experience": draw(st.integers(min_value=0, max_value=12)),
        "languages": [str(level) for level in levels_asked],
        "accepts_online_applications": draw(st.booleans()),
        "how_to_apply_fr": "Par courriel",
    }


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A text as people type one, never made of exclusions alone."""
    words = st.sampled_from(SEARCHED)
    term = st.one_of(
        words,
        words,
        st.lists(words, min_size=2, max_size=3).map(lambda each: '"' + " ".join(each) + '"'),
        words.map(lambda word: word[:4] + "*"),
        st.lists(words, min_size=2, max_size=2).map(" OR ".join),
    )
    wanted = draw(st.lists(term, min_size=1, max_size=3))
    unwanted = [f"-{term}" for term in draw(st.lists(words, max_size=1))]
    return " ".join(draw(st.permutations(wanted + unwanted)))


@st.composite
def criteria(draw: st.DrawFn, employers: tuple[UUID, ...]) -> JobOfferCriteria:
    """Anything a client may ask for, of one criterion or of several."""
    since = draw(st.none() | st.none() | st.integers(min_value=-1, max_value=1))
    return JobOfferCriteria(
        text=draw(st.none() | queries() | queries()),
        occupations=draw(few(PREFIXES)),
        skills=draw(few(SKILLS)),
        skills_match=draw(st.sampled_from(Quantifier)),
        regions=draw(few(REGIONS)),
        contract_types=draw(few(ContractType)),
        work_modes=draw(few(WorkMode)),
        minimum_salary=draw(st.none() | st.none() | st.integers(min_value=20_000, max_value=160_000)),
        maximum_required_years=draw(st.none() | st.none() | st.integers(min_value=0, max_value=12)),
        maximum_required_education=draw(st.none() | st.none() | st.sampled_from(Education)),
        languages_at_most=draw(st.just(()) | st.lists(levels, max_size=2).map(tuple)),
        accepts_online_applications=draw(st.none() | st.none() | st.booleans()),
        published_since=None if since is None else date.fromordinal((DAY + timedelta(days=since)).toordinal()),
        employers=draw(few(employers)),
        excluding=JobOfferExclusion(draw(few(PREFIXES, 1)), draw(few(REGIONS, 1)), draw(few(employers, 1))),
        mode=draw(st.sampled_from(CriteriaMode)),
    )
