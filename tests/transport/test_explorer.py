"""What a browser finds at the GraphQL address, and what nobody else does."""

import httpx
import pytest

from tests.transport.small_schema import schema

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(("language", "title"), [("fr", "Explorateur GraphQL"), ("en", "GraphQL explorer")])
async def test_a_browser_gets_the_explorer_in_its_language(client: httpx.AsyncClient, language: str, title: str) -> None:
    response = await client.get("/graphql", headers={"Accept": BROWSER, "Accept-Language": language})
    assert (response.status_code, f"<h1>{title}</h1>" in response.text) == (200, True)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "Accept" in response.headers["vary"]


async def test_the_explorers_scripts_name_no_other_place(client: httpx.AsyncClient) -> None:
    for name in ("explorer.js", "reference.js", "subscription.js", "explorer.css", "pages.css"):
        asset = await client.get(f"/assets/{name}")
        assert asset.status_code == 200
        assert "://" not in asset.text
        assert not any(risky in asset.text for risky in ("innerHTML", "eval(", "document.write"))


async def test_a_browser_that_brings_a_query_gets_its_answer(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "{ hello }"}, headers={"Accept": BROWSER})
    assert response.json() == {"data": {"hello": "bonjour"}}


@pytest.mark.parametrize("accept", ["*/*", "application/json", None])
async def test_a_program_never_gets_the_explorer(client: httpx.AsyncClient, accept: str | None) -> None:
    response = await client.get("/graphql", headers={"Accept": accept} if accept else {})
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/json")


async def test_the_reference_is_the_schema_as_text(client: httpx.AsyncClient) -> None:
    response = await client.get("/reference")
    assert (response.status_code, response.text) == (200, schema.as_str() + "\n")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
