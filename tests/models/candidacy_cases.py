"""What criteria of candidacies mean: one table for the specification and for every engine."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from models.candidacy import Candidacy
from models.candidacy_criteria import CandidacyCriteria, CandidacyExclusion
from models.candidacy_document import candidacy_document
from models.criteria import Quantifier
from models.document import Document
from models.profile import Education, LanguageLevel, LanguageSkill, WorkMode
from tests.models.criteria_case import Case

PLAIN: dict[str, Any] = {
    "title_fr": "Soudeuse",
    "summary_fr": "Atelier",
    "occupations": ["72106"],
    "skills": ["welding-mig"],
    "languages": ["fr:ORAL_PRODUCTION:7"],
    "education": Education.COLLEGE,
    "years_of_experience": 5,
    "regions": ["03"],
    "work_modes": ["ON_SITE"],
    "available_from": date(2026, 9, 1),
    "minimum_salary": 60_000,
}
FRENCH_7 = LanguageLevel("fr", LanguageSkill.ORAL_PRODUCTION, 7)
ENGLISH_5 = LanguageLevel("en", LanguageSkill.ORAL_COMPREHENSION, 5)


def candidacy(country: str = "MA", **own: Any) -> Document:
    """The document of the plain candidacy with what it has of its own, published."""
    row = Candidacy(id=uuid4(), candidate_id=uuid4(), number="BCDF-2345", version=1, **{**PLAIN, **own})
    row.publish(datetime(2026, 3, 16, 14, 0, tzinfo=UTC), ends_on=date(2027, 1, 4))
    return candidacy_document(row, country)


CASES = [
    Case(
        "all words of a text, wherever they stand",
        CandidacyCriteria(text="infirmiere domicile"),
        {"title_fr": "Infirmière", "experience_fr": "Soins à domicile"},
        {"title_fr": "Infirmière"},
    ),
    Case("words of the other language", CandidacyCriteria(text="workshop"), {"summary_en": "Workshop"}, {}),
    Case("an occupation's label, in either language", CandidacyCriteria(text="nurse"), {"occupations": ["31301"]}, {}),
    Case("a skill's label, in either language", CandidacyCriteria(text="cooking"), {"skills": ["cooking"]}, {}),
    Case("a text without a word", CandidacyCriteria(text="soudeuse -nuit"), {}, {"summary_fr": "La nuit"}),
    Case("an occupation", CandidacyCriteria(occupations=("31301",)), {"occupations": ["31301"]}, {"occupations": ["31302"]}),
    Case(
        "a group of occupations, one of several",
        CandidacyCriteria(occupations=("313",)),
        {"occupations": ["72106", "31302"]},
        {"occupations": ["72106", "32101"]},
    ),
    Case(
        "any of several occupations",
        CandidacyCriteria(occupations=("313", "63200")),
        {"occupations": ["63200"]},
        {"occupations": ["62200"]},
    ),
    Case(
        "any of the skills",
        CandidacyCriteria(skills=("python", "java")),
        {"skills": ["java", "cooking"]},
        {"skills": ["cooking"]},
        {"skills": []},
    ),
    Case(
        "all of the skills",
        CandidacyCriteria(skills=("python", "java"), skills_match=Quantifier.ALL),
        {"skills": ["java", "cooking", "python"]},
        {"skills": ["java", "cooking"]},
        {"skills": []},
    ),
    Case(
        "a level of a language, or a higher one",
        CandidacyCriteria(languages=(FRENCH_7,)),
        {"languages": ["fr:ORAL_PRODUCTION:7"]},
        {"languages": ["fr:ORAL_PRODUCTION:6"]},
        {"languages": []},
    ),
    Case(
        "a level of that language and of that skill",
        CandidacyCriteria(languages=(FRENCH_7,)),
        {"languages": ["fr:ORAL_PRODUCTION:12"]},
        {"languages": ["en:ORAL_PRODUCTION:12", "fr:ORAL_COMPREHENSION:12"]},
    ),
    Case(
        "all of the levels",
        CandidacyCriteria(languages=(FRENCH_7, ENGLISH_5)),
        {"languages": ["fr:ORAL_PRODUCTION:8", "en:ORAL_COMPREHENSION:5"]},
        {"languages": ["fr:ORAL_PRODUCTION:8", "en:ORAL_COMPREHENSION:4"]},
        {"languages": []},
    ),
    Case(
        "a least education",
        CandidacyCriteria(minimum_education=Education.COLLEGE),
        {"education": Education.COLLEGE},
        {"education": Education.VOCATIONAL},
    ),
    Case(
        "a least education, or more",
        CandidacyCriteria(minimum_education=Education.SECONDARY),
        {"education": Education.DOCTORATE},
        {"education": Education.NONE},
    ),
    Case(
        "least years",
        CandidacyCriteria(minimum_years_of_experience=5),
        {"years_of_experience": 5},
        {"years_of_experience": 4},
    ),
    Case(
        "most years",
        CandidacyCriteria(maximum_years_of_experience=5),
        {"years_of_experience": 5},
        {"years_of_experience": 6},
    ),
    Case(
        "no years at all",
        CandidacyCriteria(maximum_years_of_experience=0),
        {"years_of_experience": 0},
        {"years_of_experience": 1},
    ),
    Case(
        "years within bounds",
        CandidacyCriteria(minimum_years_of_experience=2, maximum_years_of_experience=4),
        {"years_of_experience": 3},
        {"years_of_experience": 1},
    ),
    Case(
        "any of the regions",
        CandidacyCriteria(regions=("03", "06")),
        {"regions": ["06", "17"]},
        {"regions": ["17"]},
        {"regions": []},
    ),
    Case(
        "any of the ways of working",
        CandidacyCriteria(work_modes=(WorkMode.REMOTE, WorkMode.HYBRID)),
        {"work_modes": ["ON_SITE", "HYBRID"]},
        {"work_modes": ["ON_SITE"]},
        {"work_modes": []},
    ),
    Case(
        "available by a day",
        CandidacyCriteria(available_before=date(2026, 9, 1)),
        {"available_from": date(2026, 9, 1)},
        {"available_from": date(2026, 9, 2)},
        {"available_from": None},
    ),
    Case("any of the countries", CandidacyCriteria(countries_of_residence=("FR", "SN")), {"country": "SN"}, {"country": "MA"}),
    Case(
        "most pay",
        CandidacyCriteria(maximum_salary=60_000),
        {"minimum_salary": 60_000},
        {"minimum_salary": 60_001},
        {"minimum_salary": None},
    ),
    Case(
        "none of the excluded occupations, though it has others",
        CandidacyCriteria(excluding=CandidacyExclusion(occupations=("313", "72106"))),
        {"occupations": ["63200"]},
        {"occupations": ["63200", "31302"]},
    ),
    Case(
        "none of the excluded skills, though it has others",
        CandidacyCriteria(excluding=CandidacyExclusion(skills=("java", "python"))),
        {"skills": ["cooking"]},
        {"skills": ["cooking", "python"]},
    ),
    Case(
        "no skill at all is no excluded skill",
        CandidacyCriteria(excluding=CandidacyExclusion(skills=("java",))),
        {"skills": []},
        {"skills": ["java"]},
    ),
    Case(
        "none of the excluded countries",
        CandidacyCriteria(excluding=CandidacyExclusion(countries_of_residence=("MA", "FR"))),
        {"country": "SN"},
        {"country": "FR"},
    ),
    Case(
        "all of different criteria",
        CandidacyCriteria(occupations=("72",), regions=("06",)),
        {"occupations": ["72106"], "regions": ["06"]},
        {"occupations": ["72106"], "regions": ["03"]},
    ),
    Case(
        "what is not said of one makes up for no other",
        CandidacyCriteria(skills=("python",), regions=("06",), excluding=CandidacyExclusion(countries_of_residence=("FR",))),
        {"skills": ["python"], "regions": ["06"]},
        {"skills": [], "regions": [], "country": "FR"},
        {"skills": ["python"], "regions": []},
    ),
]
