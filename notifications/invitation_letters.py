"""The letter that invites somebody to act for an employer, and the one in its place where the address has an account: whoever
invited cannot tell which of them went. Everything is read again first."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import confirmed_account
from models.calendar import quebec_day
from models.database import Database
from models.employer import Employer, EmployerMember, EmployerStatus
from models.language import Language
from models.member_invitation import MemberInvitation
from models.outbox import OutboxEntry
from notifications.email import MailRefused
from notifications.letters import Letter, Link
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over
from texts.catalogue import text
from texts.formats import day

STANDING = (EmployerStatus.PENDING, EmployerStatus.AUTHENTICATED)


@dataclass(frozen=True)
class About:
    """`known` is the language of the account that the address has, if it has one."""

    invitation: MemberInvitation
    employer: Employer
    by: EmployerMember
    known: Language | None


async def send_invitation(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """To the address that was invited, unless the invitation was accepted, cancelled, replaced or is too old, or its employer
    does not stand. Raises MailDelayed."""
    async with database.read() as session:
        about = await _find(session, due, now)
    if about is None:
        return
    letter = _letter(about, post) if about.known is None else _known(about, about.known)
    envelope = Envelope(post.sender, "", about.invitation.email, f"{due.kind}.{due.id}.{due.subject}", now)
    with suppress(MailRefused):  # the owners see that nobody accepts
        await hand_over(post, letter, envelope)


async def _find(session: AsyncSession, due: OutboxEntry, now: datetime) -> About | None:
    query = (
        select(MemberInvitation, Employer, EmployerMember)
        .join(Employer, Employer.id == MemberInvitation.employer_id)
        .join(EmployerMember, EmployerMember.id == MemberInvitation.invited_by)
        .where(MemberInvitation.id == due.subject, MemberInvitation.expires_at > now, Employer.status.in_(STANDING))
    )
    if (row := (await session.execute(query)).one_or_none()) is None:
        return None
    reader = await session.scalar(confirmed_account(row[0].email))
    return About(*row, reader.language if reader else None)


def _letter(about: About, post: Post) -> Letter:
    language = about.invitation.language
    facts = {"by": about.by.name, "employer": about.employer.name}
    until = day(quebec_day(about.invitation.expires_at), language)
    return Letter(
        language,
        subject=text("mail.invited.subject", language, **facts),
        greeting=text("mail.greeting", language),
        paragraphs=[text("mail.invited.body", language, **facts)],
        action=Link(text("mail.invited.action", language), post.links.accept_invitation(about.invitation.id)),
        closing=[text("mail.invited.life", language, day=until), text("mail.invited.not_you", language)],
    )


def _known(about: About, language: Language) -> Letter:
    """No link: an address serves one account."""
    facts = {"by": about.by.name, "employer": about.employer.name}
    return Letter(
        language,
        subject=text("mail.invited_known.subject", language, **facts),
        greeting=text("mail.greeting", language),
        paragraphs=[text(f"mail.invited_known.{part}", language, **facts) for part in ("body", "next")],
        closing=[text("mail.invited_known.you", language)],
    )
