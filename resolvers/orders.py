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


def engine_order(order: CandidacyOrder | JobOfferOrder, text: str | None, matched: bool) -> Order:
    """Relevance is to what is to be matched, or else to a text: without either, the newest come first."""
    asked = Order(order.value)
    if asked is Order.RELEVANCE and matched:
        return Order.MATCH
    return Order.PUBLISHED_AT if asked is Order.RELEVANCE and not (text or "").strip() else asked
