"""What was matched before an alert counted is matched again, that and no more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from models.candidate import Candidate
from models.database import Database
from models.outbox import OutboxEntry
from notifications.ledger import announce_since_start, record_matches
from tests.conftest import NOW
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person


async def offers_at(database: Database, *seconds: float) -> list[UUID]:
    """Offers published so many seconds from now."""
    async with database.begin() as session:
        employer = add_employer(session)
        return [add_offer(session, employer, published_at=NOW + timedelta(seconds=each)).id for each in seconds]


async def alert_at(database: Database, started_at: datetime) -> tuple[Person, UUID]:
    async with database.begin() as session:
        person = add_person(session)
        return person, add_alert(session, person, started_at=started_at).id


async def announced(database: Database, alerts: Sequence[UUID]) -> list[UUID]:
    """What those alerts have announced again, as it is owed."""
    await announce_since_start(database, alerts, NOW)
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry.subject).where(OutboxEntry.kind == "job_offer.announced_again")))


async def test_an_alert_hears_once_of_an_offer_that_was_matched_while_it_was_being_saved(database: Database) -> None:
    (offer_id,) = await offers_at(database, 1)
    assert await record_matches(database, offer_id, NOW) == set()
    person, alert_id = await alert_at(database, NOW)
    assert await announced(database, [alert_id]) == [offer_id]
    assert await record_matches(database, offer_id, NOW) == {person.id}
    assert await record_matches(database, offer_id, NOW) == set()


async def test_no_more_is_announced_again_than_the_alert_may_have_missed(database: Database) -> None:
    _, during, just_after, _ = await offers_at(database, -11, -9, 9, 11)
    _, alert_id = await alert_at(database, NOW)
    assert set(await announced(database, [alert_id])) == {during, just_after}


async def test_an_offer_that_several_alerts_may_have_missed_is_announced_again_once(database: Database) -> None:
    first, both, second = await offers_at(database, -5, 3, 11)
    alerts = [(await alert_at(database, at))[1] for at in (NOW, NOW + timedelta(seconds=6))]
    assert sorted(await announced(database, alerts)) == sorted([first, both, second])


async def test_the_alerts_of_who_was_accepted_late_may_have_missed_all_until_then(database: Database) -> None:
    _, waiting, settling, _ = await offers_at(database, -3600, -1800, 9, 11)
    person, alert_id = await alert_at(database, NOW - timedelta(minutes=45))
    async with database.begin() as session:
        (await session.get_one(Candidate, person.id)).certificate_validated_at = NOW
    assert set(await announced(database, [alert_id])) == {waiting, settling}
