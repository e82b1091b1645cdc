"""Passwords: hashed so that guessing is slow, in any writing, and never so many at once that nobody is served."""

import asyncio
from collections.abc import Iterator
from unicodedata import normalize

import pytest

from auth.passwords import HASHER, Passwords, check_password
from errors import LimitReached
from models.checks import Checks

PASSWORD = "correct horse battery staple"
IN_PRODUCTION = HASHER
"""Not the one that other tests are given."""


@pytest.fixture(autouse=True)
def _hashing_at_its_real_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.passwords.HASHER", IN_PRODUCTION)


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords()
    yield made
    made.close()


def codes(password: str) -> list[str]:
    checks = Checks()
    check_password(checks, "password", password)
    return [problem.code for problem in checks.problems]


async def test_a_password_is_recognised_by_its_hash_and_another_is_not(passwords: Passwords) -> None:
    kept = await passwords.hash(PASSWORD)
    assert await passwords.verify(kept, PASSWORD)
    assert not await passwords.verify(kept, PASSWORD + " ")


async def test_a_hash_says_how_it_was_made_and_is_salted(passwords: Passwords) -> None:
    first, second = await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


@pytest.mark.parametrize(
    "password", ["mot de passé très été", "пароль на двенадцать", "密码密码密码密码密码密码", "🔑" * 12, "a\x00b" * 5]
)
async def test_a_password_may_be_of_any_writing(passwords: Passwords, password: str) -> None:
    assert codes(password) == []
    assert await passwords.verify(await passwords.hash(password), password)


async def test_accents_typed_as_one_character_or_two_are_the_same_password(passwords: Passwords) -> None:
    kept = await passwords.hash(normalize("NFC", "été à la plage"))
    assert await passwords.verify(kept, normalize("NFD", "été à la plage"))


async def test_nobodys_password_is_never_right(passwords: Passwords) -> None:
    assert not await passwords.verify(None, PASSWORD)
    assert not await passwords.verify(None, "the password of nobody")


@pytest.mark.parametrize("length", [12, 200])
def test_the_shortest_and_the_longest_password_are_taken(length: int) -> None:
    assert codes("x" * length) == []


@pytest.mark.parametrize("length", [0, 11, 201, 1_000_000])
def test_a_shorter_or_longer_one_is_refused(length: int) -> None:
    assert codes("x" * length) == ["PASSWORD_LENGTH"]


def test_half_a_character_is_refused() -> None:
    assert codes("x" * 12 + "\ud83d") == ["UNFIT_CHARACTER"]


@pytest.mark.parametrize("password", ["x" * 1_000_000, "x" * 12 + "\ud83d"])
async def test_what_can_be_no_password_is_wrong_without_being_hashed(password: str) -> None:
    closed = Passwords()
    closed.close()  # hashing would raise now
    assert not await closed.verify(None, password)


async def test_more_than_may_wait_are_told_to_come_back() -> None:
    passwords = Passwords(waiting=3)
    answers = await asyncio.gather(*(passwords.verify(None, PASSWORD) for _ in range(5)), return_exceptions=True)
    assert [answer for answer in answers if answer is False] == [False] * 3
    refused = [answer for answer in answers if isinstance(answer, LimitReached)]
    assert [(each.code, each.limit, each.retry_after_seconds) for each in refused] == [("TOO_BUSY", 3, 1)] * 2
    assert not await passwords.verify(None, PASSWORD), "there is room again"
    passwords.close()


async def test_whoever_gives_up_waiting_makes_room() -> None:
    passwords = Passwords(waiting=3)
    waiting = [asyncio.ensure_future(passwords.hash(PASSWORD)) for _ in range(3)]
    await asyncio.sleep(0)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.sleep(0.2)
    assert [await passwords.verify(None, PASSWORD) for _ in range(4)] == [False] * 4
    passwords.close()
