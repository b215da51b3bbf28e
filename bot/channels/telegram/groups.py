"""In a group, where most of what is said is not for us: what is, and in which topic it was said."""

from dataclasses import dataclass

from bot.channels.fields import Json, claimed, whole


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself: its id is in the token, its name is empty until Telegram has told it."""

    id: int
    username: str = ""


def person_wrote(message: Json) -> bool:
    sender = message.get("from")
    return isinstance(sender, dict) and sender.get("is_bot") is not True


def topic(message: Json) -> str:
    """What follows the address of a group that has topics (Bot API: Message, is_topic_message); empty for others."""
    number = whole(message.get("message_thread_id"))
    return f":{number}" if message.get("is_topic_message") is True and number is not None and number > 0 else ""


def people_wrote(message: Json) -> bool:
    """Under their name, as an anonymous administrator or as a channel of theirs; no bot, and nothing passed on."""
    as_chat = isinstance(message.get("sender_chat"), dict)
    return message.get("is_automatic_forward") is not True and (as_chat or person_wrote(message))


def meant(message: Json, me: Me) -> bool:
    """A command for us, our name, or an answer to what we said."""
    if not people_wrote(message):
        return False
    answered = message.get("reply_to_message")
    if isinstance(answered, dict) and isinstance(answered.get("from"), dict) and answered["from"].get("id") == me.id:
        return True
    text = claimed(message.get("text", message.get("caption")))
    entities = message.get("entities", message.get("caption_entities", []))
    return isinstance(entities, list) and any(calls_us(entity, text, me) for entity in entities)


def calls_us(entity: object, text: str, me: Me) -> bool:
    if not isinstance(entity, dict):
        return False
    said = marked(text, entity).lower()
    match entity.get("type"):
        case "bot_command":
            _, _, whom = said.partition("@")
            # Before we know our name every command may be for us.
            return not whom or me.username.lower() in ("", whom)
        case "mention":
            return bool(me.username) and said == f"@{me.username.lower()}"
        case "text_mention":
            user = entity.get("user")
            return isinstance(user, dict) and user.get("id") == me.id
    return False


def marked(text: str, entity: Json) -> str:
    """The words an entity marks; Telegram counts in UTF-16 units."""
    start, length = whole(entity.get("offset")), whole(entity.get("length"))
    if start is None or length is None or start < 0 or length < 0:
        return ""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")
