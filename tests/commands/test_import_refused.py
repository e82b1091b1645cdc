"""Lines that cannot be taken in are told by number and reason, follow the rules of the API, and leave everything as it was."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from models.account import Account
from models.candidate import Candidate
from models.job_offer import JobOffer, JobOfferStatus
from models.language import Language
from tests.commands.imported import count, numbered, offer, sums
from tests.commands.operator import CANDIDACY, OFFER, Line, Operator
from texts.catalogue import text


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


async def test_a_file_that_is_not_there_is_one_line_of_complaint(sqlite_operator: Operator) -> None:
    ran = await sqlite_operator.run("import", "job-offers", "nowhere.jsonl")
    assert (ran.code, ran.out, ran.err) == (1, "", "placement: nowhere.jsonl: No such file or directory\n")


async def test_a_candidacy_that_gives_its_candidate_away_is_not_published(operator: Operator) -> None:
    telling = {**CANDIDACY, "summary": {"en": "Write to soudeuse@example.org"}}
    ran = await operator.imports("candidacies", [telling, {**telling, "externalId": "C-2", "publish": False}])
    assert (ran.code, sums(ran)) == (1, [1, 0, 0, 1])
    (told,) = ran.err.splitlines()
    assert told.startswith("line 1: summary.en: Take out the e-mail address at character 10, “soudeuse@example.org”")
