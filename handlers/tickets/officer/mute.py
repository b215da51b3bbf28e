"""An officer asks somebody to wait: no new tickets for some days, with a reason, written down, ending by itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from handlers.conversation.catalogue import Action
from handlers.conversation.form import Form
from handlers.conversation.questions.question import pick, text
from handlers.conversation.words import Text, say
from handlers.office.moments import in_full
from handlers.telling.officers import audit, let_know
from handlers.telling.rights import may_name
from handlers.tickets.kinds import PREFIXES
from handlers.tickets.officer.office_form import OfficeForm, begin, sender_of
from handlers.tickets.officer.staff import STAFF, guarded
from storage.people import people
from storage.tickets import mutes

LIFT = "0"


def lengths(form: Form) -> Mapping[str, Text]:
    days = {str(number): say("{days} hari", days=number) for number in form.turn.office.tickets.mute_days}
    sender = cast(OfficeForm, form).ticket.person_id or 0
    held = mutes.muted_until(form.turn.tx, sender, form.turn.now)
    return days | ({LIFT: say("Cabut penahanan")} if held else {})


class Muting(OfficeForm, name="bisukan"):
    """The person is told, and until when; what they sent before is still answered."""

    title = say("Penahanan kiriman")
    right = "mute"
    open_only = False
    days: str = pick(say("Lama"), say("Berapa lama kiriman baru dari pengirim ini ditahan?"), lengths)
    why: str = text(
        say("Alasan"),
        say("Apa alasannya? Disampaikan kepada pengirim."),
        at_most=300,
        when=lambda form: form.days != LIFT,
    )

    def goes_to(self) -> Text:
        return sender_of(self)

    def refusal(self) -> Text | None:
        """Holding somebody back shows at everything else they sent: only who may know the name may do it."""
        if refused := super().refusal():
            return refused
        if self.ticket.person_id is None:
            return say("Pengirim tidak menyebut nama, jadi kirimannya tidak dapat ditahan.")
        if not may_name(self.turn.person, self.ticket):
            return say("Nama pengirim dirahasiakan, jadi hanya penyetuju atau petugas piket yang dapat menahannya.")
        return None

    def finish(self) -> None:
        turn, person = self.turn, people.get(self.turn.tx, self.ticket.person_id or 0)
        if self.days == LIFT:
            audit(turn, "unmuted", f"person:{person.id}")
            mutes.lift(turn.tx, person.id, turn.now)
            turn.say(say("Penahanan dicabut."))
            let_know(turn, person, say("Bapak/Ibu dapat mengirim lagi. Terima kasih atas pengertiannya."))
            return
        audit(turn, "muted", f"person:{person.id}", self.why)
        until = turn.now + timedelta(days=int(self.days))
        mutes.mute(turn.tx, person.id, until, self.why, turn.person.id, turn.now)
        turn.say(say("Kiriman baru dari pengirim ini ditahan sampai {when}.", when=in_full(turn, until)))
        let_know(
            turn,
            person,
            say(
                "Mohon maaf, sampai {when} kiriman baru dari Bapak/Ibu kami tahan dahulu. Yang "
                "sudah dikirim tetap kami layani.",
                when=in_full(turn, until),
            ),
            say("Alasan: {reason}", reason=self.why),
            say("Bila keberatan, silakan datang atau menghubungi kantor."),
        )


MUTE = Action("bisukan", guarded("mute", begin(Muting)), say("Tahan pengirim"), "tahan", STAFF, prefixes=PREFIXES)
ACTIONS = [MUTE]
FORMS = [Muting]
