"""The search server is away, and comes back: what is published meanwhile is accepted and found then, without a hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.language import Language
from schema.schema import schema
from tests.conftest import Clock
from tests.path.test_main_path import publish_candidacy, publish_offer
from tests.real_parts import ELASTICSEARCH, WITHOUT_ELASTICSEARCH
from tests.search.unsteady_server import Answer, UnsteadyServer, hanging_up, saying, unsteady
from tests.service import Service, open_service
from tests.serving import running

FAULTS = pytest.mark.parametrize("fault", [hanging_up, saying(503), saying(500)], ids=["unreachable", "busy", "erroring"])
SEARCHES = {
    name: f"{{ {name} {{ totalCount edges {{ node {{ number }} }} facets {{ name }} }} }}"
    for name in ("jobOffers", "candidacies")
}
AWAY = {
    Language.FR: "La recherche ne répond pas en ce moment. Rien n’est perdu : réessayez dans un instant.",
    Language.EN: "The search does not answer right now. Nothing was lost: try again in a moment.",
}


@dataclass
class Away:
    """A worker and clients of the service, of whose search server a test decides whether it is there."""

    service: Service
    server: UnsteadyServer
    clock: Clock

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        """Of a server process, which does no work of the worker's."""
        settings = replace(self.service.resources.settings, embedded_worker=False)
        async with running(settings, schema, self.clock) as serving, httpx.AsyncClient(base_url=serving.url) as client:
            yield client

    async def work(self) -> None:
        """Whatever failed is due again."""
        self.clock.move(seconds=10)
        await self.service.work()


@pytest.fixture
async def away(postgresql_url: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Away]:
    if not ELASTICSEARCH:
        pytest.skip(WITHOUT_ELASTICSEARCH)
    monkeypatch.setattr("search.elastic_call.FIRST_PAUSE", 0.001)
    async with unsteady(ELASTICSEARCH) as server, open_service(postgresql_url, server.url, tmp_path, clock) as service:
        yield Away(service, server, clock)
        server.lasting = None
        await service.discard_index()


async def searched(client: httpx.AsyncClient, name: str, token: str, language: Language = Language.EN) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language.lower()}
    return (await client.post("/graphql", json={"query": SEARCHES[name]}, headers=headers)).json()


async def readiness(client: httpx.AsyncClient) -> tuple[int, dict[str, bool]]:
    answer = await client.get("/readyz")
    state = answer.json()
    return answer.status_code, {part: state[part]["ready"] for part in ("database", "search", "worker")}


async def numbers(client: httpx.AsyncClient, name: str, token: str) -> list[str]:
    return [edge["node"]["number"] for edge in (await searched(client, name, token))["data"][name]["edges"]]


async def check_away(client: httpx.AsyncClient, token: str) -> None:
    """It is told which part is away, in a code for programs and a sentence for people; the rest is there."""
    for name in SEARCHES:
        for language, message in AWAY.items():
            answer = await searched(client, name, token, language)
            (error,) = answer["errors"]
            assert (error["extensions"]["code"], error["message"], error["path"]) == ("SEARCH_UNAVAILABLE", message, [name])
            assert answer["data"] is None
    assert await readiness(client) == (503, {"database": True, "search": False, "worker": True})


@FAULTS
async def test_what_is_published_while_the_search_is_away_is_found_when_it_is_back(away: Away, fault: Answer) -> None:
    person = await away.service.candidate("amina@example.org")
    member = await away.service.employer("rh@example.org", "1143920115", await away.service.agent())
    async with away.client() as client:
        assert await readiness(client) == (200, {"database": True, "search": True, "worker": True})
        away.server.lasting = fault
        published = {
            "jobOffers": await publish_offer(away.service, member),
            "candidacies": await publish_candidacy(away.service, person),
        }
        await check_away(client, member)
        for _ in range(8):  # in vain: yet the last wait is no longer than the others
            await away.work()
        await check_away(client, member)
        away.server.lasting = None
        await away.work()
        assert {name: await numbers(client, name, member) for name in SEARCHES} == {
            name: [number] for name, number in published.items()
        }
        assert await readiness(client) == (200, {"database": True, "search": True, "worker": True})


@FAULTS
async def test_a_server_that_starts_while_the_search_is_away_needs_no_second_start(away: Away, fault: Answer) -> None:
    member = await away.service.employer("rh@example.org", "1143920115", await away.service.agent())
    away.server.lasting = fault
    async with away.client() as client:
        await check_away(client, member)
        number = await publish_offer(away.service, member)
        away.server.lasting = None
        await away.work()
        assert await numbers(client, "jobOffers", member) == [number]
        assert await readiness(client) == (200, {"database": True, "search": True, "worker": True})


async def test_a_search_that_stays_away_shows_as_work_that_waits(away: Away) -> None:
    member = await away.service.employer("rh@example.org", "1143920115", await away.service.agent())
    async with away.client() as client:
        away.server.lasting = hanging_up
        await publish_offer(away.service, member)
        away.clock.move(minutes=3)
        assert await readiness(client) == (503, {"database": True, "search": False, "worker": False})
        away.server.lasting = None
        await away.work()
        assert await readiness(client) == (200, {"database": True, "search": True, "worker": True})
