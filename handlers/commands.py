"""Everything that can be said at any time: names, other words for them, and what follows (see `Effect`)."""

from handlers import overview
from handlers.announcement import topics, unread
from handlers.announcement.writing import home, urgent
from handlers.conversation.catalogue import Command, Effect
from handlers.conversation.form import start
from handlers.conversation.words import say
from handlers.election import season
from handlers.guide import ask
from handlers.identity import join, link, welcome
from handlers.meeting import ask as request_meeting
from handlers.membership import profile
from handlers.neutrality import listed_names
from handlers.privacy import my_data
from handlers.recap import ask as recap
from handlers.recap import semester
from handlers.register import papers, record
from handlers.report import send
from handlers.rumour import check
from handlers.situation import report
from handlers.suggestion import suggest
from handlers.talk import talk
from handlers.telling.officers import ADMINS, OFFICERS
from handlers.tickets.officer import canned
from handlers.tickets.officer.staff import STAFF

SHOWS, ACTS = Effect

COMMANDS = [
    Command(
        "audiensi",
        say("Minta audiensi"),
        lambda turn, rest: start(turn, request_meeting.MeetingRequest),
        SHOWS,
        words=("audiensi", "ketemu", "bertemu", "silaturahmi", "konsultasi", "rawuh", "sowan", "meeting"),
    ),
    Command(
        "laporan",
        say("Laporan kegiatan"),
        lambda turn, rest: start(turn, send.ActivityReport),
        SHOWS,
        words=("lapor", "report"),
    ),
    Command(
        "situasi",
        say("Laporan situasi"),
        lambda turn, rest: start(turn, report.SituationReport),
        SHOWS,
        words=("bentrok", "rusuh", "kerusuhan", "konflik"),
    ),
    Command(
        "masukan",
        say("Masukan dan keluhan"),
        lambda turn, rest: start(turn, suggest.Suggestion),
        SHOWS,
        words=("saran", "aspirasi", "keluhan", "pengaduan", "usul", "kritik", "complaint", "suggestion"),
    ),
    Command(
        "cek", say("Cek keaslian kabar"), check.check, SHOWS, words=("hoaks", "hoax", "periksa", "asli", "genuine")
    ),
    Command("petugas", say("Bicara dengan petugas"), talk.talk, SHOWS, words=("orang", "manusia", "admin", "person")),
    Command("status", say("Pantau permintaan"), overview.status, SHOWS, words=("perkembangan", "sampai", "progress")),
    Command("profil", say("Profil dan ormas saya"), profile.show_profile, SHOWS, words=("profile",)),
    Command("antrean", say("Antrean petugas"), overview.queue, SHOWS, words=("antrian", "queue"), roles=STAFF),
    Command("rekap", say("Rekap pelayanan"), recap.ask, SHOWS, words=("statistik", "recap"), roles=OFFICERS),
    Command(
        "semester",
        say("Kewajiban laporan"),
        semester.show,
        SHOWS,
        words=("kepatuhan", "compliance"),
        roles=OFFICERS,
        seldom=True,
    ),
    Command("skt", say("Siapkan berkas SKT"), papers.prepare, SHOWS, words=("berkas", "papers"), seldom=True),
    Command("ormas", say("Cari ormas"), record.search, SHOWS, roles=OFFICERS, seldom=True),
    Command(
        "pemilu", say("Kalender pemilu"), season.season, SHOWS, words=("kampanye", "election", "tahapan"), seldom=True
    ),
    Command(
        "langganan", say("Pilih topik pengumuman"), topics.subscriptions, SHOWS, words=("topik", "topics"), seldom=True
    ),
    Command("panduan", say("Panduan"), ask.guide, SHOWS, words=("pedoman", "handbook"), seldom=True),
    Command("bahasa", say("Ganti bahasa"), welcome.choose_language, SHOWS, words=("language",), seldom=True),
    Command("dataku", say("Data saya"), my_data.my_data, ACTS, words=("data",), seldom=True, alone=True),
    Command(
        "hapus",
        say("Hapus data saya"),
        my_data.ask_to_erase,
        ACTS,
        words=("dihapus", "erase", "delete"),
        seldom=True,
        alone=True,
    ),
    Command(
        "hubungkan", say("Hubungkan obrolan"), link.link, ACTS, words=("sambungkan",), behind=link.CODE, seldom=True
    ),
    Command("lepaskan", say("Lepaskan obrolan yang terhubung"), link.unlink, ACTS, listed=False, alone=True),
    Command("balasan", say("Balasan siap pakai"), canned.list_replies, SHOWS, roles=ADMINS, seldom=True),
    Command("lainnya", say("Pilihan lain"), welcome.show_more, SHOWS, words=("lain", "more")),
    Command(
        "umumkan",
        say("Pengumuman"),
        home.home,
        SHOWS,
        words=("pengumuman", "announcement"),
        roles=OFFICERS,
        seldom=True,
    ),
    Command(
        "arsip", say("Arsip pengumuman"), home.show_archive, SHOWS, words=("archive",), roles=OFFICERS, listed=False
    ),
    Command("izin", say("Hak peringatan darurat"), urgent.rights, SHOWS, roles=ADMINS, listed=False),
    Command("netral", say("Daftar nama netralitas"), listed_names.neutral, SHOWS, roles=ADMINS, listed=False),
    Command("jeda", say("Kembali ke bot"), talk.pause, ACTS, listed=False, alone=True),
    Command("selesai", say("Akhiri percakapan"), talk.finish, ACTS, listed=False, alone=True),
    Command(
        "menu", say("Menu"), welcome.show_menu, SHOWS, words=("help", "bantuan", "tolong", "halo", "hai"), listed=False
    ),
    Command("mulai", say("Mulai"), welcome.start, ACTS, words=("start",), listed=False, aside=True),
    Command(
        "berhenti", say("Berhenti menerima kabar"), welcome.stop, ACTS, words=welcome.STOP, listed=False, alone=True
    ),
    Command("kabar", say("Kabar dari kantor"), unread.news, SHOWS, words=("baca",), listed=False, aside=True),
    Command("gabung", say("Bergabung sebagai petugas"), join.join, ACTS, behind=join.CODE, listed=False),
]
