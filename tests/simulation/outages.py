"""When what is down in a simulation: the worker for minutes to ten days, the registry for hours to days, the mail for hours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from tests.simulation.oracle_days import at_eight, day_of


@dataclass(frozen=True)
class Outage:
    what: str
    starts: datetime
    ends: datetime


SHAPES: Mapping[str, list[tuple[int, float, float]]] = {
    "worker": [(22, 0.1, 12), (9, 12, 96), (3, 200, 240)],
    "registry": [(11, 2, 18), (3, 40, 110)],
    "mail": [(6, 1, 4)],
}
"""For three years: how many of so many hours, from and to."""


def drawn(random: Random, start: datetime, days: int) -> list[Outage]:
    """Two of the same part do not overlap: each has a stretch of its own of the time there is."""
    return [outage for what in SHAPES for outage in _of(what, random, start, days)]


def _of(what: str, random: Random, start: datetime, days: int) -> Iterator[Outage]:
    hours = [random.uniform(least, most) for number, least, most in SHAPES[what] for _ in range(number)]
    random.shuffle(hours)
    stretch = days * 24 / len(hours)
    for position, long in enumerate(hours):
        starts = start + timedelta(hours=position * stretch + random.uniform(24, max(25, stretch - long - 24)))
        if what == "mail" or (what == "worker" and random.random() < 0.5):  # when most mail goes out
            starts = at_eight(day_of(starts)) - timedelta(minutes=random.randint(5, 50))
        starts = starts.replace(second=0, microsecond=0)
        yield Outage(what, starts, starts + timedelta(minutes=round(long * 60)))
