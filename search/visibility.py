"""Who may find what, as clauses that every search takes: a search without one cannot be written.

What is shown is checked again on the rows: the index may lag behind them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.clause import Between, Clause


@dataclass(frozen=True)
class CandidacyVisibility:
    """What that employer may find on that day in Québec: candidacies whose publication has not ended."""

    today: date
    employer_id: UUID

    def clause(self) -> Clause:
        return Between("ends_on", least=self.today.toordinal())


@dataclass(frozen=True)
class JobOfferVisibility:
    """What anybody may find on that day in Québec: offers that have not ended."""

    today: date

    def clause(self) -> Clause:
        return Between("ends_on", least=self.today.toordinal())
