"""One at a time, by name: for rules that no unique index can hold, such as a count or a row that is not there yet."""

from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def lock(session: AsyncSession, *names: str) -> None:
    """Waits until no other transaction holds any of the names, and holds them until this one ends. On SQLite a writing
    transaction is alone from its start, so there is nothing to wait for."""
    if session.get_bind().dialect.name == "postgresql":
        for number in sorted(map(_number, names)):  # in one order, so that two never wait for each other
            await session.execute(select(func.pg_advisory_xact_lock(number)))


async def try_lock(session: AsyncSession, name: str) -> bool:
    """The same without waiting: False when another transaction holds the name. The transaction need not be a writing one;
    on SQLite, where it is not, others may hold the name too."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(await session.scalar(select(func.pg_try_advisory_xact_lock(_number(name)))))


def _number(name: str) -> int:
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], signed=True)
