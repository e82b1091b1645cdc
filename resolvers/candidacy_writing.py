"""What writing a candidacy always comes with, in the transaction that is given: what is owed for it. Who may write it, and
whether the draft can be kept, is decided before."""

from collections.abc import Sequence
from datetime import datetime

from errors import LimitReached
from models.candidacy import Candidacy, CandidacyStatus
from models.candidacy_draft import CandidacyDraft
from models.candidacy_traces import traces_in
from models.candidate import Candidate
from models.outbox import Store, emit
from models.publication import ANNOUNCED

CANDIDACIES = 20
"""How many candidacies one person may keep."""


def require_room(kept: int) -> None:
    """Raises LimitReached for one more candidacy of a person who keeps so many."""
    if kept >= CANDIDACIES:
        raise LimitReached("TOO_MANY_CANDIDACIES", limit=CANDIDACIES, current=kept)


def revise(
    session: Store, held: tuple[Candidate, Candidacy], draft: CandidacyDraft, certificate_numbers: Sequence[str], now: datetime
) -> None:
    """A published candidacy changes in the search as well, and is announced to saved searches again when anything has changed:
    criteria read all of it. Raises Invalid for one that could no longer be found, or would give its candidate away."""
    candidate, row = held
    before = CandidacyDraft.of(row)
    draft.write_to(row)
    if row.status is CandidacyStatus.PUBLISHED:
        row.require_findable(traces_in(row, candidate, certificate_numbers))
        emit(session, "candidacy.changed", row.id, now)
        if CandidacyDraft.of(row) != before:
            row.announced_at = now
            emit(session, ANNOUNCED, row.id, now)
