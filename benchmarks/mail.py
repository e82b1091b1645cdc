"""How many mails a second go to a mail server on loopback, in one conversation; beside it, each in a conversation of its own.

python -m benchmarks.mail --mails 500"""

import argparse
import asyncio
import os
import ssl
import tempfile
import time
import warnings
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from tqdm import tqdm

from benchmarks.measuring import load
from models.language import Language
from notifications import letters
from notifications.message import Envelope, compose
from notifications.opening import open_mailer
from tests.notifications.mail_server import mail_server, own_certificate

SENDER = "Placement en ligne <ne-pas-repondre@example.org>"


def messages(count: int) -> list[EmailMessage]:
    letter, now = letters.registration_accepted(Language.FR, "Awa"), datetime.now(UTC)
    return [compose(letter, Envelope(SENDER, "Awa", "awa@example.org", f"m{number}", now)) for number in range(count)]


async def mails_a_second(url: str, mails: list[EmailMessage], *, leaving: bool) -> float:
    """`leaving` says good-bye after each."""
    mailer, started = open_mailer(url), time.perf_counter()
    for each in tqdm(mails, unit=" mails", disable=None, leave=False):
        await mailer.send(each)
        if leaving:
            await mailer.close()
    await mailer.close()
    return len(mails) / (time.perf_counter() - started)


async def measure(tls: ssl.SSLContext | None, count: int) -> None:
    mails = messages(count)
    async with mail_server(tls) as server:
        url = f"smtp://courrier:secret@{server.host}:{server.port}" if tls else server.url
        await mails_a_second(url, mails[:10], leaving=True)
        apart = await mails_a_second(url, mails, leaving=True)
        together = await mails_a_second(url, mails, leaving=False)
        taken = len(server.contents)
    name = "STARTTLS, signed in" if tls else "in the clear"
    print(f"{name:20} one each {apart:7.0f}/s   one for all {together:7.0f}/s   {together / apart:.1f} times ({taken} taken)")


async def run(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        certificate = own_certificate(Path(folder) / "mail.pem")
        os.environ["SSL_CERT_FILE"] = str(certificate)
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
        for context in (None, tls):
            await measure(context, count)
    print(load())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=500)
    warnings.simplefilter("ignore")  # the server's library warns of itself at each sign-in
    asyncio.run(run(parser.parse_args().mails))
