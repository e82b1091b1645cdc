"""What writing a candidacy always comes with, in the transaction that is given: what is owed for it. Who may write it, and
whether the draft can be kept, is decided before."""

from datetime import datetime

from errors import LimitReached
from models.calendar import end_of_day, period_end, quebec_day
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_draft import CandidacyDraft
from models.candidate import Candidate
from models.outbox import Store, emit

CANDIDACIES = 20
"""How many candidacies one person may keep."""


def require_room(kept: int) -> None:
    """Raises LimitReached for one more candidacy of a person who keeps so many."""
    if kept >= CANDIDACIES:
        raise LimitReached("TOO_MANY_CANDIDACIES", limit=CANDIDACIES, current=kept)


def revise(session: Store, row: Candidacy, draft: CandidacyDraft, now: datetime) -> None:
    """A published candidacy changes in the search as well. Raises Invalid for one that could no longer be found."""
    draft.write_to(row)
    if row.status is CandidacyStatus.PUBLISHED:
        row.require_findable()
        emit(session, "candidacy.changed", row.id, now)


def publish(session: Store, row: Candidacy, candidate: Candidate, now: datetime) -> None:
    """Until the end of the period of the candidate's certificate. Raises NotEligible for a candidate who may not, and what
    models.candidacy.Candidacy.publish raises."""
    today = quebec_day(now)
    candidate.may_publish(today)
    ends_on = period_end(candidate.certificate_issued_on, candidate.certificate_expires_on, today)
    row.publish(now, ends_on)
    emit(session, "candidacy.changed", row.id, now)
    emit(session, "candidacy.ends", row.id, end_of_day(ends_on))
