"""Which files are welcome, what people call them, how large they may be, and why one cannot be used."""

from handlers.conversation.words import Text, say

MEGABYTE = 1024 * 1024
TELEGRAM = 20 * MEGABYTE
"""What Telegram lets a bot download (Bot API: getFile)."""
WHATSAPP = {"image": 5 * MEGABYTE, "audio": 16 * MEGABYTE, "video": 16 * MEGABYTE}
WHATSAPP_DOCUMENT = 100 * MEGABYTE
"""Cloud API: supported media types."""
OWN = 100 * MEGABYTE
"""The office's own page and terminal (our choice: as much as the largest of the messengers)."""

SENT = {"telegram": 50 * MEGABYTE, "whatsapp": 100 * MEGABYTE}
"""What we can send through them (Bot API: sending files; Cloud API: documents)."""

IMAGES = frozenset({"image/jpeg", "image/png", "image/webp"})
WORD, EXCEL = say("dokumen Word"), say("tabel Excel")
SOUND, VIDEO = say("pesan suara"), say("rekaman video")
CALLED: dict[str, Text] = {
    "image/jpeg": say("foto"),
    "image/png": say("foto"),
    "image/webp": say("foto"),
    "application/pdf": say("PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": WORD,
    "application/msword": WORD,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": EXCEL,
    "application/vnd.ms-excel": EXCEL,
    "audio/ogg": SOUND,
    "audio/mpeg": SOUND,
    "audio/mp4": SOUND,
    "audio/aac": SOUND,
    "audio/amr": SOUND,
    "video/mp4": VIDEO,
    "video/quicktime": VIDEO,
    "video/3gpp": VIDEO,
    "video/webm": VIDEO,
}
"""Types taken, judged by content (bot/judging/judge.py), and what people call them."""
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/webm": "webm",
}
REASONS: dict[str, Text] = {
    "type": say("isinya bukan foto, PDF, Word, Excel, suara atau video"),
    "letter": say("isinya bukan foto atau PDF"),
    "size": say("ukurannya lebih besar dari yang bisa kami terima"),
    "gone": say("tidak bisa diunduh"),
    "empty": say("isinya kosong"),
    "program": say("isinya program, bukan dokumen"),
    "markup": say("isinya halaman web atau gambar SVG, yang bisa menjalankan program"),
    "archive": say("isinya berkas terkompresi (ZIP, RAR); mohon isinya dikirim satu per satu"),
    "bomb": say("isinya mengembang jauh lebih besar daripada berkasnya"),
    "macro": say("isinya memuat makro; mohon disimpan lagi tanpa makro atau sebagai PDF"),
    "active": say("isinya memuat perintah yang bisa berjalan sendiri; mohon disimpan ulang sebagai PDF biasa"),
    "carries": say("di dalamnya ada berkas lain; mohon keduanya dikirim satu per satu, tanpa disematkan"),
    "elsewhere": say("isinya mengambil sesuatu dari tempat lain; mohon disimpan ulang sebagai PDF biasa"),
    "locked": say("isinya terkunci kata sandi; mohon dikirim tanpa kata sandi"),
    "double": say("isinya dua jenis berkas sekaligus"),
    "pixels": say("gambarnya terlalu besar untuk dibuka"),
    "broken": say("isinya rusak dan tidak bisa dibuka"),
    "heic": say("fotonya berjenis HEIC; mohon dikirim sebagai JPEG"),
    "erased": say("pengirim menghapusnya"),
}
"""Why a file cannot be used, by what bot/judging/judge.py and bot/inbound/fetch.py write down."""


def plain_type(claimed: str) -> str:
    """A type without its parameters: `audio/ogg; codecs=opus` is `audio/ogg`."""
    return claimed.partition(";")[0].strip().lower()


def is_sound(claimed: str) -> bool:
    return plain_type(claimed).startswith("audio/")


def called(type: str) -> Text:
    """What people call a file of this type: foto, PDF, pesan suara."""
    kind = plain_type(type)
    family = {"image": say("foto"), "audio": SOUND, "video": VIDEO}.get(kind.partition("/")[0])
    return CALLED.get(kind) or family or say("berkas")


def largest(channel: str, type: str) -> int:
    """Bytes of a file of this (claimed) type that this channel can bring us."""
    if channel == "telegram":
        return TELEGRAM
    if channel == "whatsapp":
        return WHATSAPP.get(type.partition("/")[0], WHATSAPP_DOCUMENT)
    return OWN


def length(seconds: int) -> str:
    """`0:42`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
