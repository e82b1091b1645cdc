"""What the letters to people say, in the language of each account. Knows no e-mail: notifications.message gives a letter its
form, notifications.sending decides whether it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models import region
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.language import Language
from texts.catalogue import recourse, text
from texts.formats import day, dollars


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Letter:
    """Words only, free of any markup. `unsubscribe` and `one_click`, which stops all that the letter is for (RFC 8058), are
    there for letters that people may decline, and for no others."""

    language: Language
    subject: str
    greeting: str
    paragraphs: Sequence[str]
    details: Sequence[tuple[str, str]] = ()
    action: Link | None = None
    closing: Sequence[str] = ()
    unsubscribe: Sequence[Link] = ()
    one_click: str = ""


@dataclass(frozen=True)
class MatchedOffer:
    """An offer, its address, and the alerts it matched, each with the link that stops it; and the one that stops them all."""

    row: JobOffer
    employer_name: str
    url: str
    alerts: Sequence[tuple[JobAlert, str]]
    stop_all: str


def job_offer_matched(language: Language, name: str, offer: MatchedOffer) -> Letter:
    title = offer.row.title.best(language)
    return Letter(
        language,
        subject=text("mail.match.subject", language, title=title, employer=offer.employer_name),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[_which_alerts(language, [alert.name for alert, _ in offer.alerts])],
        details=list(_details(language, offer.row, offer.employer_name)),
        action=Link(text("mail.match.action", language), offer.url),
        closing=[text("mail.match.why", language)],
        unsubscribe=[Link(text("mail.match.unsubscribe", language, alert=row.name), url) for row, url in offer.alerts],
        one_click=offer.stop_all,
    )


def _which_alerts(language: Language, names: Sequence[str]) -> str:
    if len(names) == 1:
        return text("mail.match.one", language, alerts=names[0])
    return text(
        "mail.match.several", language, alerts=", ".join(text("mail.match.alert", language, alert=each) for each in names)
    )


def _details(language: Language, row: JobOffer, employer_name: str) -> Iterable[tuple[str, str]]:
    place = ", ".join(part for part in (row.city, region.label(row.region, language)) if part)
    facts = {
        "title": row.title.best(language),
        "employer": employer_name,
        "place": place,
        "contract": text(f"mail.contract.{row.contract_type}", language),
        "salary": _salary(language, row),
        "ends_on": day(row.ends_on, language) if row.ends_on else "",
        "number": row.number,
    }
    return ((text(f"mail.match.{name}", language), value) for name, value in facts.items() if value)


def _salary(language: Language, row: JobOffer) -> str:
    if (salary := row.salary) is None:
        return ""
    minimum, maximum = dollars(salary.minimum, language), dollars(salary.maximum, language)
    amount = minimum if minimum == maximum else text("mail.salary.range", language, minimum=minimum, maximum=maximum)
    return text(f"mail.salary.{salary.period}", language, amount=amount)


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
