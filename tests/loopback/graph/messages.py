"""POST …/messages: what the office sends, who gets it, and what Meta says at once and later."""

from dataclasses import dataclass

from tests.loopback.calls import Call

from .errors import Breach, GraphError, Json
from .limits import USER_ID, check
from .media import Media
from .phones import Phone, Phones
from .rates import Rates
from .screens import screen_of
from .shapes import Names, new_wamid
from .statuses import Sent, Statuses
from .templates import Templates
from .window import MovableClock

UNDELIVERABLE, WINDOW_CLOSED, STOPPED = 131026, 131047, 131050


@dataclass(slots=True)
class GraphCall(Call):
    """One call of the office; `phone` is the person it is about."""

    phone: Phone | None = None

    @property
    def chat(self) -> int | None:
        return self.phone.id if self.phone else None


class Messages:
    """`vanished` holds what was answered 200 and reached nobody: a user id in `to`."""

    def __init__(
        self, phones: Phones, media: Media, templates: Templates, statuses: Statuses, clock: MovableClock
    ) -> None:
        self.rates = Rates()
        self.vanished: list[Json] = []
        self._phones, self._media, self._templates = phones, media, templates
        self._statuses, self._clock = statuses, clock

    def about(self, message: Json) -> Phone | None:
        """The person of a message, or of the one that is marked as read."""
        if "status" in message:
            return self._phones.who_said(str(message.get("message_id")))
        return self._phones.at(message)

    def check(self, message: Json) -> None:
        """Raises a Breach of a published limit."""
        if "status" not in message:
            check(message)
        elif message["status"] != "read" or message.get("messaging_product") != "whatsapp":
            raise Breach(message, f"{message['status']!r} is not a status we set", 100)

    async def send(self, call: GraphCall) -> Json:
        """Do it. Raises what Meta refuses at once."""
        message = call.params
        if "status" in message:
            return self._read(call)
        if USER_ID.fullmatch(str(message.get("to", ""))):
            self.vanished.append(message)
            return answer(message, Names("", "", ""), new_wamid("0"))
        self.rates.take(call.chat)
        wamid = new_wamid(str(call.chat or 0))
        screen = screen_of(message, wamid, self._media, self._templates)
        failure = self._failure(call.phone, message)
        if failure is None and call.phone is not None:
            call.phone.show(screen)
        names = (
            call.phone.names if call.phone else Names("", str(message.get("to", "")), str(message.get("recipient", "")))
        )
        data = message.get("biz_opaque_callback_data")
        await self._statuses.follow(Sent(wamid, call.chat, names, "to" in message, data, failure))
        return answer(message, names, wamid)

    def _failure(self, phone: Phone | None, message: Json) -> int | None:
        """Why it is taken now and fails later."""
        if (planned := self._statuses.planned_failure(phone.id if phone else None)) is not None:
            return planned
        if phone is None or phone.blocked:
            return UNDELIVERABLE
        if message.get("type") != "template":
            return None if self._clock.open_since(phone.wrote_at) else WINDOW_CLOSED
        asked = message["template"]
        template = self._templates[asked["name"], asked["language"]["code"]]
        return STOPPED if phone.stopped and template.category == "MARKETING" else None

    def _read(self, call: GraphCall) -> Json:
        """Mark what they said as read; with a typing indicator they see that we are at it."""
        if call.phone is None:
            raise GraphError(131009, "message_id is not a message somebody sent to this number")
        call.phone.seen_by_us.append(str(call.params["message_id"]))
        if "typing_indicator" in call.params:
            if call.params["typing_indicator"] != {"type": "text"}:
                raise GraphError(100, message="(#100) Param typing_indicator['type'] must be text")
            call.phone.typing += 1
        return {"success": True}


def answer(message: Json, names: Names, wamid: str) -> Json:
    """What an accepted message is answered with; the user id only when it was sent to that."""
    by_number = "to" in message
    told = {"input": message["to"] if by_number else message["recipient"]}
    told |= {"wa_id": str(message["to"]).lstrip("+")} if by_number else {"user_id": names.user_id}
    state = {"message_status": "accepted"} if message.get("type") == "template" else {}
    return {"messaging_product": "whatsapp", "contacts": [told], "messages": [{"id": wamid} | state]}
