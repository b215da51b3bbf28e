"""An open page when answers get lost, when the process dies, and when its person wants to be forgotten."""

from datetime import UTC, datetime, timedelta
from functools import partial

from playwright.async_api import Route, expect

from storage.mail import transcript
from tests.process.office import Process

from .window import IN_A_BROWSER, Visit, memory

pytestmark = IN_A_BROWSER


async def test_a_message_typed_while_the_process_is_dead_arrives_once_when_it_is_back(
    visit: Visit, process: Process
) -> None:
    budi = await visit(process, "budi")
    await process.kill()
    await expect(budi.status).to_have_text("Menyambung lagi…")
    await budi.says("/status")
    await expect(budi.page.get_by_text("Mengirim…")).to_be_visible()
    process.settings["PORT"] = process.url.rsplit(":", 1)[1]
    await process.start()
    await expect(budi.lines).to_contain_text(["Anda: /status", "Bapak/Ibu belum mengirim apa pun."])
    await expect(budi.status).to_have_text("Terhubung")
    await expect(budi.page.get_by_text("Mengirim…")).to_have_count(0)
    await expect(budi.lines).to_have_count(2)
    await budi.page.reload()
    await expect(budi.lines).to_have_count(2)


async def test_a_message_is_tried_again_until_the_office_has_it_once(visit: Visit, town: Process) -> None:
    joko = await visit(town, "joko")
    tries: list[str] = []

    async def lossy(route: Route) -> None:
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            await route.abort()
        elif len(tries) == 2:  # the office has it, but its answer is lost
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await joko.page.route("**/chat/joko", lossy)
    await joko.says("/antrean")
    await expect(joko.lines).to_contain_text(["Anda: /antrean", "Antrean kosong."])
    await expect(joko.page.get_by_text("Mengirim…")).to_have_count(0)
    assert (len(tries), len(set(tries))) == (3, 1)
    await joko.page.reload()
    await expect(joko.lines).to_have_count(2)


async def test_who_wants_to_be_forgotten_sees_the_page_empty_itself_and_a_farewell(visit: Visit, town: Process) -> None:
    budi, elsewhere = await visit(town, "budi"), await visit(town, "budi")
    await budi.says("/profil", "/hapus")
    await budi.presses("Ya, hapus data saya")
    for window in (budi, elsewhere):
        await expect(window.lines).to_have_count(1)
        await window.sees("Data Bapak/Ibu sudah dihapus.")
    await budi.page.reload()
    await expect(budi.lines).to_have_count(1)
    await budi.says("halo")
    await budi.sees("Apakah Bapak/Ibu setuju?")


async def test_of_a_report_without_a_name_nothing_is_shown_once_its_code_is_gone(
    visit: Visit, process: Process
) -> None:
    budi = await visit(process, "budi")
    await budi.says("/situasi")
    await budi.presses("Tanpa nama")
    await budi.answers("Apa yang terjadi?", "Warga berkumpul di balai desa")
    await budi.presses("Kajen", "Lewati", "Baru saja")
    await budi.picks_first("seberapa mendesak")
    await budi.presses("Lewati", "Kirim")
    await budi.sees("Kode rahasia:")
    await expect(budi.lines).to_have_count(1)
    async with memory(process) as database:
        await database.transact(partial(transcript.forget_whispers, before=datetime.now(UTC) + timedelta(minutes=10)))
    await budi.page.reload()
    await expect(budi.page.get_by_role("button", name="Mulai: kirim “halo”")).to_be_visible()
    await expect(budi.lines).to_have_count(0)


async def test_who_has_to_leave_at_once_leaves_nothing_on_the_screen_and_no_way_back(
    visit: Visit, process: Process
) -> None:
    budi = await visit(process, "budi")
    await budi.says("/situasi")
    await budi.sees("Ini BUKAN polisi")
    await budi.page.get_by_role("button", name="Tutup cepat").click()
    await expect(budi.page).to_have_url("about:blank")
    assert await budi.page.inner_text("body") == ""
    await budi.page.go_back()
    assert "/chat" not in budi.page.url
    assert "siapa" not in budi.page.url
