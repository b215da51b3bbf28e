"""The errors of the Graph API, in the shape they have in an answer and in a status."""

import json
from typing import Any

from tests.loopback.calls import Refused

Json = dict[str, Any]

# the code, the HTTP status it comes with, its title
ERRORS: dict[int, tuple[int, str]] = {
    0: (401, "AuthException"),
    1: (400, "API Unknown"),
    2: (503, "API Service"),
    3: (500, "API Method"),
    4: (400, "API Too Many Calls"),
    10: (403, "Permission Denied"),
    15: (400, "This method must be called with an app access_token."),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token - Cannot parse access token"),
    200: (403, "Permissions error"),
    368: (403, "Temporarily blocked for policies violations"),
    80007: (400, "Rate limit issues"),
    130429: (400, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131026: (400, "Message undeliverable"),
    131031: (403, "Business Account locked"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped receiving marketing messages from this business"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    133016: (400, "Too many attempts to register"),
}


class GraphError(Refused):
    """An answer that is an error: `error` is the code of the Graph API, `code` the HTTP status."""

    def __init__(self, error: int, details: str = "", *, status: int | None = None, message: str | None = None) -> None:
        known, title = ERRORS.get(error, (400, "Something went wrong"))
        super().__init__(message or f"(#{error}) {title}", status or known)
        self.error, self.details = error, details or title

    def body(self) -> bytes:
        told: Json = {"message": self.description, "type": "OAuthException", "code": self.error}
        if self.error >= 100_000:
            told["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        return json.dumps({"error": told | {"fbtrace_id": "AbCdEfGhIjKlMnOpQrStUv"}}).encode()


class Breach(GraphError):
    """A published limit was broken: `sentence` says by whom and how."""

    def __init__(self, message: Json, what: str, error: int = 131009) -> None:
        super().__init__(error, what, message=f"(#100) {what}" if error == 100 else None)
        to = message.get("to") or message.get("recipient") or "nobody"
        self.sentence = f"{message.get('type', 'message')} to {to}: {what}"


def told_later(error: int) -> Json:
    """The same error as a status carries it."""
    _, title = ERRORS.get(error, (400, "Something went wrong"))
    data = {"details": f"{title}."}
    return {"code": error, "title": title, "message": title, "error_data": data, "href": HREF}


HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"
