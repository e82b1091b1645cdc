"""Letters about passwords and addresses: after a crash the same again, and none for what has served or ended meanwhile."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from auth.keys import Keys
from auth.links import Links
from models.account import Account
from models.account_token import AccountToken, EmailChange, TokenPurpose, find_token, token_hash, void_tokens
from models.candidate import Candidate
from models.database import Database
from models.outbox import OutboxEntry
from notifications.account_letters import LETTERS, send_account_letter
from notifications.email import MailDelayed
from notifications.opening import open_mailer
from notifications.post import Post
from tests.conftest import NOW, Clock
from tests.notifications.mail_server import MailServer, answering, mail_server
from tests.notifications.rows import Person, add_person

URL = "https://placement.example.org"
RESET = TokenPurpose.RESET_PASSWORD


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def post(server: MailServer, clock: Clock) -> AsyncIterator[Post]:
    links = Links(Keys(["a secret of at least thirty-two bytes"]), URL, clock)
    opened = Post(open_mailer(server.url), links, "Placement en ligne <ne-pas-repondre@example.org>")
    yield opened
    await opened.mailer.close()


async def person(database: Database, confirmed: bool = True, email: str = "awa@example.org") -> Person:
    async with database.begin() as session:
        return add_person(session, given_name="Awa", email=email, confirmed=confirmed)


def due(subject: UUID, kind: str = "account.reset_password", number: int = 7) -> OutboxEntry:
    return OutboxEntry(id=number, kind=kind, subject=subject)


def links(server: MailServer) -> list[str]:
    """The tokens in the mails so far."""
    contents = [content.replace(b"=\r\n", b"").decode() for content in server.contents]
    return [each.split("/reset-password/")[1].split()[0] for each in contents if "/reset-password/" in each]


async def serves(database: Database, token: str, clock: Clock) -> bool:
    async with database.read() as session:
        return await find_token(session, token, [RESET], clock()) is not None


async def test_a_crash_between_sending_and_marking_repeats_the_same_message_with_the_same_link(
    database: Database, server: MailServer, post: Post, clock: Clock
) -> None:
    awa = await person(database)
    for _ in range(2):
        await send_account_letter(database, post, due(awa.id), clock())
        clock.move(minutes=20)
    first, second = server.messages
    async with database.read() as session:
        reference = (await session.get_one(Account, awa.id)).mail_reference
    assert first["Message-ID"] == second["Message-ID"] == f"<account.reset_password.7.{reference}@example.org>"
    (token, again) = links(server)
    assert token == again
    assert await serves(database, token, clock), "it lives on from when it was sent last"


async def test_each_letter_has_a_link_of_its_own(database: Database, server: MailServer, post: Post) -> None:
    people = [await person(database), await person(database, email="zoe@example.org")]
    for number, each in enumerate((*people, people[0])):
        await send_account_letter(database, post, due(each.id, number=number), NOW)
    assert len(set(links(server))) == 3


async def test_a_letter_whose_link_has_served_is_not_sent_again(
    database: Database, server: MailServer, post: Post, clock: Clock
) -> None:
    awa = await person(database)
    await send_account_letter(database, post, due(awa.id), clock())
    async with database.begin() as session:
        await void_tokens(session, awa.id, [RESET], clock())
    await send_account_letter(database, post, due(awa.id), clock())
    (token,) = links(server)
    assert not await serves(database, token, clock)


async def test_a_letter_that_waits_for_the_mail_server_loses_none_of_its_time(
    database: Database, server: MailServer, post: Post, clock: Clock
) -> None:
    awa = await person(database)
    server.on_data = answering("451 4.3.0 later")
    with pytest.raises(MailDelayed):
        await send_account_letter(database, post, due(awa.id), clock())
    clock.move(hours=5)
    server.on_data = answering("250 taken")
    await send_account_letter(database, post, due(awa.id), clock())
    clock.move(minutes=29)
    assert await serves(database, links(server)[-1], clock)


@pytest.mark.parametrize("kind", ["account.reset_password", "account.password_changed"])
async def test_an_address_that_is_not_confirmed_receives_none(
    database: Database, server: MailServer, post: Post, kind: str
) -> None:
    await send_account_letter(database, post, due((await person(database, confirmed=False)).id, kind), NOW)
    assert server.messages == []


@pytest.mark.parametrize("kind", LETTERS)
async def test_nothing_is_sent_about_what_is_gone(database: Database, server: MailServer, post: Post, kind: str) -> None:
    await send_account_letter(database, post, due(uuid4(), kind), NOW)
    assert server.messages == []


async def test_no_letter_names_the_person(database: Database, server: MailServer, post: Post) -> None:
    awa = await person(database)
    async with database.begin() as session:
        (await session.get_one(Candidate, awa.id)).given_name = "Awa\r\nBcc: evil@example.com"
        change = EmailChange(account_id=awa.id, email="new@example.org", old_email="awa@example.org", requested_at=NOW)
        session.add(change)
    for kind in LETTERS:
        await send_account_letter(database, post, due(awa.id if kind.startswith("account") else change.id, kind), NOW)
    assert server.recipients == ["awa@example.org", "awa@example.org", "awa@example.org", "new@example.org", "awa@example.org"]
    assert all("Bcc" not in message for message in server.messages)
    assert not any(b"Awa" in content for content in server.contents)


async def test_an_address_that_no_server_takes_is_given_up(database: Database, server: MailServer, post: Post) -> None:
    awa = await person(database)
    server.on_recipient = answering("550 5.1.1 no such mailbox")
    await send_account_letter(database, post, due(awa.id), NOW)
    assert server.messages == []


async def test_tokens_that_ended_a_day_ago_are_forgotten_whosever_they_are(
    database: Database, server: MailServer, post: Post, clock: Clock
) -> None:
    awa, zoe = await person(database), await person(database, email="zoe@example.org")
    await send_account_letter(database, post, due(awa.id), clock())
    (old,) = links(server)
    for moved, kept in ((timedelta(hours=24), True), (timedelta(minutes=30), False)):
        clock.instant += moved
        await send_account_letter(database, post, due(zoe.id, number=8), clock())
        async with database.read() as session:
            hashes = set(await session.scalars(select(AccountToken.token_hash)))
        assert (token_hash(old) in hashes) is kept
    assert len(hashes) == 1


async def test_a_link_is_never_mailed_to_an_address_that_the_account_has_left(
    database: Database, server: MailServer, post: Post
) -> None:
    awa = await person(database)
    async with database.begin() as session:
        (await session.get_one(Account, awa.id)).email = "new@example.org"
    await send_account_letter(database, post, due(awa.id), NOW)
    assert server.recipients == ["new@example.org"]
