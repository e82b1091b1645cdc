"""The real acts, named as the oracle names things: two candidates with candidacies, two employers with offers, on a database of
their own. Not a test itself."""

from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

import worker
from auth.caller import Caller
from errors import Refused
from models import publication, residence
from models.account import Account, Role
from models.candidacy import Candidacy, CandidacyStatus
from models.database import Database, open_database
from models.deadline_claim import meet_due
from models.employer import Employer, EmployerMember, EmployerStatus
from models.holding import hold_candidate
from models.job_offer import JobOffer
from models.language import Language
from models.outbox import OutboxEntry
from models.profile import Education
from models.residence_case import Residence, ResidenceSource, ResidenceStep
from models.stream_event import StreamEvent
from resolvers import candidacy, contact_reading, contact_request, erasure, hidden_employer
from resolvers.context import Context
from tests.conftest import NOW, Clock
from tests.contact.oracle import CANDIDACIES, CANDIDATES, DONE, EMPLOYERS, OFFERS, Key
from tests.contexts import PASSWORD, asking, open_service
from tests.notifications.rows import add_offer, add_person

UNKNOWN = UUID(int=1)


@dataclass
class Stage:
    """`ids` are the rows by their names, `names` the names by rows."""

    service: Context
    clock: Clock
    stack: AsyncExitStack
    ids: dict[str, UUID] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)
    requests: dict[Key, UUID] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.service.database

    def by(self, who: str) -> Context:
        return asking(self.service, self.callers[who])

    # what is done

    async def ask(self, employer: str, wanted: str, offer: str) -> str:
        asked = contact_request.Asked(self.numbers[wanted], self.ids[offer], f"{wanted} {offer}")
        outcome, made = await _tried(lambda: contact_request.request(self.by(employer), asked))
        if made:
            self.requests[wanted, offer] = made.request.id
        return outcome

    async def answer(self, who: str, key: Key, status: str, reply: str | None) -> str:
        act = contact_request.accept if status == "ACCEPTED" else contact_request.decline
        return (await _tried(lambda: act(self.by(who), self.requests.get(key, UNKNOWN), reply)))[0]

    async def withdraw_consent(self, who: str, key: Key) -> str:
        return (await _tried(lambda: contact_request.withdraw_consent(self.by(who), self.requests.get(key, UNKNOWN))))[0]

    async def cancel(self, employer: str, key: Key) -> str:
        return (await _tried(lambda: contact_request.cancel(self.by(employer), self.requests.get(key, UNKNOWN))))[0]

    async def hide(self, candidate: str, employer: str) -> None:
        await _tried(lambda: hidden_employer.hide(self.by(candidate), self.callers[employer].employer_neq or ""))

    async def show(self, candidate: str, employer: str) -> None:
        await _tried(lambda: hidden_employer.show(self.by(candidate), self.callers[employer].employer_neq or ""))

    async def withdraw(self, wanted: str) -> None:
        await _tried(lambda: candidacy.withdraw(self.by(CANDIDACIES[wanted]), self.ids[wanted]))

    async def publish(self, wanted: str) -> None:
        await _tried(lambda: candidacy.publish(self.by(CANDIDACIES[wanted]), self.ids[wanted]))

    async def deactivate(self, candidate: str) -> None:
        found = residence.Finding(Residence.QUEBEC, ResidenceSource.AGENT)
        async with self.database.begin() as session:
            if (held := await hold_candidate(session, self.ids[candidate])) is not None:
                await residence.found_in_canada(session, held, found, self.clock())
        self.clock.move(hours=48)
        await self.work()

    async def reopen(self, candidate: str) -> None:
        abroad = residence.Finding(Residence.ABROAD, ResidenceSource.AGENT)
        async with self.database.begin() as session:
            if (held := await hold_candidate(session, self.ids[candidate])) is not None:
                await residence.returned(session, held, ResidenceStep.REOPENED, abroad, self.clock())

    async def erase(self, candidate: str) -> None:
        await erasure.erase(self.by(candidate), PASSWORD)

    async def close(self, offer: str) -> None:
        async with self.database.begin() as session:
            row = await session.get_one(JobOffer, self.ids[offer])
            row.close()

    async def stand(self, employer: str, status: EmployerStatus) -> None:
        """Callers are what they were when they signed in: that an employer stands is read again."""
        async with self.database.begin() as session:
            theirs = update(Employer).where(Employer.id == self.ids[employer])
            await session.execute(theirs.values(status=status))

    async def work(self) -> None:
        while await meet_due(self.database, worker.DEADLINES, self.clock()):
            pass

    # what is seen

    async def read(self, who: str, key: Key) -> tuple[str, str | None, bool] | None:
        found = await contact_reading.known(self.by(who), self.requests.get(key, UNKNOWN))
        return (found.status, found.reply, found.person is not None) if found else None

    async def profiles(self, employer: str) -> dict[str, bool]:
        """The candidacies that the employer sees, and whether it sees who their candidates are."""
        found = await candidacy.published(self.by(employer), [self.ids[each] for each in CANDIDACIES])
        return {each: found[self.ids[each]].person is not None for each in CANDIDACIES if self.ids[each] in found}

    async def told(self, who: str) -> tuple[list[int], list[tuple[Key, str]]]:
        names = {request: key for key, request in self.requests.items()}
        query = select(StreamEvent).where(StreamEvent.reader_id == self.ids[who]).order_by(StreamEvent.position)
        async with self.database.read() as session:
            rows = list(await session.scalars(query))
        return [row.position for row in rows], [(names[row.subject], row.what) for row in rows]

    async def letters(self) -> Counter[tuple[str, Key | str]]:
        about: dict[UUID, Key | str] = {request: key for key, request in self.requests.items()}
        about |= {self.callers[each].account_id: each for each in EMPLOYERS}
        query = select(OutboxEntry).where(OutboxEntry.kind.like("contact_request.%"))
        async with self.database.read() as session:
            return Counter((row.kind.partition(".")[2], about[row.subject]) for row in await session.scalars(query))


async def _tried(act: Callable[[], Awaitable[Any]]) -> tuple[str, Any]:
    try:
        return DONE, await act()
    except Refused as refused:
        return refused.code, None


async def open_stage(url: str, folder: Path) -> Stage:
    clock, stack = Clock(), AsyncExitStack()
    database = open_database(url)
    stack.push_async_callback(database.close)
    stage = Stage(await stack.enter_async_context(open_service(database, clock, folder)), clock, stack)
    hashed = await stage.service.passwords.hash(PASSWORD)
    async with database.begin() as session:
        for name in CANDIDATES:
            await _candidate(session, stage, name, hashed)
        for number, name in enumerate(EMPLOYERS):
            await _employer(session, stage, name, f"114392011{number}")
    return stage


async def _candidate(session: AsyncSession, stage: Stage, name: str, hashed: str) -> None:
    """Whose publications end after all that a test lives through. Nobody reads the address: no notice waits to be sent."""
    person = add_person(session, confirmed=False)
    await session.flush()
    held = await hold_candidate(session, person.id)
    assert held is not None
    held.certificate_issued_on, held.certificate_expires_on = NOW.date() - timedelta(days=10), date(2040, 1, 1)
    held.sealed_file_number = held.sealed_individual_reference_number = stage.service.vault.seal("OK123456", person.id.bytes)
    (await session.get_one(Account, person.id)).password_hash = hashed
    stage.ids[name], stage.callers[name] = person.id, _caller(person.id, Role.CANDIDATE)
    for each in (each for each, owner in CANDIDACIES.items() if owner == name):
        row = Candidacy(id=uuid4(), candidate_id=person.id, created_at=NOW, title_fr="Soudeuse", occupations=["72106"])
        row.skills, row.languages, row.regions, row.work_modes, row.education = [], [], [], [], Education.NONE
        row.years_of_experience, row.status = 0, CandidacyStatus.DRAFT
        session.add(row)
        await session.flush()
        publication.publish(session, (held, row), (), NOW)
        stage.ids[each], stage.numbers[each] = row.id, row.number


async def _employer(session: AsyncSession, stage: Stage, name: str, neq: str) -> None:
    row = Employer(id=uuid4(), name=name, neq=neq, status=EmployerStatus.AUTHENTICATED, created_at=NOW)
    account = Account(id=uuid4(), role=Role.EMPLOYER_MEMBER, email=f"{name}@example.org", password_hash="")
    account.language, account.created_at = Language.FR, NOW
    session.add_all((row, account))
    await session.flush()
    session.add(EmployerMember(id=account.id, employer_id=row.id, name=name))
    stage.ids[name], stage.callers[name] = row.id, _caller(account.id, Role.EMPLOYER_MEMBER, row)
    for each in (each for each, owner in OFFERS.items() if owner == name):
        offer = add_offer(session, row)
        offer.ends_on = date(2040, 1, 1)
        stage.ids[each] = offer.id


def _caller(account_id: UUID, role: Role, employer: Employer | None = None) -> Caller:
    standing = (employer.id, employer.neq, employer.status) if employer else (None, None, None)
    caller = Caller(account_id, role, uuid4(), NOW + timedelta(days=9_999))
    return Caller(**{**vars(caller), **dict(zip(("employer_id", "employer_neq", "employer_status"), standing, strict=True))})
