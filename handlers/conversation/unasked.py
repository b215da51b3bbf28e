"""What is said to somebody whose message is no answer to anything."""

from handlers.conversation.message import Kind
from handlers.conversation.words import Text, say

UNASKED: dict[Kind, Text] = {
    Kind.STICKER: say("Terima kasih stikernya. Kami hanya bisa membaca tulisan."),
    Kind.VOICE: say("Maaf, pesan suara hanya kami terima bila kami tanyakan. Mohon ditulis."),
    Kind.LOCATION: say("Terima kasih lokasinya, tetapi saat ini tidak kami perlukan."),
    Kind.CONTACT: say("Kartu kontak tidak kami simpan, demi melindungi data orang lain. Mohon ditulis saja."),
    Kind.POLL: say("Jajak pendapat tidak bisa kami baca. Mohon ditulis saja."),
    Kind.FILE: say("Berkas ini belum kami minta, jadi tidak kami simpan."),
    Kind.OTHER: say("Maaf, jenis pesan ini belum bisa kami baca. Mohon ditulis saja."),
}
CHANGED: dict[Kind, Text] = {
    Kind.EDITED: say("Pesan yang disunting sudah kami baca sebelumnya; suntingannya tidak kami baca."),
    Kind.DELETED: say("Pesan yang dihapus sudah kami baca sebelumnya; yang sudah tersimpan tidak ikut terhapus."),
}
"""What was done to a message that we have read."""
FORWARDED = say("Pesan terusan tidak kami anggap jawaban. Kalau memang ini jawabannya, mohon ditulis sendiri.")
