"""`python -m bench.telegram`: the real process beside other libraries on a loopback Bot API, in turns.

This program is the Bot API's own process; each contestant is another one.
"""

import argparse
import asyncio
import importlib.util
import sys
from collections.abc import Sequence

from .contestant import PEERS, PTB, Contestant
from .durability import Losses, kill_half_way
from .measure import Figures, Size, measure
from .ours import OURS, UNBOUND
from .report import table

QUICK = Size(rush_chats=200, steady_seconds=4.0, durability_chats=60, durability_rate=60.0)


def contestants(only: Sequence[str]) -> list[Contestant]:
    """Everyone, or those whose name contains one of the words; ours only once it can be started."""
    everyone = [UNBOUND, *PEERS]
    if not OURS.script or importlib.util.find_spec("bot.__main__") is None:
        print("Rumah Kedua is left out: bench/ours.py or bot/__main__.py is not there yet.", file=sys.stderr)
        everyone.remove(UNBOUND)
    return [one for one in everyone if not only or any(word.lower() in one.name.lower() for word in only)]


async def compare(rivals: Sequence[Contestant], size: Size, rounds: int) -> dict[str, list[Figures | Losses]]:
    """A B C, A B C: what changes on the machine meanwhile touches all of them alike."""
    results: dict[str, list[Figures | Losses]] = {rival.name: [] for rival in rivals}
    for number in range(rounds):
        for rival in rivals:
            for trial in (measure, kill_half_way):
                result = await trial(rival, size)
                print(f"round {number + 1}: {rival.name}: {result}", file=sys.stderr)
                results[rival.name].append(result)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.telegram", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="fewer chats and less time, for a first look")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    asked = parser.parse_args()
    size = QUICK if asked.quick else Size()
    results = asyncio.run(compare(contestants(asked.only), size, asked.rounds))
    print(table(results, size, OURS.name, PTB.name))


if __name__ == "__main__":
    main()
