"""What each criterion of a match is given for, and that its clauses add up to the same from either side."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.candidacy_document import candidacy_document
from models.clause import gained, holds
from models.job_offer_document import job_offer_document
from models.match import TOTAL, WEIGHTS, MatchName, MatchOutcome, match, unknown_credit
from models.match_clauses import related_to_candidacy, related_to_offer, wanted_by_candidacy, wanted_by_offer
from models.profile import Education, WorkMode
from models.salary import SalaryPeriod
from tests.models.match_pairs import ENDS_ON, TODAY, candidacy, offer

MET, PARTLY, UNMET, UNKNOWN = MatchOutcome
O, S, L, D, X, R, W, P, A = MatchName  # noqa: E741 - as the table below reads
PYTHON, SQL, CARE, WELDING = "python", "sql", "patient-care", "welding-mig"
FR7, FR6, EN7 = "fr:ORAL_PRODUCTION:7", "fr:ORAL_PRODUCTION:6", "en:ORAL_PRODUCTION:7"
YEARLY = {"salary_minimum": 1, "salary_maximum": 60_000, "salary_period": SalaryPeriod.YEAR}
HOURLY = {"salary_minimum": 1, "salary_maximum": 30, "salary_period": SalaryPeriod.HOUR, "hours_per_week": 40.0}
SILENT: dict[str, Any] = {"salary_minimum": None, "salary_maximum": None, "salary_period": None}


def day(number: int) -> Any:
    return type(TODAY).fromordinal(ENDS_ON.toordinal() + number)


CASES: list[tuple[MatchName, dict[str, Any], dict[str, Any], MatchOutcome, int]] = [
    (O, {"occupation": "31301"}, {"occupations": ["72106", "31301"]}, MET, 6),
    (O, {"occupation": "31301"}, {"occupations": ["72106", "31302"]}, PARTLY, 3),
    (O, {"occupation": "31301"}, {"occupations": ["31310", "72106"]}, UNMET, 0),
    (O, {"occupation": "31301"}, {"occupations": []}, UNKNOWN, 2),
    (S, {"skills": []}, {"skills": [PYTHON]}, MET, 6),
    (S, {"skills": []}, {"skills": []}, MET, 6),
    (S, {"skills": [PYTHON]}, {"skills": [SQL, PYTHON]}, MET, 6),
    (S, {"skills": [PYTHON, SQL]}, {"skills": [SQL, PYTHON]}, MET, 6),
    (S, {"skills": [PYTHON, SQL]}, {"skills": [SQL, CARE]}, PARTLY, 3),
    (S, {"skills": [PYTHON, SQL, CARE]}, {"skills": [SQL]}, PARTLY, 2),
    (S, {"skills": [PYTHON, SQL, CARE]}, {"skills": [SQL, CARE]}, PARTLY, 4),
    (S, {"skills": [PYTHON, SQL, CARE, WELDING]}, {"skills": [SQL, CARE, PYTHON]}, MET, 6),
    (S, {"skills": [PYTHON, SQL, CARE, WELDING]}, {"skills": [SQL, CARE]}, PARTLY, 4),
    (S, {"skills": [PYTHON]}, {"skills": [SQL]}, UNMET, 0),
    (S, {"skills": [PYTHON]}, {"skills": []}, UNKNOWN, 2),
    (L, {"languages": []}, {"languages": []}, MET, 3),
    (L, {"languages": [FR7]}, {"languages": [FR7, EN7]}, MET, 3),
    (L, {"languages": [FR6]}, {"languages": [FR7]}, MET, 3),
    (L, {"languages": [FR7]}, {"languages": [FR6, EN7]}, UNMET, 0),
    (L, {"languages": [FR6, EN7]}, {"languages": [FR7]}, PARTLY, 1),
    (L, {"languages": [FR7, "fr:WRITTEN_PRODUCTION:1"]}, {"languages": [FR7]}, PARTLY, 1),
    (L, {"languages": [FR7]}, {"languages": []}, UNKNOWN, 1),
    (D, {"education": Education.NONE}, {"education": Education.NONE}, MET, 2),
    (D, {"education": Education.BACHELOR}, {"education": Education.DOCTORATE}, MET, 2),
    (D, {"education": Education.BACHELOR}, {"education": Education.BACHELOR}, MET, 2),
    (D, {"education": Education.BACHELOR}, {"education": Education.COLLEGE}, PARTLY, 1),
    (D, {"education": Education.BACHELOR}, {"education": Education.VOCATIONAL}, UNMET, 0),
    (X, {"years_of_experience": 0}, {"years_of_experience": 0}, MET, 2),
    (X, {"years_of_experience": 5}, {"years_of_experience": 5}, MET, 2),
    (X, {"years_of_experience": 5}, {"years_of_experience": 3}, PARTLY, 1),
    (X, {"years_of_experience": 4}, {"years_of_experience": 2}, PARTLY, 1),
    (X, {"years_of_experience": 5}, {"years_of_experience": 2}, UNMET, 0),
    (X, {"years_of_experience": 1}, {"years_of_experience": 0}, UNMET, 0),
    (R, {"region": "06", "work_mode": WorkMode.ON_SITE}, {"regions": ["01", "06"]}, MET, 1),
    (R, {"region": "06", "work_mode": WorkMode.ON_SITE}, {"regions": []}, MET, 1),
    (R, {"region": "06", "work_mode": WorkMode.HYBRID}, {"regions": ["01"]}, UNMET, 0),
    (R, {"region": "06", "work_mode": WorkMode.REMOTE}, {"regions": ["01"]}, MET, 1),
    (W, {"work_mode": WorkMode.HYBRID}, {"work_modes": ["HYBRID"]}, MET, 1),
    (W, {"work_mode": WorkMode.HYBRID}, {"work_modes": []}, MET, 1),
    (W, {"work_mode": WorkMode.HYBRID}, {"work_modes": ["ON_SITE", "REMOTE"]}, UNMET, 0),
    (P, YEARLY, {"minimum_salary": None}, MET, 2),
    (P, SILENT, {"minimum_salary": None}, MET, 2),
    (P, YEARLY, {"minimum_salary": 60_000}, MET, 2),
    (P, YEARLY, {"minimum_salary": 60_001}, UNMET, 0),
    (P, HOURLY, {"minimum_salary": 62_400}, MET, 2),
    (P, HOURLY, {"minimum_salary": 62_401}, UNMET, 0),
    (P, SILENT, {"minimum_salary": 1}, UNKNOWN, 1),
    (A, {"ends_on": None}, {"available_from": day(1)}, MET, 2),
    (A, {"ends_on": ENDS_ON}, {"available_from": day(0)}, MET, 2),
    (A, {"ends_on": ENDS_ON}, {"available_from": day(1)}, PARTLY, 1),
    (A, {"ends_on": ENDS_ON}, {"available_from": day(90)}, PARTLY, 1),
    (A, {"ends_on": ENDS_ON}, {"available_from": day(91)}, UNMET, 0),
    (A, {"ends_on": ENDS_ON}, {"available_from": None}, UNKNOWN, 1),
]


def changed(row: Any, fields: dict[str, Any]) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize(("name", "offered", "stated", "outcome", "credit"), CASES)
def test_a_criterion_is_credited_for_what_is_asked_and_met(
    name: MatchName, offered: dict[str, Any], stated: dict[str, Any], outcome: MatchOutcome, credit: int
) -> None:
    pair = changed(offer(Random(1)), {**SILENT, **offered}), changed(candidacy(Random(1)), stated)
    found = next(each for each in match(*pair).criteria if each.name is name)
    assert (found.outcome, found.credit, found.weight) == (outcome, credit, WEIGHTS[name])
    if pair[0].ends_on is not None:
        assert_the_same_from_either_side(*pair)


def assert_the_same_from_either_side(offered: Any, stated: Any) -> None:
    suits = match(offered, stated).credits
    profile, posting = candidacy_document(stated, "FR"), job_offer_document(offered, "Atelier")
    assert gained(wanted_by_offer(offered), profile) == suits
    assert gained(wanted_by_candidacy(stated), posting) == suits
    assert holds(related_to_offer(offered), profile) == holds(related_to_candidacy(stated), posting)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**64))
def test_the_clauses_that_hold_add_up_to_the_match_from_either_side(seed: int) -> None:
    random = Random(seed)
    for _ in range(5):
        assert_the_same_from_either_side(offer(random), candidacy(random))


def test_drawn_pairs_suit_each_other_in_every_degree() -> None:
    random = Random(1)
    met = {match(offer(random), candidacy(random)).credits for _ in range(3_000)}
    assert len(met) >= 20


def test_a_score_can_be_computed_again_from_the_criteria() -> None:
    random = Random(7)
    for _ in range(200):
        found = match(offer(random), candidacy(random))
        assert [each.name for each in found.criteria] == list(MatchName)
        assert sum(each.weight for each in found.criteria) == TOTAL == 25
        assert found.score == sum(each.credit for each in found.criteria) / TOTAL
        assert all(0 <= each.credit <= each.weight for each in found.criteria)
        assert {each.outcome for each in found.criteria if each.credit == each.weight} <= {MET}
        assert {each.outcome for each in found.criteria if not each.credit} <= {UNMET}


def test_who_says_nothing_is_credited_with_something_and_not_with_all() -> None:
    able = {O, S, L, P, A}
    assert all(0 < unknown_credit(name) < WEIGHTS[name] for name in able)


def test_what_a_criterion_tells_holds_no_pay_that_a_candidacy_asks_for() -> None:
    stated = changed(candidacy(Random(1)), {"minimum_salary": 54_321})
    for offered in (changed(offer(Random(2)), YEARLY), changed(offer(Random(2)), SILENT)):
        assert "54321" not in repr(match(offered, stated))
