"""Who told whom: the officer behind a notice, so that they hear of it when it does not arrive."""

from datetime import datetime

from storage.database.database import Row, Transaction
from storage.database.moment import stamp


def note(tx: Transaction, parcel_id: int, officer_id: int, about: str, now: datetime) -> None:
    """This notice says what that officer decided about `about`, a code or nothing."""
    tx.run(
        "INSERT INTO told (parcel_id, officer_id, about, at) VALUES (:parcel, :officer, :about, :now)",
        parcel=parcel_id,
        officer=officer_id,
        about=about,
        now=stamp(now),
    )


def moved(tx: Transaction, parcel_id: int, to: int) -> None:
    """It goes to another messenger of the same person, as another parcel."""
    tx.run("UPDATE told SET parcel_id = :to WHERE parcel_id = :id AND closed_at IS NULL", id=parcel_id, to=to)


def open_ones(tx: Transaction) -> list[Row]:
    """Every notice of which it is not known yet whether it arrived, with what is known about its parcel."""
    return tx.all(
        """SELECT t.parcel_id, t.officer_id, t.about, t.at, t.put_off_at, o.body, o.outcome, o.reason, o.state, o.form,
          o.due_at, o.settled_at FROM told t JOIN outbox o ON o.id = t.parcel_id
        WHERE t.closed_at IS NULL ORDER BY t.parcel_id"""
    )


def close(tx: Transaction, parcel_id: int, now: datetime) -> None:
    """Nothing more is to be heard of it."""
    tx.run("UPDATE told SET closed_at = :now WHERE parcel_id = :id", id=parcel_id, now=stamp(now))


def put_off(tx: Transaction, parcel_id: int, now: datetime) -> None:
    """The officer knows that it comes much later."""
    tx.run("UPDATE told SET put_off_at = :now WHERE parcel_id = :id", id=parcel_id, now=stamp(now))
