"""Attempts: ten wrong sign-ins in five minutes, for an account from anywhere and from a network for any account; and as many
registrations as honest people need."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from auth.attempts import Counted, count, email_changes, note, password_resets, registrations, require_room, sign_ins
from auth.keys import Keys
from auth.vault import Vault
from errors import LimitReached
from models.attempt import Attempt
from models.database import Database
from tests.conftest import Clock

VAULT = Vault(Keys(["a secret that only tests know of"]))


def keys(email: str = "ann@example.org", address: str = "203.0.113.7") -> list[Counted]:
    return sign_ins(VAULT, email, address)


async def try_once(database: Database, clock: Clock, counted: list[Counted]) -> None:
    async with database.begin() as session:
        await count(session, counted, clock())


async def wait_for_room(database: Database, clock: Clock, counted: list[Counted]) -> int | None:
    """How many seconds to wait; None when there is room."""
    async with database.read() as session:
        try:
            await require_room(session, counted, clock())
        except LimitReached as refusal:
            return refusal.retry_after_seconds
    return None


async def test_the_eleventh_wrong_one_is_refused_until_the_first_is_five_minutes_old(database: Database, clock: Clock) -> None:
    for _ in range(10):
        assert await wait_for_room(database, clock, keys()) is None
        await try_once(database, clock, keys())
        clock.move(seconds=10)
    assert await wait_for_room(database, clock, keys()) == 201
    clock.move(seconds=199)
    assert await wait_for_room(database, clock, keys()) == 2
    clock.move(seconds=1)
    assert await wait_for_room(database, clock, keys()) is None


async def test_an_account_is_protected_wherever_the_guesses_come_from(database: Database, clock: Clock) -> None:
    for number in range(10):
        await try_once(database, clock, keys(address=f"198.51.100.{number}"))
    assert await wait_for_room(database, clock, keys(address="192.0.2.1")) is not None
    assert await wait_for_room(database, clock, keys(email="bob@example.org", address="192.0.2.1")) is None


async def test_a_network_may_not_go_through_many_accounts(database: Database, clock: Clock) -> None:
    for number in range(10):
        await try_once(database, clock, keys(email=f"person{number}@example.org"))
    assert await wait_for_room(database, clock, keys(email="ann@example.org")) is not None
    assert await wait_for_room(database, clock, keys(address="192.0.2.1")) is None


async def test_guesses_at_the_same_instant_are_counted_one_by_one(database: Database, clock: Clock) -> None:
    guesses = [try_once(database, clock, keys(address=f"198.51.100.{number}")) for number in range(20)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, LimitReached)]
    assert answers.count(None) == len(refused) == 10
    assert {(each.code, each.limit) for each in refused} == {("TOO_MANY_ATTEMPTS", 10)}


async def test_what_no_longer_counts_is_forgotten(database: Database, clock: Clock) -> None:
    for number in range(5):
        await try_once(database, clock, keys(email=f"person{number}@example.org"))
    clock.move(days=1)
    await try_once(database, clock, keys())
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Attempt)) == 2


def test_the_keys_tell_neither_the_account_nor_the_network() -> None:
    assert not any("ann" in each.key or "203" in each.key for each in keys(address="203.0.113.203"))
    assert len({each.key for each in keys("x", "x") + registrations(VAULT, "x", "x")}) == 4


async def test_a_stranger_cannot_have_an_address_written_to_without_end(database: Database, clock: Clock) -> None:
    for number in range(10):
        await try_once(database, clock, registrations(VAULT, "ann@example.org", f"198.51.100.{number}"))
        clock.move(hours=1)
    assert await wait_for_room(database, clock, registrations(VAULT, "ann@example.org", "192.0.2.1")) == 14 * 3600 + 1
    assert await wait_for_room(database, clock, registrations(VAULT, "bob@example.org", "192.0.2.1")) is None


async def test_a_network_may_register_a_class_and_not_a_country(database: Database, clock: Clock) -> None:
    async with database.begin() as session:
        for number in range(100):
            await note(session, registrations(VAULT, f"person{number}@example.org", "203.0.113.7"), clock())
    assert await wait_for_room(database, clock, registrations(VAULT, "ann@example.org", "203.0.113.7")) == 3601
    assert await wait_for_room(database, clock, registrations(VAULT, "ann@example.org", "203.0.113.8")) is None


async def test_a_network_may_ask_for_the_passwords_of_a_class_and_not_of_a_country(database: Database, clock: Clock) -> None:
    async with database.begin() as session:
        for number in range(100):
            await note(session, password_resets(VAULT, f"person{number}@example.org", "203.0.113.7"), clock())
    assert await wait_for_room(database, clock, password_resets(VAULT, "ann@example.org", "203.0.113.7")) == 3601
    assert await wait_for_room(database, clock, password_resets(VAULT, "ann@example.org", "203.0.113.8")) is None


async def test_a_stranger_is_written_to_as_often_by_changes_of_address_as_by_registrations(
    database: Database, clock: Clock
) -> None:
    accounts = [uuid4() for _ in range(10)]
    for account in accounts:
        await try_once(database, clock, email_changes(VAULT, account, "ann@example.org"))
    assert await wait_for_room(database, clock, email_changes(VAULT, uuid4(), "ann@example.org")) is not None
    assert await wait_for_room(database, clock, registrations(VAULT, "ann@example.org", "192.0.2.1")) is not None
    assert await wait_for_room(database, clock, email_changes(VAULT, accounts[0], "bob@example.org")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("", "testclient", False),
    ],
)
def test_a_subscriber_is_one_network_however_many_addresses_it_has(one: str, other: str, same: bool) -> None:
    assert (keys(address=one)[1] == keys(address=other)[1]) is same
