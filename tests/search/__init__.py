"""Tests of the index. The contract is one suite for every engine; asserts in it explain themselves as those of tests do."""

import pytest

pytest.register_assert_rewrite(*(f"tests.search.contract{part}" for part in ("", "_orders", "_rebuilds", "_writes")))
