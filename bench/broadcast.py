"""`python -m bench.broadcast`: an announcement to many, beside a loop of python-telegram-bot with its rate limiter."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .blast import PER_SECOND, Losses, Size, Speed, killed, steady
from .contestant import Contestant
from .crowds import Crowd, measure_crowd
from .ours import OURS

LOOP = Contestant("python-telegram-bot, AIORateLimiter", (sys.executable, "-m", "bench.peers.ptb_blast"), (), "")
SHARE = 0.8
"""Of the rate an announcement may use: the rest is kept for replies."""
LABELS = {
    "peak_memory": "peak memory of the process (MiB)",
    "list_seconds": "seconds to write the ledger",
    "plan_seconds": "seconds of a plan",
    "longest_ms": "its longest single piece (ms)",
    "progress_ms": "one look at the progress (ms)",
    "outbox": "parcels waiting in the outbox",
}
QUICK = Size(steady=300, killed=300, kills=3, crowds=(10_000, 100_000))


async def compare(size: Size, folder: Path) -> tuple[dict[str, Speed], dict[str, Losses], list[Crowd]]:
    """One after the other, so that nobody disturbs anybody."""
    speeds, losses, crowds = dict[str, Speed](), dict[str, Losses](), list[Crowd]()
    for name in ("steady0", "steady1", "killed0", "killed1", *(f"crowd{people}" for people in size.crowds)):
        (folder / name).mkdir()
    for place, one in enumerate((OURS, LOOP)):
        speeds[one.name] = await steady(one, folder / f"steady{place}", size.steady)
        print(one.name, speeds[one.name], file=sys.stderr)
        losses[one.name] = await killed(one, folder / f"killed{place}", size.killed, size.kills)
        print(one.name, losses[one.name], file=sys.stderr)
    for people in size.crowds:
        crowds.append(await measure_crowd(OURS, folder / f"crowd{people}", people))
        print(crowds[-1], file=sys.stderr)
    return speeds, losses, crowds


def tables(speeds: dict[str, Speed], losses: dict[str, Losses], crowds: Sequence[Crowd]) -> str:
    names = list(speeds)
    head = [["one announcement", *names], ["---", *["---:"] * len(names)]]
    rows = [
        ["messages a second", *(f"{speeds[name].per_second:.2f}" for name in names)],
        ["share of the provider's rate", *(f"{speeds[name].per_second / PER_SECOND:.1%}" for name in names)],
        ["share of what an announcement may use", f"{speeds[names[0]].per_second / PER_SECOND / SHARE:.1%}", "–"],
        ["429 caused at a steady limit", *(f"{speeds[name].refusals:.0f}" for name in names)],
        ["a reply meanwhile, p50 (ms)", *(f"{speeds[name].reply_p50_ms:.0f}" for name in names)],
        ["the same, p99 (ms)", *(f"{speeds[name].reply_p99_ms:.0f}" for name in names)],
        ["recipients, with a bad network", *(f"{losses[name].recipients:,.0f}" for name in names)],
        ["kills", *(f"{losses[name].kills:.0f}" for name in names)],
        ["missed and named nowhere", *(f"{losses[name].missed:,.0f}" for name in names)],
        ["got it twice", *(f"{losses[name].doubled:,.0f}" for name in names)],
        ["in doubt, counted and named", *(f"{losses[name].in_doubt:,.0f}" for name in names)],
    ]
    sizes = [[label, *(f"{asdict(crowd)[name]:,.1f}" for crowd in crowds)] for name, label in LABELS.items()]
    many = [["recipients", *(f"{crowd.recipients:,}" for crowd in crowds)], ["---", *["---:"] * len(crowds)]]
    return "\n".join(map(line, head + rows)) + "\n\n" + "\n".join(map(line, many + sizes))


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.broadcast", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer recipients, for a first look")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        print(tables(*asyncio.run(compare(QUICK if asked.quick else Size(), Path(folder)))))


if __name__ == "__main__":
    main()
