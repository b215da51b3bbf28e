"""A document of a person's chat as a download: never shown in place, where it could run as one of our pages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.channels.channel import Files
from bot.channels.webchat.said import TYPE, plain_name
from bot.channels.webchat.shelf import Shelf
from bot.channels.webchat.visitors import Refused

GONE = "Berkas itu sudah tidak tersimpan di sini. Mohon minta lagi kepada petugas."


def attachment(document: Mapping[str, Any], files: Files, shelf: Shelf) -> web.StreamResponse:
    """The document that was sent with a line, from wherever it is kept. Raises Refused when it is gone."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(plain_name(document['name']), safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "Content-Type": media_type(document["type"]),
        "Cache-Control": "private, no-store",
    }
    if document.get("content"):
        return web.Response(body=document["content"].encode(), headers=headers)
    path = kept(document, files, shelf)
    if path is None or not path.is_file():
        raise Refused(404, GONE)
    return web.FileResponse(path, headers=headers)


def kept(document: Mapping[str, Any], files: Files, shelf: Shelf) -> Path | None:
    if document.get("sha256"):
        return files.path(document["sha256"])
    return shelf.path(document.get("remote", ""))


def media_type(claimed: str) -> str:
    kind = claimed.partition(";")[0].strip()
    if not TYPE.fullmatch(kind):
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
