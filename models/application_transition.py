"""The one table of what can become of an application: from which state to which, by whom, and whether a reason is demanded."""

import enum
from dataclasses import dataclass

from errors import Conflict
from models.application import ApplicationStatus


class Side(enum.StrEnum):
    CANDIDATE = "CANDIDATE"
    EMPLOYER = "EMPLOYER"
    SERVICE = "SERVICE"


class ServiceReason(enum.StrEnum):
    """Why the service itself ended an application. The texts are under `application.ended.` in the catalogues."""

    OFFER_CLOSED = "OFFER_CLOSED"
    OFFER_REMOVED = "OFFER_REMOVED"
    CANDIDACY_WITHDRAWN = "CANDIDACY_WITHDRAWN"
    FILE_ENDED = "FILE_ENDED"


@dataclass(frozen=True)
class Transition:
    source: ApplicationStatus
    target: ApplicationStatus
    side: Side
    reason: bool = False
    """Whether one must be given."""


SUBMITTED, UNDER_REVIEW, INTERVIEW, OFFERED, HIRED, DECLINED, WITHDRAWN, CLOSED = ApplicationStatus
LIVE = (SUBMITTED, UNDER_REVIEW, INTERVIEW, OFFERED)
"""States from which something can follow."""
TRANSITIONS = (
    Transition(SUBMITTED, UNDER_REVIEW, Side.EMPLOYER),
    Transition(UNDER_REVIEW, INTERVIEW, Side.EMPLOYER),
    Transition(INTERVIEW, OFFERED, Side.EMPLOYER),
    Transition(OFFERED, HIRED, Side.EMPLOYER),
    *(Transition(each, DECLINED, Side.EMPLOYER, reason=True) for each in LIVE),
    *(Transition(each, WITHDRAWN, Side.CANDIDATE) for each in LIVE),
    *(Transition(each, WITHDRAWN, Side.SERVICE, reason=True) for each in LIVE),
    *(Transition(each, CLOSED, Side.SERVICE, reason=True) for each in LIVE),
)


def allowed(status: ApplicationStatus, side: Side) -> list[ApplicationStatus]:
    """What that side can make of an application in that state, in the order of the table."""
    return [each.target for each in TRANSITIONS if each.source is status and each.side is side]


def transition(status: ApplicationStatus, target: ApplicationStatus, side: Side) -> Transition:
    """Raises Conflict where the table has no such step."""
    for each in TRANSITIONS:
        if (each.source, each.target, each.side) == (status, target, side):
            return each
    raise Conflict("APPLICATION_STEP_NOT_POSSIBLE")
