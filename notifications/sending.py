"""Sends what is owed by e-mail. Everything is read again first, and no transaction of this module stays open while the mail
server thinks. (That of the claim does, where claims are locks: it holds the entry of the outbox and nothing else.)

A message is sent, then marked: after a crash between the two it is sent once more, under the same Message-ID, and none is
lost. MailDelayed leaves the work owed, so that it is tried again."""

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, confirmed_account
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.employer import was_member
from models.holding import hold_case
from models.notification import Delivery, DeliveryStatus, NotificationKind
from models.outbox import OutboxEntry
from models.registry_question import ACCEPTED, SUPERSEDED, Purpose, RegistryQuestion
from models.residence import give_in_full
from notifications import letters
from notifications.due_notice import find_due_notice
from notifications.email import MailDelayed, MailRefused
from notifications.letters import Letter
from notifications.message import Envelope, compose
from notifications.notice_letters import notice_letter
from notifications.post import Post

log = logging.getLogger("placement.mail")

LONGEST_PROBLEM = 300
RESTS = (0.1, 1.0, 5.0)
"""Seconds before each further attempt to mark what was sent."""
ACCOUNT_OPENED = "account.opened"
"""The kind of outbox entry that owes the first letter to an address; its subject is the new account."""


KINDS = (
    ACCOUNT_OPENED,
    "account.confirm_email",
    "account.email_already_used",
    "registration.settled",
    "registration.pending",
    "question.settled",
)
"""Of the letters that send_letter writes."""


async def send_notice(database: Database, post: Post, delivery_id: UUID, now: datetime) -> None:
    """Writes to one person about a notice that the rules ask for, unless something has come between: then the ledger says what.
    Does nothing for a delivery that is settled. Unsubscribing stops none of them. Raises MailDelayed, with the attempt
    counted."""
    async with database.begin() as session:
        due = await find_due_notice(session, delivery_id)
        if due is not None and due.notification.kind is NotificationKind.RESIDENCE_NOTICE and due.case is not None:
            held = await hold_case(session, due.case.id)
            await give_in_full(session, held[1] if held else due.case, now)
    if due is None:
        return
    if reason := due.why_not():
        await _settle(database, [delivery_id], Outcome(DeliveryStatus.SUPPRESSED, now, reason, attempts=0))
        return
    envelope = Envelope(post.sender, due.candidate.given_name, due.account.email, str(delivery_id), now)
    await _deliver(database, post, delivery_id, notice_letter(due, now), envelope)


async def _deliver(database: Database, post: Post, delivery_id: UUID, letter: Letter, envelope: Envelope) -> None:
    """Sent first, then marked. Raises MailDelayed, with the attempt counted."""
    now = envelope.date
    try:
        await hand_over(post, letter, envelope)
    except MailRefused as refusal:
        await _settle(database, [delivery_id], Outcome(DeliveryStatus.FAILED, now, refusal.code))
    except MailDelayed:
        await _settle(database, [delivery_id], Outcome(DeliveryStatus.QUEUED, None, "MAIL_DELAYED"))
        raise
    else:
        await settle_sent(database, [delivery_id], now)


@dataclass(frozen=True)
class Outcome:
    status: DeliveryStatus
    at: datetime | None
    problem: str | None = None
    attempts: int = 1


async def settle(session: AsyncSession, delivery_ids: Collection[UUID], outcome: Outcome) -> None:
    """What has become of deliveries that are queued; others stay as they are."""
    queued = update(Delivery).where(Delivery.id.in_(delivery_ids), Delivery.status == DeliveryStatus.QUEUED)
    await session.execute(
        queued.values(
            status=outcome.status,
            at=outcome.at,
            problem=outcome.problem and outcome.problem[:LONGEST_PROBLEM],
            attempts=Delivery.attempts + outcome.attempts,
        )
    )


async def settle_sent(database: Database, delivery_ids: Collection[UUID], now: datetime) -> None:
    """The mail server has the message: a database that stumbles is asked again before the message would be."""
    sent = Outcome(DeliveryStatus.SENT, now)
    for rest in RESTS:
        try:
            await _settle(database, delivery_ids, sent)
            break
        except (SQLAlchemyError, OSError) as reason:  # drivers let through that nobody listens
            log.warning("what was sent cannot be marked yet: %r", reason)
            await asyncio.sleep(rest)
    else:
        await _settle(database, delivery_ids, sent)


async def _settle(database: Database, delivery_ids: Collection[UUID], outcome: Outcome) -> None:
    async with database.begin() as session:
        await settle(session, delivery_ids, outcome)


async def send_letter(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """Writes to the account that is the subject of the entry, about what its kind names. An address that is not confirmed
    receives the letter that confirms it and no other, and none once another account has confirmed it: of one that is opened
    then, the reader of the address is told. A letter that has nothing to say any more is not sent."""
    async with database.read() as session:
        question = await session.get(RegistryQuestion, due.subject) if due.kind == "question.settled" else None
        account_id = question.candidate_id if question else due.subject
        account = await session.get(Account, account_id)
        candidate = await session.get(Candidate, account_id)
        reader = await session.scalar(confirmed_account(account.email)) if account else None
        closed = await was_member(session, account_id)
    if account is None or closed:
        return
    kind = due.kind
    if reader is not None and reader.id != account.id:
        if kind != ACCOUNT_OPENED:
            return
        kind, account, candidate = "account.email_already_used", reader, None
    if (letter := _answered(account, candidate, question) if question else _letter(post, kind, account, candidate)) is None:
        return
    name = candidate.given_name if candidate and account.email_confirmed_at else ""
    envelope = Envelope(post.sender, name, account.email, f"{due.kind}.{due.id}.{account.mail_reference}", now)
    with suppress(MailRefused):  # nobody can be told; what the letter says is in the account too
        await hand_over(post, letter, envelope)


async def hand_over(post: Post, letter: Letter, envelope: Envelope) -> None:
    """A mail that is not taken is logged by its reference, which names nobody; the exception goes on."""
    try:
        await post.mailer.send(compose(letter, envelope))
    except (MailDelayed, MailRefused) as problem:
        log.warning("mail %s was not taken: %r", envelope.reference, problem)
        raise


def _letter(post: Post, kind: str, account: Account, candidate: Candidate | None) -> Letter | None:
    if kind in (ACCOUNT_OPENED, "account.confirm_email") and account.email_confirmed_at is None:
        return letters.confirm_email(account.language, post.links.confirm_email(account.id, account.email))
    if account.email_confirmed_at is None:
        return None
    if kind == "account.email_already_used":
        return letters.email_already_used(account.language)
    if kind == "registration.pending" and candidate and candidate.registration_status is RegistrationStatus.PENDING:
        return letters.registration_pending(account.language, candidate.given_name)
    if kind == "registration.settled" and candidate:
        return _settled(account, candidate)
    return None


def _answered(account: Account, candidate: Candidate | None, question: RegistryQuestion) -> Letter | None:
    """About a question whose answer came late. A return that is confirmed has a notice of its own."""
    if candidate is None or account.email_confirmed_at is None or question.outcome in (None, SUPERSEDED):
        return None
    about, accepted = (account.language, candidate.given_name), question.outcome == ACCEPTED
    if question.purpose is Purpose.CORRECTION:
        return letters.correction_accepted(*about) if accepted else letters.correction_refused(*about, question.outcome)
    return None if accepted else letters.return_refused(*about, question.outcome)


def _settled(account: Account, candidate: Candidate) -> Letter | None:
    if candidate.registration_status is RegistrationStatus.ACTIVE:
        return letters.registration_accepted(account.language, candidate.given_name)
    if candidate.registration_status is RegistrationStatus.CLOSED and candidate.notice_code:
        return letters.registration_refused(account.language, candidate.given_name, candidate.notice_code)
    return None
