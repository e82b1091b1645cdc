"""Takes in candidacies, by the rules that hold for those written through the API. Where there is a sandbox, people who have
no account yet get one, with a certificate that the sandbox registry recognises."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.vault import Vault
from commands.import_entry import Entry, Outcome, Outcomes
from commands.import_fields import Fields
from commands.sandbox import Person, Sandbox
from errors import NotEligible, NotFound, Refused
from models import country
from models.account import CONFIRMED_LAST, Account
from models.bulk import NewRows
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_draft import CandidacyDraft
from models.candidate import Candidate
from models.checks import NAME, Checks
from models.language import Language
from models.lock import lock
from models.profile import Education, WorkMode
from models.publication import publish
from resolvers import candidacy_writing as writing
from resolvers.residence import CANADA


@dataclass(frozen=True)
class Profile:
    """A candidacy, and what is needed of its candidate where there is no file yet."""

    draft: CandidacyDraft
    given_name: str | None
    family_name: str | None
    country_of_residence: str
    language: Language

    def check(self) -> None:
        checks = Checks()
        checks.line("givenName", self.given_name, NAME)
        checks.line("familyName", self.family_name, NAME)
        checks.codes("countryOfResidence", [self.country_of_residence], country.is_known)
        checks.done()
        self.draft.check()


Offered = Entry[Profile]


@dataclass
class Batch:
    """What is known, and what comes to be known, while entries are taken in together. `new` is not in the database yet."""

    candidates: dict[str, Candidate]
    taken: Collection[str]
    """Addresses of people who are not candidates."""
    rows: Mapping[tuple[UUID, str | None], Candidacy]
    kept: Counter[UUID]
    new: NewRows = field(default_factory=NewRows)


@dataclass(frozen=True)
class CandidacyIntake:
    """`now` is when they are taken in. Without a sandbox, unknown candidates are refused."""

    now: datetime
    vault: Vault
    sandbox: Sandbox | None
    owner: str = "candidate"

    def read(self, fields: Fields) -> Profile:
        return Profile(
            draft=_draft(fields),
            given_name=fields.text("givenName"),
            family_name=fields.text("familyName"),
            country_of_residence=fields.text("countryOfResidence") or "FR",
            language=fields.choice("language", Language, Language.FR),
        )

    async def take(self, session: AsyncSession, entries: Sequence[Offered]) -> Outcomes:
        batch = await _read(session, entries)
        outcomes: dict[int, Outcome | Refused] = {}
        for entry in entries:
            try:
                outcomes[entry.number] = await self._take(session, batch, entry)
            except Refused as refusal:
                outcomes[entry.number] = refusal
        await batch.new.write(session)
        return outcomes

    async def _take(self, session: AsyncSession, batch: Batch, entry: Offered) -> Outcome:
        candidate = batch.candidates.get(entry.owner)
        if candidate is None:
            return self._add_with_candidate(batch, entry)
        row = batch.rows.get((candidate.id, entry.external_id))
        if row is None:
            return self._add(batch, entry, candidate)
        return await self._change(session, entry, row, candidate)

    def _add_with_candidate(self, batch: Batch, entry: Offered) -> Outcome:
        if self.sandbox is None or entry.owner in batch.taken:
            raise NotFound("UNKNOWN_CANDIDATE", email=entry.owner)
        person = _person(entry)
        if person.country_of_residence == CANADA:
            raise NotEligible("RESIDES_IN_CANADA")
        candidate = self.sandbox.candidate(person)
        outcome = self._add(batch, entry, candidate)
        batch.new.add(self.sandbox.account(person, confirmed=False))
        batch.new.add(candidate)
        batch.candidates[entry.owner] = candidate
        return outcome

    def _add(self, batch: Batch, entry: Offered, candidate: Candidate) -> Outcome:
        """Adds nothing when it is refused."""
        writing.require_room(batch.kept[candidate.id])
        row = Candidacy(
            id=uuid4(),
            candidate_id=candidate.id,
            external_id=entry.external_id,
            status=CandidacyStatus.DRAFT,
            created_at=self.now,
        )
        entry.content.draft.write_to(row)
        its = NewRows()
        its.add(row)
        if entry.publish:
            publish(its, (candidate, row), self._numbers(candidate), self.now)
        batch.new.add_all(its)
        batch.kept[candidate.id] += 1
        return Outcome.NEW

    def _numbers(self, candidate: Candidate) -> Sequence[str]:
        return self.vault.certificate_of(candidate).numbers

    async def _change(self, session: AsyncSession, entry: Offered, row: Candidacy, candidate: Candidate) -> Outcome:
        """What a refusal leaves behind is undone. What was withdrawn or has expired stays so: only the candidate decides
        to be visible again."""
        revised = _kept(entry.content.draft) != CandidacyDraft.of(row)
        published = entry.publish and row.status is CandidacyStatus.DRAFT
        held = (candidate, row)
        async with session.begin_nested():
            if revised:
                writing.revise(session, held, entry.content.draft, self._numbers(candidate), self.now)
            if published:
                publish(session, held, self._numbers(candidate), self.now)
        return Outcome.CHANGED if revised or published else Outcome.UNCHANGED


def _person(entry: Offered) -> Person:
    profile, local_part = entry.content, entry.owner.partition("@")[0]
    return Person(
        id=uuid4(),
        email=entry.owner,
        given_name=profile.given_name or local_part,
        family_name=profile.family_name or "—",
        country_of_residence=profile.country_of_residence,
        language=profile.language,
    )


def _draft(fields: Fields) -> CandidacyDraft:
    return CandidacyDraft(
        title=fields.localized("title"),
        summary=fields.localized("summary"),
        experience=fields.localized("experience"),
        occupations=fields.texts("occupations"),
        skills=fields.texts("skills"),
        languages=fields.levels("languages"),
        education=fields.choice("education", Education, Education.NONE),
        years_of_experience=fields.count("yearsOfExperience", 0),
        regions=fields.texts("regions"),
        work_modes=fields.choices("workModes", WorkMode),
        available_from=fields.day("availableFrom"),
        minimum_salary=fields.whole("minimumSalary"),
    )


def _kept(draft: CandidacyDraft) -> CandidacyDraft:
    """The draft as it would be read again: nothing named twice."""
    row = Candidacy()
    draft.write_to(row)
    return CandidacyDraft.of(row)


async def _read(session: AsyncSession, entries: Sequence[Offered]) -> Batch:
    emails = {entry.owner for entry in entries}
    await lock(session, *(f"account {email}" for email in emails))
    files = select(Candidate.id).join(Account, Account.id == Candidate.id).where(Account.email.in_(emails))
    await session.execute(files.order_by(Candidate.id).with_for_update(of=Candidate))  # before anything that is in them
    accounts = select(Account.email, Candidate).outerjoin(Candidate, Candidate.id == Account.id)
    accounts = accounts.where(Account.email.in_(emails)).order_by(*CONFIRMED_LAST)
    found = dict((await session.execute(accounts.with_for_update(of=Account))).all())  # the one that is confirmed comes last
    candidates = {email: candidate for email, candidate in found.items() if candidate is not None}
    ids = [candidate.id for candidate in candidates.values()]
    own = Candidacy.candidate_id.in_(ids)
    named = select(Candidacy).where(own, Candidacy.external_id.in_({entry.external_id for entry in entries}))
    rows = await session.scalars(named.order_by(Candidacy.id).with_for_update())
    counts = select(Candidacy.candidate_id, func.count()).where(own).group_by(Candidacy.candidate_id)
    return Batch(
        candidates=candidates,
        taken={email for email, candidate in found.items() if candidate is None},
        rows={(row.candidate_id, row.external_id): row for row in rows},
        kept=Counter(dict((await session.execute(counts)).all())),
    )
