"""Practice mode: invented people and organisations, so that every side can be played by one newcomer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.settings import Settings
from handlers.office.profile import Office
from handlers.register.ends import set_reminders
from storage.database.database import Transaction
from storage.ormas import organisations, registry
from storage.people import people
from storage.people.people import Chat
from storage.tickets import replies


@dataclass(frozen=True)
class Player:
    """Somebody to be. `organisation` and `roles` are given only to those who have been here before."""

    address: str
    name: str
    about: str
    organisation: str = ""
    roles: tuple[str, ...] = ()


PLAYERS = (
    Player("sari", "Sari", "Pengurus baru, belum pernah menghubungi kantor"),
    Player("budi", "Budi", "Ketua Forum Melati (latihan), sudah terverifikasi", organisation="Forum Melati (latihan)"),
    Player("wati", "Wati", "Petugas kantor dan petugas piket", roles=("officer", "duty")),
    Player("joko", "Joko", "Penyetuju dan admin, rekan Wati", roles=("officer", "approver", "admin")),
)
ORGANISATIONS = (
    ("Forum Melati (latihan)", "skt", "disabilitas", "Kajen"),
    ("Paguyuban Kenanga (latihan)", "badan_hukum", "seni_budaya", "Kedungwuni"),
    ("Karang Muda Cempaka (latihan)", "belum", "kepemudaan", "Wiradesa"),
)

REGISTERED = {
    "Forum Melati (latihan)": {
        "number": "000/LATIHAN/2022",
        "chair": "Budi (latihan)",
        "address": "Jalan Latihan Nomor 1, Kajen",
        "fields": "disabilitas,sosial",
    },
    "Paguyuban Kenanga (latihan)": {"number": "AHU-0000000.LATIHAN", "address": "Jalan Latihan Nomor 2, Kedungwuni"},
}
"""What the register holds about them, so that its pages show something."""
REPLIES = (
    ("laporan", "jawab", "Sudah lengkap", "Terima kasih, laporannya sudah lengkap. (latihan)"),
    ("masukan", "jawab", "Diteruskan", "Terima kasih, masukannya kami teruskan kepada yang berwenang. (latihan)"),
)
"""Prepared replies: kind of ticket, moment, title and words."""
ENDS_IN = timedelta(days=120)


def seed(tx: Transaction, channel: str, office: Office, now: datetime) -> None:
    """Put the players in a practice database, once per channel."""
    known = {name: number for number, name in organisations.names(tx).items()}
    for name, kind, field, kecamatan in ORGANISATIONS:
        if name not in known:
            known[name] = organisations.add(tx, name, kind, field, kecamatan, None, now)
            register(tx, known[name], office, now)
    for player in PLAYERS:
        if (player.organisation or player.roles) and people.chat_of(tx, channel, player.address).person_id is None:
            enter(tx, channel, player, known, office, now)


def register(tx: Transaction, number: int, office: Office, now: datetime) -> None:
    """Facts of the register; a registration that ends has its reminders still before it."""
    facts = REGISTERED.get(registry.get(tx, number).name, {})
    if facts and registry.get(tx, number).facts["kind"] in office.registry.valid_years:
        facts = facts | {"expires_on": (now + ENDS_IN).date().isoformat()}
    registry.change(tx, number, facts)
    set_reminders(tx, office, registry.get(tx, number), now)


def enter(tx: Transaction, channel: str, player: Player, known: dict[str, int], office: Office, now: datetime) -> None:
    person = people.agree(tx, Chat(channel, player.address), office.privacy.version, "id", now)
    people.rename(tx, person.id, f"{player.name} (latihan)")
    for role in player.roles:
        people.grant(tx, person.id, role, now)
    if "admin" in player.roles and not replies.everyone(tx):
        for kind, moment, title, words in REPLIES:
            replies.write(tx, kind, moment, title, words, person.id, now)
    if player.organisation:
        member = organisations.join(tx, person.id, known[player.organisation], "Ketua", now)
        organisations.verify(tx, member, person.id, now)


def at_the_terminal(settings: Settings) -> Settings:
    """Practice, with a database and files of its own: the terminal's people are not the page's, nor the office's."""
    url = settings.database_url if settings.database_url.startswith("sqlite") else "sqlite:///data/rumah-kedua.db"
    none = type(settings.telegram_token)("")
    update = {"telegram_token": none, "whatsapp_token": none, "files_dir": settings.files_dir / "terminal"}
    return settings.model_copy(update=update | {"database_url": url.removesuffix(".db") + "-terminal.db"})
