"""Reads what a notice says to its reader, as a person would: the day, and whether something ends or has ended."""

from datetime import date, datetime
from email.message import EmailMessage

from models.language import Language
from tests.service import plain
from tests.simulation.oracle_days import QUEBEC

ENGLISH = "January February March April May June July August September October November December".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
SUBJECTS = {
    (Language.EN, "ends"): "Your candidacy is published until {}",
    (Language.EN, "ended"): "The publication of your candidacy ended on {}",
    (Language.FR, "ends"): "Votre candidature est publiée jusqu’au {}",
    (Language.FR, "ended"): "La publication de votre candidature a pris fin le {}",
}


def written_day(day: date, language: Language) -> str:
    if language is Language.FR:
        return f"{'1er' if day.day == 1 else day.day} {FRENCH[day.month - 1]} {day.year}"
    return f"{ENGLISH[day.month - 1]} {day.day}, {day.year}"


def written_moment(instant: datetime, language: Language) -> str:
    """On a clock of Québec."""
    local = instant.astimezone(QUEBEC)
    day = written_day(local.date(), language)
    if language is Language.FR:
        return f"{day} à {local.hour} h {local.minute:02}"
    return f"{day} at {local.hour % 12 or 12}:{local.minute:02} {'a.m.' if local.hour < 12 else 'p.m.'}"


def says_of_publication(message: EmailMessage, language: Language, verb: str, ends: date) -> None:
    """Asserts that a notice of a publication says so, in its subject and in its text."""
    day = written_day(ends, language)
    assert message["Subject"] == SUBJECTS[language, verb].format(day), f"{message['Subject']!r}, and it {verb} {day}"
    assert day in _words(message)


def says_until(message: EmailMessage, language: Language, deadline: datetime) -> None:
    """Asserts that a notice to withdraw gives the deadline in Québec's time."""
    assert written_moment(deadline, language) in _words(message)


def _words(message: EmailMessage) -> str:
    return " ".join(plain(message).split())
