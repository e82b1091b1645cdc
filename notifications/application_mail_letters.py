"""What the mails about applications say: of one application at length, of several one after another. None to an employer says who
a candidate is: that is read where it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.application import ApplicationStatus
from models.application_transition import ServiceReason
from models.calendar import quebec_day
from models.language import Language
from notifications.due_application_mail import NEW, WAITING, DueMail, DueNews
from notifications.letters import Letter, Link, Section
from notifications.post import Post
from texts.catalogue import text

MOST_SHOWN = 20
ALIKE = (NEW, WAITING)
"""What a mail about several applications says of all of them at once, where it is so of each."""
TOLD_TO_EMPLOYERS = (ServiceReason.OFFER_CLOSED, ServiceReason.OFFER_REMOVED)
"""Other reasons are the candidate's own."""

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """One application. `texts` is where the keys of its texts begin, `why` a sentence or nothing; `facts` are labelled."""

    texts: str
    title: str
    named: dict[str, str]
    why: str
    facts: Facts
    url: str

    def say(self, part: str, language: Language) -> str:
        return text(f"{self.texts}.{part}", language, **self.named)


def application_letter(due: DueMail, post: Post, now: datetime) -> Letter:
    """Of a mail that has something to tell."""
    items = [_item(due, what, news, post, now) for what, news in due.told]
    return _of_one(due, items[0]) if len(items) == 1 else _of_several(due, items)


def _of_one(due: DueMail, item: Item) -> Letter:
    language = due.account.language
    paragraphs = [item.say("body", language), item.why, item.say("next", language)]
    return Letter(
        language,
        subject=item.say("subject", language),
        greeting=text("mail.greeting.name", language, name=due.name),
        paragraphs=[each for each in paragraphs if each],
        details=item.facts,
        action=Link(text("mail.match.action", language), item.url) if item.url else None,
    )


def _of_several(due: DueMail, items: Sequence[Item]) -> Letter:
    language, count = due.account.language, str(len(items))
    whats = {what for what, _ in due.told}
    shared = whats.pop() if len(whats) == 1 else ""
    texts = f"{_texts(due)}.{shared}.many" if shared in ALIKE else f"{_texts(due)}.many"
    paragraphs = [text(f"{texts}.body", language)]
    if len(items) > MOST_SHOWN:
        paragraphs.append(text("mail.application.rest", language, shown=str(MOST_SHOWN), count=count))
    return Letter(
        language,
        subject=text(f"{texts}.subject", language, count=count),
        greeting=text("mail.greeting.name", language, name=due.name),
        paragraphs=paragraphs,
        sections=[_section(language, each) for each in items[:MOST_SHOWN]],
        closing=[text("mail.application.account", language)],
    )


def _section(language: Language, item: Item) -> Section:
    colon = text("mail.colon", language)
    said = [
        item.say("body", language),
        item.why,
        *(f"{label}{colon} {value}" for label, value in item.facts if value != item.title),
    ]
    return Section(item.title, item.url, [each for each in said if each])


def _texts(due: DueMail) -> str:
    return "mail.application.candidate" if due.to_candidate else "mail.application.member"


def _item(due: DueMail, what: str, news: DueNews, post: Post, now: datetime) -> Item:
    language, offer = due.account.language, news.offer.title.best(due.account.language)
    open_offer = news.offer.open_on(quebec_day(now)) and news.employer.authenticated
    return Item(
        f"{_texts(due)}.{what}",
        offer if due.to_candidate else _profile(language, news, now) or news.candidacy.number,
        {"offer": offer, "employer": news.employer.name, "number": news.candidacy.number},
        _why(due, news),
        _candidate_facts(language, news) if due.to_candidate else _member_facts(language, news, now),
        post.links.job_offer(news.offer.number) if due.to_candidate and open_offer else "",
    )


def _profile(language: Language, news: DueNews, now: datetime) -> str:
    """The title of the candidacy while it is published: of another nobody has looked whether it says who the person is."""
    return news.candidacy.title.best(language) if news.candidacy.visible_on(quebec_day(now)) else ""


def _why(due: DueMail, news: DueNews) -> str:
    """In a sentence, what the employer or the service gave as its reason."""
    language, reason = due.account.language, news.last.reason
    if news.application.status is ApplicationStatus.DECLINED and news.application.decline_reason:
        return text(f"application.declined.{news.application.decline_reason}", language)
    by_service = news.last.by is None and reason in list(ServiceReason)
    return (
        text(f"application.ended.{reason}", language) if by_service and (due.to_candidate or reason in TOLD_TO_EMPLOYERS) else ""
    )


def _candidate_facts(language: Language, news: DueNews) -> Facts:
    return [
        (text("mail.match.title", language), news.offer.title.best(language)),
        (text("mail.match.employer", language), news.employer.name),
        (text("mail.match.number", language), news.offer.number),
        *((text("mail.application.message", language), said) for said in _messages(news)),
    ]


def _messages(news: DueNews) -> list[str]:
    """What the employer wrote with its step."""
    if news.application.status is ApplicationStatus.DECLINED:
        return [news.application.decline_message] if news.application.decline_message else []
    return [news.last.reason] if news.last.reason and news.last.by not in (None, news.application.candidate_id) else []


def _member_facts(language: Language, news: DueNews, now: datetime) -> Facts:
    profile = _profile(language, news, now)
    return [
        *([(text("mail.candidacy.title", language), profile)] if profile else []),
        (text("mail.candidacy.number", language), news.candidacy.number),
        (text("mail.match.title", language), news.offer.title.best(language)),
        (text("mail.match.number", language), news.offer.number),
    ]
