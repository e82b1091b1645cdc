"""What is refused of contact requests. Not a test itself."""

from uuid import UUID

from schema.node import global_id
from tests.path.refused import conflict, invalid, refused

CONTACTS = [
    invalid("requestContact", {"message": "REQUIRED"}, message=" "),
    invalid(
        "requestContact", {"message": "TOO_LONG", "candidacyNumber": "TOO_LONG"}, message="x" * 2001, candidacyNumber="B" * 151
    ),
    invalid("requestContact", {"message": "UNFIT_CHARACTER"}, message="a\x00b"),
    refused("requestContact", "NotFound", "NOT_FOUND", "no such candidacy", candidacyNumber="BBBB-2222"),
    *(
        refused("requestContact", "NotFound", "NOT_FOUND", what).where(
            lambda world, what=what: {"candidacyNumber": world.numbers[what]}  # type: ignore[misc]
        )
        for what in ("draft of the candidate", "withdrawn candidacy")
    ),
    *(
        refused("requestContact", "NotFound", "NOT_FOUND", what).where(
            lambda world, what=what: {"jobOfferId": world.ids[what]}  # type: ignore[misc]
        )
        for what in ("offer of the other member", "published candidacy")
    ),
    refused("requestContact", "NotFound", "NOT_FOUND", "no such offer", jobOfferId=global_id("JobOffer", UUID(int=1))),
    refused("requestContact", "Conflict", "JOB_OFFER_NOT_OPEN").where(lambda world: {"jobOfferId": world.ids["draft offer"]}),
    invalid("acceptContact", {"reply": "TOO_LONG"}, reply="x" * 2001),
    invalid("declineContact", {"reply": "UNFIT_CHARACTER"}, reply="a\x00b"),
    conflict("acceptContact", "CONTACT_NOT_PENDING", "accepted request"),
    conflict("declineContact", "CONTACT_NOT_PENDING", "accepted request"),
    conflict("cancelContactRequest", "CONTACT_NOT_PENDING", "accepted request"),
    conflict("withdrawContact", "CONTACT_NOT_ACCEPTED", "contact request"),
]
"""Wrong inputs, whom and what one may not ask about, and states in which there is nothing to answer or to end."""
