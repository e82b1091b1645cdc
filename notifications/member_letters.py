"""What members of an employer are written about their employer and its offers. Everything is read again first: news that is no
longer so is not sent."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.database import Database
from models.employer import Employer, EmployerMember, EmployerStatus
from models.job_offer import JobOffer, JobOfferStatus
from models.language import Language
from models.member_letter import MEMBER_LETTER, NEWS_OF_STANDING, MemberLetter, MemberNews
from notifications.email import MailRefused
from notifications.letters import Letter, recourse_details
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over
from texts.catalogue import text

STANDING = {news: status for status, news in NEWS_OF_STANDING.items()} | {MemberNews.REINSTATED: EmployerStatus.AUTHENTICATED}
"""Where an employer stands while the news of it is true."""
REFUSALS = {
    MemberNews.REFUSED: "EMPLOYER_REFUSED",
    MemberNews.SUSPENDED: "EMPLOYER_SUSPENDED",
    MemberNews.REMOVED: "MEMBERSHIP_ENDED",
    MemberNews.OFFER_REMOVED: "EMPLOYER_SUSPENDED",
}
"""Codes that say where to turn."""


@dataclass(frozen=True)
class Told:
    """What a letter says: the employer or offer by its name, and why."""

    name: str
    reason: str | None


async def send_member_letter(database: Database, post: Post, letter_id: UUID, now: datetime) -> None:
    """To a member whose address is confirmed, or was when the member was removed, and no other. Raises MailDelayed."""
    async with database.read() as session:
        due = await session.get(MemberLetter, letter_id)
        member = await session.get(EmployerMember, due.account_id) if due else None
        account = await session.get(Account, due.account_id) if due else None
        told = await _told(session, due, member, account.language) if due and member and account else None
    if due and member and account and told and (account.email_confirmed_at is not None or due.news is MemberNews.REMOVED):
        envelope = Envelope(post.sender, member.name, account.email, f"{MEMBER_LETTER}.{letter_id}.{account.mail_reference}", now)
        with suppress(MailRefused):  # what it says is shown to members who sign in
            await hand_over(post, _letter(due.news, told, account.language), envelope)
    async with database.begin() as session:
        await session.execute(delete(MemberLetter).where(MemberLetter.id == letter_id))


async def _told(session: AsyncSession, due: MemberLetter, member: EmployerMember, language: Language) -> Told | None:
    if (member.removed_at is not None) != (due.news is MemberNews.REMOVED):
        return None
    if due.news is MemberNews.OFFER_REMOVED:
        offer = await session.get(JobOffer, due.about)
        removed = offer is not None and offer.status is JobOfferStatus.REMOVED and offer.employer_id == member.employer_id
        return Told(f"{offer.number} ({offer.title.best(language)})", offer.removal_reason) if offer and removed else None
    employer = await session.get(Employer, due.about)
    if employer is None or employer.id != member.employer_id:
        return None
    if due.news is MemberNews.REMOVED:
        return Told(employer.name, None)
    if employer.status is not STANDING[due.news]:
        return None
    return Told(employer.name, employer.status_reason)


def _letter(news: MemberNews, told: Told, language: Language) -> Letter:
    key = f"mail.{news}"
    paragraphs = [text(f"{key}.body", language, name=told.name)]
    if told.reason:
        paragraphs.append(text("mail.reason", language, reason=told.reason))
    return Letter(
        language,
        subject=text(f"{key}.subject", language, name=told.name),
        greeting=text("mail.greeting", language),
        paragraphs=paragraphs,
        details=recourse_details(REFUSALS[news], language) if news in REFUSALS else (),
    )
