"""The letters about contact requests: to the candidate who is asked, and to the member who asked, or once that member has left
to an owner of the employer. Everything is read again first, and nothing is sent that is not true any more. None says who a
candidate is: that is read where it can be taken back."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from errors import NotYet
from models import contact
from models.account import Account
from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.contact_request import ContactEnding, ContactRequest, ContactRequestStatus
from models.database import Database
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.language import Language
from models.outbox import OutboxEntry
from notifications.email import MailRefused
from notifications.letters import Letter, Link
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over
from notifications.stand_in import find_reader
from texts.catalogue import text
from texts.formats import day

LOOKS_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class About:
    """A request as it is now, with all that its letters tell of."""

    request: ContactRequest
    offer: JobOffer
    employer: Employer
    candidacy: Candidacy
    candidate: Candidate
    asked: Account
    member: EmployerMember
    asking: Account
    now: datetime

    @property
    def status(self) -> ContactRequestStatus:
        return self.request.status_at(self.now)

    def waits_to_be(self, told: str) -> bool:
        """A suspension may have been a mistake: what nobody hears of while it lasts can be told once it is lifted, if it is still
        so then."""
        hanging = {contact.MADE: ContactRequestStatus.PENDING, contact.ACCEPTED: ContactRequestStatus.ACCEPTED}
        reader = self.asked if told == contact.MADE else self.asking  # who confirms an address later is owed it anew
        suspended = self.employer.status is EmployerStatus.SUSPENDED and reader.email_confirmed_at is not None
        return suspended and self.status is hanging.get(told)


@dataclass(frozen=True)
class Going:
    """A letter, and who reads it."""

    account: Account
    name: str
    letter: Letter


async def send_contact_letter(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """Writes what the entry's kind names, unless it has nothing to say any more, or nobody is known to read the address.
    Raises MailDelayed, and NotYet while the employer is suspended."""
    if due.kind == contact.GONE:
        going = await _gone(database, due)
    else:
        about = await _find(database, due, now)
        if about and about.waits_to_be(due.kind):
            raise NotYet("the employer is suspended", after=LOOKS_AGAIN, counts=False)
        going = LETTERS[due.kind](about, post) if about else None
    if going is None or going.account.email_confirmed_at is None:
        return
    envelope = Envelope(post.sender, going.name, going.account.email, f"{due.kind}.{due.id}.{going.account.mail_reference}", now)
    with suppress(MailRefused):  # nobody can be told; what the letter says is in the account too
        await hand_over(post, going.letter, envelope)


async def _find(database: Database, due: OutboxEntry, now: datetime) -> About | None:
    query = (
        select(ContactRequest, JobOffer, Employer, Candidacy, Candidate, Account)
        .join(JobOffer, JobOffer.id == ContactRequest.job_offer_id)
        .join(Employer, Employer.id == ContactRequest.employer_id)
        .join(Candidacy, Candidacy.id == ContactRequest.candidacy_id)
        .join(Candidate, Candidate.id == ContactRequest.candidate_id)
        .join(Account, Account.id == Candidate.id)
        .where(ContactRequest.id == due.subject)
    )
    async with database.read() as session:
        row = (await session.execute(query)).one_or_none()
        reader = await find_reader(session, row[0].member_id) if row else None
    return About(*row, *reader, now) if row and reader else None


async def _gone(database: Database, due: OutboxEntry) -> Going | None:
    """Of a request that was erased with the person it went to: what it was about nobody can tell any more."""
    async with database.read() as session:
        reader = await find_reader(session, due.subject)
    if reader is None:
        return None
    member, account = reader
    return Going(account, member.name, _letter(account.language, member.name, "gone", [], {}))


def _made(about: About, post: Post) -> Going | None:
    removed = about.offer.status is JobOfferStatus.REMOVED
    if about.status is not ContactRequestStatus.PENDING or removed or not about.employer.authenticated:
        return None
    language, name = about.asked.language, about.candidate.given_name
    facts = {"employer": about.employer.name, "day": day(quebec_day(about.request.lapses_at), language)}
    details = [
        (text("mail.contact.employer", language), about.employer.name),
        *_offer(about, language),
        (text("mail.contact.message", language), about.request.message),
    ]
    link = Link(text("mail.contact.offer", language), post.links.job_offer(about.offer.number))
    return Going(about.asked, name, _letter(language, name, "made", details, facts, link))


def _accepted(about: About, post: Post) -> Going | None:
    stands = about.status is ContactRequestStatus.ACCEPTED and about.employer.authenticated
    return _to_member(about, "accepted") if stands else None


def _declined(about: About, post: Post) -> Going | None:
    return _to_member(about, "declined") if about.status is ContactRequestStatus.DECLINED else None


def _lapsed(about: About, post: Post) -> Going | None:
    return _to_member(about, "lapsed") if about.request.ending is ContactEnding.LAPSED else None


def _ended(about: About, post: Post) -> Going | None:
    """In the same words whatever it was: why is the candidate's."""
    return _to_member(about, "ended") if about.request.ending is not None else None


LETTERS: Mapping[str, Callable[[About, Post], Going | None]] = {
    contact.MADE: _made,
    contact.ACCEPTED: _accepted,
    contact.DECLINED: _declined,
    contact.LAPSED: _lapsed,
    contact.ENDED: _ended,
}
"""By the kinds of the outbox that owe them, for a request that is there."""
KINDS = (*LETTERS, contact.GONE)


def _to_member(about: About, name: str) -> Going:
    language = about.asking.language
    facts = {"number": about.candidacy.number, "offer": about.offer.title.best(language)}
    details = [(text("mail.candidacy.number", language), about.candidacy.number)]
    if about.candidacy.visible_on(quebec_day(about.now)):  # of another nobody has looked whether its title says who it is
        details.insert(0, (text("mail.candidacy.title", language), about.candidacy.title.best(language)))
    letter = _letter(language, about.member.name, name, [*details, *_offer(about, language)], facts)
    return Going(about.asking, about.member.name, letter)


def _offer(about: About, language: Language) -> list[tuple[str, str]]:
    return [
        (text("mail.match.title", language), about.offer.title.best(language)),
        (text("mail.match.number", language), about.offer.number),
    ]


def _letter(  # noqa: PLR0913 - a letter is all of this
    language: Language,
    reader: str,
    name: str,
    details: list[tuple[str, str]],
    facts: Mapping[str, str],
    action: Link | None = None,
) -> Letter:
    return Letter(
        language,
        subject=text(f"mail.contact.{name}.subject", language, **facts),
        greeting=text("mail.greeting.name", language, name=reader),
        paragraphs=[text(f"mail.contact.{name}.{part}", language, **facts) for part in ("body", "next")],
        details=details,
        action=action,
    )
