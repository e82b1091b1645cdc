"""A service with somebody of every role, for the tests that ask who may do what."""

from tests.world import origin, world

__all__ = ["origin", "world"]
