"""The whole service for these tests."""

from tests.whole_service import parts, service

__all__ = ["parts", "service"]
