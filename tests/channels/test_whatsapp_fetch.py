"""Files people sent, and what a wrong setting is told."""

from typing import Any

import pytest
from aiohttp import web

from bot.channels.channel import Outcome, SendFailed
from bot.channels.whatsapp import WhatsApp
from bot.channels.whatsapp.graph import Graph as Client
from tests.channels.conftest import Folder
from tests.channels.test_whatsapp_send import NUMBER, TOKEN, Answer, Graph, error, graph, hangs_up, says, whatsapp

__all__ = ["graph", "whatsapp"]
RETRY, REFUSED = Outcome.RETRY, Outcome.REFUSED


async def fetched(whatsapp: WhatsApp, remote: str = "24230") -> list[bytes]:
    return [piece async for piece in whatsapp.fetch(remote)]


async def test_a_file_comes_in_pieces(graph: Graph, whatsapp: WhatsApp) -> None:
    content = bytes(range(256)) * 4096

    async def file(request: web.Request) -> web.StreamResponse:
        return web.Response(body=content)

    graph.answers = [says({"url": f"{graph.url}/file?hash=a%2Fb&ext=1"}), file]
    pieces = await fetched(whatsapp)
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 65536
    assert [path for path, _ in graph.asked] == [
        f"GET /v25.0/24230?phone_number_id={NUMBER}",
        "GET /file?hash=a%2Fb&ext=1",
    ]


FIRST: dict[str, tuple[Answer, Outcome]] = {
    "no such file": (error(100, 400), REFUSED),
    "a wrong token": (error(190, 401), RETRY),
    "a broken server": (says("<html>", 502), RETRY),
    "a hang-up": (hangs_up, RETRY),
    "no address": (says({}), REFUSED),
}
SECOND: dict[str, tuple[Answer, Outcome]] = {
    "404": (says("", 404), REFUSED),
    "410": (says("", 410), REFUSED),
    "a way elsewhere": (says("", 302), REFUSED),
    "401": (says("", 401), RETRY),
    "429": (says("", 429), RETRY),
    "500": (says("", 500), RETRY),
    "a hang-up": (hangs_up, RETRY),
}


async def fails(whatsapp: WhatsApp, remote: str = "24230") -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await fetched(whatsapp, remote)
    assert TOKEN not in failed.value.reason
    return failed.value


@pytest.mark.parametrize("case", FIRST)
async def test_a_file_that_cannot_be_found(graph: Graph, whatsapp: WhatsApp, case: str) -> None:
    answer, outcome = FIRST[case]
    graph.answers = [answer]
    assert (await fails(whatsapp)).outcome is outcome


@pytest.mark.parametrize("case", SECOND)
async def test_a_file_that_does_not_come(graph: Graph, whatsapp: WhatsApp, case: str) -> None:
    answer, outcome = SECOND[case]
    graph.answers = [says({"url": f"{graph.url}/file"}), answer]
    assert (await fails(whatsapp)).outcome is outcome


@pytest.mark.parametrize("remote", ["", "..", "../me", "a/b", "a?b", "1" * 257])
async def test_what_is_no_id_is_not_asked_for(graph: Graph, whatsapp: WhatsApp, remote: str) -> None:
    assert (await fails(whatsapp, remote)).outcome is REFUSED
    assert graph.asked == []


TRUSTED = [
    "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
    "https://LOOKASIDE.fbsbx.com/a",
    "https://scontent.fbcdn.net/a",
    "https://graph.facebook.com/a",
    "https://mmg.whatsapp.net/a",
    "http://127.0.0.1:8080/a",
]
STRANGE = [
    "http://lookaside.fbsbx.com/a",
    "https://lookaside.fbsbx.com:8443/a",
    "https://sari@lookaside.fbsbx.com/a",
    "https://lookaside.fbsbx.com@evil.example/a",
    "https://evil.example/lookaside.fbsbx.com",
    "https://lookaside.fbsbx.com.evil.example/a",
    "https://evilfbcdn.net/a",
    "https://fbcdn.net.evil.example/a",
    "https://evil.example\\.facebook.com/a",
    "https://evil.example#.facebook.com",
    "https://evil.example?.facebook.com",
    "http://127.0.0.1:8081/a",
    "https://127.0.0.1:8080/a",
    "file:///etc/passwd",
    "//lookaside.fbsbx.com/a",
    "lookaside.fbsbx.com",
    "https://[::1",
    "",
    "\ud800",
]


@pytest.mark.parametrize("address", TRUSTED)
def test_metas_own_addresses_get_the_token(address: str) -> None:
    assert Client(TOKEN, NUMBER, "http://127.0.0.1:8080", "v25.0")._trusted(address).path is not None


@pytest.mark.parametrize("address", STRANGE)
async def test_nobody_else_gets_the_token(graph: Graph, whatsapp: WhatsApp, address: str) -> None:
    with pytest.raises(SendFailed, match="address"):
        Client(TOKEN, NUMBER, "http://127.0.0.1:8080", "v25.0")._trusted(address)
    graph.answers = [says({"url": address})]
    assert (await fails(whatsapp)).outcome is REFUSED


@pytest.mark.parametrize(
    ("setting", "given"),
    [
        ("WHATSAPP_TOKEN", {"token": ""}),
        ("WHATSAPP_TOKEN", {"token": "a\r\nb"}),
        ("WHATSAPP_PHONE_NUMBER_ID", {"phone_number_id": "+62 812"}),
        ("WHATSAPP_APP_SECRET", {"app_secret": ""}),
        ("WHATSAPP_VERIFY_TOKEN", {"verify_token": ""}),
    ],
)
def test_a_wrong_setting_is_named(files: Folder, setting: str, given: dict[str, Any]) -> None:
    right = {"token": "t", "phone_number_id": "1", "app_secret": "s", "verify_token": "v"}
    with pytest.raises(ValueError, match=setting):
        WhatsApp(**(right | given), files=files)
