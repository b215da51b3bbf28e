"""A message as plain numbered text: what every channel falls back on, and all that a terminal has."""

from handlers.conversation.message import Button, Message
from handlers.conversation.words import SOURCE, in_language, say


def render(message: Message) -> str:
    """A message as text: choices numbered or by what to type for them, then the words that may be typed."""
    language = message.language or SOURCE
    words = " · ".join(word.typed or word.label for word in message.words)
    numbered = [choice for choice in message.choices if not choice.typed]
    named = [choice for choice in message.choices if choice.typed]
    rows = [f"{place}. {choice.label}" for place, choice in enumerate(numbered, 1)]
    parts = [
        message.text,
        "\n".join(rows),
        "\n".join(f"- {by_name(choice, language)}" for choice in named),
        in_language(say("Ketik: {words}", words=words), language) if words else "",
        f"[{message.document.name}]" if message.document else "",
    ]
    return "\n\n".join(part for part in parts if part)


def by_name(choice: Button, language: str) -> str:
    """`09.00`, or `Setujui (ketik: setujui AUD-0147)` where the name alone could mean several."""
    same = choice.typed in (choice.label.replace(".", ":"), choice.label.casefold())
    typed = say("{label} (ketik: {typed})", label=choice.label, typed=choice.typed)
    return choice.label if same else in_language(typed, language)
