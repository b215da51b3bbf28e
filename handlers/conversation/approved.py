"""Words a messenger approves beforehand: what it takes outside the hours in which it allows free ones.

One definition serves for what is handed in for approval (`python -m bot templates`) and for what is sent.
Source: WhatsApp Business Platform, message templates (named parameters, quick replies, time-to-live).
"""

from dataclasses import dataclass
from datetime import timedelta

from handlers.conversation.message import Template
from handlers.conversation.words import Text, Words, in_language, say, text


@dataclass(frozen=True, slots=True)
class Approved:
    """A template: its words with examples as values, its buttons, and how long it may wait to be delivered."""

    name: str
    words: Words
    buttons: tuple[tuple[str, Text], ...] = ()
    """Token and label; the token of a choice of the message is given when it is filled in."""
    lives: timedelta = timedelta(hours=12)
    """At most 12 hours for this category (Cloud API, time-to-live of utility templates)."""

    def __call__(self, **values: Text | int) -> "Filled":
        assert set(values) == {name for name, _ in self.words.values}, f"{self.name} needs other values"
        return Filled(self, tuple((name, text(value)) for name, value in values.items()))


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values, not in a language yet."""

    approved: Approved
    values: tuple[tuple[str, Text], ...]

    def to(self, language: str, tokens: dict[str, str]) -> Template:
        """For one person. `tokens` are the choices of the message, by the name of their action."""
        buttons = tuple(tokens.get(name, name) for name, _ in self.approved.buttons)
        values = tuple((name, in_language(value, language)) for name, value in self.values)
        return Template(self.approved.name, language, values, buttons)


NEWS_TOKEN = "c.kabar"
"""Carried by the button that asks for the full words (handlers/announcement/unread.py)."""
NEWS = Approved(
    "ada_kabar",
    say(
        "Ada kabar dari {office} untuk Bapak/Ibu. Tekan Baca, atau balas pesan ini, untuk membacanya.",
        office="Bakesbangpol Kabupaten Pekalongan",
    ),
    buttons=((NEWS_TOKEN, say("Baca")),),
)
"""For every notice that has no words of its own: it says that there is something, and an answer brings all of it."""
