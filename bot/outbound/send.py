"""From the outbox to the network: the only caller of a provider. Order is kept in each lane of a chat (its answers, its
notices, what goes to many); nobody waits for another.

Every send ends in one of four: sent, refused, to be tried again, or unknown. What an unknown one means is a rule
of its kind (bot/outbound/outcome.py).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple, TypeVar

from bot.channels.channel import Channel, Outcome, SendFailed
from bot.metrics import SEND_SECONDS, SENDS
from bot.outbound.gate import Gate
from bot.outbound.outcome import after_failure, in_time, pause, speaks, written
from bot.outbound.pace import Pace
from handlers.conversation.message import read
from storage.database.database import Database, Transaction
from storage.mail import claims, deliveries, outbox
from storage.mail.claims import Lane
from storage.mail.outbox import Parcel

T = TypeVar("T")
LOG = logging.getLogger(__name__)
QUICK, CLAIMED = 24, 256
"""Items in hand at once, and with those a slow network keeps us waiting for: what a crash leaves in doubt is never
more than this."""
SLOW = 0.5
"""Seconds after which a send no longer keeps others from being claimed: nobody waits for somebody else's network."""
SWEEP, TICK = 0.5, 0.05
"""Seconds between looks at the outbox for what has become due by itself; and for what goes to many, while it does."""
MANY = 64
"""Of what goes to many, so much in hand at once. It is claimed as its pace allows, so that little of it is in hand when
a process dies, and nothing of it stands between a person and their answer."""
PATIENCE = 5.0
"""Seconds an item waits in memory for its turn; a longer wait is given back to the outbox."""
GRACE = 20.0
"""Seconds a shutdown waits for what is claimed."""


class Claimed(NamedTuple):
    """How much was taken, singly and of what goes to many; and whether `more` of the latter may wait."""

    singles: int
    bulk: int
    more: bool


@dataclass
class Sender:
    """Claims what is due and sends it, each lane by itself."""

    database: Database
    channels: Mapping[str, Channel]
    paces: Mapping[str, Pace]
    gate: Gate
    clock: Callable[[], datetime]
    refused: set[str] = field(default_factory=set)
    """Channels whose provider takes nothing from us: until a call succeeds again we are not ready."""
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _lanes: dict[Lane, deque[Parcel]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _since: dict[int, float] = field(default_factory=dict)
    """When each item in hand was claimed, on the loop's clock; not what goes to many."""
    _many: set[int] = field(default_factory=set)
    """What is in hand of what goes to many."""
    _many_wait: bool = True
    """Whether more of it may wait than its pace allowed."""
    _reserved: int = 0
    """Room of a claim that is under way."""
    _stopping: bool = False
    _recovered: bool = False
    _full: bool = False
    """Whether more may wait than was in hand: then every item that is done makes room."""

    def wake(self) -> None:
        """There may be something to send."""
        self._awake.set()

    async def work(self) -> None:
        """Until cancelled: settle, once, what a dead process left in doubt, then send what is due."""
        if not self._recovered:
            await self.recover()
        while True:
            self._awake.clear()
            if not await self.claim_once() or not self._full:
                await self._rest()

    async def recover(self) -> None:
        """What was claimed when a process died: nobody can say whether it was sent, so its rule decides."""
        doubtful = await self.database.transact(self._doubt)
        self._recovered = True
        if doubtful:
            LOG.warning("%d outgoing items may have been sent before the last stop; their rule decides", doubtful)

    async def stop(self) -> None:
        """Finish what is claimed; give back, untouched, what does not get its turn in time."""
        self._stopping = True
        with suppress(TimeoutError):
            async with asyncio.timeout(GRACE):
                await self.settled()
        # The first of a lane is under way: nobody can say what becomes of it, and the next start finds it so.
        untried = [parcel.id for lane in self._lanes.values() for parcel in list(lane)[1:]]
        await self.database.transact(lambda tx: claims.release(tx, untried))

    async def settled(self) -> None:
        """Until nothing is in hand."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _rest(self) -> None:
        # Not `wait_for`: before Python 3.12 it can swallow the cancellation that ends us.
        with suppress(TimeoutError):
            async with asyncio.timeout(TICK if self._many_wait else SWEEP):
                await self._awake.wait()

    async def claim_once(self) -> int:
        """Take what is due into its lanes; how much that was."""
        many = self._room_for_many()
        if (self._room() <= 0 and not many) or self._asked_to_stop():
            self._full = self._room() <= 0
            return 0
        _, claimed = await self._claim_with(lambda tx: None, many)
        return claimed

    def _room_for_many(self) -> dict[str, int]:
        """How much of what goes to many may go now, by channel."""
        now, left = asyncio.get_running_loop().time(), MANY - len(self._many)
        return {name: room for name in self.channels if (room := min(self.paces[name].room(now), left)) > 0}

    async def send_what(self, turns: Callable[[Transaction], T]) -> T:
        """Run `turns` and claim what they wrote in the same commit: an answer leaves one commit earlier."""
        if self._recovered and self._room() > 0 and not self._asked_to_stop():
            outcome, _ = await self._claim_with(turns, {})
            return outcome
        outcome = await self.database.transact(turns)
        self.wake()
        return outcome

    async def _claim_with(self, turns: Callable[[Transaction], T], many: Mapping[str, int]) -> tuple[T, int]:
        room = max(0, self._room())
        self._reserved += room
        try:
            outcome, claimed, parcels = await self.database.transact(lambda tx: self._admitted(tx, turns, room, many))
        finally:
            self._reserved -= room
        if self._asked_to_stop():
            await written(self.database, lambda tx: claims.release(tx, [parcel.id for parcel in parcels]))
            return outcome, 0
        for parcel in parcels:
            self._take(parcel)
        self._full = claimed.singles >= room
        if many:
            self._many_wait = claimed.more
        return outcome, claimed.singles + claimed.bulk

    def _admitted(
        self, tx: Transaction, turns: Callable[[Transaction], T], room: int, many: Mapping[str, int]
    ) -> tuple[T, Claimed, list[Parcel]]:
        """What the turns returned, how much was due, and what of that may go."""
        outcome = turns(tx)
        singles = claims.claim(tx, list(self.channels), room, self.clock()) if room else []
        bulk = {name: claims.claim_bulk(tx, name, most, self.clock()) for name, most in many.items()}
        more = any(len(bulk[name]) >= most for name, most in many.items())
        every = [*singles, *chain.from_iterable(bulk.values())]
        return outcome, Claimed(len(singles), len(every) - len(singles), more), self.gate.admit(tx, every)

    def _asked_to_stop(self) -> bool:
        """Asked again after every wait: it may have changed meanwhile."""
        return self._stopping

    def _room(self) -> int:
        """How much more may be in hand now."""
        recent = asyncio.get_running_loop().time() - SLOW
        quick = sum(1 for since in self._since.values() if since > recent)
        return min(QUICK - quick, CLAIMED - len(self._since)) - self._reserved

    def _take(self, parcel: Parcel) -> None:
        """Into its lane; the answer to a button has no order to keep and goes at once."""
        if parcel.priority >= outbox.BULK:
            self._many.add(parcel.id)
        else:
            self._since[parcel.id] = asyncio.get_running_loop().time()
        if parcel.kind == "query":
            self._start(self._alone(parcel))
            return
        key = Lane.of(parcel)
        if key in self._lanes:
            self._lanes[key].append(parcel)
            return
        self._lanes[key] = deque([parcel])
        self._start(self._run(key))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            LOG.error("the sender stumbled: %s", type(task.exception()).__name__)
        if self._full:
            self.wake()

    async def _alone(self, parcel: Parcel) -> None:
        try:
            await self._deliver(parcel)
        finally:
            self._let_go(parcel.id)

    def _let_go(self, parcel_id: int) -> None:
        self._since.pop(parcel_id, None)
        self._many.discard(parcel_id)

    async def _run(self, key: Lane) -> None:
        """Send a lane's items one after the other; when one has to wait, the rest is given back."""
        lane, go_on = self._lanes[key], True
        try:
            while lane and go_on:
                go_on = await self._deliver(lane[0])
                self._let_go(lane[0].id)
                if lane.popleft().attempts > 1 and go_on:
                    self.wake()  # what waited behind it for its turn may go now
        finally:
            await self._give_back(lane)
            del self._lanes[key]

    async def _give_back(self, lane: deque[Parcel]) -> None:
        """Until it is empty: what is claimed meanwhile may not pass what is still being given back."""
        while lane:
            rest = [parcel.id for parcel in lane]
            await written(self.database, lambda tx, rest=rest: claims.release(tx, rest))  # type: ignore[misc]
            for parcel_id in rest:
                lane.popleft()
                self._let_go(parcel_id)

    async def _deliver(self, parcel: Parcel) -> bool:
        """Send one item and write down what became of it; False when it waits, and its lane with it."""
        pace = self.paces[parcel.channel]
        wait = pace.wait(parcel.address, parcel.priority > outbox.REPLY, asyncio.get_running_loop().time())
        if wait > PATIENCE or (wait and self._stopping):
            later = self.clock() + timedelta(seconds=wait)
            await written(self.database, lambda tx: outbox.postpone(tx, parcel.id, later, "pace"))
            return False
        pace.take(parcel.address, parcel.priority > outbox.REPLY)
        if wait:
            await asyncio.sleep(wait)
        try:
            with SEND_SECONDS.labels(parcel.channel).time():
                receipt = await self.channels[parcel.channel].send(parcel, in_time(read(parcel.body), self.clock()))
        except SendFailed as failed:
            return await self._failed(parcel, failed)
        except Exception as fault:
            # A fault of ours: nobody can say how far it got, so the rule for that decides, and nothing loops.
            LOG.error("sending stumbled: %s", type(fault).__name__)
            return await self._failed(parcel, SendFailed(Outcome.UNKNOWN, type(fault).__name__))
        SENDS.labels(parcel.channel, "sent").inc()
        self.refused.discard(parcel.channel)
        return await written(self.database, lambda tx: self._settled(tx, parcel, receipt))

    async def _failed(self, parcel: Parcel, failed: SendFailed) -> bool:
        SENDS.labels(parcel.channel, failed.outcome).inc()
        self.hear(parcel.channel, failed)
        wait = pause(parcel, failed)
        # Of what is in doubt its provider may tell any moment: nobody else's wait depends on that.
        if failed.outcome is Outcome.RETRY and (failed.whole_channel or (failed.whole_chat and speaks(parcel))):
            scope = None if failed.whole_channel else parcel.address
            self.paces[parcel.channel].hold(scope, asyncio.get_running_loop().time() + wait.total_seconds())
        return not await written(self.database, lambda tx: after_failure(tx, parcel, failed, wait, self.clock()))

    def hear(self, channel: str, failed: SendFailed) -> None:
        """A provider says, at once or later, that something is wrong with us."""
        if failed.alarm:
            LOG.error("channel %s refuses us (%s): check its settings", channel, failed.reason)
        if failed.alarm and failed.whole_channel:
            self.refused.add(channel)

    def _settled(self, tx: Transaction, parcel: Parcel, receipt: str) -> bool:
        """It was sent; False when its provider told us before that it failed, and it waits to be sent again."""
        settled = outbox.settle(tx, parcel.id, "sent", self.clock(), receipt=receipt, attempt=parcel.attempts)
        if receipt and self.channels[parcel.channel].tells_later:
            deliveries.catch_up(tx, parcel.channel, receipt)
        return settled or not claims.waits(tx, parcel.id)

    def _doubt(self, tx: Transaction) -> int:
        outbox.due_now(tx, self.clock())
        doubtful = claims.orphans(tx, self.channels)
        unknown = SendFailed(Outcome.UNKNOWN, "the process died while sending")
        for parcel in doubtful:
            after_failure(tx, parcel, unknown, self.channels[parcel.channel].tells_later, self.clock())
        return len(doubtful)
