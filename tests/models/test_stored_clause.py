"""A clause that was stored is the clause that was written."""

import pytest
from hypothesis import given, settings

from models.clause import Clause
from models.stored_clause import clause_from_json, clause_to_json
from tests.models.test_anchor import clauses


@settings(deadline=None)
@given(clauses)
def test_a_clause_comes_back_as_it_was(clause: Clause) -> None:
    assert clause_from_json(clause_to_json(clause)) == clause


@pytest.mark.parametrize(
    "stored", ["[]", "null", '["has"]', '["between", "years"]', '["several", "skills", []]', '["some", []]', '{"has": 1}']
)
def test_what_is_no_clause_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match="not a clause"):
        clause_from_json(stored)
