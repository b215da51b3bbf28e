"""Everything stored about one person, gathered for them (UU 27/2022 Art. 7, 13) or erased (Art. 8)."""

import json
import re
from datetime import datetime
from typing import Any

from storage.broadcasts import recipients
from storage.database.database import Row, Transaction
from storage.database.moment import stamp
from storage.machine import jobs
from storage.mail import attachments, outbox, transcript
from storage.meetings import history
from storage.ormas import corrections, organisations, papers, registry
from storage.people import link_codes, merges, people
from storage.tickets import files as ticket_files
from storage.tickets import sender

OWN = {
    "persetujuan": """SELECT version, channel, given_at, withdrawn_at FROM consents
      WHERE person_id = :person ORDER BY id""",
    "saluran": "SELECT channel, address, seen_at FROM chats WHERE person_id = :person ORDER BY channel",
    "peran": "SELECT role, since FROM roles WHERE person_id = :person ORDER BY role",
    "keanggotaan": """SELECT o.name, m.position, m.added_at, m.verified_at, m.refused_at, m.ended_at
      FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.person_id = :person ORDER BY m.id""",
    "isian_belum_selesai": "SELECT form, answers, touched_at FROM drafts WHERE person_id = :person ORDER BY id",
    "permintaan": """SELECT code, purpose, host, topic, attendees, head_count, access, starts_at, requested_at,
      approved_at, rejected_at, cancelled_at, held_at, missed_at, minutes
      FROM meetings WHERE person_id = :person ORDER BY id""",
    "riwayat": """SELECT m.code, h.at, h.what, CASE WHEN h.what = 'forwarded' AND h.person_id <> :person THEN NULL
      ELSE h.why END AS why FROM history h JOIN meetings m ON m.id = h.meeting_id
      WHERE h.person_id = :person OR m.person_id = :person ORDER BY h.id""",
    "janji": """SELECT m.code, p.what, p.who, p.due_on, p.kept_at FROM promises p
      JOIN meetings m ON m.id = p.meeting_id WHERE m.person_id = :person ORDER BY p.id""",
    "berkas": "SELECT name, type, size, note, received_at FROM attachments WHERE person_id = :person ORDER BY id",
    "pesan_masuk": """SELECT i.received_at, i.raw FROM inbox i JOIN chats c
      ON c.channel = i.channel AND c.address = i.address WHERE c.person_id = :person ORDER BY i.id""",
    "pesan_keluar": """SELECT o.written_at, o.body, o.outcome FROM outbox o JOIN chats c
      ON c.channel = o.channel AND c.address = o.address WHERE c.person_id = :person ORDER BY o.id""",
    "obrolan_di_halaman": """SELECT t.at, t.mine, t.body FROM transcript t JOIN chats c
      ON c.channel = 'web' AND c.address = t.address WHERE c.person_id = :person ORDER BY t.id""",
    "ormas_ditambahkan": """SELECT name, kind, field, kecamatan, added_at FROM organisations
      WHERE added_by = :person ORDER BY id""",
    "nama_di_susunan_pengurus": """SELECT o.name, CASE WHEN lower(o.chair) = lower(p.name) THEN 'ketua'
      WHEN lower(o.secretary) = lower(p.name) THEN 'sekretaris' ELSE 'bendahara' END AS jabatan
      FROM organisations o JOIN people p ON p.id = :person
      WHERE lower(p.name) IN (lower(o.chair), lower(o.secretary), lower(o.treasurer))
      AND o.id IN (SELECT organisation_id FROM memberships WHERE person_id = :person) ORDER BY o.id""",
    "usulan_perbaikan": """SELECT o.name, c.fact, c.value, c.proposed_at, c.accepted_at, c.refused_at, c.reason
      FROM corrections c JOIN organisations o ON o.id = c.organisation_id WHERE c.person_id = :person ORDER BY c.id""",
    "berkas_siap": """SELECT o.name, r.checklist, r.paper, r.at FROM ready_papers r
      JOIN organisations o ON o.id = r.organisation_id WHERE r.person_id = :person ORDER BY r.id""",
    "percobaan_kode": "SELECT at FROM guesses WHERE person_id = :person ORDER BY at",
    "pilihan_kabar": "SELECT topic, wanted, said, channel, at FROM preferences WHERE person_id = :person ORDER BY id",
    "kode_penghubung": """SELECT made_at, channel, wished_at, closed_at FROM link_codes
      WHERE person_id = :person OR asked_by = :person ORDER BY id""",
    "penggabungan": """SELECT m.at, m.reason, m.undone_at, p.name AS nama_sebelumnya FROM merges m
      JOIN people p ON p.id = m.merged_id WHERE m.kept_id = :person AND m.undone_at IS NULL
      OR m.merged_id = :person AND m.undone_at IS NOT NULL ORDER BY m.id""",
    "kiriman": """SELECT code, kind, privacy, title, facts, kecamatan, level, period, check_code, opened_at, asked_at,
      closed_at, result, rating FROM tickets WHERE person_id = :person ORDER BY opened_at, id""",
    "riwayat_kiriman": """SELECT t.code, e.at, e.what, e.words FROM ticket_events e JOIN tickets t ON t.id = e.ticket_id
      WHERE t.person_id = :person AND e.inside = 0 OR e.officer_id = :person ORDER BY e.id""",
    "berkas_kiriman": """SELECT t.code, f.name, f.type, f.size, f.note FROM ticket_files f
      JOIN tickets t ON t.id = f.ticket_id WHERE t.person_id = :person ORDER BY f.id""",
    "percakapan_berjalan": """SELECT t.code, k.since FROM talks k JOIN tickets t ON t.id = k.ticket_id
      WHERE k.person_id = :person""",
    "penahanan_kiriman": "SELECT until, why, at, lifted_at FROM mutes WHERE person_id = :person ORDER BY id",
    "balasan_siap_pakai": """SELECT kind, moment, title, words, written_at, removed_at FROM canned_replies
      WHERE written_by = :person ORDER BY id""",
    "usulan_kata_umum": """SELECT kind, facts, proposed_at, approved_at, returned_at, note FROM proposals
      WHERE proposed_by = :person OR decided_by = :person ORDER BY id""",
    "rekap_diminta": "SELECT arguments, asked_at, done_at, outcome FROM jobs WHERE person_id = :person ORDER BY id",
    "pengumuman_diterima": """SELECT b.code, b.title, b.body, r.channel, r.outcome, r.settled_at, r.delivered_at,
      r.read_at, r.answer, r.answered_at FROM recipients r JOIN broadcasts b ON b.id = r.broadcast_id
      WHERE r.person_id = :person ORDER BY r.id""",
    "pengumuman_ditulis": """SELECT code, title, body, written_at, approved_at, cancelled_at FROM broadcasts
      WHERE written_by = :person ORDER BY id""",
    "kelompok_penerima": """SELECT name, expression, written_at, removed_at FROM segments
      WHERE written_by = :person ORDER BY id""",
    "tindakan_sebagai_petugas": "SELECT at, what, subject, why FROM audit WHERE person_id = :person ORDER BY id",
}
"""Every table that knows a person, by the name the person reads."""


def gather(tx: Transaction, person_id: int) -> dict[str, Any]:
    """Plain values under Indonesian headings; only JSON types. Records merged into theirs are the person's as well."""
    person = tx.one("SELECT name, language, created_at, stopped_at FROM people WHERE id = :person", person=person_id)
    assert person is not None
    own = [person_id, *merges.behind(tx, person_id)]
    told = {heading: [plain(row) for one in own for row in tx.all(sql, person=one)] for heading, sql in OWN.items()}
    for row in (*told["pesan_keluar"], *told["obrolan_di_halaman"]):
        row["body"] = without_content(row["body"])
    return {"diri": plain(person)} | told


def without_content(body: str) -> str:
    """A message without the content of its document: an earlier /dataku in this one would double it every time."""
    said = json.loads(body) if body else {}
    if "content" not in (said.get("document") or {}):
        return body
    del said["document"]["content"]
    return json.dumps(said, ensure_ascii=False)


def plain(row: Row) -> dict[str, Any]:
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a sqlite row iterates over its values
    return {
        n: bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else v for n, v in values.items()
    }


TO_OFFICERS = """EXISTS (SELECT 1 FROM chats c JOIN roles r ON r.person_id = c.person_id
  WHERE c.channel = {channel} AND c.address = {table}.address)"""


def forget_elsewhere(tx: Transaction, person_id: int, now: datetime) -> None:
    """Officers were sent cards about this person: what holds a code of theirs is not kept with us."""
    meetings = tx.all("SELECT code FROM meetings WHERE person_id = :person", person=person_id)
    memberships = tx.all("SELECT id FROM memberships WHERE person_id = :person", person=person_id)
    proposed = tx.all("SELECT id FROM corrections WHERE person_id = :person", person=person_id)
    codes = [*(f"ANG-{row['id']:04d}" for row in memberships), *(f"KOR-{row['id']:04d}" for row in proposed)]
    sent = tx.all("SELECT code FROM tickets WHERE person_id = :person", person=person_id)
    for code in [*(row["code"] for row in (*meetings, *sent)), *codes]:
        cards = f"""SELECT id, body FROM outbox WHERE body LIKE :code AND (settled_at IS NOT NULL OR claimed_at IS NULL)
          AND {TO_OFFICERS.format(channel="outbox.channel", table="outbox")}"""
        for row in holding(tx, cards, code):
            tx.run(
                """UPDATE outbox SET body = '', settled_at = coalesce(settled_at, :now),
                  outcome = coalesce(outcome, 'withheld') WHERE id = :id""",
                id=row["id"],
                now=stamp(now),
            )
        lines = f"""SELECT id, body FROM transcript WHERE body LIKE :code
          AND {TO_OFFICERS.format(channel="'web'", table="transcript")}"""
        for row in holding(tx, lines, code):
            tx.run("DELETE FROM transcript WHERE id = :id", id=row["id"])


def holding(tx: Transaction, sql: str, code: str) -> list[Row]:
    """Rows whose body holds the whole code: AUD-1000 is not in AUD-10001, and LIKE does not tell A from a."""
    whole = re.compile(rf"(?<![0-9A-Za-z]){re.escape(code)}(?![0-9A-Za-z])")
    found = tx.all(sql, code=f"%{code}%")
    return [row for row in found if whole.search(row["body"].replace("\\n", " "))]  # in JSON, an "n" begins each line


def erase(tx: Transaction, person_id: int, now: datetime) -> list[str]:
    """Erase a person and every record merged into theirs. Hashes of files to delete from disk."""
    tx.leave_no_trace()
    own = [person_id, *merges.behind(tx, person_id)]
    return [sha256 for one in own for sha256 in erase_one(tx, one, now)]


def erase_messages(tx: Transaction, person_id: int, now: datetime) -> None:
    """What came from their chats and what went there."""
    for chat in people.chats(tx, person_id):
        outbox.withhold(tx, chat.channel, chat.address, "erased", now)
        if chat.channel == "web":
            transcript.forget(tx, chat.address)
    tx.run(
        """UPDATE inbox SET raw = :nothing, address = NULL WHERE EXISTS (SELECT 1 FROM chats c
          WHERE c.person_id = :person AND c.channel = inbox.channel AND c.address = inbox.address)""",
        nothing=b"",
        person=person_id,
    )
    tx.run(
        """UPDATE outbox SET body = '', address = '' WHERE settled_at IS NOT NULL AND EXISTS (SELECT 1 FROM chats c
          WHERE c.person_id = :person AND c.channel = outbox.channel AND c.address = outbox.address)""",
        person=person_id,
    )


def erase_one(tx: Transaction, person_id: int, now: datetime) -> list[str]:
    """Erase one record; what stays of its meetings has no name in it. Hashes of files to delete from disk."""
    erase_messages(tx, person_id, now)
    forget_elsewhere(tx, person_id, now)
    for table in ("chats", "drafts", "roles", "guesses"):
        tx.run(f"DELETE FROM {table} WHERE person_id = :person", person=person_id)
    registry.forget(tx, person_id)
    corrections.forget(tx, person_id)
    papers.forget(tx, person_id)
    jobs.forget(tx, person_id)
    organisations.leave(tx, person_id, now)
    history.forget(tx, person_id)
    link_codes.forget(tx, person_id)
    merges.forget(tx, person_id)
    recipients.forget(tx, person_id, now)
    files = sender.forget(tx, person_id)
    tx.run("UPDATE preferences SET said = '' WHERE person_id = :person", person=person_id)
    tx.run(
        "UPDATE meetings SET topic = '', attendees = '[]', access = '[]' WHERE person_id = :person", person=person_id
    )
    tx.run(
        "UPDATE consents SET withdrawn_at = :now WHERE person_id = :person AND withdrawn_at IS NULL",
        person=person_id,
        now=stamp(now),
    )
    tx.run("UPDATE people SET name = NULL, erased_at = :now WHERE id = :person", person=person_id, now=stamp(now))
    ticket_files.orphaned(tx, person_id)
    return [*files, *attachments.forget(tx, person_id, now)]
