"""Nobody decides about what is theirs, by any action, on any of their messengers; nobody else is told that it is."""

import pytest

from handlers import CATALOGUE
from tests.chat import Chat
from tests.scenarios.test_suggest import number
from tests.world import World

WITH_A_TICKET = {
    *("ambil", "jawab", "tanya", "tutup-tiket", "catat", "verifikasi", "buka-lagi", "minta-ulang", "ulang"),
    *("cukup-ulang", "teruskan-tiket", "gabungkan", "bisukan", "bicara", "lain", "siarkan"),
}
WITH_A_MEETING = {"setujui", "usul", "teruskan", "tolak", "batalkan", "selesai", "janji", "ditepati"}
WITH_THE_REGISTER = {"sah", "tolak-anggota", "terima-perbaikan", "tolak-perbaikan", "ubah-data"}
LOOKS = {"tiket", "kartu", "surat", "anggota", "perbaikan", "berkas-asli", "buka-nama"}
"""Officers' actions that only show something."""
NOT_ABOUT_A_SENDER = {
    *("balasan-baru", "hapus-balasan", "tambah-tahapan", "tahapan", "kelola-tahapan", "ubah-tahapan", "hapus-tahapan"),
    *(
        "tambah-netral",
        "promosi",
        "konsep-tahapan",
        "hapus-pilihan",
        "setujui-usul",
        "periksa-usul",
        "kembalikan-usul",
        "kecualikan-usul",
    ),
}
"""The office's own words: what a second person is for."""


def test_every_action_of_the_office_is_in_one_of_these_lists() -> None:
    announcements = {name for name, action in CATALOGUE.actions.items() if "umum" in name or "UMU" in action.prefixes}
    office = {name for name, action in CATALOGUE.actions.items() if action.roles} - announcements
    told = WITH_A_TICKET | WITH_A_MEETING | WITH_THE_REGISTER | LOOKS | NOT_ABOUT_A_SENDER
    assert not {name for name in office - told if not name.startswith(("beri-izin", "cabut-izin"))}


@pytest.fixture
async def member(world: World) -> Chat:
    """An officer who also leads an ormas."""
    one = world.phone("Siti Petugas")

    async def live() -> str:
        await one.joins("Forum Kenanga")
        await one.says(f"/gabung {await world.code('approver')}")
        return ""

    await world.once("an officer who leads an ormas", live)
    return one


VERBS = (
    "terima",
    "jawab",
    "tanya",
    "selesaikan",
    "catat",
    "buka kembali",
    "minta ulang",
    "disposisi",
    "tahan",
    "lainnya",
)


async def test_an_officer_does_nothing_with_a_rumour_of_their_own(world: World, officer: Chat, member: Chat) -> None:
    await member.says("/cek SEBARKAN! Besok semua ormas wajib bayar.", "minta klarifikasi", "Grup desa", "lewati")
    code = number(member, "KLA")
    for verb in VERBS:
        await member.says(f"{verb} {code}")
        member.sees("Ini urusan Bapak/Ibu sendiri", "Yang dapat memutuskan: Petugas Kantor")
    (ticket,) = await world.rows("SELECT closed_at, responded_at, assigned_to FROM tickets")
    assert not any(ticket.values())
    await officer.says(f"terima {code}")
    officer.sees("sekarang di tangan Bapak/Ibu")


async def test_a_button_made_up_does_no_more(world: World, officer: Chat, member: Chat) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await member.says("/masukan")
    await member.taps("Dengan nama saya")
    await member.taps("Keluhan")
    await member.says("Lampu jalan mati", "lewati", "kirim")
    (row,) = await world.rows("SELECT id FROM tickets")
    for name in sorted(WITH_A_TICKET - {"verifikasi", "gabungkan", "bicara", "siarkan", "ulang"}):
        await member.does(world.paper.press(member.address, f"a.{name}.{row['id']}"))
        member.sees("mohon petugas lain yang memutuskan")
    await member.does(world.paper.press(member.address, f"a.ulang.{row['id']}-b1"))
    member.sees("mohon petugas lain yang memutuskan")
    (ticket,) = await world.rows("SELECT closed_at, responded_at, assigned_to FROM tickets")
    assert not any(ticket.values())


async def test_a_hidden_name_stays_hidden_from_those_who_hand_the_ticket_on(
    world: World, officer: Chat, member: Chat
) -> None:
    await member.says("/masukan")
    await member.taps("Nama dirahasiakan")
    await member.taps("Keluhan")
    await member.says("Lampu jalan mati", "lewati", "kirim")
    code = number(member, "MAS")
    await officer.says(f"disposisi {code}")
    officer.sees("Siti Petugas")
    await officer.taps("Siti Petugas")
    await officer.says("Mohon dicek", "lewati", "kirim")
    officer.sees(f"{code} diteruskan kepada Siti Petugas")
    officer.looks_up()
    await member.says(f"selesaikan {code}", f"terima {code}")
    member.sees("mohon petugas lain")
    officer.sees_nothing()
    await member.says(f"disposisi {code}")
    member.sees("Diteruskan kepada siapa?", "Petugas Kantor")


async def test_an_officer_decides_no_request_of_their_own(world: World, officer: Chat, member: Chat) -> None:
    meeting = await member.requests()
    for verb in ("setujui", "usulkan", "teruskan", "tolak", "selesai", "janji"):
        await member.says(f"{verb} {meeting}")
        member.sees("mohon petugas lain yang memutuskan")
    assert await world.rows("SELECT approved_at, rejected_at FROM meetings") == [
        {"approved_at": None, "rejected_at": None}
    ]
    await officer.says(f"setujui {meeting}")
    officer.sees("disetujui")
    await member.says(f"batalkan {meeting}")
    member.sees_no("dibatalkan oleh kantor")


async def test_an_officer_decides_nothing_about_their_own_ormas(world: World, officer: Chat, member: Chat) -> None:
    for verb in ("verifikasi", "tolak"):
        await member.says(f"{verb} ANG-0001")
        member.sees("mohon petugas lain yang memutuskan")
    await officer.says("verifikasi ANG-0001")
    officer.looks_up()
    await member.says("ubah orm 1", "ketua", "Siti Petugas", "kirim")
    member.sees("Usulan KOR-0001 sudah kami terima")
    officer.sees("Usulan perbaikan KOR-0001", "Menjadi: Siti Petugas")
    assert await world.rows("SELECT chair FROM organisations") == [{"chair": ""}]
    for verb in ("terima", "tolak"):
        await member.says(f"{verb} KOR-0001")
        member.sees("mohon petugas lain yang memutuskan")
    await officer.says("terima KOR-0001")
    assert await world.rows("SELECT chair FROM organisations") == [{"chair": "Siti Petugas"}]


async def test_the_only_officer_is_told_what_to_do(world: World, member: Chat) -> None:
    meeting = await member.requests()
    await member.says(f"setujui {meeting}")
    member.sees("mohon petugas lain", "Belum ada petugas lain yang bergabung; admin dapat membuatkan kode undangan.")
