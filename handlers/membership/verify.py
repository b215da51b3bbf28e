"""An officer verifies with one tap that somebody leads an ormas, or says why not."""

import hashlib

from handlers.conversation.catalogue import Action, Basis
from handlers.conversation.form import Form, begin
from handlers.conversation.questions.question import text
from handlers.conversation.turn import Choice, Turn, Work
from handlers.conversation.words import Text, lines, say
from handlers.telling import own_matters
from handlers.telling.officers import OFFICERS, audit, let_know, to_officers
from storage.database.database import NotFound
from storage.ormas import organisations
from storage.ormas.organisations import Membership
from storage.people import people
from storage.people.merges import Merge


def ask_officers(work: Work, membership: Membership) -> None:
    to_officers(work, *membership_card(work, membership), choices=membership_choices(work, membership))


def ask_again(work: Work, merge: Merge) -> None:
    """Of two records that became one: what was verified under another name."""
    for membership_id in merge.doubted:
        ask_officers(work, organisations.membership(work.tx, membership_id))


def membership_card(work: Work, membership: Membership) -> list[Text]:
    organisation = membership.organisation
    return [
        say("Pengurus baru, mohon diperiksa:"),
        lines(
            say("Nama: {name}", name=people.get(work.tx, membership.person_id).name),
            say("Ormas: {name}", name=organisation.name),
            say("Jabatan: {position}", position=membership.position),
            say("Bentuk: {kind}", kind=work.office.kinds.get(organisation.kind, organisation.kind)),
            say("Bidang: {field}", field=work.office.fields.get(organisation.field, organisation.field)),
            say("Kecamatan: {kecamatan}", kecamatan=organisation.kecamatan),
        ),
    ]


def membership_choices(work: Work, membership: Membership) -> list[Choice]:
    code = member_code(membership)
    seen = who(work, membership)
    return [VERIFY.on(membership.id, code, seen), DENY.on(membership.id, code, seen)]


def who(work: Work, membership: Membership) -> str:
    """Tells one name and position from another, and is too short to tell whose they are."""
    seen = f"{people.get(work.tx, membership.person_id).name}\n{membership.position}"
    return hashlib.sha256(seen.encode()).hexdigest()[:4]


def who_now(work: Work, membership_id: int) -> str:
    return who(work, organisations.membership(work.tx, membership_id))


def show_who_now(turn: Turn, record: str) -> None:
    """An officer pressed a button of a card that is no longer so."""
    membership = organisations.membership(turn.tx, int(record))
    undecided = not membership.verified and not membership.refused
    turn.say(
        say("Nama atau jabatannya sudah berubah, jadi belum ada yang diputuskan. Yang berlaku sekarang:"),
        *membership_card(turn, membership),
        choices=membership_choices(turn, membership) if undecided else (),
    )


def member_code(membership: Membership) -> str:
    return f"ANG-{membership.id:04d}"


def verify(turn: Turn, record: str) -> None:
    membership = organisations.membership(turn.tx, int(record))
    if (refused := own_matters.refusal(turn, membership)) is not None:
        turn.say(refused)
        return
    if not organisations.verify(turn.tx, membership.id, turn.person.id, turn.now):
        turn.say(standing(membership))
        return
    audit(turn, "verify-membership", f"membership:{membership.id}")
    turn.say(
        say(
            "{code}: {name} tercatat sebagai pengurus terverifikasi.",
            code=member_code(membership),
            name=people.get(turn.tx, membership.person_id).name,
        )
    )
    let_know(
        turn,
        people.get(turn.tx, membership.person_id),
        say("Kabar baik: Bapak/Ibu sudah terverifikasi sebagai pengurus {name}.", name=membership.organisation.name),
    )


def standing(membership: Membership) -> Text:
    if membership.verified:
        return say("Sudah diverifikasi sebelumnya.")
    return say("Sudah ditolak sebelumnya.") if membership.refused else say("Menunggu diperiksa.")


class Denial(Form, name="tolak-anggota"):
    """An officer does not recognise someone as a leader; the reason goes to them."""

    title = say("Penolakan pengurus")
    reason: str = text(say("Alasan"), say("Apa alasannya? Ini akan disampaikan kepada yang bersangkutan."), at_most=300)

    def goes_to(self) -> Text:
        membership = self.membership
        name = people.get(self.turn.tx, membership.person_id).name
        return say("{name}, pengurus {organisation}", name=name, organisation=membership.organisation.name)

    def refusal(self) -> Text | None:
        try:
            self.membership = organisations.membership(self.turn.tx, int(self.about))
        except NotFound:
            return say("Kepengurusan itu sudah tidak ada.")
        settled = self.membership.verified or self.membership.refused
        return standing(self.membership) if settled else own_matters.refusal(self.turn, self.membership)

    def finish(self) -> None:
        turn, membership = self.turn, self.membership
        organisations.refuse(turn.tx, membership.id, turn.person.id, turn.now)
        audit(turn, "refuse-membership", f"membership:{membership.id}", self.reason)
        turn.say(say("Baik, sudah dicatat."))
        let_know(
            turn,
            people.get(turn.tx, membership.person_id),
            say(
                "Mohon maaf, kepengurusan Bapak/Ibu di {name} belum dapat kami verifikasi: {reason}. "
                "Ketik /profil untuk memperbaiki.",
                name=membership.organisation.name,
                reason=self.reason,
            ),
        )


SEEN = Basis(who_now, show_who_now)
VERIFY = Action("sah", verify, say("Verifikasi"), "verifikasi", OFFICERS, ("ANG",), basis=SEEN)
DENY = Action("tolak-anggota", begin(Denial), say("Tolak"), "tolak", OFFICERS, ("ANG",), basis=SEEN)
