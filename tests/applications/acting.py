"""The real acts, named as the oracle names things: the candidates, candidacies, employers and offers of tests.contact. Not a test
itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from errors import Refused
from models.application import Application, ApplicationStatus, DeclineReason
from models.application_end import GONE, OFFER_ENDED, close_with_offer
from models.candidacy import Candidacy
from models.deadline import Deadline, DeadlineKind
from models.job_offer import JobOffer, JobOfferStatus
from models.outbox import OutboxEntry
from models.stream_event import StreamEvent
from resolvers import application, application_reading, job_offer
from resolvers.application_step import Declined, Named, decline, hire, invite, offer_position, review, withdraw
from resolvers.context import Context
from resolvers.pages import PageRequest
from tests.applications.oracle import DONE, Read, Step
from tests.contact.acting import UNKNOWN, Stage, open_stage
from tests.contact.oracle import CANDIDATES, EMPLOYERS, OFFERS

STEPS: dict[str, Callable[[Context, Named], Awaitable[Any]]] = {
    "UNDER_REVIEW": review,
    "INTERVIEW": lambda context, named: invite(context, named, "mardi"),
    "OFFERED": lambda context, named: offer_position(context, named, "bienvenue"),
    "HIRED": hire,
    "DECLINED": lambda context, named: decline(context, named, Declined(DeclineReason.LANGUAGE, "un niveau 7")),
}


@dataclass
class Desk:
    """`sent` are the applications by their numbers."""

    stage: Stage
    sent: list[UUID] = field(default_factory=list)

    def by(self, who: str) -> Context:
        return self.stage.by(who)

    # what is done

    async def apply(self, who: str, candidacy: str, offer: str, letter: str | None) -> str:
        wanted = application.Applying(self.stage.ids[offer], self.stage.ids[candidacy], letter)
        outcome, made = await tried(lambda: application.apply(self.by(who), wanted))
        self.sent += [made.application.id] if made else []
        return outcome

    async def step(self, who: str, number: int, target: str, behind: int) -> str:
        return (await tried(lambda: self._step(who, number, target, behind)))[0]

    async def _step(self, who: str, number: int, target: str, behind: int) -> Any:
        return await STEPS[target](self.by(who), await self._named(number, behind))

    async def step_from(self, who: str, number: int, target: str, version: int) -> str:
        """Of an application as it was read in that version."""
        return (await tried(lambda: STEPS[target](self.by(who), Named(self._id(number), version))))[0]

    async def withdraw(self, who: str, number: int, reason: str | None, behind: int) -> str:
        return (await tried(lambda: self._withdraw(who, number, reason, behind)))[0]

    async def _withdraw(self, who: str, number: int, reason: str | None, behind: int) -> Any:
        return await withdraw(self.by(who), await self._named(number, behind), reason)

    async def _named(self, number: int, behind: int) -> Named:
        """Of a version so many steps ago; 0 names none."""
        if not behind:
            return Named(self._id(number))
        async with self.stage.database.read() as session:
            row = await session.get(Application, self._id(number))
        return Named(self._id(number), (row.version if row else 1) - behind)

    def _id(self, number: int) -> UUID:
        return self.sent[number] if number < len(self.sent) else UNKNOWN

    async def revise(self, candidacy: str, years: int) -> None:
        async with self.stage.database.begin() as session:
            row = await session.get(Candidacy, self.stage.ids[candidacy])
            if row is not None:
                row.years_of_experience = years

    async def end_offer(self, offer: str, status: str) -> None:
        """By its employer, by an agent, or by time."""
        member = self.by(OFFERS[offer])
        if status == JobOfferStatus.CLOSED:
            await job_offer.close(member, self.stage.ids[offer])
        elif status == JobOfferStatus.REMOVED:
            await job_offer.remove(member, self.stage.ids[offer], "Discriminatoire.")
        else:
            async with self.stage.database.begin() as session:
                ended = update(JobOffer).where(JobOffer.id == self.stage.ids[offer])
                await session.execute(ended.values(status=JobOfferStatus.EXPIRED))

    async def work(self) -> None:
        """What the outbox owes to offers that have ended, and what is due."""
        owed = select(OutboxEntry).where(OutboxEntry.kind == OFFER_ENDED).order_by(OutboxEntry.id)
        async with self.stage.database.read() as session:
            entries = list(await session.scalars(owed))
        for entry in entries:
            await close_with_offer(self.stage.database, entry.subject, self.stage.clock())
            async with self.stage.database.begin() as session:
                await session.execute(delete(OutboxEntry).where(OutboxEntry.id == entry.id))
        await self.stage.work()

    # what is seen

    async def read(self, who: str, number: int) -> Read | None:
        found = await application_reading.known(self.by(who), self._id(number))
        return self._read(found) if found else None

    async def listed(self, who: str) -> dict[int, Read]:
        """What a candidate has sent, or an employer's offers have brought."""
        page, context = PageRequest(100), self.by(who)
        if who in CANDIDATES:
            slices = [await application_reading.of_candidate(context, self.stage.ids[who], page)]
        else:
            theirs = [self.stage.ids[each] for each, owner in OFFERS.items() if owner == who]
            slices = [await application_reading.to_offer(context, each, page) for each in theirs]
        assert all(each.total == len(each.items) for each in slices)
        return {self.sent.index(found.application.id): self._read(found) for each in slices for _, found in each.items}

    def _read(self, found: application_reading.Sent) -> Read:
        row = found.application
        assert row.version == len(found.history)
        steps: list[Step] = [(each.event.status, each.side, each.event.reason) for each in found.history]
        allowed: list[str] = [*found.allowed]
        long = row.no_news_since(self.stage.clock()) is not None
        years = found.snapshot.years_of_experience
        return row.status, years, found.person is not None, found.cover_letter, allowed, steps, long

    async def told(self, who: str) -> tuple[list[int], list[tuple[int, str]]]:
        mine = (StreamEvent.reader_id == self.stage.ids[who], StreamEvent.stream == "application")
        async with self.stage.database.read() as session:
            rows = list(await session.scalars(select(StreamEvent).where(*mine).order_by(StreamEvent.position)))
        return [row.position for row in rows], [(self.sent.index(row.subject), row.what) for row in rows]

    async def letters(self) -> list[str]:
        members = {self.stage.callers[each].account_id: each for each in EMPLOYERS}
        query = select(OutboxEntry.subject).where(OutboxEntry.kind == GONE)
        async with self.stage.database.read() as session:
            return sorted(members[each] for each in await session.scalars(query))

    async def reminded(self) -> set[int]:
        """Of which applications their employer is going to be reminded."""
        query = select(Deadline.subject).where(Deadline.kind == DeadlineKind.APPLICATION_REMINDER.value)
        async with self.stage.database.read() as session:
            return {self.sent.index(each) for each in await session.scalars(query)}

    async def statuses(self) -> list[ApplicationStatus]:
        async with self.stage.database.read() as session:
            return list(await session.scalars(select(Application.status)))


async def tried(act: Callable[[], Awaitable[Any]]) -> tuple[str, Any]:
    try:
        return DONE, await act()
    except Refused as refused:
        return refused.code, None


async def open_desk(url: str, folder: Path) -> Desk:
    return Desk(await open_stage(url, folder))
