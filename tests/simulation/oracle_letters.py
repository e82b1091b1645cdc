"""Which letters are owed and by when, what each must say, and what a late notice to withdraw gives. Shares no code with the
product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.simulation.oracle_clock import Timeline, Wrong
from tests.simulation.oracle_days import day_of
from tests.simulation.oracle_file import ENDED, ENDING, LETTERS, TO_WITHDRAW, Case, File, Question

LATE = timedelta(minutes=15)
"""A residence notice that is kept no longer than that is in time."""
PATIENCE_WITH_MAIL = timedelta(minutes=11)
"""Mail is tried again every ten minutes."""
PATIENCE_WITH_REGISTRY = timedelta(minutes=75)
"""The registry is tried again every hour."""


@dataclass
class Letters(Timeline):
    """Is told what went out, and raises Wrong for what was not owed, not in time or not true."""

    def noticed(self, name: str, key: str, kind: str, ends: date, marked: bool) -> str:
        """A notice of a publication went out: what it must say. One that was not marked as sent may come again."""
        candidacy = self.files[name].candidacies[key]
        due = candidacy.owes(kind, ends)
        if due is None or not self.files[name].standing:
            raise Wrong(f"{name} was sent {kind} of {key}, {ends}, which was not owed: {self.files[name]}")
        self._in_time(f"{kind} of {key}, {ends}", self.files[name], due)
        if marked:
            candidacy.told.add((kind, ends))
        return "ended" if day_of(self.now) > ends else "ends"

    def wrote(self, name: str, number: int, kind: str, marked: bool, deadline: datetime) -> None:
        """A letter about a residence case went out; `deadline` is the one that stands in a notice to withdraw."""
        file, case = self.files[name], self.files[name].cases[number]
        if case is not file.cases[-1] or LETTERS[case.step] != kind or kind in case.told:
            raise Wrong(f"{name} was sent {kind} of case {number} of {len(file.cases)}, which is at {case.step}")
        assert case.step_at is not None
        self._in_time(f"{kind} of {name}", file, case.step_at)
        if kind == LETTERS["OPENED"]:
            self._gives_time(file, case, deadline)
        if marked:
            case.told.add(kind)

    def _gives_time(self, file: File, case: Case, deadline: datetime) -> None:
        """The 48 hours are all there when the letter goes out, if it goes out late."""
        left = case.deadline - self.now
        expected = self.now + TO_WITHDRAW if left < TO_WITHDRAW - LATE else case.deadline
        if case.loose and self.now + TO_WITHDRAW - LATE <= deadline <= self.now + TO_WITHDRAW:
            expected = deadline
        if deadline != expected:
            raise Wrong(f"a notice of {self.now} gives until {deadline} and not until {expected}")
        if expected != case.deadline:
            self._put_off(file, case, expected)

    def _in_time(self, what: str, file: File, due: datetime) -> None:
        latest = self._latest(file, due)
        if latest is None or not due <= self.now <= latest:
            raise Wrong(f"{what} was due {due}, and went out {self.now}, not by {latest}")

    def _latest(self, file: File, due: datetime) -> datetime | None:
        """When it is late, as things stand: None while there is somebody down on the way."""
        if not (self.worker and self.mail and file.confirmed):
            return None
        return max(due, self.worker, file.confirmed, self.mail + PATIENCE_WITH_MAIL if self.mail > due else due)

    def overdue(self) -> Iterator[str]:
        """What should have gone out by now, or been answered."""
        for name, file in self.files.items():
            for what, due in self._owed(file):
                latest = self._latest(file, due)
                if latest is not None and latest < self.now:
                    yield f"{name}: {what}, due {due}"
            for purpose, question in file.questions.items():
                if self.worker and self.registry and not self._kept_secret(file, purpose, question):
                    able = (
                        max(self.worker, self.registry, question.asked, file.confirmed or question.asked) + PATIENCE_WITH_REGISTRY
                    )
                    if able < self.now:
                        yield f"{name}: no answer to {purpose} of {question.asked}"

    def _kept_secret(self, file: File, purpose: str, question: Question) -> bool:
        """Whether the answer is that another file has the certificate: only the reader of an address is told."""
        certificate = question.certificate or file.certificate
        others = (each.holds for each in self.files.values() if each is not file)
        return purpose != "RETURN" and not file.confirmed and certificate.number in others

    def _owed(self, file: File) -> Iterator[tuple[str, datetime]]:
        for candidacy in file.candidacies.values():
            period = candidacy.publication
            for kind in (ENDING, ENDED) if period and file.standing else ():
                assert period is not None
                if (due := candidacy.owes(kind, period.ends)) is not None:
                    yield f"{kind} of {candidacy.key}, {period.ends}", due
        if file.cases and LETTERS[file.cases[-1].step] not in file.cases[-1].told:
            case = file.cases[-1]
            assert case.step_at is not None
            yield LETTERS[case.step], case.step_at
