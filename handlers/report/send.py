"""`/laporan`: an ormas reports an activity (Permendagri 57/2017 Art. 39); the receipt can be verified by anybody."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from handlers.conversation.form import Form
from handlers.conversation.questions.day import PastDay
from handlers.conversation.questions.files import files
from handlers.conversation.questions.place import Where, place
from handlers.conversation.questions.question import Answer, PickQuestion, Unfit, count, pick, text
from handlers.conversation.questions.voice import Spoken, spoken, voice_of
from handlers.conversation.words import Text, day_in_full, listed, say
from handlers.membership.on_behalf import OnBehalf
from handlers.office.codes import drawn
from handlers.office.kecamatan import ask_kecamatan
from handlers.report.periods import of_key, reportable
from handlers.tickets.sender.sending import About, Sending, receipt
from storage.mail import outbox
from storage.ormas import duty
from storage.tickets.tickets import Ticket

CHECK_LETTERS = 8
MOST_GUESTS = 100_000
AGREED = "ya"


def periods(form: Form) -> Mapping[str, Text]:
    return {period.key: period.label for period in reportable(form.turn.now.date(), form.turn.office.report)}


def fields(form: Form) -> Mapping[str, Text]:
    return form.turn.office.fields


def statements(form: Form) -> Mapping[str, Text]:  # noqa: ARG001
    return {AGREED: say("Ya, disetujui"), "belum": say("Belum")}


class DayOfPeriod(PastDay):
    """A day of the period that was chosen: "2 Desember" said in November is a slip, not the year before."""

    def read(self, answer: Answer, form: Form) -> date:
        day = super().read(answer, form)
        period = of_key(cast("ActivityReport", form).period, form.turn.office.report)
        if period is not None and not period.first <= day <= period.last:
            raise Unfit(
                say(
                    "{day} di luar masa laporan {period}. Mohon tulis tanggalnya beserta tahunnya, atau kembali untuk "
                    "memilih masa yang lain.",
                    day=day_in_full(day),
                    period=period.label,
                )
            )
        return day


class StatementQuestion(PickQuestion):
    """Who has to agree stands in the office profile; without that it goes no further, and nothing is lost."""

    def prompt(self, form: Form) -> Text:
        return say("Apakah laporan ini benar dan sudah disetujui {signers}?", signers=signers(form))

    def read(self, answer: Answer, form: Form) -> str:
        said = super().read(answer, form)
        if said != AGREED:
            raise Unfit(
                say(
                    "Laporan perlu disetujui {signers} dahulu ({basis}). Isian ini kami simpan; setelah disetujui, "
                    "pilih Ya, disetujui, atau ketik /laporan untuk melanjutkan.",
                    signers=signers(form),
                    basis=form.turn.office.report.basis,
                )
            )
        return said


def signers(form: Form) -> Text:
    """`ketua dan sekretaris`."""
    first, *others = form.turn.office.report.signed_by
    return say("{first} dan {others}", first=first, others=listed(others)) if others else first


class ActivityReport(OnBehalf, Sending, name="laporan"):
    """One activity. Files come one by one or as an album, at any question, over days."""

    kind = "laporan"
    unsaid = frozenset({"organisation", "period"})
    title = say("Laporan kegiatan")
    opening = say(
        "Laporan kegiatan ormas. Foto dan berkas boleh dikirim kapan saja selama mengisi, dan "
        "isiannya boleh dilanjutkan besok. Ketik kembali atau batal kapan saja."
    )
    period: str = pick(say("Masa laporan"), say("Untuk masa laporan yang mana?"), periods)
    activity: str = text(say("Kegiatan"), say("Apa nama kegiatannya?"), at_most=150)
    day: date = cast(date, DayOfPeriod(say("Tanggal"), say("Kapan kegiatannya berlangsung?")))
    kecamatan: str = ask_kecamatan(say("Di kecamatan mana?"))
    where: Where = place(
        say("Tempat"), say("Di mana tempatnya? Tulis, kirim titik lokasi, atau ketik lewati."), optional=True
    )
    field: str = pick(say("Bidang"), say("Kegiatannya di bidang apa?"), fields)
    participants: int = count(
        say("Peserta"),
        say("Berapa orang yang ikut?"),
        bounds=lambda form: (1, MOST_GUESTS),
        suggested=lambda form: (),
    )
    summary_of: Spoken = spoken(
        say("Ringkasan"), say("Ceritakan singkat kegiatan dan hasilnya. Boleh ditulis atau pesan suara."), at_most=2000
    )
    papers: tuple[int, ...] = files(say("Berkas"), say("Ada foto atau dokumen kegiatannya?"), at_most=10, optional=True)
    statement: str = cast(str, StatementQuestion(say("Pernyataan"), "", statements))

    def about_it(self) -> About:
        return About(
            title=self.activity,
            organisation_id=self.organisation_id(),
            kecamatan=self.kecamatan,
            period=self.period,
            check_code=drawn(CHECK_LETTERS),
            files=(("summary_of", voice_of(self.summary_of)), ("papers", self.papers)),
        )

    def ring(self, ticket: Ticket) -> None:
        """A reminder that is still on its way is no longer true."""
        super().ring(ticket)
        outbox.take_back(self.turn.tx, duty.subject(ticket.organisation_id or 0, ticket.period), self.turn.now)

    def say_received(self, ticket: Ticket, secret: str) -> None:  # noqa: ARG002
        self.turn.say(
            *receipt(self, ticket),
            say(
                "Kode tanda terima: {check}. Siapa pun dapat memeriksanya dengan mengetik /cek {check}.",
                check=ticket.check_code,
            ),
            ""
            if self.verified()
            else say("Catatan: kepengurusan Bapak/Ibu belum diverifikasi; laporan tetap diproses."),
        )
