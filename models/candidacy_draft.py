"""What a candidate writes in a candidacy, and whether it can be kept."""

from dataclasses import dataclass
from datetime import date

from models import occupation, region, skill, spoken_language
from models.candidacy import Candidacy
from models.checks import LINE, Checks
from models.language import NO_TEXT, LocalizedText
from models.profile import LEVELS, Education, LanguageLevel, WorkMode

HIGHEST_SALARY = 10_000_000
LANGUAGE_LEVELS = 40
OCCUPATIONS = 10


@dataclass(frozen=True)
class CandidacyDraft:
    """`minimum_salary` is in Canadian dollars a year."""

    title: LocalizedText = NO_TEXT
    summary: LocalizedText = NO_TEXT
    experience: LocalizedText = NO_TEXT
    occupations: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[LanguageLevel, ...] = ()
    education: Education = Education.NONE
    years_of_experience: int = 0
    regions: tuple[str, ...] = ()
    work_modes: tuple[WorkMode, ...] = ()
    available_from: date | None = None
    minimum_salary: int | None = None

    def check(self) -> None:
        """Raises Invalid, with every field at fault."""
        checks = Checks()
        checks.text("title", self.title, LINE)
        checks.text("summary", self.summary)
        checks.text("experience", self.experience)
        checks.codes("occupations", self.occupations, occupation.is_known, OCCUPATIONS)
        checks.codes("skills", self.skills, skill.is_known)
        checks.codes("regions", self.regions, region.is_known)
        checks.codes("workModes", self.work_modes, bool)
        checks.number("yearsOfExperience", self.years_of_experience, 0, 60)
        checks.number("minimumSalary", self.minimum_salary, 0, HIGHEST_SALARY)
        check_languages(checks, "languages", self.languages)
        checks.done()

    @classmethod
    def of(cls, row: Candidacy) -> "CandidacyDraft":
        return cls(
            title=row.title,
            summary=row.summary,
            experience=row.experience,
            occupations=tuple(row.occupations),
            skills=tuple(row.skills),
            languages=tuple(map(LanguageLevel.parse, row.languages)),
            education=row.education,
            years_of_experience=row.years_of_experience,
            regions=tuple(row.regions),
            work_modes=tuple(map(WorkMode, row.work_modes)),
            available_from=row.available_from,
            minimum_salary=row.minimum_salary,
        )

    def write_to(self, row: Candidacy) -> None:
        row.title, row.summary, row.experience = self.title, self.summary, self.experience
        row.occupations, row.skills = _distinct(self.occupations), _distinct(self.skills)
        row.languages = [str(level) for level in self.languages]
        row.education, row.years_of_experience = self.education, self.years_of_experience
        row.regions, row.work_modes = _distinct(self.regions), _distinct([each.value for each in self.work_modes])
        row.available_from, row.minimum_salary = self.available_from, self.minimum_salary


def _distinct(values: tuple[str, ...] | list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def check_languages(checks: Checks, path: str, levels: tuple[LanguageLevel, ...]) -> None:
    """Known languages, levels of the Québec scale, each skill of a language once."""
    checks.codes(path, [level.language for level in levels], spoken_language.is_known, LANGUAGE_LEVELS)
    for level in levels[:LANGUAGE_LEVELS]:
        checks.number(f"{path}.level", level.level, LEVELS[0], LEVELS[-1])
    stated = [(level.language, level.skill) for level in levels]
    checks.require(path, len(set(stated)) == len(stated), "STATED_TWICE")
