"""What the letters to people say, in the language of each account. Knows no e-mail: notifications.message gives a letter its
form, notifications.sending decides whether it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.language import Language
from texts.catalogue import recourse, text


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Section:
    """One of several things that a letter tells of, in a few lines. `url` may be empty."""

    title: str
    url: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Letter:
    """Words only, free of any markup. `unsubscribe` and `one_click`, which stops all that the letter is for (RFC 8058), are
    there for letters that people may decline, and for no others."""

    language: Language
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    details: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    action: Link | None = None
    closing: Sequence[str] = ()
    unsubscribe: Sequence[Link] = ()
    one_click: str = ""


def confirm_email(language: Language, url: str) -> Letter:
    """Names nobody: whoever opened the account chose the name, and the address may be a stranger's."""
    return Letter(
        language,
        subject=text("mail.confirm.subject", language),
        greeting=text("mail.greeting", language),
        paragraphs=[text("mail.confirm.body", language)],
        action=Link(text("mail.confirm.action", language), url),
        closing=[text("mail.confirm.life", language), text("mail.confirm.not_you", language)],
    )


def email_already_used(language: Language) -> Letter:
    return Letter(
        language,
        subject=text("mail.used.subject", language),
        greeting=text("mail.greeting", language),
        paragraphs=[text("mail.used.body", language), text("mail.used.you", language)],
    )


def registration_pending(language: Language, name: str) -> Letter:
    return _plain(language, name, "pending", "body", "meanwhile")


def registration_accepted(language: Language, name: str) -> Letter:
    return _plain(language, name, "accepted", "body")


def registration_refused(language: Language, name: str, code: str) -> Letter:
    return _refusal(language, name, "refused", code)


def correction_accepted(language: Language, name: str) -> Letter:
    return _plain(language, name, "correction.accepted", "body")


def correction_refused(language: Language, name: str, code: str) -> Letter:
    return _refusal(language, name, "correction.refused", code)


def return_refused(language: Language, name: str, code: str) -> Letter:
    return _refusal(language, name, "return.refused", code)


def _refusal(language: Language, name: str, letter: str, code: str) -> Letter:
    """Says why, in the words of the refusal, and where to turn."""
    return Letter(
        language,
        subject=text(f"mail.{letter}.subject", language),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[text(f"mail.{letter}.body", language), text(code, language), text("mail.refused.recourse", language)],
        details=recourse_details(code, language),
    )


def recourse_details(code: str, language: Language) -> list[tuple[str, str]]:
    """Where to turn about a refusal with that code."""
    known = {name: value for name, value in recourse(code, language).items() if isinstance(value, str)}
    return [(text(f"mail.recourse.{name}", language), value) for name, value in known.items()]


def _plain(language: Language, name: str, letter: str, *paragraphs: str) -> Letter:
    return Letter(
        language,
        subject=text(f"mail.{letter}.subject", language),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[text(f"mail.{letter}.{each}", language) for each in paragraphs],
    )
