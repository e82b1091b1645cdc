"""What can become of an application is drawn from the one table of its steps."""

import re

from commands.applications import document
from models.application import ApplicationStatus
from models.application_transition import TRANSITIONS
from tests.commands.operator import Operator, Ran
from tests.source_tree import PROJECT

COMMITTED = PROJECT / "docs" / "applications.md"
ARROW = re.compile(r"^    (\w+) --> (\w+): (.+)$", re.MULTILINE)


async def test_what_is_committed_is_what_is_printed(sqlite_operator: Operator) -> None:
    printed = await sqlite_operator.run("print-applications")
    assert (printed.code, printed.out) == (0, COMMITTED.read_text("utf-8"))
    assert await sqlite_operator.run("print-applications", "--check", str(COMMITTED)) == Ran(0, "", "")


async def test_a_difference_is_shown_and_ends_with_1(sqlite_operator: Operator) -> None:
    other = sqlite_operator.keeps(COMMITTED.read_text("utf-8").replace("OFFERED --> HIRED", "SUBMITTED --> HIRED"))
    checked = await sqlite_operator.run("print-applications", "--check", str(other))
    assert checked.code == 1
    assert {"-    SUBMITTED --> HIRED: employer", "+    OFFERED --> HIRED: employer"} <= set(checked.out.splitlines())


def test_every_step_of_the_table_is_an_arrow_and_no_other() -> None:
    drawn = {
        (source, target, who.partition(" ")[0], who.endswith("with a reason"))
        for source, target, sides in ARROW.findall(document())
        for who in sides.split(", ")
    }
    assert drawn == {(each.source, each.target, each.side.lower(), each.reason) for each in TRANSITIONS}


def test_every_state_is_in_the_diagram_and_in_the_table() -> None:
    for status in ApplicationStatus:
        assert re.search(rf"^\| {status} \|", document(), re.MULTILINE)
        assert re.search(rf"--> {status}\b", document())
