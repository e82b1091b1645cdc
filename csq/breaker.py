"""Leaves a registry alone that does not answer. Counts answers for the registry as a whole and not by question, knows nothing of
who asks, and is of one process: each finds out for itself."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from random import uniform

from csq.registry import RESTING, Answer, Registry
from models.certificate import Certificate, Verdict

log = logging.getLogger("placement.registry")

UNANSWERED = 5
"""In a row; then the registry gets a rest."""
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=10)
LONGEST_ASKED_FOR = timedelta(hours=1)
"""However long the registry asks to be left alone."""
PROBE = timedelta(seconds=10)
"""How long those wait who come while one question finds out whether the registry is back."""


class Breaker:
    """A registry that is asked through it. After UNANSWERED questions without an answer nothing is asked for a while, at once
    when the registry itself says for how long; then one question alone is put. An answer ends it, none makes the next rest
    twice as long."""

    def __init__(self, registry: Registry, now: Callable[[], datetime]) -> None:
        self._registry, self._now = registry, now
        self._unanswered = self._rests = 0
        self._until: datetime | None = None
        self._probing = False

    async def validate(self, certificate: Certificate, attempt: int) -> Answer:
        left = self._left()
        if left is not None:
            return Answer(Verdict.NO_ANSWER, RESTING, left)
        self._probing = probing = self._until is not None
        try:
            answer = await self._registry.validate(certificate, attempt)
        finally:
            if probing:  # also when whoever asked has gone away meanwhile
                self._probing = False
        self._learn(answer, probing)
        return answer

    async def close(self) -> None:
        await self._registry.close()

    def _left(self) -> timedelta | None:
        """How long nothing is asked from now on; None when it may be."""
        if self._until is None:
            return None
        if self._probing:
            return PROBE
        left = self._until - self._now()
        return left if left > timedelta(0) else None

    def _learn(self, answer: Answer, probing: bool) -> None:
        """What was put before a rest began and fails during it has been counted: it makes the rest no longer."""
        if answer.verdict is not Verdict.NO_ANSWER:
            self._wake()
        elif probing or self._until is None:
            self._unanswered += 1
            self._rest(min(answer.retry_after or timedelta(0), LONGEST_ASKED_FOR))

    def _rest(self, asked_for: timedelta) -> None:
        tired = self._unanswered >= UNANSWERED
        own = min(FIRST_REST * 2.0 ** min(self._rests, 10), LONGEST_REST) * uniform(0.8, 1.0) if tired else timedelta(0)
        if tired or asked_for:
            self._rests += tired
            self._until = self._now() + max(own, asked_for)
            log.warning("the registry is left alone for %.0f s", max(own, asked_for).total_seconds())

    def _wake(self) -> None:
        if self._until is not None:
            log.info("the registry answers again")
        self._unanswered = self._rests = 0
        self._until = None
