"""What a command put in is found and alerts have heard of it when it ends; mails are the worker's."""

from sqlalchemy import select

from models.deadline import Deadline, DeadlineKind
from models.job_alert import JobAlert
from models.notification import Notification
from tests.commands.operator import OFFER, Operator


async def test_a_command_waits_for_no_mail_server_and_says_what_is_left_to_the_worker(sqlite_operator: Operator) -> None:
    await sqlite_operator.run("seed", "--alerts", "1")
    sqlite_operator.sets(MAIL_URL="smtp://127.0.0.1:9")
    async with sqlite_operator.parts() as resources:
        async with resources.database.begin() as session:
            (await session.scalars(select(JobAlert))).one().criteria = {"version": 1, "occupations": ["31301"]}
        await sqlite_operator.run("reindex", "--alerts")
        ran = await sqlite_operator.imports("job-offers", [OFFER])
        async with resources.database.read() as session:
            assert len((await session.scalars(select(Notification))).all()) == 1
            [mail] = await session.scalars(select(Deadline).where(Deadline.kind == DeadlineKind.LIVE_MAIL))
    assert (ran.code, ran.err, mail.attempts) == (0, "", 0)
    assert ran.out.splitlines()[-1] == "The worker has 1 more to do, such as mails to send."
    assert (await sqlite_operator.run("verify")).code == 0
