"""The match as weighted clauses: those that hold for a document add up to the credits of `models.match`, from either side.

What an engine orders by. Nothing here decides what a match is."""

from collections.abc import Iterable, Iterator
from datetime import date

from models.candidacy import Candidacy
from models.clause import Between, Clause, Everything, HasAny, HasSeveral, Not, Nothing, Weighted, all_of, any_of, has
from models.criteria import among, each_of
from models.job_offer import JobOffer
from models.match import (
    ENOUGH_SKILLS,
    GROUP,
    GROUP_CREDIT,
    PATIENCE,
    SOME_LANGUAGES,
    WEIGHTS,
    MatchName,
    unknown_credit,
)
from models.profile import LEVELS, LanguageLevel, LanguageSkill, WorkMode


def wanted_by_offer(offer: JobOffer) -> tuple[Weighted, ...]:
    """Of the documents of candidacies."""
    parts = (
        *_occupation([offer.occupation]),
        (has("absent", "occupations"), unknown_credit(MatchName.OCCUPATION)),
        *_skills_asked(offer),
        *_languages_asked(offer),
        *_least("education_rank", offer.education.rank, offer.education.rank - 1),
        *_least("years", offer.years_of_experience, (offer.years_of_experience + 1) // 2),
        *_place_offered(offer),
        *_pay_offered(offer),
        *_start_asked(offer.ends_on),
    )
    return tuple(each for each in parts if not isinstance(each[0], Nothing))


def wanted_by_candidacy(candidacy: Candidacy) -> tuple[Weighted, ...]:
    """Of the documents of offers."""
    years = candidacy.years_of_experience
    parts = (
        *_occupation(candidacy.occupations),
        *([] if candidacy.occupations else [(Everything(), unknown_credit(MatchName.OCCUPATION))]),
        *_skills_stated(candidacy.skills),
        *_languages_stated([LanguageLevel.parse(each) for each in candidacy.languages]),
        *_most("education_rank", candidacy.education.rank, candidacy.education.rank + 1),
        *_most("years", years, 2 * years),
        *_place_wanted(candidacy),
        *_pay_asked(candidacy.minimum_salary),
        *_start_offered(candidacy.available_from),
    )
    return tuple(each for each in parts if not isinstance(each[0], Nothing))


def related_to_offer(offer: JobOffer) -> Clause:
    """The candidacies that share its group of occupations or a skill."""
    return _related([offer.occupation], offer.skills)


def related_to_candidacy(candidacy: Candidacy) -> Clause:
    """The offers that share a group of occupations or a skill with it."""
    return _related(candidacy.occupations, candidacy.skills)


def _related(occupations: Iterable[str], skills: Iterable[str]) -> Clause:
    return any_of((_any("occupations", (each[:GROUP] for each in occupations)), _any("skills", skills)))


def _any(field: str, values: Iterable[str]) -> Clause:
    """One of the values; nothing where there are none."""
    chosen = frozenset(values)
    return HasAny(field, chosen) if chosen else Nothing()


def _occupation(codes: Iterable[str]) -> Iterator[Weighted]:
    chosen = list(codes)
    yield _any("occupations", (each[:GROUP] for each in chosen)), GROUP_CREDIT
    yield _any("occupations", chosen), WEIGHTS[MatchName.OCCUPATION] - GROUP_CREDIT


def _skills_asked(offer: JobOffer) -> Iterator[Weighted]:
    weight, asked = WEIGHTS[MatchName.SKILLS], frozenset(offer.skills)
    if not asked:
        yield Everything(), weight
        return
    enough = min(ENOUGH_SKILLS, len(asked))
    yield has("absent", "skills"), unknown_credit(MatchName.SKILLS)
    for count in range(1, enough + 1):
        yield HasSeveral("skills", asked, count), weight // enough


def _skills_stated(stated: Iterable[str]) -> Iterator[Weighted]:
    """How much a skill counts depends on how many an offer asks for."""
    weight, skills = WEIGHTS[MatchName.SKILLS], frozenset(stated)
    yield has("absent", "skills"), weight
    if not skills:
        yield Not(has("absent", "skills")), unknown_credit(MatchName.SKILLS)
        return
    for count in range(1, ENOUGH_SKILLS + 1):
        several = HasSeveral("skills", skills, count)
        yield several, weight // ENOUGH_SKILLS
        for asked in range(count, ENOUGH_SKILLS):
            fewer = all_of((several, Between("skill_count", most=asked)))
            yield fewer, weight // asked - weight // (asked + 1)


def _languages_asked(offer: JobOffer) -> Iterator[Weighted]:
    weight = WEIGHTS[MatchName.LANGUAGES]
    if not offer.languages:
        yield Everything(), weight
        return
    yield has("absent", "languages"), unknown_credit(MatchName.LANGUAGES)
    yield HasAny("languages", frozenset(offer.languages)), SOME_LANGUAGES
    yield each_of("languages", offer.languages), weight - SOME_LANGUAGES


def _languages_stated(levels: list[LanguageLevel]) -> Iterator[Weighted]:
    weight = WEIGHTS[MatchName.LANGUAGES]
    yield has("absent", "languages"), weight
    if not levels:
        yield Not(has("absent", "languages")), unknown_credit(MatchName.LANGUAGES)
        return
    yield any_of(_reaches(level) for level in levels), SOME_LANGUAGES
    yield all_of((_no_other_language(levels), _nothing_higher(levels))), weight - SOME_LANGUAGES


def _reaches(level: LanguageLevel) -> Clause:
    """The offer asks for that skill, and for no more than the level."""
    asked = has("languages", str(LanguageLevel(level.language, level.skill, LEVELS[0])))
    return all_of((asked, Not(HasAny("languages", frozenset(_above(level.language, level.skill, level.level))))))


def _no_other_language(levels: list[LanguageLevel]) -> Clause:
    """All the languages that the offer asks for are among these."""
    codes = frozenset(level.language for level in levels)
    counts = range(1, len(codes) + 1)
    return any_of(all_of((HasSeveral("language", codes, each), Between("language_count", each, each))) for each in counts)


def _nothing_higher(levels: list[LanguageLevel]) -> Clause:
    """In these languages, the offer asks for no higher level of any skill."""
    reached: dict[tuple[str, LanguageSkill], int] = {}
    for each in levels:
        reached[each.language, each.skill] = max(each.level, reached.get((each.language, each.skill), 0))
    pairs = {(each.language, skill) for each in levels for skill in LanguageSkill}
    above = {value for language, skill in pairs for value in _above(language, skill, reached.get((language, skill), 0))}
    return Not(HasAny("languages", frozenset(above)))


def _above(language: str, skill: LanguageSkill, level: int) -> Iterator[str]:
    """The value that whoever asks for more than the level has; none above the highest."""
    if level < LEVELS[-1]:
        yield str(LanguageLevel(language, skill, level + 1))


def _place_offered(offer: JobOffer) -> Iterator[Weighted]:
    here = any_of((has("regions", offer.region), has("absent", "regions")))
    yield (Everything() if offer.work_mode is WorkMode.REMOTE else here), WEIGHTS[MatchName.REGION]
    yield any_of((has("work_modes", offer.work_mode), has("absent", "work_modes"))), WEIGHTS[MatchName.WORK_MODE]


def _place_wanted(candidacy: Candidacy) -> Iterator[Weighted]:
    here = among("regions", candidacy.regions)
    yield any_of((here, has("work_modes", WorkMode.REMOTE))), WEIGHTS[MatchName.REGION]
    yield among("work_modes", candidacy.work_modes), WEIGHTS[MatchName.WORK_MODE]


def _pay_offered(offer: JobOffer) -> Iterator[Weighted]:
    weight, silent = WEIGHTS[MatchName.SALARY], has("absent", "minimum_salary")
    if offer.salary is None:
        yield silent, weight
        yield Not(silent), unknown_credit(MatchName.SALARY)
    else:
        yield any_of((Between("minimum_salary", most=offer.salary.annual_maximum), silent)), weight


def _pay_asked(least: int | None) -> Iterator[Weighted]:
    weight = WEIGHTS[MatchName.SALARY]
    if least is None:
        yield Everything(), weight
    else:
        yield Between("annual_maximum", least=least), weight
        yield has("absent", "annual_maximum"), unknown_credit(MatchName.SALARY)


def _start_asked(ends_on: date | None) -> Iterator[Weighted]:
    if ends_on is None:
        yield Everything(), WEIGHTS[MatchName.AVAILABILITY]
    else:
        yield has("absent", "available_from"), unknown_credit(MatchName.AVAILABILITY)
        yield from _most("available_from", ends_on.toordinal(), ends_on.toordinal() + PATIENCE)


def _start_offered(available_from: date | None) -> Iterator[Weighted]:
    """Published offers have an end."""
    if available_from is None:
        yield Everything(), unknown_credit(MatchName.AVAILABILITY)
    else:
        yield from _least("ends_on", available_from.toordinal(), available_from.toordinal() - PATIENCE)


def _least(field: str, *bounds: int) -> Iterator[Weighted]:
    """One for each of the bounds that is reached."""
    return ((Between(field, least=bound), 1) for bound in bounds)


def _most(field: str, *bounds: int) -> Iterator[Weighted]:
    return ((Between(field, most=bound), 1) for bound in bounds)
