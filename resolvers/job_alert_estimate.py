"""How often an alert would have fired, before it is saved."""

from models.criteria_checks import check_job_offer_criteria
from models.job_offer_criteria import JobOfferCriteria
from notifications.estimate import Estimate
from resolvers.alert import estimate_for
from resolvers.context import Context
from resolvers.job_alert import JOB_ALERTS


async def estimate(context: Context, criteria: JobOfferCriteria) -> Estimate:
    """The figure that decides whether an alert may be saved. Raises what saving it would raise."""
    check_job_offer_criteria(criteria)
    return await estimate_for(context, JOB_ALERTS, criteria)
