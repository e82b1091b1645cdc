"""What of the ledger goes out by e-mail, and when: deliveries wait for the mail of their frequency, and are gathered into one
when its deadline comes. What a mail says, and whether it still goes, is in notifications.alert_mail_sending."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account
from models.alert_mail import GATHERED, AlertMail, next_digest
from models.among import among
from models.bulk import insert_rows
from models.candidate import Candidate
from models.deadline import Deadline, deadline
from models.employer import EmployerMember
from models.job_alert import Alert, JobAlertFrequency, JobAlertStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from models.outbox import emit

MAIL_QUEUED: Mapping[JobAlertFrequency, str] = {
    JobAlertFrequency.LIVE: "alert_mail.queued",
    JobAlertFrequency.DAILY: "alert_digest.queued",
    JobAlertFrequency.WEEKLY: "alert_digest.queued",
}
"""The kinds of outbox entries that are owed for mails, which are their subjects. Digests come in waves: they are apart from what
is to be told at once."""
SOONEST_FIRST = (JobAlertFrequency.LIVE, JobAlertFrequency.DAILY, JobAlertFrequency.WEEKLY)


@dataclass(frozen=True)
class Due:
    """One person who is to be told of something by e-mail."""

    notification_id: UUID
    account: Account
    frequency: JobAlertFrequency


def soonest(frequencies: Sequence[JobAlertFrequency]) -> JobAlertFrequency:
    """Of several alerts that one offer matches, the one that asks for it first tells of it."""
    return min(frequencies, key=SOONEST_FIRST.index)


async def queue(session: AsyncSession, due: Sequence[Due], now: datetime, wait: timedelta) -> None:
    """Puts an e-mail for each into the ledger, and plans the mails. The files of all are held. Those who want to hear at once
    wait for `wait`, so that what comes within it is told in one mail."""
    if due:
        await session.execute(insert(Delivery), [_delivery(each, now) for each in due])
    await plan(session, {(each.account.id, each.frequency): each.account for each in due}, now, wait)


async def plan(
    session: AsyncSession, mails: Mapping[tuple[UUID, JobAlertFrequency], Account], now: datetime, wait: timedelta
) -> None:
    """Those mails of people that are not planned yet."""
    wanted = {key: account for key, account in mails.items() if account.why_no_alerts is None}
    planned = select(Deadline.subject, Deadline.kind).where(among(session, Deadline.subject, {person for person, _ in wanted}))
    there = {(subject, kind) for subject, kind in await session.execute(planned)}
    planning = [
        deadline(GATHERED[frequency], person, _when(account, frequency, now, wait))
        for (person, frequency), account in wanted.items()
        if (person, GATHERED[frequency].value) not in there
    ]
    await insert_rows(session, planning)


async def move(session: AsyncSession, alert: Alert, now: datetime) -> None:
    """After an alert was given another frequency: what waits because of it goes with the mail that any of its alerts asks for
    soonest. What is gathered already stays in its mail. The listener is held."""
    of_alert = select(NotificationAlert.notification_id).where(NotificationAlert.alert_id == alert.id)
    waiting = (
        select(Delivery, Alert.frequency)
        .join(NotificationAlert, NotificationAlert.notification_id == Delivery.notification_id)
        .join(Alert, Alert.id == NotificationAlert.alert_id)
        .where(Delivery.notification_id.in_(of_alert), Delivery.status == DeliveryStatus.QUEUED)
        .where(Delivery.frequency.is_not(None), Delivery.mail_id.is_(None), Alert.status == JobAlertStatus.ON)
    )
    asked: defaultdict[Delivery, list[JobAlertFrequency]] = defaultdict(list)
    for delivery, frequency in await session.execute(waiting):
        asked[delivery].append(frequency)
    for delivery, frequencies in asked.items():
        delivery.frequency = soonest(frequencies)
    account = await session.get_one(Account, alert.person_id)
    await plan(session, {(account.id, soonest(each)): account for each in asked.values()}, now, timedelta(0))


def _delivery(due: Due, now: datetime) -> dict[str, object]:
    """The values of a row."""
    why_not = due.account.why_no_alerts
    return {
        "notification_id": due.notification_id,
        "channel": Channel.EMAIL,
        "frequency": due.frequency,
        "status": DeliveryStatus.QUEUED if why_not is None else DeliveryStatus.SUPPRESSED,
        "attempts": 0,
        "at": None if why_not is None else now,
        "problem": why_not,
    }


def _when(account: Account, frequency: JobAlertFrequency, now: datetime, wait: timedelta) -> datetime:
    return now + wait if frequency is JobAlertFrequency.LIVE else next_digest(account, frequency, now)


async def replan(session: AsyncSession, account: Account, now: datetime) -> None:
    """After the person chose another hour, day or time zone: what waits for a daily or weekly mail goes at the next one. What is
    due already stays due."""
    digests = {GATHERED[each].value: each for each in (JobAlertFrequency.DAILY, JobAlertFrequency.WEEKLY)}
    to_come = (Deadline.subject == account.id, Deadline.kind.in_(digests), Deadline.due_at > now)
    for planned in await session.scalars(select(Deadline).where(*to_come)):
        planned.due_at = planned.next_try_at = next_digest(account, digests[planned.kind], now)


def gather(frequency: JobAlertFrequency) -> Callable[[AsyncSession, Candidate | EmployerMember, datetime], Awaitable[None]]:
    """What is done when the deadline of a mail comes."""

    async def act(session: AsyncSession, person: Candidate | EmployerMember, now: datetime) -> None:
        waiting = (
            select(Delivery.id)
            .join(Notification, Notification.id == Delivery.notification_id)
            .where(Notification.person_id == person.id, Delivery.status == DeliveryStatus.QUEUED)
            .where(Delivery.frequency == frequency, Delivery.mail_id.is_(None))
        )
        if not (deliveries := (await session.scalars(waiting)).all()):
            return
        mail = AlertMail(id=uuid4(), person_id=person.id, frequency=frequency, created_at=now)
        session.add(mail)
        await session.flush()
        gathered = update(Delivery).where(Delivery.id.in_(deliveries)).values(mail_id=mail.id)
        await session.execute(gathered, execution_options={"synchronize_session": False})
        emit(session, MAIL_QUEUED[frequency], mail.id, now)

    return act
