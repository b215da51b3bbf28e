"""From the ledger into the outbox, a few seconds' worth at a time: the outbox is as small for a million as for ten."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.announcement.running.words import announcement, in_approved_words, replaced
from handlers.conversation.message import Message
from handlers.conversation.screen import Screen
from handlers.conversation.turn import Work
from storage.broadcasts import broadcasts, messengers, recipients
from storage.broadcasts.broadcasts import Broadcast
from storage.broadcasts.messengers import Messenger
from storage.database.database import Row
from storage.mail import outbox
from storage.people import people
from storage.people.people import Chat

SOON = timedelta(minutes=5)
"""What is put off for longer (the daily reach is used up) keeps nobody else waiting."""
AHEAD, LEAST, MOST = 5, 20, 200
"""Seconds' worth of parcels that wait in the outbox, and how many these are at the least and at the most."""


def feed(work: Work, broadcast: Broadcast) -> None:
    """As many as are wanted, in each messenger. At night only what is urgent."""
    if work.office.quiet(work.now) and not broadcast.urgent:
        return
    in_line = outbox.in_line(work.tx, broadcast.subject, work.now + SOON)
    for one in messengers.serving(work.tx).values():
        enough = max(LEAST, min(MOST, one.per_second * AHEAD))
        waiting = in_line.get(one.name, 0)
        if waiting <= enough // 2:
            put(work, broadcast, one, enough - waiting)


def put(work: Work, broadcast: Broadcast, messenger: Messenger, at_most: int) -> None:
    mail = Mail(work, broadcast, messenger)
    for row in recipients.next_in_line(work.tx, broadcast.id, messenger.name, at_most):
        if row["screen"] is None:
            recipients.withhold(work.tx, row["id"], "no chat", work.now)
        else:
            mail.put(row)


@dataclass
class Mail:
    """One announcement in one messenger, put into words once for each language."""

    work: Work
    broadcast: Broadcast
    messenger: Messenger

    def __post_init__(self) -> None:
        self._said = announcement(self.work, self.broadcast).said()
        self._messages: dict[str, tuple[Message, str]] = {}
        self._corrects: Broadcast | None = None
        self._corrected: dict[str, Message] = {}
        self._changeable = {one.name for one in messengers.serving(self.work.tx).values() if one.edits}
        if self.broadcast.replaces is not None and self._changeable:
            self._corrects = broadcasts.get(self.work.tx, self.broadcast.replaces)

    def put(self, row: Row) -> None:
        """One recipient: a parcel, and what it offers can be typed as well."""
        work, broadcast = self.work, self.broadcast
        message, body = self._message(row["language"])
        self._correct(row)
        parcel = outbox.put(
            work.tx,
            self.messenger.name,
            row["address"],
            "broadcast",
            body,
            work.now,
            priority=outbox.BULK,
            expires_at=broadcast.content.expires_at,
            subject=broadcast.subject,
            topic=broadcast.content.topic,
            recipient_id=row["id"],
        )
        recipients.queued(work.tx, row["id"], parcel, work.now)
        self._offer(row, message)

    def _message(self, language: str) -> tuple[Message, str]:
        if language not in self._messages:
            message = self._said.to(language)
            if self.messenger.window_hours is not None:
                words = in_approved_words(self.work, self.broadcast).to(language, {})
                message = replace(message, template=words)
            self._messages[language] = message, message.written()
        return self._messages[language]

    def _offer(self, row: Row, message: Message) -> None:
        if not message.choices:
            return
        screen = Screen.read(json.loads(row["screen"]))
        screen.offer([(button.token, button.label, button.typed) for button in message.choices])
        people.show(self.work.tx, Chat(self.messenger.name, row["address"]), screen.written())

    def _correct(self, row: Row) -> None:
        """The message it corrects is changed where it stands, which may be another messenger than this one."""
        if self._corrects is None:
            return
        line = recipients.of(self.work.tx, self._corrects.id, row["person_id"])
        if line is None or line.parcel_id is None or line.channel not in self._changeable or line.address is None:
            return
        receipt = outbox.receipt(self.work.tx, line.parcel_id)
        if receipt is not None:
            body = replace(self._changed(row["language"]), edits=receipt).written()
            work, subject = self.work, self.broadcast.subject
            outbox.put(
                work.tx, line.channel, line.address, "edit", body, work.now,
                priority=outbox.BULK, subject=subject, topic=self.broadcast.content.topic,
            )  # fmt: skip

    def _changed(self, language: str) -> Message:
        if self._corrects is not None and language not in self._corrected:
            self._corrected[language] = replaced(self.work, self._corrects, self.broadcast).said().to(language)
        return self._corrected[language]
