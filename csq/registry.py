"""What the service asks of the ministry's registry, and what it may answer. Who answers is in csq.sandbox and
csq.http_registry."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from models.certificate import Certificate, Verdict

RESTING = "REGISTRY_RESTING"
"""The problem of a question that was not put at all, because the registry is left alone for a while (csq.breaker)."""


@dataclass(frozen=True)
class Answer:
    """`problem` says in a stable code why there was no answer; `retry_after` is how long the registry asks to be left alone."""

    verdict: Verdict
    problem: str | None = None
    retry_after: timedelta | None = None

    @property
    def was_asked(self) -> bool:
        """Whether the registry was asked at all: what was not is no attempt."""
        return self.problem != RESTING


class Registry(Protocol):
    async def validate(self, certificate: Certificate, attempt: int) -> Answer:
        """What the registry says of the certificate. Never raises: whatever is not a verdict is NO_ANSWER.
        `attempt` counts the earlier times that the same was asked."""

    async def close(self) -> None:
        """Gives back what it holds open."""
