"""What machines ask of the process: whether it lives, whether it can serve, and what it has counted."""

from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import delete

from models.deadline import Deadline, DeadlineKind, deadline
from models.document import Kind
from models.index_verification import record
from models.outbox import OutboxEntry, emit
from search.rebuilding import rebuild
from tests.conftest import Clock
from tests.serving import Running, without_table
from tests.transport.speaking import speaking
from transport import health


def sample(metrics: str, name: str) -> float:
    """The value of a line such as `placement_open_sockets`; 0 where there is none yet."""
    return next((float(line.rpartition(" ")[2]) for line in metrics.splitlines() if line.startswith(name + " ")), 0.0)


async def metrics_of(client: httpx.AsyncClient) -> str:
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return response.text


async def test_a_process_that_runs_is_alive(client: httpx.AsyncClient) -> None:
    response = await client.get("/healthz")
    assert (response.status_code, response.text) == (200, "alive\n")


async def test_a_service_whose_parts_answer_is_ready(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        emit(session, "job_offer.changed", uuid4(), clock.instant)
        emit(session, "test.later", uuid4(), clock.instant.replace(year=2030))
    clock.move(seconds=30)
    async with httpx.AsyncClient(base_url=own.url) as client:
        assert (await client.get("/readyz")).json()["search"] == {"ready": False}, "an index that was never built"
        for kind in Kind:
            await rebuild(own.service.engine, own.service.database, kind, clock.instant, lambda done, total: None)
        response = await client.get("/readyz")
    assert response.json() == {
        "ready": True,
        "database": {"ready": True},
        "search": {"ready": True},
        "worker": {"ready": True, "lagSeconds": 30.0, "due": 1},
    }
    assert response.status_code == 200


async def test_work_that_nobody_does_makes_the_service_unready(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        emit(session, "job_offer.changed", uuid4(), clock.instant)
    clock.move(seconds=health.MOST_LAG + 1)
    async with httpx.AsyncClient(base_url=own.url) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()["worker"]["ready"]) == (503, False)


async def test_a_deadline_that_nobody_meets_makes_the_service_unready(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        session.add(deadline(DeadlineKind.CANDIDACY_EXPIRES, uuid4(), clock.instant))
        session.add(deadline(DeadlineKind.CANDIDACY_ENDED, uuid4(), clock.instant.replace(year=2030)))
    async with httpx.AsyncClient(base_url=own.url) as client:
        clock.move(seconds=health.MOST_LAG)
        worker = (await client.get("/readyz")).json()["worker"]
        assert worker == {"ready": True, "lagSeconds": health.MOST_LAG, "due": 1}
        clock.move(seconds=1)
        response = await client.get("/readyz")
    assert (response.status_code, response.json()["worker"]["ready"]) == (503, False)


async def test_a_deadline_that_is_put_off_or_of_a_later_release_leaves_the_service_ready(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        failed = deadline(DeadlineKind.CANDIDACY_EXPIRES, uuid4(), clock.instant)
        failed.next_try_at, failed.attempts = clock.instant + timedelta(hours=1), 12
        unknown = Deadline(kind="of.a.later.release", subject=uuid4(), due_at=clock.instant, next_try_at=clock.instant)
        session.add_all((failed, unknown))
    clock.move(seconds=health.MOST_LAG + 1)
    async with httpx.AsyncClient(base_url=own.url) as client:
        worker = (await client.get("/readyz")).json()["worker"]
    assert worker == {"ready": True, "lagSeconds": 0.0, "due": 0}


async def test_mail_that_waits_leaves_the_service_ready_for_everything_else(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        emit(session, "delivery.queued", uuid4(), clock.instant)
    clock.move(seconds=health.MOST_LAG + 1)
    async with httpx.AsyncClient(base_url=own.url) as client:
        response = await client.get("/readyz")
    assert response.json()["worker"]["ready"] is True


@pytest.mark.parametrize("table", ["outbox", "deadline"])
async def test_a_database_that_is_away_makes_the_service_unready_and_leaves_it_alive(own: Running, table: str) -> None:
    async with without_table(own, table), httpx.AsyncClient(base_url=own.url) as client:
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()["worker"]) == (503, {"ready": False, "lagSeconds": None, "due": None})
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/metrics")).status_code == 200


async def test_what_was_found_of_an_index_is_a_metric(own: Running, clock: Clock) -> None:
    name = 'placement_index_differences{{difference="{}",kind="candidacy"}}'
    async with httpx.AsyncClient(base_url=own.url) as client:
        assert "placement_index_differences{" not in await metrics_of(client), "which was never compared"
        async with own.service.database.begin() as session:
            await record(session, Kind.CANDIDACY, clock.instant, {"missing": 3, "stale": 2, "surplus": 1})
        metrics = await metrics_of(client)
    assert [sample(metrics, name.format(each)) for each in ("missing", "stale", "surplus")] == [3, 2, 1]
    at = sample(metrics, 'placement_index_verified_timestamp_seconds{kind="candidacy"}')
    assert at == clock.instant.timestamp()


async def test_operations_are_counted_by_type_and_outcome_and_not_by_name(client: httpx.AsyncClient) -> None:
    before = await metrics_of(client)
    for query in ("query Mine { hello }", "{ refused }", "{ broken }", "{ absent }", "{", "mutation { touch(input: {}) }"):
        await client.post("/graphql", json={"query": query})
    after = await metrics_of(client)
    for labels in (
        'outcome="ok",type="query"',
        'outcome="refused",type="query"',
        'outcome="fault",type="query"',
        'outcome="invalid",type="query"',
        'outcome="invalid",type="unknown"',
        'outcome="ok",type="mutation"',
    ):
        name = f"placement_operations_total{{{labels}}}"
        assert sample(after, name) == sample(before, name) + 1, name
    assert "Mine" not in after


async def test_open_sockets_and_due_work_are_gauged(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        emit(session, "test.done", uuid4(), clock.instant)
        session.add(deadline(DeadlineKind.RESIDENCE_ENDS, uuid4(), clock.instant - timedelta(seconds=2)))
        session.add(deadline(DeadlineKind.JOB_OFFER_EXPIRES, uuid4(), clock.instant + timedelta(seconds=9)))
    clock.move(seconds=5)
    async with httpx.AsyncClient(base_url=own.url) as client:
        async with speaking(own) as socket:
            await socket.introduce()
            metrics = await metrics_of(client)
            assert sample(metrics, "placement_open_sockets") == 1
            assert (sample(metrics, "placement_outbox_due"), sample(metrics, "placement_outbox_lag_seconds")) == (1, 5)
            assert sample(metrics, "placement_deadlines_due") == 1
            assert sample(metrics, "placement_deadlines_lag_seconds") == 7
        assert sample(metrics, "process_resident_memory_bytes") > 0


async def test_what_fails_again_and_again_is_gauged_by_its_kind(own: Running, clock: Clock) -> None:
    async with own.service.database.begin() as session:
        for attempts in (0, 2, 7):
            session.add(OutboxEntry(kind="test.failing", subject=uuid4(), due_at=clock.instant, attempts=attempts))
    async with httpx.AsyncClient(base_url=own.url) as client:
        assert sample(await metrics_of(client), 'placement_outbox_attempts{kind="test.failing"}') == 7
        async with own.service.database.begin() as session:
            await session.execute(delete(OutboxEntry))
        assert "test.failing" not in await metrics_of(client)


async def test_responses_are_counted_by_route_and_never_by_path(client: httpx.AsyncClient) -> None:
    for path in ("/unsubscribe/secret-1", "/unsubscribe/secret-2", "/no/such/secret"):
        await client.get(path)
    metrics = await metrics_of(client)
    assert 'route="/unsubscribe/{token}",status="404"' in metrics
    assert "secret" not in metrics
