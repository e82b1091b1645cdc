"""The search engine on a server of its own: Elasticsearch 8 or 9, shared by every process of the service.

A server that is away at the start is no fault: it is looked for again at each call, which answers Unavailable until it
is back. So does a search while there is no index, be it not made yet or lost."""

import logging
import re
from collections.abc import AsyncIterator, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from elasticsearch import AsyncElasticsearch, AuthenticationException, AuthorizationException, UnsupportedProductError

from errors import Conflict, Unavailable
from models.document import Document, Kind
from models.spelling import allowed_errors
from search import elastic_bulk
from search.elastic_call import answered, unavailable
from search.elastic_indexes import Indexes
from search.elastic_mapping import Names
from search.elastic_question import MOST_VALUES, Question
from search.elastic_words import candidates, count_question, counts, dictionary_question
from search.engine import NearWordsRequest, Page, Rejected, Removal, SearchRequest, Stamp, Unusable
from search.nearness import told

logger = logging.getLogger(__name__)

OLDEST, BEYOND = (8, 19), (10, 0)
"""Releases of the server: the first that the client speaks to, and the first that nobody has tried."""


class ElasticBatch:
    def __init__(self, engine: "ElasticEngine", targets: Mapping[Kind, set[str]]) -> None:
        self._engine = engine
        self._targets = targets

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        refused: dict[UUID, str] = {}
        for kind in dict.fromkeys(change.kind for change in changes):
            refused |= await self._write(kind, [change for change in changes if change.kind is kind])
        if refused:
            raise Rejected(refused)

    async def _write(self, kind: Kind, group: Sequence[Document | Removal]) -> dict[UUID, str]:
        refused: dict[UUID, str] = {}
        targets = sorted(self._targets[kind])
        try:
            for index in targets:
                refused |= await elastic_bulk.write(self._engine.client, index, group)
        finally:  # the index being filled too: it may be in use by the next search
            await self._engine.indexes[kind].refresh(targets)
        return refused


class ElasticRebuild:
    def __init__(self, indexes: Indexes, index: str) -> None:
        self._indexes = indexes
        self._index = index

    async def write(self, documents: Sequence[Document | Removal]) -> None:
        """Raises Rejected: an index without those documents must not come into use."""
        if refused := await elastic_bulk.write(self._indexes.client, self._index, documents):
            raise Rejected(refused)

    async def stamps(self) -> Mapping[UUID, Stamp]:
        return await self._indexes.stamps(self._index)


class ElasticEngine:
    """Open one with `ElasticEngine.open`. The client belongs to one event loop."""

    def __init__(self, client: AsyncElasticsearch, prefix: str) -> None:
        self.client = client
        self.indexes = {kind: Indexes(client, Names(kind, prefix)) for kind in Kind}
        self._prepared = False
        self._rebuilding: set[Kind] = set()

    @classmethod
    async def open(cls, client: AsyncElasticsearch, prefix: str) -> "ElasticEngine":
        """Raises Unusable for a server, or an index, that can never do."""
        engine = cls(client, prefix)
        try:
            await engine._prepare()
        except Unavailable:
            logger.warning("the search server does not answer yet")
        except BaseException:
            await client.close()
            raise
        return engine

    async def search(self, request: SearchRequest) -> Page:
        question = Question.of(request)
        await self._available()
        answer = await self._ask(request.kind, question.body())
        if not question.counts_are_exact(answer):
            answer = await self._ask(request.kind, question.body(MOST_VALUES))
        return question.page(answer)

    async def near_words(self, request: NearWordsRequest) -> Sequence[str]:
        if not allowed_errors(request.word):
            return []
        await self._available()
        found = candidates(request, await self._ask(request.kind, dictionary_question(request)))
        if not found:
            return []
        counted = counts(await self._ask(request.kind, count_question(request, found)))
        return told(request.word, counted, request.least, request.first)

    async def open_batch(self) -> ElasticBatch:
        await self._available()
        return ElasticBatch(self, {kind: await indexes.targets() for kind, indexes in self.indexes.items()})

    async def write(self, changes: Sequence[Document | Removal]) -> None:
        await (await self.open_batch()).write(changes)

    async def stamps(self, kind: Kind) -> Mapping[UUID, Stamp]:
        indexes = self.indexes[kind]
        return {} if await self.needs_rebuild(kind) else await indexes.stamps(indexes.names.alias)

    @asynccontextmanager
    async def rebuild(self, kind: Kind) -> AsyncIterator[ElasticRebuild]:
        """Of two rebuilds in two processes, the one begun later goes on and the other fails: whoever may not be alone sees
        to it that only one begins."""
        if kind in self._rebuilding:
            raise Conflict("REBUILD_UNDER_WAY")
        self._rebuilding.add(kind)
        try:
            await self._available()
            indexes = self.indexes[kind]
            index = await indexes.begin()
            try:
                yield ElasticRebuild(indexes, index)
                await indexes.put_in_use(index)
            except BaseException:
                await indexes.abandon(index)
                raise
        finally:
            self._rebuilding.discard(kind)

    async def needs_rebuild(self, kind: Kind) -> bool:
        await self._available()
        return not await self.indexes[kind].exists()

    async def sweep(self, kind: Kind, before: datetime) -> Set[UUID]:
        if await self.needs_rebuild(kind):
            return frozenset()
        await self.indexes[kind].delete_other_layouts(before)
        return await self.indexes[kind].forget_removals(before)

    async def ready(self) -> bool:
        try:
            if any([await self.needs_rebuild(kind) for kind in Kind]):
                return False
            aliases = [indexes.names.alias for indexes in self.indexes.values()]
            health = await answered(partial(self.client.cluster.health, index=aliases, timeout="1s"), attempts=1)
            return health["status"] in ("green", "yellow")
        except Unavailable:
            return False

    async def delete_indexes(self) -> None:
        """Every index of the prefix: for measurements and tests, which make their own."""
        for indexes in self.indexes.values():
            await indexes.delete_all()
        self._prepared = False

    async def close(self) -> None:
        await self.client.close()

    async def _available(self) -> None:
        """Raises Unavailable until the server was seen to be one we speak to, and nobody else's indexes under our names."""
        if not self._prepared:
            try:
                await self._prepare()
            except Unusable as problem:  # it was usable when the process started: somebody is at work on it
                raise unavailable(problem) from problem

    async def _prepare(self) -> None:
        await answered(self._check_server)
        for indexes in self.indexes.values():
            await indexes.check()
        self._prepared = True

    async def _check_server(self) -> None:
        try:
            number = (await self.client.info())["version"]["number"]
        except (AuthenticationException, AuthorizationException) as problem:
            raise Unusable(
                "the search server refuses us: put user and password into PLACEMENT_SEARCH_URL, or set PLACEMENT_SEARCH_API_KEY"
            ) from problem
        except UnsupportedProductError as problem:
            raise Unusable("PLACEMENT_SEARCH_URL leads to a server that is not Elasticsearch") from problem
        if not _is_supported(number):
            raise Unusable(f"the search server is Elasticsearch {number}: install release 8.19 or any of 9")

    async def _ask(self, kind: Kind, body: dict[str, object]) -> Mapping[str, Any]:
        alias = self.indexes[kind].names.alias
        ask = partial(self.client.search, index=alias, body=body, allow_partial_search_results=False)
        try:
            answer: Mapping[str, Any] = (await answered(ask)).body
        except Unavailable:
            self._prepared = False  # what was seen of the server may no longer be so
            raise
        return answer


def _is_supported(number: str) -> bool:
    release = re.match(r"(\d+)\.(\d+)", number)
    return release is not None and OLDEST <= (int(release[1]), int(release[2])) < BEYOND
