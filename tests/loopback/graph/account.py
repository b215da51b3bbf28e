"""What the account tells about itself: the number, the token, the templates, and who gets the webhooks."""

from tests.loopback.calls import Call

from .errors import GraphError, Json
from .shapes import Line
from .templates import Templates
from .webhook import Webhook

DEFAULT_FIELDS = ("verified_name", "display_phone_number", "quality_rating", "id")
PAGE = 25
OF_ACCOUNT = (
    *("message_template_status_update", "template_category_update", "message_template_quality_update"),
    *("phone_number_quality_update", "phone_number_name_update", "account_update", "account_alerts"),
    *("account_review_update", "business_capability_update", "security"),
)
"""Webhook fields that tell of the account itself."""


class Account:
    """Settable: `number` (fields of the phone number), `token` (fields of debug_token), `fields`, `subscribed`."""

    def __init__(self, line: Line, templates: Templates, webhook: Webhook) -> None:
        self._line, self._templates, self._webhook = line, templates, webhook
        self.subscribed = True
        self.fields = ["messages", "user_id_update", "user_preferences", *OF_ACCOUNT]
        self.number: Json = {
            "id": line.phone_number_id,
            "display_phone_number": "+62 285 381234",
            "verified_name": "Kantor Kesbangpol",
            "quality_rating": "GREEN",
            "messaging_limit_tier": "TIER_250",
            "whatsapp_business_manager_messaging_limit": "TIER_250",
            "name_status": "APPROVED",
            "code_verification_status": "VERIFIED",
            "platform_type": "CLOUD_API",
            "status": "CONNECTED",
            "throughput": {"level": "STANDARD"},
        }
        scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
        self.token: Json = {
            "app_id": line.app_id,
            "type": "SYSTEM_USER",
            "application": "Rumah Kedua",
            "expires_at": 0,
            "is_valid": True,
            "scopes": scopes,
            "granular_scopes": [{"scope": scope, "target_ids": [line.waba_id]} for scope in scopes],
        }

    def phone_number(self, call: Call) -> Json:
        asked = str(call.params.get("fields", "")).replace(" ", "")
        names = asked.split(",") if asked else list(DEFAULT_FIELDS)
        for name in names:
            if name not in self.number:
                raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
        return {name: self.number[name] for name in dict.fromkeys([*names, "id"])}

    def debug_token(self, call: Call, known: str) -> Json:
        asked = call.params.get("input_token")
        if not asked:
            raise GraphError(100, message="(#100) The parameter input_token is required")
        if asked != known:
            error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
            return {"data": {"error": error, "is_valid": False, "scopes": []}}
        return {"data": self.token}

    def message_templates(self, call: Call, address: str) -> Json:
        """A page of them; `after` is where the page before ended."""
        everything = [template.raw for template in self._templates.values()]
        asked = str(call.params.get("fields", "")).replace(" ", "")
        if asked:
            everything = [{name: raw[name] for name in asked.split(",") if name in raw} for raw in everything]
        if name := call.params.get("name"):
            everything = [raw for raw in everything if raw.get("name") == name]
        limit = call.params.get("limit", PAGE)
        size = limit if isinstance(limit, int) else PAGE
        after = str(call.params.get("after", "0"))
        start = int(after) if after.isdecimal() else 0
        paging: Json = {"cursors": {"before": str(start), "after": str(start + size)}}
        if start + size < len(everything):
            paging["next"] = f"{address}?limit={size}&after={start + size}" + (f"&fields={asked}" if asked else "")
        return {"data": everything[start : start + size], "paging": paging}

    def subscriptions(self) -> Json:
        fields = [{"name": field, "version": "v25.0"} for field in self.fields]
        told = {"object": "whatsapp_business_account", "callback_url": self._webhook.callback_url, "active": True}
        return {"data": [told | {"fields": fields}] if self._webhook.callback_url else []}

    def subscribed_apps(self) -> Json:
        app = {"id": self._line.app_id, "name": "Rumah Kedua", "link": "https://www.facebook.com/games/"}
        return {"data": [{"whatsapp_business_api_data": app}] if self.subscribed else []}

    def subscribe(self) -> Json:
        self.subscribed = True
        return {"success": True}
