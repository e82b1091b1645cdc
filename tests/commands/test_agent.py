"""Agents are made by whoever runs the service, and by nobody else."""

import pytest
from sqlalchemy import func, select

from models.account import Account, Role
from models.agent import Agent
from tests.commands.operator import Operator

PASSWORD = "a password of some length"


async def test_an_agent_is_kept_with_a_password_and_a_confirmed_address(operator: Operator) -> None:
    made = await operator.run("create-agent", " Chief@Example.org ", "--name", "Agnès Tremblay", typing=f"{PASSWORD}\r\n")
    assert (made.code, made.out, made.err) == (0, "chief@example.org can sign in as an agent.\n", "")
    async with operator.parts() as resources, resources.database.read() as session:
        account, agent = (await session.execute(select(Account, Agent).join(Agent, Agent.id == Account.id))).one()
        assert await resources.passwords.verify(account.password_hash, PASSWORD)
    assert (account.email, account.role, agent.name) == ("chief@example.org", Role.AGENT, "Agnès Tremblay")
    assert account.email_confirmed_at is not None


@pytest.mark.parametrize(
    ("email", "name", "typing", "told"),
    [
        ("nobody", "N", PASSWORD, "email: This is not an e-mail address"),
        ("a@example.org", "x" * 101, PASSWORD, "name: This is too long: at most 100 characters"),
        ("a@example.org", " ", PASSWORD, "name: This is required"),
        ("a@example.org", "N", "short", "password: A password has 12 to 200 characters"),
        ("a@example.org", "N", "", "password: A password has 12 to 200 characters"),
    ],
)
async def test_what_is_wrong_is_told_and_nobody_is_made(
    operator: Operator, email: str, name: str, typing: str, told: str
) -> None:
    refused = await operator.run("create-agent", email, "--name", name, typing=typing)
    assert (refused.code, refused.err) == (1, f"placement: {told}\n")
    async with operator.parts() as resources, resources.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Account)) == 0


async def test_an_address_that_has_an_account_is_told_to_whoever_runs_the_service(operator: Operator) -> None:
    await operator.run("create-agent", "a@example.org", "--name", "First", typing=PASSWORD)
    again = await operator.run("create-agent", "A@example.org", "--name", "Second", typing=PASSWORD)
    assert (again.code, again.err) == (1, "placement: a@example.org has an account already\n")


async def test_at_a_terminal_the_password_is_typed_twice_without_echo(sqlite_operator: Operator) -> None:
    typed = iter([PASSWORD, PASSWORD + "!", PASSWORD, PASSWORD])
    sqlite_operator.patch.setattr("commands.agent._at_a_terminal", lambda: True)
    sqlite_operator.patch.setattr("getpass.getpass", lambda prompt: next(typed))
    differing = await sqlite_operator.run("create-agent", "a@example.org", "--name", "First")
    assert (differing.code, differing.err) == (1, "placement: the two passwords differ\n")
    assert (await sqlite_operator.run("create-agent", "a@example.org", "--name", "First")).code == 0
