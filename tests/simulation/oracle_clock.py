"""How time passes for the oracle: what comes due, and is seen to if a worker is there. Shares no code with the product."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.simulation.oracle_days import day_of
from tests.simulation.oracle_file import LETTERS, TO_WITHDRAW, Candidacy, Case, File

LONGEST_DELAY = timedelta(days=30)
"""After so long a notice that could not be sent counts as given."""


class Wrong(AssertionError):
    """Something happened that the rules do not have."""


@dataclass
class Timeline:
    """`worker`, `mail` and `registry` are the instants since when each has been up; None while it is down."""

    now: datetime
    files: dict[str, File] = field(default_factory=dict)
    worker: datetime | None = None
    mail: datetime | None = None
    registry: datetime | None = None
    _due: list[tuple[datetime, int, File, Candidacy | Case]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def advance(self, now: datetime) -> None:
        """What comes of the time that passes, if a worker is there to see to it."""
        self.now = now
        while self.worker and self._due and self._due[0][0] <= now:
            due, _, file, subject = heapq.heappop(self._due)
            if isinstance(subject, Case):
                self._deadline(file, subject, due)
            else:
                self._end(file, subject)

    def _later(self, due: datetime, file: File, subject: Candidacy | Case) -> None:
        heapq.heappush(self._due, (due, next(self._order), file, subject))

    def _deadline(self, file: File, case: Case, due: datetime) -> None:
        """48 hours are over. They are given again when our own delay has kept the notice from somebody who has an address."""
        if case.closed or case is not file.cases[-1] or case.deadline != due:
            return
        if not any(each.shown_at(case.deadline) for each in file.candidacies.values()):
            file.done(self.now)
        elif file.confirmed and LETTERS["OPENED"] not in case.told and self.now - case.opened <= LONGEST_DELAY:
            self._put_off(file, case, self.now + TO_WITHDRAW)
            file.close_if_done(self.now)
        else:
            file.deactivate(self.now)
            self._forget_notices(file)

    def _put_off(self, file: File, case: Case, deadline: datetime) -> None:
        case.deadline = deadline
        self._later(deadline, file, case)

    def _end(self, file: File, candidacy: Candidacy) -> None:
        """A worker marks what has ended; a case closes with the last publication."""
        period = candidacy.publication
        if period is not None and not candidacy.withdrawn and day_of(self.now) > period.ends:
            period.marked = True
            file.close_if_done(self.now)
        self._forget_notices(file)

    def _forget_notices(self, file: File) -> None:
        """What falls due while a file is deactivated is of no account later."""
        if file.state == "DEACTIVATED" and file.confirmed:
            for period in (each.publication for each in file.candidacies.values()):
                for kind in [kind for kind, due in period.owed.items() if due <= self.now] if period else []:
                    assert period is not None
                    del period.owed[kind]

    def goes_down(self, what: str) -> None:
        """The worker, the mail or the registry. Whoever waits for a notice may have had the time put off already."""
        setattr(self, what, None)
        if what != "registry":
            for case in (file.open_case for file in self.files.values()):
                if case is not None and LETTERS["OPENED"] not in case.told:
                    case.loose = True
