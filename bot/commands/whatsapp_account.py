"""What `doctor` says about WhatsApp: whether number, token, app secret, webhook and templates fit together.

Source: Graph API, debug_token, WhatsApp phone number, message_templates, app subscriptions, subscribed_apps.
"""

import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from bot.channels.channel import SendFailed
from bot.channels.whatsapp.account import FIELDS as ACCOUNT_FIELDS
from bot.channels.whatsapp.failure import harmless
from bot.channels.whatsapp.graph import Graph
from bot.commands.templates import definitions
from bot.settings import Settings

Json = dict[str, Any]
Get = Callable[..., Awaitable[Json]]
"""`get(path, **parameters)`: one call of the Graph API; raises SendFailed."""
FIELDS = {"messages", "user_preferences", "user_id_update", *ACCOUNT_FIELDS}
"""What people write, their own switch, the names they are known by, and what is told of the office's own account."""
MANAGEMENT = "whatsapp_business_management"
OBJECT = "whatsapp_business_account"
TIERS = {"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1000, "TIER_2K": 2000, "TIER_10K": 10_000, "TIER_100K": 100_000}


class Findings:
    """Lines for the administrator; `bad` counts those that need somebody."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.bad = 0

    def well(self, line: str) -> None:
        self.lines.append(f"whatsapp   {line}")

    def wrong(self, line: str) -> None:
        self.lines.append(f"whatsapp ! {line}")
        self.bad += 1

    def check(self, good: bool, well: str, wrong: str) -> None:
        self.well(well) if good else self.wrong(wrong)


async def examine(settings: Settings) -> Findings:
    """Everything that can be asked. What cannot be asked is said, and the rest goes on."""
    found = Findings()
    async with as_system_user(settings) as get:
        for look in (token, number, webhook, templates):
            try:
                await look(settings, get, found)
            except SendFailed as refusal:
                found.wrong(f"{look.__name__}: {refusal.reason}")
    return found


def as_system_user(settings: Settings) -> AbstractAsyncContextManager[Get]:
    return asking(settings, settings.whatsapp_token.get_secret_value())


@asynccontextmanager
async def asking(settings: Settings, access_token: str) -> AsyncIterator[Get]:
    """The Graph API, asked in the name of whoever has this token."""
    graph = Graph(
        access_token, settings.whatsapp_phone_number_id, settings.whatsapp_api_url, settings.whatsapp_api_version
    )

    async def get(path: str, **parameters: str) -> Json:
        try:
            return await graph.get(path, **parameters)
        except Exception as error:
            raise harmless(error) from None

    try:
        yield get
    finally:
        await graph.close()


async def about_token(settings: Settings, get: Get) -> Json:
    return of(await get("debug_token", input_token=settings.whatsapp_token.get_secret_value()), "data")


async def token(settings: Settings, get: Get, found: Findings) -> None:
    about = await about_token(settings, get)
    found.check(about.get("is_valid") is True, "token ok", "WHATSAPP_TOKEN is not valid (any more): make a new one")
    missing = {"whatsapp_business_messaging", MANAGEMENT} - set(about.get("scopes") or ())
    if missing:
        found.wrong(f"WHATSAPP_TOKEN lacks {', '.join(sorted(missing))}")


async def number(settings: Settings, get: Get, found: Findings) -> None:
    fields = "display_phone_number,verified_name,quality_rating,code_verification_status"
    told = await get(settings.whatsapp_phone_number_id, fields=fields, appsecret_proof=proof(settings))
    found.well(f"number {told.get('display_phone_number', '?')}, {told.get('verified_name', '?')}")
    rating = told.get("quality_rating", "UNKNOWN")
    found.check(rating not in ("RED", "YELLOW"), f"quality {rating}", f"quality {rating}: people block or report us")
    await reach(settings, get, found)


async def reach(settings: Settings, get: Get, found: Findings) -> None:
    """How many people may be written to first. The field has moved to another name; both are tried."""
    tier = "?"
    for field in ("messaging_limit_tier", "whatsapp_business_manager_messaging_limit"):
        with suppress(SendFailed):
            tier = str((await get(settings.whatsapp_phone_number_id, fields=field)).get(field, tier))
    allowed = TIERS.get(tier)
    found.check(
        allowed is None or settings.whatsapp_daily_reach <= allowed,
        f"tier {tier}",
        f"tier {tier}, but WHATSAPP_DAILY_REACH is {settings.whatsapp_daily_reach}: set it to {allowed}",
    )


def proof(settings: Settings) -> str:
    """Meta refuses the call when app secret and token are not of the same app (appsecret_proof)."""
    secret = settings.whatsapp_app_secret.get_secret_value().encode()
    return hmac.new(secret, settings.whatsapp_token.get_secret_value().encode(), hashlib.sha256).hexdigest()


async def webhook(settings: Settings, get: Get, found: Findings) -> None:
    app = str((await about_token(settings, get)).get("app_id", ""))
    async with asking(settings, f"{app}|{settings.whatsapp_app_secret.get_secret_value()}") as as_app:
        told = (await as_app(f"{app}/subscriptions")).get("data") or []
    mine = next((one for one in told if isinstance(one, dict) and one.get("object") == OBJECT), {})
    url, wanted = mine.get("callback_url", ""), f"{settings.public_url}/whatsapp"
    found.check(
        bool(settings.public_url) and url == wanted,
        f"webhook {url}",
        f"webhook is {url or 'not set'}, and should be {wanted if settings.public_url else 'PUBLIC_URL/whatsapp'}",
    )
    names = {name_of(field) for field in mine.get("fields") or ()}
    missing = ", ".join(sorted(FIELDS - names))
    found.check(not missing, "webhook takes all we need", f"webhook does not take the field {missing}")
    for account in await accounts(settings, get):
        apps = (await get(f"{account}/subscribed_apps")).get("data") or []
        ids = {str(of(one, "whatsapp_business_api_data").get("id")) for one in apps if isinstance(one, dict)}
        found.check(app in ids, "the app hears the account", f"the app is not subscribed to account {account}")


async def templates(settings: Settings, get: Get, found: Findings) -> None:
    handed_in: dict[tuple[str, str], Json] = {}
    for account in await accounts(settings, get):
        told = await get(f"{account}/message_templates", fields="name,language,status,category", limit="250")
        rows = [row for row in told.get("data") or [] if isinstance(row, dict)]
        handed_in |= {(str(row.get("name")), str(row.get("language"))): row for row in rows}
    for wanted in definitions():
        name = f"template {wanted['name']} ({wanted['language']})"
        row = handed_in.get((wanted["name"], wanted["language"]))
        status = str(row.get("status")) if row else "MISSING"
        found.check(status == "APPROVED", f"{name} approved", f"{name} {status.lower()}: see python -m bot templates")
        if row and row.get("category") not in (None, wanted["category"]):
            found.wrong(f"{name} was moved to {row['category']}, which costs more")


async def accounts(settings: Settings, get: Get) -> list[str]:
    """The WhatsApp business accounts the token may manage."""
    scopes = (await about_token(settings, get)).get("granular_scopes") or []
    ids = [one.get("target_ids") or [] for one in scopes if isinstance(one, dict) and one.get("scope") == MANAGEMENT]
    return [str(account) for several in ids for account in several]


def of(told: object, name: str) -> Json:
    inner = told.get(name) if isinstance(told, dict) else None
    return inner if isinstance(inner, dict) else {}


def name_of(field: object) -> str:
    """Older answers list names, newer ones objects."""
    return str(field.get("name")) if isinstance(field, dict) else str(field)
