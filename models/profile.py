"""The scales on which candidacies and offers are described: education, languages, contracts, ways of working."""

import enum
from dataclasses import dataclass


class Education(enum.StrEnum):
    NONE = "NONE"
    SECONDARY = "SECONDARY"
    VOCATIONAL = "VOCATIONAL"
    COLLEGE = "COLLEGE"
    BACHELOR = "BACHELOR"
    MASTER = "MASTER"
    DOCTORATE = "DOCTORATE"

    @property
    def rank(self) -> int:
        """0 for none to 6 for a doctorate."""
        return list(Education).index(self)


class ContractType(enum.StrEnum):
    PERMANENT = "PERMANENT"
    FIXED_TERM = "FIXED_TERM"
    CASUAL = "CASUAL"
    SEASONAL = "SEASONAL"
    INTERNSHIP = "INTERNSHIP"


class WorkMode(enum.StrEnum):
    ON_SITE = "ON_SITE"
    HYBRID = "HYBRID"
    REMOTE = "REMOTE"


class LanguageSkill(enum.StrEnum):
    ORAL_COMPREHENSION = "ORAL_COMPREHENSION"
    ORAL_PRODUCTION = "ORAL_PRODUCTION"
    WRITTEN_COMPREHENSION = "WRITTEN_COMPREHENSION"
    WRITTEN_PRODUCTION = "WRITTEN_PRODUCTION"


LEVELS = range(1, 13)
"""The Québec scale, for every language."""


@dataclass(frozen=True, order=True)
class LanguageLevel:
    """A level of 1 to 12 in one skill of one language, e.g. fr, ORAL_PRODUCTION, 7. Kept as `fr:ORAL_PRODUCTION:7`."""

    language: str
    skill: LanguageSkill
    level: int

    def __str__(self) -> str:
        return f"{self.language}:{self.skill}:{self.level}"

    @classmethod
    def parse(cls, kept: str) -> "LanguageLevel":
        language, skill, level = kept.split(":")
        return cls(language, LanguageSkill(skill), int(level))


def experience_band(years: int) -> str:
    """The band of years that a facet counts: 0-1, 2-4, 5-9 or 10+."""
    return "0-1" if years < 2 else "2-4" if years < 5 else "5-9" if years < 10 else "10+"


def salary_band(annual: int) -> str:
    """The band of yearly pay in thousands of dollars that a facet counts: 0-40, 40-60, 60-80, 80-100 or 100+."""
    return next((f"{low}-{high}" for low, high in ((0, 40), (40, 60), (60, 80), (80, 100)) if annual < high * 1000), "100+")
