"""What Prometheus reads at /metrics: counts and times, never who."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
TURNS = Counter(
    "rumah_turns", "Arrivals worked off, by channel and how they ended", ["channel", "end"], registry=REGISTRY
)
SENDS = Counter("rumah_sends", "Outgoing items, by channel and outcome", ["channel", "outcome"], registry=REGISTRY)
SEND_SECONDS = Histogram("rumah_send_seconds", "Seconds a send took, by channel", ["channel"], registry=REGISTRY)
WAITING = Gauge("rumah_waiting", "Items that wait, by box", ["box"], registry=REGISTRY)
