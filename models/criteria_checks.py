"""Whether criteria can be searched with: known codes, lists of a sensible length, numbers that can be meant."""

from dataclasses import replace

from errors import Invalid
from models import country, occupation, region, skill
from models.candidacy_criteria import CandidacyCriteria
from models.candidacy_draft import HIGHEST_SALARY, check_languages
from models.checks import Checks
from models.criteria import text_clause
from models.job_offer_criteria import JobOfferCriteria


def check_candidacy_criteria(criteria: CandidacyCriteria) -> None:
    """Raises Invalid, with every field at fault."""
    checks = Checks()
    checks.codes("criteria.occupations", criteria.occupations, occupation.is_known_prefix)
    checks.codes("criteria.skills", criteria.skills, skill.is_known)
    checks.codes("criteria.regions", criteria.regions, region.is_known)
    checks.codes("criteria.countriesOfResidence", criteria.countries_of_residence, country.is_known)
    checks.codes("criteria.excluding.occupations", criteria.excluding.occupations, occupation.is_known_prefix)
    checks.codes("criteria.excluding.skills", criteria.excluding.skills, skill.is_known)
    excluded = criteria.excluding.countries_of_residence
    checks.codes("criteria.excluding.countriesOfResidence", excluded, country.is_known)
    checks.number("criteria.minimumYearsOfExperience", criteria.minimum_years_of_experience, 0, 60)
    checks.number("criteria.maximumYearsOfExperience", criteria.maximum_years_of_experience, 0, 60)
    least, most = criteria.minimum_years_of_experience, criteria.maximum_years_of_experience
    checks.require("criteria.maximumYearsOfExperience", least is None or most is None or least <= most, "BELOW_MINIMUM")
    checks.number("criteria.maximumSalary", criteria.maximum_salary, 0, HIGHEST_SALARY)
    checks.codes("criteria.workModes", criteria.work_modes, bool)
    check_languages(checks, "criteria.languages", criteria.languages)
    _check_text(checks, criteria.text)
    checks.done()


def check_job_offer_criteria(criteria: JobOfferCriteria) -> None:
    """Raises Invalid, with every field at fault."""
    checks = Checks()
    checks.codes("criteria.occupations", criteria.occupations, occupation.is_known_prefix)
    checks.codes("criteria.skills", criteria.skills, skill.is_known)
    checks.codes("criteria.regions", criteria.regions, region.is_known)
    checks.codes("criteria.excluding.occupations", criteria.excluding.occupations, occupation.is_known_prefix)
    checks.codes("criteria.excluding.regions", criteria.excluding.regions, region.is_known)
    checks.codes("criteria.employers", [str(each) for each in criteria.employers], bool)
    checks.codes("criteria.excluding.employers", [str(each) for each in criteria.excluding.employers], bool)
    checks.number("criteria.minimumSalary", criteria.minimum_salary, 0, HIGHEST_SALARY)
    checks.number("criteria.maximumRequiredYears", criteria.maximum_required_years, 0, 60)
    checks.codes("criteria.contractTypes", criteria.contract_types, bool)
    checks.codes("criteria.workModes", criteria.work_modes, bool)
    check_languages(checks, "criteria.languagesAtMost", criteria.languages_at_most)
    _check_text(checks, criteria.text)
    checks.done()


def _check_text(checks: Checks, text: str | None) -> None:
    """Notes what is wrong with a query that cannot be read, or not be kept."""
    checks.query("criteria.text", text)
    try:
        text_clause(text)
    except Invalid as refused:
        checks.problems += [replace(problem, path=("criteria", *problem.path)) for problem in refused.problems]
