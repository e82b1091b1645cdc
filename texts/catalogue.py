"""Picks what people read: a text by its key, in French or in English. Decides nothing about who reads it."""

import re

from texts import (
    application_en,
    application_fr,
    command_en,
    command_fr,
    contact_en,
    contact_fr,
    en,
    fr,
    label_en,
    label_fr,
    mail_en,
    mail_fr,
    match_en,
    match_fr,
    member_en,
    member_fr,
    notice_en,
    notice_fr,
    page_en,
    page_fr,
)
from texts.office import Office

BREAKABLE = re.compile(r" (?=[:»])|(?<=«) |(?<=\b48) (?=heures)")
"""Spaces at which a line of French must not end."""


def unbroken(said: dict[str, str]) -> dict[str, str]:
    return {key: BREAKABLE.sub("\N{NO-BREAK SPACE}", each) for key, each in said.items()}


CATALOGUES = {
    "FR": fr.TEXTS
    | label_fr.LABELS
    | unbroken(match_fr.MATCH)
    | mail_fr.MAIL
    | unbroken(notice_fr.NOTICES)
    | page_fr.PAGES
    | command_fr.COMMANDS
    | unbroken(contact_fr.CONTACTS)
    | unbroken(application_fr.APPLICATIONS)
    | unbroken(member_fr.MEMBERS),
    "EN": en.TEXTS
    | label_en.LABELS
    | match_en.MATCH
    | mail_en.MAIL
    | notice_en.NOTICES
    | page_en.PAGES
    | command_en.COMMANDS
    | contact_en.CONTACTS
    | application_en.APPLICATIONS
    | member_en.MEMBERS,
}
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
        "CORRECTION_NOT_RECOGNISED",
        "CORRECTION_REFERENCE_NUMBER_NOT_ADMISSIBLE",
        "CORRECTION_NO_INVITATION_LETTER",
        "CORRECTION_CERTIFICATE_EXPIRED",
    ),
    MINISTRY,
)
"""Which office helps with a refusal; the service itself for all that is not here."""


def text(key: str, language: str, **facts: str) -> str:
    """The text with its placeholders filled. Raises KeyError for a key that no catalogue has."""
    return CATALOGUES[language][key].format_map(facts)


def recourse(code: str, language: str) -> Office:
    """Where to turn about a refusal with that code."""
    return RECOURSES[language][RECOURSE_OF.get(code, SERVICE)]
