"""What a candidate is given of all that is held, and what is left once the candidate has had it erased."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Clock
from tests.path.candidate_file import Person, candidate
from tests.path.whole_life import CORRECTED, EMAIL, ENTERED, EXPORT, PURPOSE, TEXTS, erase, export, lived
from tests.service import PASSWORD, Data, Service, registration
from tests.world import ALERT, CANDIDACY, OFFER


def leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for each in value.values():
                yield from leaves(each)
        case list():
            for each in value:
                yield from leaves(each)
        case _:
            yield value


async def test_every_value_that_was_entered_is_in_the_export(service: Service, clock: Clock) -> None:
    given = await export(await lived(service, clock))
    found = set(map(str, leaves(given)))
    entered = {**CANDIDACY, **TEXTS}
    entered.pop("languages")
    for value in leaves(
        [
            ENTERED,
            CORRECTED,
            entered,
            ALERT,
            EMAIL,
            PURPOSE,
            "Une viole à restaurer.",
            "Je connais Chamonal.",
            "Mon archet est prêt.",
            "Lutherie du Fjord",
            "Le salaire n’est pas le bon.",
            OFFER["title"],
        ]
    ):
        assert str(value) in found, value
    assert {"registered once", "made once", "alerted once", "applied once"} <= {
        each["key"] for each in given["rememberedRequests"]
    }


async def test_an_export_has_something_of_every_table(service: Service, clock: Clock) -> None:
    given = await export(await lived(service, clock))
    assert {key for key, value in given.items() if not value} == set()
    assert list(given)[:5] == ["format", "notes", "madeAt", "account", "file"]
    assert given["format"] == "online-placement/personal-data/1"
    assert given["file"]["fileNumber"] == ENTERED["fileNumber"]
    assert given["hiddenEmployers"][0]["neq"] == "8823456789"
    assert given["contactRequests"][0]["employer"] == "Lutherie du Fjord"
    assert given["applications"][0]["employer"] == "Lutherie du Fjord"
    assert given["applications"][0]["snapshot"]["title"] == TEXTS["title"]
    assert given["consultations"][0]["employer"] == "Lutherie du Fjord"
    assert given["registryQuestions"][-1]["fileNumber"] == CORRECTED["fileNumber"]


async def test_an_export_holds_no_secret_and_nobody_else(service: Service, clock: Clock) -> None:
    person = await lived(service, clock)
    other = await candidate(service, clock, "other@example.net", familyName="Someone-Else")
    await other.publish()
    exported = json.dumps(await export(person), ensure_ascii=False)
    assert "Someone-Else" not in exported
    assert "$argon2" not in exported
    assert "Roy" not in exported
    assert await person.token() not in exported


async def test_the_same_is_exported_twice_in_the_same_order(service: Service, clock: Clock) -> None:
    person = await lived(service, clock)
    assert json.dumps(await _without_sessions(person)) == json.dumps(await _without_sessions(person))


async def _without_sessions(person: Person) -> Data:
    return {key: value for key, value in (await export(person)).items() if key not in ("sessions", "refreshTokens")}


async def test_there_are_ten_exports_in_a_day(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    for _ in range(10):
        await export(person)
    refused = (await service.ask(EXPORT, await person.token()))["exportMyData"]
    assert (refused["code"], refused["limit"]) == ("TOO_MANY_ATTEMPTS", 10)
    clock.move(days=1)
    await export(person)


@pytest.mark.parametrize("begins", ["OK", "WAIT"])
async def test_an_account_is_erased_whether_or_not_the_registry_has_answered(service: Service, clock: Clock, begins: str) -> None:
    entered = {"fileNumber": f"{begins}12345678", "individualReferenceNumber": "R1234567"}
    person = await candidate(service, clock, **entered)
    assert (await erase(person))["__typename"] == "AccountErased"
    refused = await service.act("signIn", "", email=person.email, password=PASSWORD)
    assert refused["code"] == "WRONG_CREDENTIALS"
    again = await service.act(
        "registerCandidate", "... on Candidate { registration { status } }", **registration(EMAIL, **entered)
    )
    assert again["registration"]["status"] == ("ACTIVE" if begins == "OK" else "PENDING")


async def test_a_registration_that_was_closed_is_erased(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock, fileNumber="WAIT1234567")
    await person.act("declareResidence", country="CA", province="ON")
    assert await person.status() == "CLOSED"
    assert (await erase(person))["__typename"] == "AccountErased"


async def test_wrong_passwords_erase_nothing_and_are_counted(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    token = await person.token()
    for _ in range(10):
        refused = await service.act("eraseMyAccount", "", token, password="not the right one")
        assert refused["code"] == "WRONG_PASSWORD"
    assert (await service.act("eraseMyAccount", "", token, password=PASSWORD))["code"] == "TOO_MANY_ATTEMPTS"
    clock.move(minutes=6)
    assert await person.status() == "ACTIVE"


async def test_whoever_only_claimed_the_address_stays(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock)
    claimed = await service.act(
        "registerCandidate", "... on Candidate { id }", **registration(person.email, password="another one of mine")
    )
    assert (await erase(person))["__typename"] == "AccountErased"
    signed = await service.act("signIn", "... on Session { account { id } }", email=person.email, password="another one of mine")
    assert signed["account"]["id"] == claimed["id"]
