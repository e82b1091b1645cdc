"""What the index must hold, as the rows say it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from models.calendar import quebec_day
from models.candidate import RegistrationStatus
from models.clause import holds
from models.database import Database
from models.document import Document, Kind
from models.employer import Employer, EmployerStatus
from models.job_offer import JobOffer
from models.job_offer_criteria import JobOfferCriteria
from search.engine import Removal
from search.source import GONE, expected_versions, lapsed, read_changes, stream
from tests.search.rows import NOW, candidacy_of, candidate_in, employer_in, job_offer_of, offers_in


async def streamed(database: Database, kind: Kind, batch: int = 500) -> list[Document]:
    return [each async for documents in stream(database, kind, NOW, batch) for each in documents]


async def test_a_published_offer_is_a_document_with_the_name_of_its_employer(database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
    (document,) = await read_changes(database, Kind.JOB_OFFER, [offer.id], NOW)
    assert isinstance(document, Document)
    assert (document.id, document.version) == (offer.id, 2)
    assert JobOfferCriteria(text="hopital du nord").matches(document)


async def test_a_published_candidacy_is_a_document_with_the_country_of_its_candidate(database: Database) -> None:
    async with database.begin() as session:
        row = candidacy_of((await candidate_in(session, "SN")).id)
        session.add(row)
    (document,) = await read_changes(database, Kind.CANDIDACY, [row.id], NOW)
    assert isinstance(document, Document)
    assert document.keywords["country"] == {"SN"}
    assert "traore" not in document.keywords["words"], "nobody sees who a candidate is"


async def test_a_row_that_is_no_more_is_removed_for_good(database: Database) -> None:
    gone = uuid4()
    for kind in Kind:
        assert await read_changes(database, kind, [gone, gone], NOW) == [Removal(kind, gone, GONE, NOW)]


@pytest.mark.parametrize("how", ["closed", "employer suspended", "ended"])
async def test_an_offer_that_is_not_to_be_found_is_removed(database: Database, how: str) -> None:
    async with database.begin() as session:
        employer = await employer_in(session)
        offer = job_offer_of(employer.id, NOW - timedelta(days=31) if how == "ended" else NOW)
        session.add(offer)
        await session.flush()
        if how == "closed":
            offer.close()
        if how == "employer suspended":
            employer.status = EmployerStatus.SUSPENDED
    (change,) = await read_changes(database, Kind.JOB_OFFER, [offer.id], NOW)
    assert change == Removal(Kind.JOB_OFFER, offer.id, offer.version + employer.version, NOW)
    assert await streamed(database, Kind.JOB_OFFER) == []
    assert await expected_versions(database, Kind.JOB_OFFER, NOW) == {}
    assert await lapsed(database, Kind.JOB_OFFER, NOW) == ({offer.id} if how == "ended" else set())


@pytest.mark.parametrize("how", ["withdrawn", "registration not active", "ended"])
async def test_a_candidacy_that_is_not_to_be_found_is_removed(database: Database, how: str) -> None:
    async with database.begin() as session:
        candidate = await candidate_in(session)
        row = candidacy_of(candidate.id, date(2026, 3, 15) if how == "ended" else date(2026, 3, 16))
        session.add(row)
        await session.flush()
        if how == "withdrawn":
            row.withdraw(quebec_day(NOW))
        if how == "registration not active":
            candidate.registration_status = RegistrationStatus.DEACTIVATED
    assert await read_changes(database, Kind.CANDIDACY, [row.id], NOW) == [Removal(Kind.CANDIDACY, row.id, row.version, NOW)]
    assert await expected_versions(database, Kind.CANDIDACY, NOW) == {}


async def test_what_ends_today_is_found_until_midnight_in_quebec(database: Database) -> None:
    async with database.begin() as session:
        row = candidacy_of((await candidate_in(session)).id, date(2026, 3, 16))
        session.add(row)
    before_midnight, after_midnight = NOW.replace(day=17, hour=3, minute=59), NOW.replace(day=17, hour=4)
    assert await expected_versions(database, Kind.CANDIDACY, before_midnight) == {row.id: row.version}
    assert await expected_versions(database, Kind.CANDIDACY, after_midnight) == {}


async def test_each_change_of_either_row_raises_the_version(database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
    versions: list[int] = []
    for change in ("region", "employer", "both"):
        async with database.begin() as session:
            row = await session.get_one(JobOffer, offer.id)
            employer = await session.get_one(Employer, offer.employer_id)
            if change != "employer":
                row.region = f"0{len(versions) + 1}"
            if change != "region":
                employer.name = f"Hôpital {change}"
        (document,) = await read_changes(database, Kind.JOB_OFFER, [offer.id], NOW)
        versions.append(document.version)
    assert versions == [3, 4, 6]


@pytest.mark.parametrize("batch", [1, 3, 7, 500])
async def test_the_stream_gives_every_document_once_in_batches(database: Database, batch: int) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 7)
        drafts = await offers_in(session, 2)
        for draft in drafts:
            draft.close()
    documents = await streamed(database, Kind.JOB_OFFER, batch)
    assert sorted(each.id for each in documents) == sorted(each.id for each in offers)
    assert {each.id: each.version for each in documents} == await expected_versions(database, Kind.JOB_OFFER, NOW)
    assert await streamed(database, Kind.CANDIDACY) == []


async def test_more_changes_than_a_query_holds_are_read(database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 3)
    wanted = [*(uuid4() for _ in range(1_200)), *(each.id for each in offers)]
    changes = await read_changes(database, Kind.JOB_OFFER, wanted, NOW)
    assert sorted(each.id for each in changes) == sorted(wanted)
    assert sum(isinstance(each, Document) for each in changes) == 3


async def test_documents_of_the_stream_and_of_changes_are_the_same(database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 3)
    changed = await read_changes(database, Kind.JOB_OFFER, [each.id for each in offers], NOW)
    assert sorted(await streamed(database, Kind.JOB_OFFER), key=lambda each: each.id) == sorted(changed, key=lambda each: each.id)
    assert all(holds(JobOfferCriteria(regions=("03",)).clause, each) for each in changed if isinstance(each, Document))
