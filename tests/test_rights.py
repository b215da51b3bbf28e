"""The whole table of rights, cell by cell: who may do what with which kind of ticket. What is not here, nobody may."""

from dataclasses import replace

import pytest

from handlers.office.ticket_rules import KINDS
from handlers.telling.rights import RIGHTS, ROLES, may, may_name
from storage.people.people import Person
from storage.tickets.tickets import ANONYMOUS, HIDDEN, NAMED, Ticket

OFFICE, WATCH, OWNER = {"officer", "approver", "admin"}, {"duty", "approver"}, {"owner"}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "see": {"situasi": WATCH | OWNER, "": OFFICE | OWNER},
    "files": {"situasi": WATCH | OWNER, "": OFFICE | OWNER},
    "original": {"situasi": WATCH, "": OFFICE},
    "reply": {"": OWNER},
    "rate": {"": OWNER},
    "want-again": {"": OWNER},
    "name": {"situasi": WATCH, "": OFFICE},
    "hidden-name": {"": WATCH},
    "reveal": {"": {"approver"}},
    "export": {"situasi": set(), "": OFFICE},
    "mute": {"situasi": WATCH, "": OFFICE},
    "take": {"situasi": WATCH, "": OFFICE},
    "forward": {"situasi": WATCH, "": OFFICE},
    "ask": {"situasi": WATCH, "": OFFICE},
    "note": {"situasi": WATCH, "": OFFICE},
    "answer": {"situasi": WATCH, "": OFFICE},
    "close": {"situasi": WATCH, "": OFFICE},
    "reopen": {"situasi": WATCH, "": OFFICE},
    "again": {"situasi": WATCH, "": OFFICE},
    "verify": {"situasi": WATCH, "": set()},
    "merge": {"situasi": WATCH, "": set()},
    "announce": {"klarifikasi": OFFICE, "": set()},
    "talk": {"percakapan": OFFICE, "": set()},
    "no such action": {"": set()},
}
"""action -> kind ("" is every other kind) -> roles."""


def ticket(kind: str, privacy: str = NAMED, person_id: int | None = 7) -> Ticket:
    nothing = dict.fromkeys(Ticket.__dataclass_fields__)
    return Ticket(**nothing | {"kind": kind, "privacy": privacy, "person_id": person_id, "code": "X"})  # type: ignore[arg-type]


def somebody(role: str) -> Person:
    """Somebody with this one role; the owner is person 7 and has none."""
    return Person(7 if role == "owner" else 1, "X", "id", False, "1", frozenset({role} - {"owner"}))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [*ROLES, "nobody"])
@pytest.mark.parametrize("action", EXPECTED)
def test_every_cell(action: str, role: str, kind: str) -> None:
    roles = EXPECTED[action].get(kind, EXPECTED[action][""])
    assert may(somebody(role), ticket(kind), action) is (role in roles)


def test_no_action_is_missing_here() -> None:
    assert {action for table in RIGHTS.values() for action in table} == set(EXPECTED) - {"no such action"}
    assert set(RIGHTS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_owns_an_anonymous_ticket(kind: str) -> None:
    assert not may(replace(somebody("owner"), roles=frozenset()), ticket(kind, ANONYMOUS, None), "see")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_name_is_for_two_roles(kind: str, role: str) -> None:
    assert may_name(somebody(role), ticket(kind, HIDDEN)) is (role in WATCH)
