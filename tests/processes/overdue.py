"""An installation that stood still over the ends of publications and of times to withdraw. Not a test itself."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import text

from auth.keys import Keys
from auth.vault import Vault
from commands.bulk import NewRows
from commands.sandbox import Person, Sandbox
from models.calendar import end_of_day, quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import RegistrationStatus
from models.database import Database
from models.deadline import DeadlineKind, deadline
from models.notification import Channel, Delivery, DeliveryStatus, Notification, NotificationKind
from models.profile import Education
from models.residence import NOTICE_CODES
from models.residence_case import Residence, ResidenceCase, ResidenceSource
from tests.processes.running import Installation

SECRET = "a secret that only tests know of and that is long enough"


def with_secret(installed: Installation) -> Installation:
    """The same, with the keys that seal what is made here."""
    return Installation(
        installed.folder, installed.port, {**installed.settings, "PLACEMENT_SECRET_KEY": SECRET}, installed.processes
    )


@dataclass(frozen=True)
class Overdue:
    """People, of whom some have a publication that ended yesterday, unmarked, and others a publication that should have been
    withdrawn by now. `ended` and `to_withdraw` are the candidacies, `cases` those of the latter; `written_of` are the
    candidacies of which a letter is due."""

    emails: dict[UUID, str]
    ended: list[UUID]
    to_withdraw: list[UUID]
    cases: list[UUID]
    written_of: list[UUID]


async def stand_still(database: Database, now: datetime, publications: tuple[int, int], cases: int) -> Overdue:
    """Puts the rows in. Of the publications, the second number had their notice in time; the others have two deadlines."""
    (count, announced) = publications
    rows, sandbox = NewRows(), Sandbox(Vault(Keys([SECRET])), "", now - timedelta(days=30))
    overdue = Overdue({}, [], [], [], [])
    for number in range(count + cases):
        person = Person(uuid4(), f"person{number}@example.org", "Awa", "Diop", "SN")
        ended = number < count
        row = _published(person.id, now, ends_in=-1 if ended else 30)
        candidate = sandbox.candidate(person)
        rows.add(sandbox.account(person))
        rows.add(candidate)
        rows.add(row)
        overdue.emails[row.id] = person.email
        if ended:
            overdue.ended.append(row.id)
            _plan_end(rows, row.id, now)
            if number >= announced:
                rows.add(deadline(DeadlineKind.CANDIDACY_ENDING, row.id, now - timedelta(days=8)))
                overdue.written_of.append(row.id)
        else:
            overdue.to_withdraw.append(row.id)
            overdue.written_of.append(row.id)
            candidate.registration_status = RegistrationStatus.NOTICE_GIVEN
            candidate.residence, candidate.notice_code = Residence.QUEBEC, NOTICE_CODES[Residence.QUEBEC]
            overdue.cases.append(_open_case(rows, person.id, now))
    async with database.begin() as session:
        await rows.write(session)
    return overdue


def _published(candidate_id: UUID, now: datetime, ends_in: int) -> Candidacy:
    lists: dict[str, list[str]] = {name: [] for name in ("skills", "languages", "regions", "work_modes")}
    return Candidacy(
        id=uuid4(),
        candidate_id=candidate_id,
        number=uuid4().hex,
        status=CandidacyStatus.PUBLISHED,
        title_fr="Soudeuse",
        occupations=["72106"],
        education=Education.NONE,
        years_of_experience=1,
        created_at=now - timedelta(days=60),
        published_at=now - timedelta(days=20),
        publication_ends_on=quebec_day(now) + timedelta(days=ends_in),
        version=1,
        **lists,
    )


def _plan_end(rows: NewRows, candidacy_id: UUID, now: datetime) -> None:
    yesterday = quebec_day(now) - timedelta(days=1)
    rows.add(deadline(DeadlineKind.CANDIDACY_EXPIRES, candidacy_id, end_of_day(yesterday)))
    rows.add(deadline(DeadlineKind.CANDIDACY_ENDED, candidacy_id, now + timedelta(days=6)))


def _open_case(rows: NewRows, candidate_id: UUID, now: datetime) -> UUID:
    """Its notice was sent in time."""
    opened_at, case_id, notice_id = now - timedelta(hours=50), uuid4(), uuid4()
    deadline_at = opened_at + timedelta(hours=48)
    rows.add(
        ResidenceCase(
            id=case_id,
            candidate_id=candidate_id,
            residence=Residence.QUEBEC,
            source=ResidenceSource.DECLARED,
            opened_at=opened_at,
            deadline_at=deadline_at,
        )
    )
    kind = NotificationKind.RESIDENCE_NOTICE
    rows.add(Notification(id=notice_id, person_id=candidate_id, residence_case_id=case_id, kind=kind, created_at=opened_at))
    sent = DeliveryStatus.SENT
    rows.add(Delivery(id=uuid4(), notification_id=notice_id, channel=Channel.EMAIL, status=sent, attempts=1, at=opened_at))
    rows.add(deadline(DeadlineKind.RESIDENCE_ENDS, case_id, deadline_at))
    return case_id


COPIES = {
    "sqlite": ["CREATE TRIGGER copy_owed AFTER INSERT ON outbox BEGIN INSERT INTO once_owed VALUES (new.kind, new.subject); END"],
    "postgresql": [
        "CREATE FUNCTION copy_owed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO once_owed VALUES (new.kind, new.subject); RETURN new; END $$",
        "CREATE TRIGGER copy_owed AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION copy_owed()",
    ],
}


@asynccontextmanager
async def everything_owed(database: Database) -> AsyncIterator[None]:
    """The database keeps a copy of whatever comes to be owed meanwhile, which stays when that is done."""
    dialect = database.engine.dialect.name
    await _execute(
        database, f"CREATE TABLE once_owed (kind varchar, subject {'uuid' if dialect == 'postgresql' else 'char(32)'})"
    )
    await _execute(database, *COPIES[dialect])
    try:
        yield
    finally:
        on_table = " ON outbox" if dialect == "postgresql" else ""
        await _execute(database, f"DROP TRIGGER copy_owed{on_table}", "DROP TABLE once_owed")
        if dialect == "postgresql":
            await _execute(database, "DROP FUNCTION copy_owed")


async def _execute(database: Database, *statements: str) -> None:
    async with database.engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


async def times_owed(database: Database, kind: str) -> Counter[UUID]:
    """How often each subject came to be owed that."""
    async with database.read() as session:
        found = await session.execute(text("SELECT subject FROM once_owed WHERE kind = :kind"), {"kind": kind})
        return Counter(each if isinstance(each, UUID) else UUID(str(each)) for (each,) in found)
