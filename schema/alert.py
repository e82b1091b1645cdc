"""What alerts of offers and searches for candidacies share in the API."""

from typing import Self

import strawberry

from models import job_alert as models
from schema.fields import doc

strawberry.enum(models.JobAlertStatus, description="Whether an alert tells of what is new.")
strawberry.enum(models.JobAlertFrequency, description="How often an alert tells by e-mail.")


@strawberry.type(description="How often criteria would have matched lately.")
class JobAlertEstimate:
    days: int = doc("Over how many days.")
    matches: int = doc("How many in all; of candidacies, those that the employer could see.")
    per_day: float = doc("How many a day.")

    @classmethod
    def of(cls, row: models.Alert) -> Self:
        days, matches = row.estimate_days, row.estimate_matches
        return cls(days=days, matches=matches, per_day=matches / days)
