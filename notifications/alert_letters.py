"""What the mails of alerts say: of one match at length, of several one after another, with a link to all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from models import region
from models.job_alert import Alert
from models.job_offer import JobOffer
from models.language import Language
from notifications.letters import Letter, Link, Section
from texts.catalogue import text
from texts.formats import day, dollars


class Matched(Protocol):
    """One thing that a mail tells of. `texts` is where the keys of its texts begin."""

    @property
    def url(self) -> str: ...
    @property
    def texts(self) -> str: ...

    def title(self, language: Language) -> str: ...
    def headline(self, language: Language) -> dict[str, str]:
        """What the subject of a mail about it alone says."""

    def facts(self, language: Language) -> dict[str, str]:
        """What there is to say of it, by the last part of the keys of their labels."""

    def lines(self, language: Language) -> list[str]:
        """The same in short."""


@dataclass(frozen=True)
class MatchedOffer:
    """An offer and its address."""

    row: JobOffer
    employer_name: str
    url: str
    texts = "mail.match"

    def title(self, language: Language) -> str:
        return self.row.title.best(language)

    def headline(self, language: Language) -> dict[str, str]:
        return {"title": self.title(language), "employer": self.employer_name}

    def facts(self, language: Language) -> dict[str, str]:
        row = self.row
        facts = {
            "title": self.title(language),
            "employer": self.employer_name,
            "place": region.place(row.city, row.region, language),
            "contract": text(f"mail.contract.{row.contract_type}", language),
            "salary": _salary(language, row),
            "ends_on": day(row.ends_on, language) if row.ends_on else "",
            "number": row.number,
        }
        return {name: value for name, value in facts.items() if value}

    def lines(self, language: Language) -> list[str]:
        facts = self.facts(language)
        lines = [facts[name] for name in ("employer", "place", "contract", "salary") if name in facts]
        if "ends_on" in facts:
            lines.append(f"{text('mail.match.ends_on', language)}{text('mail.colon', language)} {facts['ends_on']}")
        return lines


@dataclass(frozen=True)
class AlertLinks:
    """What stops each alert, what stops all of the mail's, and where everything that was gathered is listed."""

    stop: Mapping[UUID, str]
    stop_all: str
    everything: str


def matches_told(  # noqa: PLR0913 - what a mail is made of
    language: Language, name: str, alerts: Sequence[Alert], shown: Sequence[Matched], found: int, links: AlertLinks
) -> Letter:
    """So many were `found`, of which those shown are told of here: all of one kind."""
    texts = shown[0].texts
    stop = [Link(text(f"{texts}.unsubscribe", language, alert=row.name), links.stop[row.id]) for row in alerts]
    if len(alerts) > 1:
        stop.append(Link(text(f"{texts}.unsubscribe_all", language), links.stop_all))
    one = shown[0] if found == 1 else None
    return Letter(
        language,
        subject=_subject(language, texts, one, found),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[
            _which_alerts(language, f"{texts}.{'one' if one else 'many'}", [alert.name for alert in alerts]),
            *_rest(language, shown, found),
        ],
        details=_details(language, one) if one else (),
        sections=() if one else [Section(each.title(language), each.url, each.lines(language)) for each in shown],
        action=Link(text(f"{texts}.action", language), one.url)
        if one
        else Link(text("mail.match.list", language), links.everything),
        closing=[text(f"{texts}.why", language)],
        unsubscribe=stop,
        one_click=links.stop_all,
    )


def _subject(language: Language, texts: str, one: Matched | None, found: int) -> str:
    if one is None:
        return text(f"{texts}.subject.many", language, count=str(found))
    return text(f"{texts}.subject", language, **one.headline(language))


def _which_alerts(language: Language, key: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return text(key, language, alerts=names[0])
    quoted = ", ".join(text("mail.match.alert", language, alert=each) for each in names)
    return text(f"{key}.several", language, alerts=quoted)


def _rest(language: Language, shown: Sequence[Matched], found: int) -> list[str]:
    if len(shown) == found:
        return []
    return [text("mail.match.rest", language, shown=str(len(shown)), count=str(found))]


def _details(language: Language, one: Matched) -> list[tuple[str, str]]:
    return [(text(f"{one.texts}.{name}", language), value) for name, value in one.facts(language).items()]


def _salary(language: Language, row: JobOffer) -> str:
    if (salary := row.salary) is None:
        return ""
    minimum, maximum = dollars(salary.minimum, language), dollars(salary.maximum, language)
    amount = minimum if minimum == maximum else text("mail.salary.range", language, minimum=minimum, maximum=maximum)
    return text(f"mail.salary.{salary.period}", language, amount=amount)
