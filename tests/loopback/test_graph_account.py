"""Files, facts about the account, and faults of the loopback Graph API."""

import asyncio
import hashlib
import hmac
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from aiohttp import ClientError, ClientSession, ClientTimeout, FormData

from .graph import GraphApi, Phone, Template, faults
from .graph.errors import Json
from .graph.faults import Fault
from .graph.media import MEGABYTE


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[GraphApi]:
    async with GraphApi() as graph:
        yield graph


@pytest_asyncio.fixture
async def client(graph: GraphApi) -> AsyncIterator[ClientSession]:
    headers = {"Authorization": f"Bearer {graph.token}"}
    async with ClientSession(f"{graph.url}/v25.0/", headers=headers, timeout=ClientTimeout(total=0.5)) as session:
        yield session


@pytest_asyncio.fixture
async def siti(graph: GraphApi) -> Phone:
    phone = graph.phones.person("Siti")
    await phone.says("halo")
    return phone


async def asked(client: ClientSession, path: str, **params: str) -> tuple[int, Json]:
    async with client.get(path, params=params) as answer:
        return answer.status, await answer.json()


def form(content: bytes, mime: str = "application/pdf") -> FormData:
    data = FormData({"messaging_product": "whatsapp", "type": mime})
    data.add_field("file", io.BytesIO(content), filename="surat.pdf", content_type=mime)
    return data


async def test_a_file_goes_up_and_comes_down_with_the_token(graph: GraphApi, client: ClientSession) -> None:
    async with client.post(f"{graph.phone_number_id}/media", data=form(b"%PDF-1.4 isi")) as answer:
        media_id = (await answer.json())["id"]
    _, facts = await asked(client, media_id)
    assert (facts["mime_type"], facts["file_size"]) == ("application/pdf", "12")
    async with client.get(facts["url"]) as answer:
        assert await answer.read() == b"%PDF-1.4 isi"
    async with ClientSession() as nobody, nobody.get(facts["url"]) as answer:
        assert answer.status == 401
    graph.clock.shift(timedelta(minutes=6))
    async with client.get(facts["url"]) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(("mime", "size"), [("image/jpeg", 5 * MEGABYTE + 1), ("application/x-msdownload", 1)])
async def test_a_file_too_large_or_of_no_known_type_is_a_breach(
    graph: GraphApi, client: ClientSession, mime: str, size: int
) -> None:
    async with client.post(f"{graph.phone_number_id}/media", data=form(bytes(size), mime)) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, 100)
    assert len(graph.violations) == 1


async def test_a_file_somebody_sends_is_found_by_its_id(graph: GraphApi, client: ClientSession, siti: Phone) -> None:
    await siti.sends_file("surat.pdf", "application/pdf", b"%PDF")
    (media_id,) = graph.media.ids
    _, facts = await asked(client, media_id, phone_number_id=graph.phone_number_id)
    async with client.get(facts["url"]) as answer:
        assert await answer.read() == b"%PDF"
    assert (await asked(client, "1234567890"))[1]["error"]["code"] == 100


async def test_the_number_tells_the_fields_that_are_asked_for(graph: GraphApi, client: ClientSession) -> None:
    _, told = await asked(client, graph.phone_number_id, fields="display_phone_number,messaging_limit_tier")
    assert told == {
        "display_phone_number": "+62 285 381234",
        "messaging_limit_tier": "TIER_250",
        "id": graph.phone_number_id,
    }
    status, _ = await asked(client, graph.phone_number_id, fields="shoe_size")
    assert status == 400


async def test_the_token_tells_its_app_and_its_account(graph: GraphApi, client: ClientSession) -> None:
    _, told = await asked(client, "debug_token", input_token=graph.token)
    assert (told["data"]["app_id"], told["data"]["is_valid"]) == (graph.app_id, True)
    assert told["data"]["granular_scopes"][0]["target_ids"] == [graph.waba_id]
    _, told = await asked(client, "debug_token", input_token="wrong")
    assert told["data"]["is_valid"] is False


async def test_templates_come_page_by_page(graph: GraphApi, client: ClientSession) -> None:
    graph.templates.add(*(Template(f"kabar_{number}", "Halo", status="PAUSED") for number in range(5)))
    names: list[str] = []
    address: str | None = f"{graph.url}/v25.0/{graph.waba_id}/message_templates?limit=2"
    while address:
        _, told = await asked(client, address)
        names += [template["name"] for template in told["data"]]
        address = told["paging"].get("next")
    assert names == [f"kabar_{number}" for number in range(5)]


async def test_subscriptions_are_told_to_the_app_and_the_account(graph: GraphApi, client: ClientSession) -> None:
    _, told = await asked(client, f"{graph.waba_id}/subscribed_apps")
    assert told["data"][0]["whatsapp_business_api_data"]["id"] == graph.app_id
    assert (await asked(client, f"{graph.app_id}/subscriptions"))[1]["error"]["code"] == 15
    graph.callback_url = "https://kantor.example/whatsapp"
    url = f"{graph.url}/v25.0/{graph.app_id}/subscriptions"
    async with ClientSession() as app:
        _, told = await asked(app, url, access_token=graph.app_token)
    (subscription,) = told["data"]
    assert subscription["callback_url"] == graph.callback_url
    assert "messages" in [field["name"] for field in subscription["fields"]]


async def test_a_proof_must_be_right_where_it_is_given(graph: GraphApi, client: ClientSession) -> None:
    right = hmac.new(graph.app_secret.encode(), graph.token.encode(), hashlib.sha256).hexdigest()
    assert (await asked(client, graph.phone_number_id, appsecret_proof=right))[0] == 200
    assert (await asked(client, graph.phone_number_id, appsecret_proof="0" * 64))[0] == 400
    graph.needs_proof = True
    assert (await asked(client, graph.phone_number_id))[0] == 400


# the fault, the HTTP status and the error code it brings (None: no answer that can be read), whether it was seen
TABLE: list[tuple[Fault, tuple[int, int] | None, bool]] = [
    (faults.THROTTLED, (400, 130429), False),
    (faults.PAIR_THROTTLED, (400, 131056), False),
    (faults.ACCOUNT_THROTTLED, (400, 80007), False),
    (faults.WRONG_TOKEN, (401, 190), False),
    (faults.LOCKED, (403, 131031), False),
    (faults.UNPAID, (400, 131042), False),
    (faults.broken(500), (500, 1), False),
    (faults.broken(500, effect=True), (500, 1), True),
    (faults.broken(502, html=True), None, False),
    (faults.BAD_JSON, None, True),
    (faults.DROPPED_BEFORE, None, False),
    (faults.DROPPED_AFTER, None, True),
    (faults.HALF, None, True),
    (faults.HUNG, None, False),
    (faults.HUNG_AFTER, None, True),
]


@pytest.mark.parametrize(("fault", "told", "seen"), TABLE, ids=[row[0].name for row in TABLE])
async def test_each_fault_brings_what_it_says(
    graph: GraphApi, client: ClientSession, siti: Phone, fault: Fault, told: tuple[int, int] | None, seen: bool
) -> None:
    body = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "Halo"}} | siti.address
    graph.faults.next("messages", fault, chat=siti.id)
    heard = None
    try:
        async with client.post(f"{graph.phone_number_id}/messages", json=body) as answer:
            heard = answer.status, int((await answer.json())["error"]["code"])
    except (ClientError, TimeoutError, ValueError, asyncio.IncompleteReadError):
        pass
    assert (heard, len(siti.screens) == 1) == (told, seen)
    assert (graph.calls[-1].outcome, graph.calls[-1].effect) == (fault.name, seen)
    assert graph.violations == []


async def test_a_hold_is_met_again_by_whoever_does_not_wait(
    graph: GraphApi, client: ClientSession, siti: Phone
) -> None:
    body = {"messaging_product": "whatsapp", "type": "text", "text": {"body": "Halo"}} | siti.address
    graph.faults.next("messages", faults.refused(131056, hold=0.2), chat=siti.id)
    codes = []
    for pause in (0.0, 0.25, 0.0):
        async with client.post(f"{graph.phone_number_id}/messages", json=body) as answer:
            codes.append((await answer.json()).get("error", {}).get("code"))
        await asyncio.sleep(pause)
    assert codes == [131056, 131056, None]
    assert len(graph.faults.hasty) == 1
