"""What the process counts, in the form Prometheus reads. No label is taken from what clients send."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector, generate_latest

from models.index_verification import IndexVerification

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The metrics of one application; several may live in one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._operations = Counter("placement_operations", "GraphQL operations.", ["type", "outcome"], registry=self._registry)
        self._operation_seconds = Histogram(
            "placement_operation_seconds",
            "Duration of queries and mutations.",
            ["type"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._responses = Counter("placement_responses", "HTTP responses.", ["route", "status"], registry=self._registry)
        self.sockets = Gauge("placement_open_sockets", "Open WebSocket connections.", registry=self._registry)
        self.outbox_due = Gauge("placement_outbox_due", "Outbox entries that are due.", registry=self._registry)
        self.outbox_lag = Gauge("placement_outbox_lag_seconds", "Age of the oldest due entry.", registry=self._registry)
        self._outbox_attempts = Gauge(
            "placement_outbox_attempts", "Most failed attempts at an entry, by its kind.", ["kind"], registry=self._registry
        )
        self.deadlines_due = Gauge("placement_deadlines_due", "Deadlines that have come.", registry=self._registry)
        self.deadlines_lag = Gauge(
            "placement_deadlines_lag_seconds", "Time since the oldest of them has come.", registry=self._registry
        )
        self._index_differences = Gauge(
            "placement_index_differences",
            "Documents in which an index differed from the database, at the last verification.",
            ["kind", "difference"],
            registry=self._registry,
        )
        self._index_verified = Gauge(
            "placement_index_verified_timestamp_seconds", "When that was.", ["kind"], registry=self._registry
        )

        self.sweep_found = Gauge(
            "placement_alert_sweep_found_total",
            "Times that alerts had not told of what they match. More than 0 is a defect.",
            registry=self._registry,
        )

    def operation(self, of_type: str, outcome: str, seconds: float) -> None:
        """A subscription lasts as long as its client wants: it is counted, not timed."""
        self._operations.labels(of_type, outcome).inc()
        if of_type in ("query", "mutation"):
            self._operation_seconds.labels(of_type).observe(seconds)

    def response(self, route: str, status: int) -> None:
        self._responses.labels(route, str(status)).inc()

    def failing(self, attempts: Mapping[str, int]) -> None:
        """Kinds of which nothing has failed have no figure."""
        self._outbox_attempts.clear()
        for kind, most in attempts.items():
            self._outbox_attempts.labels(kind).set(most)

    def index(self, verification: IndexVerification) -> None:
        """What was last found of an index. A kind that was never compared has no figures."""
        for difference in ("missing", "stale", "surplus"):
            self._index_differences.labels(verification.kind, difference).set(getattr(verification, difference))
        self._index_verified.labels(verification.kind).set(verification.verified_at.timestamp())

    def text(self) -> bytes:
        return generate_latest(self._registry)
