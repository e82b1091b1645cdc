"""The end of a candidate's account: everything about the person goes, in one transaction. What stays are figures that name
nobody. Which rows are the person's is said in models.personal_data."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from models import application_end, contact
from models.account import Account
from models.application import Application
from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.checks import Checks
from models.consultation import Consultation
from models.contact_request import ContactRequest
from models.erasure import Erasure
from models.holding import hold_candidate
from models.job_alert import JobAlert
from models.lock import lock
from models.notification import Notification
from models.outbox import OutboxEntry, emit
from models.personal_data import HELD, Held
from resolvers.context import Context
from resolvers.proof import check_length, hold_proved, prove

log = logging.getLogger("placement.erasure")

TRIES = 3


async def erase(context: Context, password: str) -> datetime:
    """Erases the caller. Raises NotEligible for a wrong password, which counts like one at signing in, and LimitReached
    after too many. Gives the instant."""
    context.only_once("ONE_ACCOUNT_ACT")
    checks = Checks()
    check_length(checks, "password", password)
    checks.done()
    proved = await prove(context, password)
    for _ in range(TRIES - 1):
        try:
            return await _erase_proved(context, proved)
        except DBAPIError as collision:
            log.warning("an erasure is tried again: %s", type(collision.orig).__name__)
    return await _erase_proved(context, proved)


async def _erase_proved(context: Context, proved: Account) -> datetime:
    """All or nothing. A session that is refreshed at this very moment may be in the way, with a token that came after the
    others had gone: it is done again then."""
    async with context.database.begin() as session:
        account = await _hold(session, proved)
        await _erase(session, account, context.now())
    return context.now()


async def _hold(session: AsyncSession, proved: Account) -> Account:
    """The address, the file, the account and the candidacies, each before whatever could be added to it: nobody confirms the
    address, is told of an offer, signs in or opens a candidacy meanwhile."""
    await lock(session, f"account {proved.email}")
    await hold_candidate(session, proved.id)
    account = await hold_proved(session, proved)
    own = select(Candidacy.id).where(Candidacy.candidate_id == proved.id)
    await session.execute(own.order_by(Candidacy.id).with_for_update())
    return account


async def _erase(session: AsyncSession, account: Account, now: datetime) -> None:
    """The index loses a candidacy when it finds that there is no row of it."""
    candidacies = list(await session.scalars(select(Candidacy.id).where(Candidacy.candidate_id == account.id)))
    await contact.erase(session, ContactRequest.candidate_id == account.id, now)
    await application_end.erase(session, Application.candidate_id == account.id, now)
    session.add(await _figures(session, account, now))
    await session.flush()
    for held in reversed(HELD):
        await _remove(session, held, account.id)
    for candidacy_id in candidacies:
        emit(session, "candidacy.changed", candidacy_id, now)


async def _figures(session: AsyncSession, account: Account, now: datetime) -> Erasure:
    async def number(row: type, of_person: ColumnElement[bool]) -> int:
        return await session.scalar(select(func.count()).select_from(row).where(of_person)) or 0

    opened = Consultation.candidacy_id.in_(select(Candidacy.id).where(Candidacy.candidate_id == account.id))
    return Erasure(
        role=account.role,
        registered_in=_month(account.created_at),
        erased_in=_month(now),
        candidacies=await number(Candidacy, Candidacy.candidate_id == account.id),
        job_alerts=await number(JobAlert, JobAlert.person_id == account.id),
        notifications=await number(Notification, Notification.person_id == account.id),
        consultations=await number(Consultation, opened),
    )


def _month(instant: datetime) -> str:
    return f"{quebec_day(instant):%Y-%m}"


async def _remove(session: AsyncSession, held: Held, person: UUID) -> None:
    theirs = (held.removed or held.theirs)(person)
    if held.row is OutboxEntry:  # what a worker has in hand it will find to be about nobody: waiting for it, it might wait for us
        theirs = OutboxEntry.id.in_(select(OutboxEntry.id).where(theirs).with_for_update(skip_locked=True))
    await session.execute(delete(held.row).where(theirs), execution_options={"synchronize_session": False})
