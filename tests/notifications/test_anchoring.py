"""Anchors that an older version made are found, and written anew."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from models.anchor import VERSION
from models.database import Database
from models.job_alert import JobAlert, JobAlertAnchor
from models.job_offer_criteria import JobOfferCriteria
from models.outbox import OutboxEntry
from models.stored_criteria import UPGRADES, to_json
from notifications import anchoring
from notifications.anchoring import (
    ANCHORING_CHANGED,
    FIRST,
    mend_anchors,
    mend_some_anchors,
    notice_old_anchors,
    wrong_anchors,
)
from notifications.ledger import record_matches
from tests.conftest import NOW
from tests.notifications.rows import add_alert, add_employer, add_offer, add_person


async def test_right_anchors_are_left_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "PAGE", 2)
    async with database.begin() as session:
        person = add_person(session)
        for text in ("soudeur", "soude*", "soudeur OR acier", "soudeur -nuit", '"soudeur acier"'):
            add_alert(session, person, JobOfferCriteria(text=text, regions=("02",), minimum_salary=10))
    assert [alert_id async for alert_id in wrong_anchors(database)] == []
    assert await mend_anchors(database, NOW) == 0


async def test_wrong_anchors_are_counted_and_mended(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "PAGE", 2)
    async with database.begin() as session:
        person = add_person(session)
        right, lacking, other, bounded = (add_alert(session, person, JobOfferCriteria(text="soude*")).id for _ in range(4))
    async with database.begin() as session:
        await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == lacking))
        session.add(JobAlertAnchor(token="text_fr:soudure", alert_id=other, version=VERSION))
        await session.execute(update(JobAlertAnchor).where(JobAlertAnchor.alert_id == bounded).values(regions=4))
    assert {alert_id async for alert_id in wrong_anchors(database)} == {lacking, other, bounded}
    assert await mend_anchors(database, NOW) == 3
    assert await mend_anchors(database, NOW) == 0
    async with database.read() as session:
        rows = (await session.execute(select(JobAlertAnchor.token, JobAlertAnchor.regions, JobAlertAnchor.alert_id))).all()
    assert {tuple(row) for row in rows} == {("words:soud*", None, each) for each in (right, lacking, other, bounded)}


async def owed(database: Database, kind: str) -> list[UUID]:
    async with database.read() as session:
        return list(await session.scalars(select(OutboxEntry.subject).where(OutboxEntry.kind == kind)))


async def test_anchors_of_an_older_version_are_noticed_once_and_others_never(database: Database) -> None:
    async with database.begin() as session:
        add_alert(session, add_person(session))
    await notice_old_anchors(database, NOW)
    assert await owed(database, ANCHORING_CHANGED) == []
    async with database.begin() as session:
        await session.execute(update(JobAlertAnchor).values(version="0.9"))
    for _ in range(2):
        await notice_old_anchors(database, NOW)
    assert len(await owed(database, ANCHORING_CHANGED)) == 1


async def test_what_old_anchors_missed_is_told_when_they_are_mended(database: Database) -> None:
    async with database.begin() as session:
        person = add_person(session)
        add_alert(session, person)
        offer_id = add_offer(session, add_employer(session)).id
    async with database.begin() as session:
        await session.execute(update(JobAlertAnchor).values(token="old " + JobAlertAnchor.token, version="0.9"))
    assert await record_matches(database, offer_id, NOW) == set()
    assert await mend_anchors(database, NOW) == 1
    assert await owed(database, "job_offer.announced_again") == [offer_id]
    assert await record_matches(database, offer_id, NOW) == {person.id}


async def test_a_worker_mends_some_at_a_time_and_announces_everything_in_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchoring, "PAGE", 2)
    async with database.begin() as session:
        person = add_person(session)
        alerts = sorted(add_alert(session, person).id for _ in range(5))
        offer_id = add_offer(session, add_employer(session)).id
    async with database.begin() as session:
        await session.execute(update(JobAlertAnchor).values(token="old " + JobAlertAnchor.token, version="0.9"))
    after, steps = FIRST, []
    for _ in range(3):
        assert await owed(database, "job_offer.announced_again") == []
        await mend_some_anchors(database, after, NOW)
        steps.append([alert_id async for alert_id in wrong_anchors(database)])
        after = (await owed(database, ANCHORING_CHANGED))[-1]
    assert steps == [alerts[2:], alerts[4:], []]
    assert await owed(database, ANCHORING_CHANGED) == [alerts[1], alerts[3]]
    assert await owed(database, "job_offer.announced_again") == [offer_id]


async def test_who_died_before_announcing_is_taken_up_where_it_stopped(database: Database) -> None:
    async with database.begin() as session:
        offer_id = add_offer(session, add_employer(session)).id
    assert await mend_anchors(database, NOW) == 0
    assert await owed(database, "job_offer.announced_again") == [offer_id]


async def test_criteria_of_an_older_version_are_brought_up_and_written_anew(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.begin() as session:
        alert = add_alert(session, add_person(session), JobOfferCriteria(text="soudeur"))
    async with database.begin() as session:
        (await session.get_one(JobAlert, alert.id)).criteria = {"version": 0, "words": "soudeur"}
    monkeypatch.setitem(UPGRADES, 0, lambda stored: {"text": stored["words"]})
    assert await mend_anchors(database, NOW) == 1
    async with database.read() as session:
        kept = await session.get_one(JobAlert, alert.id)
    assert kept.criteria == to_json(JobOfferCriteria(text="soudeur"))
    assert await mend_anchors(database, NOW) == 0
