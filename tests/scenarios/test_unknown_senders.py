"""Reports without a name: what a copied database, a fault of ours or a mistyped code could tell about who sent them."""

from dataclasses import replace
from datetime import UTC

import pytest

from handlers import CATALOGUE
from handlers.conversation.catalogue import Command
from handlers.conversation.turn import Turn
from tests.chat import Chat
from tests.made import PDF, picture
from tests.scenarios.test_link import links
from tests.scenarios.test_situation import SECRET, bytes_or_text, reports
from tests.scenarios.test_suggest import number, suggests
from tests.scenarios.test_when_we_fail import stumble
from tests.world import World, at

TEN = at(23, 10).astimezone(UTC).isoformat(timespec="microseconds")


def secret_of(chat: Chat) -> str:
    found = SECRET.search(chat.screen)
    assert found, chat.screen
    return found[0]


async def holds(world: World, words: str) -> list[str]:
    """The tables in which these words stand."""
    held = [table for table, rows in (await world.everything()).items() if words in rows]
    raws = [bytes_or_text(row["raw"]) for row in await world.rows("SELECT raw FROM inbox")]
    return held + ["inbox"] * any(words in raw for raw in raws)


async def test_the_place_of_their_ormas_tells_nothing_of_whoever_gives_no_name(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    code = await suggests(leader, "Tanpa nama")
    (row,) = await world.rows("SELECT * FROM tickets WHERE code = :code", code=code)
    assert (row["person_id"], row["organisation_id"], row["field"], row["kecamatan"]) == (None, None, "", "")


async def test_what_failed_in_us_on_the_way_is_taken_out_too(world: World, leader: Chat, duty: Chat) -> None:
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"rusak": Command("rusak", "Rusak", stumble)})
    await leader.agrees()
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.says("/rusak ada senjata di gudang")
    leader.sees("gangguan")
    world.now = at(23, 10, 17)
    await leader.says("Ada senjata di gudang", "Bojong", "Dekat pasar")
    await leader.taps("Sedang terjadi")
    await leader.taps("Serius, perlu tindakan")
    await leader.taps("Lewati")
    await leader.taps("Kirim")
    number(leader, "SIT")
    assert "inbox" not in await holds(world, "di gudang")
    assert not await world.rows("SELECT id FROM inbox WHERE address = :a AND received_at > :s", a=leader.address, s=TEN)


async def test_what_was_begun_and_left_before_is_taken_out_too(world: World, leader: Chat, duty: Chat) -> None:
    await leader.joins()
    await leader.says("/situasi")
    await leader.taps("Dengan nama saya")
    await leader.says("Ada senjata di gudang", "batal")
    world.now = at(23, 10, 30)
    await reports(leader, "Tanpa nama", "Ada senjata")
    assert not await holds(world, "di gudang")


async def test_a_file_that_was_taken_out_again_names_nobody(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    await leader.says("/laporan")  # waits with its own name and files
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.sends_file("gudang.pdf", "application/pdf", len(PDF), PDF)
    await leader.says("Ada senjata", "Bojong", "Dekat pasar")
    await leader.taps("Sedang terjadi")
    await leader.taps("Serius, perlu tindakan")
    await leader.says("hapus 1")
    await leader.taps("Lewati")
    await leader.taps("Kirim")
    number(leader, "SIT")
    assert not await world.rows("SELECT id FROM attachments")
    assert not await holds(world, "gudang.pdf")


async def suggests_on(chat: Chat) -> None:
    await chat.says("/masukan")
    await chat.taps("Keluhan")
    await chat.says("Lampu jalan mati")
    await chat.taps("Lewati")
    await chat.taps("Kirim")


async def test_a_file_of_another_form_survives_a_report_without_a_name(
    world: World, leader: Chat, officer: Chat
) -> None:
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.says("/laporan")
    await leader.taps("Juli sampai Desember 2026")
    await leader.sends_photo(picture())
    await suggests_on(leader)
    assert len(await world.rows("SELECT id FROM attachments")) == 1
    await leader.says("/laporan")
    leader.sees("Apa nama kegiatannya?")


async def test_an_officer_who_reports_without_a_name_keeps_the_cards_on_their_page(
    world: World, leader: Chat, officer: Chat
) -> None:
    if world.channel != "web":
        pytest.skip("only our own page keeps lines")
    await leader.joins()
    await officer.says("/masukan")
    await officer.taps("Tanpa nama")
    code = await suggests(leader)
    officer.sees(code)
    await suggests_on(officer)
    assert "transcript" in await holds(world, "Lampu jalan mati")
    lines = await world.rows("SELECT body FROM transcript WHERE address = :a AND mine = 0", a=officer.address)
    assert [line for line in lines if code in line["body"]]


@pytest.mark.parametrize("typed", ["as it is", "asked for first", "with blanks"])
async def test_a_code_may_be_typed_in_every_way_and_is_never_kept(
    world: World, leader: Chat, duty: Chat, typed: str
) -> None:
    await leader.agrees()
    code = await reports(leader, "Tanpa nama")
    secret = secret_of(leader)
    await world.passes(minutes=11)
    await world.tidies()
    if typed == "asked for first":
        await leader.says("/cek", secret)
    elif typed == "with blanks":
        await leader.says(f"/cek {secret.lower().replace('-', ' ')}")
    else:
        await leader.says(f"/cek {secret.replace('-', '–')}")
    leader.sees(code, "Kode berikutnya:")
    assert not await holds(world, secret)
    assert not await world.rows("SELECT id FROM drafts")


async def test_a_code_that_was_mistyped_is_not_kept_either(world: World, leader: Chat, duty: Chat) -> None:
    await leader.agrees()
    await leader.says("/cek AAAA-BBBB-CCC2")
    leader.sees("Kode itu tidak berlaku")
    await world.passes(minutes=11)
    await world.tidies()
    assert not await holds(world, "AAAA-BBBB-CCC2")


@pytest.mark.parametrize("talks", [False, True])
async def test_a_code_typed_alone_opens_its_report_and_goes_to_nobody(
    world: World, leader: Chat, officer: Chat, talks: bool
) -> None:
    await leader.joins()
    code = await suggests(leader, "Tanpa nama")
    secret = secret_of(leader)
    await world.passes(minutes=11)
    await world.tidies()
    if talks:
        await leader.says("/petugas", "Selamat pagi")
        await officer.says(f"bicara {number(leader, 'TNY')}")
        officer.looks_up()
    await leader.says(secret.lower())
    leader.sees(code, "Kode berikutnya:")
    officer.sees_nothing() if talks else None
    assert not await holds(world, secret) + await holds(world, secret.lower())
    if talks:
        await leader.says("2233-4455-6677")
        officer.sees("2233-4455-6677")


async def test_of_two_messengers_neither_keeps_what_was_written(
    world: World, leader: Chat, there: Chat, duty: Chat
) -> None:
    await leader.agrees()
    await links(leader, there)
    await leader.says("/situasi")
    await leader.taps("Tanpa nama")
    await leader.says("Ada senjata di gudang")
    world.now = at(23, 10, 17)
    await there.says("/situasi", "Bojong", "Dekat pasar")
    await there.taps("Sedang terjadi")
    await there.taps("Serius, perlu tindakan")
    await there.taps("Lewati")
    await there.taps("Kirim")
    duty.sees("Ada senjata di gudang")
    assert "inbox" not in await holds(world, "di gudang")
    for chat in (leader, there):
        lines = await world.rows("SELECT body FROM transcript WHERE address = :a", a=chat.address)
        assert not [line for line in lines if "gudang" in line["body"]]
    assert not await world.rows("SELECT address FROM chats WHERE person_id = 1 AND seen_at > :ten", ten=TEN)


async def test_a_fault_of_ours_keeps_nothing_of_somebody_unknown(world: World, leader: Chat) -> None:
    """Whatever was to stay unknown stays so when the turn fails after that."""

    def fails(turn: Turn, rest: str) -> None:
        turn.whisper()
        raise RuntimeError(rest)

    await leader.agrees()
    world.catalogue = replace(CATALOGUE, commands=CATALOGUE.commands | {"cek": Command("cek", "Cek", fails)})
    await leader.says("/cek AAAA-BBBB-CCCC rahasia")
    leader.sees("ada gangguan di pihak kami")
    (parked,) = await world.rows("SELECT raw, address, parked_at FROM inbox WHERE parked_at IS NOT NULL")
    assert (bytes(parked["raw"]), parked["address"]) == (b"", None)


async def test_file_names_tell_no_officer_a_hidden_name(world: World, leader: Chat, officer: Chat) -> None:
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps("Nama dirahasiakan")
    await leader.taps("Keluhan")
    await leader.says("Jalan rusak")
    await leader.sends_file("Surat Siti Aminah.pdf", "application/pdf", len(PDF), PDF)
    await leader.taps("Selesai")
    await leader.taps("Kirim")
    code = number(leader, "MAS")
    await world.fetches()
    await officer.says(f"berkas {code}")
    assert [shown.document.name for shown in officer.new if shown.document] == ["berkas-1.pdf"]
    await leader.says(f"berkas {code}")
    assert [shown.document.name for shown in leader.new if shown.document] == ["Surat Siti Aminah.pdf"]
