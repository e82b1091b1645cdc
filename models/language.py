"""The two languages of the service, and text written in one or both of them."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    FR = "FR"
    EN = "EN"


@dataclass(frozen=True)
class LocalizedText:
    """The same text in French, in English, or in both; None where it was not written."""

    fr: str | None = None
    en: str | None = None

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def within(self, language: Language) -> str | None:
        return self.fr if language is Language.FR else self.en

    def best(self, language: Language) -> str:
        """In the language if it was written, else in the other one; empty when there is none."""
        return self.within(language) or self.fr or self.en or ""


NO_TEXT = LocalizedText()
