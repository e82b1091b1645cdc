"""Saved searches for candidacies: each new one is told once, to whoever may see it at that moment, and to nobody else."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from handlers import sweep_alerts
from models.alert_sweep import AlertSweep
from models.candidacy import Candidacy
from models.employer import Employer, EmployerStatus
from models.job_alert import JobAlertAnchor
from models.language import Language
from models.notification import Delivery, DeliveryStatus, Notification
from models.outbox import emit
from notifications.anchoring import notice_old_anchors
from notifications.audience import CANDIDACIES
from notifications.reconciliation import reconcile
from notifications.retention import purge
from tests.conftest import Clock
from tests.path.candidacy_watch import NEQ, SAVED, SEEN, emails_of, member
from tests.path.candidate_file import Person, candidate
from tests.path.whole_life import erase
from tests.service import Service, plain
from tests.statements import statements
from tests.world import OFFER, SEARCH

OPENED = "query($number: String!) { candidacy(number: $number) { number } }"
NOTHING = {"matches": {"Infirmières": []}, "ledger": []}
UNAVAILABLE = (DeliveryStatus.SUPPRESSED, "CANDIDACY_NOT_AVAILABLE")


async def number_of(person: Person) -> str:
    return str((await person.file("candidacies { number }"))["candidacies"][0]["number"])


async def published(person: Person) -> str:
    await person.publish()
    await person.service.work()
    return await number_of(person)


async def reconciled(service: Service, clock: Clock) -> tuple[int, int, int]:
    """How often somebody should have heard of a candidacy, how often somebody has, and what is wrong."""
    now = clock()
    found = await reconcile(service.resources.database, CANDIDACIES, now - timedelta(days=90), now + timedelta(minutes=1))
    return found.expected, found.told, found.difference


async def test_a_new_candidacy_is_told_by_mail_live_and_in_the_ledger_and_names_nobody(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    saved = await employer.save()
    assert saved["criteria"]["sentence"] == "Candidacies: with “infirmiere”; living in: Morocco, Senegal."
    assert json.loads(saved["criteria"]["json"])["countriesOfResidence"] == ["MA", "SN"]
    number = await published(person)
    (mail,) = employer.mails()
    assert number in str(mail["Subject"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for part in ("plain", "html"):
        body = mail.get_body((part,))
        assert body is not None
        said = str(body.get_content())
        assert number in said
        assert not any(name in said for name in ("Amina", "Benali", person.email))
    assert await employer.seen() == {"matches": {"Infirmières": [number]}, "ledger": [number]}
    assert await employer.streamed(1) == [number]
    assert await employer.streamed(1, search=saved["id"]) == [number]
    assert await employer.listed(mail) == [number]
    assert await reconciled(service, clock) == (1, 1, 0)


async def test_the_back_catalogue_is_not_told_and_a_change_is_told_once(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await published(person)
    clock.move(minutes=1)
    for name in ("Infirmières", "Soins"):
        await employer.save(name)
    assert (await employer.seen())["ledger"] == []
    clock.move(minutes=1)
    (candidacy,) = (await person.file("candidacies { id number }"))["candidacies"]
    for years in (3, 4):
        await person.act("reviseCandidacy", id=candidacy["id"], yearsOfExperience=years)
        await service.work()
    assert await employer.seen() == {
        "matches": {"Infirmières": [candidacy["number"]], "Soins": [candidacy["number"]]},
        "ledger": [candidacy["number"]],
    }
    assert len(employer.mails()) == 1


async def test_a_move_to_another_country_is_a_change_that_criteria_read(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    number = await published(person)
    await employer.save(countriesOfResidence=["SN"])
    clock.move(minutes=1)
    await person.act("declareResidence", country="SN")
    await service.work()
    assert (await employer.seen())["ledger"] == [number]


async def test_for_whom_it_hides_from_nothing_was_ever_told(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save()
    await person.act("hideFromEmployer", neq=NEQ)
    number = await published(person)
    assert await employer.seen() == NOTHING
    assert (employer.mails(), await emails_of(service)) == ([], [])
    assert await reconciled(service, clock) == (0, 0, 0)
    await person.act("showToEmployer", neq=NEQ)
    await service.work()
    assert (await employer.seen())["ledger"] == [number]


async def hide(service: Service, person: Person, candidacy: str) -> None:
    await person.act("hideFromEmployer", neq=NEQ)


async def withdraw(service: Service, person: Person, candidacy: str) -> None:
    await person.withdraw(candidacy)


@pytest.mark.parametrize("leave", [hide, withdraw])
async def test_what_is_gone_before_a_mail_goes_out_leaves_no_trace_whatever_took_it_away(
    service: Service, clock: Clock, leave: Callable[[Service, Person, str], Awaitable[None]]
) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save(frequency="DAILY")
    candidacy = await person.publish()
    await service.work()
    assert len((await employer.seen())["ledger"]) == 1
    await leave(service, person, candidacy)
    await service.work()
    assert await employer.seen() == NOTHING
    await person.later(days=1)
    assert employer.mails() == []
    assert await emails_of(service) == [UNAVAILABLE]
    assert await employer.seen() == NOTHING


async def test_the_page_of_a_mail_shows_what_may_be_seen_when_it_is_read(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save()
    number = await published(person)
    (mail,) = employer.mails()
    assert await employer.listed(mail) == [number]
    await person.act("hideFromEmployer", neq=NEQ)
    assert await employer.listed(mail) == []


async def test_what_the_employer_has_opened_is_left_out_at_matching_and_at_sending(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    employer = await member(service, clock)
    opened = await published(first)
    assert await service.ask(OPENED, await employer.token(), number=opened)
    await employer.save(frequency="DAILY", text="infirmiere", excluding={"alreadyConsulted": True})
    clock.move(minutes=1)
    (candidacy,) = (await first.file("candidacies { id }"))["candidacies"]
    await first.act("reviseCandidacy", id=candidacy["id"], yearsOfExperience=3)
    await service.work()
    assert (await employer.seen())["ledger"] == []
    number = await published(second)
    assert (await employer.seen())["ledger"] == [number]
    assert await service.ask(OPENED, await employer.token(), number=number)
    await second.later(days=1)
    assert employer.mails() == []
    assert await emails_of(service) == [(DeliveryStatus.SUPPRESSED, "ALREADY_CONSULTED")]
    assert await reconciled(service, clock) == (0, 1, 0)


async def test_whom_the_employer_has_contacted_is_left_out_where_that_is_asked(service: Service, clock: Clock) -> None:
    person = await candidate(service, clock, "un@example.org")
    employer = await member(service, clock)
    number = await published(person)
    offer = await employer.act("createJobOffer", "... on JobOffer { id }", **OFFER)
    await employer.act("publishJobOffer", id=offer["id"])
    asked = await employer.act("requestContact", candidacyNumber=number, jobOfferId=offer["id"], message="Parlons-nous.")
    assert asked["__typename"] == "ContactRequest"
    saved = await employer.save(text="infirmiere", excluding={"alreadyContacted": True})
    assert saved["criteria"]["sentence"].endswith("not contacted by the employer yet.")
    clock.move(minutes=1)
    (candidacy,) = (await person.file("candidacies { id }"))["candidacies"]
    await person.act("reviseCandidacy", id=candidacy["id"], yearsOfExperience=3)
    await service.work()
    assert (await employer.seen())["ledger"] == []


async def test_a_paused_search_tells_nothing_and_one_that_is_resumed_starts_anew(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    employer = await member(service, clock)
    saved = await employer.save()
    await employer.act("pauseCandidacySearch", id=saved["id"])
    await published(first)
    clock.move(minutes=1)
    assert (await employer.act("resumeCandidacySearch", SAVED, id=saved["id"]))["status"] == "ON"
    await service.work()
    assert await employer.seen() == NOTHING
    number = await published(second)
    assert (await employer.seen())["ledger"] == [number]


async def test_the_link_of_a_mail_stops_a_search_without_signing_in(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    employer = await member(service, clock)
    await employer.save()
    await published(first)
    (mail,) = employer.mails()
    token = str(mail["List-Unsubscribe"]).strip("<>").split("/unsubscribe/")[1].partition("?")[0]
    done = await service.act("unsubscribe", "... on Unsubscribed { alertName }", token=token)
    assert done["alertName"] == "Infirmières"
    await published(second)
    assert len(employer.mails()) == 1


async def test_a_mail_is_in_the_language_of_the_member(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    for language, word in ((Language.FR, "Profession"), (Language.EN, "Occupation")):
        await employer.act("updateAccount", language=language.value)
        name = f"Recherche {language}"
        await employer.save(name)
        other = await candidate(service, clock, f"{language.lower()}@example.org")
        await published(other)
        assert word in plain(employer.mails()[-1])
        assert str(employer.mails()[-1]["Content-Language"]) == language.lower()
    assert person.email


async def set_status(service: Service, status: EmployerStatus, now: Clock) -> None:
    async with service.resources.database.begin() as session:
        row = (await session.scalars(select(Employer).where(Employer.neq == NEQ))).one()
        row.status = status
        emit(session, "employer.changed", row.id, now())


async def test_an_employer_that_does_not_stand_is_told_nothing_and_then_what_it_missed(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    employer = await member(service, clock)
    await employer.save(frequency="DAILY")
    before = await published(first)
    await set_status(service, EmployerStatus.SUSPENDED, clock)
    await first.later(days=1)
    assert employer.mails() == []
    assert await emails_of(service) == [(DeliveryStatus.SUPPRESSED, "EMPLOYER_NOT_AUTHENTICATED")]
    missed = await published(second)
    assert len(await emails_of(service)) == 1
    await set_status(service, EmployerStatus.AUTHENTICATED, clock)
    await service.work()
    assert (await employer.seen())["ledger"] == [missed, before]
    assert await reconciled(service, clock) == (2, 2, 0)


async def test_nobody_saves_more_than_twenty_searches(service: Service, clock: Clock) -> None:
    employer = await member(service, clock)
    for number in range(20):
        await employer.save(f"Recherche {number}")
    refused = await employer.act(
        "saveCandidacySearch", "... on LimitReached { limit current }", **{**SEARCH, "name": "Une de trop"}
    )
    assert (refused["__typename"], refused["code"], refused["limit"]) == ("LimitReached", "TOO_MANY_SEARCHES", 20)


async def test_the_same_key_saves_one_search(service: Service, clock: Clock) -> None:
    employer = await member(service, clock)
    made = [await employer.act("saveCandidacySearch", SAVED, **SEARCH, idempotencyKey="once") for _ in range(2)]
    assert made[0]["id"] == made[1]["id"]
    other = {**SEARCH, "criteria": {"text": "soudeur"}}
    refused = await employer.act("saveCandidacySearch", SAVED, **other, idempotencyKey="once")
    assert refused["code"] == "IDEMPOTENCY_KEY_REUSED"


async def test_an_estimate_counts_only_what_the_employer_may_see(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    for each in (first, second):
        await published(each)
    await second.act("hideFromEmployer", neq=NEQ)
    employer, other = await member(service, clock), await member(service, clock, "1143920123")
    assert (await employer.save())["estimate"]["matches"] == 1
    assert (await other.save())["estimate"]["matches"] == 2


async def test_what_is_erased_takes_with_it_what_others_were_told_of_it(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save(frequency="DAILY")
    await published(person)
    assert (await erase(person))["__typename"] == "AccountErased"
    await service.work()
    async with service.resources.database.read() as session:
        about = Notification.matched_candidacy_id.is_not(None)
        counts = [await session.scalar(select(func.count()).select_from(row)) for row in (Candidacy, Delivery)]
        assert [*counts, await session.scalar(select(func.count()).where(about))] == [0, 0, 0]
    clock.move(days=1)
    await service.work()
    assert (employer.mails(), await employer.seen()) == ([], NOTHING)


async def test_the_stream_passes_over_what_may_not_be_seen_any_more(service: Service, clock: Clock) -> None:
    people = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux", "trois")]
    employer = await member(service, clock)
    await employer.save()
    numbers = [await published(each) for each in people]
    assert await employer.streamed(3) == numbers
    assert await employer.streamed(2, after="1") == numbers[1:]
    await people[1].act("hideFromEmployer", neq=NEQ)
    assert await employer.streamed(2) == [numbers[0], numbers[2]]


async def test_a_stream_of_a_search_that_is_not_the_callers_is_refused(service: Service, clock: Clock) -> None:
    employer, other = await member(service, clock), await member(service, clock, "1143920123")
    for search in ((await other.save())["id"], "nothing"):
        with pytest.raises(AssertionError, match="NOT_FOUND"):
            await employer.streamed(1, search=search)


async def test_what_the_anchors_missed_is_found_by_search_and_told_to_who_may_hear_of_it(service: Service, clock: Clock) -> None:
    first, second = [await candidate(service, clock, f"{name}@example.org") for name in ("un", "deux")]
    employer = await member(service, clock)
    await employer.save()
    async with service.resources.database.begin() as session:
        await session.execute(delete(JobAlertAnchor))
    await second.act("hideFromEmployer", neq=NEQ)
    number, _ = await published(first), await published(second)
    assert await reconciled(service, clock) == (1, 0, 1)
    clock.move(minutes=30)
    await sweep_alerts(service.resources)
    assert (await employer.seen())["ledger"] == [number]
    assert await reconciled(service, clock) == (1, 1, 0)
    async with service.resources.database.read() as session:
        assert (await session.scalars(select(AlertSweep.found))).all() == [1]


async def test_old_anchors_of_a_search_are_mended_and_what_they_missed_is_told(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save()
    async with service.resources.database.begin() as session:
        await session.execute(update(JobAlertAnchor).values(token=JobAlertAnchor.token + " autrefois", version="0"))
    number = await published(person)
    assert await employer.seen() == NOTHING
    await notice_old_anchors(service.resources.database, clock())
    await service.work()
    assert (await employer.seen())["ledger"] == [number]


async def test_what_has_served_is_forgotten_once_it_is_not_published_any_more(service: Service, clock: Clock) -> None:
    person, employer = await candidate(service, clock), await member(service, clock)
    await employer.save()
    candidacy = await person.publish()
    await service.work()
    assert await purge(service.resources.database, clock() + timedelta(days=200)) == 0
    await person.withdraw(candidacy)
    assert await purge(service.resources.database, clock() + timedelta(days=200)) == 1


async def test_however_many_are_listed_the_database_is_asked_as_often(service: Service, clock: Clock) -> None:
    employer = await member(service, clock)
    await employer.save()
    costs = []
    for name in ("un", "deux", "trois"):
        await published(await candidate(service, clock, f"{name}@example.org"))
        token = await employer.token()
        await service.ask(SEEN, token)  # what is asked for the first time costs more
        with statements(service) as asked:
            await service.ask(SEEN, token)
        costs.append(len(asked))
    assert costs[0] == costs[1] == costs[2]
