"""Pages of no size, cursors that no list gave, places where no stream was: refused in words, on every list and stream."""

import asyncio
from contextlib import aclosing
from typing import Any

import pytest

from models.language import Language
from schema.schema import schema
from tests.path.asking import LISTS, ask, codes
from tests.path.forged import moved, nonsense
from tests.path.hostile import ENORMOUS, NO_IDS, UNFIT, shown
from tests.service import Data
from tests.world import World

NO_SIZES: list[object] = [2**31, 10**30, "1", 1.5, True, [], {}]
SIZES: list[tuple[object, str | None]] = [
    *((size, "INVALID_INPUT") for size in (0, -1, 101, 2**31 - 1, -(2**31))),
    *((size, "BAD_REQUEST") for size in NO_SIZES),
    *((size, None) for size in (1, 100, None)),
]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("first", "code"), SIZES)
async def test_a_page_has_one_to_a_hundred_items(world: World, name: str, first: object, code: str | None) -> None:
    text, role = LISTS[name]
    assert codes(await ask(world, role, text, first=first)) == ([code] if code else [])


@pytest.mark.parametrize("name", LISTS)
async def test_a_cursor_that_the_list_did_not_give_is_refused(world: World, name: str) -> None:
    text, role = LISTS[name]
    (given,) = [edge["cursor"] for edge in pages_of(await ask(world, role, text, first=1))["edges"]]
    assert codes(await ask(world, role, text, after=given)) == []
    found = {after: codes(await ask(world, role, text, after=after)) for after in nonsense(given)}
    assert {shown(after): told for after, told in found.items() if told != ["INVALID_INPUT"]} == {}
    for after in moved(given):  # whoever moves a cursor on sees what is there, or is refused
        assert codes(await ask(world, role, text, after=after)) in ([], ["INVALID_INPUT"]), shown(after)


def pages_of(result: Any) -> Data:
    """The list in an answer, wherever it stands."""
    found: Data = result.data
    while "page" not in found:
        (found,) = found.values()
    return dict(found["page"])


@pytest.mark.parametrize("name", ["jobOffers", "candidacies"])
async def test_a_cursor_of_another_search_is_refused(world: World, name: str) -> None:
    text, role = LISTS[name]
    given = pages_of(await ask(world, role, text, criteria={"text": "infirmiere"}))["edges"][0]["cursor"]
    for other in ({"criteria": {"text": "nurse"}}, {"criteria": {"text": "infirmiere"}, "order": "PUBLISHED_AT"}, {}):
        assert codes(await ask(world, role, text, after=given, **other)) == ["INVALID_INPUT"]
    another, reader = LISTS["candidacies" if name == "jobOffers" else "jobOffers"]
    assert codes(await ask(world, reader, another, after=given, criteria={"text": "infirmiere"})) == ["INVALID_INPUT"]


STREAM = """subscription($alert: ID, $after: Cursor) { jobOfferMatches(alertId: $alert, after: $after) {
    ... on JobOfferMatched { cursor } ... on StreamGap { gap: cursor } } }"""


async def first_event(world: World, **variables: Any) -> Any:
    """The first thing that a stream gives: an event, or what it ends with."""
    asked = await world.service.asking(world.tokens["candidate"], Language.FR)
    async with asyncio.timeout(5), aclosing(await schema.stream(STREAM, variables, asked)) as events:
        return await anext(events)


async def test_a_stream_begins_after_what_it_gave_and_nowhere_else(world: World) -> None:
    for after in ("", "-1", "+1", "1.5", "1e3", "٣", " 1", "0x1", "9" * 16, "null", *UNFIT, *ENORMOUS):
        assert codes(await first_event(world, after=after)) == ["INVALID_INPUT"], shown(after)
    assert (await first_event(world, after="0")).data["jobOfferMatches"]["cursor"] == "1"
    assert (await first_event(world, after="9" * 15)).data["jobOfferMatches"]["gap"] == "1"


async def test_a_stream_of_an_alert_that_is_not_the_callers_is_refused(world: World) -> None:
    for what in ("alert of another", "deleted alert", "published offer", "candidate"):
        assert codes(await first_event(world, alert=world.ids[what])) == ["NOT_FOUND"], what
    for alert in NO_IDS:
        assert codes(await first_event(world, alert=alert)) == ["NOT_FOUND"], shown(alert)
