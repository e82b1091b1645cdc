"""What the mails of alerts say: of one offer at length, of several one after another, with a link to all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from models import region
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.language import Language
from notifications.letters import Letter, Link, Section
from texts.catalogue import text
from texts.formats import day, dollars


@dataclass(frozen=True)
class MatchedOffer:
    """An offer and its address."""

    row: JobOffer
    employer_name: str
    url: str


@dataclass(frozen=True)
class AlertLinks:
    """What stops each alert, what stops all of the mail's, and where everything that was gathered is listed."""

    stop: Mapping[UUID, str]
    stop_all: str
    everything: str


def jobs_matched(  # noqa: PLR0913 - what a mail is made of
    language: Language, name: str, alerts: Sequence[JobAlert], shown: Sequence[MatchedOffer], found: int, links: AlertLinks
) -> Letter:
    """`found` offers were gathered, of which those shown are told of here."""
    stop = [Link(text("mail.match.unsubscribe", language, alert=row.name), links.stop[row.id]) for row in alerts]
    if len(alerts) > 1:
        stop.append(Link(text("mail.match.unsubscribe_all", language), links.stop_all))
    one = shown[0] if found == 1 else None
    return Letter(
        language,
        subject=_subject(language, one, found),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[
            _which_alerts(language, "one" if one else "many", [alert.name for alert in alerts]),
            *_rest(language, shown, found),
        ],
        details=_details(language, one) if one else (),
        sections=() if one else [_section(language, offer) for offer in shown],
        action=Link(text("mail.match.action", language), one.url)
        if one
        else Link(text("mail.match.list", language), links.everything),
        closing=[text("mail.match.why", language)],
        unsubscribe=stop,
        one_click=links.stop_all,
    )


def _subject(language: Language, one: MatchedOffer | None, found: int) -> str:
    if one is None:
        return text("mail.match.subject.many", language, count=str(found))
    return text("mail.match.subject", language, title=one.row.title.best(language), employer=one.employer_name)


def _which_alerts(language: Language, number: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return text(f"mail.match.{number}", language, alerts=names[0])
    quoted = ", ".join(text("mail.match.alert", language, alert=each) for each in names)
    return text(f"mail.match.{number}.several", language, alerts=quoted)


def _rest(language: Language, shown: Sequence[MatchedOffer], found: int) -> list[str]:
    if len(shown) == found:
        return []
    return [text("mail.match.rest", language, shown=str(len(shown)), count=str(found))]


def _section(language: Language, offer: MatchedOffer) -> Section:
    facts = _facts(language, offer)
    lines = [facts[name] for name in ("employer", "place", "contract", "salary") if name in facts]
    if "ends_on" in facts:
        lines.append(f"{text('mail.match.ends_on', language)}{text('mail.colon', language)} {facts['ends_on']}")
    return Section(offer.row.title.best(language), offer.url, lines)


def _details(language: Language, offer: MatchedOffer) -> list[tuple[str, str]]:
    return [(text(f"mail.match.{name}", language), value) for name, value in _facts(language, offer).items()]


def _facts(language: Language, offer: MatchedOffer) -> dict[str, str]:
    row = offer.row
    facts = {
        "title": row.title.best(language),
        "employer": offer.employer_name,
        "place": region.place(row.city, row.region, language),
        "contract": text(f"mail.contract.{row.contract_type}", language),
        "salary": _salary(language, row),
        "ends_on": day(row.ends_on, language) if row.ends_on else "",
        "number": row.number,
    }
    return {name: value for name, value in facts.items() if value}


def _salary(language: Language, row: JobOffer) -> str:
    if (salary := row.salary) is None:
        return ""
    minimum, maximum = dollars(salary.minimum, language), dollars(salary.maximum, language)
    amount = minimum if minimum == maximum else text("mail.salary.range", language, minimum=minimum, maximum=maximum)
    return text(f"mail.salary.{salary.period}", language, amount=amount)
