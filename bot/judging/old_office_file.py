"""Word and Excel files of before 2007: judged by the names and records in them, without a reader of their own."""

import mmap
import re
from pathlib import Path

from bot.judging.refused import Refused

OLD_WORD, OLD_EXCEL = "application/msword", "application/vnd.ms-excel"
STREAMS = (("WordDocument", OLD_WORD), ("Workbook", OLD_EXCEL), ("Book", OLD_EXCEL))
"""The stream every such file has (MS-DOC, MS-XLS)."""
ENTRY = 128
"""Bytes of one directory entry; its name comes first (MS-CFB)."""
OBJECTS = ("\x01Ole10Native", "\x03ObjInfo", "Equation Native", "\x03OCXNAME", "\x03OCXDATA")
"""What every object in a Word file, every packed file and every control has (MS-OLEDS, MS-DOC)."""
SHEET_OBJECT = re.compile(rb"M\0B\0D\0(?:[0-9A-F]\0){8}\0\0")
"""The folder of an object in an Excel file."""
DDE = re.compile(rb"\x13[\0 ]*D\0?D\0?E[\0 A]", re.IGNORECASE)
"""A field of Word begins with this character (MS-DOC, 2.8.25)."""
TEMPLATE = re.compile(
    rb"(?:h\0t\0t\0p\0(?:s\0)?:\0/\0/\0|\\\0\\\0)(?:[\x21-\x7e]\0){1,300}?\.\0d\0o\0t\0", re.IGNORECASE
)
"""A template on another machine (MS-DOC, SttbfAssoc)."""
MACRO_SHEET = re.compile(rb"\x85\0([\x09-\x48])\0.{4}[\0-\x02]\x01(.)([\0\x01])", re.DOTALL)
"""A sheet of Excel 4.0 macros (MS-XLS, BoundSheet8: length, place, state, kind, letters of its name, their width)."""


def judge_ole(path: Path) -> str:
    """DOC or XLS. Raises Refused for what may run, for a locked file of today's kind, and for everything else."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if has_entry(content, "EncryptedPackage"):
            raise Refused("locked")
        if has_entry(content, "_VBA_PROJECT") or has_entry(content, "Macros") or has_macro_sheet(content):
            raise Refused("macro")
        kind = next((kind for stream, kind in STREAMS if has_entry(content, stream)), "")
        if not kind:
            raise Refused("type")
        refuse_active(content)
    return kind


def refuse_active(content: mmap.mmap) -> None:
    """Raises Refused."""
    if any(has_entry(content, name) for name in OBJECTS) or stands_as_entry(content, SHEET_OBJECT):
        raise Refused("carries")
    if DDE.search(content):
        raise Refused("active")
    if TEMPLATE.search(content):
        raise Refused("elsewhere")


def has_macro_sheet(content: mmap.mmap) -> bool:
    """A record whose own length fits the name in it; anything else that looks alike is chance."""
    return any(
        found[1][0] == 8 + found[2][0] * (1 + found[3][0]) for found in MACRO_SHEET.finditer(content) if found[2][0]
    )


def has_entry(content: mmap.mmap, name: str) -> bool:
    """Whether the directory names this; a name ends with a NUL."""
    return stands_as_entry(content, re.compile(re.escape(name.encode("utf-16-le") + b"\0\0")))


def stands_as_entry(content: mmap.mmap, name: re.Pattern[bytes]) -> bool:
    """Entries stand at multiples of their size."""
    return any(found.start() % ENTRY == 0 for found in name.finditer(content))
