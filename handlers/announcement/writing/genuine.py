"""Is this announcement ours? By its check code and by its words: genuine, replaced, changed on its way, or unknown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from handlers.announcement.running.words import announcement
from handlers.conversation.catalogue import Action, Effect
from handlers.conversation.turn import Turn, Work
from handlers.conversation.words import LANGUAGES, Text, clean, in_language, lines, paragraphs, say
from handlers.office.moments import in_full
from storage.broadcasts import archive, broadcasts, recipients
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import NotFound

ALIKE = 60
"""Of 100: how near a text must be to one of ours to be called a changed one (rapidfuzz `ratio` over words)."""
ONLY_A_CODE = 4
"""Words beside a code that still ask about the code alone: "apakah ABCD-EFGH asli"."""
LONG_ENOUGH = 5
"""Words a text must have to be looked for: a greeting is in every announcement."""
LOOKED_THROUGH, LIKELY = 500, 8
"""Announcements compared roughly, and of those, word by word. (`partial_ratio` takes half a minute over some texts.)"""
DIFFERENCES = 6
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """How near a text comes to one of ours, in which of its forms (words in order)."""

    broadcast: Broadcast
    score: float
    own: list[str]


def by_code(turn: Turn, broadcast: Broadcast, said: str, code: str) -> Text | None:
    """A real code proves nothing of the words around it: they are compared. None for one that never went out."""
    if broadcast.started_at is None:
        return None
    rest = words(re.sub(re.escape(code), " ", said, flags=re.IGNORECASE))
    if len(rest) <= ONLY_A_CODE:
        return told(turn, broadcast)
    return judged(turn, compare(turn, broadcast, words(said)), words(said))


def by_words(turn: Turn, said: str) -> Text | None:
    """A pasted or forwarded text; None when none of ours is like it."""
    pasted = words(said)
    if len(pasted) < LONG_ENOUGH:
        return None
    found = (compare(turn, one, pasted) for one in likely(turn, set(pasted)))
    best = max(found, key=lambda one: one.score, default=None)
    return None if best is None or best.score < ALIKE else judged(turn, best, pasted)


def likely(turn: Turn, said: set[str]) -> list[Broadcast]:
    """The few worth comparing word by word: those that have the most words in common with it, the newest first."""
    sent = archive.genuine(turn.tx, LOOKED_THROUGH)
    return sorted(sent, key=lambda one: in_common(one, said), reverse=True)[:LIKELY]


def in_common(broadcast: Broadcast, said: set[str]) -> float:
    """The share of the words of the shorter text that the other one has too."""
    own = set(words(f"{broadcast.content.title} {broadcast.content.body}"))
    return len(own & said) / max(1, min(len(own), len(said)))


def words(said: str) -> list[str]:
    """Only what is read counts: no case, no punctuation, no stars of bold type."""
    return re.findall(r"[^\W_]+", clean(said).casefold())


def forms(work: Work, broadcast: Broadcast) -> Iterator[list[str]]:
    """As it was sent in each language, and without what we wrote around it."""
    for language in LANGUAGES:
        yield words(in_language(announcement(work, broadcast).text, language))
    yield words(f"{broadcast.content.title}\n{broadcast.content.body}")
    yield words(broadcast.content.body)


def compare(work: Work, broadcast: Broadcast, pasted: list[str]) -> Compared:
    said = " ".join(pasted)
    own = max(forms(work, broadcast), key=lambda form: fuzz.ratio(" ".join(form), said))
    return Compared(broadcast, fuzz.ratio(" ".join(own), said), own)


def judged(turn: Turn, compared: Compared, pasted: list[str]) -> Text:
    if compared.own == pasted:
        return told(turn, compared.broadcast)
    return paragraphs(
        say("BERBEDA dari aslinya. Pesan ini mirip pengumuman kami, tetapi isinya diubah. Jangan disebarkan."),
        lines(say("Yang berbeda:"), *differences(compared.own, pasted)),
        original(turn, compared.broadcast),
    )


def differences(own: list[str], pasted: list[str]) -> list[Text]:
    """Place by place, what is ours and what was made of it."""
    found: list[Text] = []
    for one in Levenshtein.opcodes(own, pasted):
        ours, theirs = shortened(own[one.src_start : one.src_end]), shortened(pasted[one.dest_start : one.dest_end])
        if one.tag == "replace":
            found.append(say("- aslinya “{ours}”, di pesan itu “{theirs}”", ours=ours, theirs=theirs))
        elif one.tag == "delete":
            found.append(say("- dihilangkan: “{ours}”", ours=ours))
        elif one.tag == "insert":
            found.append(say("- ditambahkan: “{theirs}”", theirs=theirs))
    further = [say("- dan {count} perbedaan lagi", count=len(found) - DIFFERENCES)] if len(found) > DIFFERENCES else []
    return [*found[:DIFFERENCES], *further]


def shortened(some: list[str]) -> str:
    line = " ".join(some)
    return line if len(line) <= SHOWN else line[:SHOWN].rstrip() + "…"


def told(turn: Turn, broadcast: Broadcast) -> Text:
    """Genuine, with its words and its time; or what stands in its place by now."""
    by = archive.replaced_by(turn.tx, broadcast.id)
    if by is None:
        return paragraphs(
            say("ASLI. Pengumuman ini dari {office}.", office=turn.office.name), original(turn, broadcast)
        )
    return paragraphs(replaced_words(broadcast, by), original(turn, by))


def replaced_words(old: Broadcast, by: Broadcast) -> Text:
    if by.withdraws:
        return say("SUDAH DITARIK. {old} memang dari kantor ini, tetapi tidak berlaku lagi.", old=old.code)
    return say(
        "SUDAH DIGANTI. {old} memang dari kantor ini, tetapi tidak berlaku lagi; yang berlaku {new}:",
        old=old.code,
        new=by.code,
    )


def original(work: Work, broadcast: Broadcast) -> Text:
    ends = broadcast.content.expires_at
    return lines(
        say("{code}, kode cek {check}.", code=broadcast.code, check=broadcast.check_code),
        say("Dikirim: {when}.", when=in_full(work, broadcast.started_at)) if broadcast.started_at else "",
        say("Masa berlakunya sudah lewat: {when}.", when=in_full(work, ends)) if ends and ends <= work.now else "",
        say("Isi aslinya:"),
        broadcast.content.title,
        broadcast.content.body,
    )


def mine(turn: Turn, record: str) -> None:
    """`UMU-0012`, said by somebody it was for: its words once more. Others are told as if there were none."""
    line = recipients.of(turn.tx, int(record), turn.person.id)
    if line is None:
        raise NotFound(record)
    turn.say(told(turn, broadcasts.get(turn.tx, line.broadcast_id)))


ACTIONS = [Action("isi-umum", mine, say("Baca lagi"), "baca", prefixes=("UMU",), effect=Effect.SHOWS)]
