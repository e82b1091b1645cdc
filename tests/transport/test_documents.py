"""Documents are checked once, and what is wrong with them only for some variables is found each time."""

import pytest

from tests.transport.small_schema import schema
from transport.documents import Unfit, check
from transport.metrics import Metrics
from transport.serving import served


async def test_what_costs_too_much_with_its_variables_is_refused_and_may_run_with_others() -> None:
    twigs = " ".join(f"a{number}: twigs {{ twigs {{ name }} }}" for number in range(20))
    serving = served(schema, Metrics())
    text = "query ($n: Int!) { leaves(first: $n) { " + twigs + " } }"
    dear = await serving.execute(text, {"n": 100})
    assert dear.errors
    assert "cost of" in dear.errors[0].message
    assert dear.errors[0].extensions == {"code": "DOCUMENT_TOO_LARGE"}
    assert (await serving.execute(text, {"n": 1})).errors is None


def test_a_document_is_checked_once_and_a_bad_one_is_not_remembered() -> None:
    text = "{ hello again: hello }"
    assert check(schema._schema, text).document is check(schema._schema, text).document
    for _ in range(2):
        with pytest.raises(Unfit, match="1"):
            check(schema._schema, "{ absent }")
    long = "{ hello }" + " " * 10_000
    assert check(schema._schema, long).document is not check(schema._schema, long).document
