"""How many open job offers name each occupation or skill. Offers are public: candidacies are not counted, so that nothing of
them shows in an order that everybody sees."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from errors import Unavailable
from models.calendar import quebec_day
from models.clause import Everything
from models.document import Kind
from search.engine import SearchEngine, SearchRequest
from search.visibility import Visibility

AGE = timedelta(minutes=1)
"""How old a count may be."""
FIELDS = ("occupations", "skills")


class Popularity:
    """For one process."""

    def __init__(self, engine: SearchEngine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        self._counts: Mapping[str, Mapping[str, int]] = {}
        self._counted_at: datetime | None = None
        self._counting = asyncio.Lock()

    async def occupations(self) -> Mapping[str, int]:
        """By code. Nothing is popular while the search does not answer and never has."""
        return (await self._counted()).get("occupations", {})

    async def skills(self) -> Mapping[str, int]:
        return (await self._counted()).get("skills", {})

    async def _counted(self) -> Mapping[str, Mapping[str, int]]:
        async with self._counting:
            now = self._now()
            if self._counted_at is None or now - self._counted_at >= AGE:
                self._counted_at = now  # an engine that is away is not asked again by everybody who waits here
                with suppress(Unavailable):  # an older count will do
                    self._counts = await self._count(now)
            return self._counts

    async def _count(self, now: datetime) -> Mapping[str, Mapping[str, int]]:
        visibility = Visibility(quebec_day(now)).clause()
        request = SearchRequest(Kind.JOB_OFFER, Everything(), visibility, first=1, facets=FIELDS, with_total=False)
        return (await self._engine.search(request)).facets
