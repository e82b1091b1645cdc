"""Criteria of candidacies are met by the rows that the table says, and by no other."""

from dataclasses import replace

import pytest

from models.candidacy_criteria import CandidacyCriteria
from models.criteria import CriteriaMode
from tests.models.candidacy_cases import CASES, candidacy
from tests.models.criteria_case import Case, unasked


@pytest.mark.parametrize("mode", CriteriaMode)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_row_meets_what_it_says_and_in_wide_mode_what_it_does_not_say(
    case: Case[CandidacyCriteria], mode: CriteriaMode
) -> None:
    criteria = replace(case.criteria, mode=mode)
    assert [criteria.matches(candidacy(**row)) for row in case.rows] == case.verdicts(mode)


def test_everything_that_can_be_asked_for_has_its_case() -> None:
    assert unasked(CASES, CandidacyCriteria()) == set()


@pytest.mark.parametrize("mode", CriteriaMode)
def test_criteria_that_ask_for_nothing_are_met_by_every_row(mode: CriteriaMode) -> None:
    criteria = CandidacyCriteria(text=" ", mode=mode)
    assert all(criteria.matches(candidacy(**row)) for case in CASES for row in case.rows)
