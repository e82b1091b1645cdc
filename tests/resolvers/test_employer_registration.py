"""Registering an employer: every fault at once, and no word on whose address has an account, or who has the NEQ."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from errors import Conflict, Invalid
from models.account import Account, Role
from models.employer import Employer, EmployerStatus
from models.language import Language
from resolvers.context import Context
from resolvers.employer_member import Member, member
from resolvers.employer_registration import Registration, register
from tests.contexts import PASSWORD, asking, keep_agent, owed, signed_in

ENTERED = Registration(
    email="max@example.org",
    password=PASSWORD,
    name="Max Gagnon",
    employer_name="Boulangerie du Nord",
    neq="1140000000",
    city="Saguenay",
    region="02",
    website="https://boulangerie.example.org/emplois",
    language=Language.FR,
)


async def rows(service: Context, table: Any) -> list[Any]:
    async with service.database.read() as session:
        return list(await session.scalars(select(table)))


async def problems(service: Context, **entered: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        await register(asking(service), replace(ENTERED, **entered))
    assert await rows(service, Account) == []
    return [(".".join(problem.path), problem.code) for problem in refusal.value.problems]


async def test_a_registration_opens_an_account_of_an_employer_that_waits(service: Context) -> None:
    made = await register(asking(service), ENTERED)
    assert (made.account.role, made.account.email, made.member.name) == (Role.EMPLOYER_MEMBER, "max@example.org", "Max Gagnon")
    assert (made.employer.name, made.employer.neq, made.employer.status) == (
        "Boulangerie du Nord",
        "1140000000",
        EmployerStatus.PENDING,
    )
    assert await owed(service) == [("account.opened", made.account.id)]
    caller = (await signed_in(service, "max@example.org")).caller
    assert (caller.employer_id, caller.employer_status) == (made.employer.id, EmployerStatus.PENDING)
    assert await member(asking(service, caller), made.account.id) is not None


async def test_what_is_typed_around_a_value_is_left_out(service: Context) -> None:
    entered = replace(ENTERED, email=" Max@Example.org", name=" Max ", neq="1140 000 000", city=" ", website="", region=None)
    made = await register(asking(service), entered)
    assert (made.account.email, made.member.name, made.employer.neq) == ("max@example.org", "Max", "1140000000")
    assert (made.employer.city, made.employer.website, made.employer.region) == (None, None, None)


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({"email": "max"}, [("email", "NOT_AN_EMAIL")]),
        ({"email": "max@example.org\nBcc: all@example.org"}, [("email", "NOT_AN_EMAIL")]),
        ({"email": f"max@{'x.' * 200}org"}, [("email", "NOT_AN_EMAIL")]),
        ({"password": "short"}, [("password", "PASSWORD_LENGTH")]),
        ({"password": "x" * 1_000_000}, [("password", "PASSWORD_LENGTH")]),
        ({"name": ""}, [("name", "REQUIRED")]),
        ({"name": "x" * 300}, [("name", "TOO_LONG")]),
        ({"name": "Max\x00"}, [("name", "UNFIT_CHARACTER")]),
        ({"employer_name": " "}, [("employerName", "REQUIRED")]),
        ({"employer_name": "x" * 300}, [("employerName", "TOO_LONG")]),
        ({"neq": "123"}, [("neq", "NOT_A_NEQ")]),
        ({"neq": "114000000X"}, [("neq", "NOT_A_NEQ")]),
        ({"neq": "١١٤٠٠٠٠٠٠٠"}, [("neq", "NOT_A_NEQ")]),
        ({"neq": ""}, [("neq", "NOT_A_NEQ")]),
        ({"city": "x" * 300}, [("city", "TOO_LONG")]),
        ({"region": "18"}, [("region", "UNKNOWN_CODE")]),
        ({"region": ""}, [("region", "UNKNOWN_CODE")]),
        ({"website": "javascript:alert(1)"}, [("website", "NOT_A_WEB_ADDRESS")]),
        ({"website": "boulangerie"}, [("website", "NOT_A_WEB_ADDRESS")]),
        ({"website": "https://"}, [("website", "NOT_A_WEB_ADDRESS")]),
        ({"website": "http://[::1"}, [("website", "NOT_A_WEB_ADDRESS")]),
        ({"website": f"https://example.org/{'x' * 300}"}, [("website", "TOO_LONG")]),
    ],
)
async def test_what_cannot_be_is_refused_by_field(
    service: Context, entered: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert await problems(service, **entered) == expected


async def test_every_fault_is_told_at_once(service: Context) -> None:
    told = await problems(service, email="max", password="short", name="", neq="1", region="99")
    assert [path for path, _ in told] == ["email", "password", "name", "neq", "region"]


@pytest.mark.parametrize("status", EmployerStatus)
async def test_a_neq_that_another_has_is_taken_like_any_other(service: Context, status: EmployerStatus) -> None:
    first = await register(asking(service), ENTERED)
    async with service.database.begin() as session:
        (await session.get_one(Employer, first.employer.id)).status = status
    second = await register(asking(service), replace(ENTERED, email="other@example.org"))
    told, before = shape(second), shape(first)
    assert (second.employer.neq, second.employer.status) == (ENTERED.neq, EmployerStatus.PENDING)
    assert told == {**before, "account": (Role.EMPLOYER_MEMBER, "other@example.org", Language.FR, "America/Toronto")}
    assert [kind for kind, _ in await owed(service)] == ["account.opened"] * 2


def shape(made: Member) -> dict[str, Any]:
    """All of an answer that a client can read, but for the ids."""
    return {
        "account": (made.account.role, made.account.email, made.account.language, made.account.time_zone),
        "confirmed": made.account.email_confirmed_at,
        "member": made.member.name,
        "employer": (made.employer.name, made.employer.neq, made.employer.status, made.employer.status_reason),
        "place": (made.employer.city, made.employer.region, made.employer.website),
        "versions": {made.account.id.version, made.employer.id.version},
        "joined": made.member.id == made.account.id and made.member.employer_id == made.employer.id,
    }


async def test_a_known_address_is_answered_like_a_new_one_and_as_much_is_owed(service: Context) -> None:
    await keep_agent(service, "agent@example.org")
    told = shape(await register(asking(service), replace(ENTERED, email="agent@example.org")))
    new = shape(await register(asking(service), replace(ENTERED, neq="1140000001")))
    new["employer"] = (new["employer"][0], ENTERED.neq, *new["employer"][2:])
    assert told == {**new, "account": (Role.EMPLOYER_MEMBER, "agent@example.org", Language.FR, "America/Toronto")}
    assert [kind for kind, _ in await owed(service)] == ["account.opened"] * 2


async def test_the_account_at_a_known_address_stays_as_it_was(service: Context) -> None:
    await keep_agent(service, "agent@example.org")
    await register(asking(service), replace(ENTERED, email="agent@example.org", password="another long password"))
    assert (await signed_in(service, "agent@example.org")).caller.role is Role.AGENT
    assert (await signed_in(service, "agent@example.org", "another long password")).caller.role is Role.EMPLOYER_MEMBER


@pytest.mark.parametrize("email", ["max@example.org", "agent@example.org"])
async def test_sent_twice_with_a_key_it_is_done_once_and_answered_alike(service: Context, email: str) -> None:
    await keep_agent(service, "agent@example.org")
    entered = replace(ENTERED, email=email)
    first = await register(asking(service), entered, "key")
    second = await register(asking(service), entered, "key")
    assert (first.account.id, first.employer.id) == (second.account.id, second.employer.id)
    assert shape(first) == shape(second)
    assert len(await owed(service)) == 1


async def test_sent_twice_at_once_with_a_key_it_is_done_once(service: Context) -> None:
    answers = await asyncio.gather(*(register(asking(service), ENTERED, "key") for _ in range(4)))
    assert len({answer.account.id for answer in answers}) == 1
    assert len(await owed(service)) == 1


async def test_the_same_request_with_another_password_is_refused(service: Context) -> None:
    await register(asking(service), ENTERED, "key")
    with pytest.raises(Conflict, match="IDEMPOTENCY_KEY_REUSED"):
        await register(asking(service), replace(ENTERED, password="another long password"), "key")
