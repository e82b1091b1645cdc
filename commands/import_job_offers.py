"""Takes in job offers of authenticated employers, by the rules that hold for offers written through the API."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from commands.import_entry import Entry, Outcome, Outcomes
from commands.import_fields import Fields
from errors import NotFound, Refused
from models.account import CONFIRMED_LAST, Account
from models.bulk import NewRows
from models.employer import ACTING, Employer, EmployerMember
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_draft import JobOfferDraft
from models.job_offer_review import review_again, review_first_offers
from models.lock import lock
from models.profile import ContractType, Education, WorkMode
from resolvers import job_offer_writing as writing

Posted = Entry[JobOfferDraft]


@dataclass(frozen=True)
class Member:
    account_id: UUID
    employer: Employer


@dataclass(frozen=True)
class JobOfferIntake:
    """`now` is when they are taken in."""

    now: datetime
    owner: str = "employer"

    def read(self, fields: Fields) -> JobOfferDraft:
        return JobOfferDraft(
            occupation=fields.text("occupation", required=True) or "",
            region=fields.text("region", required=True) or "",
            contract_type=fields.choice("contractType", ContractType),
            work_mode=fields.choice("workMode", WorkMode),
            title=fields.localized("title"),
            description=fields.localized("description"),
            skills=fields.texts("skills"),
            city=fields.text("city"),
            hours_per_week=fields.number("hoursPerWeek"),
            salary=fields.salary("salary"),
            openings=fields.count("openings", 1),
            education=fields.choice("education", Education, Education.NONE),
            years_of_experience=fields.count("yearsOfExperience", 0),
            languages=fields.levels("languages"),
            accepts_online_applications=fields.yes("acceptsOnlineApplications", default=True),
            how_to_apply=fields.localized("howToApply"),
            posted_by_agency=fields.yes("postedByAgency", default=False),
            recruits_for=fields.text("recruitsFor"),
        )

    async def take(self, session: AsyncSession, entries: Sequence[Posted]) -> Outcomes:
        members = await _members(session, {entry.owner for entry in entries})
        employers = {member.employer.id for member in members.values()}
        await lock(session, *(f"import {employer_id}" for employer_id in employers))
        known = await _known(session, employers, {entry.external_id for entry in entries})
        outcomes: dict[int, Outcome | Refused] = {}
        new = NewRows()
        for entry in entries:
            try:
                member = _entitled(members, entry)
                row = known.get((member.employer.id, entry.external_id))
                if row is None:
                    outcomes[entry.number] = self._add(new, entry, member)
                else:
                    outcomes[entry.number] = await self._change(session, entry, row, member)
            except Refused as refusal:
                outcomes[entry.number] = refusal
        await new.write(session)
        await review_first_offers(session, employers, self.now)
        return outcomes

    def _author(self, member: Member) -> writing.Author:
        return writing.Author(member.account_id, self.now)

    def _add(self, new: NewRows, entry: Posted, member: Member) -> Outcome:
        """Adds nothing when it is refused."""
        row = JobOffer(
            id=uuid4(),
            employer_id=member.employer.id,
            external_id=entry.external_id,
            status=JobOfferStatus.DRAFT,
            created_at=self.now,
        )
        entry.content.write_to(row)
        its = NewRows()
        its.add(row)
        writing.record(its, row, self._author(member))
        if entry.publish:
            writing.publish(its, row, self._author(member))
        new.add_all(its)
        return Outcome.NEW

    async def _change(self, session: AsyncSession, entry: Posted, row: JobOffer, member: Member) -> Outcome:
        """What a refusal leaves behind is undone."""
        revised = _kept(entry.content) != JobOfferDraft.of(row)
        published = entry.publish and row.status is JobOfferStatus.DRAFT
        async with session.begin_nested():
            if revised:
                writing.revise(session, row, entry.content, self._author(member))
                await review_again(session, row.id, self.now)
            if published:
                writing.publish(session, row, self._author(member))
        return Outcome.CHANGED if revised or published else Outcome.UNCHANGED


def _kept(draft: JobOfferDraft) -> JobOfferDraft:
    """The draft as it would be read again: nothing named twice, hours within the salary."""
    row = JobOffer()
    draft.write_to(row)
    return JobOfferDraft.of(row)


def _entitled(members: Mapping[str, Member], entry: Posted) -> Member:
    if entry.owner not in members:
        raise NotFound("UNKNOWN_EMPLOYER_MEMBER", email=entry.owner)
    members[entry.owner].employer.require_authenticated()
    return members[entry.owner]


async def _members(session: AsyncSession, emails: Collection[str]) -> dict[str, Member]:
    """Of several at one address, the one who has confirmed it."""
    query = (
        select(Account.email, Account.id, Employer)
        .join(EmployerMember, EmployerMember.id == Account.id)
        .join(Employer, Employer.id == EmployerMember.employer_id)
        .where(Account.email.in_(emails), ACTING)
        .order_by(*CONFIRMED_LAST)
    )
    rows = await session.execute(query)
    return {email: Member(account_id, employer) for email, account_id, employer in rows}


async def _known(
    session: AsyncSession, employers: Collection[UUID], external_ids: Collection[str]
) -> dict[tuple[UUID, str | None], JobOffer]:
    query = select(JobOffer).where(JobOffer.employer_id.in_(employers), JobOffer.external_id.in_(external_ids))
    rows = await session.scalars(query.order_by(JobOffer.id).with_for_update())
    return {(row.employer_id, row.external_id): row for row in rows}
