"""The letter about applications that were erased, to the members of an employer that had one: it names nothing, because nothing
is left to be named."""

from contextlib import suppress
from datetime import datetime

from models.account import Account
from models.database import Database
from models.outbox import OutboxEntry
from notifications.email import MailRefused
from notifications.letters import Letter
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over
from notifications.stand_in import find_reader
from texts.catalogue import text


async def send_gone(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """Unless nobody is known to read the address. Raises MailDelayed."""
    async with database.read() as session:
        reader = await find_reader(session, due.subject)
    if reader is None or reader[1].email_confirmed_at is None:
        return
    member, account = reader
    envelope = Envelope(post.sender, member.name, account.email, f"{due.kind}.{due.id}.{account.mail_reference}", now)
    with suppress(MailRefused):  # nobody can be told; the list of applications says the same
        await hand_over(post, _gone(account, member.name), envelope)


def _gone(account: Account, name: str) -> Letter:
    language = account.language
    return Letter(
        language,
        subject=text("mail.application.gone.subject", language),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[text("mail.application.gone.body", language), text("mail.application.gone.next", language)],
    )
