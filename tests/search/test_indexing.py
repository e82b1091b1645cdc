"""From changed rows to the index, and the comparison of both."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from errors import Conflict
from models.candidate import Candidate
from models.clause import Everything
from models.database import Database, open_database
from models.document import Kind
from models.job_offer import JobOffer
from search.engine import Removal, SearchEngine
from search.indexing import refresh
from search.opening import open_engine
from search.rebuilding import fill, rebuild
from search.sweeping import sweep
from search.verification import differences
from tests.search.documents import found, search
from tests.search.rows import NOW, candidacy_of, candidate_in, job_offer_of, offers_in


async def test_what_the_rows_say_is_found_when_a_refresh_returns(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 3)
        candidacy = candidacy_of((await candidate_in(session)).id)
        session.add(candidacy)
    await refresh(engine, database, Kind.JOB_OFFER, [each.id for each in offers], NOW)
    await refresh(engine, database, Kind.CANDIDACY, [candidacy.id], NOW)
    assert await found(engine) == [each.id for each in reversed(offers)]
    assert await found(engine, kind=Kind.CANDIDACY) == [candidacy.id]
    async with database.begin() as session:
        (await session.get_one(JobOffer, offers[0].id)).close()
    await refresh(engine, database, Kind.JOB_OFFER, [offers[0].id, uuid4()], NOW)
    assert await found(engine) == [each.id for each in reversed(offers[1:])]


async def test_differences_name_what_is_missing_stale_or_surplus(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        missing, stale, surplus, right = await offers_in(session, 4)
    await refresh(engine, database, Kind.JOB_OFFER, [stale.id, surplus.id, right.id], NOW)
    async with database.begin() as session:
        (await session.get_one(JobOffer, stale.id)).region = "06"
        (await session.get_one(JobOffer, surplus.id)).close()
    found_out = await differences(engine, database, Kind.JOB_OFFER, NOW)
    assert [set(each) for each in (found_out.missing, found_out.stale, found_out.surplus)] == [
        {missing.id},
        {stale.id},
        {surplus.id},
    ]
    assert (found_out.expected, found_out.indexed, bool(found_out)) == (3, 3, True)
    await refresh(engine, database, Kind.JOB_OFFER, found_out.all, NOW)
    assert not await differences(engine, database, Kind.JOB_OFFER, NOW)


async def test_what_ended_and_is_not_marked_yet_is_no_difference(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        row = candidacy_of((await candidate_in(session)).id, date(2026, 3, 16))
        session.add(row)
    await refresh(engine, database, Kind.CANDIDACY, [row.id], NOW)
    tomorrow = NOW + timedelta(days=1)
    assert not await differences(engine, database, Kind.CANDIDACY, tomorrow)
    await refresh(engine, database, Kind.CANDIDACY, [row.id], tomorrow)
    assert not await differences(engine, database, Kind.CANDIDACY, tomorrow)
    assert await found(engine, kind=Kind.CANDIDACY) == []


async def test_refreshes_of_one_row_at_once_end_with_what_the_row_says(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)

    async def change(number: int) -> None:
        async with database.begin() as session:
            (await session.get_one(JobOffer, offer.id, with_for_update=True)).region = f"{number:02}"
        await refresh(engine, database, Kind.JOB_OFFER, [offer.id], NOW)

    await asyncio.gather(*(change(number) for number in range(1, 9)))
    assert not await differences(engine, database, Kind.JOB_OFFER, NOW)
    async with database.read() as session:
        region = (await session.get_one(JobOffer, offer.id)).region
    assert (await search(engine, facets=("regions",))).facets == {"regions": {region: 1}}


async def test_a_rebuild_from_the_database_tells_how_far_it_is(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 5)
    told: list[tuple[int, int]] = []
    await rebuild(engine, database, Kind.JOB_OFFER, NOW, lambda done, total: told.append((done, total)))
    await rebuild(engine, database, Kind.CANDIDACY, NOW, lambda done, total: told.append((done, total)))
    assert told == [(0, 5), (5, 5), (0, 0)]
    assert await found(engine, Everything()) == [each.id for each in reversed(offers)]
    assert await engine.ready()


async def test_a_rebuild_loses_no_change_that_is_made_meanwhile(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 40)
    await refresh(engine, database, Kind.JOB_OFFER, [each.id for each in offers], NOW)
    rebuilt = asyncio.Event()

    async def keep_changing() -> int:
        changes = 0
        while not rebuilt.is_set():
            new = job_offer_of(offers[0].employer_id)
            old = offers[changes % len(offers)].id
            async with database.begin() as session:
                session.add(new)
                row = await session.get_one(JobOffer, old, with_for_update=True)
                row.region = f"{changes % 17:02}"
                if changes % 5 == 4 and row.open_on(NOW.date()):
                    row.close()
            await refresh(engine, database, Kind.JOB_OFFER, [new.id, old], NOW)
            changes += 1
        return changes

    changing = asyncio.create_task(keep_changing())
    for _ in range(3):
        await rebuild(engine, database, Kind.JOB_OFFER, NOW, lambda done, total: None)
    rebuilt.set()
    assert await changing > 3
    assert not await differences(engine, database, Kind.JOB_OFFER, NOW)


async def test_rows_that_never_rest_hold_up_no_rebuild(engine: SearchEngine, database: Database) -> None:
    """They differ whenever one looks, each time in another version: whoever changes them writes them."""
    async with database.begin() as session:
        offers = await offers_in(session, 40)
    ids, rebuilt = [each.id for each in offers], asyncio.Event()

    async def keep_changing() -> None:
        while not rebuilt.is_set():
            async with database.begin() as session:
                await session.execute(update(JobOffer).where(JobOffer.id.in_(ids)).values(version=JobOffer.version + 1))
            await refresh(engine, database, Kind.JOB_OFFER, ids, NOW)

    changing = asyncio.create_task(keep_changing())
    try:
        for _ in range(3):
            await rebuild(engine, database, Kind.JOB_OFFER, NOW, lambda done, total: None)
    finally:
        rebuilt.set()
        await changing
    assert not await differences(engine, database, Kind.JOB_OFFER, NOW)


async def test_of_two_rebuilds_at_once_one_is_refused(engine: SearchEngine, engine_url: str, database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 3)
    other = await open_engine(engine_url)
    second: list[asyncio.Task[None]] = []

    def show(done: int, total: int) -> None:
        if not second:
            again = rebuild(other, database, Kind.JOB_OFFER, NOW, lambda done, total: None)
            second.append(asyncio.create_task(again))

    await rebuild(engine, database, Kind.JOB_OFFER, NOW, show)
    with pytest.raises(Conflict, match="REBUILD_UNDER_WAY"):
        await second[0]
    assert set(await found(other)) == {each.id for each in offers}
    await other.close()


async def test_what_is_in_a_document_is_compared_beside_its_version(engine: SearchEngine, database: Database) -> None:
    """A candidate's country is in the document, and changes no version of the candidacy."""
    async with database.begin() as session:
        candidate = await candidate_in(session)
        row = candidacy_of(candidate.id)
        session.add(row)
    await refresh(engine, database, Kind.CANDIDACY, [row.id], NOW)
    assert not await differences(engine, database, Kind.CANDIDACY, NOW)
    async with database.begin() as session:
        (await session.get_one(Candidate, candidate.id)).country_of_residence = "SN"
    assert (await differences(engine, database, Kind.CANDIDACY, NOW)).stale.keys() == {row.id}
    await refresh(engine, database, Kind.CANDIDACY, [row.id], NOW)
    assert not await differences(engine, database, Kind.CANDIDACY, NOW)


async def test_what_came_back_while_its_removal_was_forgotten_is_found(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        back, gone = await offers_in(session, 2)
        (await session.get_one(JobOffer, gone.id)).close()
    await engine.write([Removal(Kind.JOB_OFFER, back.id, 2, NOW), Removal(Kind.JOB_OFFER, gone.id, 3, NOW)])
    await sweep(engine, database, Kind.JOB_OFFER, NOW)
    assert await found(engine) == []
    await sweep(engine, database, Kind.JOB_OFFER, NOW, age=timedelta(seconds=-2))
    assert await found(engine) == [back.id]


async def test_of_several_workers_one_fills_an_index_made_empty(postgresql_url: str, elastic_url: str) -> None:
    database = open_database(postgresql_url)
    async with database.begin() as session:
        offers = await offers_in(session, 5)
    engines = [await open_engine(elastic_url) for _ in range(3)]
    filled = await asyncio.gather(*(fill(each, database, Kind.JOB_OFFER, NOW) for each in engines))
    assert True in filled
    assert await fill(engines[0], database, Kind.JOB_OFFER, NOW)
    assert set(await found(engines[1])) == {each.id for each in offers}
    await asyncio.gather(*(each.close() for each in engines), database.close())
