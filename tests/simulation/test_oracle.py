"""The oracle against examples worked out by hand; and that it owes the product nothing."""

import ast
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.simulation.oracle import Oracle
from tests.simulation.oracle_clock import Wrong
from tests.simulation.oracle_days import at_eight, last_day, midnight_after
from tests.simulation.oracle_file import ENDED, ENDING, Certificate

START = datetime(2026, 3, 16, 14, tzinfo=UTC)
OURS = Path(__file__).parent
CERTIFICATE = Certificate("1", date(2025, 6, 1), date(2028, 6, 1))


def oracle_with_one(certificate: Certificate = CERTIFICATE) -> Oracle:
    """In which everything is up, and `ana` has a draft."""
    oracle = Oracle(START, worker=START, mail=START, registry=START)
    assert oracle.register("ana", certificate) is None
    oracle.files["ana"].confirmed = START
    oracle.files["ana"].candidacies["a"] = oracle.candidacy("a")
    return oracle


@pytest.mark.parametrize("path", sorted(OURS.glob("oracle*.py")), ids=lambda path: path.name)
def test_the_oracle_imports_nothing_but_itself_and_the_standard_library(path: Path) -> None:
    imports = [
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = [getattr(node, "module", None) or node.names[0].name for node in imports]
    strangers = [name for name in names if name.split(".")[0] not in sys.stdlib_module_names]
    assert [name for name in strangers if not name.startswith("tests.simulation.oracle")] == []


@pytest.mark.parametrize(
    ("issued", "expires", "began", "last"),
    [
        ("2025-06-01", "2028-06-01", "2026-03-16", "2026-05-31"),
        ("2025-06-01", "2028-06-01", "2026-05-31", "2026-05-31"),
        ("2025-06-01", "2028-06-01", "2026-06-01", "2027-05-31"),
        ("2025-06-01", "2026-04-10", "2026-03-16", "2026-04-10"),
        ("2026-03-16", "2028-06-01", "2026-03-16", "2027-03-15"),
        ("2024-02-29", "2030-01-01", "2027-02-27", "2027-02-27"),
        ("2024-02-29", "2030-01-01", "2027-02-28", "2028-02-28"),
        ("2024-02-29", "2030-01-01", "2028-02-29", "2029-02-27"),
        ("2027-03-01", "2030-01-01", "2026-12-31", "2028-02-29"),
        ("2025-01-01", "2030-01-01", "2026-12-31", "2026-12-31"),
    ],
)
def test_the_last_day_of_a_publication(issued: str, expires: str, began: str, last: str) -> None:
    days = [date.fromisoformat(each) for each in (issued, expires, began)]
    assert last_day(*days) == date.fromisoformat(last)


def test_days_of_quebec_when_the_clocks_change() -> None:
    assert at_eight(date(2026, 3, 7)) == datetime(2026, 3, 7, 13, tzinfo=UTC)
    assert at_eight(date(2026, 3, 8)) == datetime(2026, 3, 8, 12, tzinfo=UTC)
    assert midnight_after(date(2026, 3, 7)) == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert midnight_after(date(2026, 10, 31)) == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert midnight_after(date(2026, 11, 1)) == datetime(2026, 11, 2, 5, tzinfo=UTC)


def test_two_notices_of_a_publication_and_no_third() -> None:
    oracle = oracle_with_one()
    assert oracle.publish("ana", "a") is None
    oracle.advance(datetime(2026, 5, 24, 12, tzinfo=UTC))
    assert oracle.noticed("ana", "a", ENDING, date(2026, 5, 31), marked=True) == "ends"
    oracle.advance(datetime(2026, 6, 7, 12, tzinfo=UTC))
    assert oracle.noticed("ana", "a", ENDED, date(2026, 5, 31), marked=True) == "ended"
    with pytest.raises(Wrong):
        oracle.noticed("ana", "a", ENDED, date(2026, 5, 31), marked=True)


def test_a_notice_is_missed_when_it_has_not_gone_out_on_its_morning() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    oracle.advance(datetime(2026, 5, 24, 12, tzinfo=UTC))
    assert list(oracle.overdue()) == []
    oracle.advance(datetime(2026, 5, 24, 12, 1, tzinfo=UTC))
    assert len(list(oracle.overdue())) == 1
    with pytest.raises(Wrong, match="was due"):
        oracle.noticed("ana", "a", ENDING, date(2026, 5, 31), marked=True)


def test_a_worker_that_was_away_sends_it_late_and_says_that_it_has_ended() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    oracle.goes_down("worker")
    oracle.now = oracle.worker = datetime(2026, 6, 3, 15, tzinfo=UTC)
    oracle.advance(oracle.now)
    assert oracle.noticed("ana", "a", ENDING, date(2026, 5, 31), marked=True) == "ended"


def test_nothing_is_owed_of_a_publication_that_was_withdrawn() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    assert oracle.withdraw("ana", "a") is None
    oracle.advance(datetime(2026, 5, 24, 12, tzinfo=UTC))
    with pytest.raises(Wrong, match="not owed"):
        oracle.noticed("ana", "a", ENDING, date(2026, 5, 31), marked=True)


def test_a_file_is_deactivated_after_48_hours_if_the_notice_went_out() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    assert oracle.declare("ana", "QUEBEC") is None
    oracle.wrote("ana", 0, "RESIDENCE_NOTICE", marked=True, deadline=START + timedelta(hours=48))
    oracle.advance(START + timedelta(hours=47, minutes=59))
    assert oracle.files["ana"].state == "NOTICE_GIVEN"
    oracle.advance(START + timedelta(hours=48))
    assert oracle.files["ana"].state == "DEACTIVATED"
    assert oracle.reopen("ana") is None
    assert oracle.publish("ana", "a") is None


def test_the_48_hours_count_from_a_notice_that_goes_out_late() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    oracle.goes_down("worker")
    oracle.declare("ana", "CANADA")
    oracle.now = oracle.worker = late = START + timedelta(hours=50)
    oracle.advance(late)
    assert oracle.files["ana"].state == "NOTICE_GIVEN"
    oracle.wrote("ana", 0, "RESIDENCE_NOTICE", marked=True, deadline=late + timedelta(hours=48))
    oracle.advance(late + timedelta(hours=48))
    assert oracle.files["ana"].state == "DEACTIVATED"


def test_withdrawn_in_time_nothing_can_be_published_until_back_abroad() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    oracle.declare("ana", "QUEBEC")
    oracle.withdraw("ana", "a")
    assert oracle.files["ana"].state == "ACTIVE"
    assert oracle.publish("ana", "a") == "RESIDES_IN_QUEBEC"
    assert oracle.declare("ana", "ABROAD") is None
    assert oracle.publish("ana", "a") is None


def test_the_registry_that_is_away_settles_nothing_and_is_owed_an_answer_after() -> None:
    oracle = Oracle(START, worker=START, mail=START)
    assert oracle.register("ana", CERTIFICATE) is None
    assert oracle.files["ana"].may_publish(START.date()) == "REGISTRATION_PENDING"
    oracle.now = oracle.registry = START + timedelta(days=2)
    assert list(oracle.overdue()) == []
    oracle.now += timedelta(minutes=76)
    assert len(list(oracle.overdue())) == 1
    assert oracle.answered("ana", "REGISTRATION") == "ACCEPTED"
    assert oracle.files["ana"].state == "ACTIVE"


def test_another_issue_date_moves_the_end_and_not_into_the_past() -> None:
    oracle = oracle_with_one()
    oracle.publish("ana", "a")
    oracle.advance(datetime(2026, 5, 4, 15, tzinfo=UTC))
    assert oracle.correct("ana", Certificate("1", date(2025, 4, 15), date(2028, 6, 1))) is None
    period = oracle.files["ana"].candidacies["a"].publication
    assert period is not None
    assert (period.ends, period.owed[ENDING]) == (date(2026, 5, 4), oracle.now)
