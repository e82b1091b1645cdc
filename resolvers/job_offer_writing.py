"""What writing an offer always comes with, in the transaction that is given: its history, and what is owed for it. Who may
write it, and whether the draft can be kept, is decided before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.calendar import end_of_day, quebec_day
from models.deadline import DeadlineKind, deadline
from models.job_offer import JobOffer, JobOfferEvent, JobOfferStatus
from models.job_offer_draft import JobOfferDraft
from models.outbox import Store, emit


@dataclass(frozen=True)
class Author:
    """Who writes, by account, and when."""

    account_id: UUID
    now: datetime


def record(session: Store, row: JobOffer, author: Author, *, reason: str | None = None, changed: Sequence[str] = ()) -> None:
    """Adds what the offer has become to its history, or what of it was changed. The row must have its id."""
    event = JobOfferEvent(job_offer_id=row.id, at=author.now, status=row.status, by=author.account_id, reason=reason)
    event.changed = list(changed)
    session.add(event)


def revise(session: Store, row: JobOffer, draft: JobOfferDraft, author: Author) -> None:
    """A published offer changes in the search as well, with its history, and is announced to alerts again when what criteria
    read has changed. Raises Conflict for one that has ended, Invalid for a published one that could no longer be found."""
    before = JobOfferDraft.of(row)
    row.require_editable(quebec_day(author.now))
    draft.write_to(row)
    if row.status is JobOfferStatus.PUBLISHED:
        row.require_findable()
        if changed := JobOfferDraft.of(row).differences(before):
            record(session, row, author, changed=changed)
        row.keep_sketches()
        emit(session, "job_offer.changed", row.id, author.now)
        if not JobOfferDraft.of(row).announces_as(before):
            row.announced_at = author.now
            emit(session, "job_offer.announced", row.id, author.now)


def publish(session: Store, row: JobOffer, author: Author) -> None:
    """Raises what models.job_offer.JobOffer.publish raises."""
    row.publish(author.now)
    record(session, row, author)
    emit(session, "job_offer.changed", row.id, author.now)
    emit(session, "job_offer.announced", row.id, author.now)
    plan_end(session, row)


def plan_end(session: Store, row: JobOffer) -> None:
    """For an offer of which no end is planned."""
    if row.ends_on is not None:
        session.add(deadline(DeadlineKind.JOB_OFFER_EXPIRES, row.id, end_of_day(row.ends_on)))
