"""Codes with their labels, text in two languages, and the scales of a profile."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Self

import strawberry

import models.language as languages
from models import country, occupation, profile, region, skill
from schema.fields import doc

Language = strawberry.enum(languages.Language, description="The languages of the service.")
Education = strawberry.enum(profile.Education, description="The highest level of education, from none to a doctorate.")
ContractType = strawberry.enum(profile.ContractType, description="The kind of contract that an offer is for.")
WorkMode = strawberry.enum(profile.WorkMode, description="Where the work is done.")
LanguageSkill = strawberry.enum(profile.LanguageSkill, description="What one can do in a language.")


@strawberry.type(description="The same text in French, in English, or in both.")
class LocalizedText:
    fr: str | None = doc("In French, if it was written.")
    en: str | None = doc("In English, if it was written.")

    @classmethod
    def of(cls, text: languages.LocalizedText) -> Self:
        return cls(fr=text.fr, en=text.en)


@strawberry.input(name="LocalizedTextInput", description="The same text in French, in English, or in both.")
class LocalizedTextInput:
    fr: str | None = strawberry.field(default=None, description="In French.")
    en: str | None = strawberry.field(default=None, description="In English.")

    def read(self) -> languages.LocalizedText:
        """Blank text is no text."""
        return languages.LocalizedText((self.fr or "").strip() or None, (self.en or "").strip() or None)


@strawberry.type(description="An occupation of the National Occupational Classification 2021. Prefixes of its code are groups.")
class Occupation:
    code: str = doc("Five digits; of another form where another classification was imported.")
    label: str = doc("In the caller's language.")
    labels: LocalizedText = doc("In both languages.")

    @classmethod
    def of(cls, code: str, language: languages.Language) -> Self:
        found = occupation.find(code)
        return cls._labelled(code, found.labels if found else languages.NO_TEXT, language)

    @classmethod
    @lru_cache(4_096)
    def _labelled(cls, code: str, labels: languages.LocalizedText, language: languages.Language) -> Self:
        return cls(code=code, label=labels.best(language) or code, labels=LocalizedText.of(labels))


@strawberry.type(description="A skill of the service's list.")
class Skill:
    code: str = doc("A short word that stays the same.")
    label: str = doc("In the caller's language.")
    labels: LocalizedText = doc("In both languages.")

    @classmethod
    def of(cls, code: str, language: languages.Language) -> Self:
        found = skill.find(code)
        return cls._labelled(code, found.labels if found else languages.NO_TEXT, language)

    @classmethod
    @lru_cache(4_096)
    def _labelled(cls, code: str, labels: languages.LocalizedText, language: languages.Language) -> Self:
        return cls(code=code, label=labels.best(language) or code, labels=LocalizedText.of(labels))


@strawberry.type(description="One of the 17 administrative regions of Québec.")
class Region:
    code: str = doc("01 to 17.")
    label: str = doc("Its name.")

    @classmethod
    @lru_cache
    def of(cls, code: str, language: languages.Language) -> Self:
        return cls(code=code, label=region.label(code, language))


@strawberry.type(description="A country or territory.")
class Country:
    code: str = doc("ISO 3166-1 alpha-2.")
    label: str = doc("Its name in the caller's language.")

    @classmethod
    @lru_cache(1_024)
    def of(cls, code: str, language: languages.Language) -> Self:
        return cls(code=code, label=country.label(code, language))


@strawberry.type(description="A level in one skill of one language, on the Québec scale of 1 to 12, for every language.")
class LanguageLevel:
    language: str = doc("ISO 639 code, e.g. fr.")
    skill: profile.LanguageSkill = doc("What one can do at that level.")
    level: int = doc("1 to 12.")

    @classmethod
    def each_of(cls, kept: Iterable[str]) -> list[Self]:
        return [cls._of(each) for each in kept]

    @classmethod
    @lru_cache(4_096)
    def _of(cls, kept: str) -> Self:
        level = profile.LanguageLevel.parse(kept)
        return cls(language=level.language, skill=level.skill, level=level.level)


@strawberry.input(description="A level in one skill of one language, on the Québec scale of 1 to 12, for every language.")
class LanguageLevelInput:
    language: str = doc("ISO 639 code, e.g. fr.")
    skill: profile.LanguageSkill = doc("What one can do at that level.")
    level: int = doc("1 to 12.")

    def read(self) -> profile.LanguageLevel:
        return profile.LanguageLevel(self.language.lower(), self.skill, self.level)
