"""People, chats and messages as Telegram writes them in an update."""

import time

from .calls import Json


def user(person_id: int, first_name: str, username: str | None = None, language: str = "id") -> Json:
    raw: Json = {"id": person_id, "is_bot": False, "first_name": first_name, "language_code": language}
    return raw | ({"username": username} if username else {})


def private_chat(sender: Json) -> Json:
    return {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}


def group_chat(chat_id: int, title: str) -> Json:
    kind = "supergroup" if str(chat_id).startswith("-100") else "group"
    return {"id": chat_id, "type": kind, "title": title}


def message_of(message_id: int, sender: Json, chat: Json) -> Json:
    return {"message_id": message_id, "from": sender, "chat": chat, "date": int(time.time())}


def text_of(text: str) -> Json:
    """A text, with the entity Telegram marks a command with."""
    content: Json = {"text": text}
    if text.startswith("/"):
        length = len(text.split(maxsplit=1)[0].encode("utf-16-le")) // 2
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return content


def file_of(file_id: str, size: int, **more: object) -> Json:
    return {"file_id": file_id, "file_unique_id": file_id[:12], "file_size": size, **more}


def membership(status: str, bot: Json) -> Json:
    """How a chat member update describes the bot."""
    return {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})
