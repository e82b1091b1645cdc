"""What is refused of applications. Not a test itself."""

from uuid import UUID

from schema.node import global_id
from tests.path.refused import Refused, conflict, invalid, not_eligible, refused
from tests.world import World


def _with(key: str, what: str) -> Refused:
    """An application with something else in it that is not for the caller."""

    def changes(world: World) -> dict[str, str]:
        return {key: world.ids[what]}

    return refused("applyToJobOffer", "NotFound", "NOT_FOUND", what).where(changes)


APPLICATIONS = [
    invalid("applyToJobOffer", {"coverLetter": "TOO_LONG"}, coverLetter="x" * 5001),
    invalid("applyToJobOffer", {"coverLetter": "UNFIT_CHARACTER"}, coverLetter="a\x00b"),
    *(_with("candidacyId", what) for what in ("draft of the other candidate", "published offer", "profile")),
    *(_with("jobOfferId", what) for what in ("draft offer", "offer of the suspended member", "published candidacy")),
    refused("applyToJobOffer", "NotFound", "NOT_FOUND", "no such offer", jobOfferId=global_id("JobOffer", UUID(int=1))),
    refused("applyToJobOffer", "Conflict", "JOB_OFFER_ENDED").where(lambda world: {"jobOfferId": world.ids["closed offer"]}),
    refused("applyToJobOffer", "Conflict", "CANDIDACY_INCOMPLETE").where(
        lambda world: {"candidacyId": world.ids["empty candidacy"]}
    ),
    refused("applyToJobOffer", "Conflict", "DUPLICATE_APPLICATION").where(
        lambda world: {"candidacyId": world.ids["published candidacy"]}
    ),
    *(
        not_eligible("applyToJobOffer", code)
        .by(role)
        .where(lambda world, role=role: {"candidacyId": world.ids[f"draft of the {role}"]})  # type: ignore[misc]
        for role, code in (("pending candidate", "REGISTRATION_PENDING"), ("expired candidate", "CERTIFICATE_EXPIRED"))
    ),
    *(
        conflict(act, "APPLICATION_STEP_NOT_POSSIBLE", what)
        for act, what in (
            ("reviewApplication", "application under review"),
            ("inviteToInterview", "application"),
            ("offerPosition", "application under review"),
            ("recordHire", "application at interview"),
        )
    ),
    invalid("withdrawApplication", {"reason": "TOO_LONG"}, reason="x" * 5001),
    invalid("inviteToInterview", {"message": "UNFIT_CHARACTER"}, message="a\x00b"),
    invalid("offerPosition", {"message": "TOO_LONG"}, message="x" * 5001),
    invalid("declineApplication", {"message": "TOO_LONG"}, message="x" * 5001),
    invalid("declineApplication", {"message": "REQUIRED"}, reason="OTHER", message=" "),
]
"""Wrong inputs, what one may not apply with or to, and steps that do not follow."""
