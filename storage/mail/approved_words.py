"""What a messenger says about approved words, and whether they may go out although they count as advertising."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.database.database import Transaction
from storage.database.moment import maybe, stamp

ADVERTISING = "MARKETING"
ASKED, REFUSED = "asked", "refused"
YES, NO = "yes", "no"
HELD = "advertising: an admin was asked"
"""Why such a parcel waits in the outbox."""


@dataclass(frozen=True, slots=True)
class State:
    name: str
    language: str
    status: str
    category: str
    answer: str
    answered_at: datetime | None


def states(tx: Transaction) -> list[State]:
    """Everything that was ever said, in order of the names."""
    rows = tx.all("SELECT * FROM approved_words ORDER BY name, language")
    same = ("name", "language", "status", "category", "answer")
    return [State(**{name: row[name] for name in same}, answered_at=maybe(row["answered_at"])) for row in rows]


def told(tx: Transaction, name: str, language: str, *, status: str = "", category: str = "") -> None:
    """The messenger said something new. What an admin answered for one language holds for the other."""
    tx.run(
        """INSERT INTO approved_words (name, language, status, category, answer, answered_at)
        VALUES (:name, :language, :status, :category,
          coalesce((SELECT max(answer) FROM approved_words WHERE name = :name), ''),
          (SELECT max(answered_at) FROM approved_words WHERE name = :name))
        ON CONFLICT (name, language) DO UPDATE SET
          status = CASE WHEN :status = '' THEN approved_words.status ELSE :status END,
          category = CASE WHEN :category = '' THEN approved_words.category ELSE :category END""",
        name=name,
        language=language,
        status=status,
        category=category,
    )


def answer(tx: Transaction, name: str, said: str, now: datetime) -> None:
    """An admin's word, for every language; what waited for it may go, or is looked at once more."""
    tx.run(
        "UPDATE approved_words SET answer = :said, answered_at = :now WHERE name = :name",
        said=said,
        now=stamp(now),
        name=name,
    )
    tx.run(
        """UPDATE outbox SET due_at = :now WHERE settled_at IS NULL AND claimed_at IS NULL AND reason = :held""",
        now=stamp(now),
        held=HELD,
    )


def forget_answer(tx: Transaction, name: str) -> None:
    """They count as advertising no more: should they again, an admin is asked again."""
    tx.run("UPDATE approved_words SET answer = '', answered_at = NULL WHERE name = :name", name=name)


def held(tx: Transaction, name: str, language: str) -> str:
    """ASKED while nobody has said that this may go out as advertising, REFUSED if somebody said no, else empty."""
    row = tx.one(
        "SELECT answer FROM approved_words WHERE name = :name AND language = :language AND category = :advertising",
        name=name,
        language=language,
        advertising=ADVERTISING,
    )
    return "" if row is None else {YES: "", NO: REFUSED}.get(row["answer"], ASKED)


def first_time(tx: Transaction, what: str, now: datetime, within: timedelta) -> bool:
    """Whether admins were not told of this lately; from now on they were."""
    return bool(
        tx.run(
            """INSERT INTO alarms (what, told_at) VALUES (:what, :now)
            ON CONFLICT (what) DO UPDATE SET told_at = :now WHERE alarms.told_at < :since""",
            what=what,
            now=stamp(now),
            since=stamp(now - within),
        )
    )


def well_again(tx: Transaction, what: str) -> None:
    """Whatever was told under names that begin so is over: should it come again, it is told again."""
    tx.run("DELETE FROM alarms WHERE substr(what, 1, :length) = :what", length=len(what), what=what)
