"""The kinds of ticket: their names, their numbers, and what a moment of theirs is called."""

from dataclasses import dataclass

from handlers.conversation.words import Text, say


@dataclass(frozen=True, slots=True)
class Kind:
    """`prefix` begins its numbers; `command` opens a new one."""

    key: str
    prefix: str
    title: Text
    command: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind("laporan", "LAP", say("Laporan kegiatan"), "laporan"),
        Kind("situasi", "SIT", say("Laporan situasi"), "situasi"),
        Kind("masukan", "MAS", say("Masukan"), "masukan"),
        Kind("klarifikasi", "KLA", say("Klarifikasi kabar"), "cek"),
        Kind("percakapan", "TNY", say("Percakapan"), "petugas"),
    )
}
PREFIXES = tuple(kind.prefix for kind in KINDS.values())
MOMENTS: dict[str, Text] = {
    "jawab": say("Jawaban"),
    "tanya": say("Pertanyaan kepada pengirim"),
    "tutup": say("Hasil akhir"),
}
"""When an officer says something to the sender: what prepared replies are kept for."""
