"""A simulation: the whole service in one process, whose clock goes from one event to the next for years, and an oracle beside it.
At every event the worker works if it is up; sometimes it is cut."""

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import Connection, func, select

import worker
from csq.asking import ASK
from csq.sandbox import SandboxRegistry
from lane import Lane, work_once
from models.deadline import Deadline
from models.outbox import OutboxEntry
from tests.conftest import Clock
from tests.service import Service
from tests.simulation.cuts import Carrier, Cut, Scissors
from tests.simulation.oracle import Oracle
from tests.simulation.oracle_days import day_of, midnight_after
from tests.simulation.outages import Outage
from tests.simulation.people import Acting, Person
from tests.simulation.watching import INDEX_OWED, Watcher

Event = Callable[[], Awaitable[None]]
CUTS = 0.12
"""How often the worker is cut, of the times when it works."""
LOOK = timedelta(minutes=30)
"""How often a worker looks at the questions to a registry that is away: as often as makes no difference, and no slower."""


FIRST_DEADLINE = select(func.min(Deadline.next_try_at))
FIRST_ENTRY = select(func.min(OutboxEntry.due_at)).where(OutboxEntry.kind.not_in((ASK, "candidacy.changed")))
FIRST_QUESTION = select(func.min(OutboxEntry.due_at)).where(OutboxEntry.kind == ASK)


def one_at_a_time(lane: Lane) -> Lane:
    """So that a seed gives the same order again, and nothing of a worker that was cut goes on."""
    return lane if lane.at_once is None else replace(lane, group=1, at_once=None)


class Simulation:
    """`reader` is a connection of our own to the same database, on which each statement sees what was committed last."""

    def __init__(self, service: Service, clock: Clock, reader: Connection, carrier: Carrier, random: Random) -> None:
        self.service, self.clock, self.carrier, self.random = service, clock, carrier, random
        self.resources = service.resources
        self.people: dict[str, Person] = {}
        self.counts: Counter[str] = Counter()
        self.oracle = Oracle(clock(), worker=clock(), mail=clock(), registry=clock())
        self.reader = reader
        self.watcher = Watcher(self.resources, reader, self.oracle, self.people, self.counts)
        self.acting = Acting(self.resources)
        self.scissors = Scissors(self.resources.database.engine)
        self._events: list[tuple[datetime, int, Event]] = []
        self._order = count()
        self._down: Counter[str] = Counter()
        self._registry_looked_at = clock()

    @property
    def now(self) -> datetime:
        return self.clock()

    def later(self, at: datetime, event: Event) -> None:
        heapq.heappush(self._events, (max(at, self.now), next(self._order), event))

    def plan_outage(self, outage: Outage) -> None:
        async def start() -> None:
            self.go_down(outage.what, outage.ends)

        self.later(outage.starts, start)

    def go_down(self, what: str, until: datetime) -> None:
        async def end() -> None:
            self._down[what] -= 1
            if not self._down[what]:
                setattr(self.oracle, what, self.now)
                self._tell(what, away=False)

        self._down[what] += 1
        self.oracle.goes_down(what)
        self._tell(what, away=True)
        self.counts[f"outages: {what}"] += 1
        self.counts[f"outages: {what}, of a week and more"] += until - self.now >= timedelta(days=7)
        self.later(until, end)

    def _tell(self, what: str, away: bool) -> None:
        registry = self.resources.registry
        assert isinstance(registry, SandboxRegistry)
        if what == "registry":
            registry.away = away
        elif what == "mail":
            self.carrier.away = away

    async def run(self, until: datetime) -> None:
        """From event to event. Every midnight of Québec is one."""
        self.later(midnight_after(day_of(self.now)), self._midnight)
        while (at := self._next()) <= until:
            assert at >= self.now
            self.clock.instant = at
            self.oracle.now = at
            while self._events and self._events[0][0] <= at:
                await heapq.heappop(self._events)[2]()
            await self._work()
            await self._after_midnight()

    def _next(self) -> datetime:
        """When something happens next, be it an event or something that the worker owes."""
        instants = [self._events[0][0]]
        if self.oracle.worker:
            instants += filter(None, [self.reader.scalar(FIRST_DEADLINE), self.reader.scalar(FIRST_ENTRY)])
            if (question := self.reader.scalar(FIRST_QUESTION)) is not None:
                instants.append(question if self.oracle.registry else max(question, self._registry_looked_at + LOOK))
        return max(min(instants), self.now)

    # the worker

    async def _work(self) -> None:
        """All that is due, as a worker that is started again after each cut would do it."""
        cuts = self.oracle.worker is not None and self.random.random() < CUTS
        if cuts:
            self.scissors.left = self.random.randint(1, 30)
        while self.oracle.worker is not None:
            try:
                await self._meet_deadlines()
                await self._work_lanes(cuts)
                break
            except Cut:
                self.counts["cuts of the worker"] += 1
                self.watcher.read_mail(self.carrier.taken)
                self.watcher.read_answers()
        self.scissors.left, self.carrier.cuts_after_next = None, False

    async def _meet_deadlines(self) -> None:
        while (first := self.reader.scalar(FIRST_DEADLINE)) is not None and first <= self.now:
            await worker.meet_deadlines(self.resources)
        self.oracle.advance(self.now)

    async def _work_lanes(self, cuts: bool) -> None:
        """Lane by lane. A worker that is cut here may stay away for a while."""
        if cuts and self.random.random() < 0.3:
            self.carrier.cuts_after_next = True
        try:
            while lanes := self._due_lanes():
                for lane in lanes:
                    await work_once(self.resources, one_at_a_time(lane))
                    self.watcher.read_mail(self.carrier.taken)
                    if ASK in lane.handlers:
                        self._registry_looked_at = self.now
                        self.watcher.read_answers()
        except Cut:
            if self.random.random() < 0.35:
                self.counts["cuts after which the worker stays away"] += 1
                self.watcher.read_mail(self.carrier.taken)
                self.watcher.read_answers()
                self.go_down("worker", self.now + timedelta(minutes=round(2 ** self.random.uniform(2, 12))))
            raise

    def _due_lanes(self) -> list[Lane]:
        due = select(OutboxEntry.kind).where(OutboxEntry.due_at <= self.now).distinct()
        kinds = set(self.reader.scalars(due))
        if self.oracle.registry is None and self._registry_looked_at + LOOK > self.now:
            kinds.discard(ASK)
        return [lane for name, lane in worker.LANES.items() if name != "index" and not kinds.isdisjoint(lane.handlers)]

    # every day

    async def _midnight(self) -> None:
        """What has ended is gone from the search at once, before any worker has seen to it."""
        self._day_begins = True
        self.later(midnight_after(day_of(self.now)), self._midnight)
        yesterday = day_of(self.now) - timedelta(days=1)
        periods = (each.publication for file in self.oracle.files.values() for each in file.candidacies.values())
        if any(period and period.ends == yesterday for period in periods):
            if self.oracle.worker is not None:
                await self._tell_index()
            await self.watcher.check_search(self.acting)

    async def _tell_index(self) -> None:
        """A worker that is up does so at once; here it does before somebody looks, which spares most of the commits."""
        while await work_once(self.resources, worker.LANES["index"]):
            pass

    _day_begins = False

    async def _after_midnight(self) -> None:
        if not self._day_begins:
            return
        self._day_begins = False
        self.counts["days"] += 1
        self.counts["days that are 29 February"] += f"{day_of(self.now):%m%d}" == "0229"
        hours = midnight_after(day_of(self.now)) - midnight_after(day_of(self.now) - timedelta(days=1))
        self.counts["days on which the clocks change"] += hours != timedelta(days=1)
        self.watcher.check_rows()
        assert list(self.oracle.overdue()) == []
        if day_of(self.now).weekday() == 0:
            if self.oracle.worker:
                await self._tell_index()
                assert list(self.reader.scalars(INDEX_OWED)) == []
            await self.watcher.check_search(self.acting)
