"""The orders in which searches answer, as clients choose them and as the engine is asked."""

import enum

from search.engine import Order


class CandidacyOrder(enum.StrEnum):
    RELEVANCE = "RELEVANCE"
    PUBLISHED_AT = "PUBLISHED_AT"


class JobOfferOrder(enum.StrEnum):
    RELEVANCE = "RELEVANCE"
    PUBLISHED_AT = "PUBLISHED_AT"
    SALARY = "SALARY"


def engine_order(order: CandidacyOrder | JobOfferOrder, text: str | None) -> Order:
    """Relevance is to a text: without one, the newest come first."""
    asked = Order(order.value)
    return Order.PUBLISHED_AT if asked is Order.RELEVANCE and not (text or "").strip() else asked
