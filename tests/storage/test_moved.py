"""Two records that are one account of a messenger: merged for good, with one chat left; or a chat taken away."""

from typing import Any

from storage.database.database import Transaction
from storage.machine import drafts
from storage.people import merges, people
from storage.people.people import Chat
from tests.storage.lives import LATER, lives
from tests.storage.office import NOW, Crowd
from tests.storage.test_nouns import told


def owned(tx: Transaction, was: int, now: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that names a person, by table, as it is once one of them is the other."""
    found: dict[str, list[dict[str, Any]]] = {}
    for column in sorted(merges.COLUMNS):
        table, name = column.split(".")
        rows = found.setdefault(table, [dict(row) for row in tx.all(f"SELECT * FROM {table}")])
        for row in rows:
            row[name] = now if row[name] == was else row[name]
    return {table: sorted(rows, key=str) for table, rows in found.items()}


@told
def test_two_chats_that_are_one_account_cost_no_other_row(tx: Transaction, crowd: Crowd) -> None:
    lives(tx, crowd)
    drafts.close(tx, drafts.of_person(tx, crowd.budi)[0].id)
    people.rename(tx, crowd.budi, "siti")
    tx.run("UPDATE memberships SET ended_at = 'then' WHERE person_id = :budi", budi=crowd.budi)
    before = owned(tx, crowd.budi, crowd.siti)
    merges.merge(tx, crowd.siti, crowd.budi, "moved", LATER)
    people.readdress(tx, "web", "siti", "budi")
    before["chats"] = [row for row in before["chats"] if row["address"] != "siti"]
    assert owned(tx, crowd.budi, crowd.siti) == before
    assert [chat.address for chat in people.chats(tx, crowd.siti)] == ["budi"]


@told
def test_a_link_to_what_was_merged_for_good_can_still_be_parted(tx: Transaction, crowd: Crowd) -> None:
    nobody = people.agree(tx, Chat("web", "nobody"), "2026-12", "id", NOW).id
    link = merges.merge(tx, nobody, crowd.budi, "linked", LATER)
    merges.merge(tx, crowd.siti, nobody, "moved", LATER)
    merges.hand_on(tx, crowd.siti, nobody)
    assert [merge.reason for merge in merges.into(tx, crowd.siti)] == ["linked", "moved"]
    assert merges.undo(tx, link.id, LATER)
    assert [chat.address for chat in people.chats(tx, crowd.budi)] == ["budi"]
    assert people.get(tx, crowd.siti).name == "Siti"


@told
def test_a_chat_that_was_taken_away_is_kept_closed(tx: Transaction, crowd: Crowd) -> None:
    away = people.take_away(tx, "web", "siti", LATER)
    assert people.chat_of(tx, "web", "siti").person_id is None
    (chat,) = people.chats(tx, crowd.siti)
    assert (chat.address, chat.unreachable_at) == (away, LATER)
