"""The neutrality gate against sentences of an election year: what may be said, and what an approver must look at."""

import pytest

from handlers.conversation.words import in_language, lines
from handlers.neutrality import examine

NAMES = ["Partai Melati", "PDX", "Budi Santoso", "Gerak Maju"]
LAWFUL = "Dasar hukum: PKPU 3/2028."

ALLOWED = [
    "Pilih salah satu tanggal rapat.",
    "Gunakan hak pilih Anda.",
    "Coblos di TPS sesuai undangan KPU.",
    "COBLOS DI TPS SESUAI UNDANGAN KPU.",
    "Pemungutan suara berlangsung pukul 07.00 sampai 13.00.",
    "Mohon pilih nomor 2 pada menu untuk mengonfirmasi kehadiran.",
    "Pilih Ya atau Tidak.",
    "Coblos satu kali, lalu lipat surat suara.",
    "Mencoblos Surat Suara dilakukan di bilik suara.",
    "Dukung kerja bakti di Kajen hari Minggu.",
    "Terima kasih kepada ormas yang mendukung kegiatan ini.",
    "Menangkan lomba kebersihan antarormas!",
    "Menangkan Hadiah utama dengan mengisi survei.",
    "Tolak politik uang.",
    "Jangan golput, datanglah ke TPS.",
    "#GunakanHakPilih #PemiluDamai",
    "#TolakPolitikUang dan #PilihDamai",
    "Nomor 1: isi daftar hadir. Nomor 2: ambil konsumsi.",
    "Ketua terpilih memimpin rapat.",
    "Hari Partisipasi Warga diadakan di pendapa.",
    "Calon peserta pelatihan mendaftar paling lambat Jumat.",
    "Pendaftaran calon anggota dibuka di kantor.",
    "Jangan memilih jadwal yang bentrok dengan salat Jumat.",
    "Salam dari keluarga besar Kesbangpol.",
    "Pilihan jam: nomor 1 pagi, nomor 2 siang.",
    "KPU mengundang ormas pada penetapan jadwal kampanye.",
    "Sampun wonten undangan saking KPU, monggo rawuh wonten TPS.",
    "Masa jabatan pengurus ormas lima tahun.",
    "Jangan datang ke kantor pada hari libur.",
    "Jaga kerukunan; jangan sebarkan kabar yang belum jelas.",
    "Gerakan menanam pohon maju terus.",
    "Rapat persiapan dipimpin Pak Budi.",
    "Memilih pengurus baru adalah hak anggota.",
    "Ormas mendukung seleksi calon peserta pelatihan saksi.",
    "Kami memilih calon penerima bantuan bersama dinas.",
    "Dukung ibu hamil dengan posyandu",
]

FORBIDDEN = [
    ("Coblos nomor 2!", "ajak"),
    ("coblos no. 2 ya", "ajak"),
    ("C0blos n0mor 2", "ajak"),
    ("c.o.b.l.o.s nomor 2", "ajak"),
    ("Pilih nomor urut 1", "ajak"),
    ("Pilih 01, jangan lupa", "ajak"),
    ("Ayo pilih paslon satu", "ajak"),
    ("Pilih calon nomor satu", "ajak"),
    ("Mari dukung pasangan calon nomor 3", "ajak"),
    ("Dukung Pak Budi jadi bupati", "ajak"),
    ("Mari dukung Pak Harto", "ajak"),
    ("Pilih Bu Sari!", "ajak"),
    ("Coblos Budiman", "ajak"),
    ("Menangkan Haji Slamet", "ajak"),
    ("Menangkan partai kita", "ajak"),
    ("Pilihlah caleg dari desa kita", "ajak"),
    ("Ayo milih nomer siji", "ajak"),
    ("Coblosen nomer loro", "ajak"),
    ("Pilihen Pak Karto dadi bupati", "ajak"),
    ("Ayo nyoblos Karto", "ajak"),
    ("Lanjutkan bupati dua periode", "ajak"),
    ("Jangan pilih calon itu", "tolak"),
    ("Jangan pilih nomor 2", "tolak"),
    ("Ojo milih paslon loro", "tolak"),
    ("Aja nyoblos nomer telu", "tolak"),
    ("Tolak calon dari luar daerah", "tolak"),
    ("Kalahkan petahana", "tolak"),
    ("Tumbangkan partai penguasa", "tolak"),
    ("Jangan datang ke TPS", "tolak"),
    ("Lebih baik golput", "tolak"),
    ("#2029gantibupati", "slogan"),
    ("#2031GantiPresiden sekarang", "slogan"),
    ("#CoblosNomor1", "slogan"),
    ("#DukungBudi", "slogan"),
    ("#JanganPilihDia", "slogan"),
    ("Salam dua jari", "slogan"),
    ("salam 2 jari untuk semua", "slogan"),
    ("Kita ingin dua periode", "slogan"),
    ("Kampanye calon bupati nomor urut 2 di alun-alun", "urut"),
    ("Paslon 01 hadir malam ini", "urut"),
    ("Acara ini didukung Partai Melati", "nama"),
    ("Terima kasih, partai   melati!", "nama"),
    ("Bersama PartaiMelati", "nama"),
    ("Hadir bersama p.d.x", "nama"),
    ("Hadir bersama P D X", "nama"),
    ("Hadir bersama P-D-X", "nama"),
    ("Sambutan oleh Bud1 Sant0so", "nama"),
    ("Sambutan oleh BÚDI SANTOSÓ", "nama"),
    ("Sambutan oleh Budi\u200b Santoso", "nama"),
    ("Sambutan oleh \u0412udi Sant\u043es\u043e", "nama"),
    ("Ｐａｒｔａｉ Ｍｅｌａｔｉ mengundang", "nama"),
]


@pytest.mark.parametrize("sentence", ALLOWED)
def test_what_an_office_says_every_day_goes_out(sentence: str) -> None:
    assert told("Undangan", sentence) == []
    assert told(sentence, "Mohon hadir.") == []


@pytest.mark.parametrize(("sentence", "kind"), FORBIDDEN)
def test_what_speaks_for_or_against_somebody_is_stopped(sentence: str, kind: str) -> None:
    assert kind in told("Undangan", f"Selamat pagi.\n{sentence}")
    assert kind in told(sentence, "Mohon hadir.")


def told(title: str, body: str, topic: str = "umum") -> list[str]:
    return [finding.kind for finding in examine(title, body, topic, NAMES)]


def test_there_are_enough_sentences() -> None:
    assert len(ALLOWED) + len(FORBIDDEN) >= 60


def test_the_place_is_named_and_each_place_once() -> None:
    found = examine("Coblos nomor 2", "Selamat pagi.\nHadir bersama p.d.x dan PDX", "umum", NAMES)
    words = in_language(lines(*(finding.words for finding in found)), "id")
    assert words.splitlines() == [
        "Ajakan memilih atau mendukung: “Coblos nomor 2” (judul)",
        "Nama partai atau calon: “p.d.x” (baris 2)",
        "Nama partai atau calon: “PDX” (baris 2)",
    ]


SOURCES = ["UU 7/2017", "PKPU Nomor 3 Tahun 2028", "Keputusan KPU 12/2028", "Dasar hukum: Perbawaslu", LAWFUL]


@pytest.mark.parametrize("source", SOURCES)
def test_an_announcement_about_the_election_with_a_source_goes_out(source: str) -> None:
    assert told("Tahapan", f"Pendaftaran dibuka. {source}", "pemilu") == []


@pytest.mark.parametrize(
    "body", ["Pendaftaran dibuka besok.", "Menurut peraturan, besok dibuka.", "Kata tetangga 2029"]
)
def test_an_announcement_about_the_election_without_a_source_is_stopped(body: str) -> None:
    assert told("Tahapan", body, "pemilu") == ["sumber"]
    assert told("Tahapan", body, "kegiatan") == []


def test_an_empty_list_finds_no_names_and_a_name_of_signs_finds_nothing() -> None:
    assert examine("Halo", "Partai Melati", "umum") == []
    assert examine("Halo", "...", "umum", ["..."]) == []
