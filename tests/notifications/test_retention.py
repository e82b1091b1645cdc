"""The ledger of offers forgets what has served its reader, and nothing that could be told of again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.database import Database
from models.job_offer import JobOffer, JobOfferStatus
from models.notification import Channel, Delivery, DeliveryStatus, Notification
from notifications import retention
from notifications.ledger import record_matches
from notifications.retention import purge
from tests.conftest import NOW
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person

SENT, FAILED = DeliveryStatus.SENT, DeliveryStatus.FAILED
PUBLISHED, EXPIRED = JobOfferStatus.PUBLISHED, JobOfferStatus.EXPIRED


@pytest.mark.parametrize(
    ("status", "email", "days_and_kept"),
    [
        (EXPIRED, SENT, (89, 5)),
        (EXPIRED, SENT, (91, 0)),
        (PUBLISHED, SENT, (200, 5)),
        (EXPIRED, FAILED, (179, 5)),
        (EXPIRED, FAILED, (181, 0)),
        (EXPIRED, DeliveryStatus.QUEUED, (179, 5)),
    ],
)
async def test_what_was_sent_is_kept_for_90_days_and_the_rest_for_180(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    status: JobOfferStatus,
    email: DeliveryStatus,
    days_and_kept: tuple[int, int],
) -> None:
    days, kept = days_and_kept
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    async with database.begin() as session:
        for _ in range(5):
            add_alert(session, add_person(session))
        offer_id = add_offer(session, add_employer(session)).id
    await record_matches(database, offer_id, NOW)
    async with database.begin() as session:
        await session.execute(update(JobOffer).values(status=status))
        settled = {"status": email, "at": None if email is DeliveryStatus.QUEUED else NOW}
        await session.execute(update(Delivery).where(Delivery.channel == Channel.EMAIL).values(settled))
    assert await purge(database, NOW + timedelta(days=days)) == 5 - kept
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == kept
        assert await session.scalar(select(func.count()).select_from(Delivery)) == 2 * kept
