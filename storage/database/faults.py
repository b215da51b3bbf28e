"""Whose fault it was: the database's, which passes, or that of our own code, which does not."""

import copy
import sqlite3
import sys

OURS = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_TOOBIG})
"""SQLite's result codes for a statement that is wrong, https://sqlite.org/rescode.html: again would change nothing."""
PRIMARY = 0xFF
"""The part of an extended result code that says what kind it is."""


class Unfit(Exception):
    """What is there cannot be worked with; its words are a sentence for whoever starts us."""


class Interrupted(Exception):
    """Whoever worked the turns off was ended before this one was; nobody can say whether it was committed."""


def of_the_database(fault: BaseException) -> bool:
    """Whether the database could not work just now (locked, full, away, broken), whatever it was asked to do."""
    if isinstance(fault, ConnectionError | Interrupted):
        return True
    if isinstance(fault, sqlite3.OperationalError):
        return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_BUSY) & PRIMARY not in OURS
    if isinstance(fault, sqlite3.DatabaseError):  # itself: a damaged file, or none; its other children are our doing
        return type(fault) in (sqlite3.DatabaseError, sqlite3.InternalError)
    psycopg = sys.modules.get("psycopg")  # an extra: if it was never imported, it raised nothing
    return psycopg is not None and isinstance(fault, psycopg.OperationalError)


def anew(fault: BaseException) -> Exception:
    """The same fault as an object of its own: who catches it may do to its traceback whatever they like."""
    try:
        again = copy.copy(fault)
    except Exception:
        return Interrupted(type(fault).__name__)
    if not isinstance(again, Exception):
        return Interrupted(type(fault).__name__)
    again.__suppress_context__ = fault.__suppress_context__
    return again
