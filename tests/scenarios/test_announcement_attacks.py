"""Announcements under attack: one person as two, old words coming back, parcels in hand, forged presses."""

import pytest

from bot.channels.channel import Outcome, SendFailed
from storage.broadcasts import broadcasts, runs
from storage.elections import neutral_names
from storage.mail import outbox
from storage.people import people
from tests.chat import Chat
from tests.scenarios.announcing import claimed, corrected, goes_out, hands_in, states, writes
from tests.world import World, at


async def changes(world: World, sql: str, **values: object) -> None:
    async with world.awake() as room:
        await room.database.transact(lambda tx: tx.run(sql, **values))


async def test_one_person_who_was_two_has_approved_nothing(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    await changes(world, "UPDATE broadcasts SET written_by = approved_by")  # as when two records are put together
    await world.ticks_at(at(24, 9))
    verified.sees_no("Senin di pendapa")
    await officer.says("lanjut UMU-0001", "UMU-0001")
    officer.sees("orang yang sama")
    verified.sees_no("Senin di pendapa")


async def test_a_name_that_came_on_the_list_after_the_approval_stops_it(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, body="Hadir Partai Melati Jaya.", starts="besok jam 9")
    async with world.awake() as room:
        await room.database.transact(lambda tx: neutral_names.add(tx, "Partai Melati Jaya"))
    await world.ticks_at(at(24, 9))
    verified.sees_no("Hadir Partai")
    officer.sees("gerbang netralitas kini menahannya")


async def test_an_alarm_without_a_second_person_is_neither_repeated_nor_for_later(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    (row,) = await world.rows("SELECT person_id FROM roles WHERE role = 'officer'")
    async with world.awake() as room:
        await room.database.transact(lambda tx: people.grant(tx, row["person_id"], "urgent", world.now))
    verified.looks_up()
    await writes(officer, topic="Darurat", title="Banjir", body="Hindari pantura.", repeat="Setiap minggu")
    await officer.taps("Kirim darurat")
    officer.sees("sekarang dan sekali saja")
    await writes(officer, topic="Darurat", title="Banjir", body="Hindari pantura.", starts="besok jam 9")
    await officer.taps("Kirim darurat")
    officer.sees("sekarang dan sekali saja")
    await world.ticks_at(at(24, 9))
    verified.sees_nothing()
    assert await states(world) == [None, None]


async def test_whoever_was_being_sent_the_old_one_gets_the_correction(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    """A parcel that was in hand when the correction began settles as sent only afterwards."""
    await goes_out(officer, approver, starts="besok jam 9")
    world.now = at(24, 9)
    async with world.awake() as room:
        while await room.feeder.step():
            pass
        (parcel,) = await room.database.transact(claimed)
        await room.database.transact(lambda tx: corrected(tx, world))
        for _ in range(6):
            await room.feeder.step()
        assert await room.database.transact(lambda tx: broadcasts.get(tx, 2).listed) == 0
        await room.database.transact(lambda tx: outbox.settle(tx, parcel, "sent", world.now, receipt="77"))
        await world.deliver(room)
    await world.read_news()
    verified.sees("RALAT. Ini menggantikan pengumuman UMU-0001", "Selasa di pendapa.")


async def test_what_was_in_hand_at_a_pause_and_failed_does_not_go_out_during_it(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    world.now = at(24, 9)
    async with world.awake() as room:
        while await room.feeder.step():
            pass
        (parcel,) = await room.database.transact(claimed)
        await room.database.transact(lambda tx: runs.pause(tx, 1, "paused", world.now))
        await room.database.transact(lambda tx: outbox.again(tx, parcel, world.now, "Bad Gateway"))
        await world.deliver(room)
    verified.sees_no("Senin di pendapa")
    await officer.says("lanjut UMU-0001")
    verified.sees("Senin di pendapa")


async def test_corrected_words_do_not_come_again_by_themselves(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    """Neither as the next of a series nor to those who were silent, and nobody corrects them a second time."""
    await goes_out(officer, approver, repeat="Setiap minggu")
    async with world.awake() as room:
        await room.database.transact(lambda tx: corrected(tx, world))
        await world.deliver(room)
    verified.looks_up()
    await officer.says("UMU-0002")
    officer.sees("dijeda: pengumuman dengan isi ini sudah diganti atau ditarik")
    await world.passes(days=7)
    verified.sees_no("Senin di pendapa")
    await officer.says("hubungi UMU-0001")
    officer.sees("tidak (lagi) menunggu jawaban")
    await officer.says("perbaiki UMU-0001")
    officer.sees("sudah diganti dengan UMU-0003")


async def test_a_series_that_was_ended_stays_ended(world: World, officer: Chat, approver: Chat, verified: Chat) -> None:
    await goes_out(officer, approver, repeat="Setiap minggu", ends="9 Desember")
    await officer.says("jeda UMU-0001", "batalkan UMU-0002")
    await changes(world, "UPDATE broadcasts SET finished_at = NULL, paused_at = started_at WHERE code = 'UMU-0001'")
    await world.passes(days=20)
    assert len(await states(world)) == 2


async def test_a_pause_before_its_time_does_not_excuse_it_from_being_late(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    await officer.says("jeda UMU-0001", "lanjut UMU-0001")
    await world.ticks_at(at(26, 9))
    verified.sees_no("Senin di pendapa")
    officer.sees("waktunya sudah lewat terlalu lama")
    await officer.says("lanjut UMU-0001")
    verified.sees("Senin di pendapa")


async def test_two_records_of_one_person_put_together_meanwhile_get_one_message(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    await goes_out(officer, approver, starts="besok jam 9")
    world.now = at(24, 9)
    async with world.awake() as room:
        await room.feeder.step()
        await room.feeder.step()
        await room.database.transact(
            lambda tx: tx.run(
                """UPDATE chats SET person_id = (SELECT person_id FROM memberships WHERE id = 1)
            WHERE person_id = (SELECT person_id FROM memberships WHERE id = 2)"""
            )
        )
        await world.deliver(room)
    await world.read_news()
    verified.sees("Senin di pendapa")
    budi.sees_no("Senin di pendapa")


async def test_forged_presses_of_a_leader_decide_nothing(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    if world.channel == "plain":
        pytest.skip("there is nothing to press in a terminal")
    await hands_in(officer)
    verified.looks_up()
    (row,) = await world.rows("SELECT hash FROM broadcasts")
    names: tuple[str, ...] = (
        "setujui-umum",
        "periksa-umum",
        "kecualikan",
        "kembalikan-umum",
        "tolak-umum",
        "segera-umum",
        "umum",
    )
    names += ("siapa-umum", "telepon-umum", "tabel-umum", "hubungi-belum", "lanjut-umum", "batal-umum", "beri-izin")
    names += ("konsep-umum", "ajukan", "perbaiki-umum", "konsep-tahapan")
    names += ("segera-umum", "umum", "sudah-baca", "berkas-umum", "isi-umum")
    forged = [f"a.{name}.{record}" for name in names for record in (f"1.{row['hash'][:12]}", "1", "x", "9" * 25, "")]
    await world.arrives(*(world.paper.press(verified.address, token) for token in forged))
    verified.sees_no("Senin di pendapa", "Petugas Kantor", "kesalahan")
    assert await states(world) == ["submitted"]
    await officer.does(world.paper.press(officer.address, f"a.setujui-umum.1.{row['hash'][:12]}"))
    assert await states(world) == ["submitted"]


async def test_an_approver_who_lost_the_role_halfway_decides_nothing(
    world: World, officer: Chat, approver: Chat, verified: Chat
) -> None:
    await hands_in(officer)
    for begun in ("kembalikan UMU-0001", "tolak UMU-0001", "kecualikan UMU-0001"):
        await approver.says(begun)
        await changes(world, "UPDATE roles SET role = 'duty' WHERE role = 'approver'")
        await approver.says("Menurut saya boleh saja.")
        await changes(world, "UPDATE roles SET role = 'approver' WHERE role = 'duty'")
        await approver.says("tidak jadi")
    assert await states(world) == ["submitted"]
    assert await world.rows("SELECT override_by FROM broadcasts") == [{"override_by": None}]


async def test_how_choices_will_appear_is_told_by_the_limits_that_hold_when_it_is_sent(
    world: World, officer: Chat, verified: Chat
) -> None:
    await writes(officer, question="Ya, tidak, mungkin")
    if world.channel != "whatsapp":
        officer.sees("jawaban diketik." if world.channel == "plain" else ": dengan tombol.")
        return
    officer.sees("jendela 24 jam: dengan tombol.", "WhatsApp di luar jendela: templat lebih dahulu")
    await writes(officer, question="Tanpa pertanyaan")
    officer.sees("WhatsApp dalam jendela 24 jam: teks saja.")
    await writes(officer, body="Rapat. " * 200)
    officer.sees("WhatsApp dalam jendela 24 jam: jawaban diketik.")


async def test_a_correction_reaches_those_of_a_second_round_and_ends_it(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    world.paper.failing_at = {budi.address: SendFailed(Outcome.REFUSED, "Bad Request")}
    await goes_out(officer, approver, question="Ya, tidak, mungkin")
    world.paper.failing_at = {}
    budi.sees_no("Senin di pendapa")
    await officer.says("hubungi UMU-0001")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    budi.sees("Senin di pendapa")
    async with world.awake() as room:
        await room.database.transact(lambda tx: corrected(tx, world))
        await world.deliver(room)
    await world.read_news()
    budi.sees("RALAT. Ini menggantikan pengumuman UMU-0001")
    await budi.says("ikut ya UMU-0002")
    budi.sees("UMU-0002 sudah tidak berlaku: sudah diganti dengan UMU-0003")


async def test_an_all_clear_ends_the_alarm_it_calls_off(
    world: World, officer: Chat, approver: Chat, verified: Chat, budi: Chat
) -> None:
    """Whoever has not got the alarm yet gets neither."""
    await goes_out(officer, approver, topic="Darurat", title="Banjir", body="Hindari pantura.", starts="besok jam 9")
    world.now = at(24, 9)
    async with world.awake() as room:
        while await room.feeder.step():
            pass
        (first, second) = sorted(await room.database.transact(claimed))
        await room.database.transact(lambda tx: outbox.settle(tx, first, "sent", world.now, receipt="77"))
        await room.database.transact(lambda tx: outbox.again(tx, second, at(24, 12), "Bad Gateway"))
    await officer.says("aman UMU-0001", "Air sudah surut.")
    await officer.taps("Kirim")
    await officer.taps("Ajukan")
    await approver.says("periksa UMU-0002")
    await approver.taps("Setujui")
    await world.ticks_at(at(24, 13))
    verified.sees("Air sudah surut.")
    budi.sees_no("Hindari pantura.", "Air sudah surut.")
