"""Criteria of offers as one sentence, in the reader's language."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from models import occupation, region, skill, spoken_language
from models.criteria import CriteriaMode, Quantifier
from models.job_offer_criteria import JobOfferCriteria
from models.language import Language
from models.profile import LanguageLevel
from texts.catalogue import text
from texts.formats import day, figure

C = TypeVar("C")


def sentence(criteria: JobOfferCriteria, language: Language) -> str:
    """What was asked, nothing of what was left open: `Offers with “nurse”; occupation: nurses; region: Estrie.`"""
    parts = list(_parts(criteria, language))
    return text("criteria.sentence", language, parts="; ".join(parts)) if parts else text("criteria.any", language)


def _parts(criteria: JobOfferCriteria, language: Language) -> Iterator[str]:
    yield from said("text", criteria.text, language)
    yield from listed("occupations", criteria.occupations, occupation.label, language)
    joined = "skillsAll" if criteria.skills_match is Quantifier.ALL else "skills"
    yield from listed(joined, criteria.skills, skill.label, language)
    yield from listed("regions", criteria.regions, region.label, language)
    yield from listed("contractTypes", criteria.contract_types, choice("CONTRACT_TYPE"), language)
    yield from listed("workModes", criteria.work_modes, choice("WORK_MODE"), language)
    yield from said("minimumSalary", criteria.minimum_salary, language)
    yield from said("maximumRequiredYears", criteria.maximum_required_years, language)
    if criteria.maximum_required_education is not None:
        education = choice("EDUCATION")(criteria.maximum_required_education, language)
        yield from said("maximumRequiredEducation", education, language)
    yield from listed("languagesAtMost", criteria.languages_at_most, level, language)
    if criteria.accepts_online_applications is not None:
        yield text(f"criteria.online.{'yes' if criteria.accepts_online_applications else 'no'}", language)
    yield from said("publishedSince", criteria.published_since, language)
    yield from _counted("employers", len(criteria.employers), language)
    yield from _exclusions(criteria, language)
    if criteria.mode is CriteriaMode.STRICT:
        yield text("criteria.strict", language)


def _exclusions(criteria: JobOfferCriteria, language: Language) -> Iterator[str]:
    yield from listed("excluding.occupations", criteria.excluding.occupations, occupation.label, language)
    yield from listed("excluding.regions", criteria.excluding.regions, region.label, language)
    yield from _counted("excluding.employers", len(criteria.excluding.employers), language)


def said(key: str, value: object | None, language: Language) -> Iterator[str]:
    """Figures and days as people write them."""
    if value is not None and value != "":
        yield text(f"criteria.{key}", language, value=_written(value, language))


def _written(value: object, language: Language) -> str:
    match value:
        case int():
            return figure(value, language)
        case date():
            return day(value, language)
        case _:
            return str(value)


def listed(key: str, codes: Sequence[C], label: Callable[[C, Language], str], language: Language) -> Iterator[str]:
    if codes:
        yield text(f"criteria.{key}", language, value=", ".join(label(code, language) for code in codes))


def _counted(key: str, count: int, language: Language) -> Iterator[str]:
    if count:
        yield text(f"criteria.{key}", language, value=str(count))


def choice(scale: str) -> Callable[[str, Language], str]:
    return lambda value, language: text(f"{scale}.{value}", language)


def level(each: LanguageLevel, language: Language) -> str:
    skill_in_it = text(f"match.{each.skill}", language)
    return f"{spoken_language.label(each.language, language)} ({skill_in_it}) {each.level}"
