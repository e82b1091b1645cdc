"""Members of an employer: invited by an owner, made by a link that serves once, and gone without a trace but for their name in
what they did."""

import pytest

from errors import NotAllowed
from tests.conftest import Clock
from tests.path.candidate_file import candidate
from tests.path.employers import LINK, OWNER, accept, invite, invited, joined, leave, listed, own, owner, remove
from tests.path.in_touch import Recruiter, pair
from tests.schema.mailed import agree, ask_for_reset, change_email, mailed, opens, subjects, tokens
from tests.service import PASSWORD, Service, plain
from tests.world import OFFER, SEARCH

LOU = "lou@example.org"


async def test_who_reads_the_letter_becomes_a_member_once(service: Service, clock: Clock) -> None:
    head = await owner(service)
    invitation = (await invite(service, head, " Lou@Example.org "))["invitation"]
    assert (invitation["email"], invitation["role"], invitation["invitedBy"]) == (LOU, "MEMBER", "Émile Roy")
    assert invitation["expiresAt"] == "2026-03-30T14:00:01.000Z"
    link = await mailed(service, LOU, LINK)
    assert subjects(service, LOU) == ["Émile Roy invites you to act for Hôpital du Fjord"]
    clock.move(days=13)
    head = await service.sign_in(OWNER)
    assert await invited(service, head) == [LOU]
    member = await accept(service, link)
    assert (member["email"], member["emailConfirmed"], member["role"]) == (LOU, True, "MEMBER")
    assert await listed(service, head) == [(OWNER, "OWNER"), (LOU, "MEMBER")]
    assert await invited(service, head) == []
    assert (await accept(service, link))["code"] == "LINK_INVALID"
    lou = await service.sign_in(LOU)
    made = await service.act("createJobOffer", "... on JobOffer { employer { name } }", lou, **OFFER)
    assert made["employer"]["name"] == "Hôpital du Fjord"


async def test_an_address_that_has_an_account_is_told_so_and_the_owner_is_not(service: Service, clock: Clock) -> None:
    head = await owner(service)
    await candidate(service, clock)
    answers = [await invite(service, head, email) for email in (LOU, "amina@example.org")]
    await service.work()
    for each in answers:
        each["invitation"] |= {"id": "", "email": "", "invitedAt": "", "expiresAt": ""}
    assert answers[0] == answers[1]
    assert await invited(service, head) == [LOU, "amina@example.org"]
    assert tokens(service, "amina@example.org", LINK) == []
    (told,) = [each for each in service.letters() if each["To"].addresses[0].addr_spec == "amina@example.org"][-1:]
    assert "This address has an account already" in plain(told)


async def test_an_account_that_came_first_keeps_the_address(service: Service, clock: Clock) -> None:
    head = await owner(service)
    await invite(service, head, "amina@example.org")
    link = await mailed(service, "amina@example.org", LINK)
    await candidate(service, clock)
    assert (await accept(service, link))["code"] == "ADDRESS_HAS_ACCOUNT"
    assert len(await listed(service, head)) == 1


async def test_an_invitation_to_the_same_address_replaces_the_earlier_one(service: Service) -> None:
    head = await owner(service)
    await invite(service, head, LOU)
    first = await mailed(service, LOU, LINK)
    await invite(service, head, LOU, role="OWNER")
    second = await mailed(service, LOU, LINK)
    assert await invited(service, head) == [LOU]
    assert (await accept(service, first))["code"] == "LINK_INVALID"
    assert (await accept(service, second))["role"] == "OWNER"


async def test_a_link_ends_after_fourteen_days_with_its_cancelling_and_while_the_employer_is_suspended(
    service: Service, clock: Clock
) -> None:
    head = await owner(service)
    made = await invite(service, head, LOU)
    link = await mailed(service, LOU, LINK)
    agent = await service.agent()
    of = (await own(service, head, "id"))["id"]
    await service.act("suspendEmployer", "", agent, employerId=of, reason="Plaintes.")
    assert (await accept(service, link))["code"] == "LINK_INVALID"
    await service.act("reinstateEmployer", "", agent, employerId=of)
    cancelled = await service.act("cancelInvitation", "... on InvitationCancelled { id }", head, id=made["invitation"]["id"])
    assert cancelled["id"] == made["invitation"]["id"]
    assert (await accept(service, link))["code"] == "LINK_INVALID"
    await invite(service, head, LOU)
    link = await mailed(service, LOU, LINK)
    clock.move(days=14)
    assert (await accept(service, link))["code"] == "LINK_INVALID"


async def test_a_letter_of_an_invitation_that_is_gone_is_not_sent(service: Service) -> None:
    head = await owner(service)
    made = await invite(service, head, LOU)
    await service.act("cancelInvitation", "", head, id=made["invitation"]["id"])
    await service.work()
    assert subjects(service, LOU) == []


async def test_members_and_agents_see_who_acts_and_owners_alone_who_is_invited(service: Service) -> None:
    head = await owner(service)
    _, lou = await joined(service, head, LOU)
    await invite(service, head, "max@example.org")
    assert (await listed(service, lou), await invited(service, lou)) == (await listed(service, head), [])
    text = "query($id: ID!) { node(id: $id) { ... on Employer { members { name role since } invitations { id } } } }"
    agent, of = await service.agent(), (await own(service, head, "id"))["id"]
    seen = (await service.ask(text, agent, id=of))["node"]
    assert [(each["name"], each["role"]) for each in seen["members"]] == [("Émile Roy", "OWNER"), ("Lou Lou", "MEMBER")]
    assert seen["invitations"] == []
    assert (await service.ask(text, id=of))["node"] == {"members": [], "invitations": []}


async def test_who_waits_to_be_authenticated_invites_once_the_address_is_confirmed(service: Service) -> None:
    email = "nora@example.org"
    entered = {"email": email, "password": PASSWORD, "name": "Nora", "employerName": "Scierie", "neq": "1143920123"}
    await service.act("registerEmployer", "", **entered)
    nora = await service.sign_in(email)
    assert (await invite(service, nora, LOU))["code"] == "CONFIRM_YOUR_EMAIL"
    await service.confirm(email)
    await joined(service, nora, LOU)
    assert await listed(service, nora) == [(email, "OWNER"), (LOU, "MEMBER")]


async def test_who_was_removed_is_out_at_once_and_told_why(service: Service) -> None:
    head = await owner(service)
    member, lou = await joined(service, head, LOU)
    await service.act("saveCandidacySearch", "", lou, **SEARCH)
    assert (await remove(service, head, member))["memberId"] == member
    with pytest.raises(NotAllowed, match="MEMBERSHIP_ENDED"):
        await service.asking(lou)
    refused = await service.act("signIn", "", email=LOU, password=PASSWORD)
    assert (refused["__typename"], refused["code"]) == ("NotEligible", "MEMBERSHIP_ENDED")
    await service.work()
    assert subjects(service, LOU)[1:] == ["You do not act for Hôpital du Fjord any more"]
    assert await listed(service, head) == [(OWNER, "OWNER")]
    assert (await remove(service, head, member))["code"] == "NOT_FOUND"


async def test_no_link_opens_the_account_of_who_was_removed(service: Service) -> None:
    head = await owner(service)
    member, lou = await joined(service, head, LOU)
    await change_email(service, lou, "lou@elsewhere.example")
    leaving = await mailed(service, LOU, "/confirm-email-change/")
    await remove(service, head, member)
    assert (await agree(service, leaving))["code"] == "LINK_INVALID"
    written = len(service.letters())
    await ask_for_reset(service, LOU)
    await service.work()
    assert len(service.letters()) == written + 1  # that the membership has ended
    assert not await opens(service, LOU, PASSWORD)


async def test_who_was_removed_keeps_the_name_in_history_and_can_come_back(service: Service) -> None:
    head = await owner(service)
    member, lou = await joined(service, head, LOU)
    offer = await service.act("createJobOffer", "... on JobOffer { id }", lou, **OFFER)
    await service.act("publishJobOffer", "", lou, id=offer["id"])
    await remove(service, head, member)
    text = "query($id: ID!) { node(id: $id) { ... on JobOffer { history { by } } } }"
    assert {each["by"] for each in (await service.ask(text, head, id=offer["id"]))["node"]["history"]} == {"Lou Lou"}
    again, _ = await joined(service, head, LOU)
    assert again != member
    assert await listed(service, head) == [(OWNER, "OWNER"), (LOU, "MEMBER")]


@pytest.mark.parametrize("how", ["removed", "demoted"])
async def test_an_owner_who_is_none_any_more_has_nobody_in_either(service: Service, how: str) -> None:
    head = await owner(service)
    member, lou = await joined(service, head, LOU, "OWNER")
    assert (await invite(service, lou, "lou@elsewhere.example"))["__typename"] == "MemberInvited"
    assert (await invite(service, head, "max@example.org"))["__typename"] == "MemberInvited"
    await service.work()
    token = await mailed(service, "lou@elsewhere.example", "/accept-invitation/")
    if how == "removed":
        await remove(service, head, member)
    else:
        await service.act("changeMemberRole", "", head, memberId=member, role="MEMBER")
    assert (await service.act("acceptInvitation", "", token=token, password=PASSWORD))["code"] == "LINK_INVALID"
    other = await mailed(service, "max@example.org", "/accept-invitation/")
    assert "code" not in await service.act("acceptInvitation", "", token=other, password=PASSWORD)


async def test_who_leaves_is_gone_and_the_last_owner_stays(service: Service) -> None:
    head = await owner(service)
    member, lou = await joined(service, head, LOU, "OWNER")
    assert (await leave(service, head))["__typename"] == "MemberRemoved"
    assert (await leave(service, lou))["code"] == "LAST_OWNER"
    assert (await remove(service, lou, member))["code"] == "LAST_OWNER"
    demoted = await service.act("changeMemberRole", "... on EmployerMember { role }", lou, memberId=member, role="MEMBER")
    assert demoted["code"] == "LAST_OWNER"
    other, max_ = await joined(service, lou, "max@example.org")
    made = await service.act("changeMemberRole", "... on EmployerMember { role }", lou, memberId=other, role="OWNER")
    assert made["role"] == "OWNER"
    assert (await leave(service, lou))["memberId"] == member
    await service.work()
    assert "You do not act for Hôpital du Fjord any more" not in subjects(service, LOU)
    assert await listed(service, max_) == [("max@example.org", "OWNER")]


async def test_an_answer_to_who_has_left_goes_to_an_owner(service: Service, clock: Clock) -> None:
    both = await pair(service, clock)
    head = await service.sign_in(both.recruiter.email)
    await joined(service, head, LOU)
    asked = await Recruiter(service, LOU).request(both.number, both.recruiter.offer)
    await leave(service, await service.sign_in(LOU))
    await both.answer("acceptContact", asked["id"])
    await service.work()
    assert f"Your contact request about candidacy {both.number} was accepted" in both.recruiter.mails()
    assert len(subjects(service, LOU)) == 1


async def test_the_same_key_gives_the_same_invitation(service: Service) -> None:
    head = await owner(service)
    first, second = [await invite(service, head, LOU, idempotencyKey="once") for _ in range(2)]
    assert first == second
    assert (await invite(service, head, "max@example.org", idempotencyKey="once"))["code"] == "IDEMPOTENCY_KEY_REUSED"
    await service.act("cancelInvitation", "", head, id=first["invitation"]["id"])
    assert (await invite(service, head, LOU, idempotencyKey="once"))["code"] == "DELETED_SINCE"
