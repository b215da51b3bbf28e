"""Two records of one person put together and taken apart: nothing is lost, and no column is forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from storage.database.database import Database, NotFound, Transaction
from storage.machine import audit, drafts
from storage.ormas import organisations
from storage.people import merges, own_data, people
from storage.people.people import Chat
from tests.storage.lives import lives
from tests.storage.office import NOW, Crowd, gather, newcomer
from tests.storage.test_nouns import told

LATER = NOW + timedelta(minutes=5)
REFERENCES = {
    "sqlite": """SELECT m.name || '.' || f."from" AS place FROM sqlite_master m
      JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'people'""",
    "postgresql": """SELECT k.table_name || '.' || k.column_name AS place FROM information_schema.table_constraints t
      JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name
      JOIN information_schema.constraint_column_usage u ON u.constraint_name = t.constraint_name
      WHERE t.constraint_type = 'FOREIGN KEY' AND u.table_name = 'people'""",
}


async def test_no_column_that_names_a_person_is_forgotten(database: Database, dialect: str) -> None:
    rows = await database.transact(lambda tx: tx.all(REFERENCES[dialect]))
    assert {row["place"] for row in rows} == set(merges.COLUMNS) | merges.STAY
    assert not set(merges.COLUMNS) & merges.STAY


def everything(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that could be moved, in order."""
    tables = sorted({column.partition(".")[0] for column in merges.COLUMNS} | {"people"})
    found = {table: tx.all(f"SELECT * FROM {table}") for table in tables}
    return {table: sorted(tuple(map(str, dict(row).values())) for row in rows) for table, rows in found.items()}


@told
def test_undoing_leaves_everything_as_it_was(tx: Transaction, crowd: Crowd) -> None:
    lives(tx, crowd)
    people.grant(tx, crowd.joko, "admin", NOW)
    for kept, merged in (crowd.leaders, crowd.officers, (crowd.siti, crowd.rina)):
        before = everything(tx)
        merge = merges.merge(tx, kept, merged, "linked", LATER)
        assert everything(tx) != before
        left = {
            column
            for column in set(merges.COLUMNS) - {"drafts.person_id", "talks.person_id"}
            if tx.one(f"SELECT 1 AS one FROM {column.replace('.', ' WHERE ')} = :merged", merged=merged)
        }
        assert left == set()
        assert merges.undo(tx, merge.id, LATER)
        assert everything(tx) == before
        assert not merges.undo(tx, merge.id, LATER), "the second time there is nothing to undo"


@told
def test_every_column_is_moved(tx: Transaction, crowd: Crowd) -> None:
    lives(tx, crowd)
    first = merges.merge(tx, crowd.joko, crowd.rina, "linked", LATER)
    second = merges.merge(tx, crowd.siti, crowd.joko, "linked", LATER)
    third = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    assert set(first.moved) | set(second.moved) | set(third.moved) == set(merges.COLUMNS)
    assert merges.behind(tx, crowd.siti) == [crowd.joko, crowd.rina, crowd.budi]
    assert people.get(tx, crowd.siti).roles == {"officer"}
    assert [person.id for person in people.with_roles(tx, ["officer"])] == [crowd.siti], "no ghost is an officer"


@told
def test_of_two_roles_one_is_laid_aside(tx: Transaction, crowd: Crowd) -> None:
    people.grant(tx, crowd.joko, "admin", NOW)
    merge = merges.merge(tx, crowd.rina, crowd.joko, "linked", LATER)
    assert people.get(tx, crowd.rina).roles == {"officer", "admin"}
    assert people.get(tx, crowd.joko).roles == set()
    merges.undo(tx, merge.id, LATER)
    assert people.get(tx, crowd.rina).roles == {"officer"}
    assert people.get(tx, crowd.joko).roles == {"officer", "admin"}


@told
def test_the_form_touched_last_stays_open(tx: Transaction, crowd: Crowd) -> None:
    old = drafts.open_draft(tx, crowd.siti, "audiensi", "", NOW)
    new = drafts.open_draft(tx, crowd.budi, "audiensi", "", LATER)
    kept = drafts.open_draft(tx, crowd.siti, "profil", "", LATER)
    lost = drafts.open_draft(tx, crowd.budi, "profil", "", NOW)
    merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    assert {draft.id for draft in drafts.of_person(tx, crowd.siti)} == {new.id, kept.id}
    assert {draft.id for draft in drafts.of_person(tx, crowd.budi)} == {old.id, lost.id}
    drafts.close(tx, new.id)
    again = drafts.open_draft(tx, crowd.siti, "audiensi", "", LATER)
    merges.undo(tx, merge.id, LATER)
    assert {draft.id for draft in drafts.of_person(tx, crowd.siti)} == {again.id, kept.id}
    assert [draft.id for draft in drafts.of_person(tx, crowd.budi)] == [lost.id]


@pytest.mark.parametrize(("verified", "stays"), [((), 0), ((1,), 1), ((0, 1), 0), ((0,), 0)])
async def test_of_two_places_in_one_ormas_the_verified_or_earlier_one_stays(
    database: Database, verified: tuple[int, ...], stays: int
) -> None:
    def turn(tx: Transaction) -> None:
        crowd = gather(tx)
        people.rename(tx, crowd.budi, "SITI")
        own = organisations.unverified(tx)
        for place in verified:
            organisations.verify(tx, own[place].id, crowd.rina, NOW)
        before = everything(tx)
        merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
        (left,) = organisations.of_person(tx, crowd.siti)
        assert (left.id, left.verified) == (own[stays].id, bool(verified))
        assert organisations.of_person(tx, crowd.budi) == []
        merges.undo(tx, merge.id, LATER)
        assert everything(tx) == before

    await database.transact(turn)


@told
def test_what_was_verified_of_another_name_is_verified_again(tx: Transaction, crowd: Crowd) -> None:
    own, other = organisations.unverified(tx)
    organisations.verify(tx, other.id, crowd.rina, NOW)
    before = everything(tx)
    merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    assert merge.doubted == [other.id]
    assert [(m.id, m.verified) for m in organisations.of_person(tx, crowd.siti)] == [(own.id, False)]
    merges.undo(tx, merge.id, LATER)
    assert everything(tx) == before


@told
def test_a_name_is_borrowed_and_given_back(tx: Transaction, crowd: Crowd) -> None:
    nobody = people.agree(tx, Chat("web", "nobody"), "2026-12", "en", NOW).id
    merge = merges.merge(tx, nobody, crowd.budi, "linked", LATER)
    assert (people.get(tx, nobody).name, people.get(tx, nobody).language) == ("Budi", "en")
    merges.undo(tx, merge.id, LATER)
    assert people.get(tx, nobody).name is None
    assert people.get(tx, crowd.budi).name == "Budi"


@told
def test_nobody_who_stopped_is_written_to_again_without_a_word(tx: Transaction, crowd: Crowd) -> None:
    people.stop(tx, crowd.budi, NOW)
    merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    assert people.get(tx, crowd.siti).stopped
    merges.undo(tx, merge.id, LATER)
    assert people.get(tx, crowd.siti).stopped
    merge = merges.merge(tx, crowd.rina, crowd.joko, "linked", LATER)
    people.stop(tx, crowd.rina, LATER)
    merges.undo(tx, merge.id, LATER)
    assert people.get(tx, crowd.joko).stopped, "they may have said it in that chat"


@told
def test_consents_go_along(tx: Transaction, crowd: Crowd) -> None:
    newer = newcomer(tx, "sari")
    people.agree(tx, people.chat_of(tx, "web", "sari"), "2027-01", "id", LATER)
    merge = merges.merge(tx, crowd.siti, newer, "linked", LATER)
    assert (people.get(tx, crowd.siti).version, people.get(tx, newer).version) == ("2027-01", None)
    merges.undo(tx, merge.id, LATER)
    assert (people.get(tx, crowd.siti).version, people.get(tx, newer).version) == ("2026-12", "2027-01")


@told
def test_only_two_who_are_there_can_be_merged(tx: Transaction, crowd: Crowd) -> None:
    merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    for kept, merged in (
        (crowd.rina, crowd.rina),
        (crowd.rina, crowd.budi),
        (crowd.budi, crowd.rina),
        (crowd.rina, 99),
    ):
        with pytest.raises(ValueError, match=r"themselves|any more"):
            merges.merge(tx, kept, merged, "linked", LATER)
    outer = merges.merge(tx, crowd.rina, crowd.siti, "linked", LATER)
    with pytest.raises(ValueError, match="any more"):
        merges.undo(tx, merge.id, LATER)
    assert merges.undo(tx, outer.id, LATER)
    assert merges.undo(tx, merge.id, LATER)
    with pytest.raises(NotFound):
        merges.undo(tx, 99, LATER)


@told
def test_both_ends_stand_in_the_audit(tx: Transaction, crowd: Crowd) -> None:
    merge = merges.merge(tx, crowd.siti, crowd.rina, "number", LATER)
    merges.undo(tx, merge.id, LATER)
    for own, other in ((crowd.siti, crowd.rina), (crowd.rina, crowd.siti)):
        told = [(row["what"], row["why"]) for row in audit.of_subject(tx, f"person:{own}")]
        assert told == [(what, f"person:{other} number officer") for what in ("merged", "separated")]


@told
def test_erasing_one_erases_all_that_became_one(tx: Transaction, crowd: Crowd) -> None:
    lives(tx, crowd)
    audit.add(tx, crowd.budi, "officer", "approved", "meeting:1", None, NOW)
    merges.merge(tx, crowd.rina, crowd.budi, "linked", LATER)
    merges.merge(tx, crowd.siti, crowd.rina, "linked", LATER)
    data = own_data.gather(tx, crowd.siti)
    assert {row["what"] for row in data["tindakan_sebagai_petugas"]} == {"approved", "merged"}
    assert {row["nama_sebelumnya"] for row in data["penggabungan"]} == {"Budi", "Rina"}
    own_data.erase(tx, crowd.siti, LATER)
    left = tx.all("SELECT id FROM people WHERE erased_at IS NULL AND name IS NOT NULL")
    assert [row["id"] for row in left] == [crowd.joko]
    assert {row["moved"] + row["aside"] for row in tx.all("SELECT * FROM merges")} == {"{}{}"}


@told
def test_erasing_after_parting_erases_only_oneself(tx: Transaction, crowd: Crowd) -> None:
    merges.undo(tx, merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER).id, LATER)
    own_data.erase(tx, crowd.siti, LATER)
    assert people.get(tx, crowd.budi).name == "Budi"
    assert people.chats(tx, crowd.budi) != []


@told
def test_a_chat_with_a_new_address_goes_back_too(tx: Transaction, crowd: Crowd) -> None:
    merge = merges.merge(tx, crowd.siti, crowd.budi, "linked", LATER)
    people.readdress(tx, "web", "budi", "budi baru")
    merges.readdress(tx, "web", "budi", "budi baru")
    assert merges.get(tx, merge.id).chats == [("web", "budi baru")]
    merges.undo(tx, merge.id, LATER)
    assert [chat.address for chat in people.chats(tx, crowd.budi)] == ["budi baru"]
