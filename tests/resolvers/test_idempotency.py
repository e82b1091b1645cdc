"""A request that comes twice is done once: one after the other, and at once."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from auth.caller import Caller
from errors import Conflict, Invalid
from models.account import Role
from models.idempotency import IdempotentAct
from resolvers.context import Context
from resolvers.idempotency import Request, once, remember
from tests.conftest import Clock
from tests.contexts import asking


@dataclass(frozen=True)
class Draft:
    title: str = "Soudeur"
    regions: frozenset[str] = frozenset({"03", "06", "13"})
    starts_on: date | None = date(2026, 5, 1)


def somebody(service: Context) -> Context:
    return asking(service, Caller(account_id=uuid4(), role=Role.AGENT, session_id=uuid4(), token_expires_at=service.now()))


async def act(context: Context, key: str | None, source: object = Draft(), operation: str = "createThing") -> UUID:
    request, subject = Request(operation, key, source), uuid4()
    async with context.database.begin() as session:
        if (earlier := await once(session, context, request)) is not None:
            return earlier
        await asyncio.sleep(0.02)
        await remember(session, context, request, subject)
    return subject


async def kept(service: Context) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(IdempotentAct)) or 0


async def test_the_same_request_gives_the_same_answer(service: Context) -> None:
    context = somebody(service)
    assert await act(context, "key") == await act(context, "key")


async def test_the_same_request_at_once_is_done_once(service: Context) -> None:
    context = somebody(service)
    assert len(set(await asyncio.gather(*(act(context, "key") for _ in range(8))))) == 1
    assert await kept(service) == 1


async def test_another_key_or_none_is_another_request(service: Context) -> None:
    context = somebody(service)
    made = [await act(context, key) for key in ("key", "other", None, None, "")]
    assert len(set(made)) == 5
    assert await kept(service) == 2


@pytest.mark.parametrize("source", [Draft(title="Soudeuse"), Draft(regions=frozenset({"03"})), Draft(starts_on=None), None])
async def test_a_key_with_another_input_is_refused(service: Context, source: object) -> None:
    context = somebody(service)
    await act(context, "key")
    with pytest.raises(Conflict, match="IDEMPOTENCY_KEY_REUSED"):
        await act(context, "key", source)


async def test_a_key_with_another_operation_is_refused(service: Context) -> None:
    context = somebody(service)
    await act(context, "key")
    with pytest.raises(Conflict, match="IDEMPOTENCY_KEY_REUSED"):
        await act(context, "key", operation="createOtherThing")


async def test_a_key_is_its_callers_own(service: Context) -> None:
    assert await act(somebody(service), "key") != await act(somebody(service), "key", Draft(title="Soudeuse"))


async def test_whoever_is_not_signed_in_is_known_by_the_request_from_whichever_network_it_comes(service: Context) -> None:
    here, there = asking(service, address="203.0.113.7"), asking(service, address="198.51.100.2")
    assert await act(there, "key") == await act(here, "key")
    assert await act(here, "key", Draft(title="Soudeuse")) != await act(here, "key"), "another's key is not in the way"


async def test_a_request_is_forgotten_after_a_week(service: Context, clock: Clock) -> None:
    context = somebody(service)
    first = await act(context, "key")
    clock.move(days=7)
    await act(context, "other")
    assert await kept(service) == 1
    assert await act(context, "key") != first


@pytest.mark.parametrize("key", ["k" * 101, "k\x00", "k\n", "\ud800"])
async def test_a_key_that_cannot_be_kept_is_refused_by_field(service: Context, key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await act(somebody(service), key)
    assert [problem.path for problem in refusal.value.problems] == [("idempotencyKey",)]


async def test_an_act_that_is_undone_is_not_remembered(service: Context) -> None:
    async def undone() -> None:
        async with service.database.begin() as session:
            await remember(session, somebody(service), Request("createThing", "key", Draft()), uuid4())
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await undone()
    assert await kept(service) == 0


async def test_nothing_of_the_input_can_be_read_in_what_is_remembered(service: Context) -> None:
    await act(somebody(service), "key", {"fileNumber": "OK1234567", "when": date(2026, 1, 1), "who": uuid4()})
    async with service.database.read() as session:
        row = (await session.scalars(select(IdempotentAct))).one()
    assert len(row.fingerprint) == 64
    assert "OK1234567" not in row.fingerprint


async def test_the_order_of_a_set_does_not_make_another_input(service: Context) -> None:
    context = somebody(service)
    first = await act(context, "key", Draft(regions=frozenset(f"{n:02}" for n in range(1, 18))))
    assert await act(context, "key", Draft(regions=frozenset(f"{n:02}" for n in range(17, 0, -1)))) == first
    assert await act(replace(context, seen=set()), "key", Draft(regions=frozenset(f"{n:02}" for n in range(1, 18)))) == first
