"""Criteria of candidacies as one sentence, in the reader's language."""

from collections.abc import Iterable, Iterator

from models import country, occupation, region, skill
from models.candidacy_criteria import CandidacyCriteria
from models.criteria import CriteriaMode, Quantifier
from models.language import Language
from schema.criteria_sentence import choice, level, listed, said
from texts.catalogue import text


def candidacy_sentence(criteria: CandidacyCriteria, language: Language, known: Iterable[str]) -> str:
    """What was asked, nothing of what was left open. `known` names the exclusions of what the employer knows already."""
    parts = [*_profile(criteria, language), *_wishes(criteria, language), *_exclusions(criteria, language)]
    parts += [text(f"criteria.excluding.{each}", language) for each in known]
    if criteria.mode is CriteriaMode.STRICT:
        parts.append(text("criteria.candidacies.strict", language))
    joined = "; ".join(parts)
    return text("criteria.candidacies.sentence", language, parts=joined) if parts else text("criteria.candidacies.any", language)


def _profile(criteria: CandidacyCriteria, language: Language) -> Iterator[str]:
    yield from said("text", criteria.text, language)
    yield from listed("occupations", criteria.occupations, occupation.label, language)
    joined = "skillsAll" if criteria.skills_match is Quantifier.ALL else "skills"
    yield from listed(joined, criteria.skills, skill.label, language)
    yield from listed("languages", criteria.languages, level, language)
    if criteria.minimum_education is not None:
        yield from said("minimumEducation", choice("EDUCATION")(criteria.minimum_education, language), language)
    yield from said("minimumYearsOfExperience", criteria.minimum_years_of_experience, language)
    yield from said("maximumYearsOfExperience", criteria.maximum_years_of_experience, language)


def _wishes(criteria: CandidacyCriteria, language: Language) -> Iterator[str]:
    yield from listed("regions", criteria.regions, region.label, language)
    yield from listed("workModes", criteria.work_modes, choice("WORK_MODE"), language)
    yield from said("availableBefore", criteria.available_before, language)
    yield from listed("countriesOfResidence", criteria.countries_of_residence, country.label, language)
    yield from said("maximumSalary", criteria.maximum_salary, language)


def _exclusions(criteria: CandidacyCriteria, language: Language) -> Iterator[str]:
    excluding = criteria.excluding
    yield from listed("excluding.occupations", excluding.occupations, occupation.label, language)
    yield from listed("excluding.skills", excluding.skills, skill.label, language)
    yield from listed("excluding.countriesOfResidence", excluding.countries_of_residence, country.label, language)
