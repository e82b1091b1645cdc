"""How often an alert would have fired, before it is saved."""

from models.criteria_checks import check_job_offer_criteria
from models.job_offer_criteria import JobOfferCriteria
from notifications import estimate as notifications
from resolvers.context import Context


async def estimate(context: Context, criteria: JobOfferCriteria) -> notifications.Estimate:
    """The figure that decides whether an alert may be saved. Raises what saving it would raise."""
    context.only_once("ONE_ESTIMATE")
    check_job_offer_criteria(criteria)
    return await notifications.estimate(context.database, criteria, context.now())
