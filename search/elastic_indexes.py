"""The indexes of one kind on the server: which is in use, which is being filled, and how one takes the other's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from elasticsearch import AsyncElasticsearch, BadRequestError

from search.elastic_call import answered
from search.elastic_mapping import RESTING, Names, own
from search.elastic_query import STANDING
from search.engine import Unusable

PAGE = 10_000
"""As many hits as the server gives at once."""


@dataclass(frozen=True)
class Indexes:
    client: AsyncElasticsearch
    names: Names

    async def make_sure(self) -> None:
        """Leaves an index in use: where there was none, an empty one. Processes that start together make the same."""
        if not await answered(partial(self.client.indices.exists_alias, name=self.names.alias)):
            await answered(self._make_first, attempts=1)
        if (layout := (await self._meta()).get("layout")) != self.names.layout:
            raise Unusable(
                f"the index behind {self.names.alias} was not made by this service (its layout is {layout!r}): delete it, or "
                f"give the service an index prefix of its own in the path of PLACEMENT_SEARCH_URL, then run `placement reindex`"
            )

    async def unfilled(self) -> bool:
        return (await self._meta()).get("filled") is not True

    async def targets(self) -> set[str]:
        """Where a change must go: the index in use, and the one that is being filled, if any."""
        return {index for indexes in (await self._by_alias()).values() for index in indexes}

    async def begin(self) -> str:
        """A new index to fill. Deletes what a rebuild that died, or one that goes on elsewhere, was filling."""
        await self._delete(sorted((await self._by_alias())[self.names.building]))
        index = self.names.new()
        await answered(partial(self._make, index, self.names.building, True), attempts=1)
        return index

    async def refresh(self, names: Sequence[str]) -> None:
        """Makes what was written to them found. One that was replaced meanwhile is no fault."""
        await answered(partial(self.client.indices.refresh, index=names, ignore_unavailable=True))

    async def put_in_use(self, index: str) -> None:
        """In one step for whoever searches. What it replaces is deleted, indexes of other releases too."""
        await answered(partial(self.client.indices.put_settings, index=index, settings=RESTING))
        await self.refresh([index])
        replaced = (await self._by_alias())[self.names.alias]
        actions: list[Mapping[str, Any]] = [{"remove_index": {"index": each}} for each in sorted(replaced)]
        actions.append({"add": {"index": index, "alias": self.names.alias}})
        actions.append({"remove": {"index": index, "alias": self.names.building}})
        await answered(partial(self.client.indices.update_aliases, actions=actions), attempts=1)
        await self._delete_other_layouts()

    async def abandon(self, index: str) -> None:
        await self._delete([index])

    async def versions(self, name: str) -> dict[UUID, int]:
        """Of every document in it as of the last refresh, tombstones left out."""
        await self.refresh([name])
        opened = await answered(partial(self.client.open_point_in_time, index=name, keep_alive="1m"))
        found: dict[UUID, int] = {}
        search: dict[str, Any] = {"pit": {"id": opened["id"], "keep_alive": "1m"}, "size": PAGE, "query": STANDING}
        search |= {"sort": [{"id": "asc"}, {"version": "asc"}], "stored_fields": "_none_", "track_total_hits": False}
        try:
            while hits := (await answered(partial(self.client.search, body=search)))["hits"]["hits"]:
                found.update((UUID(hit["sort"][0]), hit["sort"][1]) for hit in hits)
                search["search_after"] = hits[-1]["sort"]
        finally:
            await answered(partial(self.client.close_point_in_time, id=opened["id"]))
        return found

    async def _make(self, index: str, alias: str, filled: bool) -> None:
        aliases: Mapping[str, Mapping[str, object]] = {alias: {}, own(index): {}}
        body = {"aliases": aliases, **self.names.definition(filled)}
        await self.client.indices.create(index=index, body=body)

    async def _make_first(self) -> None:
        try:
            await self._make(self.names.first, self.names.alias, False)
        except BadRequestError as problem:
            if "resource_already_exists" not in str(problem):
                raise

    async def _by_alias(self) -> dict[str, set[str]]:
        """The indexes behind the alias in use, and behind that of a rebuild."""
        answer = await answered(partial(self.client.indices.get_alias, name=f"{self.names.alias}*"))
        return {
            alias: {index for index, entry in answer.items() if alias in entry["aliases"]}
            for alias in (self.names.alias, self.names.building)
        }

    async def _meta(self) -> Mapping[str, Any]:
        answer = await answered(partial(self.client.indices.get_mapping, index=self.names.alias))
        (entry,) = answer.values()
        meta: Mapping[str, Any] = entry["mappings"].get("_meta", {})
        return meta

    async def delete_all(self) -> None:
        await self._delete(await self._family())

    async def _delete_other_layouts(self) -> None:
        await self._delete([index for index in await self._family() if not index.startswith(f"{self.names.alias}.")])

    async def _family(self) -> Sequence[str]:
        answer = await answered(partial(self.client.indices.get, index=self.names.family, features="aliases"))
        return sorted(answer)

    async def _delete(self, indexes: Sequence[str]) -> None:
        if indexes:
            await answered(partial(self.client.indices.delete, index=indexes, ignore_unavailable=True))
