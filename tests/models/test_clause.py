"""What each kind of clause holds for, and how clauses are put together."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

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
from models.document import GAP, Document, Kind

DOCUMENT = Document(
    Kind.JOB_OFFER,
    UUID(int=1),
    1,
    datetime(2026, 3, 16, tzinfo=UTC),
    texts={"text_fr": ("soin", "domicil", GAP, "infirm")},
    keywords={"regions": frozenset(("03", "06")), "skills": frozenset(), "words": frozenset(("infirmiere",))},
    numbers={"years": 2},
)
NORTH, SOUTH = has("regions", "06"), has("regions", "17")


@pytest.mark.parametrize(
    "clause",
    [
        Everything(),
        HasAny("regions", frozenset(("17", "06"))),
        HasSeveral("regions", frozenset(("03", "06", "17")), 2),
        HasSeveral("text_fr", frozenset(("infirm", "soin", "nurs")), 2),
        HasSeveral("skills", frozenset(), 0),
        has("text_fr", "infirm"),
        Adjacent("text_fr", ("soin", "domicil")),
        Adjacent("text_fr", ("infirm",)),
        StartsWith("words", "infirmi"),
        StartsWith("words", ""),
        Between("years", 2, 2),
        Between("years", most=2),
        Between("years", least=2),
        Between("years"),
        AllOf((NORTH, has("regions", "03"))),
        AllOf(()),
        AnyOf((SOUTH, NORTH)),
        Not(SOUTH),
    ],
)
def test_a_clause_holds_and_its_opposite_does_not(clause: Clause) -> None:
    assert holds(clause, DOCUMENT)
    assert not holds(Not(clause), DOCUMENT)


@pytest.mark.parametrize(
    "clause",
    [
        Nothing(),
        HasAny("regions", frozenset()),
        HasSeveral("regions", frozenset(("03", "06", "17")), 3),
        HasSeveral("regions", frozenset(("03", "06")), 3),
        HasSeveral("skills", frozenset(("03",)), 1),
        has("skills", "03"),
        has("unheard_of", "03"),
        Adjacent("text_fr", ("domicil", "soin")),
        Adjacent("text_fr", ("soin", "infirm")),
        Adjacent("text_fr", ("domicil", "infirm")),
        Adjacent("text_en", ("soin",)),
        StartsWith("words", "infirmieres"),
        StartsWith("skills", ""),
        Between("years", least=3),
        Between("years", most=1),
        Between("years", 3, 1),
        Between("annual_maximum"),
        AllOf((NORTH, SOUTH)),
        AnyOf((SOUTH, Nothing())),
        AnyOf(()),
        Not(NORTH),
    ],
)
def test_a_clause_does_not_hold_and_its_opposite_does(clause: Clause) -> None:
    assert not holds(clause, DOCUMENT)
    assert holds(Not(clause), DOCUMENT)


@pytest.mark.parametrize(
    ("put_together", "clause"),
    [
        (all_of(()), Everything()),
        (all_of((Everything(), NORTH, NORTH)), NORTH),
        (all_of((NORTH, Everything(), SOUTH)), AllOf((NORTH, SOUTH))),
        (all_of((NORTH, Nothing())), Nothing()),
        (any_of(()), Nothing()),
        (any_of((Nothing(), NORTH, NORTH)), NORTH),
        (any_of((NORTH, Nothing(), SOUTH)), AnyOf((NORTH, SOUTH))),
        (any_of((NORTH, Everything())), Everything()),
    ],
)
def test_parts_that_decide_nothing_are_left_out(put_together: Clause, clause: Clause) -> None:
    assert put_together == clause
