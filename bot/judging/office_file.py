"""Word and Excel files: judged as the archives they are, for what may hide in one."""

import os
import zipfile
import zlib
from pathlib import Path
from typing import IO
from zipfile import ZipFile, ZipInfo

from bot.judging.office_parts import refuse_active_parts
from bot.judging.refused import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENTRIES = 10_000
DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of parts: it is read whole, and becomes many times that in memory (our choice)."""
UNPACKED = 512 * 1024 * 1024
"""Bytes of everything inside together (our choice)."""
RATIO, SMALL = 200, 10 * 1024 * 1024
"""How many times its size something may unpack to, beyond the first bytes: sheets of equal cells shrink a lot."""
CONTENTS, LARGEST_CONTENTS = "[content_types].xml", 1024 * 1024
"""The part that says what the document is (ECMA-376, part 2), and the bytes it may have."""
MAIN = ((b"wordprocessingml.document.main+xml", WORD), (b"spreadsheetml.sheet.main+xml", EXCEL))
PACKED = (".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".jar", ".7z", ".rar", ".gz")
EMBEDDED = ("word/embeddings/", "xl/embeddings/")
LARGEST_EMBEDDED = 20 * 1024 * 1024
"""Where a chart keeps its sheet, and the bytes that may have; it may hold nothing packed of its own."""
PROGRAMS = (".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta", ".lnk",
    ".msi", ".dex", ".class", ".apk", ".sh")  # fmt: skip
MACROS = ("vbaproject.bin", "macrosheets/")


def judge_zip(path: Path) -> str:
    """DOCX or XLSX. Raises Refused for every other archive, and for what may hide in one."""
    try:
        with path.open("rb") as file, opened(file) as archive:
            refuse_bomb(archive, path.stat().st_size)
            kind = content_type(archive)
            for entry in archive.infolist():
                refuse_hidden(archive, entry)
                look_into(archive, entry)
            return kind
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError) as fault:
        raise Refused("broken") from fault


END, END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
"""The end of an archive, which says how long the list of its parts is (APPNOTE 4.3.16)."""


def opened(file: IO[bytes]) -> ZipFile:
    """An archive whose list of parts is not too long to be read. Raises Refused or BadZipFile."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - END_LENGTH - LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(END)
    if place >= 0 and int.from_bytes(tail[place + 12 : place + 16], "little") > DIRECTORY:
        raise Refused("bomb")
    return ZipFile(file)


def refuse_bomb(archive: ZipFile, size: int) -> None:
    """By what its directory declares, which readers believe. Raises Refused."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("locked")
    unpacked = sum(entry.file_size for entry in entries)
    overlapping = sum(entry.compress_size for entry in entries) > size
    if len(entries) > ENTRIES or overlapping or unpacked > min(UNPACKED, SMALL + RATIO * size):
        raise Refused("bomb")


def content_type(archive: ZipFile) -> str:
    """What the document says it is. Raises Refused."""
    names = {entry.filename.lower(): entry for entry in archive.infolist()}
    if any(macro in name for name in names for macro in MACROS):
        raise Refused("macro")
    if {"meta-inf/manifest.mf", "androidmanifest.xml"} & names.keys():
        raise Refused("program")
    if CONTENTS not in names:
        raise Refused("archive")
    with archive.open(names[CONTENTS]) as part:
        told = part.read(LARGEST_CONTENTS)
    if b"macroenabled" in told.lower():
        raise Refused("macro")
    kind = next((kind for main, kind in MAIN if main in told), "")
    if not kind:
        raise Refused("type")
    return kind


def refuse_hidden(archive: ZipFile, entry: ZipInfo) -> None:
    """A program or an archive among the parts. Raises Refused."""
    name = entry.filename.lower()
    if name.endswith(PROGRAMS):
        raise Refused("program")
    if name.startswith(EMBEDDED) and name.endswith(PACKED):
        refuse_nested(archive, entry)
    elif name.endswith(PACKED):
        raise Refused("archive")


def look_into(archive: ZipFile, entry: ZipInfo) -> None:
    with archive.open(entry) as part:
        refuse_active_parts(part)


def refuse_nested(archive: ZipFile, entry: ZipInfo) -> None:
    """The sheet of a chart is one level down; there is no second."""
    if entry.file_size > LARGEST_EMBEDDED:
        raise Refused("bomb")
    with archive.open(entry) as part, opened(part) as inner:
        refuse_bomb(inner, entry.file_size)
        content_type(inner)
        if any(name.filename.lower().endswith((*PACKED, *PROGRAMS)) for name in inner.infolist()):
            raise Refused("bomb")
        for entry in inner.infolist():
            look_into(inner, entry)
