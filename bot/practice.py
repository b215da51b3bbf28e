"""Practice mode: invented people and organisations, so that both sides of a meeting can be played by one newcomer."""

from dataclasses import dataclass
from datetime import datetime

from handlers.office import Office
from storage import organisations, people
from storage.database import Transaction
from storage.people import Chat


@dataclass(frozen=True)
class Player:
    """Somebody to be. `organisation` and `role` are given only to those who have been here before."""

    address: str
    name: str
    about: str
    organisation: str = ""
    role: str = ""


PLAYERS = (
    Player("sari", "Sari", "Pengurus baru, belum pernah menghubungi kantor"),
    Player("budi", "Budi", "Ketua Forum Melati (latihan), sudah terverifikasi", organisation="Forum Melati (latihan)"),
    Player("wati", "Wati", "Petugas kantor", role="officer"),
    Player("joko", "Joko", "Petugas kantor, rekan Wati", role="officer"),
)
ORGANISATIONS = (
    ("Forum Melati (latihan)", "skt", "disabilitas", "Kajen"),
    ("Paguyuban Kenanga (latihan)", "badan_hukum", "seni_budaya", "Kedungwuni"),
    ("Karang Muda Cempaka (latihan)", "belum", "kepemudaan", "Wiradesa"),
)


def seed(tx: Transaction, channel: str, office: Office, now: datetime) -> None:
    """Put the players in a practice database, once per channel."""
    known = {organisation.name: organisation.id for organisation in organisations.everyone(tx)}
    for name, kind, field, kecamatan in ORGANISATIONS:
        if name not in known:
            known[name] = organisations.add(tx, name, kind, field, kecamatan, None, now)
    for player in PLAYERS:
        if (player.organisation or player.role) and people.chat_of(tx, channel, player.address).person_id is None:
            enter(tx, channel, player, known, office, now)


def enter(tx: Transaction, channel: str, player: Player, known: dict[str, int], office: Office, now: datetime) -> None:
    person = people.agree(tx, Chat(channel, player.address), office.privacy.version, "id", now)
    people.rename(tx, person.id, f"{player.name} (latihan)")
    if player.role:
        people.grant(tx, person.id, player.role, now)
    if player.organisation:
        member = organisations.join(tx, person.id, known[player.organisation], "Ketua", now)
        organisations.verify(tx, member, person.id, now)
