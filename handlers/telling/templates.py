"""Every notice the office starts by itself, in words to be approved beforehand by a messenger that asks for that."""

from handlers.conversation.approved import NEWS, NEWS_TOKEN, Approved
from handlers.conversation.words import say

REMINDER = Approved(
    "pengingat_audiensi",
    say(
        "Pengingat: {code}, {purpose} dengan {host}, {when}. Tempat: {office}, {street}. Apakah Bapak/Ibu tetap hadir?",
        code="AUD-0147",
        purpose="audiensi",
        host="Kepala Badan",
        when="Selasa, 24 November 2026 pukul 09.00 WIB",
        office="Bakesbangpol Kabupaten Pekalongan",
        street="Jalan Krakatau 2, Kajen",
    ),
    buttons=(("hadir", say("Hadir")), ("ubah", say("Ubah")), ("batal-audiensi", say("Batal"))),
)
RESULT = Approved(
    "kabar_permintaan",
    say(
        "Ada jawaban {office} untuk permintaan {code}: {state}. Tekan Baca, atau balas pesan ini, untuk selengkapnya.",
        office="Bakesbangpol Kabupaten Pekalongan",
        code="AUD-0147",
        state="disetujui",
    ),
    buttons=((NEWS_TOKEN, say("Baca")),),
)
PROPOSAL = Approved(
    "usulan_waktu",
    say(
        "Untuk {code}, kantor mengusulkan waktu lain: {when}. Alasan: {reason}. Apakah Bapak/Ibu bisa?",
        code="AUD-0147",
        when="Rabu, 25 November 2026 pukul 09.00 WIB",
        reason="ada rapat",
    ),
    buttons=(("terima", say("Terima waktu itu")), ("tolak-usul", say("Belum bisa"))),
)
TICKET = Approved(
    "kabar_layanan",
    say(
        "Ada kabar dari {office} tentang {code}: {state}. Tekan Baca, atau balas pesan ini, untuk selengkapnya.",
        office="Bakesbangpol Kabupaten Pekalongan",
        code="MAS-204713",
        state="sedang dikerjakan petugas",
    ),
    buttons=((NEWS_TOKEN, say("Baca")),),
)
REPORT = Approved(
    "pengingat_laporan",
    say(
        "Pengingat dari {office}: laporan kegiatan {organisation} untuk {period} belum kami terima, paling lambat "
        "{day} ({left}). Tekan Kirim laporan untuk mengisinya di sini.",
        office="Bakesbangpol Kabupaten Pekalongan",
        organisation="Forum Melati",
        period="Juli sampai Desember 2026",
        day="Minggu, 31 Januari 2027",
        left="30 hari lagi",
    ),
    buttons=(("laporan", say("Kirim laporan")),),
)
ANNOUNCEMENT = Approved(
    "pengumuman",
    say(
        "Pengumuman dari {office}: {title}. Kode cek: {check}. Tekan Baca, atau balas pesan ini, untuk selengkapnya.",
        office="Bakesbangpol Kabupaten Pekalongan",
        title="Rapat koordinasi ormas",
        check="K7MN-2QXR",
    ),
    buttons=((NEWS_TOKEN, say("Baca")),),
)
ALL = (NEWS, REMINDER, RESULT, PROPOSAL, TICKET, REPORT, ANNOUNCEMENT)
