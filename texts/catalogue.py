"""Picks what people read: a text by its key, in French or in English. Decides nothing about who reads it."""

from typing import TypedDict

from texts import en, fr, mail_en, mail_fr

CATALOGUES = {"FR": fr.TEXTS | mail_fr.MAIL, "EN": en.TEXTS | mail_en.MAIL}
RECOURSES = {"FR": fr.RECOURSES, "EN": en.RECOURSES}

MINISTRY = "MINISTRY"
SERVICE = "SERVICE"
RECOURSE_OF = dict.fromkeys(
    (
        "NOT_RECOGNISED",
        "NO_INVITATION_LETTER",
        "CERTIFICATE_EXPIRED",
        "CERTIFICATE_ALREADY_USED",
        "REFERENCE_NUMBER_NOT_ADMISSIBLE",
        "RESIDES_IN_QUEBEC",
        "RESIDES_IN_CANADA",
    ),
    MINISTRY,
)
"""Which office helps with a refusal; the service itself for all that is not here."""


class Office(TypedDict):
    """An office that people can turn to. The data of a public service: replaced by the owner, not by code."""

    organization: str
    phone: str | None
    email: str | None
    url: str | None
    hours: str | None


def text(key: str, language: str, **facts: str) -> str:
    """The text with its placeholders filled. Raises KeyError for a key that no catalogue has."""
    return CATALOGUES[language][key].format_map(facts)


def recourse(code: str, language: str) -> Office:
    """Where to turn about a refusal with that code."""
    return Office(**RECOURSES[language][RECOURSE_OF.get(code, SERVICE)])
