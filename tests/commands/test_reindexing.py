"""The index can be compared with the database and built anew from it, and so can the anchors of alerts."""

from shutil import rmtree
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from bootstrap import Resources
from models.document import Kind
from models.index_verification import IndexVerification
from models.job_alert import JobAlertAnchor
from models.job_offer import JobOffer, JobOfferStatus
from models.outbox import emit
from search.engine import Removal
from tests.commands.operator import Operator
from tests.conftest import NOW


async def some_offer(resources: Resources) -> JobOffer:
    async with resources.database.read() as session:
        return (await session.scalars(select(JobOffer).order_by(JobOffer.id))).all()[0]


async def make_stale(resources: Resources) -> None:
    async with resources.database.begin() as session:
        await session.execute(update(JobOffer).where(JobOffer.id == (await some_offer(resources)).id).values(version=9))


async def make_surplus(resources: Resources) -> None:
    async with resources.database.begin() as session:
        closed = update(JobOffer).where(JobOffer.id == (await some_offer(resources)).id)
        await session.execute(closed.values(status=JobOfferStatus.CLOSED))


async def make_missing(resources: Resources) -> None:
    offer = await some_offer(resources)
    await resources.engine.write([Removal(Kind.JOB_OFFER, offer.id, 2**40, NOW)])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (make_stale, "12 in the database, 12 in the index, 0 missing, 1 stale, 0 surplus"),
        (make_surplus, "11 in the database, 12 in the index, 0 missing, 0 stale, 1 surplus"),
        (make_missing, "12 in the database, 11 in the index, 1 missing, 0 stale, 0 surplus"),
    ],
)
async def test_each_difference_is_counted_and_a_new_index_has_none(operator: Operator, make: object, told: str) -> None:
    assert callable(make)
    await operator.seeds()
    async with operator.parts() as resources:
        await make(resources)
    differing = await operator.run("verify")
    assert (differing.code, differing.out.splitlines()[1]) == (1, f"job-offers: {told}")
    assert differing.out.splitlines()[0].startswith("candidacies: 12 in the database, 12 in the index, 0 missing")
    rebuilt = await operator.run("reindex", "job-offers")
    assert rebuilt.code == 0
    assert rebuilt.out.endswith(" in the new index\n")
    assert rebuilt.out.count("\n") == 1
    assert (await operator.run("verify")).code == 0


async def test_an_index_that_is_lost_is_repaired_whole(sqlite_operator: Operator) -> None:
    await sqlite_operator.seeds()
    rmtree(sqlite_operator.folder / "search")
    repaired = await sqlite_operator.run("verify", "--repair")
    assert repaired.code == 0
    assert "candidacies: 12 repaired\n" in repaired.out


async def test_what_differs_is_repaired_and_the_metrics_show_what_was_found_last(operator: Operator) -> None:
    await operator.seeds()
    for make in (make_missing, make_stale, make_surplus):
        async with operator.parts() as resources:
            await make(resources)
        assert (await operator.run("verify")).code == 1
        assert (await kept(operator)) == 1
        repaired = await operator.run("verify", "--repair")
        assert (repaired.code, repaired.out.count("job-offers: 1 repaired\n")) == (0, 1), make
        assert (await kept(operator)) == 0
    assert "repaired" not in (await operator.run("verify", "--repair")).out


async def kept(operator: Operator) -> int:
    """How many documents differed at the last verification."""
    async with operator.parts() as resources, resources.database.read() as session:
        found = (await session.scalars(select(IndexVerification))).all()
    assert {each.kind for each in found} == set(Kind)
    return sum(each.missing + each.stale + each.surplus for each in found)


async def test_what_the_worker_owes_is_told_and_waited_for(operator: Operator) -> None:
    await operator.seeds()
    async with operator.parts() as resources, resources.database.begin() as session:
        emit(session, "job_offer.changed", uuid4(), resources.now())
    waited = await operator.run("verify", "--wait", "0.5")
    assert (waited.code, waited.out.splitlines()[-1]) == (0, "1 changes wait for the worker")


async def test_both_indexes_are_rebuilt_when_none_is_named(operator: Operator) -> None:
    await operator.seeds()
    rebuilt = await operator.run("reindex")
    assert rebuilt.out == "candidacies: 12 in the new index\njob-offers: 12 in the new index\n"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("reindex", "--alerts"), "alerts: 1 had old anchors and have new ones\n"),
        (("verify", "--repair"), "alerts: 1 repaired\n"),
    ],
)
async def test_alerts_get_back_the_anchors_they_lack_and_only_those(
    operator: Operator, command: tuple[str, ...], told: str
) -> None:
    await operator.run("seed", "--alerts", "9")
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            before = set(await session.execute(select(JobAlertAnchor.alert_id, JobAlertAnchor.token)))
            lacking = next(iter(sorted({alert_id for alert_id, _ in before})))
            await session.execute(delete(JobAlertAnchor).where(JobAlertAnchor.alert_id == lacking))
        wrong = await operator.run("verify")
        assert (wrong.code, wrong.out.splitlines()[2]) == (
            1,
            "alerts: 1 have other anchors than they should, and may miss offers",
        )
        mended = await operator.run(*command)
        assert told in mended.out
        async with resources.database.read() as session:
            assert set(await session.execute(select(JobAlertAnchor.alert_id, JobAlertAnchor.token))) == before
