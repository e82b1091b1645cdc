"""The letters about passwords and addresses. Everything is read again first: a link goes to whoever reads an address for sure,
or to the one address that it is to confirm, and none goes for what has served, ended or been replaced meanwhile.

The token of a link is made when its letter goes out, from the entry of the outbox that owes it: a letter that is sent once
more after a crash carries it again, and the database, which keeps its hash, cannot tell it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from models.account import Account, confirmed_account
from models.account_token import EmailChange, TokenPurpose, keep_token
from models.database import Database
from models.language import Language
from models.outbox import OutboxEntry
from notifications.email import MailRefused
from notifications.letters import Letter, Link, recourse_details
from notifications.message import Envelope
from notifications.post import Links, Post
from notifications.sending import hand_over
from texts.catalogue import text


@dataclass(frozen=True)
class Going:
    """A letter, and where it goes. It names nobody: not everyone who reads these addresses is who they say."""

    email: str
    letter: Letter
    reference: UUID
    """Of the account that has the address, or of the change that is to give it to one."""


@dataclass(frozen=True)
class Desk:
    """What a letter is written with: the transaction in which it is decided, and the entry that owes it."""

    session: AsyncSession
    links: Links
    due: OutboxEntry
    now: datetime

    async def account(self, account_id: UUID) -> Account | None:
        """Held, so that its address and its tokens stay as they are until the new token is among them."""
        return await self.session.get(Account, account_id, with_for_update=True)

    async def change(self) -> tuple[Account, EmailChange] | None:
        """The change that the entry is about, with its account."""
        known = await self.session.get(EmailChange, self.due.subject)
        account = await self.account(known.account_id) if known else None
        change = await self.session.get(EmailChange, self.due.subject, populate_existing=True)
        return (account, change) if account and change else None

    async def link(self, account: Account, purpose: TokenPurpose) -> str | None:
        """None when the token of this very letter has served already, or is void."""
        url, token = self.links.serving_once(purpose, f"{self.due.id} {account.id}")
        return url if await keep_token(self.session, token, purpose, account.id, now=self.now) else None


async def send_account_letter(database: Database, post: Post, due: OutboxEntry, now: datetime) -> None:
    """Writes what the entry's kind names, unless it has nothing to say any more. Raises MailDelayed."""
    async with database.begin() as session:
        going = await LETTERS[due.kind](Desk(session, post.links, due, now))
    if going is None:
        return
    envelope = Envelope(post.sender, "", going.email, f"{due.kind}.{due.id}.{going.reference}", now)
    with suppress(MailRefused):  # nobody can be told
        await hand_over(post, going.letter, envelope)


async def _reset(desk: Desk) -> Going | None:
    account = await desk.account(desk.due.subject)
    if account is None or account.email_confirmed_at is None:
        return None
    url = await desk.link(account, TokenPurpose.RESET_PASSWORD)
    letter = _letter(account.language, "reset", "life", "not_you", url=url) if url else None
    return Going(account.email, letter, account.mail_reference) if letter else None


async def _password_changed(desk: Desk) -> Going | None:
    account = await desk.account(desk.due.subject)
    if account is None or account.email_confirmed_at is None:
        return None
    return Going(account.email, _warning(account.language, "password_changed"), account.mail_reference)


async def _leave(desk: Desk) -> Going | None:
    """To the address that the account has, which hears where it is to go."""
    found = await desk.change()
    if found is None or found[1].done_at is not None or found[0].email_confirmed_at is None:
        return None
    account, change = found
    url = await desk.link(account, TokenPurpose.LEAVE_ADDRESS)
    facts = {"email": change.email}
    letter = _letter(account.language, "leave", "life", "not_you", url=url, **facts) if url else None
    return Going(account.email, letter, account.mail_reference) if letter else None


async def _take(desk: Desk) -> Going | None:
    """To the address that it is to have; where an account has confirmed that already, a warning to its reader instead."""
    found = await desk.change()
    if found is None or found[1].done_at is not None:
        return None
    account, change = found
    if (reader := await desk.session.scalar(confirmed_account(change.email))) is not None:
        return Going(reader.email, _letter(reader.language, "wanted", "you"), reader.mail_reference)
    url = await desk.link(account, TokenPurpose.TAKE_ADDRESS)
    letter = _letter(account.language, "take", "life", "not_you", url=url) if url else None
    return Going(change.email, letter, change.id) if letter else None


async def _done(desk: Desk) -> Going | None:
    found = await desk.change()
    if found is None or found[0].email != found[1].email:  # changed once more since
        return None
    account, change = found
    return Going(change.email, _letter(account.language, "email_changed"), account.mail_reference)


async def _left(desk: Desk) -> Going | None:
    found = await desk.change()
    return Going(found[1].old_email, _warning(found[0].language, "email_left"), found[1].id) if found else None


LETTERS: Mapping[str, Callable[[Desk], Awaitable[Going | None]]] = {
    "account.reset_password": _reset,
    "account.password_changed": _password_changed,
    "email_change.leave": _leave,
    "email_change.take": _take,
    "email_change.done": _done,
    "email_change.left": _left,
}
"""By the kinds of the outbox that owe them."""


def _letter(language: Language, name: str, *closing: str, url: str | None = None, **facts: str) -> Letter:
    return Letter(
        language,
        subject=text(f"mail.{name}.subject", language),
        greeting=text("mail.greeting", language),
        paragraphs=[text(f"mail.{name}.body", language, **facts)],
        action=Link(text(f"mail.{name}.action", language), url) if url else None,
        closing=[text(f"mail.{name}.{each}", language) for each in closing],
    )


def _warning(language: Language, name: str) -> Letter:
    """Of what was done, with where to turn for whoever did not do it."""
    return Letter(
        language,
        subject=text(f"mail.{name}.subject", language),
        greeting=text("mail.greeting", language),
        paragraphs=[text(f"mail.{name}.body", language), text(f"mail.{name}.not_you", language)],
        details=recourse_details("LINK_INVALID", language),
    )
