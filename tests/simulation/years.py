"""Opens a service for a simulation, lets people live in it for some years, and says what was covered."""

import random as jitter
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, create_engine

from tests.conftest import NOW, Clock
from tests.service import EMBEDDED, Service, open_service
from tests.simulation import outages
from tests.simulation.cuts import Carrier
from tests.simulation.lives import Lives, languages
from tests.simulation.people import Person
from tests.simulation.quick import quick
from tests.simulation.running import Simulation


@dataclass(frozen=True)
class Plan:
    seed: int
    people: int = 500
    days: int = 3 * 365 + 2


async def simulate(database_url: str, folder: Path, plan: Plan) -> Counter[str]:
    """What happened, by what it was. Raises AssertionError for whatever the oracle does not have."""
    clock, random = Clock(NOW), Random(plan.seed)
    jitter.seed(plan.seed)  # of the service: when it tries again
    async with open_service(database_url, EMBEDDED, folder, clock) as opened:
        carrier = Carrier()
        resources = replace(opened.resources, post=replace(opened.resources.post, mailer=carrier))
        with quick(opened.resources.database.engine), _reading(database_url) as reader:
            simulation = Simulation(Service(resources, opened.mail), clock, reader, carrier, random)
            populate(simulation, plan)
            try:
                await simulation.run(NOW + timedelta(days=plan.days))
            except BaseException as problem:
                again = f"--seed {plan.seed} --seeds 1 --people {plan.people} --days {plan.days}"
                problem.add_note(f"at {clock()}; again: python -m tests.simulation {again}")
                raise
    return simulation.counts


@contextmanager
def _reading(database_url: str) -> Iterator[Connection]:
    """A connection without threads between: what is only looked at costs next to nothing."""
    engine = create_engine(database_url.replace("+aiosqlite", ""), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def populate(simulation: Simulation, plan: Plan) -> None:
    """Most register in the first year, some while the registry is away."""
    random, until = simulation.random, NOW + timedelta(days=plan.days)
    drawn = outages.drawn(random, NOW, plan.days)
    lives, away = Lives(simulation, until), [each for each in drawn if each.what == "registry"]
    for outage in drawn:
        simulation.plan_outage(outage)
    for number in range(plan.people):
        person = Person(f"person{number}", number, languages(number))
        simulation.people[person.name] = person
        at = lives.sitting((NOW + timedelta(days=int(random.triangular(1, plan.days * 0.4, 1)))).date())
        if random.random() < 0.12:
            outage = random.choice(away[: len(away) // 2 + 1])
            at = outage.starts + (outage.ends - outage.starts) * random.random()
        lives.plan(person, at.replace(second=0, microsecond=0), "arrive")
