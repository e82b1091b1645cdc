"""What is left out where there are a PostgreSQL and an Elasticsearch beside the embedded pair, and no time to spare: a test of
the whole service is run on one of the two pairs then, one of commands, resolvers or the schema on one of the two databases. Not
a test itself."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.real_parts import ELASTICSEARCH, LONG, POSTGRESQL

EMBEDDED, SERVERS = "sqlite and embedded", "postgresql and elasticsearch"
ON_BOTH = frozenset(
    {
        *("law/test_law", "law/test_candidacy_law", "law/test_real_law", "path/test_search_selection"),
        *("path/test_at_once", "path/test_one_after_another", "applications/test_at_once", "contact/test_at_once"),
        *("path/test_main_path", "processes/test_end_to_end", "processes/torture/test_torture"),
    }
)
"""What is searched, what several do at once, what is killed."""
ON_SERVERS = frozenset(
    {
        *("auth/test_permission_behaviour", "path/test_fuzz", "path/test_hostile_input", "path/test_hostile_pages"),
        *("path/test_hostile_reading", "path/test_odd_but_right", "path/test_refusals"),
        *("processes/test_erasure", "processes/test_kills", "processes/test_reindex"),
    }
)
"""What a server refuses if the service does not, and what takes longest there."""
BY_DATABASE = frozenset({"commands", "resolvers", "schema"})
"""Folders whose tests are of one database, and go through more than the models."""
ON_EMBEDDED = frozenset({"processes/test_deadlines", "processes/test_reconnects"})


def spared(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Of tests that can be run on either pair. Those of files that are not named here have them by turns."""
    if LONG or not (POSTGRESQL and ELASTICSEARCH):
        return []
    all_of_them = {item.nodeid for item in items}
    return [item for item in items if (other := _on_the_other(item)) in all_of_them and _is_spared(item, other)]


def _on_the_other(item: pytest.Item) -> str:
    """The id of the same test on the other pair; its own where it knows no pairs."""
    pairs = [(EMBEDDED, SERVERS), *([("[sqlite", "[postgresql")] if item.path.parent.name in BY_DATABASE else [])]
    for one, other in (*pairs, *(pair[::-1] for pair in pairs)):
        if one in item.nodeid:
            return item.nodeid.replace(one, other)
    return item.nodeid


def _is_spared(item: pytest.Item, other: str) -> bool:
    where = item.path.relative_to(Path(__file__).parent).with_suffix("").as_posix()
    if other == item.nodeid or where in ON_BOTH:
        return False
    kept = SERVERS if where in ON_SERVERS else EMBEDDED if where in ON_EMBEDDED else _turn(item.path, item.reportinfo()[1] or 0)
    return kept.split()[0] not in item.nodeid


@cache
def _turn(path: Path, line: int) -> str:
    """Of the tests of a file in their order."""
    before = sum("def test_" in each for each in path.read_text().splitlines()[:line])
    return (EMBEDDED, SERVERS)[before % 2]
