"""The whole service for these tests."""

from tests.whole_service import parts, service
from tests.world import origin, world

__all__ = ["origin", "parts", "service", "world"]
