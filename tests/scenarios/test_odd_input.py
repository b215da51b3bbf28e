"""Whatever somebody sends: a clear sentence, nothing lost, nothing stuck."""

import re
from typing import Any

import pytest

from tests.chat import ROAD, Chat
from tests.world import World

ODD = {
    "braces": "{code} {0} {form.turn.db} %s %(x)s $HOME",
    "markup": "<b>tebal</b> & *bintang* _garis_ [tautan](http://x) </body>",
    "control": "Rapat\x01\x07\x1b[31m\x08 besar",
    "direction": "Rapat \u202egnatad\u202c \u2066kini\u2069",
    "joined": "Keluarga \U0001f468\u200d\U0001f469\u200d\U0001f467 rukun",
    "quotes": 'O\'Neil "Siti"; DROP TABLE people; --',
    "backslash": "C:\\temp\\n \\u0041",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_odd_words_are_kept_as_they_were_written(leader: Chat, officer: Chat, odd: str) -> None:
    seen = "".join(c for c in odd if c >= " " and c not in "\u202e\u202c\u2066\u2069")
    await leader.joins(name=odd[:70])
    await leader.says(
        "/audiensi", "audiensi", "kepala", odd, "besok 08.30", re.sub("[;&]", "", odd)[:50], "1", "lewati"
    )
    await leader.says("tidak ada")
    leader.sees(f"Topik: {seen}", "Sudah benar?")
    await leader.says("kirim")
    officer.sees(f"Topik: {seen}")
    await officer.says("tolak aud 1", odd, "kirim")
    leader.sees("belum dapat dipenuhi", f"Alasan: {seen}")


async def test_a_text_that_is_too_long_is_asked_for_again_with_its_length(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "panjang " * 625)
    leader.sees("Tulisan itu 4999 huruf, paling panjang 300", "Apa yang ingin dibicarakan?")
    await leader.says("\U0001f600" * 200 + "a")
    leader.sees("Tulisan itu 401 huruf")


@pytest.mark.parametrize(
    "said", ["x" * 5000, "/" + "x" * 5000, "\U0001f600" * 40, "9" * 5000, ".", "/", "", "\u202e\u200b"]
)
async def test_anything_at_any_question_gets_a_sentence(world: World, leader: Chat, said: str) -> None:
    await leader.joins()
    await leader.says(said)
    leader.sees("Minta audiensi")
    await leader.says("/audiensi")
    for question, answer in ROAD:
        await leader.says(said)
        leader.sees(question)
        await leader.says(answer)
    await leader.says(said)
    leader.sees("Sudah benar?")
    assert await world.rows("SELECT fault FROM inbox WHERE parked_at IS NOT NULL") == []


async def test_emoji_alone_are_no_answer(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "👍🙏")
    leader.sees("Mohon ditulis dengan kata-kata", "Apa yang ingin dibicarakan?")
    await leader.says("Program kerja", "besok 08.30", "👍, 🙏")
    leader.sees("Mohon tulis namanya")


async def test_names_and_numbers_out_of_bounds_are_explained(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "besok 08.30", ", ".join(["Siti"] * 11))
    leader.sees("Paling banyak 10 nama", "Siapa saja")
    await leader.says("Siti " * 20)
    leader.sees("lebih dari 60 huruf", "koma")
    await leader.says("Siti, Budi")
    for said, why in (
        ("1", "Mohon angka dari 2 sampai 50"),
        ("99999999999999999999", "Mohon angka"),
        ("dua", "angkanya"),
    ):
        await leader.says(said)
        leader.sees(why, "Berapa orang")


async def test_an_unknown_command_leads_to_the_menu(leader: Chat) -> None:
    await leader.joins()
    await leader.says("/terbang{code}")
    leader.sees("Perintah /terbang{code} tidak kami kenal", "/menu", "Minta audiensi")
    await leader.says("/audiensi", "audiensi", "/terbang")
    leader.sees("tidak kami kenal", "Ingin bertemu siapa?")
    await leader.says("/STATUS@rumah_kedua_bot")
    leader.sees("belum mengirim apa pun", "masih menunggu")


PLACE = {"latitude": -7.03, "longitude": 109.6}
KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "sticker": ({"sticker": {"file_id": "s"}}, "Terima kasih stikernya"),
    "voice": ({"voice": {"file_id": "v", "duration": 3}}, "pesan suara hanya kami terima bila kami tanyakan"),
    "location": ({"location": PLACE}, "Terima kasih lokasinya"),
    "contact": ({"contact": {"phone_number": "08123", "first_name": "Budi"}}, "Kartu kontak tidak kami simpan"),
    "poll": ({"poll": {"id": "1", "question": "?", "options": []}}, "Jajak pendapat tidak bisa kami baca"),
    "video": ({"video": {"file_id": "v"}}, "Berkas ini belum kami minta"),
    "animation": ({"animation": {"file_id": "v"}}, "jenis pesan ini belum bisa kami baca"),
    "forwarded": ({"text": "Program kerja", "forward_origin": {"type": "user"}}, "Pesan terusan tidak kami anggap"),
}


@pytest.fixture
def telegram(world: World) -> None:
    if world.channel != "telegram":
        pytest.skip("only Telegram has these")


@pytest.mark.usefixtures("telegram")
@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_not_written_gets_a_kind_answer_and_the_question_again(
    world: World, leader: Chat, kind: str
) -> None:
    content, answer = KINDS[kind]
    await leader.joins()
    await leader.does(world.paper.message(leader.address, **content))
    leader.sees(answer, "Minta audiensi")
    await leader.says("/audiensi", "audiensi", "kepala")
    await leader.does(world.paper.message(leader.address, **content))
    leader.sees(answer, "Apa yang ingin dibicarakan?")


@pytest.mark.usefixtures("telegram")
async def test_an_edited_message_changes_nothing(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.says("/audiensi", "audiensi", "kepala", "Program kerja")
    sender = {"id": int(leader.address), "is_bot": False, "first_name": "X"}
    edited = {"message_id": 5, "date": 1, "edit_date": 2, "chat": {"id": int(leader.address), "type": "private"}}
    await leader.does(world.paper.update("edited_message", edited | {"from": sender, "text": "Dana"}))
    leader.sees("disunting sudah kami baca sebelumnya", "ketik kembali untuk mengubahnya", "Hari apa?")
    await leader.says("besok 08.30", "Siti", "1", "lewati", "tidak ada")
    leader.sees("Topik: Program kerja")
