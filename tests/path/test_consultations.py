"""Every opening of a candidacy is on record for its candidate, with its purpose: once an hour for each member, newest first. A
list of results is no opening."""

import asyncio

from tests.conftest import Clock
from tests.path.in_touch import OTHER_NEQ, Pair, Recruiter, pair, recruiter
from tests.service import Data, Service

OPENED = "query($n: String!, $p: String) { candidacy(number: $n, purpose: $p) { id } }"
RECORD = "consultations { totalCount edges { node { at employer { name } candidacyNumber purpose } } }"
SEARCHED = "{ candidacies { edges { node { id number title { fr } } } } }"


async def open_it(who: Recruiter, both: Pair, purpose: str | None = None) -> str:
    found = await who.service.ask(OPENED, await who.token(), n=both.number, p=purpose)
    return str(found["candidacy"]["id"])


async def record(both: Pair) -> list[tuple[str, str | None]]:
    """By whom and why, newest first."""
    found: Data = (await both.person.file(RECORD))["consultations"]
    assert found["totalCount"] == len(found["edges"])
    assert {edge["node"]["candidacyNumber"] for edge in found["edges"]} <= {both.number}
    return [(edge["node"]["employer"]["name"], edge["node"]["purpose"]) for edge in found["edges"]]


async def test_an_opening_is_recorded_once_an_hour_for_each_member(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    other = await recruiter(service, OTHER_NEQ, "Clinique du Nord")
    for purpose in ("Quart de nuit", "Encore"):
        await open_it(both.recruiter, both, purpose)
    await open_it(other, both)
    clock.move(minutes=59)
    await open_it(both.recruiter, both, "Toujours")
    assert sorted(await record(both)) == [("Clinique du Nord", None), ("Hôpital du Fjord", "Quart de nuit")]
    clock.move(minutes=1)
    await open_it(both.recruiter, both, "Quart de jour")
    assert (await record(both))[0] == ("Hôpital du Fjord", "Quart de jour")
    assert len(await record(both)) == 3


async def test_a_purpose_that_is_given_within_the_hour_is_kept(service: Service, clock: Clock) -> None:
    """Opened by its id, there is no purpose to give."""
    both = await pair(service, clock)
    (edge,) = (await service.ask(SEARCHED, await both.recruiter.token()))["candidacies"]["edges"]
    assert await record(both) == []
    node = "query($id: ID!) { node(id: $id) { id } }"
    assert (await service.ask(node, await both.recruiter.token(), id=edge["node"]["id"]))["node"]
    assert await record(both) == [("Hôpital du Fjord", None)]
    clock.move(minutes=10)
    await open_it(both.recruiter, both, "Quart de nuit")
    assert await record(both) == [("Hôpital du Fjord", "Quart de nuit")]


async def test_openings_at_the_same_moment_are_one(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    token = await both.recruiter.token()
    await asyncio.gather(*(service.ask(OPENED, token, n=both.number, p="Ensemble") for _ in range(10)))
    assert await record(both) == [("Hôpital du Fjord", "Ensemble")]
