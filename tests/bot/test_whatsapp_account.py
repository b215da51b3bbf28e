"""What `doctor` says about WhatsApp, against a Graph API that answers as Meta does."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from bot.commands.templates import definitions
from bot.commands.whatsapp_account import Findings, examine
from bot.settings import Settings
from tests.loopback.graph import GraphApi, Template

PUBLIC = "https://rumahkedua.example.go.id"


def body(one: dict[str, Any]) -> str:
    return str(next(part["text"] for part in one["components"] if part["type"] == "BODY"))


@pytest.fixture
async def graph() -> AsyncIterator[GraphApi]:
    """An account in which everything is as it should be."""
    async with GraphApi() as graph:
        graph.webhook.callback_url = f"{PUBLIC}/whatsapp"
        for one in definitions():
            graph.templates.add(Template(one["name"], body(one), one["language"]))
        yield graph


def settings(graph: GraphApi, **other: Any) -> Settings:
    given: dict[str, Any] = {
        "whatsapp_token": SecretStr(graph.token),
        "whatsapp_phone_number_id": graph.phone_number_id,
        "whatsapp_app_secret": SecretStr(graph.app_secret),
        "whatsapp_verify_token": SecretStr(graph.verify_token),
        "whatsapp_api_url": graph.url,
        "public_url": PUBLIC,
    }
    return Settings(_env_file=None, **(given | other))


def wrong(found: Findings) -> list[str]:
    return [line for line in found.lines if "!" in line]


async def test_all_is_well(graph: GraphApi) -> None:
    found = await examine(settings(graph))
    assert (wrong(found), found.bad) == ([], 0)
    said = "\n".join(found.lines)
    for words in ("token ok", "quality GREEN", "tier TIER_250", "webhook takes all we need", "(id) approved"):
        assert words in said
    assert graph.token not in said
    assert graph.app_secret not in said


def paused(graph: GraphApi) -> None:
    one = definitions()[0]
    graph.templates.add(Template(one["name"], body(one), one["language"], status="PAUSED"))


def dearer(graph: GraphApi) -> None:
    one = definitions()[0]
    graph.templates.add(Template(one["name"], body(one), one["language"], category="MARKETING"))


def missing(graph: GraphApi) -> None:
    graph.templates.pop(("pengingat_audiensi", "en"))


TROUBLE: dict[str, tuple[Callable[[GraphApi], object], dict[str, Any], str]] = {
    "the token ran out": (lambda g: g.account.token.update(is_valid=False), {}, "WHATSAPP_TOKEN is not valid"),
    "a right is missing": (
        lambda g: g.account.token.update(scopes=["whatsapp_business_management"]),
        {},
        "lacks whatsapp_business_messaging",
    ),
    "another app's secret": (lambda g: None, {"whatsapp_app_secret": SecretStr("wrong")}, "number:"),
    "another number": (lambda g: None, {"whatsapp_phone_number_id": "42"}, "number:"),
    "people report us": (lambda g: g.account.number.update(quality_rating="RED"), {}, "quality RED"),
    "we hope for more than we may": (lambda g: None, {"whatsapp_daily_reach": 2000}, "set it to 250"),
    "the webhook goes elsewhere": (
        lambda g: setattr(g.webhook, "callback_url", "https://example.org/whatsapp"),
        {},
        f"should be {PUBLIC}/whatsapp",
    ),
    "nobody hears of advertising": (
        lambda g: g.account.fields.remove("template_category_update"),
        {},
        "does not take the field template_category_update",
    ),
    "no messages come": (lambda g: g.account.fields.remove("messages"), {}, "does not take the field messages"),
    "no changes of names come": (
        lambda g: g.account.fields.remove("user_id_update"),
        {},
        "does not take the field user_id_update",
    ),
    "the app hears nothing": (lambda g: setattr(g.account, "subscribed", False), {}, "is not subscribed"),
    "a template is paused": (paused, {}, "ada_kabar (id) paused"),
    "a template became dearer": (dearer, {}, "moved to MARKETING"),
    "a template was never handed in": (missing, {}, "pengingat_audiensi (en) missing"),
}


@pytest.mark.parametrize(("spoil", "other", "says"), TROUBLE.values(), ids=TROUBLE.keys())
async def test_what_is_wrong_is_named(
    graph: GraphApi, spoil: Callable[[GraphApi], object], other: dict[str, Any], says: str
) -> None:
    spoil(graph)
    found = await examine(settings(graph, **other))
    assert any(says in line for line in wrong(found)), found.lines
    assert found.bad > 0
