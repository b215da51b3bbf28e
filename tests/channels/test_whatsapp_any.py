"""Any JSON at all: it is taken apart in bounded time, and each part is understood or unreadable."""

import copy
import hashlib
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.channel import Delivery, Unreadable
from bot.channels.whatsapp.split import FEW, MOST_ITEMS, Split, split
from bot.channels.whatsapp.updates import parse
from handlers.conversation.message import Kind
from tests.channels.test_whatsapp_parse import (
    BSUID,
    CONTACT,
    DELIVERIES,
    NUMBER,
    OTHERS,
    PHONE,
    SAID,
    body,
    did,
    halves,
    message,
)

LARGE = 4 * 1024 * 1024
BOUND = 5.0
"""Seconds of work, on a slow machine; it takes about one."""
VALID = [message(content) for content, _ in SAID.values()]
VALID += [update for update, _ in (*OTHERS.values(), *DELIVERIES.values())]
FIELDS = [
    *("object", "entry", "changes", "value", "field", "metadata", "phone_number_id", "contacts", "wa_id", "user_id"),
    *("messages", "statuses", "user_preferences", "user_id_update", "message", "status", "preference", "change"),
    *("from", "from_user_id", "id", "type", "text", "body", "timestamp", "errors", "code", "system", "context"),
    *("interactive", "button", "button_reply", "image", "filename", "group_id", "biz_opaque_callback_data", "moved"),
    *("audio", "video", "location", "latitude", "longitude", "name", "mime_type"),
]
NAMES = st.sampled_from(["messages", "text", "image", "system", "failed", "stop", NUMBER, PHONE, BSUID, "\ud800", "\0"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | NAMES
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8),
    max_leaves=30,
)


def places(thing: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON, as what holds it and the key or index it has there."""
    keys = list(thing) if isinstance(thing, dict) else range(len(thing)) if isinstance(thing, list) else ()
    return [place for key in keys for place in ((thing, key), *places(thing[key]))]


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A real body with a few places replaced, removed or doubled."""
    update = copy.deepcopy(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(1, 4))):
        found = places(update)
        if not found:
            break
        holder, key = draw(st.sampled_from(found))
        match draw(st.sampled_from(["replaced", "replaced", "removed", "doubled"])):
            case "removed":
                del holder[key]
            case "doubled" if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case _:
                holder[key] = draw(ANY)
    return update


def taken_apart(raw: bytes) -> Split:
    """Each part is kept under its own short name, and is understood or unreadable."""
    found = split(raw, NUMBER)
    assert found.arrivals or found.foreign
    for arrival in found.arrivals:
        assert arrival.channel == "whatsapp"
        assert arrival.key.isascii()
        assert 0 < len(arrival.key) <= 1100
        readable(arrival.raw)
    return found


def readable(raw: bytes) -> None:
    """What is understood can be written to any database."""
    try:
        found = parse(raw)
    except Unreadable:
        return
    if isinstance(found, Delivery):
        assert found.parcel is None or found.parcel < 2**63
        return
    assert isinstance(found.kind, Kind)
    assert b"\0" not in (found.address + found.also + found.text + found.token).encode()


@settings(max_examples=200, deadline=None)
@given(ANY | damaged())
def test_any_json_is_taken_apart_and_understood_or_unreadable(update: object) -> None:
    taken_apart(json.dumps(update).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_any_bytes_are_kept_whole(raw: bytes) -> None:
    ((arrival,), foreign, seen) = split(raw, NUMBER)
    assert (arrival.raw, arrival.key, foreign, seen) == (raw, hashlib.sha256(raw).hexdigest(), 0, ())
    with pytest.raises(Unreadable):
        parse(raw)


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_any_item_is_understood_or_unreadable(item: object) -> None:
    for name in ("message", "status", "preference", "moved", "change", "odd"):
        readable(json.dumps({name: item, "contacts": [CONTACT]}).encode())


HEAVY: dict[str, bytes] = {
    "deep": b"[" * LARGE,
    "deep inside": b'{"entry":[{"changes":[{"field":"messages","value":{"messages":[' + b'{"a":' * 1_000_000,
    "a long number": b'{"entry":' + b"1" * LARGE + b"}",
    "many items": json.dumps(body({"messages": [{}] * 1_000_000})).encode(),
    "many entries": json.dumps({"entry": [{}] * 1_000_000}).encode(),
    "many foreign": json.dumps(body({"metadata": {"phone_number_id": "1"}, "messages": [0] * 1_000_000})).encode(),
    "many people": json.dumps(
        body({"contacts": [{"wa_id": "1"}] * 150_000, "messages": [{"id": "a"}] * 9_000})
    ).encode(),
    "a large contact": json.dumps(body({"contacts": [{"wa_id": "x" * LARGE}], "messages": [{}] * 9_000})).encode(),
    "a large number": json.dumps(body({"metadata": {"x": "y" * LARGE}, "messages": [{}] * 9_000})).encode(),
    "a large text": json.dumps(message({"type": "text", "text": {"body": "\u0000" * 600_000}})).encode(),
    "a long way to a new name": json.dumps(
        message({"type": "system", "system": {"type": "user_changed_user_id", "body": " from " * 600_000}})
    ).encode(),
}


@pytest.mark.parametrize("case", HEAVY)
def test_a_heavy_body_is_taken_apart_in_bounded_time_and_room(case: str) -> None:
    start = time.thread_time()
    found = taken_apart(HEAVY[case])
    assert time.thread_time() - start < BOUND
    assert sum(len(arrival.raw) for arrival in found.arrivals) < 16 * LARGE


def test_everything_of_one_body_is_an_item_of_its_own() -> None:
    one, other = (
        message({"type": "text", "text": {"body": "halo"}}),
        body({"event": "ACCOUNT_VIOLATION"}, "account_update"),
    )
    states = [{"id": "wamid.1", "status": state, "timestamp": "1"} for state in ("sent", "delivered")]
    stop = OTHERS["stop"][0]
    whole = {"entry": [*one["entry"], *other["entry"], *body({"statuses": states})["entry"], *stop["entry"], 5]}
    arrivals = halves(whole).arrivals
    assert [arrival.key for arrival in arrivals[:1] + arrivals[2:4]] == [
        one["entry"][0]["changes"][0]["value"]["messages"][0]["id"],
        "status:wamid.1:sent",
        "status:wamid.1:delivered",
    ]
    assert [next(reversed(json.loads(arrival.raw))) for arrival in arrivals] == [
        *("message", "change", "status", "status", "preference", "odd"),
    ]
    assert json.loads(arrivals[2].raw) == {"status": states[0]}


def test_what_is_for_another_number_is_dropped_and_counted() -> None:
    ours, theirs = message({"type": "text"}), body({"messages": [{}, {}], "statuses": [{}]})
    theirs["entry"][0]["changes"][0]["value"]["metadata"] = {"phone_number_id": "999"}
    found = halves({"entry": [*theirs["entry"], *ours["entry"]]})
    assert (len(found.arrivals), found.foreign) == (1, 3)
    assert halves(theirs) == Split((), 3)


def test_only_those_who_wait_for_an_answer_are_told_that_we_read() -> None:
    kinds = ["text", "image", "reaction", "revoke", "edit", "system", "hologram"]
    messages: list[dict[str, Any]] = [{"id": f"wamid.{kind}", "type": kind} for kind in kinds]
    messages.append({"id": "wamid.pin", "type": "unsupported", "unsupported": {"type": "pin"}})
    messages += [{"id": "wamid.group", "type": "text", "group_id": "x"}, {"id": "a b", "type": "text"}]
    assert halves(body({"messages": messages})).seen == ("wamid.text", "wamid.image", "wamid.hologram")


@pytest.mark.parametrize(("count", "kept"), [(FEW, FEW), (FEW + 1, 0)])
def test_people_nobody_names_go_along_when_they_are_few(count: int, kept: int) -> None:
    people = [{"wa_id": str(number)} for number in range(count)]
    (arrival,) = halves(body({"contacts": people, "messages": [{"from": "999"}]})).arrivals
    assert len(json.loads(arrival.raw)["contacts"]) == kept


@pytest.mark.parametrize(("count", "parts"), [(MOST_ITEMS, MOST_ITEMS), (MOST_ITEMS + 1, 1)])
def test_more_items_than_anybody_sends_are_kept_whole(count: int, parts: int) -> None:
    assert len(halves(body({"statuses": [{"n": n} for n in range(count)]})).arrivals) == parts


def test_messages_of_one_body_are_kept_in_the_order_of_their_times() -> None:
    def written(text: str, at: object) -> dict[str, Any]:
        return {"from": PHONE, "id": f"wamid.{text}", "timestamp": at} | {"text": {"body": text}}

    late, early, same, never = written("c", "30"), written("a", "10"), written("b", 10), written("d", None)
    arrivals = halves(body({"messages": [late, never, early, same]})).arrivals
    assert [json.loads(arrival.raw)["message"]["text"]["body"] for arrival in arrivals] == ["a", "d", "b", "c"]


def test_of_several_people_everyone_keeps_their_own_name() -> None:
    people = [CONTACT, {"wa_id": "62899", "user_id": "ID.2"}]
    messages = [{"id": f"wamid.{n}", "from": n, "type": "text", "text": {"body": n}} for n in ("62899", PHONE)]
    arrivals = halves(body({"contacts": people, "messages": messages})).arrivals
    assert [parse(arrival.raw) for arrival in arrivals] == [
        did(Kind.TEXT, address="ID.2", also="62899", text="62899"),
        did(Kind.TEXT, address=BSUID, also=PHONE, text=PHONE),
    ]
