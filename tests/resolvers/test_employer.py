"""Employers: authenticated by agents, unknown to strangers before, and each state read as it is now."""

import asyncio
from uuid import UUID, uuid4

import pytest

from auth.caller import Caller
from errors import Conflict, Invalid, NotFound
from models.account import Account, Role
from models.employer import Employer, EmployerMember, EmployerStatus
from models.language import Language
from resolvers.context import Context
from resolvers.employer import authenticate, history_of, known, refuse, reinstate, suspend, waiting
from resolvers.employer_member import member, members_of
from resolvers.pages import PageRequest
from tests.conftest import Clock
from tests.contexts import asking, owed


async def keep_employer(
    service: Context, status: EmployerStatus = EmployerStatus.PENDING, neq: str | None = None, *, confirmed: bool = True
) -> tuple[UUID, UUID]:
    """An employer with one member. Gives the ids of both."""
    account = Account(
        id=uuid4(),
        role=Role.EMPLOYER_MEMBER,
        email=f"{uuid4().hex}@example.org",
        password_hash="none",
        language=Language.FR,
        created_at=service.now(),
        email_confirmed_at=service.now() if confirmed else None,
    )
    employer = Employer(
        id=uuid4(),
        name="Boulangerie",
        neq=neq or str(uuid4().int)[:10],
        status=status,
        status_reason="no reason",
        created_at=service.now(),
    )
    async with service.database.begin() as session:
        session.add_all((account, employer))
        await session.flush()
        session.add(EmployerMember(id=account.id, employer_id=employer.id, name="Max"))
    return employer.id, account.id


def as_agent(service: Context) -> Context:
    return asking(service, Caller(account_id=uuid4(), role=Role.AGENT, session_id=uuid4(), token_expires_at=service.now()))


def as_member(service: Context, account_id: UUID, employer_id: UUID) -> Context:
    caller = Caller(
        account_id=account_id,
        role=Role.EMPLOYER_MEMBER,
        session_id=uuid4(),
        token_expires_at=service.now(),
        employer_id=employer_id,
        employer_status=EmployerStatus.PENDING,
    )
    return asking(service, caller)


async def test_an_agent_authenticates_and_those_who_must_know_are_told(service: Context) -> None:
    employer_id, _ = await keep_employer(service)
    row = await authenticate(as_agent(service), employer_id)
    assert (row.status, row.status_reason) == (EmployerStatus.AUTHENTICATED, None)
    assert [kind for kind, _ in await owed(service)] == ["member.letter", "employer.changed"]
    with pytest.raises(Conflict, match="ALREADY_AUTHENTICATED"):
        await authenticate(as_agent(service), employer_id)


async def test_an_address_that_nobody_has_confirmed_authenticates_nobody(service: Context) -> None:
    employer_id, member_id = await keep_employer(service, confirmed=False)
    with pytest.raises(Conflict, match="ADDRESS_NOT_CONFIRMED"):
        await authenticate(as_agent(service), employer_id)
    assert (await row_of(service, employer_id)).status is EmployerStatus.PENDING
    async with service.database.begin() as session:
        (await session.get_one(Account, member_id)).email_confirmed_at = service.now()
    assert (await authenticate(as_agent(service), employer_id)).authenticated


async def test_a_reason_is_kept_where_one_is_given(service: Context) -> None:
    employer_id, _ = await keep_employer(service)
    agent = as_agent(service)
    assert (await authenticate(agent, employer_id, " Vérifié par téléphone. ")).status_reason == "Vérifié par téléphone."
    await suspend(agent, employer_id, "Une plainte.")
    assert (await reinstate(agent, employer_id, "Une erreur de notre part.")).status_reason == "Une erreur de notre part."
    reasons = [each.reason for each in await history_of(agent, employer_id)]
    assert reasons == ["Vérifié par téléphone.", "Une plainte.", "Une erreur de notre part."]


async def test_a_refusal_says_why_and_can_be_taken_back(service: Context) -> None:
    employer_id, _ = await keep_employer(service)
    row = await refuse(as_agent(service), employer_id, "  the NEQ is of another business ")
    assert (row.status, row.status_reason) == (EmployerStatus.REFUSED, "the NEQ is of another business")
    with pytest.raises(Conflict, match="NOT_PENDING"):
        await refuse(as_agent(service), employer_id, "once more")
    assert (await authenticate(as_agent(service), employer_id)).status is EmployerStatus.AUTHENTICATED
    assert [kind for kind, _ in await owed(service)] == ["member.letter", "employer.changed"] * 2


async def test_of_those_with_one_neq_one_is_authenticated_at_a_time(service: Context) -> None:
    one, other = [(await keep_employer(service, neq="1143920115"))[0] for _ in range(2)]
    await authenticate(as_agent(service), one)
    with pytest.raises(Conflict, match="NEQ_TAKEN"):
        await authenticate(as_agent(service), other)
    assert (await row_of(service, other)).status is EmployerStatus.PENDING
    await suspend(as_agent(service), one, "the NEQ is of another business")
    await authenticate(as_agent(service), other)
    with pytest.raises(Conflict, match="NEQ_TAKEN"):
        await reinstate(as_agent(service), one)
    await suspend(as_agent(service), other, "not theirs after all")
    assert (await reinstate(as_agent(service), one)).authenticated


async def test_two_agents_at_once_authenticate_one_of_two_with_one_neq(service: Context) -> None:
    ids = [(await keep_employer(service, neq="1143920115"))[0] for _ in range(3)]
    answers = await asyncio.gather(*(authenticate(as_agent(service), each) for each in ids), return_exceptions=True)
    assert [each.code for each in answers if isinstance(each, Conflict)] == ["NEQ_TAKEN"] * 2
    assert [(await row_of(service, each)).authenticated for each in ids].count(True) == 1


async def row_of(service: Context, employer_id: UUID) -> Employer:
    async with service.database.read() as session:
        return await session.get_one(Employer, employer_id)


@pytest.mark.parametrize(
    ("reason", "code"), [("", "REQUIRED"), (" ", "REQUIRED"), ("x" * 1001, "TOO_LONG"), ("x\x00", "UNFIT_CHARACTER")]
)
async def test_a_refusal_without_a_reason_that_can_be_read_is_none(service: Context, reason: str, code: str) -> None:
    employer_id, _ = await keep_employer(service)
    with pytest.raises(Invalid) as refusal:
        await refuse(as_agent(service), employer_id, reason)
    assert [(problem.path, problem.code) for problem in refusal.value.problems] == [(("reason",), code)]
    assert await owed(service) == []


async def test_an_unknown_employer_cannot_be_authenticated_or_refused(service: Context) -> None:
    with pytest.raises(NotFound):
        await authenticate(as_agent(service), uuid4())
    with pytest.raises(NotFound):
        await refuse(as_agent(service), uuid4(), "no such business")


@pytest.mark.parametrize("status", EmployerStatus)
async def test_only_an_authenticated_employer_exists_for_strangers(service: Context, status: EmployerStatus) -> None:
    employer_id, account_id = await keep_employer(service, status)
    _, stranger_id = other = await keep_employer(service)
    strangers = [asking(service), as_member(service, stranger_id, other[0])]
    seen = [await known(context, employer_id) is not None for context in strangers]
    assert seen == [status is EmployerStatus.AUTHENTICATED] * 2
    for context in (as_agent(service), as_member(service, account_id, employer_id)):
        assert await known(context, employer_id) is not None
    assert await known(as_agent(service), uuid4()) is None


async def test_members_know_each_other_and_strangers_know_none(service: Context) -> None:
    employer_id, account_id = await keep_employer(service)
    other_employer, stranger_id = await keep_employer(service)
    colleague = as_member(service, uuid4(), employer_id)
    found = await member(colleague, account_id)
    assert found is not None
    assert (found.member.name, found.employer.id) == ("Max", employer_id)
    assert await member(as_agent(service), account_id) is not None
    assert await member(asking(service), account_id) is None
    assert await member(as_member(service, stranger_id, other_employer), account_id) is None
    assert [each.account.id for each in await members_of(colleague, employer_id)] == [account_id]


async def test_those_who_wait_come_in_the_order_of_their_waiting_page_by_page(service: Context, clock: Clock) -> None:
    expected = []
    for number in range(7):
        clock.move(microseconds=number % 2)  # two of each pair at the same instant
        expected.append((clock(), (await keep_employer(service))[0]))
    await keep_employer(service, EmployerStatus.AUTHENTICATED)
    in_order = [key for _, key in sorted(expected, key=lambda each: (each[0], each[1].hex))]
    found, after = [], None
    for size in (3, 3, 1):
        page = await waiting(as_agent(service), PageRequest(3, after))
        assert (len(page.items), page.total, page.has_previous) == (size, 7, after is not None)
        assert page.has_next is (size == 3)
        found += [row.id for _, row in page.items]
        after = page.items[-1][0]
    assert found == in_order


async def test_whoever_is_authenticated_meanwhile_moves_no_page(service: Context, clock: Clock) -> None:
    ids = []
    for _ in range(4):
        clock.move(seconds=1)
        ids.append((await keep_employer(service))[0])
    first = await waiting(as_agent(service), PageRequest(2, None))
    await authenticate(as_agent(service), ids[0])
    second = await waiting(as_agent(service), PageRequest(2, first.items[-1][0]))
    assert [row.id for _, row in second.items] == ids[2:]


@pytest.mark.parametrize(
    ("request_", "path"),
    [
        (PageRequest(0, None), "first"),
        (PageRequest(101, None), "first"),
        (PageRequest(-1, None), "first"),
        (PageRequest(5, "nonsense"), "after"),
        (PageRequest(5, ""), "after"),
        (PageRequest(5, "\ud800"), "after"),
    ],
)
async def test_a_page_that_cannot_be_is_refused_by_field(service: Context, request_: PageRequest, path: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await waiting(as_agent(service), request_)
    assert [problem.path for problem in refusal.value.problems] == [(path,)]
