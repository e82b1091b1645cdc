"""Job alerts, among alerts: those of candidates, for offers."""

from models.criteria_checks import check_job_offer_criteria
from models.job_alert import JobAlert, JobAlertFrequency
from models.job_offer_criteria import JobOfferCriteria
from models.stored_criteria import to_json
from notifications.audience import OFFERS
from notifications.estimate import Estimate, estimate
from resolvers import alert
from resolvers.alert import Manner, Wanted
from resolvers.context import Context
from resolvers.idempotency import Request


async def _estimate(context: Context, criteria: JobOfferCriteria) -> Estimate:
    return await estimate(context.database, criteria, context.now())


JOB_ALERTS = Manner(JobAlert, OFFERS, "JobAlert", 50, "TOO_MANY_ALERTS", check_job_offer_criteria, _estimate)


async def create(
    context: Context, name: str, frequency: JobAlertFrequency, criteria: JobOfferCriteria, idempotency_key: str | None
) -> JobAlert:
    """Keeps a new alert of the caller. Raises what resolvers.alert.create raises."""
    source = {"name": name, "frequency": frequency.value, "criteria": to_json(criteria)}
    request = Request("createJobAlert", idempotency_key, source)
    return await alert.create(context, JOB_ALERTS, Wanted(name, frequency, criteria), request)
