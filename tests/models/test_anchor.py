"""Anchors never lose a match and never invent one: token, bounds and remainder together are the clause."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from models.anchor import ANYTHING, anchored, anchors, document_tokens
from models.bounds import LARGEST, Measures, measures
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
    any_of,
    has,
    holds,
)
from models.criteria import CriteriaMode
from models.document import GAP, Document, Kind
from models.job_offer_criteria import JobOfferCriteria
from models.profile import ContractType, Education, WorkMode
from models.stored_clause import clause_to_json

WORDS = ("a", "nurse", "infirmi", "soudeur", GAP, "c++")
TEXT_FIELDS = ("text_fr", "text_en", "title_fr")
KEYWORD_FIELDS = ("words", "skills", "occupations", "regions", "absent", "contract_type", "unheard_of")

words = st.sampled_from(WORDS)
keyword_values = st.sampled_from(("nurse", "nursery", "3", "31", "31301", "06", "PERMANENT", "annual_maximum"))
text_fields = st.sampled_from(TEXT_FIELDS)
keyword_fields = st.sampled_from(KEYWORD_FIELDS)
number_fields = st.sampled_from(("years", "education_rank", "annual_maximum"))
small = st.none() | st.integers(0, 5) | st.just(2**40)

leaves: st.SearchStrategy[Clause] = st.one_of(
    st.builds(HasAny, text_fields, st.frozensets(words, max_size=3)),
    st.builds(HasAny, keyword_fields, st.frozensets(keyword_values, max_size=3)),
    st.builds(HasSeveral, text_fields, st.frozensets(words, max_size=3), st.integers(-1, 4)),
    st.builds(HasSeveral, keyword_fields, st.frozensets(keyword_values, max_size=3), st.integers(-1, 4)),
    st.builds(Adjacent, text_fields, st.lists(words, min_size=1, max_size=3).map(tuple)),
    st.builds(StartsWith, keyword_fields, st.sampled_from(("", "n", "31", "nurs", "nurse", "nurseries"))),
    st.builds(Between, number_fields, small, small),
    st.builds(lambda least: any_of((Between("annual_maximum", least), has("absent", "annual_maximum"))), small),
    st.sampled_from((Everything(), Nothing())),
)
clauses = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds(AllOf, st.lists(part, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(part, max_size=3).map(tuple)),
        st.lists(part, max_size=3).map(all_of),
        st.lists(part, max_size=3).map(any_of),
        st.builds(Not, part),
    ),
    max_leaves=8,
)
documents = st.builds(
    Document,
    kind=st.just(Kind.JOB_OFFER),
    id=st.just(UUID(int=1)),
    version=st.just(1),
    published_at=st.just(datetime(2026, 3, 2, tzinfo=UTC)),
    texts=st.dictionaries(text_fields, st.lists(words, max_size=6).map(tuple)),
    keywords=st.dictionaries(keyword_fields, st.frozensets(keyword_values, max_size=4)),
    numbers=st.dictionaries(number_fields, st.integers(0, 5) | st.just(2**40)),
)


def document(**fields: object) -> Document:
    texts = {name: tuple(str(value).split()) for name, value in fields.items() if name in TEXT_FIELDS}
    numbers = {name: value for name, value in fields.items() if isinstance(value, int)}
    keywords = {name: value for name, value in fields.items() if isinstance(value, frozenset)}
    return Document(Kind.JOB_OFFER, uuid4(), 1, datetime(2026, 3, 2, tzinfo=UTC), texts, keywords, numbers)


def within_bounds(bounds: Mapping[str, int], measured: Measures) -> bool:
    """What the database does with the columns of the bounds."""
    tests = {
        "regions": lambda bound: bound & measured.regions,
        "contract_types": lambda bound: bound & measured.contract_types,
        "minimum_salary": lambda bound: bound <= measured.annual_maximum,
        "maximum_required_years": lambda bound: bound >= measured.years,
        "maximum_required_education": lambda bound: bound >= measured.education_rank,
    }
    return all(tests[column](bound) for column, bound in bounds.items())


@settings(max_examples=800, deadline=None)
@given(clauses, documents)
def test_token_bounds_and_remainder_together_are_the_clause(clause: Clause, given_document: Document) -> None:
    split, expected = anchored(clause), holds(clause, given_document)
    event(f"holds: {expected}, verified: {split.remainder is not None}")
    found = not split.tokens.isdisjoint(document_tokens(given_document))
    bounded = within_bounds(split.bounds, measures(given_document))
    if expected:
        assert found
        assert bounded
    assert (found and bounded and (split.remainder is None or holds(split.remainder, given_document))) == expected


@settings(deadline=None)
@given(clauses)
def test_the_same_clause_always_has_the_same_anchors(clause: Clause) -> None:
    tokens = anchored(clause).tokens
    assert anchored(clause) == anchored(clause)
    assert ANYTHING not in tokens or tokens == {ANYTHING}


@pytest.mark.parametrize(
    ("clause", "tokens"),
    [
        (has("text_fr", "soudeur"), {"text_fr:soudeur"}),
        (all_of((has("text_fr", "soud"), has("text_fr", "infirmi"))), {"text_fr:infirmi"}),
        (any_of((has("text_fr", "soud"), has("text_en", "weld"))), {"text_fr:soud", "text_en:weld"}),
        (Adjacent("text_en", ("care", "nurse")), {"text_en:care nurse"}),
        (Adjacent("text_en", ("registered", "nurse", "practitioner")), {"text_en:nurse practitioner"}),
        (Adjacent("text_en", ("care", GAP, "nurse")), {"text_en:nurse"}),
        (all_of((has("occupations", "31301"), has("regions", "06"))), {"occupations:31301"}),
        (all_of((has("regions", "06"), has("contract_type", "PERMANENT"))), {"regions:06"}),
        (all_of((has("occupations", "3"), has("occupations", "7231"))), {"occupations:7231"}),
        (any_of((has("skills", "welding"), has("absent", "skills"))), {"skills:welding", "absent:skills"}),
        (any_of((has("skills", "welding"), StartsWith("words", "sou"))), {ANYTHING}),
        (any_of((has("skills", "welding"), StartsWith("words", "soudeu"))), {"skills:welding", "words:soud*"}),
        (all_of((has("skills", "welding"), Not(has("regions", "06")))), {"skills:welding"}),
        (HasAny("regions", frozenset(f"{code:02}" for code in range(1, 18))), {ANYTHING}),
        (Not(has("regions", "06")), {ANYTHING}),
        (Between("years", 1, 2), {ANYTHING}),
        (Everything(), {ANYTHING}),
        (Nothing(), set()),
    ],
)
def test_an_alert_is_anchored_where_the_fewest_offers_are(clause: Clause, tokens: set[str]) -> None:
    assert anchored(clause).tokens == tokens


def test_no_pair_of_words_runs_over_a_gap_between_two_texts() -> None:
    tokens = document_tokens(document(text_fr=f"chef cuisine {GAP} saint laurent"))
    assert {"text_fr:chef cuisine", "text_fr:saint laurent", "text_fr:cuisine", "text_fr:saint"} <= tokens
    assert "text_fr:cuisine saint" not in tokens


def test_the_bounds_of_an_alert_are_what_its_criteria_ask() -> None:
    criteria = JobOfferCriteria(
        text="soudeur",
        regions=("01", "06"),
        contract_types=(ContractType.PERMANENT, ContractType.CASUAL),
        minimum_salary=50_000,
        maximum_required_years=3,
        maximum_required_education=Education.COLLEGE,
    )
    alert_id = uuid4()
    rows = anchors(alert_id, criteria)
    assert {row.token for row in rows} == anchored(criteria.clause).tokens
    assert {row.alert_id for row in rows} == {alert_id}
    bounds = (rows[0].regions, rows[0].contract_types, rows[0].minimum_salary, rows[0].maximum_required_years)
    assert bounds == (0b1000010, 0b101, 50_000, 3)
    assert rows[0].maximum_required_education == Education.COLLEGE.rank


@pytest.mark.parametrize(
    "criteria", [JobOfferCriteria(text="soudeur"), JobOfferCriteria(text="soudeur", regions=("06", "abroad"))]
)
def test_what_is_not_asked_or_has_no_bit_does_not_bound(criteria: JobOfferCriteria) -> None:
    row = anchors(uuid4(), criteria)[0]
    assert (row.regions, row.contract_types, row.minimum_salary) == (None, None, None)
    assert (row.maximum_required_years, row.maximum_required_education) == (None, None)


def test_a_document_is_measured_by_what_it_states() -> None:
    stated = measures(document(regions=frozenset(("06",)), contract_type=frozenset(("CASUAL",)), annual_maximum=2**40, years=2))
    assert (stated.regions, stated.contract_types) == (1 << 6, 1 << 2)
    assert (stated.annual_maximum, stated.years) == (LARGEST, 2)


def test_an_offer_that_is_silent_on_pay_meets_every_minimum_and_one_without_a_number_meets_none() -> None:
    assert measures(document(absent=frozenset(("annual_maximum",)), annual_maximum=10)).annual_maximum == LARGEST
    assert (measures(document()).annual_maximum, measures(document()).years) == (-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("criteria", "remainder"),
    [
        (JobOfferCriteria(text="soudeur"), None),
        (JobOfferCriteria(text='"soudeur acier"'), None),
        (JobOfferCriteria(text="soudeur OR ferblantier"), None),
        (JobOfferCriteria(text="soud*"), None),
        (JobOfferCriteria(text="soude*"), StartsWith("words", "soude")),
        (JobOfferCriteria(occupations=("72106",), regions=("02",), minimum_salary=50_000, maximum_required_years=3), None),
        (
            JobOfferCriteria(occupations=("72106",), minimum_salary=50_000, mode=CriteriaMode.STRICT),
            Between("annual_maximum", 50_000),
        ),
        (JobOfferCriteria(occupations=("72106",), work_modes=(WorkMode.REMOTE,)), has("work_modes", "REMOTE")),
    ],
)
def test_only_what_the_database_cannot_settle_is_left_to_verify(criteria: JobOfferCriteria, remainder: Clause | None) -> None:
    assert anchored(criteria.clause).remainder == remainder
    stored = {row.remainder for row in anchors(uuid4(), criteria)}
    assert stored == {None if remainder is None else clause_to_json(remainder)}


def test_a_wide_alert_with_a_minimum_salary_keeps_its_other_anchor() -> None:
    wide = JobOfferCriteria(occupations=("72106",), minimum_salary=60_000, mode=CriteriaMode.WIDE)
    assert anchored(wide.clause).tokens == {"occupations:72106"}
