"""What every engine finds: exactly what `models.clause.holds` holds for, with exact totals and facets."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.clause import (
    Adjacent,
    AllOf,
    AnyOf,
    Between,
    Clause,
    Everything,
    HasAny,
    HasSeveral,
    Not,
    Nothing,
    StartsWith,
    all_of,
    has,
)
from models.document import GAP, ID, Kind
from search.engine import Order, Removal, SearchEngine
from tests.conftest import NOW
from tests.search.documents import clauses, document, documents, found, ids, matching, search, uuid_of

OFFERS = [
    document(0, title="infirm", text="soin domicil", regions="03", numbers={"years": 2, "annual_maximum": 70_000}),
    document(1, title="nurs", text=f"c++ {GAP} soin", regions=("03", "06"), numbers={"years": 0}),
    document(2, text="soin infirm", regions="06", occupations=("3", "31", "313"), numbers={"years": 5}),
    document(3, regions=(), words=("infirmiere", "c++", "été")),
]


@pytest.mark.parametrize(
    ("clause", "numbers"),
    [
        (Everything(), {0, 1, 2, 3}),
        (Nothing(), set()),
        (has("text_fr", "soin"), {0, 1, 2}),
        (has("text_fr", "c++"), {1}),
        (HasAny("text_fr", frozenset(("c++", "domicil"))), {0, 1}),
        (HasAny("regions", frozenset()), set()),
        (HasAny("regions", frozenset(("03", "17"))), {0, 1}),
        (HasSeveral("regions", frozenset(("03", "06", "17")), 2), {1}),
        (HasSeveral("regions", frozenset(("03", "06", "17")), 1), {0, 1, 2}),
        (HasSeveral("regions", frozenset(("03", "06")), 3), set()),
        (HasSeveral("regions", frozenset(), 0), {0, 1, 2, 3}),
        (HasSeveral("text_fr", frozenset(("soin", "infirm", "nurs")), 2), {0, 1, 2}),
        (has("occupations", "31"), {2}),
        (Adjacent("text_fr", ("infirm", "soin")), {0}),
        (Adjacent("text_fr", ("soin", "infirm")), {2}),
        (Adjacent("text_fr", ("c++", "soin")), set()),
        (Adjacent("text_fr", ("nurs",)), {1}),
        (StartsWith("words", "infirm"), {3}),
        (StartsWith("words", "c+"), {3}),
        (StartsWith("words", "ét"), {3}),
        (StartsWith("regions", "0"), {0, 1, 2}),
        (StartsWith("regions", "."), set()),
        (Between("years", 2, 5), {0, 2}),
        (Between("years", None, 0), {1}),
        (Between("years", 6, None), set()),
        (Between("years", 5, 2), set()),
        (Between("years"), {0, 1, 2}),
        (Between("years", -(10**30), 10**30), {0, 1, 2}),
        (Between("years", 10**30, None), set()),
        (Not(has("regions", "03")), {2, 3}),
        (Not(Not(has("regions", "03"))), {0, 1}),
        (AllOf((has("text_fr", "soin"), Not(has("regions", "06")))), {0}),
        (AllOf((Not(has("regions", "06")), Not(has("regions", "03")))), {3}),
        (AllOf(()), {0, 1, 2, 3}),
        (AnyOf(()), set()),
        (AnyOf((has("regions", "06"), Between("years", 2, 2))), {0, 1, 2}),
        (AnyOf((Not(has("regions", "03")), has("text_fr", "nurs"))), {1, 2, 3}),
    ],
)
async def test_each_kind_of_clause_finds_what_it_says(engine: SearchEngine, clause: Clause, numbers: set[int]) -> None:
    await engine.write(OFFERS)
    page = await search(engine, clause)
    assert {hit.id for hit in page.hits} == {uuid_of(number) for number in numbers}
    assert (page.total, page.has_next) == (len(numbers), False)


VERSIONS = count(1)


@pytest.mark.parametrize("kind", list(Kind))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_any_clause_finds_the_documents_it_holds_for(engine: SearchEngine, kind: Kind, data: st.DataObject) -> None:
    version = next(VERSIONS)
    written = [replace(each, version=version) for each in data.draw(documents(kind))]
    gone = [Removal(kind, uuid_of(number), version, NOW) for number in range(len(written), 6)]
    await engine.write([*written, *gone])
    for clause in data.draw(st.lists(clauses(kind), min_size=3, max_size=6)):
        page = await search(engine, clause, kind=kind)
        expected = matching(clause, written)
        assert ({hit.id for hit in page.hits}, page.total) == (set(ids(expected)), len(expected))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_facets_are_what_a_count_by_hand_gives(engine: SearchEngine, data: st.DataObject) -> None:
    version = next(VERSIONS)
    written = [replace(each, version=version) for each in data.draw(documents(Kind.JOB_OFFER, most=12))]
    await engine.write([*written, *(Removal(Kind.JOB_OFFER, uuid_of(n), version, NOW) for n in range(len(written), 12))])
    clause = data.draw(clauses(Kind.JOB_OFFER))
    page = await search(engine, clause, first=1, facets=("regions", "contract_type", "skills"))
    assert page.facets == {
        name: Counter(value for each in matching(clause, written) for value in each.keywords[name])
        for name in ("regions", "contract_type", "skills")
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_a_facet_is_counted_over_a_clause_of_its_own_and_the_hits_stay(engine: SearchEngine, data: st.DataObject) -> None:
    version = next(VERSIONS)
    written = [replace(each, version=version) for each in data.draw(documents(Kind.JOB_OFFER, most=12))]
    await engine.write([*written, *(Removal(Kind.JOB_OFFER, uuid_of(n), version, NOW) for n in range(len(written), 12))])
    parts = data.draw(st.lists(clauses(Kind.JOB_OFFER), min_size=1, max_size=3))
    visibility, clause = data.draw(clauses(Kind.JOB_OFFER)), all_of(parts)
    own = {"regions": all_of(parts[1:]), "contract_type": data.draw(clauses(Kind.JOB_OFFER))}
    names = ("regions", "contract_type", "skills")
    order = data.draw(st.sampled_from((Order.RELEVANCE, Order.PUBLISHED_AT)))
    page = await search(engine, clause, visibility=visibility, facets=names, widened=own, order=order)
    seen = matching(visibility, written)
    assert ({hit.id for hit in page.hits}, page.total) == (set(ids(matching(clause, seen))), len(matching(clause, seen)))
    for name in names:
        counted = matching(own.get(name, clause), seen)
        assert page.facets[name] == Counter(value for each in counted for value in each.keywords[name]), name


async def test_a_page_goes_on_beside_facets_that_are_counted_over_more(engine: SearchEngine) -> None:
    await engine.write([document(number, regions=f"{number % 3}", text="soin") for number in range(30)])
    clause = all_of((has("text_fr", "soin"), has("regions", "1")))
    how = {"first": 4, "order": Order.RELEVANCE, "facets": ("regions",), "widened": {"regions": has("text_fr", "soin")}}
    hits, after = [], None
    while True:
        page = await search(engine, clause, after=after, **how)
        assert (page.total, page.facets["regions"]) == (10, {"0": 10, "1": 10, "2": 10})
        hits += [hit.id for hit in page.hits]
        if not page.has_next:
            break
        after = page.hits[-1].cursor
    assert hits == [uuid_of(number) for number in range(28, 0, -3)]


@pytest.mark.parametrize("number", [1, 3, 100])
async def test_ids_are_found_and_left_out(engine: SearchEngine, number: int) -> None:
    many = [document(n) for n in range(120)]
    await engine.write(many)
    named = HasAny(ID, frozenset(str(uuid_of(n)) for n in range(number)) | {str(uuid_of(1_000))})
    assert set(await found(engine, named, first=200)) == {uuid_of(n) for n in range(number)}
    assert set(await found(engine, Not(named), first=200)) == {uuid_of(n) for n in range(number, 120)}
    assert matching(named, many) == many[:number]


async def test_facets_are_exact_over_more_values_than_a_page_of_them(engine: SearchEngine) -> None:
    many = [document(n, skills=[f"S{n}", f"T{n % 3}"]) for n in range(1_200)]
    await engine.write(many)
    page = await search(engine, first=1, facets=("skills",))
    assert page.facets["skills"] == Counter(value for each in many for value in each.keywords["skills"])


async def test_a_facet_asked_of_nothing_found_is_empty(engine: SearchEngine) -> None:
    await engine.write(OFFERS)
    page = await search(engine, Nothing(), facets=("regions", "work_modes"))
    assert (page.hits, page.total, page.facets) == ([], 0, {"regions": {}, "work_modes": {}})


async def test_totals_are_exact_beyond_ten_thousand(engine: SearchEngine) -> None:
    await engine.write([document(number, regions=f"{number % 2}") for number in range(10_500)])
    assert (await search(engine, first=1)).total == 10_500
    assert (await search(engine, has("regions", "1"), first=1)).total == 5_250


async def test_one_kind_is_not_found_among_the_other(engine: SearchEngine) -> None:
    await engine.write([document(0), document(1, kind=Kind.CANDIDACY)])
    assert await found(engine, kind=Kind.CANDIDACY) == [uuid_of(1)]
    assert await found(engine, kind=Kind.JOB_OFFER) == [uuid_of(0)]


@pytest.mark.parametrize("clause", [has("misspelt", "03"), Between("misspelt", 1), StartsWith("country", "C")])
async def test_a_field_that_the_kind_does_not_have_is_a_mistake_of_ours(engine: SearchEngine, clause: Clause) -> None:
    with pytest.raises(LookupError):
        await search(engine, clause)


@pytest.mark.parametrize("name", ["misspelt", "years", "words", "number"])
async def test_only_fields_of_few_values_are_counted(engine: SearchEngine, name: str) -> None:
    with pytest.raises(LookupError):
        await search(engine, facets=(name,))


async def test_ten_thousand_values_may_be_asked_for_at_once(engine: SearchEngine) -> None:
    await engine.write(OFFERS)
    values = frozenset(f"V{number}" for number in range(10_000)) | {"06"}
    assert set(await found(engine, HasAny("regions", values))) == {uuid_of(1), uuid_of(2)}


async def test_an_empty_engine_finds_nothing_and_says_so(engine: SearchEngine) -> None:
    page = await search(engine, has("text_fr", "soin"), order=Order.RELEVANCE, facets=("regions",))
    assert (page.hits, page.total, page.has_next, page.facets) == ([], 0, False, {"regions": {}})
