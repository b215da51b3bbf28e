"""The figures of all rounds as one Markdown table: medians, and ours against python-telegram-bot's."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from statistics import median
from typing import Any

from .durability import Losses
from .measure import Figures, Size

LABELS = {
    "updates_per_second": "updates per second to the last reply, {rush_chats:,} chats at once",
    "p50_ms": "reply latency at {steady_rate:.0f} updates/s, p50 (ms)",
    "p99_ms": "the same, p99 (ms)",
    "own_p99_ms": "lateness of the measuring program itself, p99 (ms)",
    "cpu_ms_per_update": "CPU per update at that rate (ms)",
    "unanswered": "updates without a reply, nothing killed",
    "peak_memory": "peak memory (MiB)",
    "idle_memory": "idle memory after the start (MiB)",
    "ready_seconds": "seconds from start to the first getUpdates",
    "updates": "updates, killed half way",
    "missing": "replies missing after the kill",
    "doubled": "replies said twice",
    "conversations_lost": "conversations lost, of {durability_chats:,}",
}
Rounds = Mapping[str, Sequence[Figures | Losses]]


def table(rounds: Rounds, size: Size, ours: str, reference: str) -> str:
    """One column for each contestant; the ratio only where both were measured."""
    names = list(rounds)
    ratio = ours in rounds and reference in rounds
    head = ["median of the rounds", *names] + ([f"{ours} / {reference}"] if ratio else [])
    lines = [_line(head), _line(["---"] + ["---:"] * (len(head) - 1))]
    for name, label in LABELS.items():
        values = {who: _median(rounds[who], name) for who in names}
        cells = [label.format(**size._asdict()), *map(_number, values.values())]
        lines.append(_line(cells + ([_ratio(values[ours], values[reference])] if ratio else [])))
    return "\n".join(lines)


def _median(results: Sequence[Any], name: str) -> float | None:
    values = [getattr(result, name) for result in results if name in {part.name for part in fields(result)}]
    return median(values) if values else None


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _ratio(ours: float | None, theirs: float | None) -> str:
    return "–" if ours is None or not theirs else f"{ours / theirs:.2f} ×"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
