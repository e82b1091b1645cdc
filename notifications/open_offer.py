"""What keeps a job offer from people who were to be told of it."""

from datetime import date

from models.employer import Employer
from models.job_offer import JobOffer

EMPLOYER_NOT_AUTHENTICATED = "EMPLOYER_NOT_AUTHENTICATED"


def why_closed(offer: JobOffer, employer: Employer, today: date) -> str | None:
    """The code of what keeps the offer from people; None when it is open."""
    if not offer.open_on(today):
        return "JOB_OFFER_NOT_OPEN"
    return None if employer.authenticated else EMPLOYER_NOT_AUTHENTICATED
