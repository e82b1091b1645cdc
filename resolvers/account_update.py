"""What the owner of an account changes of it freely: in which language and time zone the service writes, and the person's names
and telephone number. The address and the password are not among it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from errors import NotAllowed
from models.account import Account, Role
from models.agent import Agent
from models.base import Base
from models.calendar import Weekday
from models.candidacy_traces import require_free_of
from models.candidate import Candidate
from models.checks import NAME, Checks, is_time_zone
from models.employer import EmployerMember
from models.holding import hold_published
from models.language import Language
from notifications.alert_mail import replan
from notifications.held_back import send_to_address
from resolvers.context import Context

TELEPHONE = 40
TABLES: Mapping[Role, type[Base]] = {
    Role.CANDIDATE: Candidate,
    Role.EMPLOYER_MEMBER: EmployerMember,
    Role.AGENT: Agent,
}
OF_CANDIDATES = {"telephone": "telephone", "given_name": "givenName", "family_name": "familyName"}
TRACES = {"telephone": "HAS_TELEPHONE", "given_name": "HAS_NAME", "family_name": "HAS_NAME"}
"""What it would be to find one of them in a published text."""
OF_OTHERS = {"name": "name"}
"""What is kept of a person beside the account, with the names of the API."""


@dataclass(frozen=True)
class Update:
    """What is to be changed; None leaves a field as it is. An empty telephone number takes it away."""

    language: Language | None = None
    time_zone: str | None = None
    mail_hour: int | None = None
    mail_weekday: Weekday | None = None
    resume_email: bool = False
    telephone: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    name: str | None = None


async def update(context: Context, entered: Update) -> None:
    """Changes the caller's account. Raises Invalid for what cannot be, and for what accounts of its kind do not have."""
    if context.caller is None:
        raise NotAllowed("SIGN_IN_REQUIRED")
    role, wanted = context.caller.role, _normal(entered)
    _check(wanted, role)
    async with context.database.begin() as session:
        person, account = await _hold(session, role, context.account_id)
        account.language = wanted.language or account.language
        if wanted.resume_email:
            account.email_stopped = None
            await send_to_address(session, account, context.now())
        await _take_hours(session, account, wanted, context.now())
        for field in _own(role):
            if (value := getattr(wanted, field)) is not None and (value or None) != getattr(person, field):
                setattr(person, field, value or None)
                if isinstance(person, Candidate) and value:
                    rows = await hold_published(session, person.id)
                    require_free_of(TRACES[field], rows, person, OF_CANDIDATES[field])


async def _take_hours(session: AsyncSession, account: Account, wanted: Update, now: datetime) -> None:
    """When mails go out; those that wait go at the next time that is so chosen."""
    before = account.time_zone, account.mail_hour, account.mail_weekday
    account.time_zone = wanted.time_zone or account.time_zone
    account.mail_hour = account.mail_hour if wanted.mail_hour is None else wanted.mail_hour
    account.mail_weekday = wanted.mail_weekday or account.mail_weekday
    if before != (account.time_zone, account.mail_hour, account.mail_weekday):
        await replan(session, account, now)


def _own(role: Role) -> Mapping[str, str]:
    return OF_CANDIDATES if role is Role.CANDIDATE else OF_OTHERS


def _normal(entered: Update) -> Update:
    typed = {field: getattr(entered, field) for field in (*OF_CANDIDATES, *OF_OTHERS)}
    return replace(entered, **{field: value.strip() for field, value in typed.items() if value is not None})


def _check(wanted: Update, role: Role) -> None:
    checks = Checks()
    checks.require("timeZone", wanted.time_zone is None or is_time_zone(wanted.time_zone), "NOT_A_TIME_ZONE")
    checks.require("mailHour", wanted.mail_hour is None or 0 <= wanted.mail_hour < 24, "NOT_AN_HOUR")
    for field, path in (OF_CANDIDATES | OF_OTHERS).items():
        value = getattr(wanted, field)
        if field not in _own(role):
            checks.require(path, not value, "NOT_FOR_THIS_ROLE")
        elif value is not None:
            if field == "telephone":
                checks.line(path, value, TELEPHONE)
            else:
                checks.name(path, value, NAME)
    checks.done()


async def _hold(session: AsyncSession, role: Role, account_id: UUID) -> tuple[Base, Account]:
    """The file comes first, as always."""
    person = await session.get(TABLES[role], account_id, with_for_update=True)
    account = await session.get(Account, account_id, with_for_update=True)
    if person is None or account is None:
        raise NotAllowed("SESSION_ENDED")
    return person, account
