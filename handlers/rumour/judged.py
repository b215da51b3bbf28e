"""A rumour the office has judged already: whoever asks again reads what came of it, and not who asked first."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers.announcement.writing.genuine import LONG_ENOUGH, words
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import Text, paragraphs, say
from handlers.office.moments import in_full
from storage.people import people
from storage.tickets import events, queue
from storage.tickets.tickets import Ticket

ALIKE = 90
"""Of 100: how near a text must be to a judged one (rapidfuzz `ratio` over words)."""
LOOKED_THROUGH = 100
"""The clarifications closed last: an older rumour that comes back deserves a new look."""
MESSAGE = "Pesan"
"""Under which answer of `/cek` the whole text stands."""


@dataclass(frozen=True, slots=True)
class Judged:
    ticket: Ticket
    result: str
    score: float


def judged(turn: Turn, said: str) -> Text | None:
    """What came of it; None when nobody asked about such a text, or was not answered."""
    asked = words(said)
    if len(asked) < LONG_ENOUGH:
        return None
    best = max(alike(turn, " ".join(asked)), key=lambda one: one.score, default=None)
    return None if best is None else told(turn, best)


def alike(work: Work, asked: str) -> Iterator[Judged]:
    """Those near enough, the last one first."""
    for ticket in queue.clarified(work.tx, LOOKED_THROUGH):
        score = fuzz.ratio(asked, " ".join(words(ticket.facts.get(MESSAGE, ""))), score_cutoff=ALIKE)
        if score and (result := result_of(work, ticket)):
            yield Judged(ticket, result, score)


def result_of(work: Work, ticket: Ticket) -> str:
    """The words it ended with, which two people agreed to; none when they name the sender, which is nobody else's
    business. What was only answered to its sender is no public word."""
    said = [one for one in events.of_ticket(work.tx, ticket.id) if one.what == "closed"]
    last = next((one.words for one in reversed(said) if one.words and not one.inside), None) or ""
    return "" if names_sender(work, ticket, last) else last


def names_sender(work: Work, ticket: Ticket, said: str) -> bool:
    if ticket.person_id is None:
        return False
    return not set(words(people.get(work.tx, ticket.person_id).name or "")).isdisjoint(words(said))


def told(work: Work, found: Judged) -> Text:
    """Nearly the same is said to be only that: a changed day or sum can make another message of it."""
    closed = found.ticket.closed_at
    assert closed is not None, "only closed ones are looked through"
    return paragraphs(
        say(
            "Sudah kami periksa ({code}, {when}): {result}",
            code=found.ticket.code,
            when=in_full(work, closed),
            result=found.result,
        ),
        say("Yang kami periksa mirip, tetapi tidak persis sama.") if found.score < 100 else "",
        say("Kalau masih ragu, ketik /petugas."),
    )
