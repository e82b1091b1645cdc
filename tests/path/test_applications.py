"""Applying: from the candidacy as it is to a hire, a refusal with its reason, or an end for which nobody has to ask. Each side
reads where it stands, and nobody else does."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from auth.attempts import Limit
from models.employer import Employer, EmployerStatus
from models.language import Language
from resolvers.job_offer import SERVICE_NAME
from tests.conftest import Clock
from tests.path.applying import APPLICATION, FORWARD, LETTER, Sides, last_step, sides, statuses
from tests.path.employers import joined, leave
from tests.path.in_touch import NEQ, OTHER_NEQ, PERSON, recruiter
from tests.path.whole_life import erase
from tests.schema.mailed import subjects
from tests.service import Data, Service
from tests.statements import statements

LIVE = ("SUBMITTED", "UNDER_REVIEW", "INTERVIEW", "OFFERED")
CANDIDATE = "The candidate"
READ = ("application", "job_offer", "employer", "candida", "account")
"""Tables, by the beginnings of their names."""


async def test_from_an_application_to_a_hire(service: Service, clock: Clock) -> None:
    """Of the one person that is wanted. Meanwhile the offer runs out, which ends nothing."""
    both = await sides(service, clock)
    await both.by_employer("reviseJobOffer", id=both.recruiter.offer, openings=1)
    made = await both.apply()
    assert (made["status"], made["version"], made["coverLetter"], made["person"]) == ("SUBMITTED", 1, LETTER, PERSON)
    assert made["allowedTransitions"] == ["WITHDRAWN"]
    first = await both.seen_by_employer(made["id"])
    assert first is not None
    assert (first["person"], first["coverLetter"]) == (PERSON, LETTER)
    assert first["allowedTransitions"] == ["UNDER_REVIEW", "DECLINED"]
    assert last_step(first) == ("SUBMITTED", "Amina Benali", None)
    await both.step("reviewApplication", made["id"], version=1)
    await both.step("inviteToInterview", made["id"], message="Mardi à dix heures.")
    assert last_step(await both.seen_by_candidate(made["id"])) == ("INTERVIEW", "Hôpital du Fjord", "Mardi à dix heures.")
    assert last_step(await both.seen_by_employer(made["id"])) == ("INTERVIEW", "Émile Roy", "Mardi à dix heures.")
    await both.person.later(days=31)
    assert (await both.step("offerPosition", made["id"], message="Bienvenue."))["openingsFilled"] is False
    hired = await both.step("recordHire", made["id"], version=4)
    assert (hired["status"], hired["version"], hired["person"]) == ("HIRED", 5, PERSON)
    assert hired["openingsFilled"], "the offer can be closed"
    assert (hired["allowedTransitions"], statuses(hired)) == ([], [*LIVE, "HIRED"])
    closed = await both.by_employer("closeJobOffer", "... on JobOffer { status }", id=both.recruiter.offer)
    assert closed["status"] == "CLOSED", "though it has run out"
    assert (await both.received())["totalCount"] == (await both.sent())["totalCount"] == 1


async def test_who_is_declined_reads_why(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    declined = await both.decline(application, "LANGUAGE", "Un niveau 7 est demandé.")
    assert (declined["status"], declined["person"], declined["coverLetter"]) == ("DECLINED", None, None)
    read = await both.seen_by_candidate(application)
    assert read is not None
    assert (read["declineReason"], read["declineMessage"]) == ("LANGUAGE", "Un niveau 7 est demandé.")
    assert read["declineText"].startswith("Thank you for applying.")
    assert last_step(read) == ("DECLINED", "Hôpital du Fjord", read["declineText"])
    assert read["person"] == PERSON
    token = await both.token(both.person.email)
    french = await service.ask(
        "query($id: ID!) { node(id: $id) { ... on Application { declineText } } }", token, language=Language.FR, id=application
    )
    assert french["node"]["declineText"].startswith("Merci d’avoir postulé.")
    assert last_step(await both.seen_by_employer(application))[1] == "Émile Roy"
    assert (await both.apply())["status"] == "SUBMITTED", "who was declined may apply again"


async def test_who_withdraws_is_unknown_again_at_once(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    await both.step("reviewApplication", application)
    assert (await both.withdraw(application, "Une autre offre."))["status"] == "WITHDRAWN"
    read = await both.seen_by_employer(application)
    assert read is not None
    assert (read["person"], read["coverLetter"], read["snapshot"]["person"]) == (None, None, None)
    assert last_step(read) == ("WITHDRAWN", CANDIDATE, "Une autre offre.")
    assert (await both.step("inviteToInterview", application))["code"] == "APPLICATION_STEP_NOT_POSSIBLE"


@pytest.mark.parametrize(("summary", "shown"), [("Dix ans de soudure.", True), ("Écrivez à amina@example.com.", False)])
async def test_texts_that_may_say_who_it_is_go_with_the_name(service: Service, clock: Clock, summary: str, shown: bool) -> None:
    """A draft may say it: it was written for that employer."""
    both = await sides(service, clock)
    entered: Data = {"title": {"fr": "Soudeuse"}, "summary": {"fr": summary}, "occupations": ["72106"]}
    draft = await both.by_candidate("createCandidacy", "... on Candidacy { id }", **entered)
    application = (await both.apply(candidacyId=draft["id"]))["id"]
    text = "query($id: ID!) { node(id: $id) { ... on Application { snapshot { id title { fr } summary { fr } } } } }"

    async def read(email: str) -> tuple[str | None, str | None]:
        found = (await service.ask(text, await both.token(email), id=application))["node"]["snapshot"]
        again = "query($id: ID!) { node(id: $id) { ... on PublishedCandidacy { summary { fr } } } }"
        by_id = (await service.ask(again, await both.token(email), id=found["id"]))["node"]
        assert by_id["summary"] == found["summary"]
        return found["title"]["fr"], found["summary"]["fr"]

    assert await read(both.recruiter.email) == ("Soudeuse", summary)
    await both.withdraw(application)
    assert await read(both.recruiter.email) == (("Soudeuse", summary) if shown else (None, None))
    assert await read(both.person.email) == ("Soudeuse", summary)


async def test_a_step_out_of_turn_or_after_another_is_refused(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    await both.forward(application, 2)
    for act in ("reviewApplication", "inviteToInterview", "recordHire"):
        assert (await both.step(act, application))["code"] == "APPLICATION_STEP_NOT_POSSIBLE", act
    assert (await both.step("offerPosition", application, version=2))["code"] == "STALE_VERSION"
    assert statuses(await both.seen_by_employer(application)) == list(LIVE[:3])


async def test_what_was_sent_is_the_candidacy_as_it_was(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    made = await both.apply()
    before = made["snapshot"]
    await both.by_candidate("reviseCandidacy", id=both.pair.candidacy, title={"fr": "Soudeuse"}, occupations=["72106"])
    await both.by_candidate("updateAccount", telephone="+212 5 22 11 11 11")
    read = await both.seen_by_employer(made["id"])
    assert read is not None
    assert read["snapshot"] == before
    assert read["person"]["telephone"] == "+212 5 22 11 11 11", "contact data are as they are now"
    text = "query($id: ID!) { node(id: $id) { ... on PublishedCandidacy { id title { fr } } } }"
    found = await service.ask(text, await both.token(both.recruiter.email), id=before["id"])
    assert found["node"] == {"id": before["id"], "title": {"fr": before["title"]["fr"]}}


async def test_one_application_stands_for_a_candidacy_and_an_offer(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    made = await both.apply(idempotencyKey="once")
    assert (await both.apply(idempotencyKey="once"))["id"] == made["id"]
    again = await both.apply()
    assert (again["code"], again["existing"]) == ("DUPLICATE_APPLICATION", {"id": made["id"]})
    await both.withdraw(made["id"])
    assert (await both.apply())["id"] != made["id"]


async def test_an_offer_that_takes_no_applications_here_says_how_to_apply(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    how = {"fr": "En personne, le mardi.", "en": "In person, on Tuesdays."}
    done = await both.by_employer("reviseJobOffer", id=both.recruiter.offer, acceptsOnlineApplications=False, howToApply=how)
    assert "code" not in done
    refused = await both.apply()
    assert (refused["code"], refused["existing"]) == ("APPLY_OTHERWISE", {"id": both.recruiter.offer})
    assert "In person, on Tuesdays." in refused["message"]


async def test_who_hides_from_an_employer_does_not_apply_to_it_and_hiding_withdraws(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    await both.by_candidate("hideFromEmployer", neq=NEQ)
    read = await both.seen_by_employer(application)
    assert (last_step(read), read and read["person"]) == (("WITHDRAWN", CANDIDATE, None), None)
    assert (await both.apply())["code"] == "HIDDEN_FROM_EMPLOYER"
    await both.by_candidate("showToEmployer", neq=NEQ)
    assert (await both.apply())["status"] == "SUBMITTED"


async def test_so_many_a_day_and_no_more(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resolvers.application.A_DAY", 2)
    both = await sides(service, clock)
    for _ in range(2):
        await both.withdraw(await both.applied())
    refused = await both.by_candidate(
        "applyToJobOffer",
        "... on LimitReached { limit current retryAfterSeconds }",
        jobOfferId=both.recruiter.offer,
        candidacyId=both.pair.candidacy,
    )
    assert (refused["code"], refused["limit"], refused["current"]) == ("TOO_MANY_APPLICATIONS", 2, 2)
    clock.move(seconds=refused["retryAfterSeconds"])
    assert (await both.apply())["status"] == "SUBMITTED"


async def test_what_was_deleted_since_counts_as_well(service: Service, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.attempts.APPLICATIONS", Limit(2, timedelta(days=1)))
    both = await sides(service, clock)
    for _ in range(2):
        draft = await both.by_candidate("createCandidacy", "... on Candidacy { id }", title={"fr": "A"}, occupations=["31301"])
        await both.withdraw((await both.apply(candidacyId=draft["id"]))["id"])
        assert "code" not in await both.by_candidate("deleteCandidacy", id=draft["id"])
    assert (await both.sent())["totalCount"] == 0
    assert (await both.apply())["code"] == "TOO_MANY_ATTEMPTS"


@pytest.mark.parametrize("ending", ["closed", "removed"])
async def test_an_offer_that_ends_ends_what_was_sent_about_it(service: Service, clock: Clock, ending: str) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    if ending == "closed":
        await both.by_employer("closeJobOffer", id=both.recruiter.offer)
    else:
        agent = await service.sign_in(f"agent{NEQ}@example.org")
        await service.act("removeJobOffer", "", agent, id=both.recruiter.offer, reason="Discriminatoire.")
    assert (await both.step("reviewApplication", application))["code"] == "APPLICATION_OFFER_CLOSED", "though no worker was there"
    assert (await both.withdraw(application))["code"] == "APPLICATION_OFFER_CLOSED"
    waiting = await both.seen_by_candidate(application)
    assert (waiting and waiting["allowedTransitions"], (await both.apply())["code"]) == ([], "JOB_OFFER_ENDED")
    await service.work()
    why = {"closed": "The job offer is closed.", "removed": "The service has removed the offer."}[ending]
    for read in (await both.seen_by_candidate(application), await both.seen_by_employer(application)):
        assert last_step(read) == ("CLOSED", SERVICE_NAME, why)


async def test_a_candidacy_that_is_withdrawn_takes_along_what_was_sent_of_it(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    await both.person.withdraw(both.pair.candidacy)
    why = "You have withdrawn the candidacy that you applied with."
    assert last_step(await both.seen_by_candidate(application)) == ("WITHDRAWN", SERVICE_NAME, why)
    assert last_step(await both.seen_by_employer(application)) == ("WITHDRAWN", SERVICE_NAME, None), "why is the candidate's"


async def test_a_file_that_is_deactivated_ends_all_of_it(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    hired = (await both.apply(jobOfferId=await both.recruiter.post()))["id"]
    await both.forward(hired, 4)
    await both.by_candidate("declareResidence", country="CA", province="QC")
    assert (await both.apply())["code"] == "RESIDES_IN_QUEBEC", "as for publishing"
    await service.work()
    assert (await both.seen_by_employer(application) or {})["person"] == PERSON, "until the time to withdraw is over"
    await both.person.later(hours=49)
    read = await both.seen_by_employer(application)
    assert (last_step(read), read and read["person"]) == (("WITHDRAWN", SERVICE_NAME, None), None)
    assert (await both.seen_by_employer(hired) or {})["person"] is None


async def test_an_employer_that_is_suspended_reads_nothing_and_the_candidate_can_withdraw(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    async with service.resources.database.begin() as session:
        await session.execute(update(Employer).values(status=EmployerStatus.SUSPENDED))
    assert await both.seen_by_employer(application) is None
    assert (await both.received())["totalCount"] == 0
    assert (await both.step("reviewApplication", application))["code"] == "EMPLOYER_SUSPENDED"
    assert (await both.apply(jobOfferId=both.recruiter.offer))["code"] == "JOB_OFFER_ENDED"
    assert (await both.withdraw(application))["status"] == "WITHDRAWN"


async def test_a_stranger_is_answered_as_for_an_application_that_never_was(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    never = application[:-4] + ("AAAA" if application[-4:] != "AAAA" else "BBBB")
    other = await recruiter(service, OTHER_NEQ)
    for act in FORWARD:
        assert await other.act(act, APPLICATION, id=application) == await other.act(act, APPLICATION, id=never)
    text = "query($id: ID!) { node(id: $id) { id } }"
    for token in (await other.token(), await service.sign_in(f"agent{NEQ}@example.org"), None):
        assert (await service.ask(text, token, id=application))["node"] is None


async def test_who_hears_nothing_for_twenty_days_reads_since_when(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    made = await both.apply()
    clock.move(days=20, seconds=-1)
    assert (await both.seen_by_candidate(made["id"]) or {})["noNewsSince"] is None
    clock.move(seconds=1)
    assert (await both.seen_by_candidate(made["id"]) or {})["noNewsSince"] == made["submittedAt"]
    assert (await both.seen_by_employer(made["id"]) or {})["noNewsSince"] is None
    await both.step("reviewApplication", made["id"])
    assert (await both.seen_by_candidate(made["id"]) or {})["noNewsSince"] is None


async def test_who_is_erased_leaves_nothing_of_it_and_the_employer_is_told(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    application = await both.applied()
    await both.forward(application, 2)
    await service.work()
    await erase(both.person)
    assert await both.seen_by_employer(application) is None
    assert (await both.received())["totalCount"] == 0
    await service.work()
    assert "An application to one of your offers is gone" in both.recruiter.mails()


async def test_who_was_to_read_of_an_end_is_told_though_all_was_erased(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    await both.withdraw(await both.applied())
    await erase(both.person)
    await service.work()
    assert "An application to one of your offers is gone" in both.recruiter.mails()


async def test_news_for_who_has_left_goes_to_others(service: Service, clock: Clock) -> None:
    both = await sides(service, clock)
    head = await service.sign_in(both.recruiter.email)
    await joined(service, head, "lou@example.org", "OWNER")
    await both.apply()
    assert (await leave(service, head))["__typename"] == "MemberRemoved"
    clock.move(minutes=6)
    await service.work()
    clock.move(minutes=6)
    await service.work()
    assert any("candidature" in each or "application" in each.lower() for each in subjects(service, "lou@example.org"))


async def test_a_page_of_applications_takes_as_many_statements_as_one(service: Service, clock: Clock) -> None:
    """Of candidacies that were not published: they need not be."""
    both = await sides(service, clock)
    await both.forward(await both.applied(), 3)
    one = await _statements(both)
    for number in range(3):
        entered: Data = {"title": {"fr": f"Pianiste {number}"}, "occupations": ["31301"]}
        draft = await both.by_candidate("createCandidacy", "... on Candidacy { id }", **entered)
        made = await both.apply(candidacyId=draft["id"])
        assert made["snapshot"]["publishedAt"] == made["submittedAt"]
    assert (await both.received())["totalCount"] == 4
    assert await _statements(both) == one


async def _statements(both: Sides) -> int:
    """How many it takes to read what was received, leaving out those that a process makes from time to time."""
    token = await both.token(both.recruiter.email)
    text = (
        f"query($id: ID!) {{ node(id: $id) {{ ... on JobOffer {{ applications {{ edges {{ node {{ {APPLICATION} }} }} }} }} }} }}"
    )
    with statements(both.service) as said:
        await both.service.ask(text, token, id=both.recruiter.offer)
    return len([each for each in said if any(f"FROM {table}" in each for table in READ)])
