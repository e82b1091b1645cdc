"""The letter about applications that were erased, to the members of an employer that had one: it names nothing, because nothing
is left to be named."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select

from models.account import Account
from models.database import Database
from models.employer import EmployerMember
from models.outbox import OutboxEntry
from notifications.email import MailRefused
from notifications.letters import Letter
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over
from texts.catalogue import text


async def send_gone(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """Unless nobody is known to read the address. Raises MailDelayed."""
    query = select(Account, EmployerMember.name).join(EmployerMember, EmployerMember.id == Account.id)
    async with database.read() as session:
        row = (await session.execute(query.where(Account.id == due.subject))).one_or_none()
    if row is None or row[0].email_confirmed_at is None:
        return
    account, name = row
    envelope = Envelope(post.sender, name, account.email, f"{due.kind}.{due.id}.{account.id}", now)
    with suppress(MailRefused):  # nobody can be told; the list of applications says the same
        await hand_over(post, _gone(account, name), envelope)


def _gone(account: Account, name: str) -> Letter:
    language = account.language
    return Letter(
        language,
        subject=text("mail.application.gone.subject", language),
        greeting=text("mail.greeting.name", language, name=name),
        paragraphs=[text("mail.application.gone.body", language), text("mail.application.gone.next", language)],
    )
