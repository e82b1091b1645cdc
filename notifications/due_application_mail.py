"""A mail about applications that is owed, with all that decides what of it may still be told. Reads only."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.application import Application, ApplicationEvent, ApplicationStatus
from models.application_news import ApplicationMail, ApplicationNews, NewsKind
from models.application_transition import LIVE
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_offer import JobOffer

NEW, WAITING = "NEW", "WAITING"
"""What members are told of besides the states in which others have put an application."""
BY_EMPLOYER = (*LIVE[1:], ApplicationStatus.HIRED)
"""What an employer promises: nobody is told so of one that was suspended since."""


@dataclass(frozen=True)
class DueNews:
    """One application, as it is now, of which a person is owed news. `last` is its newest step; `steps` and `reminders` are the
    steps that the news is of."""

    application: Application
    offer: JobOffer
    employer: Employer
    candidacy: Candidacy
    last: ApplicationEvent
    steps: Collection[int]
    reminders: Collection[int]

    @property
    def held_back(self) -> bool:
        """Until the employer stands again: it may be told then, as far as it is still so."""
        return self.employer.status is EmployerStatus.SUSPENDED

    def for_candidate(self) -> str | None:
        """What there is to tell the candidate; None for nothing: what candidates do themselves is no news to them."""
        status = self.application.status
        if status is ApplicationStatus.WITHDRAWN and self.last.by is not None:
            return None
        return None if status in BY_EMPLOYER and not self.employer.authenticated else status

    def for_member(self) -> str | None:
        """What there is to tell a member of the employer. What a colleague has done since is no news."""
        status = self.application.status
        if not self.employer.authenticated:
            return None
        if status in (ApplicationStatus.WITHDRAWN, ApplicationStatus.CLOSED):
            return status
        if status in LIVE and self.last.id in self.reminders:
            return WAITING
        return NEW if status is ApplicationStatus.SUBMITTED and self.last.id in self.steps else None


@dataclass(frozen=True)
class DueMail:
    """`told` pairs what there is to tell with what it is about, in the order in which it came. `held_back` are steps of which
    there may be something to tell later. `has_left` says that the person acts for the employer no more."""

    mail: ApplicationMail
    account: Account
    name: str
    to_candidate: bool
    told: Sequence[tuple[str, DueNews]]
    held_back: Collection[int]
    has_left: bool = False

    @property
    def going(self) -> bool:
        """Whether anything goes, and to somebody who is known to read the address."""
        return bool(self.told) and self.account.email_confirmed_at is not None


async def find_due_application_mail(session: AsyncSession, mail_id: UUID) -> DueMail | None:
    """The mail, with what of it may be told; None where nobody is there to read it. In a transaction that sees one instant."""
    query = select(ApplicationMail, Account).join(Account, Account.id == ApplicationMail.account_id)
    if (found := (await session.execute(query.where(ApplicationMail.id == mail_id))).one_or_none()) is None:
        return None
    mail, account = found
    news = await _news(session, mail_id)
    if (candidate := await session.get(Candidate, account.id)) is not None:
        told = [(what, each) for each in news if (what := each.for_candidate())]
        return DueMail(mail, account, candidate.given_name, True, told, _held_back(account, news, told))
    if (member := await session.get(EmployerMember, account.id)) is not None:
        theirs = [each for each in news if each.employer.id == member.employer_id]
        told = [(what, each) for each in theirs if (what := each.for_member())]
        held_back = _held_back(account, theirs, told)
        return DueMail(mail, account, member.name, False, told, held_back, has_left=member.removed_at is not None)
    return None


def _held_back(account: Account, news: Collection[DueNews], told: Collection[tuple[str, DueNews]]) -> set[int]:
    """Of somebody whose address is not confirmed, all: who confirms it is told."""
    if account.email_confirmed_at is None:
        return {step for each in news for step in (*each.steps, *each.reminders)}
    going = {each.application.id for _, each in told}
    later = [each for each in news if each.held_back and each.application.id not in going]
    return {step for each in later for step in (*each.steps, *each.reminders)}


async def find_news_told(session: AsyncSession, due: DueMail) -> Collection[UUID]:
    """What the mail makes old besides its own: steps of the same applications that wait for another mail. It tells where those
    stand."""
    applications = [news.application.id for _, news in due.told]
    query = select(ApplicationNews.id).join(ApplicationEvent, ApplicationEvent.id == ApplicationNews.event_id)
    of_reader = query.where(ApplicationNews.account_id == due.account.id, ApplicationNews.kind == NewsKind.STEP)
    return (await session.scalars(of_reader.where(ApplicationEvent.application_id.in_(applications)))).all()


async def _news(session: AsyncSession, mail_id: UUID) -> list[DueNews]:
    """Several steps of one application are one piece of news."""
    rows = (await session.execute(_owed(mail_id))).all()
    about: dict[UUID, tuple[Application, JobOffer, Employer, Candidacy]] = {}
    events: defaultdict[tuple[UUID, NewsKind], set[int]] = defaultdict(set)
    for kind, event_id, application, offer, employer, candidacy in rows:
        about[application.id] = (application, offer, employer, candidacy)
        events[application.id, kind].add(event_id)
    last = await _last_steps(session, about)
    return [
        DueNews(*rows_of, last[key], events[key, NewsKind.STEP], events[key, NewsKind.REMINDER]) for key, rows_of in about.items()
    ]


def _owed(mail_id: UUID) -> Select[NewsKind, int, Application, JobOffer, Employer, Candidacy]:
    return (
        select(ApplicationNews.kind, ApplicationNews.event_id, Application, JobOffer, Employer, Candidacy)
        .join(ApplicationEvent, ApplicationEvent.id == ApplicationNews.event_id)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .join(JobOffer, JobOffer.id == Application.job_offer_id)
        .join(Employer, Employer.id == Application.employer_id)
        .join(Candidacy, Candidacy.id == Application.candidacy_id)
        .where(ApplicationNews.mail_id == mail_id)
        .order_by(ApplicationNews.event_id)
    )


async def _last_steps(session: AsyncSession, applications: Collection[UUID]) -> dict[UUID, ApplicationEvent]:
    newest = select(func.max(ApplicationEvent.id)).where(ApplicationEvent.application_id.in_(applications))
    rows = await session.scalars(
        select(ApplicationEvent).where(ApplicationEvent.id.in_(newest.group_by(ApplicationEvent.application_id)))
    )
    return {row.application_id: row for row in rows}
