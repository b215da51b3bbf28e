"""What an announcement looks like: its words, and how its choices appear in each messenger that serves."""

from handlers.announcement.running.words import announcement, in_approved_words
from handlers.conversation.message import Message
from handlers.conversation.pressed import Way, way
from handlers.conversation.turn import Work
from handlers.conversation.words import SOURCE, Text, Words, lines, paragraphs, say
from handlers.telling.reach import MESSENGERS
from storage.broadcasts import messengers
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.messengers import Messenger

TYPED_ONLY = {"plain"}
"""Where there is nothing to press."""
WAYS: dict[Way, Text] = {
    Way.NONE: say("teks saja"),
    Way.BUTTONS: say("dengan tombol"),
    Way.LIST: say("dengan daftar pilihan"),
    Way.TYPED: say("jawaban diketik"),
}


def preview(work: Work, broadcast: Broadcast) -> Text:
    """Its words with its buttons in brackets, and how that appears in each messenger."""
    shown = announcement(work, broadcast)
    buttons = lines(*(say("[{label}]", label=choice.label) for choice in shown.choices))
    message = shown.said().to(SOURCE)
    serving = messengers.serving(work.tx).values()
    return paragraphs(shown.text, buttons, lines(*(look(work, broadcast, one, message) for one in serving)))


def look(work: Work, broadcast: Broadcast, messenger: Messenger, message: Message) -> Text:
    """In one messenger; where free words are bound to a window, inside it and outside."""
    name, how = MESSENGERS.get(messenger.name, messenger.name), WAYS[way_in(messenger, message)]
    if messenger.window_hours is None:
        return say("{messenger}: {how}.", messenger=name, how=how)
    filled = in_approved_words(work, broadcast)
    words = Words(filled.approved.words.template, filled.values)
    return lines(
        say("{messenger} dalam jendela {hours} jam: {how}.", messenger=name, hours=messenger.window_hours, how=how),
        say("{messenger} di luar jendela: templat lebih dahulu, “{words}”", messenger=name, words=words),
    )


def way_in(messenger: Messenger, message: Message) -> Way:
    """Only a messenger with a window limits what can be pressed, as its channel does when it sends."""
    if messenger.window_hours is not None or not message.choices:
        return way(message)
    return Way.TYPED if messenger.name in TYPED_ONLY else Way.BUTTONS
