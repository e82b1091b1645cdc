"""Residence cases in the API: every step, for the person to read."""

from datetime import datetime
from typing import Self

import strawberry

from models import residence_case as models
from resolvers.candidate import Case
from schema.fields import doc

strawberry.enum(models.Residence, description="Where a person lives, as far as the service is concerned.")
strawberry.enum(models.ResidenceSource, description="Who says where a person lives.")
strawberry.enum(models.ResidenceStep, description="What happened in a residence case.")


@strawberry.type(description="One step of a residence case.")
class ResidenceEvent:
    at: datetime = doc("When.")
    step: models.ResidenceStep = doc("What happened.")
    by: models.ResidenceSource | None = doc("Who did it; null for the service itself. Agents are not named.")
    reason: str | None = doc("What an agent wrote of it, or the number of the candidacy that was withdrawn.")


@strawberry.type(description="What is done about a candidate who turned out to live in Canada.")
class ResidenceCase:
    residence: models.Residence = doc("Where the person was found to live.")
    source: models.ResidenceSource = doc("Who said so last.")
    opened_at: datetime = doc("When the notice was given.")
    deadline: datetime = doc("When every candidacy had, or has, to be withdrawn by.")
    closed_at: datetime | None = doc("When it was closed; null while it is open.")
    outcome: models.ResidenceStep | None = doc("How it was closed.")
    history: list[ResidenceEvent] = doc("Every step, oldest first.")

    @classmethod
    def of(cls, case: Case) -> Self:
        row = case.row
        return cls(
            residence=row.residence,
            source=row.source,
            opened_at=row.opened_at,
            deadline=row.deadline_at,
            closed_at=row.closed_at,
            outcome=row.outcome,
            history=[ResidenceEvent(at=each.at, step=each.step, by=each.source, reason=each.reason) for each in case.history],
        )
