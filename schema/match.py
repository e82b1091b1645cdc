"""Matches in the API: each criterion with what it was given for, in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Self

import strawberry

from models import match as models
from models import occupation, region, skill, spoken_language
from models.language import Language
from models.match import MatchName, MatchOutcome
from models.profile import LanguageLevel
from schema.fields import doc
from texts.catalogue import text
from texts.formats import day, dollars

strawberry.enum(MatchName, description="What a match is made of.")
strawberry.enum(MatchOutcome, description="Whether what is asked for is met. UNKNOWN where it is not said.")
Label = Callable[[str, Language], str]


@strawberry.type(description="One thing that is asked for, and whether it is met.")
class MatchCriterion:
    name: MatchName = doc("What is looked at.")
    outcome: MatchOutcome = doc("Whether it is met.")
    weight: float = doc("The most that it can give: the same in every match.")
    credit: float = doc("What it gives.")
    explanation: str = doc("Why, in a sentence in the caller's language.")

    @classmethod
    def of(cls, criterion: models.Criterion, language: Language) -> Self:
        return cls(
            name=criterion.name,
            outcome=criterion.outcome,
            weight=criterion.weight,
            credit=criterion.credit,
            explanation=explanation(criterion, language),
        )


@strawberry.type(description="How well an offer and a candidacy suit each other. It orders and explains, and rejects nobody.")
class Match:
    score: float = doc("0 to 1: all the credits divided by all the weights.")
    criteria: list[MatchCriterion] = doc("All of them, in the same order in every match.")

    @classmethod
    def of(cls, found: models.Match, language: Language) -> Self:
        return cls(score=found.score, criteria=[MatchCriterion.of(each, language) for each in found.criteria])


def explanation(criterion: models.Criterion, language: Language) -> str:
    label = LABELS[criterion.name]
    facts = {name: ", ".join(label(value, language) for value in values) for name, values in criterion.facts.items()}
    return text(f"match.{criterion.name}.{criterion.reason}", language, **facts)


def _choice(scale: str) -> Label:
    return lambda value, language: text(f"{scale}.{value}", language)


def _level(value: str, language: Language) -> str:
    level = LanguageLevel.parse(value)
    spoken, practice = spoken_language.label(level.language, language), text(f"match.{level.skill}", language)
    return text("match.level", language, spoken=spoken, practice=practice, level=str(level.level))


def _pay(value: str, language: Language) -> str:
    return dollars(int(value), language)


def _day(value: str, language: Language) -> str:
    return day(date.fromisoformat(value), language)


def _as_is(value: str, language: Language) -> str:
    return value


LABELS: Mapping[MatchName, Label] = {
    MatchName.OCCUPATION: occupation.label,
    MatchName.SKILLS: skill.label,
    MatchName.LANGUAGES: _level,
    MatchName.EDUCATION: _choice("EDUCATION"),
    MatchName.EXPERIENCE: _as_is,
    MatchName.REGION: region.label,
    MatchName.WORK_MODE: _choice("WORK_MODE"),
    MatchName.SALARY: _pay,
    MatchName.AVAILABILITY: _day,
}
"""How the values of a criterion are written."""
