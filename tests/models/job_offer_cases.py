"""What criteria of job offers mean: one table for the specification and for every engine."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from models.criteria import Quantifier
from models.document import Document
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_criteria import JobOfferCriteria, JobOfferExclusion
from models.job_offer_document import job_offer_document
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import SalaryPeriod
from tests.models.criteria_case import Case

OURS, THEIRS, OTHERS = (UUID(int=number) for number in range(3))
PLAIN: dict[str, Any] = {
    "employer_id": OURS,
    "title_fr": "Soudeuse",
    "description_fr": "Atelier",
    "occupation": "72106",
    "skills": ["welding-mig"],
    "region": "03",
    "city": "Québec",
    "contract_type": ContractType.PERMANENT,
    "work_mode": WorkMode.ON_SITE,
    "salary_minimum": 50_000,
    "salary_maximum": 60_000,
    "salary_period": SalaryPeriod.YEAR,
    "openings": 1,
    "education": Education.COLLEGE,
    "years_of_experience": 5,
    "languages": ["fr:ORAL_PRODUCTION:7"],
    "accepts_online_applications": True,
    "how_to_apply_fr": "Par courriel",
}
FRENCH_7 = LanguageLevel("fr", LanguageSkill.ORAL_PRODUCTION, 7)
ENGLISH_5 = LanguageLevel("en", LanguageSkill.ORAL_COMPREHENSION, 5)
MIDNIGHT = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)
"""When 16 March begins in Québec."""


def job_offer(employer_name: str = "Fonderie du Fjord", published_at: datetime = MIDNIGHT, **own: Any) -> Document:
    """The document of the plain offer with what it has of its own, published."""
    row = JobOffer(id=uuid4(), number="BCDF-2345", version=1, status=JobOfferStatus.DRAFT, **{**PLAIN, **own})
    row.publish(published_at)
    return job_offer_document(row, employer_name)


def hourly(most: int, hours_per_week: float | None) -> dict[str, Any]:
    return {
        "salary_minimum": 15,
        "salary_maximum": most,
        "salary_period": SalaryPeriod.HOUR,
        "hours_per_week": hours_per_week,
    }


CASES = [
    Case(
        "all words of a text, wherever they stand",
        JobOfferCriteria(text="infirmiere domicile"),
        {"title_fr": "Infirmière", "description_fr": "Soins à domicile"},
        {"title_fr": "Infirmière"},
    ),
    Case(
        "a phrase, its words next to one another in this order",
        JobOfferCriteria(text='"soins intensifs"'),
        {"description_fr": "Aux soins intensifs"},
        {"description_fr": "Intensifs, les soins"},
    ),
    Case(
        "no phrase from the title into the description",
        JobOfferCriteria(text='"chef cuisine"'),
        {"title_fr": "Chef de cuisine"},
        {"title_fr": "Chef", "description_fr": "Cuisine"},
    ),
    Case("the beginning of a word", JobOfferCriteria(text="chaudr*"), {"title_fr": "Chaudronnière"}, {}),
    Case("one word or another", JobOfferCriteria(text="boulanger OR cuisinier"), {"title_fr": "Cuisinière"}, {}),
    Case("a text without a word", JobOfferCriteria(text="soudeuse -nuit"), {}, {"description_fr": "La nuit"}),
    Case("words of the other language", JobOfferCriteria(text="workshop"), {"description_en": "Workshop"}, {}),
    Case("an occupation's label, in either language", JobOfferCriteria(text="nurse"), {"occupation": "31301"}, {}),
    Case("a skill's label, in either language", JobOfferCriteria(text="cooking"), {"skills": ["cooking"]}, {}),
    Case("the employer's name", JobOfferCriteria(text="chantier"), {"employer_name": "Le Chantier"}, {}),
    Case("the city", JobOfferCriteria(text="saguenay"), {"city": "Saguenay"}, {}),
    Case("an occupation", JobOfferCriteria(occupations=("31301",)), {"occupation": "31301"}, {"occupation": "31302"}),
    Case("a group of occupations", JobOfferCriteria(occupations=("313",)), {"occupation": "31302"}, {"occupation": "32101"}),
    Case(
        "any of several occupations",
        JobOfferCriteria(occupations=("313", "63200")),
        {"occupation": "63200"},
        {"occupation": "62200"},
    ),
    Case(
        "any of the skills",
        JobOfferCriteria(skills=("python", "java")),
        {"skills": ["java", "cooking"]},
        {"skills": ["cooking"]},
        {"skills": []},
    ),
    Case(
        "all of the skills",
        JobOfferCriteria(skills=("python", "java"), skills_match=Quantifier.ALL),
        {"skills": ["java", "cooking", "python"]},
        {"skills": ["java", "cooking"]},
        {"skills": []},
    ),
    Case("any of the regions", JobOfferCriteria(regions=("01", "06")), {"region": "06"}, {"region": "16"}),
    Case(
        "any of the kinds of contract",
        JobOfferCriteria(contract_types=(ContractType.CASUAL, ContractType.SEASONAL)),
        {"contract_type": ContractType.SEASONAL},
        {"contract_type": ContractType.PERMANENT},
    ),
    Case(
        "any of the ways of working",
        JobOfferCriteria(work_modes=(WorkMode.REMOTE, WorkMode.HYBRID)),
        {"work_mode": WorkMode.HYBRID},
        {"work_mode": WorkMode.ON_SITE},
    ),
    Case(
        "a pay that may reach the least",
        JobOfferCriteria(minimum_salary=60_000),
        {"salary_maximum": 60_000},
        {"salary_maximum": 59_999},
        {"salary_minimum": None, "salary_maximum": None, "salary_period": None},
    ),
    Case("an hourly pay, in a year", JobOfferCriteria(minimum_salary=60_000), hourly(31, 37.5), hourly(30, 37.5)),
    Case("an hourly pay, of a full week", JobOfferCriteria(minimum_salary=60_000), hourly(29, None), hourly(28, None)),
    Case(
        "most years asked for",
        JobOfferCriteria(maximum_required_years=2),
        {"years_of_experience": 2},
        {"years_of_experience": 3},
    ),
    Case(
        "no years asked for",
        JobOfferCriteria(maximum_required_years=0),
        {"years_of_experience": 0},
        {"years_of_experience": 1},
    ),
    Case(
        "most education asked for",
        JobOfferCriteria(maximum_required_education=Education.COLLEGE),
        {"education": Education.COLLEGE},
        {"education": Education.BACHELOR},
    ),
    Case(
        "less education than the most",
        JobOfferCriteria(maximum_required_education=Education.SECONDARY),
        {"education": Education.NONE},
        {"education": Education.VOCATIONAL},
    ),
    Case(
        "no level of a language beyond the most",
        JobOfferCriteria(languages_at_most=(FRENCH_7,)),
        {"languages": ["fr:ORAL_PRODUCTION:7"]},
        {"languages": ["fr:ORAL_PRODUCTION:8"]},
        {"languages": []},
    ),
    Case(
        "a lower level than the most, whatever is asked of other skills",
        JobOfferCriteria(languages_at_most=(FRENCH_7,)),
        {"languages": ["fr:ORAL_PRODUCTION:1", "fr:ORAL_COMPREHENSION:9"]},
        {"languages": ["fr:ORAL_PRODUCTION:12"]},
        {"languages": ["en:ORAL_PRODUCTION:9", "fr:ORAL_COMPREHENSION:9"]},
    ),
    Case(
        "all of the levels",
        JobOfferCriteria(languages_at_most=(FRENCH_7, ENGLISH_5)),
        {"languages": ["fr:ORAL_PRODUCTION:7", "en:ORAL_COMPREHENSION:5"]},
        {"languages": ["fr:ORAL_PRODUCTION:7", "en:ORAL_COMPREHENSION:6"]},
        {"languages": ["fr:ORAL_PRODUCTION:7"]},
    ),
    Case(
        "online applications",
        JobOfferCriteria(accepts_online_applications=True),
        {"accepts_online_applications": True},
        {"accepts_online_applications": False},
    ),
    Case(
        "no online applications",
        JobOfferCriteria(accepts_online_applications=False),
        {"accepts_online_applications": False},
        {"accepts_online_applications": True},
    ),
    Case(
        "published that day or later",
        JobOfferCriteria(published_since=date(2026, 3, 16)),
        {"published_at": MIDNIGHT},
        {"published_at": datetime(2026, 3, 16, 3, 59, tzinfo=UTC)},
    ),
    Case(
        "any of the employers",
        JobOfferCriteria(employers=(THEIRS, OTHERS)),
        {"employer_id": OTHERS},
        {"employer_id": OURS},
    ),
    Case(
        "none of the excluded occupations",
        JobOfferCriteria(excluding=JobOfferExclusion(occupations=("313", "72106"))),
        {"occupation": "63200"},
        {"occupation": "31302"},
    ),
    Case(
        "none of the excluded regions",
        JobOfferCriteria(excluding=JobOfferExclusion(regions=("03", "06"))),
        {"region": "16"},
        {"region": "06"},
    ),
    Case(
        "none of the excluded employers",
        JobOfferCriteria(excluding=JobOfferExclusion(employers=(OURS, THEIRS))),
        {"employer_id": OTHERS},
        {"employer_id": THEIRS},
    ),
    Case(
        "all of different criteria",
        JobOfferCriteria(occupations=("72",), regions=("06",)),
        {"occupation": "72106", "region": "06"},
        {"occupation": "72106", "region": "03"},
    ),
    Case(
        "what is not said of one makes up for no other",
        JobOfferCriteria(skills=("python",), maximum_required_years=2),
        {"skills": ["python"], "years_of_experience": 2},
        {"skills": [], "years_of_experience": 5},
        {"skills": [], "years_of_experience": 2},
    ),
]
