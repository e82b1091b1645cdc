"""After `placement reencrypt` the newest key opens everything alone, whatever was written meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from bootstrap import Resources
from commands.reencrypting import seal_file
from csq.settling import is_taken
from models.candidate import Candidate
from models.database import Database
from models.holding import hold_candidate
from tests.commands.operator import Operator
from tests.sealed_files import NEW, OLD, certificate, keep_files, require_opens, vault

BOTH, NONE_LEFT = f"{NEW},{OLD}", "0 values still under an older key: the older keys can be removed"


@pytest.fixture
async def parts(operator: Operator) -> AsyncIterator[Resources]:
    operator.sets(SECRET_KEY=BOTH)
    async with operator.parts() as opened:
        yield opened


async def test_everything_opens_with_the_newest_key_alone(operator: Operator, parts: Resources) -> None:
    files = await keep_files(parts.database, vault(OLD), range(9))
    ran = await operator.run("reencrypt")
    assert (ran.code, ran.out.splitlines()) == (
        0,
        ["24 values sealed and 9 fingerprints made with the newest key", NONE_LEFT],
    )
    await require_opens(parts.database, vault(NEW), files)
    operator.sets(SECRET_KEY=NEW)
    assert (await operator.run("reencrypt")).code == 0


async def test_done_again_it_does_nothing(operator: Operator, parts: Resources) -> None:
    await keep_files(parts.database, vault(OLD), range(3))
    await operator.run("reencrypt")
    again = await operator.run("reencrypt")
    assert again.out.startswith("0 values sealed and 0 fingerprints")


async def test_what_no_key_opens_is_counted_and_left_as_it_is(operator: Operator, parts: Resources) -> None:
    lost = await keep_files(parts.database, vault("a secret that is gone however long"), [1])
    files = await keep_files(parts.database, vault(OLD), [2])
    ran = await operator.run("reencrypt")
    assert ran.code == 1
    assert "2 values cannot be opened with any of the keys in PLACEMENT_SECRET_KEY" in ran.out
    await require_opens(parts.database, vault("a secret that is gone however long"), lost)
    async with parts.database.read() as session:
        for key, number in files.items():
            assert vault(NEW).certificate_of(await session.get_one(Candidate, key)) == certificate(number)


async def test_no_number_is_printed(operator: Operator, parts: Resources) -> None:
    await keep_files(parts.database, vault(OLD), [1])
    ran = await operator.run("reencrypt")
    assert certificate(1).file_number not in ran.out + ran.err


@pytest.mark.parametrize("secrets", [(OLD,), (NEW,), (OLD, NEW), (NEW, OLD)])
async def test_a_certificate_is_taken_under_whichever_key_its_file_was_fingerprinted(
    database: Database, secrets: tuple[str, ...]
) -> None:
    await keep_files(database, vault(*secrets), [1])
    async with database.begin() as session:
        assert await is_taken(session, Candidate(id=uuid4()), vault(NEW, OLD).fingerprints(certificate(1)))


async def test_of_two_who_ask_at_once_under_other_orders_of_the_keys_one_waits(database: Database) -> None:
    """The second finds what the first has written, although each keeps the name that the other does not."""
    if database.is_sqlite:
        pytest.skip("a writing transaction is alone on SQLite")
    first, second = (vault(*secrets).fingerprints(certificate(1)) for secrets in ((OLD, NEW), (NEW, OLD)))
    files = await keep_files(database, vault(OLD), [2])
    async with database.begin() as session:
        assert not await is_taken(session, Candidate(id=uuid4()), first)
        waiting = asyncio.create_task(_ask(database, second))
        candidate = await session.get_one(Candidate, next(iter(files)))
        candidate.certificate_fingerprint = first[0]
    assert await waiting


async def _ask(database: Database, fingerprints: tuple[str, ...]) -> bool:
    async with database.begin() as session:
        return await is_taken(session, Candidate(id=uuid4()), fingerprints)


async def test_a_correction_that_comes_between_is_kept(database: Database) -> None:
    """The file is held by whoever corrects it: the values that are sealed anew are those that it left."""
    files = await keep_files(database, vault(OLD), [1])
    key, later = next(iter(files)), certificate(7)
    both = vault(NEW, OLD)
    sealing: asyncio.Task[None] | None = None
    async with database.begin() as session:
        candidate = await hold_candidate(session, key)
        assert candidate is not None
        sealing = asyncio.create_task(_seal(database, key))
        await session.flush()
        candidate.sealed_file_number = vault(OLD).seal(later.file_number, key.bytes)
        candidate.sealed_individual_reference_number = vault(OLD).seal(later.individual_reference_number, key.bytes)
        candidate.certificate_fingerprint = vault(OLD).fingerprints(later)[0]
    await sealing
    await require_opens(database, vault(NEW), {key: 7})
    assert both.newest((await _file(database, key)).sealed_file_number)


async def _seal(database: Database, key: UUID) -> None:
    async with database.begin() as session:
        await seal_file(session, vault(NEW, OLD), key)


async def _file(database: Database, key: UUID) -> Candidate:
    async with database.read() as session:
        return await session.get_one(Candidate, key)
