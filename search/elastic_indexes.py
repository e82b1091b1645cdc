"""The indexes of one kind on the server: which is in use, which is being filled, and how one takes the other's place.

None is made but by a rebuild: where there is none, there is nothing to search, and nothing is pretended to be found."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from elasticsearch import AsyncElasticsearch, NotFoundError

from search.elastic_call import answered
from search.elastic_mapping import RESTING, Names, forgetting_of, own
from search.elastic_query import STANDING
from search.engine import Stamp, Unusable

PAGE = 10_000
"""As many hits as the server gives at once."""


@dataclass(frozen=True)
class Indexes:
    client: AsyncElasticsearch
    names: Names

    async def check(self) -> None:
        """Raises Unusable when something else stands behind the alias than one index of ours."""
        if not await self.exists():
            return
        answer = await answered(partial(self.client.indices.get_mapping, index=self.names.alias))
        mappings = [entry["mappings"] for entry in answer.values()]
        layouts = [each.get("_meta", {}).get("layout") for each in mappings]
        if layouts != [self.names.layout]:
            raise self._foreign(f"layouts: {layouts!r}")
        if differing := self.names.differing(mappings[0]):
            raise self._foreign(f"other than it would make: {', '.join(differing)}")

    async def exists(self) -> bool:
        return bool(await answered(partial(self.client.indices.exists_alias, name=self.names.alias)))

    async def targets(self) -> set[str]:
        """Where a change must go: the index in use, and the one that is being filled, if any."""
        return {index for indexes in (await self._by_alias()).values() for index in indexes}

    async def begin(self) -> str:
        """A new index to fill. Deletes what a rebuild that died was filling."""
        for left in sorted((await self._by_alias())[self.names.building]):
            await self.abandon(left)
        index = self.names.new()
        await answered(partial(self._make, index), attempts=1)
        return index

    async def refresh(self, names: Sequence[str]) -> None:
        """Makes what was written to them found. One that was replaced meanwhile is no fault."""
        if names:  # none at all would mean every index of the server
            await answered(partial(self.client.indices.refresh, index=names, ignore_unavailable=True))

    async def put_in_use(self, index: str) -> None:
        """In one step for whoever searches; what it replaces goes in the same step. Fails when another was put in use
        meanwhile, or when somebody took the index for one left over."""
        await answered(partial(self.client.indices.put_settings, index=index, settings=RESTING))
        await self.refresh([index])
        replaced = (await self._by_alias())[self.names.alias]
        actions: list[Mapping[str, Any]] = [{"remove_index": {"index": each}} for each in sorted(replaced)]
        actions.append({"add": {"index": index, "alias": self.names.alias}})
        actions.append(self._not_building(index))
        await answered(partial(self.client.indices.update_aliases, actions=actions), attempts=1)

    async def abandon(self, index: str) -> None:
        """Deletes an index that was being filled. One that was put in use, even at this moment, stays."""
        if await answered(partial(self._take_back, index)):
            await self._delete([index])

    async def stamps(self, name: str) -> dict[UUID, Stamp]:
        """Of every document in it as of the last refresh, tombstones left out."""
        await self.refresh([name])
        opened = await answered(partial(self.client.open_point_in_time, index=name, keep_alive="1m"))
        found: dict[UUID, Stamp] = {}
        search: dict[str, Any] = {"pit": {"id": opened["id"], "keep_alive": "1m"}, "size": PAGE, "query": STANDING}
        search |= {"sort": [{"id": "asc"}, {"version": "asc"}, {"digest": "asc"}]}
        search |= {"stored_fields": "_none_", "track_total_hits": False}
        try:
            while hits := (await answered(partial(self.client.search, body=search)))["hits"]["hits"]:
                found.update((UUID(id_), Stamp(version, digest)) for id_, version, digest, _ in (hit["sort"] for hit in hits))
                search["search_after"] = hits[-1]["sort"]
        finally:
            await answered(partial(self.client.close_point_in_time, id=opened["id"]))
        return found

    async def forget_removals(self, before: datetime) -> Set[UUID]:
        """Drops tombstones of removals before that instant, as many as the server tells of at once; answers whose they were."""
        search: dict[str, Any] = {"query": {"range": {"removed_at": {"lt": int(before.timestamp())}}}, "size": PAGE}
        search |= {"sort": [{"id": "asc"}, {"version": "asc"}], "stored_fields": "_none_", "track_total_hits": False}
        hits = (await answered(partial(self.client.search, index=self.names.alias, body=search)))["hits"]["hits"]
        old = {UUID(id_): version for id_, version in (hit["sort"] for hit in hits)}
        if old:
            lines = b"".join(forgetting_of(self.names.alias, id_, version) for id_, version in old.items())
            await answered(partial(self.client.bulk, operations=lines, require_alias=True))  # type: ignore[arg-type]
        return old.keys()

    async def delete_other_layouts(self, before: datetime) -> None:
        """Once the index in use is from before that instant: by then nobody searches the others any more."""
        created = await answered(partial(self.client.indices.get_settings, index=self.names.alias, name="index.creation_date"))
        since = [int(entry["settings"]["index"]["creation_date"]) / 1_000 for entry in created.values()]
        if max(since) < before.timestamp():
            await self._delete([index for index in await self._family() if not index.startswith(f"{self.names.alias}.")])

    async def delete_all(self) -> None:
        await self._delete(await self._family())

    def _foreign(self, why: str) -> Unusable:
        return Unusable(
            f"what is behind {self.names.alias} is not one index made by this service ({why}): delete it, or "
            f"give the service an index prefix of its own in the path of PLACEMENT_SEARCH_URL, then run `placement reindex`"
        )

    async def _make(self, index: str) -> None:
        aliases: Mapping[str, Mapping[str, object]] = {self.names.building: {}, own(index): {}}
        await self.client.indices.create(index=index, body={"aliases": aliases, **self.names.definition()})

    async def _take_back(self, index: str) -> bool:
        """Whether it was being filled until now, and no longer is."""
        try:
            await self.client.indices.update_aliases(actions=[self._not_building(index)])
        except NotFoundError:
            return False
        return True

    def _not_building(self, index: str) -> Mapping[str, Any]:
        return {"remove": {"index": index, "alias": self.names.building, "must_exist": True}}

    async def _by_alias(self) -> dict[str, set[str]]:
        """The indexes behind the alias in use, and behind that of a rebuild."""
        answer = await answered(partial(self.client.indices.get_alias, name=f"{self.names.alias}*"))
        return {
            alias: {index for index, entry in answer.items() if alias in entry["aliases"]}
            for alias in (self.names.alias, self.names.building)
        }

    async def _family(self) -> Sequence[str]:
        answer = await answered(partial(self.client.indices.get, index=self.names.family, features="aliases"))
        return sorted(answer)

    async def _delete(self, indexes: Sequence[str]) -> None:
        if indexes:
            await answered(partial(self.client.indices.delete, index=indexes, ignore_unavailable=True))
