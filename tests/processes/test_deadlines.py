"""Workers that are killed while they meet deadlines: each is acted on once, and each letter about it goes out."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate, RegistrationStatus
from models.database import Database
from models.deadline import Deadline, DeadlineKind
from models.notification import Delivery, DeliveryStatus, Notification, NotificationKind
from models.residence_case import ResidenceCase, ResidenceEvent, ResidenceStep
from tests.processes.conftest import EMBEDDED, SERVERS
from tests.processes.crew import start_worker
from tests.processes.mailbox import Mailbox, recipient
from tests.processes.overdue import Overdue, everything_owed, stand_still, times_owed, with_secret
from tests.processes.rows import all_done, rows
from tests.processes.running import Installation, Process

PUBLICATIONS, ANNOUNCED, CASES = 130, 100, 40
"""Those whose end was announced in time have one deadline, and so have cases; the others have two."""
KILLED_AT = {1: (100,), 2: (190, 110, 30)}
"""By the number of workers: how many deadlines are left when all are killed, at the most."""
LETTERS_KILLED_AT = 20
"""How many letters have arrived when they are killed once more, at the least."""
LONGEST = 60.0
NOTICES = {
    NotificationKind.PUBLICATION_ENDING: PUBLICATIONS - ANNOUNCED,
    NotificationKind.RESIDENCE_NOTICE: CASES,
    NotificationKind.FILE_DEACTIVATED: CASES,
}


@pytest.mark.parametrize(
    ("pair", "workers"),
    [pytest.param(EMBEDDED, 1, id="sqlite and embedded"), pytest.param(SERVERS, 2, id="postgresql and elasticsearch")],
    indirect=["pair"],
)
async def test_each_deadline_is_acted_on_once_whoever_is_killed(
    installed: Installation, database: Database, mailbox: Mailbox, workers: int
) -> None:
    installed, began, mailbox.hesitation = with_secret(installed), time.monotonic(), 0.02
    overdue = await stand_still(database, datetime.now(UTC), (PUBLICATIONS, ANNOUNCED), CASES)
    assert await left(database) == 200
    async with everything_owed(database):
        kills = await work_and_die(installed, database, mailbox, workers)
        await require_ends(database, overdue)
        await require_cases(database, overdue)
        await require_notices(database)
        require_letters(mailbox, overdue, kills)
    print(f"200 deadlines, {kills} kills in {time.monotonic() - began:.0f} s, {mailbox.repeats()} letters twice")


async def left(database: Database) -> int:
    """How many deadlines have come and wait. The notice after the end of a publication is not due yet."""
    [(count,)] = await rows(database, select(func.count()).where(Deadline.kind != DeadlineKind.CANDIDACY_ENDED))
    return int(count)


async def work_and_die(installed: Installation, database: Database, mailbox: Mailbox, workers: int) -> int:
    """Workers are killed together, at other moments each time, and others take their places. Gives how many were killed."""
    random, kills = Random(4), 0
    for most in KILLED_AT[workers]:
        crew = await hire(installed, workers)
        await until_left(database, most)
        await asyncio.sleep(random.uniform(0, 0.02))
        kills += await die(crew)
    crew = await hire(installed, workers)
    await until_arrived(mailbox, LETTERS_KILLED_AT)
    kills += await die(crew)
    await hire(installed, workers)
    await all_done(database, installed)
    assert await left(database) == 0
    return kills


async def until_left(database: Database, most: int) -> None:
    deadline = time.monotonic() + LONGEST
    while (waiting := await left(database)) > most:
        assert time.monotonic() < deadline, f"{waiting} are left, and no worker meets them"
        await asyncio.sleep(0.001)


async def until_arrived(mailbox: Mailbox, least: int) -> None:
    deadline = time.monotonic() + LONGEST
    while (arrived := len(mailbox.letters())) < least:
        assert time.monotonic() < deadline, f"{arrived} letters have arrived"
        await asyncio.sleep(0.01)


async def hire(installed: Installation, workers: int) -> list[Process]:
    return list(await asyncio.gather(*(start_worker(installed) for _ in range(workers))))


async def die(crew: list[Process]) -> int:
    assert all(process.alive for process in crew)
    await asyncio.gather(*(process.kill() for process in crew))
    return len(crew)


async def require_ends(database: Database, overdue: Overdue) -> None:
    """A row whose version has risen by one was changed once."""
    shown = await rows(database, select(Candidacy.id, Candidacy.status, Candidacy.version))
    expected = [(each, CandidacyStatus.EXPIRED, 2) for each in overdue.ended]
    expected += [(each, CandidacyStatus.WITHDRAWN, 2) for each in overdue.to_withdraw]
    assert sorted(shown) == sorted(expected)
    assert await times_owed(database, "candidacy.changed") == once(overdue.emails)
    kept = await rows(database, select(Deadline.subject, Deadline.kind, Deadline.attempts))
    assert sorted(kept) == sorted((each, DeadlineKind.CANDIDACY_ENDED.value, 0) for each in overdue.ended)


async def require_cases(database: Database, overdue: Overdue) -> None:
    steps = await rows(database, select(ResidenceEvent.case_id, ResidenceEvent.step))
    assert sorted(steps) == sorted((each, ResidenceStep.DEACTIVATED) for each in overdue.cases)
    cases = select(ResidenceCase.outcome, Candidate.registration_status).join(
        Candidate, Candidate.id == ResidenceCase.candidate_id
    )
    assert Counter(await rows(database, cases)) == {
        (ResidenceStep.DEACTIVATED, RegistrationStatus.DEACTIVATED): len(overdue.cases)
    }
    notice = f"notice.{NotificationKind.FILE_DEACTIVATED}"
    assert await times_owed(database, notice) == once(dict.fromkeys(overdue.cases))


async def require_notices(database: Database) -> None:
    kinds = select(Notification.kind, Delivery.status).join(Delivery, Delivery.notification_id == Notification.id)
    assert Counter(await rows(database, kinds)) == {(kind, DeliveryStatus.SENT): count for kind, count in NOTICES.items()}


def require_letters(mailbox: Mailbox, overdue: Overdue, kills: int) -> None:
    """One letter to each person who is owed one; what has come more than once bears the same Message-ID."""
    arrived = {(recipient(letter), letter["Message-ID"]) for letter in mailbox.letters()}
    assert sorted(email for email, _ in arrived) == sorted(overdue.emails[each] for each in overdue.written_of)
    assert mailbox.repeats() <= kills


def once(subjects: Mapping[UUID, object]) -> dict[UUID, int]:
    return dict.fromkeys(subjects, 1)
