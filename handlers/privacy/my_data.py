"""`/dataku` and `/hapus`: a person sees, takes along and erases what is stored about them (UU 27/2022)."""

import json
from typing import Any

from handlers.conversation.catalogue import Action
from handlers.conversation.message import Document
from handlers.conversation.turn import Turn
from handlers.conversation.words import Text, lines, say
from handlers.meeting.words import when
from handlers.telling.officers import to_officers
from handlers.tickets import deadlines
from handlers.tickets.officer.staff import tell_staff
from storage.meetings import history, meetings
from storage.people import own_data
from storage.tickets import events, queue, tickets

COUNTS_FOR = 3600
"""Seconds in which the question is answered."""

READABLE: dict[str, Text] = {
    "persetujuan": say("Persetujuan"),
    "saluran": say("Saluran obrolan"),
    "peran": say("Peran"),
    "keanggotaan": say("Keanggotaan ormas"),
    "isian_belum_selesai": say("Isian yang belum selesai"),
    "permintaan": say("Permintaan"),
    "riwayat": say("Catatan riwayat"),
    "janji": say("Janji"),
    "berkas": say("Berkas"),
    "pesan_masuk": say("Pesan masuk yang masih disimpan"),
    "pesan_keluar": say("Pesan keluar yang masih disimpan"),
    "obrolan_di_halaman": say("Baris obrolan di halaman web"),
    "ormas_ditambahkan": say("Ormas yang ditambahkan"),
    "nama_di_susunan_pengurus": say("Nama di susunan pengurus"),
    "usulan_perbaikan": say("Usulan perbaikan data ormas"),
    "berkas_siap": say("Berkas yang dicentang siap"),
    "percobaan_kode": say("Percobaan kode"),
    "pilihan_kabar": say("Pilihan menerima kabar"),
    "kode_penghubung": say("Kode penghubung"),
    "penggabungan": say("Akun yang dihubungkan"),
    "kiriman": say("Kiriman"),
    "riwayat_kiriman": say("Riwayat kiriman"),
    "berkas_kiriman": say("Berkas kiriman"),
    "percakapan_berjalan": say("Percakapan yang berjalan"),
    "penahanan_kiriman": say("Penahanan kiriman"),
    "balasan_siap_pakai": say("Balasan siap pakai yang ditulis"),
    "rekap_diminta": say("Rekap yang diminta"),
    "tindakan_sebagai_petugas": say("Tindakan sebagai petugas"),
}


def my_data(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/dataku`: readable lines, and everything as JSON to take along."""
    data = own_data.gather(turn.tx, turn.person.id)
    counts = [say("{what}: {count}", what=READABLE[key], count=len(data[key])) for key in READABLE if data[key]]
    turn.say(
        say("Ini data Bapak/Ibu yang kami simpan."),
        lines(
            say("Nama: {name}", name=turn.person.name or say("belum diisi")),
            say("Bahasa: {language}", language=turn.person.language),
            *counts,
        ),
        readable(turn, data),
        say("Untuk memperbaiki, ketik /profil. Untuk menghapus, ketik /hapus."),
    )
    turn.say(
        say("Data lengkap dalam bentuk JSON:"),
        document=Document("dataku.json", "application/json", content=json.dumps(data, ensure_ascii=False, indent=1)),
    )


def readable(turn: Turn, data: dict[str, Any]) -> Text:
    """The records a person knows by sight."""
    told: list[Text] = [
        say("{position} {organisation}", position=row["position"], organisation=row["name"])
        for row in data["keanggotaan"]
        if row["ended_at"] is None
    ]
    mine = meetings.of_person(turn.tx, turn.person.id, 50)
    told += [say("{code}: {topic}, {when}", code=m.code, topic=m.topic, when=when(turn, m)) for m in mine]
    told += [say("{code}: {topic}", code=row["code"], topic=row["title"]) for row in data["kiriman"]]
    return lines(*told)


def ask_to_erase(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/hapus`: what goes, what stays and why, and a question."""
    turn.say(
        say("Bapak/Ibu ingin data dihapus?"),
        say(
            "Yang dihapus: nama, alamat obrolan, pesan, isian, keanggotaan, nama yang hadir, "
            "topik dan alasan yang ditulis, serta isi dan berkas kiriman. Yang masih berjalan "
            "dibatalkan. Kiriman tanpa nama tidak dapat kami temukan, jadi tetap ada."
        ),
        say(
            "Yang tetap, tanpa nama: nomor dan waktu layanan, keputusan, jawaban dan catatan hasil kantor, karena "
            "kantor wajib mempertanggungjawabkan layanannya; serta bukti kapan persetujuan diberikan dan ditarik."
        ),
        say("Kartu dan surat yang sudah sampai di aplikasi pesan petugas tidak bisa kami tarik kembali."),
        say("Ini tidak bisa dikembalikan. Lanjutkan?"),
        choices=[ERASE.on(int(turn.now.timestamp())), KEEP_DATA.on(0)],
    )


def erase(turn: Turn, record: str) -> None:
    """The person confirmed. `record` is the second they were asked in: an old button only asks again."""
    if not 0 <= turn.now.timestamp() - int(record) < COUNTS_FOR:
        ask_to_erase(turn, "")
        return
    person = turn.person
    turn.erased_files += own_data.erase(turn.tx, person.id, turn.now)
    cancel_open(turn)
    close_open(turn)
    turn.say(
        say("Data Bapak/Ibu sudah dihapus. Terima kasih sudah pernah berkunjung."),
        say("Bila ingin dilayani lagi, kirim halo; kami akan meminta persetujuan dari awal."),
    )
    turn.forget(person.language)
    if person.roles:
        turn.renew_menu()


def cancel_open(turn: Turn) -> None:
    for meeting in meetings.of_person(turn.tx, turn.person.id, 1000):
        if meeting.open and meetings.cancel(turn.tx, meeting.id, turn.now):
            history.add(turn.tx, meeting.id, turn.person.id, "cancelled", None, turn.now)
            to_officers(
                turn, say("{code} dibatalkan: pemohon meminta datanya dihapus.", code=meeting.code), but=turn.person.id
            )


def close_open(turn: Turn) -> None:
    """Open tickets end with their sender; whoever works on them is told."""
    for ticket in queue.open_of_person(turn.tx, turn.person.id):
        tickets.close(turn.tx, ticket.id, None, "withdrawn", turn.now)
        events.add(turn.tx, ticket.id, "withdrawn", turn.now)
        deadlines.reopen_gathered(turn, ticket)
        tell_staff(turn, tickets.get(turn.tx, ticket.id), say("Ditutup: pengirim meminta datanya dihapus."))


def keep_data(turn: Turn, record: str) -> None:  # noqa: ARG001
    turn.say(say("Baik, tidak ada yang dihapus."))


ERASE = Action("hapus-data", erase, say("Ya, hapus data saya"))
KEEP_DATA = Action("simpan-data", keep_data, say("Tidak jadi"))
