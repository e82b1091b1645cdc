"""What is left of somebody whose account was erased, whatever was under way at that moment, and whatever comes later."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

import worker
from bootstrap import open_resources
from commands.reindexing import rebuild_index
from errors import NotAllowed
from lane import work_once
from models import every
from models.account import Account
from models.base import Base
from models.candidacy import Candidacy
from models.candidate import Candidate
from models.document import Kind
from models.erasure import Erasure
from models.outbox import OutboxEntry, emit
from models.personal_data import HELD
from search.verification import differences
from tests.conftest import Clock
from tests.dumps import dump, found
from tests.path.candidate_file import Person, candidate
from tests.path.whole_life import CORRECTED, EMAIL, ENTERED, PURPOSE, erase, lived
from tests.service import EMBEDDED, PASSWORD, Service, open_service
from tests.snapshot import rows_of
from tests.statements import heard
from tests.world import ALERT, OFFER
from transport.revocation import ended

assert every
SEARCH = "{ candidacies(criteria: {}) { totalCount edges { node { id } } } }"
KINDS = [kind for lane in worker.LANES.values() for kind in lane.handlers if kind != "employer.changed"]
SUBJECTS = (
    "account candidacy registry_question residence_case contact_request application job_alert notification alert_mail".split()
)
"""The tables of persons that entries of the outbox name rows of."""


async def ids(service: Service, person: UUID) -> dict[str, list[UUID]]:
    """Everything of the person that has an id of its own, by table."""
    known: dict[str, list[UUID]] = {}
    async with service.resources.database.read() as session:
        for held in HELD:
            if "id" in held.columns:
                rows = (await session.scalars(select(held.row).where(held.theirs(person)))).all()
                known[held.row.__tablename__] = [key for row in rows if isinstance(key := getattr(row, "id", None), UUID)]
    return known


async def account_of(service: Service, email: str = EMAIL) -> UUID:
    async with service.resources.database.read() as session:
        return (await session.scalars(select(Account.id).where(Account.email == email))).one()


async def test_nothing_of_the_person_is_found_in_a_dump(service: Service, clock: Clock) -> None:
    person = await lived(service, clock)
    known = await ids(service, await account_of(service))
    assert (await erase(person))["__typename"] == "AccountErased"
    await service.work()
    numbers = [each[name] for each in (ENTERED, CORRECTED) for name in ("fileNumber", "individualReferenceNumber")]
    names = ["aminata.new@example.net", ENTERED["givenName"], ENTERED["familyName"], ENTERED["telephone"], EMAIL, PURPOSE]
    words = ["Luthière de violes", "Viol luthier", "Essaouira", "intensifs", "registered once", "made once", "asked once"]
    words += ["viole à restaurer", "Chamonal", "Mon archet est prêt"]
    url = service.resources.settings.database_url
    await service.resources.database.close()
    dumped = await dump(url)
    assert b"Lutherie du Fjord" in dumped
    assert found([*numbers, *names], dumped) == []
    assert [word for word in words if word.encode() in dumped] == []
    keys = [key for of_table in known.values() for key in of_table]
    assert {"account", "candidacy", "contact_request", "application"} <= {name for name, of_table in known.items() if of_table}
    assert [key for key in keys if str(key).encode() in dumped or key.hex.encode() in dumped] == []


async def test_the_figures_that_stay_name_nobody(service: Service, clock: Clock) -> None:
    await erase(await lived(service, clock))
    async with service.resources.database.read() as session:
        (row,) = (await session.execute(select(Erasure.__table__))).all()
    assert row[1:] == ("CANDIDATE", "2026-03", "2026-03", 1, 1, 1, 1)
    assert set(Erasure.__table__.columns.keys()) == {
        "id", "role", "registered_in", "erased_in", "candidacies", "job_alerts", "notifications", "consultations"
    }  # fmt: skip


async def test_a_late_outbox_row_does_not_bring_the_person_back(service: Service, clock: Clock) -> None:
    person = await lived(service, clock)
    known = await ids(service, await account_of(service))
    await erase(person)
    clock.move(hours=1)  # what others are told of it is sent
    await service.work()
    before, sent = await rows_of(service.resources.database), len(service.letters())
    async with service.resources.database.begin() as session:
        for kind in KINDS:
            for table in SUBJECTS:
                emit(session, kind, known[table][0], clock())
    clock.move(hours=2)
    await service.work()
    assert await rows_of(service.resources.database) == before
    assert len(service.letters()) == sent
    member = await service.sign_in("rh@example.org")
    assert (await service.ask(SEARCH, member))["candidacies"]["totalCount"] == 0


async def test_its_sessions_and_sockets_end(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    token = await person.token()
    caller = (await service.asking(token)).caller
    assert caller is not None
    await erase(person)
    assert await ended(service.resources.database, [caller.session_id]) == {caller.session_id: "SESSION_ENDED"}
    with pytest.raises(NotAllowed, match="SESSION_ENDED"):
        await service.asking(token)


async def test_it_is_neither_shown_nor_counted_before_the_worker_has_worked(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    await person.publish()
    await service.work()
    member = await service.employer("rh@example.org", "1143920115", await service.agent())
    assert len((await service.ask(SEARCH, member))["candidacies"]["edges"]) == 1
    await erase(person)
    assert (await service.ask(SEARCH, member))["candidacies"] == {"totalCount": 0, "edges": []}
    await service.work()
    assert (await service.ask(SEARCH, member))["candidacies"] == {"totalCount": 0, "edges": []}


async def test_an_index_restored_from_before_shows_nothing_and_counts_until_it_is_rebuilt(
    sqlite_url: str, clock: Clock, tmp_path: Path
) -> None:
    async with open_service(sqlite_url, EMBEDDED, tmp_path, clock) as service:
        person = await candidate(service, clock)
        await person.publish()
        member = await service.employer("rh@example.org", "1143920115", await service.agent())
        await service.work()
        settings = service.resources.settings
    shutil.copytree(tmp_path / "search", tmp_path / "before")
    async with open_resources(settings, clock) as resources:
        await erase(Person(Service(resources, tmp_path / "mail"), clock))
        await Service(resources, tmp_path / "mail").work()
    shutil.rmtree(tmp_path / "search")
    shutil.move(tmp_path / "before", tmp_path / "search")
    async with open_resources(settings, clock) as resources:
        restored = Service(resources, tmp_path / "mail")
        assert (await restored.ask(SEARCH, member))["candidacies"] == {"totalCount": 1, "edges": []}
        assert len((await differences(resources.engine, resources.database, Kind.CANDIDACY, clock())).surplus) == 1
        await rebuild_index(resources, Kind.CANDIDACY)
        assert not await differences(resources.engine, resources.database, Kind.CANDIDACY, clock())
        assert (await restored.ask(SEARCH, member))["candidacies"]["totalCount"] == 0


class PowerCut(Exception):
    """What ends the work in the middle of it."""


@contextmanager
def failing_at(service: Service, statement: int) -> Iterator[list[int]]:
    """Whatever is written fails at that statement, counted from the first that changes something."""
    done: list[int] = []

    def fail(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
        if text.lstrip().startswith(("DELETE", "INSERT", "UPDATE")):
            done.append(1)
            if len(done) == statement:
                raise PowerCut(text)

    with heard(service, fail):
        yield done


async def test_broken_off_at_any_statement_all_is_there_and_done_again_all_is_gone(service: Service, clock: Clock) -> None:
    person = await lived(service, clock)
    token, known = await person.token(), await account_of(service)
    before = await rows_of(service.resources.database)
    statements = 0
    while True:
        with failing_at(service, statements + 1) as done:
            result = await service.run(
                "mutation($p: String!) { eraseMyAccount(input: {password: $p}) { __typename } }", token, p=PASSWORD
            )
        if result.errors is None:
            break
        statements = len(done)
        assert await rows_of(service.resources.database) == before
    assert statements > len(HELD)
    assert await held_of(service, known) == {}


async def held_of(service: Service, person: UUID) -> dict[str, int]:
    """How many rows of each table are still about somebody; only tables that have any."""
    async with service.resources.database.read() as session:
        rows = {
            held.row.__tablename__: (await session.execute(select(held.row).where(held.theirs(person)))).all() for held in HELD
        }
    return {table: len(each) for table, each in rows.items() if each}


async def erase_at_work(service: Service, person: Person) -> None:
    """Every lane works, deadlines are met and the session is refreshed until the person is gone."""
    opened = await service.act("signIn", "... on Session { accessToken refreshToken }", email=person.email, password=PASSWORD)
    entered, token = {"password": PASSWORD}, opened["accessToken"]
    erasing = asyncio.create_task(service.act("eraseMyAccount", "... on AccountErased { at }", token, **entered))
    refreshing = asyncio.create_task(service.act("refreshSession", "", refreshToken=opened["refreshToken"]))
    while not erasing.done():
        lanes = [work_once(service.resources, lane) for lane in worker.LANES.values()]
        await asyncio.gather(worker.meet_deadlines(service.resources), *lanes)
    assert (await erasing)["__typename"] == "AccountErased"
    assert (await refreshing)["__typename"] in ("Session", "NotEligible")


async def test_what_is_matched_and_met_at_the_same_moment_leaves_nothing(service: Service, clock: Clock) -> None:
    """Offers are announced, deadlines come and the registry is asked while the person goes."""
    agent = await service.agent()
    member = await service.employer("rh@example.org", "1143920115", agent)
    for round_ in range(4):
        person = await candidate(service, clock, f"person{round_}@example.org")
        await person.publish()
        await person.act("createJobAlert", **{**ALERT, "name": f"alert {round_}"})
        await person.act("correctCertificate", certificate=CORRECTED)
        known = await account_of(service, person.email)
        offer = await service.act("createJobOffer", "... on JobOffer { id }", member, **OFFER)
        await service.act("publishJobOffer", "", member, id=offer["id"])
        await erase_at_work(service, person)
        await service.work()
        left = await held_of(service, known)
        assert left.keys() <= {"outbox"}
    async with service.resources.database.read() as session:
        assert await session.scalar(select(Candidate.id)) is None
        assert await session.scalar(select(Candidacy.id)) is None
        owed = list(await session.scalars(select(OutboxEntry.kind)))
    assert owed == []


def test_every_table_that_refers_to_a_person_is_removed_before_the_person() -> None:
    order = [held.row.__tablename__ for held in reversed(HELD)]
    for held in HELD:
        for key in Base.metadata.tables[held.row.__tablename__].foreign_keys:
            if key.column.table.name in order and key.column.table.name != held.row.__tablename__:
                assert order.index(held.row.__tablename__) < order.index(key.column.table.name)
