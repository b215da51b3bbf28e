"""What is said to whoever thinks of writing without a name, what the log says, and what limits count."""

import logging

import pytest

from bot.logs import NOISY
from tests.chat import Chat
from tests.scenarios.test_situation import SECRET, reports
from tests.scenarios.test_suggest import suggests
from tests.world import World

WORDS = "Senjata-di-gudang-zq17"


async def test_it_is_said_before_anything_is_told_what_disappears_and_who_knows(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/masukan")
    leader.sees("Tanpa nama bagi kantor: kami tidak menyimpan siapa pengirimnya.", "obrolan sehari terakhir")
    if world.channel == "web":
        leader.sees("dihapus dari layar ini dan dari catatan kami")
    if world.channel in ("telegram", "whatsapp"):
        leader.sees("tetap tahu siapa yang menulis")


async def test_it_is_said_once_more_where_it_is_sent(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says("Lampu jalan mati")
    await leader.taps("Lewati")
    if world.channel == "web":
        leader.sees("Sesudah dikirim, obrolan sehari terakhir hilang dari layar ini.")
    else:
        leader.sees_no("hilang dari layar")


async def test_the_safer_place_is_offered_where_it_is_served(world: World, leader: Chat) -> None:
    if world.channel not in ("telegram", "whatsapp"):
        pytest.skip("this is the safer place")
    await leader.agrees()
    await leader.says("/masukan")
    leader.sees_no("halaman web kantor")
    world.beside("web", "Siti Aminah")
    await leader.says("batal", "/masukan")
    leader.sees("pakailah obrolan di halaman web kantor, sebaiknya dari perangkat lain")


async def test_each_names_the_day_it_is_emptied(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    days = world.office.tickets.kept_days["situasi"]
    leader.sees(f"Isinya kami hapus {days} hari sesudah ditutup.")
    secret = SECRET.search(leader.screen)
    assert secret
    await duty.says(f"selesaikan {code}", "Sudah ditangani.", "kirim")
    await leader.says(f"/cek {secret[0]}")
    leader.sees("Isinya kami hapus paling lambat", "20")


async def test_the_log_knows_nothing_even_when_it_says_everything(
    world: World, leader: Chat, duty: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in NOISY:
        caplog.set_level(logging.WARNING, name)
    await leader.agrees()
    await reports(leader, "Tanpa nama", WORDS)
    secret = SECRET.search(leader.screen)
    assert secret
    await leader.says(f"/cek {secret[0]} {WORDS}")
    for word in (WORDS, secret[0], leader.address, leader.name):
        assert word not in caplog.text


async def test_limits_count_nobody_who_stays_unknown(world: World, leader: Chat) -> None:
    await leader.joins()
    for _ in range(world.office.tickets.per_hour):
        await suggests(leader, "Tanpa nama")
    await suggests(leader)
    leader.sees("sudah kami terima dengan nomor")


async def test_a_notice_holds_no_word_of_it_unless_there_may_be_danger(
    world: World, leader: Chat, officer: Chat, duty: Chat
) -> None:
    await leader.agrees()
    for chat in (officer, duty):
        chat.looks_up()
    code = await suggests(leader, "Tanpa nama", WORDS)
    await world.passes(hours=1)
    officer.sees(f"Kiriman baru tanpa nama: {code} (Masukan).", "Lihat")
    officer.sees_no(WORDS)
    await officer.says(f"lihat {code}")
    officer.sees(WORDS, "Dari: tanpa nama")
    await reports(leader, "Tanpa nama", WORDS)
    duty.sees("LAPORAN SITUASI BARU", WORDS)
