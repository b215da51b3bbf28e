"""What changes something happens only by the whole message or a press; a sentence that holds its word asks back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers import CATALOGUE
from handlers.conversation.catalogue import Effect
from handlers.conversation.turn import Turn
from handlers.identity.welcome import STOP
from tests.chat import Chat
from tests.world import World

ASKED = ("Belum ada yang kami ubah", "Apakah ini yang Bapak/Ibu maksud?")
AROUND = ("jangan {} dulu", "tolong {} nomor lama saya", "{} jadi anggota", "kapan {}?", "kami tidak akan {}", "{} ya")
"""Sentences of other people's, with room for a word."""


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("jangan berhenti berkarya", "Berhenti menerima kabar"),
        ("stop kirim pesan ya", "Berhenti menerima kabar"),
        ("/stop kirim pesan ya", "Berhenti menerima kabar"),
        ("/hapus nomor lama saya", "Hapus data saya"),
        ("Kapan kegiatannya mulai?", "Mulai"),
        ("tolong hapus nomor lama saya", "Hapus data saya"),
        ("gabung jadi anggota", "Bergabung sebagai petugas"),
        ("saya minta data pribadi saya dihapus", "Hapus data saya"),
        ("hubungkan kami dengan dinas", "Hubungkan obrolan"),
        ("lepaskan merpati perdamaian", "Lepaskan obrolan yang terhubung"),
    ],
)
async def test_a_near_miss_asks_back_and_does_nothing(world: World, leader: Chat, said: str, label: str) -> None:
    await leader.agrees()
    await leader.says(said)
    leader.sees(*ASKED, label, "Bukan, tampilkan menu")
    leader.sees_no("tidak akan mengirim", "JSON", "ingin data dihapus", "Kode berlaku", "Tulis kodenya", "terhubung.")
    (person,) = await world.rows("SELECT stopped_at FROM people")
    assert person["stopped_at"] is None
    await leader.taps("Bukan, tampilkan menu")
    leader.sees("Ada yang bisa kami bantu?")


async def test_the_press_under_the_question_does_it(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("stop kirim pesan ya")
    await leader.taps("Berhenti menerima kabar")
    leader.sees("tidak akan mengirim apa pun lebih dahulu")


@pytest.mark.parametrize(
    "word", [*STOP, "BERHENTI", "*Stop*", "“STOP!”", "(berhenti)", "Berhenti…", "🛑 STOP", "/STOP", "- unsubscribe -"]
)
async def test_every_way_to_say_stop_is_obeyed_at_once(leader: Chat, word: str) -> None:
    await leader.agrees()
    await leader.says("/audiensi", "audiensi", word)
    leader.sees("tidak akan mengirim apa pun lebih dahulu")


async def test_no_word_of_a_command_that_counts_does_it_from_within_a_sentence(world: World, leader: Chat) -> None:
    done: list[str] = []

    def watched(name: str) -> Callable[[Turn, str], None]:
        def run(turn: Turn, rest: str) -> None:
            done.append(name)
            turn.say("terjadi")

        return run

    counts = {name: c for name, c in CATALOGUE.commands.items() if c.effect is Effect.ACTS}
    world.catalogue = replace(
        CATALOGUE,
        commands=CATALOGUE.commands | {name: replace(c, run=watched(name)) for name, c in counts.items()},
    )
    await leader.agrees()
    for command in counts.values():
        for word in (command.name, *command.words):
            await leader.says(*(sentence.format(word) for sentence in AROUND))
            assert not done, f"“{word}” in a sentence did {done}"
            await leader.says(word.upper() + ".")
            assert done == [command.name], f"“{word}” alone did {done}"
            done.clear()


async def test_what_merely_shows_or_opens_a_form_is_still_guessed(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("kami mau ketemu pimpinan")
    leader.sees("Siapa nama Bapak/Ibu?")


async def test_two_services_of_which_one_counts_are_both_offered(leader: Chat) -> None:
    await leader.agrees()
    await leader.says("mau ketemu untuk mulai program")
    leader.sees(*ASKED, "Minta audiensi", "Mulai", "Bukan, tampilkan menu")


@pytest.mark.parametrize(
    "said", ["Tolong batal AUD-0001 ya", "apakah aud-1 bisa dibatalkan?", "kabar AUD-0001 bagaimana"]
)
async def test_a_code_in_a_sentence_shows_its_record_and_does_nothing(meeting: str, leader: Chat, said: str) -> None:
    await leader.says(said)
    leader.sees(f"{meeting}:", "menunggu jawaban kantor", "Riwayat:", "Batal")
    leader.sees_no("Apa alasannya?")


async def test_an_officers_verb_in_a_sentence_decides_nothing(meeting: str, leader: Chat, officer: Chat) -> None:
    leader.looks_up()
    await officer.says(f"besok saya setujui {meeting} ya")
    officer.sees(f"{meeting}:", "menunggu jawaban kantor", "Setujui")
    leader.sees_nothing()


async def test_a_shortcut_without_its_slash_is_the_whole_message(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says(f"gabung {(await world.code()).lower()}")
    leader.sees("Selamat bergabung sebagai petugas")


@pytest.mark.parametrize(
    "said", ["Rapat batal kemarin", "acara kembali digelar", "lewati jalan raya", "batal atau tidak"]
)
async def test_the_words_of_a_form_count_only_alone(leader: Chat, said: str) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", said)
    leader.sees("Hari apa?")
