"""Imports put in what is right, tell what is wrong, do nothing twice, and follow the rules of the API."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bootstrap import Resources
from models.account import Account, Role
from models.candidacy import Candidacy, CandidacyStatus
from models.candidate import Candidate
from models.job_alert import JobAlert
from models.job_offer import JobOffer, JobOfferEvent, JobOfferStatus
from models.language import Language
from models.notification import Notification
from models.outbox import OutboxEntry
from tests.commands.operator import CANDIDACY, OFFER, Line, Operator, Ran
from texts.catalogue import text


def numbered(base: Mapping[str, Any], count: int, **fields: Any) -> list[Mapping[str, Any]]:
    return [{**base, "externalId": f"N-{number}", **fields} for number in range(count)]


def sums(ran: Ran) -> list[int]:
    """New, changed, unchanged, bad."""
    told = next(line for line in ran.out.splitlines() if " new, " in line)
    return [int(part.split()[0].replace(",", "")) for part in told.split(", ")]


async def offer(resources: Resources, external_id: str = "A-1") -> JobOffer:
    async with resources.database.read() as session:
        return (await session.scalars(select(JobOffer).where(JobOffer.external_id == external_id))).one()


async def candidacy(resources: Resources, external_id: str = "C-1") -> Candidacy:
    async with resources.database.read() as session:
        return (await session.scalars(select(Candidacy).where(Candidacy.external_id == external_id))).one()


async def count(resources: Resources, row: type[Any]) -> int:
    async with resources.database.read() as session:
        return await session.scalar(select(func.count()).select_from(row)) or 0


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
    ran = await operator.imports("job-offers", [{**OFFER, "title": {"fr": "Sage-femme"}, "city": "Laval"}])
    assert sums(ran) == [0, 1, 0, 0]
    async with operator.parts() as resources:
        changed = await offer(resources)
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


async def test_bad_lines_are_told_by_number_and_reason_and_the_others_go_in(operator: Operator) -> None:
    await operator.seeds()
    lines: list[Line] = [
        OFFER,
        b"{not json",
        b"",
        {**OFFER, "externalId": "A-2", "region": "18"},
        {**OFFER, "externalId": "A-3", "employer": "nobody@example.org"},
        {**OFFER, "externalId": "A-4", "employer": "newemployer@example.org"},
        {**OFFER, "externalId": "A-5", "title": None},
        {**OFFER, "externalId": "A-6", "acceptsOnlineApplications": False},
        b"[" + b"1" * 10_000_000 + b"]",
        {**OFFER, "externalId": "A-7"},
    ]
    ran = await operator.imports("job-offers", lines)
    assert (ran.code, sums(ran)) == (1, [2, 0, 0, 7])
    assert ran.out.splitlines()[1] == "bad lines: 2, 4, 5, 6, 7, 8, 9"
    told = ran.err.splitlines()
    assert told[0].startswith("line 2: This line is not JSON: ")
    assert told[1:] == [
        "line 4: region: The code “18” is not known",
        "line 5: Nobody acts for an employer under this address: nobody@example.org",
        f"line 6: {text('EMPLOYER_NOT_AUTHENTICATED', Language.EN)}",
        "line 7: title: This is required before you can publish",
        "line 8: howToApply: This is required before you can publish",
        "line 9: This line is too long: at most 1048576 bytes",
    ]


async def test_the_operator_reads_french_where_the_locale_is_french(operator: Operator) -> None:
    operator.patch.setenv("LANG", "fr_CA.UTF-8")
    ran = await operator.imports("job-offers", [{**OFFER, "employer": "personne@example.org"}, b"\xff"])
    assert ran.out == "nouvelles : 0, modifiées : 0, inchangées : 0, refusées : 2\nlignes refusées : 1, 2\n"
    assert ran.err.startswith("ligne 1 : Personne n’agit pour un employeur sous cette adresse : personne@example.org\nligne 2 : ")


async def test_thousands_of_bad_lines_are_all_told_and_the_summary_stays_short(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.imports("job-offers", [b"x"] * 3000)
    assert len(ran.err.splitlines()) == 3000
    assert ran.out.splitlines()[-1].endswith("19, 20 and 2,980 more")


async def test_a_refused_revision_leaves_the_offer_as_it_was(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    untitled = {**OFFER, "title": None, "city": "Laval"}
    ran = await operator.imports("job-offers", [untitled, {**OFFER, "externalId": "A-2"}])
    assert sums(ran) == [1, 0, 0, 1]
    async with operator.parts() as resources:
        kept = await offer(resources)
    assert (kept.title.fr, kept.city, kept.version) == ("Infirmière clinicienne", None, 1)


async def test_an_offer_that_has_ended_is_not_published_again_nor_changed(operator: Operator) -> None:
    await operator.seeds()
    await operator.imports("job-offers", [OFFER])
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            await session.execute(update(JobOffer).where(JobOffer.external_id == "A-1").values(status=JobOfferStatus.CLOSED))
        assert sums(await operator.imports("job-offers", [OFFER])) == [0, 0, 1, 0]
        changed = await operator.imports("job-offers", [{**OFFER, "city": "Laval"}])
        assert (sums(changed), changed.err) == ([0, 0, 0, 1], f"line 1: {text('NOT_EDITABLE', Language.EN)}\n")
        assert (await offer(resources)).status is JobOfferStatus.CLOSED


async def test_what_its_candidate_withdrew_stays_withdrawn(operator: Operator) -> None:
    await operator.imports("candidacies", [CANDIDACY])
    async with operator.parts() as resources:
        async with resources.database.begin() as session:
            await session.execute(update(Candidacy).values(status=CandidacyStatus.WITHDRAWN))
        assert sums(await operator.imports("candidacies", [CANDIDACY])) == [0, 0, 1, 0]
        assert sums(await operator.imports("candidacies", [{**CANDIDACY, "yearsOfExperience": 4}])) == [0, 1, 0, 0]
        kept = await candidacy(resources)
    assert (kept.status, kept.years_of_experience) == (CandidacyStatus.WITHDRAWN, 4)


async def test_a_person_keeps_twenty_candidacies_at_most(operator: Operator) -> None:
    ran = await operator.imports("candidacies", numbered(CANDIDACY, 22))
    assert sums(ran) == [20, 0, 0, 2]
    assert ran.err.splitlines() == [
        f"line {number}: {text('TOO_MANY_CANDIDACIES', Language.EN, limit='20')}" for number in (21, 22)
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"candidate": "employer@example.org"}, "line 1: No candidate has this address: employer@example.org"),
        ({"countryOfResidence": "CA"}, f"line 1: {text('RESIDES_IN_CANADA', Language.EN)}"),
        ({"title": None}, "line 1: title: This is required before you can publish"),
        ({"occupations": []}, "line 1: occupations: This is required before you can publish"),
    ],
)
async def test_no_candidate_is_made_for_a_line_that_is_refused(operator: Operator, line: Mapping[str, Any], told: str) -> None:
    await operator.seeds()
    async with operator.parts() as resources:
        before = await count(resources, Account)
        ran = await operator.imports("candidacies", [{**CANDIDACY, **line}])
        assert (ran.code, sums(ran)) == (1, [0, 0, 0, 1])
        assert ran.err.startswith(told)
        assert await count(resources, Account) == before


async def test_a_candidate_who_may_not_publish_keeps_drafts_only(operator: Operator) -> None:
    await operator.seeds()
    async with operator.parts() as resources, resources.database.begin() as session:
        long_ago = resources.now().date() - timedelta(days=9)
        await session.execute(update(Candidate).values(certificate_expires_on=long_ago))
    known = {**CANDIDACY, "candidate": "candidate@example.org"}
    ran = await operator.imports("candidacies", [known, {**known, "externalId": "C-2", "publish": False}])
    assert sums(ran) == [1, 0, 0, 1]
    assert ran.err == f"line 1: {text('CERTIFICATE_EXPIRED', Language.EN)}\n"


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
            "job_offer.ends": 1,
            "candidacy.changed": 1,
            "candidacy.ends": 1,
        }
    )
    assert steps == [JobOfferStatus.DRAFT, JobOfferStatus.PUBLISHED]


async def _owed(resources: Resources) -> Counter[str]:
    async with resources.database.read() as session:
        return Counter(await session.scalars(select(OutboxEntry.kind)))


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
        assert (told.candidate_id, told.job_offer_id) == (alert.candidate_id, (await offer(resources)).id)


async def test_a_file_that_is_not_there_is_one_line_of_complaint(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.run("import", "job-offers", "nowhere.jsonl")
    assert (ran.code, ran.out, ran.err) == (1, "", "placement: nowhere.jsonl: No such file or directory\n")


async def test_lines_may_come_by_standard_input(operator: Operator) -> None:
    ran = await operator.run("import", "candidacies", "-", typing=operator.write([CANDIDACY]).read_text("utf-8"))
    assert (ran.code, sums(ran)) == (0, [1, 0, 0, 0])
