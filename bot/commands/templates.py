"""`python -m bot templates`: the definitions to hand in to Meta, exactly as they are sent afterwards.

Shape: WhatsApp Business Management API, message_templates (named parameters, quick replies, time-to-live).
"""

import json
from typing import Any

from handlers.conversation.approved import Approved
from handlers.conversation.words import LANGUAGES, in_language, translated
from handlers.telling.templates import ALL

CATEGORY = "UTILITY"
"""About something the person asked for; nothing here advertises."""


def definitions() -> list[dict[str, Any]]:
    """One for each template and language, as `POST /{account}/message_templates` takes it."""
    return [definition(approved, language) for approved in ALL for language in LANGUAGES]


def definition(approved: Approved, language: str) -> dict[str, Any]:
    names = [name for name, _ in approved.words.values]
    body = translated(approved.words.template, language).format(**{name: f"{{{{{name}}}}}" for name in names})
    examples = [{"param_name": name, "example": in_language(value, language)} for name, value in approved.words.values]
    components: list[dict[str, Any]] = [
        {"type": "BODY", "text": body, "example": {"body_text_named_params": examples}},
    ]
    if approved.buttons:
        buttons = [{"type": "QUICK_REPLY", "text": in_language(label, language)} for _, label in approved.buttons]
        components.append({"type": "BUTTONS", "buttons": buttons})
    return {
        "name": approved.name,
        "language": language,
        "category": CATEGORY,
        "parameter_format": "NAMED",
        "message_send_ttl_seconds": int(approved.lives.total_seconds()),
        "components": components,
    }


def show() -> int:
    """Print them as JSON, ready to be sent on."""
    print(json.dumps(definitions(), ensure_ascii=False, indent=2))
    return 0
