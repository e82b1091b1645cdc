"""What the index must hold, read from the rows. Reads only; knows no engine.

A document takes something from two rows: an offer from its employer, a candidacy from its candidate, with whom that hides
from. The version of a document is the sum of the versions of both its rows: neither ever goes down, so that a later state of
the pair has a higher one."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, select, true

from models.calendar import quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_document import candidacy_document
from models.candidate import STANDING, Candidate
from models.database import Database
from models.document import Document, Kind
from models.employer import Employer, EmployerStatus
from models.hidden_employer import HiddenEmployer
from models.job_offer import JobOffer, JobOfferStatus
from models.job_offer_document import job_offer_document
from search.engine import Removal, Stamp

GONE = 2**62
"""The version of the removal of a row that is no more: no row with its id comes back."""
BATCH = 500
Columns = tuple[Any, ...]
HIDDEN_FROM = (
    select(func.aggregate_strings(HiddenEmployer.neq, " "))
    .where(HiddenEmployer.candidate_id == Candidate.id)
    .correlate(Candidate)
    .scalar_subquery()
)
"""The NEQ of every employer that the candidate hides from; None when there are none."""


@dataclass(frozen=True)
class Source:
    """Where the documents of a kind come from: those of the published rows, until the day that each ends on."""

    row: type[Candidacy] | type[JobOffer]
    others: tuple[ColumnElement[Any], ...]
    version: ColumnElement[int]
    published: ColumnElement[bool]
    ends_on: ColumnElement[date | None]
    joined: Callable[[Select[*Columns]], Select[*Columns]]
    document: Callable[..., Document]

    def standing(self, today: date) -> ColumnElement[bool]:
        return and_(self.published, self.ends_on >= today)

    def stands(self, today: date) -> ColumnElement[bool]:
        """The same in a form that no index serves: of rows that are named by their ids, or read in the order of those. Otherwise
        SQLite would go through all that is published."""
        return case((self.standing(today), true()), else_=false())

    def select(self, *columns: Any) -> Select[*Columns]:
        return self.joined(select(*columns).select_from(self.row))

    def read(self, today: date) -> Select[*Columns]:
        return self.select(self.row, *self.others, self.version.label("sum"), self.stands(today).label("standing"))


SOURCES: Mapping[Kind, Source] = {
    Kind.CANDIDACY: Source(
        row=Candidacy,
        others=(Candidate.country_of_residence.expression, HIDDEN_FROM),
        version=Candidacy.version + Candidate.profile_version,
        published=and_(Candidacy.status == CandidacyStatus.PUBLISHED, Candidate.registration_status.in_(STANDING)),
        ends_on=Candidacy.publication_ends_on.expression,
        joined=lambda query: query.join(Candidate, Candidate.id == Candidacy.candidate_id),
        document=lambda row, country, hidden_from: candidacy_document(row, country, (hidden_from or "").split()),
    ),
    Kind.JOB_OFFER: Source(
        row=JobOffer,
        others=(Employer.name.expression,),
        version=JobOffer.version + Employer.version,
        published=and_(JobOffer.status == JobOfferStatus.PUBLISHED, Employer.status == EmployerStatus.AUTHENTICATED),
        ends_on=JobOffer.ends_on.expression,
        joined=lambda query: query.join(Employer, Employer.id == JobOffer.employer_id),
        document=job_offer_document,
    ),
}


async def read_changes(database: Database, kind: Kind, ids: Collection[UUID], now: datetime) -> list[Document | Removal]:
    """What the index must hold of those ids now: the document, or its removal when it is not to be found."""
    source, wanted = SOURCES[kind], list(dict.fromkeys(ids))
    query = source.read(quebec_day(now))
    changes: list[Document | Removal] = []
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        async with database.read() as session:
            rows = (await session.execute(query.where(source.row.id.in_(some)))).all()
        changes += await asyncio.to_thread(_changes, kind, rows, now)
        changes += [Removal(kind, missing, GONE, now) for missing in set(some) - {row[0].id for row in rows}]
    return changes


async def stream(database: Database, kind: Kind, now: datetime, batch: int = BATCH) -> AsyncIterator[list[Document]]:
    """Every document that the index must hold, in the order of their ids. Each batch is a reading of its own."""
    source, today = SOURCES[kind], quebec_day(now)
    query = source.read(today).where(source.stands(today)).order_by(source.row.id).limit(batch)
    following = query
    while True:
        async with database.read() as session:
            rows = (await session.execute(following)).all()
        if not rows:
            return
        following = query.where(source.row.id > rows[-1][0].id)
        yield await asyncio.to_thread(_documents, kind, rows)


async def expected_stamps(database: Database, kind: Kind, now: datetime) -> dict[UUID, Stamp]:
    """The stamp of every document that the index must hold."""
    stamps: dict[UUID, Stamp] = {}
    async for documents in stream(database, kind, now):
        stamps |= await asyncio.to_thread(_stamps, documents)
    return stamps


async def expected_versions(database: Database, kind: Kind, now: datetime) -> dict[UUID, int]:
    """The version of every document that the index must hold: read at once, without what is in them."""
    source = SOURCES[kind]
    return await _versions(database, source.select(source.row.id, source.version).where(source.standing(quebec_day(now))))


async def lapsed(database: Database, kind: Kind, now: datetime) -> Set[UUID]:
    """Published rows whose last day has passed and which nobody has marked yet. The index may still hold them: searches
    do not find them."""
    source = SOURCES[kind]
    over = and_(source.published, source.ends_on < quebec_day(now))
    return (await _versions(database, source.select(source.row.id, source.version).where(over))).keys()


async def _versions(database: Database, query: Select[*Columns]) -> dict[UUID, int]:
    async with database.read() as session:
        return {row[0]: row[1] for row in await session.execute(query)}


def _documents(kind: Kind, rows: Sequence[Row[*Columns]]) -> list[Document]:
    """For a thread: the analysis of text takes its time."""
    build = SOURCES[kind].document
    return [replace(build(*row[:-2]), version=row.sum) for row in rows]


def _stamps(documents: Sequence[Document]) -> dict[UUID, Stamp]:
    return {each.id: Stamp(each.version, each.digest) for each in documents}


def _changes(kind: Kind, rows: Sequence[Row[*Columns]], now: datetime) -> list[Document | Removal]:
    standing = _documents(kind, [row for row in rows if row.standing])
    removed = [Removal(kind, row[0].id, row.sum, now) for row in rows if not row.standing]
    return [*standing, *removed]
