"""What may be found at all, as a clause that every search takes: a search without one cannot be written.

What is shown is checked again on the rows: the index may lag behind them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.clause import Between, Clause, all_of
from models.criteria import none_of
from models.document import ID


@dataclass(frozen=True)
class Visibility:
    """What may be found on that day in Québec: what has not ended, and is none of `without`; of candidacies for an employer,
    those that do not hide from its NEQ."""

    today: date
    employer_neq: str | None = None
    without: frozenset[UUID] = frozenset()

    def clause(self) -> Clause:
        employer = () if self.employer_neq is None else (self.employer_neq,)
        return all_of(
            (
                Between("ends_on", least=self.today.toordinal()),
                none_of("hidden_from", employer),
                none_of(ID, [str(each) for each in self.without]),
            )
        )
