"""The end of a candidate's account: everything about the person goes, in one transaction. What stays are figures that name
nobody. Which rows are the person's is said in models.personal_data."""

import logging
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import Counted, note, require_room, sign_ins
from auth.passwords import MOST as LONGEST_PASSWORD
from errors import NotAllowed, NotEligible
from models.account import Account
from models.calendar import quebec_day
from models.candidacy import Candidacy
from models.checks import Checks
from models.consultation import Consultation
from models.erasure import Erasure
from models.holding import hold_candidate
from models.job_alert import JobAlert
from models.lock import lock
from models.notification import Notification
from models.outbox import OutboxEntry, emit
from models.personal_data import HELD, Held
from resolvers.context import Context

log = logging.getLogger("placement.erasure")

TRIES = 3


async def erase(context: Context, password: str) -> datetime:
    """Erases the caller. Raises NotEligible for a wrong password, which counts like one at signing in, and LimitReached
    after too many. Gives the instant."""
    checks = Checks()
    checks.require("password", len(password) <= LONGEST_PASSWORD, "TOO_LONG", most=str(LONGEST_PASSWORD))
    checks.done()
    async with context.database.read() as session:
        account = await _account(session, context.account_id)
        counted = sign_ins(context.vault, account.email, context.address)
        await require_room(session, counted, context.now())
    right = await context.passwords.verify(account.password_hash, password)
    if not await _insist(right, context, account, counted):
        raise NotEligible("WRONG_CREDENTIALS")
    return context.now()


async def _insist(right: bool, context: Context, account: Account, counted: list[Counted]) -> bool:
    """A session that is refreshed at this very moment may be in the way, with a token that came after the others had gone.
    Nothing is gone then, and it is done again."""
    for _ in range(TRIES - 1):
        try:
            return await _erase_if(right, context, account, counted)
        except DBAPIError as collision:
            log.warning("an erasure is tried again: %s", type(collision.orig).__name__)
    return await _erase_if(right, context, account, counted)


async def _erase_if(right: bool, context: Context, account: Account, counted: list[Counted]) -> bool:
    """Or else counts the try. False as well for a password that was right until another took its place a moment ago."""
    async with context.database.begin() as session:
        await lock(session, *(each.key for each in counted))
        await require_room(session, counted, context.now())
        if right and (held := await _hold(session, account)).password_hash == account.password_hash:
            await _erase(session, held, context.now())
            return True
        await note(session, counted, context.now())
    return False


async def _account(session: AsyncSession, account_id: UUID) -> Account:
    """Raises NotAllowed for one that has been erased in the meantime."""
    if (account := await session.get(Account, account_id)) is None:
        raise NotAllowed("SESSION_ENDED")
    return account


async def _hold(session: AsyncSession, known: Account) -> Account:
    """The address, the file, the account and the candidacies, each before whatever could be added to it: nobody confirms the
    address, is told of an offer, signs in or opens a candidacy meanwhile."""
    await lock(session, f"account {known.email}")
    await hold_candidate(session, known.id)
    account = await session.get(Account, known.id, with_for_update=True)
    if account is None:
        raise NotAllowed("SESSION_ENDED")
    await session.execute(select(Candidacy.id).where(Candidacy.candidate_id == known.id).order_by(Candidacy.id).with_for_update())
    return account


async def _erase(session: AsyncSession, account: Account, now: datetime) -> None:
    """The index loses a candidacy when it finds that there is no row of it."""
    candidacies = list(await session.scalars(select(Candidacy.id).where(Candidacy.candidate_id == account.id)))
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
        job_alerts=await number(JobAlert, JobAlert.candidate_id == account.id),
        notifications=await number(Notification, Notification.candidate_id == account.id),
        consultations=await number(Consultation, opened),
    )


def _month(instant: datetime) -> str:
    return f"{quebec_day(instant):%Y-%m}"


async def _remove(session: AsyncSession, held: Held, person: UUID) -> None:
    theirs = held.theirs(person)
    if held.row is OutboxEntry:  # what a worker has in hand it will find to be about nobody: waiting for it, it might wait for us
        theirs = OutboxEntry.id.in_(select(OutboxEntry.id).where(theirs).with_for_update(skip_locked=True))
    await session.execute(delete(held.row).where(theirs), execution_options={"synchronize_session": False})
