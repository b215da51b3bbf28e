"""`python -m tests.handbook` writes docs/panduan-*.md: the pages of `/panduan`, and what the catalogue knows itself."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from handlers import CATALOGUE
from handlers.announcement.running.words import STATES as ANNOUNCEMENT_STATES
from handlers.conversation.catalogue import Action, Command
from handlers.conversation.words import SOURCE, Text, folded, in_language
from handlers.guide.pages import LEADER, OFFICER, Page, pages
from handlers.meeting.words import STATES as MEETING_STATES
from handlers.tickets.words import STATES as TICKET_STATES

DOCS = Path(__file__).parents[1] / "docs"
TITLES = {OFFICER: "Panduan petugas", LEADER: "Panduan pengurus ormas"}
OPENINGS = {
    OFFICER: "Untuk Bapak/Ibu yang melayani ormas: satu halaman untuk satu pekerjaan.",
    LEADER: "Untuk Bapak/Ibu pengurus ormas: satu halaman untuk satu keperluan.",
}
MADE = """<!-- Dibuat dengan `make handbook` dari handlers/guide/{reader}; jangan diubah di sini. -->"""
IN_CHAT = "Di obrolan, `/panduan` dan satu kata membuka halaman yang sama, misalnya `/panduan audiensi`."

PROPOSAL_STATES: Mapping[str, Text] = {
    "open": "menunggu orang kedua",
    "approved": "disetujui, berlaku",
    "returned": "dikembalikan kepada pengusul",
}
"""What `storage.broadcasts.proposals.Proposal` can be."""
States = Mapping[str, tuple[str, str]]
"""By state: what an officer has to do, and what the leader reads."""
MEETINGS: States = {
    "waiting": ("Putuskan: **Setujui**, **Usulkan waktu lain**, **Teruskan**, atau **Tolak**.", "jamnya dicadangkan"),
    "proposed": ("Tunggu. Bila ia tidak menjawab, teleponlah.", "usulan, dengan dua pilihan"),
    "approved": ("Siapkan pertemuan. Sesudahnya tekan **Catat hasil**.", "hari, jam, berkas kalender, pengingat"),
    "rejected": ("Tidak ada.", "alasan penolakan"),
    "cancelled": ("Tidak ada. Jamnya kosong lagi.", "siapa yang membatalkan, dan alasannya"),
    "held": ("Tandai janji yang ditepati.", "notulen dan janji"),
    "missed": ("Tawarkan waktu baru bila perlu.", "bahwa pertemuan tidak terlaksana"),
}
TICKETS: States = {
    "waiting": ("Tekan **Terima**, lalu **Jawab**.", "nomor, dan kapan jawaban pertama datang"),
    "taken": ("**Jawab**, **Tanya pengirim**, atau **Selesaikan** sebelum batas waktunya.", "sedang dikerjakan"),
    "asked": ("Tunggu. Batas waktu berhenti sampai ia menjawab.", "pertanyaan Bapak/Ibu, dengan cara membalas"),
    "done": ("Tidak ada. Keliru? **Buka kembali**.", "hasilnya; ia boleh menilai dan meminta dibuka lagi"),
    "merged": ("Kerjakan laporan tempatnya bergabung (hanya SIT).", "hasil laporan itu"),
    "unanswered": ("Tidak ada, sampai ia membuka lagi.", "bahwa kirimannya ditutup dahulu, dan cara membukanya lagi"),
    "withdrawn": ("Tidak ada.", "bahwa kirimannya ditutup atas permintaannya"),
}
ANNOUNCEMENTS: States = {
    "draft": ("Selesaikan, **Coba ke saya**, lalu **Ajukan**.", "belum ada"),
    "submitted": ("Penyetuju menekan **Periksa**.", "belum ada"),
    "returned": ("Penulis menekan **Ubah** menurut catatan, lalu **Ajukan**.", "belum ada"),
    "rejected": ("Tidak ada.", "belum ada"),
    "approved": ("Tidak ada. Berubah pikiran? **Batalkan**.", "belum ada, sampai waktunya"),
    "running": ("Pantau. Keliru? **Jeda**.", "isi pengumuman dan kode cek"),
    "paused": ("Baca alasannya, lalu **Lanjut** atau **Batalkan**.", "isi, bagi yang sudah menerima"),
    "cancelled": ("Yang sudah menerima? Tekan **Tarik**.", "isi, bagi yang sudah menerima"),
    "finished": ("Lihat **Siapa saja**; bila perlu **Hubungi yang belum**.", "isi pengumuman dan kode cek"),
}
PROPOSALS: States = {
    "open": ("Penyetuju lain menekan **Periksa**.", "belum ada"),
    "approved": ("Tidak ada.", "isinya, di tempatnya masing-masing"),
    "returned": ("Pengusul menulisnya sekali lagi menurut catatan.", "belum ada"),
}
TABLES: tuple[tuple[str, Mapping[str, Text], States], ...] = (
    ("Permintaan audiensi (AUD)", MEETING_STATES, MEETINGS),
    ("Kiriman (LAP, MAS, SIT, KLA, TNY)", TICKET_STATES, TICKETS),
    ("Pengumuman (UMU)", ANNOUNCEMENT_STATES, ANNOUNCEMENTS),
    ("Kata-kata untuk umum (USL)", PROPOSAL_STATES, PROPOSALS),
)


def handbook(reader: str) -> str:
    """The whole file for one kind of reader."""
    chapters = [printed(page) for page in pages(reader)]
    chapters += [states()] if reader == OFFICER else []
    chapters.append(sayings(reader))
    contents = [f"- [{title}](#{anchor(title)})" for chapter in chapters for title in headings(chapter)]
    opening = f"{OPENINGS[reader]} {IN_CHAT}"
    head = (f"# {TITLES[reader]}", MADE.format(reader=reader), opening, "\n".join(contents))
    return "\n\n".join((*head, *chapters)) + "\n"


def printed(page: Page) -> str:
    """A page as a chapter: one level down, without what only finds it."""
    told = re.sub(r"^<!--.*-->\n", "", page.marked, flags=re.MULTILINE)
    return re.sub(r"^#", "##", told, flags=re.MULTILINE).strip()


def headings(chapter: str) -> list[str]:
    return re.findall(r"^## (.*)$", chapter, flags=re.MULTILINE)


def anchor(title: str) -> str:
    """Where a heading is found, as code hosts make it."""
    return re.sub(r"[^\w -]", "", title.casefold()).replace(" ", "-")


def states() -> str:
    return "## Arti setiap status\n\n" + "\n\n".join(table(*one) for one in TABLES)


def table(title: str, meaning: Mapping[str, Text], told: States) -> str:
    rows = [
        f"| {in_language(words, SOURCE)} | {told[state][0]} | {told[state][1]} |" for state, words in meaning.items()
    ]
    head = "| arti | yang harus dilakukan | yang dibaca pemohon |\n| --- | --- | --- |"
    return "\n".join((f"### {title}", "", head, *rows))


def sayings(reader: str) -> str:
    """Everything that can be typed, out of the catalogue; what an officer types is for officers only."""
    said = "\n".join(("| ketik | artinya |", "| --- | --- |", *map(spoken, commands(reader))))
    by_code: dict[tuple[str, ...], list[Action]] = {}
    for action in actions(reader):
        by_code.setdefault(action.prefixes, []).append(action)
    rows = (f"| {', '.join(codes)} | {', '.join(map(typed, found))} |" for codes, found in by_code.items())
    example = "setujui AUD-0147" if reader == OFFICER else "ubah AUD-0147"
    verbs = "\n".join((f"| nomor | kata di depannya, misalnya `{example}` |", "| --- | --- |", *rows))
    return f"## Semua yang dapat diketik\n\n{said}\n\n{verbs}"


UNSAID = {*(f"pilih-{number}" for number in range(1, 11)), "asli", "itu-saya", "bukan-saya"}
"""What is answered where it is asked, or is refused to leaders later (the originals of files)."""


def commands(reader: str) -> Iterator[Command]:
    return (one for one in CATALOGUE.commands.values() if bool(one.roles) is (reader == OFFICER))


def actions(reader: str) -> Iterator[Action]:
    verbs = (one for one in CATALOGUE.actions.values() if one.verb and one.prefixes)
    return (one for one in verbs if bool(one.roles) is (reader == OFFICER) and one.name not in UNSAID)


def spoken(command: Command) -> str:
    return f"| `/{command.name}` | {in_language(command.title, SOURCE)} |"


def typed(action: Action) -> str:
    label = in_language(action.label, SOURCE)
    return f"`{action.verb}`" if folded(label) == action.verb else f"`{action.verb}` ({label})"


if __name__ == "__main__":
    for reader in TITLES:
        (DOCS / f"panduan-{reader}.md").write_text(handbook(reader), encoding="utf-8")
