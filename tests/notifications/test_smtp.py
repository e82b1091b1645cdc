"""Many messages go in one conversation with the mail server. One that breaks loses no message and repeats none."""

import asyncio
import time
from collections.abc import AsyncIterator
from email.message import EmailMessage
from itertools import pairwise

import pytest

from models.language import Language
from notifications import letters
from notifications.email import MailDelayed, MailRefused
from notifications.message import Envelope, compose
from notifications.opening import open_mailer
from notifications.pace import Pace
from notifications.smtp import MESSAGES, SmtpMailer
from tests.conftest import NOW
from tests.notifications.mail_server import MailServer, answering, mail_server, taken


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def mailer(server: MailServer) -> AsyncIterator[SmtpMailer]:
    opened = SmtpMailer(server.host, server.port, answer_seconds=1)
    yield opened
    await opened.close()


def message(reference: str = "a1", recipient: str = "awa@example.org") -> EmailMessage:
    envelope = Envelope("Placement <placement@example.org>", "Awa", recipient, reference, NOW)
    return compose(letters.registration_accepted(Language.FR, "Awa"), envelope)


def references(server: MailServer) -> list[str]:
    return [each["Message-ID"].partition("@")[0].lstrip("<") for each in server.messages]


async def test_one_conversation_carries_many_messages(server: MailServer, mailer: SmtpMailer) -> None:
    for number in range(20):
        await mailer.send(message(f"m{number}"))
    assert references(server) == [f"m{number}" for number in range(20)]
    assert len(server.conversations) == 1


async def test_messages_sent_side_by_side_have_conversations_of_their_own(server: MailServer, mailer: SmtpMailer) -> None:
    for _ in range(3):
        await asyncio.gather(*(mailer.send(message(f"m{number}")) for number in range(4)))
    assert (len(server.contents), len(server.conversations)) == (12, 4)


async def test_a_conversation_is_left_when_it_rests(server: MailServer) -> None:
    mailer = SmtpMailer(server.host, server.port, rest_seconds=0.05)
    await mailer.send(message())
    await asyncio.sleep(0.3)
    assert server.conversations[0].transport is None, "the client said good-bye"
    await mailer.send(message("m2"))
    await mailer.close()
    assert len(server.conversations) == 2


async def test_a_conversation_ends_after_so_many_messages(server: MailServer, mailer: SmtpMailer) -> None:
    for number in range(MESSAGES + 1):
        await mailer.send(message(f"m{number}"))
    assert (len(server.contents), len(server.conversations)) == (MESSAGES + 1, 2)


async def test_a_refused_recipient_spoils_nothing_for_the_next(server: MailServer, mailer: SmtpMailer) -> None:
    server.on_recipient = answering("550 5.1.1 nobody")
    with pytest.raises(MailRefused):
        await mailer.send(message("m1", "personne@example.org"))
    server.on_recipient, server.on_data = taken, answering("554 5.7.1 not wanted")
    with pytest.raises(MailRefused):
        await mailer.send(message("m2"))
    server.on_data = taken
    await mailer.send(message("m3"))
    assert (references(server), server.recipients, len(server.conversations)) == (["m3"], ["awa@example.org"], 1)


async def test_a_conversation_that_broke_meanwhile_is_begun_anew(server: MailServer, mailer: SmtpMailer) -> None:
    await mailer.send(message("m1"))
    server.hang_up()
    await mailer.send(message("m2"))
    assert (references(server), len(server.conversations)) == (["m1", "m2"], 2)


@pytest.mark.parametrize("said", ["421 4.7.0 too many messages in one session"])
async def test_a_server_that_has_had_enough_is_called_again(server: MailServer, mailer: SmtpMailer, said: str) -> None:
    await mailer.send(message("m1"))

    async def once() -> str:
        server.on_recipient = taken
        return said

    server.on_recipient = once
    await mailer.send(message("m2"))
    assert (references(server), len(server.conversations)) == (["m1", "m2"], 2)


async def test_one_that_breaks_before_the_message_itself_is_begun_anew_once(server: MailServer, mailer: SmtpMailer) -> None:
    await mailer.send(message("m1"))

    async def breaking() -> str:
        server.hang_up()
        return "250 too late"

    server.on_recipient = breaking
    with pytest.raises(MailDelayed):
        await mailer.send(message("m2"))
    assert (references(server), len(server.conversations)) == (["m1"], 2), "in the old one and in one other"


async def test_one_that_breaks_after_the_message_is_not_repeated_at_once(server: MailServer, mailer: SmtpMailer) -> None:
    await mailer.send(message("m1"))

    async def breaking() -> str:
        server.hang_up()
        return "250 taken, but nobody hears it"

    server.on_data = breaking
    with pytest.raises(MailDelayed):
        await mailer.send(message("m2"))
    assert (references(server), len(server.conversations)) == (["m1", "m2"], 1), "the server may have it, and here it has"


async def test_a_silent_server_is_given_up_after_the_message_and_the_next_begins_anew(
    server: MailServer, mailer: SmtpMailer
) -> None:
    async def silence() -> str:
        await asyncio.sleep(2)
        return "250 too late"

    server.on_data = silence
    with pytest.raises(MailDelayed):
        await mailer.send(message("m1"))
    server.on_data = taken
    await mailer.send(message("m2"))
    assert len(server.conversations) == 2


async def test_what_cannot_be_delivered_comes_back_to_the_return_path(server: MailServer) -> None:
    mailer = open_mailer(server.url, return_path="retours@example.org")
    await mailer.send(message())
    await mailer.close()
    assert server.senders == ["retours@example.org"]
    assert server.messages[0]["From"] == "Placement <placement@example.org>"


async def test_messages_go_no_faster_than_they_may(server: MailServer) -> None:
    mailer, began = open_mailer(server.url, rate=20), time.monotonic()
    await asyncio.gather(*(mailer.send(message(f"m{number}")) for number in range(8)))
    await mailer.close()
    assert len(server.contents) == 8
    assert time.monotonic() - began >= 7 / 20


async def test_turns_come_at_even_distances_in_the_order_asked_for() -> None:
    pace, turns = Pace(50), list[tuple[int, float]]()

    async def take(number: int) -> None:
        await pace.turn()
        turns.append((number, time.monotonic()))

    await asyncio.gather(*map(take, range(5)))
    assert [number for number, _ in turns] == [0, 1, 2, 3, 4]
    assert all(later - earlier > 0.01 for (_, earlier), (_, later) in pairwise(turns))
