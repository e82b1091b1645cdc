"""Tests of the index. The contract is one suite for every engine; asserts in it explain themselves as those of tests do."""

import pytest

pytest.register_assert_rewrite("tests.search.contract", "tests.search.contract_orders", "tests.search.contract_writes")
