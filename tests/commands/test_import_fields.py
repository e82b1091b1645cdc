"""Fields are read by type as the API reads them, and everything that is wrong with a line is told at once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from auth.keys import Keys
from auth.vault import Vault
from commands.import_candidacies import CandidacyIntake
from commands.import_entry import read_entry
from commands.import_job_offers import JobOfferIntake
from errors import Invalid
from models.job_offer_draft import JobOfferDraft
from models.language import LocalizedText
from models.profile import ContractType, Education, LanguageLevel, LanguageSkill, WorkMode
from models.salary import Salary, SalaryPeriod
from tests.commands.operator import CANDIDACY, OFFER

NOW = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
OFFERS = JobOfferIntake(NOW)
CANDIDACIES = CandidacyIntake(NOW, Vault(Keys(["a secret of at least thirty-two bytes"])), None)


def problems(line: dict[str, Any], intake: Any = OFFERS, owner: str | None = None) -> set[tuple[str, str]]:
    """Path and code of each."""
    with pytest.raises(Invalid) as refused:
        read_entry(1, line, intake, owner)
    return {(".".join(problem.path), problem.code) for problem in refused.value.problems}


def test_a_whole_line_is_read_into_the_draft_it_describes() -> None:
    line = {
        **OFFER,
        "skills": ["patient-care"],
        "city": "Laval",
        "openings": 3,
        "education": "COLLEGE",
        "yearsOfExperience": 2,
        "languages": [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 8}],
        "acceptsOnlineApplications": False,
        "howToApply": {"en": "By telephone."},
        "postedByAgency": True,
        "recruitsFor": "Hôpital du Fjord",
    }
    entry = read_entry(7, line, OFFERS, None)
    assert entry.content == JobOfferDraft(
        occupation="31301",
        region="06",
        contract_type=ContractType.PERMANENT,
        work_mode=WorkMode.ON_SITE,
        title=LocalizedText("Infirmière clinicienne", "Registered nurse"),
        description=LocalizedText("Soins à l’urgence, équipe de nuit."),
        skills=("patient-care",),
        city="Laval",
        hours_per_week=37.5,
        salary=Salary(30, 42, SalaryPeriod.HOUR),
        openings=3,
        education=Education.COLLEGE,
        years_of_experience=2,
        languages=(LanguageLevel("fr", LanguageSkill.ORAL_PRODUCTION, 8),),
        accepts_online_applications=False,
        how_to_apply=LocalizedText(None, "By telephone."),
        posted_by_agency=True,
        recruits_for="Hôpital du Fjord",
    )
    assert (entry.number, entry.owner, entry.external_id, entry.publish) == (7, "employer@example.org", "A-1", True)


def test_null_is_as_if_the_field_were_not_there() -> None:
    optional = dict.fromkeys(("description", "city", "skills", "salary", "openings", "education", "languages", "publish"))
    given = {name: value for name, value in OFFER.items() if name not in optional}
    assert read_entry(1, {**OFFER, **optional}, OFFERS, None) == read_entry(1, given, OFFERS, None)


@pytest.mark.parametrize(
    ("field", "value", "path", "code"),
    [
        ("title", "a text", "title", "NOT_AN_OBJECT"),
        ("title", {"fr": 5}, "title.fr", "NOT_A_TEXT"),
        ("title", {"de": "Pflegerin"}, "title.de", "UNKNOWN_FIELD"),
        ("occupation", 31301, "occupation", "NOT_A_TEXT"),
        ("occupation", None, "occupation", "REQUIRED"),
        ("region", "18", "region", "UNKNOWN_CODE"),
        ("contractType", "permanent", "contractType", "NOT_ONE_OF"),
        ("contractType", ["PERMANENT"], "contractType", "NOT_ONE_OF"),
        ("workMode", None, "workMode", "REQUIRED"),
        ("skills", "patient-care", "skills", "NOT_A_LIST"),
        ("skills", ["patient-care", 3], "skills", "NOT_A_TEXT"),
        ("skills", ["patient-care", None], "skills", "NOT_A_TEXT"),
        ("skills", ["x"] * 10_000, "skills", "TOO_MANY"),
        ("city", "x" * 101, "city", "TOO_LONG"),
        ("city", "Laval\x00", "city", "UNFIT_CHARACTER"),
        ("hoursPerWeek", "37.5", "hoursPerWeek", "NOT_A_NUMBER"),
        ("hoursPerWeek", True, "hoursPerWeek", "NOT_A_NUMBER"),
        ("hoursPerWeek", 1e300, "hoursPerWeek", "OUT_OF_RANGE"),
        ("openings", 2.5, "openings", "NOT_A_WHOLE_NUMBER"),
        ("openings", True, "openings", "NOT_A_WHOLE_NUMBER"),
        ("openings", 10**30, "openings", "OUT_OF_RANGE"),
        ("salary", 50, "salary", "NOT_AN_OBJECT"),
        ("salary", {"minimum": 30, "maximum": 42}, "salary.period", "REQUIRED"),
        ("salary", {"minimum": 42, "maximum": 30, "period": "HOUR"}, "salary.maximum", "BELOW_MINIMUM"),
        ("languages", ["fr"], "languages", "NOT_AN_OBJECT"),
        ("languages", [{"language": "fr", "skill": "ORAL_PRODUCTION"}], "languages.level", "REQUIRED"),
        ("languages", [{"language": "fr", "skill": "ORAL", "level": 3}], "languages.skill", "NOT_ONE_OF"),
        ("languages", [{"language": "fr", "skill": "ORAL_PRODUCTION", "level": 13}], "languages.level", "OUT_OF_RANGE"),
        ("acceptsOnlineApplications", "yes", "acceptsOnlineApplications", "NOT_YES_OR_NO"),
        ("publish", 1, "publish", "NOT_YES_OR_NO"),
        ("externalId", None, "externalId", "REQUIRED"),
        ("externalId", "", "externalId", "REQUIRED"),
        ("externalId", "x" * 101, "externalId", "TOO_LONG"),
        ("externalId", "A\x00", "externalId", "UNFIT_CHARACTER"),
        ("externalId", 12, "externalId", "NOT_A_TEXT"),
        ("employer", "nobody", "employer", "NOT_AN_EMAIL"),
        ("employer", None, "employer", "REQUIRED"),
        ("status", "PUBLISHED", "status", "UNKNOWN_FIELD"),
        ("x" * 1000, 1, "x" * 40, "UNKNOWN_FIELD"),
        ("a\nline 9: \x1b[31m", 1, "a\N{REPLACEMENT CHARACTER}line 9: \N{REPLACEMENT CHARACTER}[31m", "UNKNOWN_FIELD"),
    ],
)
def test_each_thing_that_is_wrong_is_told_under_its_path(field: str, value: object, path: str, code: str) -> None:
    assert (path, code) in problems({**OFFER, field: value})


@pytest.mark.parametrize(
    ("field", "value", "path", "code"),
    [
        ("availableFrom", "2026-02-30", "availableFrom", "NOT_A_DAY"),
        ("availableFrom", "20260901", "availableFrom", "NOT_A_DAY"),
        ("availableFrom", "2026-W36-2", "availableFrom", "NOT_A_DAY"),
        ("availableFrom", 20260901, "availableFrom", "NOT_A_TEXT"),
        ("workModes", ["ON_SITE", "AT_SEA"], "workModes", "NOT_ONE_OF"),
        ("occupations", ["31301"] * 11, "occupations", "TOO_MANY"),
        ("minimumSalary", -1, "minimumSalary", "OUT_OF_RANGE"),
        ("language", "DE", "language", "NOT_ONE_OF"),
        ("countryOfResidence", "XX", "countryOfResidence", "UNKNOWN_CODE"),
        ("givenName", "x" * 300, "givenName", "TOO_LONG"),
        ("familyName", "a\nb", "familyName", "UNFIT_CHARACTER"),
    ],
)
def test_each_thing_that_is_wrong_with_a_candidacy_is_told_too(field: str, value: object, path: str, code: str) -> None:
    assert (path, code) in problems({**CANDIDACY, field: value}, CANDIDACIES)


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    wrong = {**OFFER, "title": 1, "openings": "2", "nonsense": 1, "region": None}
    assert problems(wrong) == {
        ("title", "NOT_AN_OBJECT"),
        ("openings", "NOT_A_WHOLE_NUMBER"),
        ("nonsense", "UNKNOWN_FIELD"),
        ("region", "REQUIRED"),
    }


def test_a_line_names_its_owner_and_the_option_speaks_for_those_that_do_not() -> None:
    nobodys = {name: value for name, value in OFFER.items() if name != "employer"}
    assert read_entry(1, nobodys, OFFERS, " Other@Example.org ").owner == "other@example.org"
    assert read_entry(1, dict(OFFER), OFFERS, "other@example.org").owner == "employer@example.org"
