"""Passwords: what one must be, its hashing with Argon2id, and the check of a typed one. Never sees whose it is."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar
from unicodedata import category, normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from errors import LimitReached
from models.checks import Checks

LEAST, MOST = 12, 200
"""Characters of a password. There is no rule on which ones: length is what makes guessing slow."""
THREADS = 2
WAITING = 64
"""How many hashes may be running or waiting: at some 25 ms each on two threads, nobody waits a second."""
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

T = TypeVar("T")


class Passwords:
    """Hashes in threads of its own, so that requests go on meanwhile. Raises LimitReached rather than queue without end."""

    def __init__(self, waiting: int = WAITING) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
        self._waiting = waiting
        self._room = BoundedSemaphore(waiting)
        self._nobodys = HASHER.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        """The password must have passed `check_password`."""
        return await self._run(lambda: HASHER.hash(_normal(password)))

    async def verify(self, hash: str | None, password: str) -> bool:
        """Whether the password has that hash. None, for an unknown account, takes as long and is never right."""
        if not _is_fit(password):
            return False
        matches = await self._run(lambda: _matches(hash or self._nobodys, password))
        return matches and hash is not None

    async def _run(self, work: Callable[[], T]) -> T:
        if not self._room.acquire(blocking=False):
            raise LimitReached("TOO_BUSY", limit=self._waiting, retry_after_seconds=1)
        future = self._pool.submit(work)
        future.add_done_callback(lambda _: self._room.release())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)


def check_password(checks: Checks, path: str, password: str) -> None:
    """Notes a password that is too short or too long, or that no other system could type again."""
    checks.require(path, LEAST <= len(password) <= MOST, "PASSWORD_LENGTH", least=str(LEAST), most=str(MOST))
    checks.require(path, len(password) > MOST or _is_fit(password), "UNFIT_CHARACTER")


def _is_fit(password: str) -> bool:
    """Whether hashing it is worth the while: not longer than any password may be, and whole characters only."""
    return len(password) <= MOST and not any(category(c) == "Cs" for c in password)


def _normal(password: str) -> str:
    """The same password typed on another keyboard may come as other code points."""
    return normalize("NFKC", password)


def _matches(hash: str, password: str) -> bool:
    try:
        return HASHER.verify(hash, _normal(password))
    except VerifyMismatchError:
        return False
