"""What accounts change of themselves: each what it has, and what is left out stays as it is."""

import pytest

from tests.schema.mailed import change
from tests.service import Data, Service, addresses

CANDIDATE = "... on Candidate { language timeZone telephone givenName familyName }"
MEMBER = "... on EmployerMember { language timeZone name employer { name } }"
AGENT = "... on Agent { language timeZone name }"


async def update(service: Service, token: str, selection: str, **entered: object) -> Data:
    return await service.act("updateAccount", selection, token, **entered)


@pytest.fixture
async def candidate(service: Service) -> str:
    return await service.candidate("amina@example.org", telephone="+212 5 22 00 00 00")


async def test_a_candidate_changes_what_a_candidate_has(service: Service, candidate: str) -> None:
    wanted = {"language": "FR", "timeZone": "Africa/Dakar", "telephone": "+221 33 000 00 00"}
    named = {"givenName": " Awa ", "familyName": "N’Diaye"}
    changed = await update(service, candidate, CANDIDATE, **wanted, **named)
    assert changed == {"__typename": "Candidate", **wanted, "givenName": "Awa", "familyName": "N’Diaye"}
    viewer = await service.ask(f"{{ viewer {{ __typename {CANDIDATE} }} }}", candidate)
    assert viewer["viewer"] == changed


async def test_what_is_left_out_stays_as_it_is(service: Service, candidate: str) -> None:
    before = await update(service, candidate, CANDIDATE)
    assert await update(service, candidate, CANDIDATE, language=None, givenName=None, timeZone=None) == before
    for field, value in (("language", "FR"), ("timeZone", "Africa/Dakar"), ("familyName", "Diop"), ("telephone", "1")):
        before = {**before, field: value}
        assert await update(service, candidate, CANDIDATE, **{field: value}) == before


@pytest.mark.parametrize("nothing", [None, "", "  "])
async def test_a_telephone_number_can_be_taken_away(service: Service, candidate: str, nothing: str | None) -> None:
    assert (await update(service, candidate, CANDIDATE, telephone=nothing))["telephone"] is None


async def test_members_and_agents_have_one_name(service: Service) -> None:
    agent = await service.agent()
    member = await service.employer("rh@example.org", "1143920115", agent, name="Boulangerie")
    entered = {"language": "EN", "timeZone": "America/Halifax", "name": "Éloi Roy"}
    shared: Data = {**entered}
    assert await update(service, agent, AGENT, **entered) == {"__typename": "Agent", **shared}
    changed = await update(service, member, MEMBER, **entered, telephone=None)
    assert changed == {"__typename": "EmployerMember", **shared, "employer": {"name": "Boulangerie"}}


async def test_a_refused_value_leaves_the_old_ones(service: Service, candidate: str) -> None:
    before = await update(service, candidate, CANDIDATE)
    refused = await update(service, candidate, CANDIDATE, language="FR", givenName="Awa", timeZone="Mars/Olympus")
    assert [field["path"] for field in refused["fields"]] == [["timeZone"]]
    assert await update(service, candidate, CANDIDATE) == before


HOSTILE = ('Awa" <evil@example.com>, "', "Awa, evil@example.com", "=?utf-8?q?a=0D=0ABcc:_evil@example.com?=")


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_name_becomes_an_address_or_a_header_of_a_mail(service: Service, candidate: str, name: str) -> None:
    assert (await update(service, candidate, CANDIDATE, givenName=name))["givenName"] == name
    await change(service, candidate)
    await service.act("declareResidence", "", candidate, country="CA", province="QC")
    await service.work()
    letters = service.letters()
    assert all(each not in letter for letter in letters for each in ("Cc", "Bcc"))
    assert [addresses(letter) for letter in letters] == [["amina@example.org"]] * len(letters)
    assert any("evil" in str(letter["To"]) for letter in letters), "a letter to the person by name"


@pytest.mark.parametrize("name", ["Awa\r\nBcc: evil@example.com", "Awa\x00", "Awa\n"])
async def test_no_name_of_several_lines_is_taken(service: Service, candidate: str, name: str) -> None:
    refused = await update(service, candidate, CANDIDATE, givenName=name + "x")
    assert [(field["path"], field["code"]) for field in refused["fields"]] == [(["givenName"], "UNFIT_CHARACTER")]
