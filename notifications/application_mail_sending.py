"""Sends the mails about applications. Everything is read again first: what is no longer so, or may no longer be told, is left
out. How a mail is sent and then marked is said in notifications.sending."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_

from errors import NotYet
from models.application_news import ApplicationMail, ApplicationNews, hand_on, hold_back
from models.database import Database
from models.lock import try_lock
from notifications.application_mail_letters import application_letter
from notifications.due_application_mail import DueMail, find_due_application_mail, find_news_told
from notifications.email import MailRefused
from notifications.message import Envelope
from notifications.post import Post
from notifications.sending import hand_over


async def send_application_mail(database: Database, post: Post, mail_id: UUID, now: datetime) -> None:
    """To one person whose address is confirmed, of what was gathered. What was told, or never will be, is forgotten; what may be
    told later waits; what was for a member who has left since goes to others. Raises MailDelayed, and NotYet while another mail
    goes to the same person."""
    async with database.read() as session:
        mail = await session.get(ApplicationMail, mail_id)
        if mail is None:
            return
        if not await try_lock(session, f"application mails of {mail.account_id}"):  # both would tell where an application stands
            raise NotYet("another mail to the same person is being sent")
        await _send(database, post, mail_id, now)


async def _send(database: Database, post: Post, mail_id: UUID, now: datetime) -> None:
    async with database.snapshot() as session:
        due = await find_due_application_mail(session, mail_id)
        going = due if due and due.going else None
        told = await find_news_told(session, going) if going else ()
    if going is not None:
        with suppress(MailRefused):  # nobody can be told; what the mail says is in the account too
            await hand_over(post, application_letter(going, post, now), _envelope(post, going, now))
    async with database.begin() as session:
        if due is not None and due.has_left:
            await hand_on(session, mail_id, now)
        elif due is not None:
            await hold_back(session, due.mail, due.held_back, now)
        old = or_(ApplicationNews.mail_id == mail_id, ApplicationNews.id.in_(told))
        await session.execute(delete(ApplicationNews).where(old))
        await session.execute(delete(ApplicationMail).where(ApplicationMail.id == mail_id))


def _envelope(post: Post, due: DueMail, now: datetime) -> Envelope:
    """Named after the mail, and after the account, by which a mail that comes back is known (notifications.bounces)."""
    return Envelope(post.sender, due.name, due.account.email, f"application_mail.{due.mail.id}.{due.account.mail_reference}", now)
