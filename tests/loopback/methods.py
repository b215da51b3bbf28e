"""The methods of the Bot API that act on chats, files and commands, shaped as Telegram answers them."""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .calls import Call, Json, Refused, Upload
from .chats import Chat, Screen, Tap, rows_of
from .formatting import as_seen
from .limits import DOWNLOAD, Breach

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly"
    " the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BOT_FIELDS = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a person; `size` may be more than the bytes kept, to play a large one."""

    id: str
    path: str
    content: bytes
    size: int


class Methods:
    """Everything the bot can change, and what it changed."""

    def __init__(self, bot_id: int, keep: int) -> None:
        self.bot: Json = {
            "id": bot_id,
            "is_bot": True,
            "first_name": "Rumah Kedua",
            "username": "rumah_kedua_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.blocked: set[int] = set()
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[str, list[Json]] = {}
        self.on_shown: Callable[[Chat, Screen], None] | None = None
        self._keep, self._last_message = keep, 0
        self._table: dict[str, Callable[[Call], Any]] = {
            "getMe": lambda _: self.bot | BOT_FIELDS,
            "sendMessage": self._send_message,
            "sendDocument": self._send_document,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_chat_action,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "answerCallbackQuery": self._answer_tap,
            "setMyCommands": self._set_commands,
            "deleteMyCommands": self._delete_commands,
            "getMyCommands": self._get_commands,
            "getFile": self._get_file,
        }

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._table)

    def perform(self, call: Call) -> Any:
        return self._table[call.method](call)

    def next_message_id(self) -> int:
        self._last_message += 1
        return self._last_message

    def meet(self, raw: Json) -> Chat:
        """A chat exists for the bot from the moment somebody wrote in it."""
        chat = self.chats.get(raw["id"])
        if chat is None:
            chat = self.chats[raw["id"]] = Chat(raw, self._keep)
        return chat

    def new_tap(self) -> Tap:
        tap = Tap(str(uuid.uuid4().int >> 64))
        self.taps[tap.id] = tap
        if len(self.taps) > self._keep:
            del self.taps[next(iter(self.taps))]
        return tap

    def store_file(self, name: str, content: bytes, size: int | None = None) -> StoredFile:
        key = uuid.uuid4().hex
        path = f"documents/{key[:8]}_{name}"
        stored = StoredFile(key, path, content, len(content) if size is None else size)
        self.files[key] = stored
        if len(self.files) > self._keep:
            del self.files[next(iter(self.files))]
        return stored

    def _chat(self, call: Call) -> Chat:
        chat = self.chats.get(call.chat) if call.chat is not None else None
        if chat is None:
            raise Refused("Bad Request: chat not found")
        if chat.id in self.blocked:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        return chat

    def _message(self, chat: Chat, markup: Any) -> Json:
        date = int(time.time())
        message = {"message_id": self.next_message_id(), "from": self.bot, "chat": chat.raw, "date": date}
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        return message

    def _show(self, chat: Chat, message: Json, call: Call, file: Upload | None = None) -> Json:
        text = message.get("text") or message.get("caption") or ""
        rows = rows_of(message.get("reply_markup") or call.params.get("reply_markup"))
        screen = Screen(message["message_id"], text, rows, call.method, call.at, file)
        chat.remember(message)
        chat.show(screen)
        if self.on_shown is not None:
            self.on_shown(chat, screen)
        return message

    def _send_message(self, call: Call) -> Json:
        chat, text = self._chat(call), as_seen(call.params["text"], call.params.get("parse_mode"))
        message = self._message(chat, call.params.get("reply_markup"))
        message["text"] = text
        return self._show(chat, message, call)

    def _send_document(self, call: Call) -> Json:
        chat, upload, stored = self._chat(call), *self._file(call, "document")
        document: Json = {"file_id": stored.id, "file_unique_id": stored.id[:12], "file_size": stored.size}
        if upload is not None:
            document |= {"file_name": upload.name, "mime_type": upload.mime}
        return self._show_file(call, chat, upload, {"document": document})

    def _send_photo(self, call: Call) -> Json:
        chat, upload, stored = self._chat(call), *self._file(call, "photo")
        size: Json = {"file_id": stored.id, "file_unique_id": stored.id[:12], "file_size": stored.size}
        return self._show_file(call, chat, upload, {"photo": [size | {"width": 800, "height": 600}]})

    def _show_file(self, call: Call, chat: Chat, upload: Upload | None, content: Json) -> Json:
        message = self._message(chat, call.params.get("reply_markup")) | content
        if caption := call.params.get("caption"):
            message["caption"] = as_seen(caption, call.params.get("parse_mode"))
        return self._show(chat, message, call, upload)

    def _file(self, call: Call, field: str) -> tuple[Upload | None, StoredFile]:
        """An upload under its own name or by `attach://`, or the id of a file that is known already."""
        given = str(call.params.get(field, ""))
        upload = call.files.get(given.removeprefix("attach://") if given else field)
        if upload is not None:
            return upload, self.store_file(upload.name, upload.content, upload.size)
        if given not in self.files:
            raise Refused("Bad Request: wrong file identifier/HTTP URL specified")
        return None, self.files[given]

    def _send_chat_action(self, call: Call) -> bool:
        self._chat(call)
        return True

    def _edited(self, call: Call) -> tuple[Chat, Json]:
        chat = self._chat(call)
        message = chat.messages.get(call.params.get("message_id", 0))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        if message["from"]["id"] != self.bot["id"]:
            raise Refused("Bad Request: message can't be edited")
        return chat, message

    def _edit_text(self, call: Call) -> Json:
        text = as_seen(call.params["text"], call.params.get("parse_mode"))
        return self._edit(call, {"text": text})

    def _edit_markup(self, call: Call) -> Json:
        return self._edit(call, {})

    def _edit(self, call: Call, change: Json) -> Json:
        chat, before = self._edited(call)
        kept = {name: value for name, value in before.items() if name not in ("reply_markup", "edit_date")}
        after = kept | change
        markup = call.params.get("reply_markup")
        if markup and markup.get("inline_keyboard"):
            after["reply_markup"] = markup
        if after == {name: value for name, value in before.items() if name != "edit_date"}:
            raise Refused(NOT_MODIFIED)
        return self._show(chat, after | {"edit_date": int(time.time())}, call)

    def _answer_tap(self, call: Call) -> bool:
        tap = self.taps.get(str(call.params.get("callback_query_id")))
        if tap is None or (tap.answered and tap.heard):
            which = "a tap that does not exist" if tap is None else "a tap that was answered before"
            raise Breach(call, TOO_OLD.removeprefix("Bad Request: "), f"it answers {which}")
        if tap.answered:
            # The bot was never told that its first answer arrived, so asking again is right.
            tap.heard = True
            raise Refused(TOO_OLD)
        tap.answered, tap.text = True, str(call.params.get("text", ""))
        tap.alert = str(call.params.get("show_alert", "")).lower() == "true"
        tap.bell.ring()
        return True

    def unheard(self, call: Call) -> None:
        """The answer to this call was lost: the bot cannot know that it took hold."""
        tap = self.taps.get(str(call.params.get("callback_query_id")))
        if tap is not None:
            tap.heard = False

    def _commands_key(self, call: Call) -> str:
        scope = call.params.get("scope") or {"type": "default"}
        return json.dumps([scope, call.params.get("language_code", "")], sort_keys=True)

    def _set_commands(self, call: Call) -> bool:
        self.commands[self._commands_key(call)] = call.params["commands"]
        return True

    def _delete_commands(self, call: Call) -> bool:
        self.commands.pop(self._commands_key(call), None)
        return True

    def _get_commands(self, call: Call) -> list[Json]:
        return self.commands.get(self._commands_key(call), [])

    def _get_file(self, call: Call) -> Json:
        stored = self.files.get(str(call.params.get("file_id")))
        if stored is None:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        if stored.size > DOWNLOAD:
            raise Refused("Bad Request: file is too big")
        return {
            "file_id": stored.id,
            "file_unique_id": stored.id[:12],
            "file_size": stored.size,
            "file_path": stored.path,
        }
