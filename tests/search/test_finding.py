"""Searches by criteria, with what the caller may find at all."""

from datetime import date, timedelta
from inspect import signature

import pytest

from errors import Invalid
from models.candidacy_criteria import CandidacyCriteria
from models.database import Database
from models.document import Kind
from models.facet import FACETS, FacetName
from models.hidden_employer import HiddenEmployer
from models.job_offer_criteria import JobOfferCriteria
from models.profile import ContractType, WorkMode
from search import candidacy, job_offer
from search.engine import Order, SearchEngine, SearchRequest
from search.indexing import refresh
from search.visibility import Visibility
from tests.search.rows import NOW, candidacy_of, candidate_in, job_offer_of, offers_in

TODAY = date(2026, 3, 16)
EVERYBODY = Visibility(TODAY)


@pytest.mark.parametrize("find", [candidacy.find, job_offer.find, SearchRequest])
def test_no_search_can_be_written_without_saying_who_may_see_what(find: object) -> None:
    assert signature(find).parameters["visibility"].default is signature(find).empty  # type: ignore[arg-type]


async def test_words_find_with_and_without_accents_in_both_languages(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id], NOW)
    for text in ("infirmière", "INFIRMIERES", "nurse", '"soins à domicile"', "hopital", "infirm*", "infirmière -plombier"):
        page = await job_offer.find(engine, JobOfferCriteria(text=text), EVERYBODY)
        assert [hit.id for hit in page.hits] == [offer.id], text
    for text in ("plombier", '"domicile soins"', "infirmière -domicile"):
        assert (await job_offer.find(engine, JobOfferCriteria(text=text), EVERYBODY)).total == 0, text


async def test_a_public_number_finds_what_bears_it(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        offer, _ = await offers_in(session, 2)
        rows = [candidacy_of((await candidate_in(session)).id) for _ in range(2)]
        session.add_all(rows)
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id], NOW)
    await refresh(engine, database, Kind.CANDIDACY, [each.id for each in rows], NOW)
    number = rows[0].number
    for typed in (number, number.lower(), f" {number.replace('-', ' ')} ", number.replace("-", "")):
        page = await candidacy.find(engine, CandidacyCriteria(text=typed), EVERYBODY)
        assert [hit.id for hit in page.hits] == [rows[0].id], typed
    page = await job_offer.find(engine, JobOfferCriteria(text=offer.number), EVERYBODY)
    assert [hit.id for hit in page.hits] == [offer.id]


async def test_words_that_could_be_a_number_are_still_found_as_words(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
        written = job_offer_of(offer.employer_id, title="Développement PHP7 MVC5")
        session.add(written)
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id, written.id], NOW)
    page = await job_offer.find(engine, JobOfferCriteria(text="PHP7 MVC5"), EVERYBODY)
    assert [hit.id for hit in page.hits] == [written.id]


async def test_what_has_ended_is_not_found_though_the_index_still_holds_it(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
        row = candidacy_of((await candidate_in(session)).id, TODAY)
        session.add(row)
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id], NOW)
    await refresh(engine, database, Kind.CANDIDACY, [row.id], NOW)
    last_day = offer.ends_on or TODAY
    for today, total in ((last_day, 1), (last_day + timedelta(days=1), 0)):
        assert (await job_offer.find(engine, JobOfferCriteria(), Visibility(today))).total == total
    for today, total in ((TODAY, 1), (TODAY + timedelta(days=1), 0)):
        page = await candidacy.find(engine, CandidacyCriteria(), Visibility(today), facets=(FacetName.COUNTRY,))
        assert (page.total, page.facets) == (total, {"country": {"FR": 1} if total else {}})


async def test_every_facet_of_a_kind_is_counted(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
        row = candidacy_of((await candidate_in(session)).id)
        session.add(row)
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id], NOW)
    await refresh(engine, database, Kind.CANDIDACY, [row.id], NOW)
    page = await job_offer.find(engine, JobOfferCriteria(), EVERYBODY, facets=FACETS[Kind.JOB_OFFER])
    assert page.facets == {
        "occupation_group": {"3": 1},
        "regions": {"03": 1},
        "education": {"BACHELOR": 1},
        "experience": {"2-4": 1},
        "language": {},
        "work_modes": {"ON_SITE": 1},
        "contract_type": {"PERMANENT": 1},
        "salary_band": page.facets["salary_band"],
    }
    assert sum(page.facets["salary_band"].values()) == 1
    visibility = Visibility(TODAY)
    page = await candidacy.find(engine, CandidacyCriteria(), visibility, facets=FACETS[Kind.CANDIDACY])
    assert (page.facets["country"], page.facets["language"]) == ({"FR": 1}, {"fr": 1})


async def test_what_is_selected_of_a_facet_narrows_every_facet_but_its_own(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (first,) = await offers_in(session, 1)
        others = [
            job_offer_of(first.employer_id, region="06", work_mode=WorkMode.REMOTE),
            job_offer_of(first.employer_id, region="06", title="Plombier", description_fr="Tuyauterie", occupation="72300"),
            job_offer_of(first.employer_id, region="17", contract_type=ContractType.CASUAL),
        ]
        session.add_all(others)
    await refresh(engine, database, Kind.JOB_OFFER, [first.id, *(each.id for each in others)], NOW)
    facets = (FacetName.REGION, FacetName.WORK_MODE, FacetName.CONTRACT_TYPE)
    criteria = JobOfferCriteria(text="infirmière", regions=("03", "06"), contract_types=(ContractType.PERMANENT,))
    page = await job_offer.find(engine, criteria, EVERYBODY, facets=facets)
    assert {hit.id for hit in page.hits} == {first.id, others[0].id}
    assert (page.total, page.facets) == (
        2,
        {
            "regions": {"03": 1, "06": 1},
            "work_modes": {"ON_SITE": 1, "REMOTE": 1},
            "contract_type": {"PERMANENT": 2},
        },
    )
    page = await job_offer.find(engine, JobOfferCriteria(text="infirmière", regions=("17",)), EVERYBODY, facets=facets)
    assert (page.total, page.facets["regions"]) == (1, {"03": 1, "06": 1, "17": 1})
    assert page.facets["contract_type"] == {"CASUAL": 1}


async def test_what_hides_from_an_employer_is_found_by_the_others(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        hiding = await candidate_in(session)
        rows = [candidacy_of(hiding.id), candidacy_of((await candidate_in(session, "SN")).id)]
        session.add_all(rows)
        session.add_all(HiddenEmployer(candidate_id=hiding.id, neq=neq, since=NOW) for neq in ("1143920115", "1143920123"))
    await refresh(engine, database, Kind.CANDIDACY, [each.id for each in rows], NOW)
    for neq, countries in (("1143920115", {"SN": 1}), ("1143920123", {"SN": 1}), ("1143920131", {"FR": 1, "SN": 1})):
        page = await candidacy.find(engine, CandidacyCriteria(), Visibility(TODAY, neq), facets=(FacetName.COUNTRY,))
        assert (page.total, page.facets["country"]) == (len(countries), countries)
    page = await candidacy.find(engine, CandidacyCriteria(), Visibility(TODAY, without=frozenset((rows[0].id,))))
    assert [hit.id for hit in page.hits] == [rows[1].id]


async def test_offers_are_ordered_by_pay_with_unknown_pay_last(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        (offer,) = await offers_in(session, 1)
        unknown = job_offer_of(offer.employer_id, salary_minimum=None, salary_maximum=None, salary_period=None)
        richer = job_offer_of(offer.employer_id, salary_maximum=120_000)
        session.add_all([unknown, richer])
    await refresh(engine, database, Kind.JOB_OFFER, [offer.id, unknown.id, richer.id], NOW)
    page = await job_offer.find(engine, JobOfferCriteria(), EVERYBODY, order=Order.SALARY)
    assert [hit.id for hit in page.hits] == [richer.id, offer.id, unknown.id]


async def test_a_page_goes_on_from_its_cursor_and_not_from_another_s(engine: SearchEngine, database: Database) -> None:
    async with database.begin() as session:
        offers = await offers_in(session, 5)
    await refresh(engine, database, Kind.JOB_OFFER, [each.id for each in offers], NOW)
    criteria = JobOfferCriteria(text="infirmière")
    first = await job_offer.find(engine, criteria, EVERYBODY, first=2)
    second = await job_offer.find(engine, criteria, EVERYBODY, first=3, after=first.hits[-1].cursor)
    assert [hit.id for hit in (*first.hits, *second.hits)] == [each.id for each in reversed(offers)]
    assert (first.has_next, second.has_next) == (True, False)
    with pytest.raises(Invalid):
        await job_offer.find(engine, JobOfferCriteria(text="nurse"), EVERYBODY, after=first.hits[-1].cursor)
