"""What the ledger lacks is told by counts and names, and by the exit code."""

from datetime import timedelta

from sqlalchemy import delete, select

from models.job_alert import JobAlert
from models.job_offer import JobOffer
from models.notification import Delivery, Notification, NotificationAlert
from models.outbox import OutboxEntry
from notifications.audience import OFFERS
from tests.commands.operator import OFFER, Operator


async def tell_of_an_offer(operator: Operator) -> tuple[str, ...]:
    """One alert has heard of the one offer since then, as the arguments of the command say it."""
    await operator.run("seed", "--alerts", "1")
    async with operator.parts() as resources:
        since = resources.now()
        async with resources.database.begin() as session:
            (await session.scalars(select(JobAlert))).one().criteria = {"version": 1, "occupations": ["31301"]}
    await operator.run("reindex", "--alerts")
    assert (await operator.imports("job-offers", [OFFER])).code == 0
    return "--since", since.isoformat()


async def lose_everything(operator: Operator) -> None:
    async with operator.parts() as resources, resources.database.begin() as session:
        for table in (Delivery, NotificationAlert, Notification):
            await session.execute(delete(table))


async def owe_matching(operator: Operator) -> None:
    async with operator.parts() as resources, resources.database.begin() as session:
        newest = select(JobOffer.id).order_by(JobOffer.announced_at.desc()).limit(1)
        due = resources.now() + timedelta(hours=1)
        session.add(OutboxEntry(kind=OFFERS.announced, subject=(await session.scalars(newest)).one(), due_at=due))


async def test_a_difference_is_told_and_is_the_exit_code(operator: Operator) -> None:
    since = await tell_of_an_offer(operator)
    whole = await operator.run("reconcile", *since)
    assert "1 offers announced, 1 of them open, 0 of those not matched yet" in whole.out
    assert "1 deliveries EMAIL QUEUED" in whole.out
    assert (whole.code, whole.out.splitlines()[-1]) == (0, "difference: 0")
    await lose_everything(operator)
    lacking = await operator.run("reconcile", *since)
    assert "1 missing\n  person " in lacking.out
    assert (lacking.code, lacking.out.splitlines()[-1]) == (1, "difference: 1")
    await owe_matching(operator)
    unmatched = await operator.run("reconcile", *since, "--wait", "0.1")
    assert "1 offers announced, 1 of them open, 1 of those not matched yet" in unmatched.out
    assert (unmatched.code, unmatched.out.splitlines()[-1]) == (1, "difference: 1")
