"""Who owns what is seeded: the documented demonstration accounts, and the synthetic people and employers besides."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from commands.demo.objects import SyntheticEmployer, SyntheticPerson
from commands.sandbox import Person, Sandbox
from commands.seed_rows import key
from models.account import Account, Role
from models.agent import Agent
from models.bulk import insert_rows
from models.candidate import Candidate
from models.employer import NEQ_PREFIXES, Employer, EmployerMember, EmployerStatus, MemberRole

PASSWORD = "placement-demo"
CANDIDATE = "candidate@example.org"
EMPLOYER = "employer@example.org"
NEW_EMPLOYER = "newemployer@example.org"
AGENT = "agent@example.org"
DOMAIN = "demo.example.org"
NEWCOMER = SyntheticEmployer("newcomer", "Atelier des Deux-Rives", "12", "Lévis")
DEMO_SEED = 0
"""The seed of the demonstration; its first person has the account CANDIDATE."""


def person(seed: int, index: int, made: SyntheticPerson) -> Person:
    email = CANDIDATE if (seed, index) == (DEMO_SEED, 0) else f"candidate-{seed}-{index}@{DOMAIN}"
    return Person(key(f"person/{seed}/{index}"), email, made.given_name, made.family_name, made.country_of_residence)


async def keep_people(session: AsyncSession, sandbox: Sandbox, people: Sequence[Person]) -> dict[str, Candidate]:
    """The files of those people by e-mail address, made where there was none. None for the address of somebody who is not a
    candidate."""
    taken = await _taken(session, [each.email for each in people])
    new = [each for each in people if each.email not in taken]
    files = {each.email: sandbox.candidate(each) for each in new}
    await insert_rows(session, [sandbox.account(each) for each in new])
    await insert_rows(session, list(files.values()))
    known = select(Account.email, Candidate).join(Candidate, Candidate.id == Account.id).where(*_confirmed(taken))
    return files | dict((await session.execute(known)).all())


async def keep_employers(
    session: AsyncSession, sandbox: Sandbox, made: Sequence[SyntheticEmployer]
) -> dict[SyntheticEmployer, EmployerMember]:
    """One member of each of those employers, both made where there was none."""
    ids = {key(each.external_id): each for each in made}
    found = await session.scalars(select(EmployerMember).where(EmployerMember.employer_id.in_(ids)))
    members = {ids[member.employer_id]: member for member in found}
    for each in ids.values():
        if each not in members:
            employer = employer_row(sandbox, key(each.external_id), each, EmployerStatus.AUTHENTICATED)
            email = f"{each.external_id}@{DOMAIN}"
            members[each] = await keep_member(session, sandbox, employer, email, "Ressources humaines")
    return members


async def has_demo_accounts(session: AsyncSession) -> bool:
    return len(await _taken(session, [EMPLOYER, NEW_EMPLOYER, AGENT])) == 3


async def keep_demo_accounts(session: AsyncSession, sandbox: Sandbox, employer: SyntheticEmployer) -> None:
    """The accounts of an agent and of members of two employers. Who has one of the addresses already keeps it."""
    taken = await _taken(session, [EMPLOYER, NEW_EMPLOYER, AGENT])
    if AGENT not in taken:
        await _keep_agent(session, sandbox)
    if EMPLOYER not in taken:
        theirs = await session.get(Employer, key(employer.external_id))
        row = theirs or employer_row(sandbox, key(employer.external_id), employer, EmployerStatus.AUTHENTICATED)
        await keep_member(session, sandbox, row, EMPLOYER, "Camille Gagnon")
    if NEW_EMPLOYER not in taken:
        row = employer_row(sandbox, key(NEWCOMER.external_id), NEWCOMER, EmployerStatus.PENDING)
        await keep_member(session, sandbox, row, NEW_EMPLOYER, "Dominique Roy")


def employer_row(sandbox: Sandbox, id: UUID, made: SyntheticEmployer, status: EmployerStatus) -> Employer:
    return Employer(
        id=id,
        name=made.name,
        neq=neq(made.external_id),
        city=made.city,
        region=made.region,
        status=status,
        created_at=sandbox.now,
    )


async def keep_member(session: AsyncSession, sandbox: Sandbox, employer: Employer, email: str, name: str) -> EmployerMember:
    given, family = name.split(" ", 1)
    account = sandbox.account(Person(key(f"account/{email}"), email, given, family, "CA"), Role.EMPLOYER_MEMBER)
    session.add_all([account, employer])
    await session.flush()
    member = EmployerMember(id=account.id, employer_id=employer.id, name=name, role=MemberRole.OWNER)
    session.add(member)
    return member


async def _keep_agent(session: AsyncSession, sandbox: Sandbox) -> None:
    account = sandbox.account(Person(key(f"account/{AGENT}"), AGENT, "Agnès", "Tremblay", "CA"), Role.AGENT)
    session.add(account)
    await session.flush()
    session.add(Agent(id=account.id, name="Agnès Tremblay"))


async def _taken(session: AsyncSession, emails: Sequence[str]) -> set[str]:
    return set(await session.scalars(select(Account.email).where(*_confirmed(emails))))


def _confirmed(emails: Collection[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Account.email.in_(emails), Account.email_confirmed_at.is_not(None)


def neq(external_id: str) -> str:
    """Ten digits that look right: a prefix of the register, and a last digit that makes the Luhn check."""
    drawn = int(sha256(f"neq/{external_id}".encode()).hexdigest(), 16)
    seven = [drawn // 10**place % 10 for place in range(7)]
    doubled = [digit if place % 2 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(seven)]
    return NEQ_PREFIXES[drawn // 10**7 % len(NEQ_PREFIXES)] + "".join(map(str, seven)) + str(-sum(doubled) % 10)
