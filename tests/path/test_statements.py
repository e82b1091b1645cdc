"""A long page of any list costs as many statements as a short one, with all that can be asked of what it lists."""

import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from schema.schema import schema
from tests.conftest import Clock, copy_of
from tests.connections import CONNECTIONS, Listing, connections, read_page
from tests.crowd import Crowd, gather
from tests.service import ELASTIC, EMBEDDED, Data, open_service
from tests.world import SQLITE

SHORT, LONG = 2, 9
BY_CHANCE = 3
"""What siblings ask at two moments is read twice or once, as it happens: of one statement no more than so many, and fewer than
there are more rows."""
LISTINGS = [(connection, listing) for connection, listings in CONNECTIONS.items() for listing in listings]


@pytest.fixture(scope="module")
async def crowd(origin: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Crowd]:
    folder, clock, embedded = tmp_path_factory.mktemp("crowd"), Clock(), origin.startswith(SQLITE)
    async with AsyncExitStack() as stack:
        url = origin if embedded else await stack.enter_async_context(copy_of(origin))
        opening = open_service(url, EMBEDDED if embedded else ELASTIC, folder, clock)
        service = replace(
            await stack.enter_async_context(opening), schema=schema
        )  # as served it would be too dear to ask for all
        yield await gather(service, clock, LONG)
        await service.discard_index()


def kinds(statements: list[str]) -> Counter[str]:
    """However many values are looked for."""
    return Counter(re.sub(r"IN \([^()]*\)", "IN (…)", each) for each in statements)


def test_every_connection_is_asked_for() -> None:
    assert set(CONNECTIONS) == set(connections())


@pytest.mark.parametrize(("connection", "listing"), LISTINGS, ids=lambda each: getattr(each, "role", each))
async def test_a_long_page_costs_as_many_statements_as_a_short_one(crowd: Crowd, connection: str, listing: Listing) -> None:
    token = await crowd.token(listing.role)
    short, long = [await read_page(crowd, connection, listing, token, first) for first in (SHORT, LONG)]
    assert (len(short.edges), len(long.edges)) == (SHORT, LONG)
    more = kinds(long.statements) - kinds(short.statements)
    assert {each: times for each, times in more.items() if times > BY_CHANCE} == {}
    assert len(long.statements) < len(short.statements) + LONG - SHORT
    assert [name for name in listing.shows.split() if sum(filled(each, name) for each in long.edges) <= SHORT] == []


async def test_rows_that_are_named_are_found_by_their_names(crowd: Crowd) -> None:
    """Not among all that is published: that would cost more with every row that others publish."""
    engine = crowd.service.resources.database.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table as small as this from end to end, whatever its indexes")
    pages = [
        await read_page(crowd, connection, listing, await crowd.token(listing.role), LONG) for connection, listing in LISTINGS
    ]
    asked = {statement for page in pages for statement in page.statements}
    named = [(table, statement) for statement in asked for table in re.findall(r"(\w+)\.id IN \(\?", statement)]
    assert {"candidacy", "job_offer"} <= {table for table, _ in named}
    for table, statement in named:
        async with engine.connect() as connected:
            steps = await connected.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?"))
            plan = [step.detail for step in steps]
        of_table = [step for step in plan if re.match(rf"(SCAN|SEARCH) {table}\b", step)]
        assert any(f"INDEX sqlite_autoindex_{table}_1 (id=?)" in step for step in of_table), (statement, plan)


def filled(edge: Data, name: str) -> bool:
    value = edge["node"][name]
    return bool(value["edges"] if isinstance(value, dict) and "edges" in value else value)
