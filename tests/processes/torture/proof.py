"""What must be true once all has come to rest. Not a test itself."""

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from models.account import Account
from models.database import Database
from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationAlert
from tests.processes.mailbox import part, recipient
from tests.processes.rows import rows
from tests.processes.running import Installation
from tests.processes.subscriber import Follower
from tests.processes.torture.book import Person, Posted, by_number
from tests.processes.torture.unreliable import TAKEN, Unreliable

LONGEST = 30.0
LINK = re.compile(r"/job-offers/(\S+)")


async def require_reconciled(installed: Installation, since: datetime) -> str:
    """By the service's own commands."""
    output, verified = await asyncio.gather(
        installed.do("reconcile", "--since", since.isoformat()), installed.do("verify", "--wait", "10")
    )
    assert "difference: 0" in output.splitlines(), output
    for kind in ("candidacies", "job-offers"):
        assert re.search(rf"^{kind}: .* 0 missing, 0 stale, 0 surplus$", verified, re.MULTILINE), verified
    assert "wrong" not in verified
    return output


async def require_rows(database: Database, people: Sequence[Person], posted: Sequence[Posted]) -> None:
    """Alerts and offers are as they were last acknowledged: what the ledger is reconciled with is what people asked for."""
    alerts = select(Account.email, JobAlert.name, JobAlert.status, JobAlert.frequency, JobAlert.criteria)
    shown = await rows(database, alerts.join(Account, Account.id == JobAlert.person_id))
    kept = [
        (person.email, each.name, "ON" if each.on else "PAUSED", each.frequency, each.typed, sorted(each.wanted.regions))
        for person in people
        for each in person.alerts
        if not each.deleted
    ]
    assert sorted((*row, stored["text"], sorted(stored.get("regions", []))) for *row, stored in shown) == sorted(kept)
    offers = await rows(database, select(JobOffer.number, JobOffer.status, JobOffer.title_fr, JobOffer.region))
    assert sorted(offers) == sorted(
        (
            each.number,
            "PUBLISHED" if each.published else "CLOSED",
            f"{each.versions[-1].trade.fr} {each.versions[-1].word}",
            each.versions[-1].region,
        )
        for each in posted
    )


def require_mails(mailbox: Unreliable, people: Sequence[Person], posted: Sequence[Posted], kills: int) -> int:
    """Nobody is told twice of an offer but by a mail that had to be repeated, and then under its Message-ID; and nobody of an
    offer that was closed or hidden from, or that no alert of theirs asked for. Gives how many times somebody was told."""
    offers, told = by_number(posted), defaultdict[tuple[str, str], set[str]](set)
    who = {person.email: person for person in people}
    for at, letter in mailbox.arrivals():
        if letter["List-Unsubscribe"] is None:
            continue
        for number in LINK.findall(part(letter, "plain")):
            told[recipient(letter), number].add(letter["Message-ID"])
            wrong = who[recipient(letter)].why_not(offers[number], at)
            assert wrong is None, (wrong, recipient(letter), offers[number], who[recipient(letter)])
    assert [pair for pair, messages in told.items() if len(messages) > 1] == []
    assert mailbox.repeats() <= kills + mailbox.troubles[TAKEN]
    return len(told)


async def require_delivered(database: Database, mailbox: Unreliable) -> Counter[str]:
    """Every mail that the ledger takes for sent has arrived; nothing waits any more. Gives how many came to what end."""
    query = select(Delivery.status, Delivery.problem, Delivery.mail_id).where(Delivery.channel == Channel.EMAIL)
    ends = await rows(database, query)
    sent = {str(mail) for status, _, mail in ends if status == DeliveryStatus.SENT and mail is not None}
    arrived = {str(letter["Message-ID"]).strip("<>").partition("@")[0] for letter in mailbox.letters()}
    assert sent <= arrived, sent - arrived
    counted = Counter(f"{status} {problem or ''}".strip() for status, problem, _ in ends)
    assert not any(each.startswith(DeliveryStatus.QUEUED) for each in counted), counted
    return counted


async def require_streamed(
    database: Database, people: Sequence[Person], followers: Sequence[Follower], posted: Sequence[Posted]
) -> int:
    """Each stream told of every notification once and in order, over all its connections; of none but those whose offers were
    closed or hidden from, or whose alerts were off, may it have said nothing. Gives how many events that were."""
    offers = by_number(posted)
    for person, follower in zip(people, followers, strict=True):
        ledger = await _ledger(database, person.email)
        steady = {alert.name for alert in person.alerts if not alert.ever_off}
        silent = {
            each
            for each, alerts in ledger.items()
            if not offers[each].published or person.ever_hidden(offers[each].neq) or not alerts & steady
        }
        deadline = time.monotonic() + LONGEST
        while missed := set(ledger) - silent - set(follower.numbers):
            assert time.monotonic() < deadline, f"{person.email} was never told of {missed}"
            await asyncio.sleep(0.1)
        assert set(follower.numbers) <= set(ledger)
        assert len(follower.numbers) == len(set(follower.numbers))
        positions = [int(event["cursor"]) for event in follower.events]
        assert positions == sorted(set(positions))
    return sum(len(follower.events) for follower in followers)


async def _ledger(database: Database, email: str) -> dict[str, set[str]]:
    """The numbers of the offers that a person was told of, each with the names of those alerts that told of it and are there."""
    query = (
        select(JobOffer.number, JobAlert.name)
        .join(Notification, Notification.job_offer_id == JobOffer.id)
        .join(Account, Account.id == Notification.person_id)
        .outerjoin(NotificationAlert, NotificationAlert.notification_id == Notification.id)
        .outerjoin(JobAlert, JobAlert.id == NotificationAlert.alert_id)
        .where(Account.email == email)
    )
    told = defaultdict[str, set[str]](set)
    for number, name in await rows(database, query):
        told[number] |= {name} - {None}
    return told
