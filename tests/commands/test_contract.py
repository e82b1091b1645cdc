"""The schema is printed as it is committed, and a difference is shown."""

from tests.commands.operator import Operator, Ran
from tests.source_tree import PROJECT

COMMITTED = PROJECT / "schema.graphql"


async def test_what_is_committed_is_what_is_printed(sqlite_operator: Operator) -> None:
    printed = await sqlite_operator.run("print-schema")
    assert (printed.code, printed.out) == (0, COMMITTED.read_text("utf-8"))
    assert await sqlite_operator.run("print-schema", "--check", str(COMMITTED)) == Ran(0, "", "")


async def test_a_difference_is_shown_and_ends_with_1(sqlite_operator: Operator) -> None:
    other = sqlite_operator.keeps(COMMITTED.read_text("utf-8").replace("enum Language {", "enum Tongue {"))
    checked = await sqlite_operator.run("print-schema", "--check", str(other))
    assert checked.code == 1
    assert {"-enum Tongue {", "+enum Language {"} <= set(checked.out.splitlines())


async def test_a_file_that_cannot_be_read_is_one_line_of_complaint(sqlite_operator: Operator) -> None:
    checked = await sqlite_operator.run("print-schema", "--check", "nowhere.graphql")
    assert (checked.code, checked.out) == (1, "")
    assert checked.err.startswith("placement: nowhere.graphql cannot be read: ")
