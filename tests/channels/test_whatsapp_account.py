"""What WhatsApp tells of the office's own account, in the shapes of its documents, is told; the rest is left alone."""

from typing import Any

import pytest

from bot.channels.whatsapp.account import FIELDS
from handlers.conversation.message import Alarm, Kind
from tests.channels.odd_content import ODD, changed, paths
from tests.channels.test_whatsapp_parse import Json, body, did, halves, understood

TEMPLATE: Json = {
    "message_template_id": 1689556908129832,
    "message_template_name": "pengumuman",
    "message_template_language": "id",
}


def of(about: str, state: str) -> Alarm:
    return Alarm(about, state, "pengumuman", "id")


def quality(score: str) -> Json:
    return TEMPLATE | {"previous_quality_score": "GREEN", "new_quality_score": score}


ALERT = {
    "alert_severity": "WARNING",
    "alert_status": "ACTIVE",
    "alert_type": "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
    "alert_description": "Limits cannot be increased.",
}
SOON = {"correct_category": "MARKETING", "new_category": "UTILITY", "category_update_timestamp": 1760711433}
DONE = {"previous_category": "UTILITY", "new_category": "MARKETING"}
BANNED = {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["SCHEDULE_FOR_DISABLE"], "waba_ban_date": "x"}}
TOLD: dict[str, tuple[str, Json, Alarm | None]] = {
    "rejected": (
        "message_template_status_update",
        TEMPLATE | {"event": "REJECTED", "reason": "INVALID_FORMAT"},
        of("template", "REJECTED"),
    ),
    "paused": (
        "message_template_status_update",
        TEMPLATE | {"event": "PAUSED", "reason": "NONE", "other_info": {"title": "FIRST_PAUSE", "description": "…"}},
        of("template", "PAUSED"),
    ),
    "to be advertising in a day": ("template_category_update", TEMPLATE | SOON, of("category-soon", "MARKETING")),
    "advertising by now": ("template_category_update", TEMPLATE | DONE, of("category", "MARKETING")),
    "liked less": ("message_template_quality_update", quality("RED"), of("template-quality", "RED")),
    "a number that is liked less": (
        "phone_number_quality_update",
        {"display_phone_number": "15550783881", "event": "FLAGGED", "current_limit": "TIER_10K"},
        Alarm("number", "FLAGGED"),
    ),
    "a name": (
        "phone_number_name_update",
        {"display_phone_number": "15550783881", "decision": "REJECTED", "rejection_reason": "NAME_FORMAT"},
        Alarm("name", "REJECTED"),
    ),
    "an account": ("account_update", BANNED, Alarm("account", "DISABLED_UPDATE")),
    "a review": ("account_review_update", {"decision": "REJECTED"}, Alarm("review", "REJECTED")),
    "an alert": (
        "account_alerts",
        {"entity_type": "BUSINESS", "entity_id": "506914307656634", "alert_info": ALERT},
        Alarm("alert", "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED"),
    ),
    "an alert of old": ("account_alerts", ALERT, Alarm("alert", "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED")),
    "an alert that asks for nothing": (
        "account_alerts",
        {"alert_info": ALERT | {"alert_severity": "INFORMATIONAL", "alert_type": "OBA_APPROVED"}},
        None,
    ),
    "a limit": (
        "business_capability_update",
        {"max_daily_conversation_per_phone": 2000, "max_phone_numbers_per_business": 2},
        Alarm("limit", "2000"),
    ),
    "a tier": (
        "business_capability_update",
        {"max_daily_conversations_per_business": "TIER_UNLIMITED"},
        Alarm("limit", "UNLIMITED"),
    ),
    "a PIN": ("security", {"display_phone_number": "1", "event": "PIN_CHANGED"}, Alarm("security", "PIN_CHANGED")),
    "an error of no message": ("messages", {"errors": [{"code": 130429, "title": "…"}]}, Alarm("error", "130429")),
    "a change nobody waits for": ("message_template_components_update", TEMPLATE, None),
    "an empty change": ("messages", {}, None),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_somebody_should_know_is_told(case: str) -> None:
    field, value, alarm = TOLD[case]
    kind = Kind.SILENT if alarm is None else Kind.ALARM
    assert understood(body(value, field)) == did(kind, address="", alarm=alarm)


@pytest.mark.parametrize("case", TOLD)
def test_whatever_is_damaged_in_it_stops_nothing(case: str) -> None:
    field, value, _ = TOLD[case]
    for odd in (changed(value, path, odd) for path in paths(value) for odd in ODD):
        assert understood(body(odd, field)).kind in (Kind.SILENT, Kind.ALARM)  # type: ignore[union-attr]


def test_every_field_is_shown_here() -> None:
    assert set(FIELDS) <= {field for field, _, _ in TOLD.values()}


@pytest.mark.parametrize(("other", "count"), [(1739321024, 1), (1739399999, 2)], ids=["again", "another day"])
def test_an_event_that_comes_twice_is_one_and_on_another_day_a_second(other: int, count: int) -> None:
    def told(at: int) -> Any:
        whole = body(TOLD["paused"][1], TOLD["paused"][0])
        whole["entry"][0]["time"] = at
        return halves(whole).arrivals[0].key

    assert len({told(1739321024), told(other)}) == count
