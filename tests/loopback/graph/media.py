"""Files on Meta's side: what we uploaded, what people sent, and the addresses where they are fetched."""

import hashlib
import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.loopback.calls import Call, Upload

from .errors import Breach, GraphError, Json
from .window import MovableClock

MEGABYTE = 1024 * 1024
SIZES = {"image": 5 * MEGABYTE, "audio": 16 * MEGABYTE, "video": 16 * MEGABYTE, "document": 100 * MEGABYTE}
IMAGES = {"image/jpeg", "image/png"}
DOCUMENTS = ("text/plain", "application/pdf", "application/msword", "application/vnd.", "text/csv", "text/calendar")
URL_LIVES = 300
ADDRESS = "/whatsapp_business/attachments/"


@dataclass(frozen=True, slots=True)
class Stored:
    """`size` may be more than the bytes kept, to play a large file."""

    id: str
    name: str
    mime: str
    content: bytes
    size: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def upload(self) -> Upload:
        return Upload(self.name, self.mime, self.size, self.content)


def kind_of(mime: str) -> str:
    """Which type of message carries it."""
    family = mime.partition("/")[0]
    if mime in IMAGES or family in ("audio", "video"):
        return family
    return "sticker" if mime == "image/webp" else "document"


class Media:
    """By id."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._stored: dict[str, Stored] = {}

    def keep(self, name: str, mime: str, content: bytes, size: int | None = None) -> Stored:
        key = str(uuid.uuid4().int)[:16]
        self._stored[key] = Stored(key, name, mime, content, len(content) if size is None else size)
        return self._stored[key]

    def get(self, media_id: object) -> Stored:
        stored = self._stored.get(str(media_id))
        if stored is None:
            raise GraphError(100, message=f"(#100) Object with ID '{media_id}' does not exist")
        return stored

    @property
    def ids(self) -> list[str]:
        return list(self._stored)

    def __contains__(self, media_id: str) -> bool:
        return media_id in self._stored

    def upload(self, call: Call) -> Json:
        """One file of ours. Raises a Breach when it is too large or of no known type."""
        if call.params.get("messaging_product") != "whatsapp":
            raise GraphError(100, message="(#100) The parameter messaging_product is required.")
        file = call.files.get("file")
        if file is None:
            raise GraphError(100, message="(#100) The parameter file is required.")
        mime = str(call.params.get("type") or file.mime).partition(";")[0].strip()
        kind = kind_of(mime)
        if kind == "sticker" or (kind == "document" and not mime.startswith(DOCUMENTS)):
            raise Breach({"type": "media"}, f"{file.name} is {mime!r}, a type that is not carried", 100)
        if file.size > SIZES[kind]:
            raise Breach(
                {"type": "media"}, f"{file.name} has {file.size} bytes, at most {SIZES[kind]} are allowed", 100
            )
        return {"id": self.keep(file.name, mime, file.content, file.size).id}

    def facts(self, media_id: str, server: str) -> Json:
        """Where it is fetched within the next minutes."""
        stored = self.get(media_id)
        until = int(self._clock.now) + URL_LIVES
        query = urlencode({"mid": stored.id, "ext": until, "hash": stored.sha256[:16]})
        told: Json = {"messaging_product": "whatsapp", "url": f"{server}{ADDRESS}?{query}", "mime_type": stored.mime}
        return told | {"sha256": stored.sha256, "file_size": str(stored.size), "id": stored.id}

    def fetched(self, media_id: str, until: str) -> Stored | None:
        """The file behind such an address; None once it is too old."""
        if media_id not in self._stored or not until.isdecimal() or int(until) < self._clock.now:
            return None
        return self._stored[media_id]
