"""Anchors that an older version made are found, and written anew."""

import pytest
from sqlalchemy import delete, select, update

from models.database import Database
from models.job_alert import JobAlertAnchor
from models.job_offer_criteria import JobOfferCriteria
from notifications import anchoring
from notifications.anchoring import mend_anchors, wrong_anchors
from tests.notifications.rows import add_alert, add_person


async def test_right_anchors_are_left_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "PAGE", 2)
    async with database.begin() as session:
        person = add_person(session)
        for text in ("soudeur", "soude*", "soudeur OR acier", "soudeur -nuit", '"soudeur acier"'):
            add_alert(session, person, JobOfferCriteria(text=text, regions=("02",), minimum_salary=10))
    assert [alert_id async for alert_id in wrong_anchors(database)] == []
    assert await mend_anchors(database) == 0


async def test_wrong_anchors_are_counted_and_mended(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "PAGE", 2)
    async with database.begin() as session:
        person = add_person(session)
        right, lacking, other, bounded = (add_alert(session, person, JobOfferCriteria(text="soude*")).id for _ in range(4))
    async with database.begin() as session:
        await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == lacking))
        session.add(JobAlertAnchor(token="text_fr:soudure", alert_id=other))
        await session.execute(update(JobAlertAnchor).where(JobAlertAnchor.alert_id == bounded).values(regions=4))
    assert {alert_id async for alert_id in wrong_anchors(database)} == {lacking, other, bounded}
    assert await mend_anchors(database) == 3
    assert await mend_anchors(database) == 0
    async with database.read() as session:
        rows = (await session.execute(select(JobAlertAnchor.token, JobAlertAnchor.regions, JobAlertAnchor.alert_id))).all()
    assert {tuple(row) for row in rows} == {("words:soud*", None, each) for each in (right, lacking, other, bounded)}
