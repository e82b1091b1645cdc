"""A lane: kinds of owed work, done in turn beside those of other lanes. Which lanes there are is said in worker."""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bootstrap import Resources
from errors import NotYet
from handlers import Group
from models.outbox import OutboxEntry
from models.outbox_claim import Failure, Outcome, claim, kinds_due, refused_in_part
from search.engine import Rejected

log = logging.getLogger("placement.worker")

LOOKS_EVERY = 0.1
"""Seconds between two looks at the outbox."""


@dataclass(frozen=True)
class Lane:
    """Kinds of events whose work is done in turn, `group` of a kind at a time."""

    handlers: Mapping[str, Group]
    group: int
    pause: float
    """Seconds until it asks again after it has found less than a group: what is due may be in the hands of another worker, and
    what comes is gathered."""
    longest_wait: float = 5
    """Seconds until what failed is tried again, at most: the index is a second behind, not an hour."""
    at_once: int | None = None
    """So many are handled side by side, each by itself: the other side is slow, and may be asked several things at a time."""
    hands: int = 1
    """So many work in it, each at a group of its own: a long piece of work leaves the others to what comes after it."""


async def work_once(resources: Resources, lane: Lane) -> int:
    """Claims what is due in a lane and does it; answers how many entries were claimed."""
    now, longest_wait = resources.now(), timedelta(seconds=lane.longest_wait)
    async with claim(resources.database, lane.handlers.keys(), now, lane.group, longest_wait) as held:
        for kind, handler in lane.handlers.items():
            entries = [entry for entry in held.entries if entry.kind == kind]
            if entries:
                apart = lane.at_once and partial(_side_by_side, at_once=lane.at_once)
                done, failed = await (apart or _handle)(resources, handler, entries)
                held.done += done
                held.failed += failed
        return len(held.entries)


async def _handle(resources: Resources, handler: Group, entries: list[OutboxEntry]) -> Outcome:
    """Handles a group. When it fails as a whole its entries are handled apart, so that one does not hold up the rest."""
    try:
        await handler(resources, entries)
    except NotYet as reason:
        return [], [Failure(entry, str(reason), after=reason.after, counts=reason.counts) for entry in entries]
    except Rejected as refusal:
        return refused_in_part(entries, refusal.reasons)
    except Exception as error:
        if len(entries) == 1:
            log.warning("%s failed: %r", entries[0].kind, error, exc_info=error)
            return [], [Failure(entries[0], f"{type(error).__name__}: {error}"[:500])]
    else:
        return entries, []
    apart = [await _handle(resources, handler, [entry]) for entry in entries]
    return [entry for done, _ in apart for entry in done], [failure for _, failed in apart for failure in failed]


async def _side_by_side(resources: Resources, handler: Group, entries: Sequence[OutboxEntry], at_once: int) -> Outcome:
    """Handles so many at a time, each by itself. Once one could not even be tried, those that come after it wait as it does."""
    done: list[OutboxEntry] = []
    failed: list[Failure] = []
    for start in range(0, len(entries), at_once):
        some = entries[start : start + at_once]
        for well, badly in await asyncio.gather(*(_handle(resources, handler, [entry]) for entry in some)):
            done, failed = done + well, failed + badly
        if (untried := next((each for each in failed if not each.counts), None)) is not None:
            return done, failed + [replace(untried, entry=entry) for entry in entries[start + at_once :]]
    return done, failed


class Lookout:
    """Looks for owed work for all the lanes of a process: one query, in place of one for each lane."""

    def __init__(self, resources: Resources, lanes: Collection[Lane]) -> None:
        self._resources = resources
        self._kinds = sorted(kind for lane in lanes for kind in lane.handlers)
        self._looked = asyncio.Event()
        self._due: Collection[str] = self._kinds

    async def look(self) -> None:
        """Wakes the lanes in which work is due."""
        self._due = await kinds_due(self._resources.database, self._kinds, self._resources.now())
        self._looked.set()
        self._looked = asyncio.Event()

    def close(self) -> None:
        """Wakes every lane for the last time."""
        self._due = self._kinds
        self._looked.set()

    async def wait(self, lane: Lane) -> None:
        """Until a look that begins later has found work for the lane."""
        while True:
            await self._looked.wait()
            if not lane.handlers.keys().isdisjoint(self._due):
                return
