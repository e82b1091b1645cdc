"""Mail that came back, and readers who complain: no alert is sent to such an address any more, and its person sees why.

A report proves that it is about a mail of ours by its Message-ID, which nobody can guess: else anybody could stop the alerts
of another. It names the mail, the delivery, or the address of an account by its own reference. What an operator says of an
address is believed."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum
from uuid import UUID

import idna
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, normal_email
from models.alert_mail import AlertMail
from models.database import Database
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from notifications.sending import Outcome, settle

OF_THE_MAILBOX = re.compile(r"5\.(0\.0|1\.(?![78]$)\d+|2\.\d+)")
"""States of delivery (RFC 3463) that speak of the mailbox, or of nothing at all. A server that did not like the message says
others."""
HEADERS = ("text/rfc822-headers", "message/rfc822")


class ReturnKind(StrEnum):
    """The codes that the account shows."""

    BOUNCE = "ADDRESS_BOUNCED"
    COMPLAINT = "COMPLAINT_RECEIVED"


class Done(StrEnum):
    STOPPED = "stopped"
    BEFORE = "stopped before"
    UNKNOWN = "of nobody here"


@dataclass(frozen=True)
class Returned:
    """`addresses` are those that were written to, as far as is said; `reference` is that of the message (Envelope), without
    which it is an operator that names the address."""

    kind: ReturnKind
    addresses: frozenset[str] = frozenset()
    reference: UUID | None = None


def read_report(content: bytes) -> Returned | None:
    """A notice of non-delivery (RFC 3464) or a complaint (RFC 5965), as it came by mail. None for anything else: a delay, a mail
    that arrived, an answer, or a report that names no message of ours."""
    report = message_from_bytes(content, policy=policy.default)
    kind = report.get_param("report-type")
    if report.get_content_type() != "multipart/report" or not isinstance(kind, str):
        return None
    blocks = list(_blocks(report, f"message/{kind.lower()}"))
    headers = next((each for part in report.walk() if (each := _headers(part))), None)
    reference = _reference(str(headers["Message-ID"] or "")) if headers is not None else None
    if reference is None or headers is None:
        return None
    if kind.lower() == "delivery-status":
        failed = [each for each in blocks if _failed(each)]
        named = [each.get(name) for each in failed for name in ("Original-Recipient", "Final-Recipient")]
        return Returned(ReturnKind.BOUNCE, _addresses(*named, headers["To"]), reference) if failed else None
    if kind.lower() == "feedback-report" and any(_says(each, "Feedback-Type") in ("abuse", "fraud") for each in blocks):
        return Returned(ReturnKind.COMPLAINT, frozenset(), reference)
    return None


def read_line(line: str) -> Returned | None:
    """`ADDRESS` or `<MESSAGE-ID>`, and after it `bounce`, which is meant when nothing is said, or `complaint`."""
    named, _, said = line.strip().partition(" ")
    kinds = {"": ReturnKind.BOUNCE, "bounce": ReturnKind.BOUNCE, "complaint": ReturnKind.COMPLAINT}
    if (kind := kinds.get(said.strip().lower())) is None:
        return None
    if named.startswith("<"):
        return Returned(kind, reference=reference) if (reference := _reference(named)) else None
    return Returned(kind, _addresses(named)) if "@" in named.strip("@") else None


def _blocks(report: Message, content_type: str) -> Iterator[Message]:
    """The groups of fields in the part of a report that programs read."""
    for part in report.walk():
        if part.get_content_type() != content_type:
            continue
        content = part.get_payload()
        if isinstance(content, list):
            yield from (each for each in content if isinstance(each, Message))
        else:
            yield message_from_bytes(bytes(part.get_payload(decode=True) or b""), policy=policy.default)


def _headers(part: Message) -> Message | None:
    """Those of the message that the report is about."""
    if part.get_content_type() not in HEADERS:
        return None
    if isinstance(held := part.get_payload(), list):
        return held[0] if held and isinstance(held[0], Message) else None
    return message_from_bytes(bytes(part.get_payload(decode=True) or b""), policy=policy.default)


def _says(block: Message, field: str) -> str:
    return str(block.get(field, "")).strip().lower()


def _failed(block: Message) -> bool:
    return _says(block, "Action") == "failed" and OF_THE_MAILBOX.fullmatch(_says(block, "Status")) is not None


def _addresses(*named: object) -> frozenset[str]:
    """With or without their type in front (`rfc822; awa@example.org`)."""
    found = [parseaddr(str(each).rpartition(";")[2])[1] for each in named if each]
    return frozenset(spelling for each in found if each for spelling in _spellings(each))


def _spellings(address: str) -> Iterator[str]:
    """As it stands in the report, and as its owner types it: mail servers know the ASCII form of an international domain."""
    yield normal_email(address)
    local, _, domain = address.rpartition("@")
    with suppress(idna.IDNAError):
        yield normal_email(f"{local}@{idna.decode(domain)}")


def _reference(message_id: str) -> UUID | None:
    """The last word of what stands before the @ of our own: of a mail, of a delivery, or of the account that any other letter
    goes to, by its reference."""
    try:
        return UUID(message_id.strip().strip("<>").partition("@")[0].rpartition(".")[2])
    except ValueError:
        return None


async def stop(database: Database, returned: Returned, now: datetime) -> Done:
    """Stops what is sent to the address, and settles the mails of alerts that wait. Done twice it changes nothing more. Whoever
    confirms the address again lifts it."""
    async with database.begin() as session:
        accounts = await _accounts(session, returned)
        going = [each for each in accounts if each.email_stopped is None]
        for account in going:
            account.email_stopped = returned.kind.value
            await _hold_back(session, account.id, returned.kind.value, now)
    if not accounts:
        return Done.UNKNOWN
    return Done.STOPPED if going else Done.BEFORE


async def _accounts(session: AsyncSession, returned: Returned) -> list[Account]:
    if returned.reference is None:
        return list(await session.scalars(select(Account).where(Account.email.in_(returned.addresses)).with_for_update()))
    mail = select(AlertMail.person_id).where(AlertMail.id == returned.reference)
    notice = (
        select(Notification.person_id)
        .join(Delivery, Delivery.notification_id == Notification.id)
        .where(Delivery.id == returned.reference)
    )
    owner = await session.scalar(mail) or await session.scalar(notice)
    its = Account.id == owner if owner else Account.mail_reference == returned.reference
    account = await session.scalar(select(Account).where(its).with_for_update())
    if account is None or (returned.addresses and account.email not in returned.addresses):
        return []  # it has another address by now
    return [account]


async def _hold_back(session: AsyncSession, person_id: UUID, code: str, now: datetime) -> None:
    """What is gathered already is judged when its mail is sent, and may be on its way at this moment."""
    waiting = (
        select(Delivery.id)
        .join(Notification, Notification.id == Delivery.notification_id)
        .where(Notification.person_id == person_id, Delivery.status == DeliveryStatus.QUEUED)
        .where(Delivery.channel == Channel.EMAIL, Delivery.frequency.is_not(None), Delivery.mail_id.is_(None))
    )
    held_back = Outcome(DeliveryStatus.SUPPRESSED, now, code, attempts=0)
    await settle(session, list(await session.scalars(waiting)), held_back)
