"""People act on a file at the same moment as the deadlines of it come: nobody waits for ever, and what is planned in the end is
what the file says in the end."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

import worker
from auth.caller import Caller
from commands.sandbox import Person, Sandbox
from errors import Refused
from models.account import Role
from models.calendar import quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.deadline_claim import meet_due
from models.notification import Notification, NotificationKind
from models.profile import Education
from models.residence import TIME_TO_WITHDRAW
from models.residence_case import Residence
from resolvers import candidacy, residence
from resolvers.context import Context
from tests.conftest import NOW
from tests.contexts import asking, keep_agent

ROUNDS, PEOPLE, WORKERS = 200, 4, 2
ACTS = {"publish", "withdraw", "report", "reopen"}
"""Each is done for good at least once, however often it is refused."""
LATER = NOW + TIME_TO_WITHDRAW
"""When the workers look: the time of every case that is open is over."""
EVERY_KIND = {DeadlineKind.CANDIDACY_ENDING, DeadlineKind.CANDIDACY_EXPIRES, DeadlineKind.CANDIDACY_ENDED}


async def keep_file(service: Context) -> list[UUID]:
    """Drafts of somebody whose certificate expires within a week: the first notice of each publication is due at once."""
    sandbox, candidate_id = Sandbox(service.vault, "", NOW), uuid4()
    person = Person(candidate_id, f"{candidate_id.hex}@example.org", "Awa", "Diop", "SN")
    candidate, rows = sandbox.candidate(person), [draft(candidate_id) for _ in range(3)]
    candidate.certificate_expires_on = quebec_day(NOW) + timedelta(days=5)
    async with service.database.begin() as session:
        session.add(sandbox.account(person, confirmed=False))
        await session.flush()
        session.add(candidate)
        await session.flush()
        session.add_all(rows)
    return [candidate_id, *(row.id for row in rows)]


def draft(candidate_id: UUID) -> Candidacy:
    listed: dict[str, list[str]] = {name: [] for name in ("skills", "languages", "regions", "work_modes")}
    return Candidacy(
        id=uuid4(),
        candidate_id=candidate_id,
        created_at=NOW,
        title_fr="Soudeuse",
        occupations=["72106"],
        education=Education.NONE,
        years_of_experience=1,
        **listed,
    )


def as_one(service: Context, account_id: UUID, role: Role) -> Context:
    return asking(service, Caller(account_id=account_id, role=role, session_id=uuid4(), token_expires_at=LATER))


async def act(service: Context, file: list[UUID], agent: UUID, random: Random) -> str:
    """Does something to the file, as its person or as an agent. Gives what came of it."""
    candidate_id, *candidacies = file
    person, official = as_one(service, candidate_id, Role.CANDIDATE), as_one(service, agent, Role.AGENT)
    about, choice = random.choice(candidacies), random.choice(("publish", "publish", "withdraw", "report", "reopen"))
    try:
        if choice == "publish":
            await candidacy.publish(person, about)
        elif choice == "withdraw":
            await candidacy.withdraw(person, about)
        elif choice == "report":
            await residence.report(official, candidate_id, Residence.QUEBEC, "Vu à Québec")
        else:
            await residence.reopen(official, candidate_id, "Revenue à Dakar", "SN")
    except Refused as refused:
        return refused.code
    return choice


@asynccontextmanager
async def workers(database: Database) -> AsyncIterator[None]:
    stop = asyncio.Event()

    async def work() -> None:
        while not stop.is_set():
            await meet_due(database, worker.DEADLINES, LATER)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(WORKERS):
            tasks.create_task(work())
        yield
        stop.set()


async def test_acts_and_deadlines_at_the_same_moment_never_wait_for_each_other_for_ever(
    service: Context, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = ROUNDS if not service.database.is_sqlite else ROUNDS // 5
    agent, files, random = await keep_agent(service), [await keep_file(service) for _ in range(2)], Random(1)
    done: Counter[str] = Counter()

    async def go_on() -> None:
        while done.total() < rounds or not done.keys() >= ACTS:
            done[await act(service, random.choice(files), agent, random)] += 1

    async with asyncio.timeout(60), workers(service.database), asyncio.TaskGroup() as people:
        for _ in range(PEOPLE):
            people.create_task(go_on())
    assert "was not met" not in caplog.text
    await require_agreement(service)


async def require_agreement(service: Context) -> None:
    """Of a publication its end and the notice after it are planned, and of nothing else anything; no notice is given twice."""
    await meet_due(service.database, worker.DEADLINES, LATER)
    async with service.database.read() as session:
        planned = {(each.kind, each.subject) for each in await session.scalars(select(Deadline))}
        published = select(Candidacy.id).where(Candidacy.status == CandidacyStatus.PUBLISHED)
        subjects = set(await session.scalars(published))
        ending = Notification.kind == NotificationKind.PUBLICATION_ENDING
        notices = await session.execute(
            select(Notification.candidacy_id, func.count()).where(ending).group_by(Notification.candidacy_id)
        )
        assert {times for _, times in notices} <= {1}
    of_candidacies = {(kind, subject) for kind, subject in planned if kind in EVERY_KIND}
    expected = {(kind, subject) for kind in EVERY_KIND - {DeadlineKind.CANDIDACY_ENDING} for subject in subjects}
    assert of_candidacies == expected


def test_every_kind_of_deadline_is_met_by_the_worker() -> None:
    assert set(worker.DEADLINES) | set(worker.MAILS) == set(DeadlineKind)
