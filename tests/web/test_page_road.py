"""The whole road on the page: a newcomer asks for a meeting, an officer approves it in a second window."""

from pathlib import Path

from playwright.async_api import expect

from tests.process.office import Process

from .window import IN_A_BROWSER, Visit, Window, asks, introduces

pytestmark = IN_A_BROWSER


async def test_a_newcomer_asks_and_hears_good_news_from_the_officers_second_window(
    visit: Visit, town: Process, tmp_path: Path
) -> None:
    sari, wati = await visit(town, "sari"), await visit(town, "wati")
    await introduces(sari)
    await wati.words.fill("sedang menulis")
    code = await asks(sari)
    await wati.sees(code, "Dari: Sari Wulandari, Ketua Paguyuban Seruni", "Pentas seni akhir tahun")
    await expect(wati.words).to_have_value("sedang menulis")
    await wati.presses("Setujui")
    await wati.sees(f"{code} disetujui")
    await sari.sees(f"Kabar baik: permintaan {code} disetujui")
    await has_invitation(sari, code, tmp_path)
    await keeps_its_history(sari)
    assert sari.complaints == wati.complaints == []


async def has_invitation(leader: Window, code: str, folder: Path) -> None:
    async with leader.page.expect_download() as waiting:
        await leader.page.get_by_role("link", name=f"Unduh {code}.ics (kalender)").click()
    download = await waiting.value
    await download.save_as(folder / "jadwal.ics")
    assert download.suggested_filename == f"{code}.ics"
    assert "BEGIN:VCALENDAR" in (folder / "jadwal.ics").read_text()


async def keeps_its_history(leader: Window) -> None:
    before = await leader.lines.all_inner_texts()
    await leader.page.reload()
    await expect(leader.lines).to_have_count(len(before))
    assert await leader.lines.all_inner_texts() == before


async def test_an_officer_rejects_and_the_leader_reads_why(visit: Visit, town: Process) -> None:
    budi, joko = await visit(town, "budi"), await visit(town, "joko")
    code = await asks(budi)
    await joko.sees(code, "Ketua Forum Melati (latihan) (terverifikasi)")
    await joko.presses("Tolak")
    await joko.answers("Apa alasannya?", "Ruang rapat sedang diperbaiki")
    await joko.presses("Kirim")
    await budi.sees("belum dapat dipenuhi", "Alasan: Ruang rapat sedang diperbaiki")
