"""A search counts what it is asked to count, in whatever way the question is written."""

from base64 import b64decode, urlsafe_b64encode
from uuid import uuid4

import pytest

from auth.vault import MARK
from tests.path.asking import codes
from tests.service import Service
from tests.world import OFFER

COUNTS = "totalCount facets { name }"


async def published(service: Service, count: int) -> None:
    member = await service.employer(f"{uuid4().hex}@example.org", "1143920115", await service.agent())
    for _ in range(count):
        draft = await service.act("createJobOffer", "... on JobOffer { id }", member, **OFFER)
        assert "code" not in await service.act("publishJobOffer", "", member, id=draft["id"])
    await service.work()


@pytest.mark.parametrize(
    "text",
    [
        f"{{ jobOffers {{ {COUNTS} }} }}",
        f"{{ jobOffers {{ ... {{ ... on JobOfferConnection {{ {COUNTS} }} }} }} }}",
        f"{{ jobOffers {{ ...A }} }} fragment A on JobOfferConnection {{ ...B }} fragment B on JobOfferConnection {{ {COUNTS} }}",
        f"{{ jobOffers {{ edges {{ cursor }} }} jobOffers {{ {COUNTS} }} }}",
    ],
)
async def test_counts_are_there_however_they_are_asked_for(service: Service, text: str) -> None:
    await published(service, 1)
    found = (await service.ask(text))["jobOffers"]
    assert (found["totalCount"], bool(found["facets"])) == (1, True)


async def test_a_page_is_the_same_without_counts(service: Service) -> None:
    await published(service, 3)
    page = "edges { cursor node { number } } pageInfo { hasNextPage }"
    plain = (await service.ask(f"{{ jobOffers(first: 2) {{ {page} }} }}"))["jobOffers"]
    counted = (await service.ask(f"{{ jobOffers(first: 2) {{ {page} {COUNTS} }} }}"))["jobOffers"]
    assert plain == {name: counted[name] for name in plain}
    assert plain["pageInfo"]["hasNextPage"]


async def test_a_cursor_that_was_changed_is_refused(service: Service) -> None:
    await published(service, 3)
    ask = "query($after: Cursor) { jobOffers(first: 1, after: $after) { edges { cursor node { number } } } }"
    cursor = (await service.ask(ask))["jobOffers"]["edges"][0]["cursor"]
    place = b64decode(cursor[MARK:] + "==", altchars=b"-_").decode()
    moved = urlsafe_b64encode(place.replace(",0]", ",7]").encode()).decode().rstrip("=")
    assert place.endswith(",0]")
    for forged in (cursor[:MARK] + moved, moved, "A" * MARK + cursor[MARK:]):
        assert codes(await service.run(ask, after=forged)) == ["INVALID_INPUT"]
    assert (await service.ask(ask, after=cursor))["jobOffers"]["edges"]
