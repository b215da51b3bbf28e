"""The letter: a photo or a PDF, optional, judged by its content once it is fetched."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from tests.chat import Chat
from tests.made import PDF, paper, picture
from tests.world import World

PNG = picture("PNG")
MEGABYTE = 1024 * 1024


@pytest.fixture
async def asked(world: World, leader: Chat, officer: Chat) -> Chat:
    """A leader who is asked for the letter, in an office with an officer."""

    async def live() -> str:
        await leader.joins()
        await leader.says("/audiensi", "audiensi", "kepala", "Program kerja", "besok 08.30", "Siti", "1")
        leader.sees("Ada surat permohonan?")
        return officer.address

    await world.once("asked for the letter", live)
    return leader


@pytest.mark.parametrize(
    ("name", "type", "content"),
    [("permohonan.pdf", "application/pdf", PDF), ("foto surat.png", "image/png", PNG)],
    ids=["PDF", "photo"],
)
async def test_a_letter_is_fetched_and_an_officer_reads_it(
    world: World, asked: Chat, officer: Chat, name: str, type: str, content: bytes
) -> None:
    await asked.sends_file(name, type, len(content), content)
    asked.sees("Apakah ada yang memerlukan bantuan")
    await asked.says("tidak ada")
    asked.sees(f"Surat: {name}")
    await asked.says("kirim")
    officer.sees(f"Surat: {name}")
    await officer.taps("Lihat surat")
    officer.sees("Suratnya belum tersedia")
    await world.fetches()
    await officer.says("lihat surat aud 1")
    officer.sees("Surat untuk AUD-0001")
    document = officer.new[-1].document
    assert document is not None
    assert (document.name, document.type) == (name, type)
    assert len(await world.rows("SELECT * FROM audit WHERE what = 'read-letter'")) == 1


async def test_a_photo_of_the_letter_is_a_letter(world: World, asked: Chat) -> None:
    if world.channel != "telegram":
        await asked.sends_file("foto.jpg", "image/jpeg")
    else:
        sizes = [{"file_id": f"p{n}", "file_unique_id": f"p{n}", "width": n, "height": n} for n in (90, 900)]
        await asked.does(world.paper.message(asked.address, photo=sizes, caption="suratnya"))
    asked.sees("Apakah ada yang memerlukan bantuan")


async def test_a_file_that_is_too_large_is_refused_with_its_size(asked: Chat, world: World) -> None:
    if world.channel == "whatsapp":
        pytest.skip("WhatsApp tells the size only when the file is fetched")
    await asked.sends_file("besar.pdf", "application/pdf", 25 * MEGABYTE)
    asked.sees("Berkas itu 25 MB; paling besar 20 MB", "lewati", "Ada surat permohonan?")
    await asked.says("lewati")
    asked.sees("Apakah ada yang memerlukan bantuan")


async def test_a_file_of_another_kind_is_refused(asked: Chat) -> None:
    await asked.sends_file("daftar.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    asked.sees("bukan foto atau PDF", "Ada surat permohonan?")
    await asked.says("suratnya menyusul ya")
    asked.sees("Mohon kirim foto atau PDF suratnya, atau ketik lewati")


@pytest.mark.parametrize("word", ["lewati", "tidak ada", "belum ada", "-", "nanti"])
async def test_no_letter_is_no_obstacle(asked: Chat, word: str) -> None:
    await asked.says(word, "tidak ada")
    asked.sees("Surat: tidak ada", "Sudah benar?")


async def test_a_letter_whose_content_is_something_else_is_refused_afterwards(
    world: World, asked: Chat, officer: Chat
) -> None:
    await asked.sends_file("permohonan.pdf", "application/pdf", 40, b"#!/bin/sh\nrm -rf /\n" + b"x" * 20)
    await asked.says("tidak ada", "kirim")
    asked.looks_up()
    await world.fetches()
    asked.sees("berkas permohonan.pdf tidak bisa kami pakai", "isinya program, bukan dokumen", "tetap kami layani")
    await officer.says("kartu aud 1")
    officer.sees("Surat: tidak bisa dipakai")


async def test_a_letter_that_may_run_something_is_refused_with_what_to_do(
    world: World, asked: Chat, officer: Chat
) -> None:
    await asked.sends_file("permohonan.pdf", "application/pdf", 40, paper(b"/OpenAction<</S/J#61vaScript/JS(1)>>"))
    await asked.says("tidak ada", "kirim")
    asked.looks_up()
    await world.fetches()
    asked.sees(
        "permohonan.pdf tidak bisa kami pakai", "perintah yang bisa berjalan sendiri", "simpan ulang sebagai PDF"
    )
    await officer.says("kartu aud 1")
    officer.sees("Surat: tidak bisa dipakai")


async def test_a_letter_that_is_refused_before_sending_is_asked_for_again(world: World, asked: Chat) -> None:
    await asked.sends_file("permohonan.pdf", "application/pdf", 40, b"bukan pdf sama sekali")
    asked.sees("Apakah ada yang memerlukan bantuan")
    await world.fetches()
    await asked.says("tidak ada")
    asked.sees("Surat tadi tidak bisa kami pakai", "Ada surat permohonan?")
    await asked.says("lewati", "tidak ada")
    asked.sees("Surat: tidak ada", "Sudah benar?")


async def test_a_letter_that_has_vanished_is_told(world: World, asked: Chat) -> None:
    await asked.sends_file("permohonan.pdf", "application/pdf", 40, PDF)
    await asked.says("tidak ada", "kirim")
    asked.looks_up()
    world.paper.lost = SendFailed(Outcome.REFUSED, "file is gone")
    await world.fetches()
    asked.sees("permohonan.pdf tidak bisa kami pakai", "tidak bisa diunduh")


async def test_a_file_nobody_asked_for_is_not_kept(world: World, leader: Chat) -> None:
    await leader.joins()
    await leader.sends_file("undangan.pdf", "application/pdf")
    leader.sees("belum kami minta", "Minta audiensi")
    await leader.says("/audiensi", "audiensi", "kepala")
    await leader.sends_file("undangan.pdf", "application/pdf")
    leader.sees("belum kami minta", "Apa yang ingin dibicarakan?")
    assert await world.rows("SELECT * FROM attachments") == []
