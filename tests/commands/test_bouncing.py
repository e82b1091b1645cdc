"""What came back is taken in once, however it is told, and nothing that a mail server pipes in is thrown back at it."""

import pytest
from sqlalchemy import select

from models.account import Account
from tests.commands.operator import Operator
from tests.notifications.rows import Person, add_person
from tests.notifications.test_bounces import bounce


async def keep(operator: Operator, email: str) -> Person:
    async with operator.parts() as resources, resources.database.begin() as session:
        return add_person(session, email=email)


async def problems(operator: Operator) -> dict[str, str | None]:
    async with operator.parts() as resources, resources.database.read() as session:
        return {row.email: row.email_stopped for row in await session.execute(select(Account.email, Account.email_stopped))}


async def test_an_operator_names_addresses_as_often_as_he_likes(operator: Operator) -> None:
    await keep(operator, "awa@example.org")
    first = await operator.run("bounce", "Awa@example.org", "nobody@example.org")
    again = await operator.run("bounce", "awa@example.org", "--complaint")
    assert (first.code, first.out) == (0, "1 stopped, 0 stopped before, 1 of nobody here\n")
    assert (again.code, again.out) == (0, "0 stopped, 1 stopped before, 0 of nobody here\n")
    assert await problems(operator) == {"awa@example.org": "ADDRESS_BOUNCED"}


async def test_lines_of_a_file_say_which_kind_each_is_and_bad_ones_are_told(sqlite_operator: Operator) -> None:
    for email in ("awa@example.org", "ada@example.org"):
        await keep(sqlite_operator, email)
    file = sqlite_operator.keeps("# of march\nawa@example.org\n\nada@example.org complaint\nwhat is this\n")
    ran = await sqlite_operator.run("bounce", "--file", str(file))
    assert (ran.code, ran.out) == (1, "2 stopped, 0 stopped before, 0 of nobody here\n")
    assert ran.err == "line 5 names no address and no message of ours\n"
    assert await problems(sqlite_operator) == {"awa@example.org": "ADDRESS_BOUNCED", "ada@example.org": "COMPLAINT_RECEIVED"}


async def test_a_file_that_is_not_there_is_a_failure(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.run("bounce", "--file", "nowhere")
    assert ran.code == 1
    assert "nowhere cannot be read" in ran.err


@pytest.mark.parametrize("typed", ["", "Subject: away\n\nI am on holiday.", bounce().decode()])
async def test_a_report_that_stops_nothing_is_no_failure(sqlite_operator: Operator, typed: str) -> None:
    assert (await sqlite_operator.run("bounce", typing=typed)).code == 0


async def test_a_report_on_standard_input_stops_the_account_that_its_message_names(sqlite_operator: Operator) -> None:
    person = await keep(sqlite_operator, "awa@example.org")
    async with sqlite_operator.parts() as resources, resources.database.read() as session:
        reference = (await session.get_one(Account, person.id)).mail_reference
    report = bounce(message_id=f"<registration.settled.1.{reference}@example.org>")
    ran = await sqlite_operator.run("bounce", typing=report.decode())
    assert (ran.code, ran.out) == (0, "1 stopped, 0 stopped before, 0 of nobody here\n")
    assert await problems(sqlite_operator) == {"awa@example.org": "ADDRESS_BOUNCED"}
