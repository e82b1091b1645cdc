"""Imports put in what is right, do nothing twice, and do and owe what the API does."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select, update

from bootstrap import Resources
from models.account import Account, Role
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.deadline import Deadline
from models.employer import EmployerEvent, EmployerStatus
from models.job_alert import JobAlert
from models.job_offer import JobOffer, JobOfferEvent, JobOfferStatus
from models.job_offer_review import JobOfferReview
from models.notification import Notification
from models.outbox import OutboxEntry
from tests.commands.imported import candidacy, count, numbered, offer, sums
from tests.commands.operator import CANDIDACY, OFFER, Operator


async def test_offers_go_in_are_published_and_are_found_when_the_command_ends(operator: Operator) -> None:
    await operator.seeds()
    ran = await operator.imports("job-offers", numbered(OFFER, 250))
    assert (ran.code, sums(ran), ran.err) == (0, [250, 0, 0, 0], "")
    verified = await operator.run("verify")
    assert verified.code == 0
    assert "262 in the database, 262 in the index, 0 missing" in verified.out


async def test_candidacies_go_in_with_candidates_made_for_them_where_there_is_a_sandbox(operator: Operator) -> None:
    ran = await operator.imports("candidacies", [CANDIDACY, {**CANDIDACY, "externalId": "C-2"}])
    assert (ran.code, sums(ran)) == (0, [2, 0, 0, 0])
    async with operator.parts() as resources, resources.database.read() as session:
        account = (await session.scalars(select(Account))).one()
        candidate = await session.get_one(Candidate, account.id)
        published = (await session.scalars(select(Candidacy))).all()
        assert (account.email, account.role, account.email_confirmed_at) == ("amina@example.net", Role.CANDIDATE, None)
        assert (candidate.given_name, candidate.family_name, candidate.country_of_residence) == ("Amina", "Benali", "MA")
        assert resources.vault.certificate_of(candidate).file_number.startswith("OK")
        assert all(row.visible_on(resources.now().date()) for row in published)
    assert (await operator.run("verify")).code == 0


@pytest.mark.parametrize(("kind", "base"), [("job-offers", OFFER), ("candidacies", CANDIDACY)])
async def test_the_same_file_again_writes_nothing(operator: Operator, kind: str, base: Mapping[str, Any]) -> None:
    await operator.seeds()
    lines = numbered({**base, "skills": ["teamwork", "teamwork"]}, 5)
    await operator.imports(kind, lines)
    async with operator.parts() as resources:
        before = [await count(resources, row) for row in (JobOffer, Candidacy, JobOfferEvent, OutboxEntry, Account)]
        again = await operator.imports(kind, lines)
        assert (again.code, sums(again)) == (0, [0, 0, 5, 0])
        assert [await count(resources, row) for row in (JobOffer, Candidacy, JobOfferEvent, OutboxEntry, Account)] == before


async def test_other_content_revises_what_is_there_and_the_search_follows(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    async with operator.parts() as resources:
        number = (await offer(resources)).number
        ran = await operator.imports("job-offers", [{**OFFER, "title": {"fr": "Sage-femme"}, "city": "Laval"}])
        changed = await offer(resources)
    assert (sums(ran), changed.number) == ([0, 1, 0, 0], number)
    assert (changed.title.fr, changed.title.en, changed.city, changed.version) == ("Sage-femme", None, "Laval", 2)
    assert (await operator.run("verify")).code == 0


async def test_one_key_twice_in_a_file_is_one_offer_that_ends_as_the_last_line_says(operator: Operator) -> None:
    await operator.seeds()
    ran = await operator.imports("job-offers", [OFFER, OFFER, {**OFFER, "city": "Laval"}, {**OFFER, "city": "Lévis"}])
    assert sums(ran) == [1, 2, 1, 0]
    async with operator.parts() as resources:
        assert (await offer(resources)).city == "Lévis"


async def test_a_draft_stays_one_until_a_line_publishes_it(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [{**OFFER, "publish": False}])
    async with operator.parts() as resources:
        assert (await offer(resources)).status is JobOfferStatus.DRAFT
        assert sums(await operator.imports("job-offers", [OFFER])) == [0, 1, 0, 0]
        assert (await offer(resources)).status is JobOfferStatus.PUBLISHED
        assert sums(await operator.imports("job-offers", [{**OFFER, "publish": False}])) == [0, 0, 1, 0]
        assert (await offer(resources)).status is JobOfferStatus.PUBLISHED


async def test_what_its_candidate_withdrew_stays_withdrawn(operator: Operator) -> None:
    await operator.imports("candidacies", [CANDIDACY])
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            await session.execute(update(Candidacy).values(status=CandidacyStatus.WITHDRAWN))
        assert sums(await operator.imports("candidacies", [CANDIDACY])) == [0, 0, 1, 0]
        assert sums(await operator.imports("candidacies", [{**CANDIDACY, "yearsOfExperience": 4}])) == [0, 1, 0, 0]
        kept = await candidacy(resources)
    assert (kept.status, kept.years_of_experience) == (CandidacyStatus.WITHDRAWN, 4)


async def test_the_option_names_the_owner_of_lines_that_do_not(operator: Operator) -> None:
    await operator.seeds()
    nobodys = {name: value for name, value in OFFER.items() if name != "employer"}
    assert sums(await operator.imports("job-offers", [nobodys])) == [0, 0, 0, 1]
    assert sums(await operator.imports("job-offers", [nobodys], "--employer", "employer@example.org")) == [1, 0, 0, 0]


async def test_an_import_owes_and_records_what_the_api_does(operator: Operator) -> None:
    """Everything is compared but the ids."""
    await operator.seeds()
    operator.sets(SEARCH_URL="http://127.0.0.1:9")  # nobody works the outbox meanwhile
    async with operator.parts() as resources:
        before = await _owed(resources)
        await operator.imports("job-offers", [OFFER, {**OFFER, "city": "Laval"}])
        await operator.imports("candidacies", [{**CANDIDACY, "candidate": "candidate@example.org"}])
        imported = await _owed(resources)
        imported.subtract(before)
        async with resources.database.read() as session:
            steps = list(
                await session.scalars(
                    select(JobOfferEvent.status).where(JobOfferEvent.job_offer_id == (await offer(resources)).id)
                )
            )
    assert +imported == Counter(
        {
            "job_offer.changed": 2,
            "job_offer.announced": 2,
            "job_offer.expires": 1,
            "candidacy.changed": 1,
            "candidacy.announced": 1,
            "candidacy.ending": 1,
            "candidacy.expires": 1,
            "candidacy.ended": 1,
        }
    )
    assert steps == [JobOfferStatus.DRAFT, JobOfferStatus.PUBLISHED, JobOfferStatus.PUBLISHED]


async def _owed(resources: Resources) -> Counter[str]:
    async with resources.database.read() as session:
        owed = Counter(await session.scalars(select(OutboxEntry.kind)))
        return owed + Counter(await session.scalars(select(Deadline.kind)))


async def test_alerts_hear_of_imported_offers_once(operator: Operator) -> None:
    await operator.run("seed", "--alerts", "1")
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            alert = (await session.scalars(select(JobAlert))).one()
            alert.criteria = {"version": 1, "occupations": ["31301"]}
        await operator.run("reindex", "--alerts")
        await operator.imports("job-offers", [OFFER])
        await operator.imports("job-offers", [{**OFFER, "city": "Laval"}])
        async with resources.database.read() as session:
            told = (await session.scalars(select(Notification))).one()
        assert (told.person_id, told.job_offer_id) == (alert.person_id, (await offer(resources)).id)


async def test_lines_may_come_by_standard_input(operator: Operator) -> None:
    ran = await operator.run("import", "candidacies", "-", typing=operator.write([CANDIDACY]).read_text("utf-8"))
    assert (ran.code, sums(ran)) == (0, [1, 0, 0, 0])


async def test_agents_look_at_what_an_employer_imports_in_its_first_week(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    async with operator.parts() as resources:
        assert await count(resources, JobOfferReview) == 0  # nobody knows when that employer was authenticated
        first = await offer(resources)
        began = {"employer_id": first.employer_id, "at": resources.now(), "status": EmployerStatus.AUTHENTICATED}
        async with resources.database.begin() as session:
            session.add(EmployerEvent(**began))
        await operator.imports("job-offers", [{**OFFER, "externalId": f"A-{number}"} for number in range(1, 4)])
        assert await count(resources, JobOfferReview) == 2
        async with resources.database.read() as session:
            assert first.id not in set(await session.scalars(select(JobOfferReview.job_offer_id)))


async def test_an_offer_that_agents_have_looked_at_is_theirs_to_look_at_again_when_a_line_changes_it(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    async with operator.parts() as resources:
        seen = {"job_offer_id": (await offer(resources)).id, "waiting": False, "since": resources.now()}
        async with resources.database.begin() as session:
            session.add(JobOfferReview(**seen))
        for line, waiting in ((OFFER, False), ({**OFFER, "city": "Laval"}, True)):
            await operator.imports("job-offers", [line])
            async with resources.database.read() as session:
                assert list(await session.scalars(select(JobOfferReview.waiting))) == [waiting]
