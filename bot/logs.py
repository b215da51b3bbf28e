"""Logs for people (text) or machines (json). No message text, token or phone number ever goes in."""

import json
import logging
import re
from datetime import UTC, datetime

SECRET = re.compile(r"\d{6,}:[A-Za-z0-9_-]{20,}")
"""The shape of a Telegram token, should a library put one in an address it logs."""


NOISY = ("aiohttp.access", "apscheduler", "aiosqlite", "asyncio", "httpx")
"""Libraries that would log what they are given: warnings at the most, whatever level is set."""


class Hide(logging.Filter):
    """The last line of defence: secrets are taken out of whatever is logged, by us or a library."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if SECRET.search(message):
            record.msg, record.args = SECRET.sub("[token]", message), ()
        return True


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        entry = {"at": at, "level": record.levelname, "from": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            entry["fault"] = record.exc_info[0].__name__
        return json.dumps(entry, ensure_ascii=False)


class Text(logging.Formatter):
    """Without a fault's words: they may hold what a person wrote."""

    def formatException(self, ei: object) -> str:
        return f"  ({ei[0].__name__})" if isinstance(ei, tuple) and ei[0] else ""


def start_logging(form: str, level: str) -> None:
    """Everything goes to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json() if form == "json" else Text("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Hide())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
