"""Locks between processes."""

import time
from pathlib import Path

import pytest

from search.file_lock import Locked, held, is_held


def test_a_lock_is_held_for_the_length_of_the_block(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    assert not path.exists()
    with held(path):
        assert is_held(path)
    assert not is_held(path)


def test_who_cannot_have_a_lock_in_time_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        started = time.monotonic()
        with pytest.raises(Locked), held(path, patience=0.1):
            pass
        assert 0.1 <= time.monotonic() - started < 30


def test_a_lock_is_freed_by_a_block_that_fails(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(RuntimeError), held(path):
        raise RuntimeError
    with held(path, patience=0):
        assert is_held(path)
