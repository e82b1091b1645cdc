"""Offers that tests post by the API. Not a test itself."""

from typing import Any

from tests.service import Service

OFFER = {
    "title": {"fr": "Poste"},
    "description": {"fr": "Travail."},
    "region": "06",
    "contractType": "PERMANENT",
    "workMode": "ON_SITE",
}


async def post(service: Service, employer: str, occupation: str = "31301", **changes: Any) -> str:
    """The number of a published offer."""
    entered = {**OFFER, "occupation": occupation, **changes}
    draft = await service.act("createJobOffer", "... on JobOffer { id number }", employer, **entered)
    published = await service.act("publishJobOffer", "... on JobOffer { status }", employer, id=draft["id"])
    assert published["status"] == "PUBLISHED", published
    return str(draft["number"])
