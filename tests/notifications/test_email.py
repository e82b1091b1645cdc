"""A message that is handed over is taken whole; one that is not is either to be tried again or never to be sent."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from models.language import Language
from notifications import letters
from notifications.email import FileMailer, MailDelayed, MailRefused
from notifications.message import Envelope, compose
from notifications.opening import open_mailer
from notifications.smtp import SmtpMailer
from tests.conftest import NOW
from tests.notifications.mail_server import MailServer, answering, mail_server, own_certificate

SENDER = "Placement en ligne <ne-pas-repondre@example.org>"


def message(reference: str = "a1", recipient: str = "awa@example.org", **moved: float) -> EmailMessage:
    envelope = Envelope(SENDER, "Awa", recipient, reference, NOW + timedelta(**moved))
    return compose(letters.registration_accepted(Language.FR, "Awa"), envelope)


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


def mailer_to(server: MailServer, **settings: Any) -> SmtpMailer:
    """Leaves after each message: what is kept open is the matter of tests/notifications/test_smtp.py."""
    return SmtpMailer(server.host, server.port, rest_seconds=0, **settings)


async def sent_to(url: str) -> None:
    """One message, by the mailer that the URL opens."""
    mailer = open_mailer(url)
    await mailer.send(message())
    await mailer.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_certificate(tmp_path_factory.mktemp("certificate") / "mail.pem")


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


async def test_what_the_server_takes_is_what_was_sent(server: MailServer) -> None:
    await sent_to(server.url)
    (received,) = server.messages
    assert server.recipients == ["awa@example.org"]
    assert received["Subject"] == "Votre inscription est acceptée"
    assert received["Message-ID"] == "<a1@example.org>"
    assert server.contents[0].isascii()


@pytest.mark.parametrize("codes", ["550 5.1.1", "553 5.1.3", "556 5.1.10", "554 5.2.1", "550", "551", "553"])
async def test_a_recipient_whom_the_server_does_not_know_is_refused(server: MailServer, codes: str) -> None:
    server.on_recipient = answering(f"{codes} no mailbox awa@example.org")
    with pytest.raises(MailRefused, match=f"^{codes}$"):
        await mailer_to(server).send(message())


@pytest.mark.parametrize(
    "codes", ["554 5.7.1", "550 5.7.1", "553 5.5.4", "550 5.4.1", "553 5.1.7", "553 5.1.8", "530 5.7.0", "554", "503"]
)
async def test_a_server_that_will_not_serve_us_is_tried_again(server: MailServer, codes: str) -> None:
    server.on_recipient = answering(f"{codes} relay access denied for awa@example.org")
    with pytest.raises(MailDelayed, match=f"^{codes}$"):
        await mailer_to(server).send(message())


async def test_a_message_that_the_server_will_not_have_is_refused(server: MailServer) -> None:
    server.on_data = answering("554 5.7.1 not wanted")
    with pytest.raises(MailRefused, match="554"):
        await mailer_to(server).send(message())


async def test_a_mailbox_that_is_full_today_is_tried_again(server: MailServer) -> None:
    server.on_recipient = answering("452 4.2.2 mailbox full")
    with pytest.raises(MailDelayed, match="452"):
        await mailer_to(server).send(message())


async def test_a_server_that_cannot_keep_the_message_now_is_tried_again(server: MailServer) -> None:
    server.on_data = answering("451 4.3.0 later")
    with pytest.raises(MailDelayed, match="451"):
        await mailer_to(server).send(message())


async def test_a_server_that_does_not_answer_in_time_is_tried_again(server: MailServer) -> None:
    async def silence() -> str:
        await asyncio.sleep(0.5)
        return "250 too late"

    server.on_data = silence
    with pytest.raises(MailDelayed):
        await mailer_to(server, answer_seconds=0.1).send(message())


async def test_a_server_that_takes_its_time_after_the_message_is_waited_for(server: MailServer) -> None:
    async def slowly() -> str:
        await asyncio.sleep(0.3)
        return "250 taken at last"

    server.on_data = slowly
    await mailer_to(server).send(message())
    assert len(server.messages) == 1


async def test_no_server_is_a_delay() -> None:
    async with mail_server() as gone:
        pass
    with pytest.raises(MailDelayed):
        await mailer_to(gone).send(message())


async def test_encryption_is_used_when_it_is_offered_and_then_the_password_goes(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with mail_server(tls) as server:
        await sent_to(f"smtp://courrier:mot%20de%2Fpasse@{server.host}:{server.port}")
    assert (server.encrypted, server.sign_ins) == ([True], [("courrier", "mot de/passe")])


async def test_smtps_is_encrypted_from_the_first_byte(
    tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    async with mail_server(tls, from_the_start=True) as server:
        await sent_to(f"smtps://{server.host}:{server.port}")
    assert len(server.messages) == 1


async def test_a_server_that_nobody_vouches_for_gets_nothing(tls: ssl.SSLContext) -> None:
    async with mail_server(tls) as server:
        with pytest.raises(MailDelayed, match="certificate"):
            await mailer_to(server).send(message())
    assert server.messages == []


async def test_a_password_is_never_sent_in_the_clear(server: MailServer) -> None:
    with pytest.raises(MailDelayed, match="no encryption"):
        await mailer_to(server, user="courrier", password="secret").send(message())
    assert server.sign_ins == []


async def test_an_address_in_another_alphabet_is_carried_by_a_server_that_knows_them(server: MailServer) -> None:
    await mailer_to(server).send(message(recipient="زكريا@québec.example"))
    assert server.recipients == ["زكريا@xn--qubec-csa.example"]
    assert "\r\nTo: Awa <زكريا@xn--qubec-csa.example>\r\n".encode() in server.contents[0]


async def test_an_address_in_another_alphabet_is_refused_where_no_server_carries_it() -> None:
    async with mail_server(international=False) as server:
        with pytest.raises(MailRefused):
            await mailer_to(server).send(message(recipient="زكريا@example.org"))
        await mailer_to(server).send(message())
    assert server.recipients == ["awa@example.org"]


async def test_files_lie_in_the_order_of_their_dates_and_the_same_message_replaces_itself(tmp_path: Path) -> None:
    mailer = open_mailer(f"file:{tmp_path / 'mail'}")
    for sent in (message("b", minutes=1), message("a"), message("a"), message("../c", minutes=2)):
        await mailer.send(sent)
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.name[:16] for path in files] == ["20260316T140000Z", "20260316T140100Z", "20260316T140200Z"]
    assert all(path.name.replace("-", "").removesuffix(".eml").isalnum() for path in files)
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    assert [each["Message-ID"] for each in read] == ["<a@example.org>", "<b@example.org>", "<../c@example.org>"]


async def test_a_folder_that_cannot_be_written_is_a_delay(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    with pytest.raises(MailDelayed):
        await FileMailer(tmp_path / "mail").send(message())


@pytest.mark.parametrize("url", ["", "file:", "mailto:a@b", "smtp:", "smtp://", "http://mail.example.org"])
def test_an_address_of_another_kind_opens_no_mailer(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://HOST"):
        open_mailer(url)
