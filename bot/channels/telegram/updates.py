"""From the bytes of one update to what the person did: pure, and tolerant of anything."""

import hashlib
import json

from bot.channels.channel import Unreadable, position
from bot.channels.fields import Json, claimed, thing, whole, words
from bot.channels.telegram.calls import PHOTO
from bot.channels.telegram.groups import Me, meant, person_wrote, topic
from handlers.conversation.message import Incoming, Kind, Place, Upload
from storage.mail.inbox import Arrival

NAME = "telegram"
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask for (Bot API: getUpdates); the rest comes only if somebody else asked for it before us."""
LARGEST_ID = 2**52
"""Bot API: Chat, "at most 52 significant bits"."""
LARGEST_SIZE = 2**53
LONGEST_NAME = 255
LONGEST = 24 * 3600
"""Seconds of a voice note or a video that are believed."""

UNASKED_UPDATES = frozenset({
    "channel_post", "edited_channel_post", "business_connection", "business_message", "edited_business_message",
    "deleted_business_messages", "guest_message", "message_reaction", "message_reaction_count", "inline_query",
    "chosen_inline_result", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer",
    "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot",
})  # fmt: skip
"""Bot API: Update. Nobody speaks to us in these."""

SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created", "message_auto_delete_timer_changed",
    "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message", "successful_payment", "refunded_payment",
    "users_shared", "chat_shared", "connected_website", "write_access_allowed", "passport_data", "web_app_data",
    "proximity_alert_triggered", "boost_added", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "gift", "unique_gift", "gift_upgrade_sent", "giveaway_created",
    "giveaway_completed", "managed_bot_created", "paid_message_price_changed", "poll_option_added",
    "poll_option_deleted", "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined",
    "suggested_post_paid", "suggested_post_refunded", "video_chat_scheduled", "video_chat_started",
    "video_chat_ended", "video_chat_participants_invited",
})  # fmt: skip
"""Bot API: Message. Telegram speaks in these, not the person."""

CONTENT = {
    # An animation also carries a document, and a venue a location: the order matters.
    "animation": Kind.OTHER,
    "document": Kind.FILE,
    "photo": Kind.FILE,
    "video": Kind.FILE,
    "video_note": Kind.FILE,
    "voice": Kind.VOICE,
    "audio": Kind.VOICE,
    "sticker": Kind.STICKER,
    "venue": Kind.LOCATION,
    "location": Kind.LOCATION,
    "contact": Kind.CONTACT,
    "poll": Kind.POLL,
}

FILES = {
    "document": ("berkas", "application/octet-stream"),
    "video": ("video.mp4", "video/mp4"),
    "video_note": ("video.mp4", "video/mp4"),
    "voice": ("suara.ogg", "audio/ogg"),
    "audio": ("suara.mp3", "audio/mpeg"),
}
"""What stands for a name and a type where Telegram gives none."""

MEMBERSHIP = {"kicked": Kind.BLOCKED, "member": Kind.UNBLOCKED}
"""In a private chat these are what the person did to the bot (Bot API: ChatMember)."""


def arrival(raw: bytes, update: object) -> Arrival:
    """An update as the inbox keeps it. One without a usable id is kept too, under the hash of its bytes."""
    number = update_id(update)
    key = str(number) if number is not None else f"odd-{hashlib.sha256(raw).hexdigest()}"
    return Arrival(NAME, key, raw)


def update_id(update: object) -> int | None:
    return whole(update.get("update_id")) if isinstance(update, dict) else None


def parse(raw: bytes, me: Me) -> Incoming:
    """What the person did. Raises Unreadable, whose words hold nothing of the update."""
    update = loaded(raw)
    if (message := update.get("message")) is not None:
        return from_message(thing(message, "message"), me)
    if (message := update.get("edited_message")) is not None:
        return from_edited(thing(message, "edited_message"))
    if (query := update.get("callback_query")) is not None:
        return from_query(thing(query, "callback_query"))
    if (change := update.get("my_chat_member")) is not None:
        return from_membership(thing(change, "my_chat_member"))
    if UNASKED_UPDATES & update.keys():
        return Incoming(NAME, "", Kind.SILENT)
    raise Unreadable("an update of no known kind")


def loaded(raw: bytes) -> Json:
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    return thing(update, "the update")


def from_message(message: Json, me: Me) -> Incoming:
    chat = thing(message.get("chat"), "chat")
    address = chat_address(chat)
    if chat.get("type") != "private":
        return Incoming(NAME, address + topic(message), Kind.GROUP if meant(message, me) else Kind.SILENT)
    if not person_wrote(message):
        return Incoming(NAME, address, Kind.SILENT)
    try:
        return from_person(message, address)
    except Unreadable:
        # Whose message it is stands there: what nothing can be made of is still answered.
        return Incoming(NAME, address, Kind.OTHER)


def from_person(message: Json, address: str) -> Incoming:
    """What somebody sent in a private chat. Raises Unreadable."""
    kind = content(message)
    return Incoming(
        NAME,
        address,
        kind,
        text=words(message["text"]) if kind is Kind.TEXT else claimed(message.get("caption")),
        upload=upload(message) if kind in (Kind.FILE, Kind.VOICE) else None,
        forwarded="forward_origin" in message or "forward_date" in message,
        place=place(message) if kind is Kind.LOCATION else None,
        album=claimed(message.get("media_group_id")),
    )


def from_edited(message: Json) -> Incoming:
    """A live location edits its message every few seconds: nobody waits for an answer to that."""
    chat = thing(message.get("chat"), "chat")
    quiet = chat.get("type") != "private" or not person_wrote(message) or "location" in message
    return Incoming(NAME, chat_address(chat), Kind.SILENT if quiet else Kind.EDITED)


def from_query(query: Json) -> Incoming:
    """A pressed button. In a group it is not acted on, but answered: what is asked there concerns one person."""
    identity = claimed(query.get("id"))
    message = query.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(chat, dict) or "id" not in chat:
        chat = {"id": thing(query.get("from"), "from").get("id"), "type": "private"}
    # What is left of a deleted message may not tell the type of its chat; the ids of groups are below zero.
    group = chat.get("type", "private") != "private" or chat_address(chat).startswith("-")
    kind = Kind.GROUP if group else Kind.PRESS
    address = chat_address(chat) + (topic(message) if group and isinstance(message, dict) else "")
    return Incoming(NAME, address, kind, token=claimed(query.get("data")), query=identity)


def from_membership(change: Json) -> Incoming:
    chat = thing(change.get("chat"), "chat")
    status = thing(change.get("new_chat_member"), "new_chat_member").get("status")
    kind = MEMBERSHIP.get(status, Kind.SILENT) if isinstance(status, str) else Kind.SILENT
    return Incoming(NAME, chat_address(chat), kind if chat.get("type") == "private" else Kind.SILENT)


def content(message: Json) -> Kind:
    """What a message is; of two contents the first counts."""
    if "text" in message:
        return Kind.TEXT
    if SERVICE & message.keys():
        return Kind.SILENT
    return next((kind for name, kind in CONTENT.items() if name in message), Kind.OTHER)


def upload(message: Json) -> Upload:
    """The file of a message. Of a photo the largest size, which has no name and no type of its own."""
    if "photo" in message and "document" not in message:
        sizes = message["photo"]
        if not isinstance(sizes, list) or not sizes:
            raise Unreadable("a photo without sizes")
        file: Json = max((thing(size, "photo") for size in sizes), key=area)
        name, mime, before = "foto.jpg", "image/jpeg", PHOTO
    else:
        kind = next(kind for kind in FILES if kind in message)
        file, (name, mime), before = thing(message[kind], kind), FILES[kind], ""
    remote = words(file.get("file_id"))
    if not remote:
        raise Unreadable("a file without file_id")
    size, seconds = whole(file.get("file_size")), whole(file.get("duration"))
    known = size is not None and 0 <= size < LARGEST_SIZE
    return Upload(
        before + remote,
        claimed(file.get("file_name"))[:LONGEST_NAME] or name,
        claimed(file.get("mime_type"))[:LONGEST_NAME] or mime,
        size if known else None,
        seconds if seconds is not None and 0 <= seconds < LONGEST else None,
    )


def place(message: Json) -> Place | None:
    """A position; one of a venue has a name. None for what is none."""
    location, venue = message.get("location"), message.get("venue")
    if isinstance(venue, dict):
        location = venue.get("location", location)
    if not isinstance(location, dict):
        return None
    name = claimed(venue.get("title"))[:LONGEST_NAME] if isinstance(venue, dict) else ""
    return position(location.get("latitude"), location.get("longitude"), name)


def area(size: Json) -> int:
    return (whole(size.get("width")) or 0) * (whole(size.get("height")) or 0)


def chat_address(chat: Json) -> str:
    number = whole(chat.get("id"))
    if number is None or abs(number) >= LARGEST_ID:
        raise Unreadable("a chat without a usable id")
    return str(number)
