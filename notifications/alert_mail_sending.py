"""Sends the mails of alerts. What each tells of is checked again first; the ledger says what was held back, and why. How a mail
is sent and marked is said in notifications.sending."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from errors import NotYet
from models.account import Account
from models.database import Database
from models.holding import hold_listener
from models.job_alert import Alert
from models.notification import DeliveryStatus
from notifications.alert_letters import AlertLinks, matches_told
from notifications.due_alert_mail import DueMail, find_due_mail
from notifications.due_match import DueMatch
from notifications.email import AddressRefused, MailDelayed, MailRefused
from notifications.letters import Letter
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import Outcome, hand_over, settle, settle_sent

MOST_SHOWN = 20
MOST_OF_A_SOURCE = 3
"""Of one employer."""


async def send_alert_mail(database: Database, post: Post, mail_id: UUID, now: datetime) -> None:
    """Tells one person of what was gathered, as far as it still may be. Does nothing for a mail that is settled. Raises
    MailDelayed, with the attempt counted, and NotYet where it changes at this moment what may be told of."""
    async with database.read() as session:
        due = await find_due_mail(session, mail_id)
    if due is None:
        return
    going, held_back = _sorted_out(due, now)
    if held_back:
        await _hold_back(database, due, held_back, now)
    if going:
        await _send(database, post, due, going, now)


def _sorted_out(due: DueMail, now: datetime) -> tuple[list[DueMatch], Mapping[str, list[UUID]]]:
    """What goes, and the deliveries of the rest by what keeps them from the person."""
    for_all, held_back = due.why_not(), defaultdict[str, list[UUID]](list)
    going: list[DueMatch] = []
    for each in due.matches:
        if reason := for_all or each.why_not(now):
            held_back[reason].append(each.delivery_id)
        else:
            going.append(each)
    return going, held_back


async def _hold_back(database: Database, due: DueMail, held_back: Mapping[str, list[UUID]], now: datetime) -> None:
    """Whoever sends it after all (notifications.held_back) holds the person too: what they did not see yet, is seen here."""
    async with database.begin() as session:
        await hold_listener(session, due.account.id)
        again = await find_due_mail(session, due.mail.id)
        if again is None or _sorted_out(again, now)[1] != held_back:
            raise NotYet("what may be told of changes at this moment", counts=False)
        for reason, deliveries in held_back.items():
            await settle(session, deliveries, Outcome(DeliveryStatus.SUPPRESSED, now, reason, attempts=0))


async def _send(database: Database, post: Post, due: DueMail, going: Sequence[DueMatch], now: datetime) -> None:
    envelope = Envelope(post.sender, due.name, due.account.email, str(due.mail.id), now)
    deliveries = [each.delivery_id for each in going]
    try:
        await hand_over(post, _letter(post, due, going), envelope)
    except MailRefused as refusal:
        async with database.begin() as session:
            if isinstance(refusal, AddressRefused):  # the account first, as whoever takes in a bounce holds it first
                await stop_alert_mail(session, due.account.id, due.account.email, refusal.code)
            await settle(session, deliveries, Outcome(DeliveryStatus.FAILED, now, refusal.code))
    except MailDelayed:
        async with database.begin() as session:
            await settle(session, deliveries, Outcome(DeliveryStatus.QUEUED, None, "MAIL_DELAYED"))
        raise
    else:
        await settle_sent(database, deliveries, now)


async def stop_alert_mail(session: AsyncSession, account_id: UUID, email: str, code: str) -> None:
    """No alert is sent to that address any more, until it is confirmed again or another takes its place."""
    at_address = update(Account).where(Account.id == account_id, Account.email == email)
    await session.execute(at_address.values(email_stopped=code))


def _letter(post: Post, due: DueMail, going: Sequence[DueMatch]) -> Letter:
    alerts = _once(alert for each in going for alert in each.alerts)
    said = f"?lang={due.account.language.lower()}"  # what a browser prefers is mostly neither French nor English
    links = AlertLinks(
        stop={alert.id: post.links.unsubscribe(alert.id) + said for alert in alerts},
        stop_all=post.links.unsubscribe_all(due.account.id, *(alert.id for alert in alerts)) + said,
        everything=post.links.alert_mail(due.mail.id) + said,
    )
    shown = [each.matched(post, links.everything) for each in _shown(going)]
    return matches_told(due.account.language, due.name, alerts, shown, len(going), links)


def _once(alerts: Iterable[Alert]) -> list[Alert]:
    return sorted({alert.id: alert for alert in alerts}.values(), key=lambda alert: (alert.created_at, alert.id))


def _shown(going: Collection[DueMatch]) -> list[DueMatch]:
    """Those that the mail itself tells of: no employer fills it."""
    of_source: Counter[UUID] = Counter()
    shown: list[DueMatch] = []
    for each in going:
        of_source[each.source] += 1
        if of_source[each.source] <= MOST_OF_A_SOURCE and len(shown) < MOST_SHOWN:
            shown.append(each)
    return shown
