"""Employers as clients see them: what strangers, members and agents may read, and who may act."""

from typing import Any

import pytest

from tests.conftest import Clock
from tests.service import PASSWORD, Data, Service, addresses, plain, registration

EMPLOYER = "id name neq city region { code label } website status statusReason members { name email }"
MEMBER = f"... on EmployerMember {{ id name email language emailConfirmed employer {{ {EMPLOYER} }} }}"
NODE = f"query($id: ID!) {{ node(id: $id) {{ ... on Employer {{ {EMPLOYER} }} }} }}"
WAITING = """query($first: Int, $after: Cursor) { employersToAuthenticate(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor neqHint node { neq } } } }"""


def entered(**changes: Any) -> Data:
    return {
        "email": "max@example.org",
        "password": PASSWORD,
        "name": "Max Gagnon",
        "employerName": "Boulangerie du Nord",
        "neq": "1140000000",
        "city": "Saguenay",
        "region": "02",
        "website": "https://boulangerie.example.org",
        **changes,
    }


async def registered(service: Service, **changes: Any) -> Data:
    return await service.act("registerEmployer", MEMBER, **entered(**changes))


async def confirmed(service: Service, **changes: Any) -> Data:
    """The same, once the address is."""
    member = await registered(service, **changes)
    await service.confirm(member["email"])
    return member


async def node(service: Service, id: str, token: str | None = None) -> Data | None:
    found: Data | None = (await service.ask(NODE, token, id=id))["node"]
    return found


async def test_registering_answers_with_the_first_member_of_an_employer_that_waits(service: Service) -> None:
    member = await registered(service)
    assert (member["__typename"], member["email"], member["language"]) == ("EmployerMember", "max@example.org", "EN")
    employer = member["employer"]
    assert (employer["status"], employer["neq"], employer["region"]["label"]) == (
        "PENDING",
        "1140000000",
        "Saguenay–Lac-Saint-Jean",
    )
    assert (employer["statusReason"], employer["members"]) == (None, [])


async def test_every_field_at_fault_is_listed_with_its_path_and_reason(service: Service) -> None:
    refused = await registered(service, email="max", password="short", name="x" * 300, employerName="\x00", neq="12", region="77")
    assert refused["__typename"] == "InvalidInput"
    assert {tuple(field["path"]): field["code"] for field in refused["fields"]} == {
        ("email",): "NOT_AN_EMAIL",
        ("password",): "PASSWORD_LENGTH",
        ("name",): "TOO_LONG",
        ("employerName",): "UNFIT_CHARACTER",
        ("neq",): "NOT_A_NEQ",
        ("region",): "UNKNOWN_CODE",
    }
    assert all(field["message"] for field in refused["fields"])


async def test_a_neq_that_another_has_is_answered_like_a_new_one(service: Service, agent: str) -> None:
    new = await confirmed(service)
    await service.act("authenticateEmployer", "", agent, employerId=new["employer"]["id"])
    second = await registered(service, email="other@example.org")
    assert shape(new) == shape(second)


async def test_agents_see_who_has_the_same_neq_and_authenticate_one(service: Service, agent: str, clock: Clock) -> None:
    ids = []
    for number in range(3):
        clock.move(seconds=1)
        made = await confirmed(service, email=f"max{number}@example.org", employerName=f"Boulangerie {number}")
        ids.append(made["employer"]["id"])
    await service.act("authenticateEmployer", "", agent, employerId=ids[1])
    text = "{ employersToAuthenticate { edges { node { name } sameNeq { name status } } } }"
    edges = (await service.ask(text, agent))["employersToAuthenticate"]["edges"]
    others = {edge["node"]["name"]: [(each["name"], each["status"]) for each in edge["sameNeq"]] for edge in edges}
    assert others == {
        "Boulangerie 0": [("Boulangerie 1", "AUTHENTICATED"), ("Boulangerie 2", "PENDING")],
        "Boulangerie 2": [("Boulangerie 1", "AUTHENTICATED"), ("Boulangerie 0", "PENDING")],
    }
    conflict = "... on Conflict { existing { id } }"
    refused = await service.act("authenticateEmployer", conflict, agent, employerId=ids[0])
    assert (refused["code"], refused["existing"]["id"]) == ("NEQ_TAKEN", ids[1])


@pytest.mark.parametrize("field", ["name", "employerName"])
async def test_no_name_advertises_a_page(service: Service, field: str) -> None:
    for name in ("Gagnez ! http://evil.example/x", "www.evil.example", "evil.example/x"):
        refused = await registered(service, **{field: name})
        assert [each["code"] for each in refused["fields"]] == ["NAME_WITH_LINK"], name
    assert (await registered(service, **{field: "Boulangerie.ca"}))["__typename"] == "EmployerMember"
    token = await service.sign_in("max@example.org")
    (renamed,) = (await service.act("updateAccount", "", token, name="Voyez www.evil.example"))["fields"]
    assert renamed["code"] == "NAME_WITH_LINK"


async def test_a_neq_is_taken_as_people_write_it(service: Service) -> None:
    assert (await registered(service, neq=" 1143-920 115"))["employer"]["neq"] == "1143920115"


async def test_a_known_address_is_answered_alike(service: Service, agent: str) -> None:
    told = await registered(service, email="agent@example.org", neq="1140000001")
    new = await registered(service)
    for each in (told, new):
        assert await node(service, each["employer"]["id"], agent) is not None
    assert shape(told) == shape(new)


def shape(member: Data) -> Data:
    """All of an answer but what is another for everybody."""
    employer = {**member["employer"], "id": len(member["employer"]["id"]), "neq": 0}
    return {**member, "id": len(member["id"]), "email": 0, "employer": employer}


async def test_before_authentication_an_employer_exists_for_its_members_and_agents_alone(service: Service, agent: str) -> None:
    employer_id = (await registered(service))["employer"]["id"]
    other = await service.employer("other@example.org", "1140000001", agent)
    candidate = await service.candidate("zoe@example.org")
    assert [await node(service, employer_id, token) for token in (None, other, candidate)] == [None] * 3
    seen_by_member = await node(service, employer_id, await service.sign_in("max@example.org"))
    seen_by_agent = await node(service, employer_id, agent)
    assert seen_by_member is not None
    assert seen_by_agent is not None
    assert seen_by_member["members"] == [{"name": "Max Gagnon", "email": "max@example.org"}] == seen_by_agent["members"]


async def test_once_authenticated_everybody_sees_it_but_not_what_is_its_own(service: Service, agent: str) -> None:
    employer_id = (await confirmed(service))["employer"]["id"]
    done = await service.act("authenticateEmployer", f"... on Employer {{ {EMPLOYER} }}", agent, employerId=employer_id)
    assert done["status"] == "AUTHENTICATED"
    seen = await node(service, employer_id)
    assert seen is not None
    assert (seen["name"], seen["status"]) == ("Boulangerie du Nord", "AUTHENTICATED")
    assert (seen["statusReason"], seen["members"]) == (None, [])


async def test_a_refused_employer_reads_why_and_strangers_read_nothing(service: Service, agent: str) -> None:
    employer_id = (await registered(service))["employer"]["id"]
    text = "... on Employer { status statusReason }"
    done = await service.act("refuseEmployer", text, agent, employerId=employer_id, reason="not your NEQ")
    assert (done["status"], done["statusReason"]) == ("REFUSED", "not your NEQ")
    seen = await node(service, employer_id, await service.sign_in("max@example.org"))
    assert seen is not None
    assert (seen["status"], seen["statusReason"]) == ("REFUSED", "not your NEQ")
    assert await node(service, employer_id) is None
    again = await service.act("refuseEmployer", text, agent, employerId=employer_id, reason="once more")
    assert (again["__typename"], again["code"]) == ("Conflict", "NOT_PENDING")


async def test_who_confirms_the_address_after_the_decision_is_told_of_it_then(service: Service, agent: str) -> None:
    employer_id = (await registered(service))["employer"]["id"]
    early = await service.act("authenticateEmployer", "", agent, employerId=employer_id)
    assert (early["__typename"], early["code"]) == ("Conflict", "ADDRESS_NOT_CONFIRMED")
    assert "e-mail" in early["message"]
    await service.act("refuseEmployer", "", agent, employerId=employer_id, reason="not your NEQ")
    await service.work()
    assert len(letters(service)) == 1
    for _ in range(2):
        await service.confirm("max@example.org")
        await service.work()
    assert sorted("not your NEQ" in each for each in letters(service)) == [False, True]


def letters(service: Service) -> list[str]:
    """What the member was written."""
    return [plain(each) for each in service.letters() if addresses(each) == ["max@example.org"]]


async def test_what_was_authenticated_stays_so(service: Service, agent: str) -> None:
    employer_id = (await confirmed(service))["employer"]["id"]
    await service.act("authenticateEmployer", "", agent, employerId=employer_id)
    again = await service.act("authenticateEmployer", "", agent, employerId=employer_id)
    assert (again["__typename"], again["code"]) == ("Conflict", "ALREADY_AUTHENTICATED")


async def test_only_agents_authenticate_refuse_and_see_who_waits(service: Service, agent: str) -> None:
    employer_id = (await registered(service))["employer"]["id"]
    member, candidate = await service.sign_in("max@example.org"), await service.candidate("zoe@example.org")
    for token, code in ((None, "SIGN_IN_REQUIRED"), (member, "NOT_FOR_THIS_ROLE"), (candidate, "NOT_FOR_THIS_ROLE")):
        for name, more in (("authenticateEmployer", {}), ("refuseEmployer", {"reason": "no"})):
            refused = await service.act(name, "", token, employerId=employer_id, **more)
            assert (refused["__typename"], refused["code"]) == ("NotEligible", code)
        result = await service.run(WAITING, token)
        assert result.data is None
        assert result.errors[0].original_error.code == code


@pytest.mark.parametrize("typed", ["", "nonsense", "RW1wbG95ZXI6MDAwMDAwMDAwMDAwMDAwMA"])
async def test_an_unknown_employer_is_not_found(service: Service, agent: str, typed: str) -> None:
    for name, more in (("authenticateEmployer", {}), ("refuseEmployer", {"reason": "no"})):
        refused = await service.act(name, "", agent, employerId=typed, **more)
        assert (refused["__typename"], refused["code"]) == ("NotFound", "NOT_FOUND")


async def test_the_id_of_a_member_is_no_employer(service: Service, agent: str) -> None:
    refused = await service.act("authenticateEmployer", "", agent, employerId=(await registered(service))["id"])
    assert refused["__typename"] == "NotFound"


async def test_agents_see_who_waits_page_by_page_with_a_hint_on_odd_numbers(service: Service, agent: str, clock: Clock) -> None:
    neqs = ["1140000000", "1143920115", "9990000000"]
    for number, neq in enumerate(neqs):
        clock.move(seconds=1)
        await confirmed(service, email=f"max{number}@example.org", neq=neq)
    await registered(service, email="nobody@example.org")
    first = (await service.ask(WAITING, agent, first=2))["employersToAuthenticate"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (3, True, False)
    rest = (await service.ask(WAITING, agent, first=2, after=first["pageInfo"]["endCursor"]))["employersToAuthenticate"]
    assert (rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (False, True)
    edges = first["edges"] + rest["edges"]
    assert [edge["node"]["neq"] for edge in edges] == neqs
    assert [edge["neqHint"] is None for edge in edges] == [False, True, False]
    assert "NEQ" in edges[2]["neqHint"]


@pytest.mark.parametrize(
    ("asked", "code"), [({"first": 0}, "PAGE_SIZE"), ({"first": 101}, "PAGE_SIZE"), ({"after": "x"}, "INVALID_CURSOR")]
)
async def test_a_page_that_cannot_be_is_an_error_with_its_code(service: Service, agent: str, asked: Data, code: str) -> None:
    result = await service.run(WAITING, agent, **asked)
    assert result.data is None
    assert [problem.code for problem in result.errors[0].original_error.problems] == [code]


async def test_twenty_is_the_length_of_a_page_that_does_not_say(service: Service, agent: str) -> None:
    assert (await service.ask(WAITING, agent, first=None))["employersToAuthenticate"]["totalCount"] == 0


async def test_a_candidate_has_no_employer_to_show(service: Service, agent: str) -> None:
    done = await service.act("registerCandidate", "... on Candidate { id }", **registration("zoe@example.org"))
    refused = await service.act("authenticateEmployer", "", agent, employerId=done["id"])
    assert refused["__typename"] == "NotFound"
