"""Every module with a table, imported so that the metadata is whole."""

from models import (
    account,
    agent,
    attempt,
    candidacy,
    candidate,
    consultation,
    employer,
    idempotency,
    job_alert,
    job_offer,
    notification,
    outbox,
    sign_in_session,
)

MODULES = (
    account,
    agent,
    attempt,
    candidacy,
    candidate,
    consultation,
    employer,
    idempotency,
    job_alert,
    job_offer,
    notification,
    outbox,
    sign_in_session,
)
