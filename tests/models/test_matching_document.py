"""What docs/matching.md says of a match is what the function gives: its table of weights and its worked example."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from models.match import TOTAL, WEIGHTS, Match, MatchName, match, unknown_credit
from models.profile import Education, WorkMode
from models.salary import SalaryPeriod
from tests.models.match_pairs import candidacy, offer
from tests.source_tree import PROJECT

TEXT = (PROJECT / "docs" / "matching.md").read_text(encoding="utf-8")
EXAMPLE = [json.loads(each) for each in re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)]
READ: dict[str, Callable[[Any], object]] = {
    "work_mode": WorkMode,
    "education": Education,
    "salary_period": SalaryPeriod,
    "ends_on": date.fromisoformat,
    "available_from": lambda day: day and date.fromisoformat(day),
}


def filled(row: Any, fields: dict[str, Any]) -> Any:
    """The row with every field that a match reads set to what the example says."""
    for name, value in fields.items():
        setattr(row, name, READ[name](value) if name in READ else value)
    return row


def worked_out() -> Match:
    offered, stated, _ = EXAMPLE
    return match(filled(offer(Random(1)), offered), filled(candidacy(Random(1)), stated))


def rows() -> Iterator[list[str]]:
    """The cells of the table of weights."""
    for line in TEXT.splitlines():
        if re.match(r"\| `[A-Z_]+` \|", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def test_the_example_is_what_the_function_gives() -> None:
    found, expected = worked_out(), EXAMPLE[2]
    assert found.score == expected["score"]
    assert {each.name: [each.outcome, each.credit] for each in found.criteria} == expected["criteria"]
    assert f"{found.credits} of {TOTAL}" in TEXT


def test_the_table_has_the_weights_and_the_credit_of_what_is_unknown() -> None:
    table = {MatchName(name.strip("`")): (int(weight), unknown) for name, weight, *_, unknown in rows()}
    assert {name: weight for name, (weight, _) in table.items()} == WEIGHTS
    assert f"add up to {TOTAL}" in TEXT
    for name, (_, unknown) in table.items():
        assert not unknown or unknown.startswith(f"{unknown_credit(name)}:")
