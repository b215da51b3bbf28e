"""The HTTP server: the channels' own routes, and what an administrator's machines ask."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.channels.callers import Callers
from bot.metrics import REGISTRY, WAITING
from bot.version import our_version
from bot.web.entrance import INSIDE, PATIENT, Entrance, Inside, connections_at_most, orderly
from storage.database.database import Database, Transaction
from storage.mail import inbox, outbox

LOG = logging.getLogger(__name__)
SHUTDOWN = 5.0
"""Seconds an open page gets to end by itself."""
PATIENCE = 3.0
"""Seconds the database gets to count what waits; without it the rest is told."""


def site(
    database: Database, routes: Iterable[web.AbstractRouteDef], ailing: Callable[[], Awaitable[str]]
) -> web.Application:
    """The application; `ailing` says in one word what is not well, or nothing."""

    alive = f"ok {our_version()}\n"

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text=alive)

    async def readyz(_: web.Request) -> web.Response:
        what = await ailing()
        return web.Response(status=503 if what else 200, text=f"{what or 'ok'}\n")

    async def metrics(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE):
                await database.transact(measure)
        except Exception as fault:
            LOG.error("nobody could count what waits (%s)", type(fault).__name__)
        return web.Response(body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application(middlewares=[orderly])
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    app.add_routes(routes)
    return app


def measure(tx: Transaction) -> None:
    WAITING.labels("inbox").set(inbox.how_many(tx))
    WAITING.labels("outbox").set(outbox.counts(tx).get("waiting", 0))


async def serve(app: web.Application, host: str, port: int, callers: Callers) -> tuple[web.AppRunner, int]:
    """Listen; the runner to clean up, and the port (chosen by the system when it was 0)."""
    app[INSIDE] = inside = Inside(callers, connections_at_most())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN, **PATIENT)
    await runner.setup()
    await Entrance(runner, host, port, inside).start()
    return runner, int(runner.addresses[0][1])
