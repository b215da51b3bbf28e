"""What people do, and what becomes of what they were sent, comes signed, again if need be, in whatever parcels."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, web

from .chats import Bell
from .graph import GraphApi, Order, Phone
from .graph.errors import Json
from .graph.webhook import SIGNATURE


class Receiver:
    """A callback of our own: refuses the first `refusals` deliveries, or hangs up on them."""

    def __init__(self, secret: str) -> None:
        self.refusals, self.hangs_up = 0, False
        self.bodies: list[Json] = []
        self.bell = Bell()
        self._secret = secret.encode()

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        if request.method == "GET":
            query = request.query
            return web.Response(text=query["hub.challenge"] if query["hub.verify_token"] == "kata" else "")
        body = await request.read()
        expected = "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        if request.headers.get(SIGNATURE) != expected:
            return web.Response(status=401)
        if self.refusals:
            self.refusals -= 1
            if self.hangs_up and request.transport is not None:
                request.transport.close()
            return web.Response(status=503)
        self.bodies.append(json.loads(body))
        self.bell.ring()
        return web.Response()

    @property
    def values(self) -> list[Json]:
        return [change["value"] for body in self.bodies for entry in body["entry"] for change in entry["changes"]]

    def all_of(self, kind: str) -> list[Any]:
        return [item for value in self.values for item in value.get(kind, [])]

    async def gets(self, kind: str, count: int) -> list[Any]:
        async with asyncio.timeout(5):
            while len(self.all_of(kind)) < count:
                await self.bell.wait()
        return self.all_of(kind)


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[GraphApi]:
    async with GraphApi() as graph:
        graph.webhook.pause = 0.01
        yield graph


@pytest_asyncio.fixture
async def receiver(graph: GraphApi) -> AsyncIterator[Receiver]:
    receiver = Receiver(graph.app_secret)
    runner = web.ServerRunner(web.Server(receiver, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    graph.callback_url = f"http://127.0.0.1:{runner.addresses[0][1]}/whatsapp"
    yield receiver
    await runner.cleanup()


@pytest_asyncio.fixture
async def siti(graph: GraphApi, receiver: Receiver) -> Phone:
    return graph.phones.person("Siti")


async def send(graph: GraphApi, message: Json, data: str = "rk-7") -> str:
    """One message of the office; its wamid."""
    head = {"messaging_product": "whatsapp", "biz_opaque_callback_data": data}
    url = f"{graph.url}/v25.0/{graph.phone_number_id}/messages"
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with ClientSession(headers=headers) as session, session.post(url, json=head | message) as answer:
        return str((await answer.json())["messages"][0]["id"])


def text(words: str = "Halo") -> Json:
    return {"type": "text", "text": {"body": words}}


async def test_the_first_call_asks_for_the_challenge(graph: GraphApi, receiver: Receiver) -> None:
    assert await graph.webhook.verify("kata")
    assert not await graph.webhook.verify("lain")


async def test_a_message_names_its_sender_by_number_and_user_id(receiver: Receiver, siti: Phone) -> None:
    said = await siti.says("halo / selamat pagi 🙏")
    (message,) = await receiver.gets("messages", 1)
    assert (message["id"], message["text"]["body"]) == (said, "halo / selamat pagi 🙏")
    assert (message["from"], message["from_user_id"]) == (siti.number, siti.user_id)
    (contact,) = receiver.all_of("contacts")
    assert contact == {"profile": {"name": "Siti"}, "wa_id": siti.number, "user_id": siti.user_id}


async def test_the_number_may_be_hidden_and_older_payloads_have_no_user_id(graph: GraphApi, receiver: Receiver) -> None:
    await graph.phones.person("Budi", hidden=True).says("halo")
    (message,) = await receiver.gets("messages", 1)
    assert "from" not in message
    assert "wa_id" not in receiver.all_of("contacts")[0]
    await graph.phones.person("Sri", old=True).says("halo")
    _, message = await receiver.gets("messages", 2)
    assert "from_user_id" not in message
    assert "user_id" not in receiver.all_of("contacts")[1]


async def test_what_is_not_taken_comes_again(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    receiver.refusals = 2
    await siti.says("halo")
    await receiver.gets("messages", 1)
    receiver.refusals, receiver.hangs_up = 2, True
    await siti.says("masih di sana?")
    assert len(await receiver.gets("messages", 2)) == 2
    await graph.webhook.settled()
    assert (graph.webhook.refusals, graph.webhook.given_up) == (4, [])


async def test_somebody_who_was_away_gets_everything_later(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    there, graph.callback_url = graph.callback_url, "http://127.0.0.1:9/whatsapp"
    await siti.says("halo")
    await send(graph, siti.address | text())
    await asyncio.sleep(0.1)
    assert not receiver.bodies
    graph.callback_url = there
    await receiver.gets("messages", 1)
    assert {status["status"] for status in await receiver.gets("statuses", 3)} == {"sent", "delivered", "read"}


async def test_nobody_is_waited_for_for_ever(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    graph.webhook.patience, receiver.refusals = 0.05, 1000
    await siti.says("halo")
    await graph.webhook.settled()
    assert len(graph.webhook.given_up) == 1


async def test_a_delivery_may_come_twice_and_several_in_one(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    graph.webhook.duplicate = True
    await siti.says("halo")
    first, second = await receiver.gets("messages", 2)
    assert first == second
    graph.webhook.duplicate = False
    with graph.webhook.batch():
        for number in range(5):
            await siti.says(str(number))
        await graph.phones.person("Budi").says("halo")
    await receiver.gets("messages", 8)
    (body,) = receiver.bodies[2:]
    sizes = [[len(change["value"]["messages"]) for change in entry["changes"]] for entry in body["entry"]]
    assert sizes == [[1, 2], [1, 2]]


ORDERS = {
    Order.IN_ORDER: ["sent", "delivered", "read"],
    Order.REVERSED: ["read", "delivered", "sent"],
    Order.DUPLICATED: ["sent", "sent", "delivered", "delivered", "read", "read"],
    Order.TOGETHER: ["sent", "delivered", "read"],
    Order.EARLY: ["sent", "delivered", "read"],
}


@pytest.mark.parametrize("order", ORDERS)
async def test_statuses_come_in_the_order_that_was_asked_for(
    graph: GraphApi, receiver: Receiver, siti: Phone, order: Order
) -> None:
    await siti.says("halo")
    graph.statuses.order = order
    wamid = await send(graph, siti.address | text())
    if order is Order.EARLY:
        assert len(receiver.all_of("statuses")) == 3, "before the answer"
    told = await receiver.gets("statuses", len(ORDERS[order]))
    assert [status["status"] for status in told] == ORDERS[order]
    for status in told:
        assert (status["id"], status["biz_opaque_callback_data"]) == (wamid, "rk-7")
        assert (status["recipient_id"], status["recipient_user_id"]) == (siti.number, siti.user_id)


async def test_a_status_of_what_went_to_a_user_id_has_no_number(graph: GraphApi, receiver: Receiver) -> None:
    budi = graph.phones.person("Budi", hidden=True)
    await budi.says("halo")
    graph.statuses.reads = False
    await send(graph, budi.address | text())
    for status in await receiver.gets("statuses", 2):
        assert "recipient_id" not in status
        assert status["recipient_user_id"] == budi.user_id


async def test_what_cannot_arrive_fails_later(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    await send(graph, siti.address | text("jendela tertutup"))
    await siti.says("halo")
    await siti.blocks()
    await send(graph, siti.address | text("diblokir"))
    await siti.unblocks()
    graph.statuses.fails(131049, person=siti.id)
    await send(graph, siti.address | text("ditahan"))
    await send(graph, {"to": "6281299999999"} | text("tidak ada"))
    told = await receiver.gets("statuses", 4)
    assert sorted(status["errors"][0]["code"] for status in told) == [131026, 131026, 131047, 131049]
    assert {status["status"] for status in told} == {"failed"}
    assert not siti.screens


async def test_a_tap_carries_what_the_button_means(graph: GraphApi, receiver: Receiver, siti: Phone) -> None:
    await siti.says("halo")
    tapping = asyncio.create_task(siti.taps("Setuju"))
    action = {"buttons": [{"type": "reply", "reply": {"id": "1.ya", "title": "Setuju"}}]}
    interactive = {"type": "button", "body": {"text": "?"}, "action": action}
    wamid = await send(graph, siti.address | {"type": "interactive", "interactive": interactive})
    await tapping
    _, tap = await receiver.gets("messages", 2)
    assert tap["interactive"] == {"type": "button_reply", "button_reply": {"id": "1.ya", "title": "Setuju"}}
    assert tap["context"]["id"] == wamid


async def test_the_switch_of_the_messenger_and_a_new_number_are_told(receiver: Receiver, siti: Phone) -> None:
    old = siti.user_id
    await siti.stops()
    (preference,) = await receiver.gets("user_preferences", 1)
    assert (preference["value"], preference["user_id"]) == ("stop", old)
    await siti.changes_number("6281277777777")
    (message,) = await receiver.gets("messages", 1)
    assert (message["from_user_id"], message["system"]["type"]) == (old, "user_changed_number")
    assert (message["system"]["wa_id"], message["system"]["user_id"]) == (siti.number, siti.user_id)
    assert siti.user_id != old


async def test_a_forged_delivery_can_be_tried(graph: GraphApi, receiver: Receiver) -> None:
    assert await graph.webhook.post(b"{}", None) == 401
    assert await graph.webhook.post(b"{}", "sha256=" + "0" * 64) == 401
    assert await graph.webhook.post(b'{"entry":[]}', graph.webhook.sign(b'{"entry":[]}')) == 200
