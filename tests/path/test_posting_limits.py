"""How many offers an employer has open at once, and publishes within an hour: tried on smaller limits."""

import asyncio
from dataclasses import replace

import pytest

from tests.conftest import Clock
from tests.path.test_at_once import outcomes
from tests.schema.posted import OFFER, post
from tests.service import Data, Service

FIGURES = "... on JobOffer { status } ... on LimitReached { limit current retryAfterSeconds }"


@pytest.fixture
async def member(service: Service) -> str:
    return await service.employer("rh@example.org", "1143920115", await service.agent())


def limited(service: Service, *, open: int = 500, published: int = 50) -> None:
    settings = replace(service.resources.settings, max_open_offers=open, max_publications=published)
    service.resources = replace(service.resources, settings=settings)


async def draft(service: Service, member: str) -> str:
    return str((await service.act("createJobOffer", "... on JobOffer { id }", member, occupation="31301", **OFFER))["id"])


async def publish(service: Service, member: str, offer: str) -> Data:
    return await service.act("publishJobOffer", FIGURES, member, id=offer)


def test_an_employer_has_five_hundred_open_and_publishes_fifty_an_hour(service: Service) -> None:
    settings = service.resources.settings
    assert (settings.max_open_offers, settings.max_publications) == (500, 50)


async def test_who_has_as_many_open_as_one_can_closes_one_first(service: Service, member: str, clock: Clock) -> None:
    limited(service, open=2)
    first, second, third = [await draft(service, member) for _ in range(3)]
    assert [(await publish(service, member, each))["__typename"] for each in (first, second)] == ["JobOffer"] * 2
    refused = await publish(service, member, third)
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_MANY_OPEN_OFFERS", 2, 2)
    assert (await publish(service, member, second))["code"] == "ALREADY_PUBLISHED"
    await service.act("closeJobOffer", "", member, id=first)
    assert (await publish(service, member, third))["status"] == "PUBLISHED"
    fourth = await draft(service, member)
    clock.move(days=31)  # nobody has marked them as expired
    member = await service.sign_in("rh@example.org")
    assert (await publish(service, member, fourth))["status"] == "PUBLISHED"


async def test_who_publishes_too_fast_is_told_how_long_to_wait(service: Service, member: str, clock: Clock) -> None:
    limited(service, published=2)
    for _ in range(2):
        await post(service, member)
        clock.move(minutes=4)
    third = await draft(service, member)
    refused = await publish(service, member, third)
    assert (refused["code"], refused["limit"], refused["retryAfterSeconds"]) == ("TOO_MANY_PUBLICATIONS", 2, 52 * 60 + 1)
    clock.move(seconds=refused["retryAfterSeconds"])
    member = await service.sign_in("rh@example.org")
    assert (await publish(service, member, third))["status"] == "PUBLISHED"


async def test_the_last_publications_of_an_hour_are_given_once(service: Service, member: str) -> None:
    limited(service, published=3)
    drafts = [await draft(service, member) for _ in range(5)]
    answers = await asyncio.gather(*(publish(service, member, each) for each in drafts))
    assert outcomes(answers) == {("JobOffer", ""): 3, ("LimitReached", "TOO_MANY_PUBLICATIONS"): 2}


async def test_what_one_employer_posts_is_not_counted_for_another(service: Service, member: str) -> None:
    limited(service, open=1, published=1)
    await post(service, member)
    await post(service, await service.employer("autre@example.org", "1143920116", await service.agent("other@example.org")))
