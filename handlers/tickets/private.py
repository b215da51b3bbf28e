"""Forms that ask first whether the sender is named, hidden or unknown."""

from handlers.conversation.form import Form
from handlers.conversation.question import pick
from handlers.conversation.words import Text, say
from handlers.profile import Profile
from handlers.tickets import limits
from handlers.tickets.sending import PRIVACY, Sending
from storage.tickets import ANONYMOUS


class PrivateSending(Sending):
    """With a name, with a hidden one, or without: asked first, so that nobody tells more than they want to."""

    privacy: str = pick(
        say("Pencantuman nama"),
        say(
            "Bagaimana nama Bapak/Ibu dicantumkan? Nama dirahasiakan: hanya petugas piket dan "
            "penyetuju yang melihatnya. Tanpa nama: kami tidak menyimpan siapa pengirimnya."
        ),
        lambda form: PRIVACY,
    )

    def needs(self) -> type[Form] | None:
        """Who gives no name is not asked for one."""
        unnamed = self.answers.get("privacy") in (None, ANONYMOUS)
        return None if unnamed or self.turn.person.name else Profile

    def may_wait(self) -> bool:
        """What was begun without a name is gone as soon as it is left."""
        return self.answers.get("privacy") not in (None, ANONYMOUS)

    def refusal(self) -> Text | None:
        refused = limits.refusal(self.turn, self.kind)
        if refused is None and self.answers.get("privacy") == ANONYMOUS:
            return limits.anonymous_refusal(self.turn, self.kind)
        return refused
