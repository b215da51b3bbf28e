"""Telegram's published limits: a call that breaks one is refused and the breach is noted in a sentence."""

import re
from collections.abc import Callable, Iterator

from .calls import Call, Json, Refused
from .formatting import as_seen

MEGABYTE = 1024 * 1024
TEXT, CAPTION, CALLBACK_DATA, CALLBACK_ANSWER = 4096, 1024, 64, 200
COMMANDS, COMMAND_DESCRIPTION = 100, 256
UPLOAD, PHOTO, DOWNLOAD = 50 * MEGABYTE, 10 * MEGABYTE, 20 * MEGABYTE
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
START_LINK = re.compile(r"(?:t\.me/|tg://resolve)[^\s?]*\?(?:[^\s]*&)?start(?:group)?=([^\s&\"<>)]*)")
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
KEYBOARDS = frozenset({"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"})
BUTTON_ACTION = re.compile(r"url|callback_data|web_app|login_url|switch_inline_query\w*|copy_text|callback_game|pay")
CHAT_ACTION = re.compile(
    r"typing|choose_sticker|find_location|upload_(photo|video|voice|document|video_note)|record_(video|voice|video_note)"
)


class Breach(Refused):
    """A published limit was broken: `sentence` says by whom and how."""

    def __init__(self, call: Call, description: str, what: str, code: int = 400) -> None:
        super().__init__(description if code != 400 else f"Bad Request: {description}", code)
        self.sentence = f"{call.method} to {call.chat or 'nobody'}: {what}"


def check(call: Call) -> None:
    """Raise the first breach; a method without limits costs one look-up."""
    for rule in RULES.get(call.method, ()):
        rule(call)


def _text(call: Call) -> None:
    text = call.params.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Breach(call, "message text is empty", "the text is empty")
    if (length := _length(call, text, TEXT)) > TEXT:
        what = f"the text has {length} characters, at most {TEXT} are allowed"
        raise Breach(call, "message is too long", what)
    if "start" in text:
        _links(call, text)


def _caption(call: Call) -> None:
    if (length := _length(call, str(call.params.get("caption", "")), CAPTION)) > CAPTION:
        what = f"the caption has {length} characters, at most {CAPTION} are allowed"
        raise Breach(call, "message caption is too long", what)


def _length(call: Call, text: str, most: int) -> int:
    """Formatting does not count; it is only looked at when there is need to."""
    return len(text) if len(text) <= most else len(as_seen(text, call.params.get("parse_mode")))


def _links(call: Call, text: str) -> None:
    for payload in START_LINK.findall(text):
        if not START_PAYLOAD.fullmatch(payload):
            what = f"the start payload {payload!r} is not 1 to 64 of A-Z a-z 0-9 _ -"
            raise Breach(call, "START_PARAM_INVALID", what)


def _markup(call: Call) -> None:
    markup = call.params.get("reply_markup")
    if markup is None or markup == "":
        return
    if not isinstance(markup, dict) or (markup and not markup.keys() & KEYBOARDS):
        raise _bad_markup(call, "reply_markup is not the JSON of a keyboard")
    for button in _inline_buttons(call, markup):
        _button(call, button)


def _inline_markup(call: Call) -> None:
    _markup(call)
    markup = call.params.get("reply_markup")
    if markup and "inline_keyboard" not in markup:
        raise Breach(call, "inline keyboard expected", "a message can only be edited with an inline keyboard")


def _bad_markup(call: Call, what: str) -> Breach:
    return Breach(call, "can't parse reply keyboard markup JSON object", what)


def _inline_buttons(call: Call, markup: Json) -> Iterator[Json]:
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise _bad_markup(call, "inline_keyboard is not a list of rows")
    for row in rows:
        for button in row:
            if not isinstance(button, dict):
                raise _bad_markup(call, "an inline button is not an object")
            yield button


def _button(call: Call, button: Json) -> None:
    label = button.get("text")
    if not isinstance(label, str) or not label.strip():
        raise Breach(call, "text buttons must be non-empty", "an inline button has no text")
    if not any(BUTTON_ACTION.fullmatch(key) for key in button):
        what = f"the inline button {label!r} does nothing"
        raise Breach(call, "text buttons are not allowed in the inline keyboard", what)
    size = len(str(button.get("callback_data", "-")).encode())
    if not 1 <= size <= CALLBACK_DATA:
        what = f"the callback_data of {label!r} has {size} bytes, 1 to {CALLBACK_DATA} are allowed"
        raise Breach(call, "BUTTON_DATA_INVALID", what)
    _links(call, str(button.get("url", "")))


def _upload(call: Call) -> None:
    _sizes(call, PHOTO if call.method == "sendPhoto" else UPLOAD)


def _sizes(call: Call, most: int) -> None:
    for upload in call.files.values():
        if upload.size > most:
            what = f"{upload.name} has {upload.size} bytes, at most {most} are allowed"
            raise Breach(call, "Request Entity Too Large", what, 413)


def _callback_answer(call: Call) -> None:
    if (length := len(str(call.params.get("text", "")))) > CALLBACK_ANSWER:
        what = f"the answer to a tap has {length} characters, at most {CALLBACK_ANSWER} are allowed"
        raise Breach(call, "MESSAGE_TOO_LONG", what)


def _commands(call: Call) -> None:
    commands = call.params.get("commands")
    if not isinstance(commands, list):
        raise Breach(call, "can't parse commands list JSON object", "commands is not a list")
    if len(commands) > COMMANDS:
        what = f"{len(commands)} commands, at most {COMMANDS} are allowed"
        raise Breach(call, "BOT_COMMANDS_TOO_MUCH", what)
    for command in commands:
        _command(call, str(command.get("command")), str(command.get("description", "")))


def _command(call: Call, name: str, description: str) -> None:
    if not COMMAND_NAME.fullmatch(name):
        raise Breach(call, "BOT_COMMAND_INVALID", f"the command {name!r} is not 1 to 32 of a-z 0-9 _")
    if not 1 <= (length := len(description)) <= COMMAND_DESCRIPTION:
        what = f"the description of {name!r} has {length} characters, 1 to {COMMAND_DESCRIPTION} are allowed"
        raise Breach(call, "BOT_COMMAND_DESCRIPTION_INVALID", what)


def _chat_action(call: Call) -> None:
    if not CHAT_ACTION.fullmatch(str(call.params.get("action"))):
        what = f"{call.params.get('action')!r} is not a chat action"
        raise Breach(call, "wrong parameter action in request", what)


def _secret(call: Call) -> None:
    secret = call.params.get("secret_token")
    if secret and not SECRET.fullmatch(str(secret)):
        what = "the secret of the webhook is not 1 to 256 of A-Z a-z 0-9 _ -"
        raise Breach(call, "secret token contains unallowed characters", what)


RULES: dict[str, tuple[Callable[[Call], None], ...]] = {
    "sendMessage": (_text, _markup),
    "editMessageText": (_text, _inline_markup),
    "editMessageReplyMarkup": (_inline_markup,),
    "sendDocument": (_caption, _markup, _upload),
    "sendPhoto": (_caption, _markup, _upload),
    "answerCallbackQuery": (_callback_answer,),
    "setMyCommands": (_commands,),
    "sendChatAction": (_chat_action,),
    "setWebhook": (_secret,),
}
