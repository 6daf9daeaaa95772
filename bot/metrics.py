"""What is measured while running, for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one running bot, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = Counter(
            "etalon_updates", "Updates handled, by kind.", ["kind"], registry=self._registry
        )
        self.passed_over = Counter(
            "etalon_updates_passed_over",
            "Updates confirmed without having been handled, by why; confirmed_early: before.",
            ["why"],
            registry=self._registry,
        )
        self.handling = Histogram(
            "etalon_handling_seconds",
            "How long handling an update took.",
            buckets=SECONDS,
            registry=self._registry,
        )
        self.failures = Counter(
            "etalon_errors", "What went wrong, by where.", ["where"], registry=self._registry
        )
        self.deliveries = Counter(
            "etalon_deliveries",
            "Attempts to deliver a queued message, by outcome.",
            ["outcome"],
            registry=self._registry,
        )
        self.database_up = Gauge(
            "etalon_database_up",
            "Whether the database answers: 1 or 0; without it the figures below are old.",
            registry=self._registry,
        )
        self.database_writable = Gauge(
            "etalon_database_writable",
            "Whether a write was possible when it was tried: 1 or 0.",
            registry=self._registry,
        )
        self.outbox_depth = Gauge(
            "etalon_outbox_depth", "Queued messages that are due.", registry=self._registry
        )
        self.outbox_age = Gauge(
            "etalon_outbox_age_seconds",
            "How long the oldest of them has been due.",
            registry=self._registry,
        )
        self.schedule_lag = Gauge(
            "etalon_schedule_lag_seconds",
            "How long the most overdue schedule has been due.",
            registry=self._registry,
        )

    def failed(self, where: str) -> None:
        """Count an error."""
        self.failures.labels(where).inc()

    def page(self) -> bytes:
        """Return the figures in Prometheus' text format."""
        return generate_latest(self._registry)
