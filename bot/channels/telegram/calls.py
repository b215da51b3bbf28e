"""From a message to one call of the Bot API: pure, and refused here when Telegram would refuse it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.channels.channel import Outcome, SendFailed
from handlers.conversation.message import Button, Document, Message

TEXT, CAPTION, CALLBACK_ANSWER = 4096, 1024, 200
"""Characters (Bot API: sendMessage, sendDocument, answerCallbackQuery)."""
CALLBACK_DATA = 64
"""Bytes (Bot API: InlineKeyboardButton)."""
COMMANDS, COMMAND_TITLE = 100, 256
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
"""Bot API: setMyCommands, BotCommand."""
UPLOAD = 50 * 1024 * 1024
"""Bytes (Bot API: Sending files)."""
ADDRESS = re.compile(r"(-?[0-9]{1,16})(?::([0-9]{1,16}))?")
"""A chat (Bot API: Chat, at most 52 bits) and, in a group that has them, the topic of it."""
SHORT_LABEL = 18
"""Characters; two such buttons are readable side by side on a small phone (our choice)."""
WORDS_IN_A_ROW = 3
PHOTO = "photo:"
"""Before the id of a photo: Telegram sends it again as a photo only, never as a document."""
NO_PREVIEW = {"is_disabled": True}

Params = dict[str, Any]


class Call(NamedTuple):
    """A method and its parameters. The bytes of `file` are still to be put in as `part`."""

    method: str
    params: Params
    file: Document | None = None
    part: str = "document"


def render(address: str, message: Message) -> Call:
    """The one call this message is. Raises SendFailed (refused) when it breaks a limit of the Bot API."""
    if message.query:
        return answer_query(message)
    chat = destination(address)
    if message.menu:
        return Call("setMyCommands", commands(message.menu) | {"scope": {"type": "chat", **chat}})
    if message.document is not None:
        return send_document(chat, message, message.document)
    return edit_text(chat, message) if message.edits else send_text(chat, message)


def answer_query(message: Message) -> Call:
    params: Params = {"callback_query_id": message.query}
    if message.text:
        params |= {"text": message.text[:CALLBACK_ANSWER], "show_alert": False}
    return Call("answerCallbackQuery", params)


def send_text(chat: Params, message: Message) -> Call:
    """Without a parse mode: what a person wrote needs no escaping and can break nothing."""
    require(bool(message.text.strip()), "the text is empty")
    require(len(message.text) <= TEXT, f"the text is longer than {TEXT} characters")
    params: Params = {**chat, "text": message.text, "link_preview_options": NO_PREVIEW}
    return Call("sendMessage", params | markup(message))


def edit_text(chat: Params, message: Message) -> Call:
    """In place of what was sent; buttons that are not there any more go too (Bot API: editMessageText)."""
    require(message.edits.isdecimal(), "what is to be changed has no id of Telegram")
    params = send_text(chat, message).params | {"message_id": int(message.edits)}
    return Call("editMessageText", {"reply_markup": {"inline_keyboard": []}} | params)


def send_document(chat: Params, message: Message, document: Document) -> Call:
    require(len(message.text) <= CAPTION, f"the caption is longer than {CAPTION} characters")
    params: Params = chat | ({"caption": message.text} if message.text else {}) | markup(message)
    if document.remote.startswith(PHOTO):
        return Call("sendPhoto", params | {"photo": document.remote.removeprefix(PHOTO)})
    if document.remote:
        return Call("sendDocument", params | {"document": document.remote})
    require(bool(document.content or document.sha256), "the document is empty")
    require(len(document.content.encode()) <= UPLOAD, f"the file is larger than {UPLOAD} bytes")
    file = replace(document, name=file_name(document.name))
    return Call("sendPhoto", params, file, "photo") if document.alt else Call("sendDocument", params, file)


def file_name(name: str) -> str:
    """A name that fits into the header of a multipart body."""
    return "".join(letter if letter.isprintable() else "_" for letter in name) or "berkas"


def markup(message: Message) -> Params:
    keyboard = [[key(button) for button in row] for row in rows(message)]
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}


def rows(message: Message) -> Iterator[Sequence[Button]]:
    """Choices one below the other, short ones in pairs; the words together at the end."""
    waiting = list(message.choices)
    while waiting:
        pair = waiting[:2]
        size = 2 if all(len(button.label) <= SHORT_LABEL for button in pair) else 1
        yield waiting[:size]
        del waiting[:size]
    for start in range(0, len(message.words), WORDS_IN_A_ROW):
        yield message.words[start : start + WORDS_IN_A_ROW]


def key(button: Button) -> Mapping[str, str]:
    size = len(button.token.encode())
    require(1 <= size <= CALLBACK_DATA, f"a button carries {size} bytes, 1 to {CALLBACK_DATA} are allowed")
    require(bool(button.label.strip()), "a button has no label")
    return {"text": button.label, "callback_data": button.token}


def commands(menu: Sequence[tuple[str, str]]) -> Params:
    """The parameters of setMyCommands, without its scope. Raises SendFailed (refused)."""
    require(len(menu) <= COMMANDS, f"the menu has {len(menu)} commands, at most {COMMANDS} are allowed")
    for name, title in menu:
        require(bool(COMMAND_NAME.fullmatch(name)), "a command of the menu is not 1 to 32 of a-z 0-9 _")
        require(1 <= len(title) <= COMMAND_TITLE, f"the description of /{name} is not 1 to {COMMAND_TITLE} characters")
    return {"commands": [{"command": name, "description": title} for name, title in menu]}


def destination(address: str) -> Params:
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise SendFailed(Outcome.REFUSED, "the address is not the id of a chat")
    return {"chat_id": int(found[1])} | ({"message_thread_id": int(found[2])} if found[2] else {})


def require(fits: bool, reason: str) -> None:
    if not fits:
        raise SendFailed(Outcome.REFUSED, reason)
