"""Killed half way through many conversations and started again: what was lost, and what was said twice."""

from dataclasses import dataclass
from itertools import groupby

from .contestant import Contestant
from .crowd import Crowd
from .measure import QUIET, Size, launch, world


@dataclass(frozen=True)
class Losses:
    """Of so many updates and conversations, what a kill in the middle cost."""

    updates: float
    missing: float
    doubled: float
    conversations_lost: float


async def kill_half_way(contestant: Contestant, size: Size) -> Losses:
    """People go on writing while the process is dead, as people do."""
    async with world() as (api, folder):
        running, _ = await launch(contestant, api, folder)
        try:
            await Crowd(api, contestant.preparation, 0, size.durability_chats).rush()
            crowd = Crowd(api, contestant.script, 0, size.durability_chats)
            half = crowd.updates // 2
            await crowd.stream(size.durability_rate, half)
            running.kill()
            running, _ = await launch(contestant, api, folder)
            await crowd.stream(size.durability_rate, crowd.updates - half)
            await crowd.settle(QUIET)
        finally:
            running.stop()
        return _count(crowd, contestant)


def _count(crowd: Crowd, contestant: Contestant) -> Losses:
    """The same text twice running is a doubled reply: no two questions of a form are the same."""
    heard = [[text for text, _ in groupby(walker.replies)] for walker in crowd.walkers]
    replies = sum(len(walker.replies) for walker in crowd.walkers)
    expected = len(contestant.script)
    return Losses(
        updates=crowd.updates,
        missing=sum(max(0, expected - len(texts)) for texts in heard),
        doubled=replies - sum(map(len, heard)),
        conversations_lost=sum(not texts or contestant.closing not in texts[-1] for texts in heard),
    )
