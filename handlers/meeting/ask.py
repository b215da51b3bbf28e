"""`/audiensi`: a leader asks for a meeting."""

from collections.abc import Mapping
from datetime import date, time
from typing import cast

from handlers.conversation.form import Form
from handlers.conversation.questions.many import many
from handlers.conversation.questions.question import count, names, pick, text
from handlers.conversation.words import Text, say
from handlers.meeting.decide import show_to_officers
from handlers.meeting.letter import ask_letter
from handlers.meeting.slot import SlotForm, ask_day, ask_hour
from handlers.meeting.timers import set_rings
from handlers.membership.on_behalf import OnBehalf
from handlers.office.moments import in_full
from storage.meetings import history, meetings
from storage.meetings.meetings import Request

MOST_GUESTS = 50


def hosts(form: Form) -> Mapping[str, Text]:
    return {key: host.label for key, host in form.turn.office.hosts.items()}


def named_guests(form: Form) -> int:
    return len(cast("MeetingRequest", form).attendees)


class MeetingRequest(OnBehalf, SlotForm, name="audiensi"):
    """The request holds its slot from the moment it is sent."""

    title = say("Permintaan audiensi")
    opening = say("Permintaan audiensi: beberapa pertanyaan singkat. Ketik kembali atau batal kapan saja.")

    purpose: str = pick(say("Keperluan"), say("Apa keperluannya?"), lambda form: form.turn.office.purposes)
    host: str = pick(say("Tujuan"), say("Ingin bertemu siapa?"), hosts)
    topic: str = text(say("Topik"), say("Apa yang ingin dibicarakan? Satu atau dua kalimat cukup."), at_most=300)
    day: date = ask_day()
    hour: time = ask_hour()
    attendees: tuple[str, ...] = names(
        say("Yang hadir"), say("Siapa saja yang akan hadir? Tulis namanya, pisahkan dengan koma."), at_most=10
    )
    head_count: int = count(
        say("Jumlah"),
        say("Berapa orang seluruhnya?"),
        bounds=lambda form: (named_guests(form), MOST_GUESTS),
        suggested=lambda form: sorted({named_guests(form), named_guests(form) + 1, named_guests(form) + 2}),
    )
    letter: int | None = ask_letter(
        say("Surat"), say("Ada surat permohonan? Kirim foto atau PDF-nya. Kalau tidak ada, ketik lewati.")
    )
    access: tuple[str, ...] = many(
        say("Kebutuhan akses"),
        say("Apakah ada yang memerlukan bantuan berikut? Boleh lebih dari satu, boleh juga tidak ada."),
        lambda form: form.turn.office.access,
    )

    @property
    def slot_host(self) -> str:
        return self.host

    def refusal(self) -> Text | None:
        turn = self.turn
        most = turn.office.meeting.open_per_person
        if meetings.ahead(turn.tx, turn.person.id, turn.now) < most:
            return None
        return say(
            "Bapak/Ibu sudah punya {count} permintaan yang masih berjalan. Supaya ormas lain juga kebagian waktu, "
            "mohon tunggu salah satunya selesai, atau batalkan yang tidak jadi. Ketik /status untuk melihat daftarnya.",
            count=most,
        )

    def finish(self) -> None:
        turn = self.turn
        self.still_free()
        meeting = meetings.request(turn.tx, self.request(), turn.now)
        history.add(turn.tx, meeting.id, turn.person.id, "requested", None, turn.now)
        set_rings(turn, meeting)
        turn.say(
            say(
                "Permintaan {code} sudah kami terima: {when}. Jam itu kami simpan untuk Bapak/Ibu sambil menunggu "
                "jawaban petugas. Ketik /status untuk melihat perkembangannya.",
                code=meeting.code,
                when=in_full(turn, meeting.starts_at),
            ),
            ""
            if self.verified()
            else say("Catatan: kepengurusan Bapak/Ibu belum diverifikasi; permintaan tetap diproses."),
        )
        show_to_officers(turn, meeting)

    def request(self) -> Request:
        return Request(
            person_id=self.turn.person.id,
            organisation_id=self.organisation_id(),
            purpose=self.purpose,
            host=self.host,
            topic=self.topic,
            attendees=self.attendees,
            head_count=self.head_count,
            access=self.access,
            letter_id=self.letter,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
        )
