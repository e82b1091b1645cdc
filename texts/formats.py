"""Days, figures and amounts of money as people write them in each language."""

import re
from datetime import date

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

LOCALES = {"FR": "fr_CA", "EN": "en_CA"}
MONEY = {"FR": "#,##0\N{NO-BREAK SPACE}¤", "EN": "¤#,##0"}
"""Whole dollars."""
FIRST = re.compile(r"^1 ")
"""How a date begins that is written « 1er » in French."""


def dollars(amount: int, language: str) -> str:
    return format_currency(amount, "CAD", MONEY[language], LOCALES[language], currency_digits=False)


def figure(of: float, language: str) -> str:
    return format_decimal(of, locale=LOCALES[language])


def day(of: date, language: str) -> str:
    return first_of_month(format_date(of, "long", LOCALES[language]))


def first_of_month(written: str) -> str:
    """A date as it is written when it is the first of a month: no English one begins with its day."""
    return FIRST.sub("1er ", written)
