"""Reads the fields of one object by name and type, as the API reads those of an input. Notes all that is wrong with them:
wrong types, impossible days, names that nobody knows."""

import enum
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from models.calendar import read_day
from models.checks import Checks, shown
from models.language import LocalizedText
from models.profile import LanguageLevel, LanguageSkill
from models.salary import Salary, SalaryPeriod

T = TypeVar("T")
E = TypeVar("E", bound=enum.StrEnum)


class Fields:
    """A field that is null is as if it were not there. What is read of a field that is wrong means nothing: `done` of the
    checks must be called before it is used."""

    def __init__(self, given: Mapping[str, Any], checks: Checks, path: str = "") -> None:
        self._given, self._checks, self._path = given, checks, path
        self._read: set[str] = set()

    def text(self, name: str, *, required: bool = False) -> str | None:
        value: str | None = self._value(name, str, "NOT_A_TEXT", required)
        return value

    def whole(self, name: str, *, required: bool = False) -> int | None:
        value: int | None = self._value(name, int, "NOT_A_WHOLE_NUMBER", required)
        return value

    def count(self, name: str, default: int) -> int:
        value = self.whole(name)
        return default if value is None else value

    def number(self, name: str) -> float | None:
        value: float | None = self._value(name, (int, float), "NOT_A_NUMBER")
        return value

    def yes(self, name: str, default: bool) -> bool:
        value: bool | None = self._value(name, bool, "NOT_YES_OR_NO")
        return default if value is None else value

    def day(self, name: str) -> date | None:
        typed = self.text(name)
        try:
            return None if typed is None else read_day(typed)
        except ValueError:
            self._note(name, "NOT_A_DAY")
            return None

    def texts(self, name: str) -> tuple[str, ...]:
        values: list[str] = self._value(name, list, "NOT_A_LIST") or []
        if not all(isinstance(each, str) for each in values):
            self._note(name, "NOT_A_TEXT")
        return tuple(values)

    def choice(self, name: str, choices: type[E], default: E | None = None) -> E:
        """Required where there is no default."""
        value = self._value(name, object, "", required=default is None)
        chosen = default if value is None else self._chosen(name, choices, value)
        return next(iter(choices)) if chosen is None else chosen

    def choices(self, name: str, choices: type[E]) -> tuple[E, ...]:
        return self._list(name, lambda each: self._chosen(name, choices, each))

    def localized(self, name: str) -> LocalizedText:
        text = self._part(name, lambda part: LocalizedText(part.text("fr"), part.text("en")))
        return text or LocalizedText()

    def levels(self, name: str) -> tuple[LanguageLevel, ...]:
        return self._list(name, lambda each: self._object(name, each, _level))

    def salary(self, name: str) -> Salary | None:
        return self._part(name, _salary)

    def done(self) -> None:
        """Notes every name that was not read."""
        for name in self._given.keys() - self._read:
            self._note(shown(name), "UNKNOWN_FIELD")

    def _value(self, name: str, kind: type | tuple[type, ...], code: str, required: bool = False) -> Any:
        self._read.add(name)
        value = self._given.get(name)
        if value is None and required:
            self._note(name, "REQUIRED")
        fits = isinstance(value, kind) and (kind in (bool, object) or not isinstance(value, bool))
        if value is not None and not fits:
            self._note(name, code)
        return value if fits else None

    def _list(self, name: str, read: Callable[[Any], T | None]) -> tuple[T, ...]:
        values = self._value(name, list, "NOT_A_LIST") or []
        return tuple(value for value in map(read, values) if value is not None)

    def _part(self, name: str, read: "Callable[[Fields], T]") -> T | None:
        value = self._value(name, dict, "NOT_AN_OBJECT")
        return None if value is None else self._object(name, value, read)

    def _object(self, name: str, value: object, read: "Callable[[Fields], T]") -> T | None:
        if not isinstance(value, dict):
            self._note(name, "NOT_AN_OBJECT")
            return None
        part = Fields(value, self._checks, f"{self._path}{name}.")
        answer = read(part)
        part.done()
        return answer

    def _chosen(self, name: str, choices: type[E], value: object) -> E | None:
        if isinstance(value, str) and value in choices.__members__:
            return choices[value]
        self._note(name, "NOT_ONE_OF", choices=", ".join(choices.__members__))
        return None

    def _note(self, name: str, code: str, **facts: str) -> None:
        self._checks.note(f"{self._path}{name}", code, **facts)


def _level(part: Fields) -> LanguageLevel:
    skill = part.choice("skill", LanguageSkill)
    return LanguageLevel(part.text("language", required=True) or "", skill, part.whole("level", required=True) or 0)


def _salary(part: Fields) -> Salary:
    period = part.choice("period", SalaryPeriod)
    return Salary(part.whole("minimum", required=True) or 0, part.whole("maximum", required=True) or 0, period)
