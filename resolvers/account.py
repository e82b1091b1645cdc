"""What every account is, whatever its role: how one is opened, its address confirmed, and what it must have to be opened."""

from contextlib import suppress
from unicodedata import category
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.attempts import confirmation_letters, count, registrations
from auth.permissions import may_know
from csq.asking import ASK, QUESTION_SETTLED
from errors import Conflict, LimitReached, NotEligible
from models import contact
from models.account import LONGEST_EMAIL, Account, Role, confirmed_account, normal_email
from models.agent import Agent
from models.application_news import owe_held_back
from models.candidate import Candidate
from models.checks import Checks
from models.employer import was_member
from models.holding import hold_listener
from models.language import Language
from models.lock import lock
from models.member_letter import tell_standing
from models.outbox import OutboxEntry, emit
from models.registry_question import Purpose, RegistryQuestion
from notifications.held_back import send_to_address
from notifications.notices import owe_waiting_notices
from notifications.sending import ACCOUNT_OPENED
from resolvers.context import Context

LONGEST_LOCAL_PART = 64
NEEDS_QUOTES = set(',:;<>()[]\\"')
"""Mail headers read these as the end of one address or the start of another."""


def check_email(checks: Checks, path: str, email: str) -> None:
    """Notes what cannot be an e-mail address; whether somebody reads what is sent there, only the confirmation tells."""
    checks.require(path, is_email(email), "NOT_AN_EMAIL")


def is_email(typed: str) -> bool:
    """One @, a domain of two labels or more, in any alphabet, and nothing that a mail header could mistake."""
    if len(typed) > LONGEST_EMAIL or typed.count("@") != 1 or not all(map(_is_address_character, typed)):
        return False
    local, domain = typed.split("@")
    labels = domain.split(".")
    return 0 < len(local) <= LONGEST_LOCAL_PART and len(labels) > 1 and all(map(_is_label, labels))


def _is_address_character(character: str) -> bool:
    return category(character)[0] not in "CZ" and character not in NEEDS_QUOTES


def _is_label(label: str) -> bool:
    letters = all(c == "-" or c.isalnum() or category(c)[0] == "M" for c in label)
    return 0 < len(label) <= 63 and letters and not label.startswith("-") and not label.endswith("-")


async def open_account(  # noqa: PLR0913 - what an account is opened with, by name
    session: AsyncSession,
    context: Context,
    *,
    role: Role,
    email: str,
    password_hash: str,
    language: Language,
    time_zone: str,
) -> Account:
    """A new account, with a letter to confirm its address. Where an account has confirmed that address already, the letter
    tells its reader instead; the new one is kept all the same, and whoever asked cannot tell, not by the time it takes
    either. Nobody can confirm it."""
    address = normal_email(email)
    account = Account(
        role=role,
        email=address,
        password_hash=password_hash,
        language=language,
        time_zone=time_zone,
        created_at=context.now(),
    )
    session.add(account)
    await session.flush()
    await owe_confirmation(session, context, account.id, ACCOUNT_OPENED)
    return account


async def owe_confirmation(
    session: AsyncSession, context: Context, account_id: UUID, kind: str = "account.confirm_email"
) -> None:
    """The letter that confirms an address, at most once a day: signing in later asks for it again."""
    counted = confirmation_letters(context.vault, account_id)
    with suppress(LimitReached):
        await count(session, counted, context.now())
        emit(session, kind, account_id, context.now())


async def count_registration(context: Context, email: str) -> None:
    """Counts one that is about to be tried. Raises LimitReached for too many with one address or from one network."""
    counted = registrations(context.vault, email, context.address)
    async with context.database.begin() as session:
        await count(session, counted, context.now())


async def require_same_password(context: Context, account: Account, password: str) -> None:
    """Passwords are not remembered with requests. Raises Conflict when a repeated registration comes with another one."""
    if not await context.passwords.verify(account.password_hash, password):
        raise Conflict("IDEMPOTENCY_KEY_REUSED")


async def confirm_email(context: Context, token: str) -> Account:
    """Takes the link in a mail as proof that its reader has the address. Raises NotEligible for a link that is not ours or
    is too old, and where another account has confirmed the address first. Done twice, it is still done."""
    named = context.links.read_confirm_email(token, context.now())
    if named is None:
        raise NotEligible("LINK_INVALID")
    account_id, email = named
    async with context.database.begin() as session:
        await lock(session, f"account {email}")
        await hold_listener(session, account_id)  # the file comes first, always
        account = await session.get(Account, account_id, with_for_update=True)
        if account is None or account.email != email or await was_member(session, account.id):
            raise NotEligible("LINK_INVALID")
        if account.email_confirmed_at is None:
            await _confirm(session, context, account)
    return account


async def _confirm(session: AsyncSession, context: Context, account: Account) -> None:
    if await session.scalar(confirmed_account(account.email)) is not None:
        raise NotEligible("LINK_INVALID")
    account.email_confirmed_at = context.now()
    account.email_stopped = None
    await owe_what_was_missed(session, context, account)
    await send_to_address(session, account, context.now())


async def owe_what_was_missed(session: AsyncSession, context: Context, account: Account) -> None:
    """An address that was not confirmed was told nothing: what is still to be known is owed, now that it is."""
    if account.role is Role.CANDIDATE:
        await _tell_registration(session, account.id, context)
        await _tell_answers(session, account.id, context)
        await owe_waiting_notices(session, account.id, context.now())
        await contact.owe_waiting(session, account.id, context.now())
    await owe_held_back(session, context.now(), reader=account.id)
    if account.role is Role.EMPLOYER_MEMBER:
        await tell_standing(session, account.id, context.now())


async def _tell_registration(session: AsyncSession, candidate_id: UUID, context: Context) -> None:
    """What was missed of a registration, once."""
    candidate = await session.get(Candidate, candidate_id, with_for_update=True)
    if candidate is None:
        return
    kind = "registration.pending" if candidate.pending else "registration.settled"
    owed = select(OutboxEntry.id).where(OutboxEntry.kind == kind, OutboxEntry.subject == candidate_id)
    if (await session.scalars(owed.with_for_update())).first() is None:  # a worker may be dropping it at this moment
        emit(session, kind, candidate_id, context.now())


async def _tell_answers(session: AsyncSession, candidate_id: UUID, context: Context) -> None:
    """The letters of what the registry answered late; and what it answered that could be told to nobody is asked again, now."""
    own = select(RegistryQuestion).where(RegistryQuestion.candidate_id == candidate_id)
    late = own.where(RegistryQuestion.purpose != Purpose.REGISTRATION, RegistryQuestion.settled_at > RegistryQuestion.asked_at)
    for question in await session.scalars(late):
        emit(session, QUESTION_SETTLED, question.id, context.now())
    for question in await session.scalars(own.where(RegistryQuestion.settled_at.is_(None))):
        owed = select(OutboxEntry.id).where(OutboxEntry.kind == ASK, OutboxEntry.subject == question.id)
        if (await session.scalars(owed.with_for_update())).first() is None:
            emit(session, ASK, question.id, context.now())


async def agent(context: Context, account_id: UUID) -> Row[Account, Agent] | None:
    """An agent, to agents; None for everybody else."""
    if not may_know(context.caller, "Agent", account_id):
        return None
    async with context.database.read() as session:
        query = select(Account, Agent).join(Agent, Agent.id == Account.id).where(Account.id == account_id)
        return (await session.execute(query)).one_or_none()
