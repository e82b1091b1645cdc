"""A process that could open nobody's file does not start."""

import pytest

from tests.commands.operator import Operator


@pytest.mark.parametrize("command", [("serve",), ("worker",), ("reindex",)])
async def test_other_keys_than_the_database_was_filled_with_are_told_at_the_start(
    sqlite_operator: Operator, command: tuple[str, ...]
) -> None:
    await sqlite_operator.seeds()
    sqlite_operator.sets(SECRET_KEY="another secret than the one that was made for this folder")
    refused = await sqlite_operator.run(*command)
    assert refused.code == 1
    assert "PLACEMENT_SECRET_KEY does not open what the database at" in refused.err
