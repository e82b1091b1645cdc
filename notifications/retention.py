"""How long the ledger of what was published is kept: until it has served its reader, and as long as that could be told of
again. What else was told live is kept as long. Invitations that nobody accepted go as well."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select

from models.alert_mail import AlertMail
from models.database import Database
from models.member_invitation import MemberInvitation
from models.notification import Delivery, DeliveryStatus, Notification
from models.stream_event import StreamEvent
from notifications.audience import AUDIENCES, Audience

KEPT = timedelta(days=90)
"""After sending."""
KEPT_UNSENT = timedelta(days=180)
AT_ONCE = 1_000


async def purge(database: Database, now: datetime) -> int:
    """Forgets what is old enough; answers how many notifications that were. While it is published the notifications of it stay:
    a change would tell of it again."""
    purged = 0
    for of in AUDIENCES:
        while some := await _purge_some(database, of, now):
            purged += some
    empty = ~exists().where(Delivery.mail_id == AlertMail.id)
    async with database.begin() as session:
        events = delete(StreamEvent).where(StreamEvent.at < now - KEPT)
        await session.execute(events, execution_options={"synchronize_session": False})
        mails = delete(AlertMail).where(AlertMail.created_at < now - KEPT, empty)
        await session.execute(mails, execution_options={"synchronize_session": False})
        invitations = delete(MemberInvitation).where(MemberInvitation.expires_at <= now)
        await session.execute(invitations, execution_options={"synchronize_session": False})
    return purged


async def _purge_some(database: Database, of: Audience, now: datetime) -> int:
    of_it = Delivery.notification_id == Notification.id
    unsent = exists().where(of_it, Delivery.status != DeliveryStatus.SENT)
    lately = exists().where(of_it, Delivery.at > now - KEPT)
    old = (
        select(Notification.id)
        .join(of.row, of.row.id == of.subject)
        .where(of.row.status != "PUBLISHED", Notification.created_at < now - KEPT)
        .where(or_(and_(~unsent, ~lately), Notification.created_at < now - KEPT_UNSENT))
        .limit(AT_ONCE)
    )
    async with database.read() as session:  # it looks at all that is old: nobody who writes waits for that
        ids = (await session.scalars(old)).all()
    if ids:
        async with database.begin() as session:
            still = (await session.scalars(old.where(Notification.id.in_(ids)))).all()
            forget = delete(Notification).where(Notification.id.in_(still))
            await session.execute(forget, execution_options={"synchronize_session": False})
    return len(ids)
