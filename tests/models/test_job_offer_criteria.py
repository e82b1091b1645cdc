"""Criteria of job offers are met by the rows that the table says, and by no other."""

from dataclasses import replace

import pytest

from models.criteria import CriteriaMode
from models.job_offer_criteria import JobOfferCriteria
from tests.models.criteria_case import Case, unasked
from tests.models.job_offer_cases import CASES, job_offer


@pytest.mark.parametrize("mode", CriteriaMode)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_meets_what_it_says_and_in_wide_mode_what_it_does_not_say(case: Case[JobOfferCriteria], mode: CriteriaMode) -> None:
    criteria = replace(case.criteria, mode=mode)
    assert [criteria.matches(job_offer(**row)) for row in case.rows] == case.verdicts(mode)


def test_everything_that_can_be_asked_for_has_its_case() -> None:
    assert unasked(CASES, JobOfferCriteria()) == set()


@pytest.mark.parametrize("mode", CriteriaMode)
def test_criteria_that_ask_for_nothing_are_met_by_every_row(mode: CriteriaMode) -> None:
    criteria = JobOfferCriteria(text=" ", mode=mode)
    assert all(criteria.matches(job_offer(**row)) for case in CASES for row in case.rows)
