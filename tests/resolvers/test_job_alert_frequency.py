"""What waits for a mail goes with the one that its alerts ask for by now."""

from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import select

from auth.caller import Caller
from models.account import Role
from models.deadline import Deadline, DeadlineKind
from models.job_alert import JobAlertFrequency
from models.notification import Channel
from notifications.ledger import record_matches
from resolvers.alert import Wanted, revise
from resolvers.context import Context
from resolvers.job_alert import JOB_ALERTS
from tests.conftest import NOW
from tests.contexts import asking
from tests.notifications.rows import Person, add_alert, add_employer, add_offer, add_person, deliveries_of

DAILY, LIVE, WEEKLY = JobAlertFrequency.DAILY, JobAlertFrequency.LIVE, JobAlertFrequency.WEEKLY


async def waiting(service: Context, *frequencies: JobAlertFrequency) -> tuple[Context, Person, list[UUID]]:
    """Somebody who is to be told of an offer that as many alerts match."""
    async with service.database.begin() as session:
        person = add_person(session)
        alerts = [add_alert(session, person, frequency=each).id for each in frequencies]
        offer_id = add_offer(session, add_employer(session)).id
    await record_matches(service.database, offer_id, NOW)
    caller = Caller(account_id=person.id, role=Role.CANDIDATE, session_id=uuid4(), token_expires_at=NOW)
    return replace(asking(service, caller), streamed={}), person, alerts


async def goes_with(service: Context, person: Person) -> tuple[JobAlertFrequency | None, set[str]]:
    """The mail that the offer waits for, and the mails that are planned."""
    async with service.database.read() as session:
        planned = set(await session.scalars(select(Deadline.kind).where(Deadline.subject == person.id)))
        return (await deliveries_of(session, person))[Channel.EMAIL].frequency, planned


async def test_what_waited_for_the_weekly_mail_goes_at_once_when_that_is_asked_for(service: Context) -> None:
    context, person, (alert,) = await waiting(service, WEEKLY)
    await revise(context, JOB_ALERTS, alert, Wanted(frequency=LIVE), version=None)
    frequency, planned = await goes_with(service, person)
    assert (frequency, DeadlineKind.LIVE_MAIL in planned) == (LIVE, True)


async def test_another_alert_that_asks_for_it_sooner_still_has_it(service: Context) -> None:
    context, person, (first, _) = await waiting(service, LIVE, DAILY)
    await revise(context, JOB_ALERTS, first, Wanted(frequency=WEEKLY), version=None)
    frequency, planned = await goes_with(service, person)
    assert (frequency, DeadlineKind.DAILY_MAIL in planned) == (DAILY, True)


async def test_the_same_frequency_again_moves_nothing(service: Context) -> None:
    context, person, (alert,) = await waiting(service, DAILY)
    await revise(context, JOB_ALERTS, alert, Wanted(frequency=DAILY), version=None)
    assert await goes_with(service, person) == (DAILY, {DeadlineKind.DAILY_MAIL})
