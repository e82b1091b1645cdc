"""What may be found at all, as a clause that every search takes: a search without one cannot be written.

What is shown is checked again on the rows: the index may lag behind them."""

from dataclasses import dataclass
from datetime import date

from models.clause import Between, Clause


@dataclass(frozen=True)
class Visibility:
    """What may be found on that day in Québec: what has not ended."""

    today: date

    def clause(self) -> Clause:
        return Between("ends_on", least=self.today.toordinal())
