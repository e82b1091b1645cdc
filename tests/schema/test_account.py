"""Accounts as clients see them: confirmed by the link in a mail, and known to nobody but whom the table names."""

import pytest

from schema.node import global_id, parts_of
from tests.conftest import Clock
from tests.service import PASSWORD, Data, Service, plain

NODE = "query($id: ID!) { node(id: $id) { __typename id ... on Account { email } } }"
MEMBER = "... on EmployerMember { id emailConfirmed }"


@pytest.fixture
async def member(service: Service) -> Data:
    return await service.act(
        "registerEmployer",
        MEMBER,
        email="max@example.org",
        password=PASSWORD,
        name="Max",
        employerName="Boulangerie",
        neq="1140000000",
    )


async def mailed_token(service: Service) -> str:
    await service.work()
    (letter,) = service.letters()
    return plain(letter).split("/confirm-email/")[1].split()[0]


async def test_the_link_in_the_mail_confirms_the_address(service: Service, member: Data) -> None:
    assert member["emailConfirmed"] is False
    done = await service.act("confirmEmail", "... on EmailConfirmed { email }", token=await mailed_token(service))
    assert done == {"__typename": "EmailConfirmed", "email": "max@example.org"}
    viewer = (await service.ask("{ viewer { id emailConfirmed } }", await service.sign_in("max@example.org")))["viewer"]
    assert viewer == {"id": member["id"], "emailConfirmed": True}


async def test_a_link_that_is_too_old_or_not_ours_is_refused(service: Service, member: Data, clock: Clock) -> None:
    token = await mailed_token(service)
    clock.move(days=8)
    for tried in (token, token[:-3], "", "\x00"):
        refused = await service.act("confirmEmail", "", token=tried)
        assert (refused["__typename"], refused["code"]) == ("NotEligible", "LINK_INVALID")


async def test_an_account_is_known_to_itself_and_to_agents(service: Service, member: Data) -> None:
    own, agent = await service.sign_in("max@example.org"), await service.agent()
    for token in (own, agent):
        assert (await service.ask(NODE, token, id=member["id"]))["node"]["email"] == "max@example.org"


async def test_for_strangers_it_is_like_an_id_that_never_was(service: Service, member: Data) -> None:
    agent = await service.agent()
    stranger = await service.employer("stranger@example.org", "1140000001", agent)
    agent_id = (await service.ask("{ viewer { id } }", agent))["viewer"]["id"]
    for token in (None, stranger):
        for known in (member["id"], agent_id):
            assert await service.ask(NODE, token, id=known) == {"node": None}


@pytest.mark.parametrize("typed", ["", "nonsense", "\ud800", "QWdlbnQ6", "Tm90aGluZzowMDAwMDAwMDAwMDAwMDAw"])
async def test_what_is_no_id_is_nothing(service: Service, typed: str) -> None:
    assert await service.ask(NODE, await service.agent(), id=typed) == {"node": None}


@pytest.mark.parametrize("type_name", ["Agent", "Employer", "Candidate"])
async def test_an_id_of_another_type_with_the_same_key_is_nothing(service: Service, member: Data, type_name: str) -> None:
    _, key = parts_of(member["id"])
    assert await service.ask(NODE, await service.agent(), id=global_id(type_name, key)) == {"node": None}
