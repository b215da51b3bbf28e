"""Tables from outside: an xlsx or csv judged by its content and read row by row; an xlsx written without formulas."""

import csv
import io
import os
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from handlers.conversation.words import Text, clean, in_language, say

Cell = str | date
Line = tuple[int, Sequence[Cell]]
"""A row that was read, and its number as a spreadsheet counts."""
Table = tuple[Sequence[str], Iterable[Sequence[Cell | float | None]]]
"""A sheet to write: its headings and its rows."""

LARGEST_TEXT = 32 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes. Ten thousand ormas are about a tenth of this; a shared list of texts is held in memory whole."""
RATIO, HARMLESS = 100, 8 * 1024 * 1024
"""Unpacked to packed; what unpacks to less than `HARMLESS` bytes is not suspected."""
PARTS = 1000
EXACT = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number."""
ROWS = 100_000
ENCODINGS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
NOT_A_TABLE: dict[bytes, Text] = {
    b"%PDF": say("Ini berkas PDF. Mohon kirim tabelnya sebagai .xlsx atau .csv."),
    b"\xd0\xcf\x11\xe0": say("Ini berkas Excel lama (.xls) atau berpassword. Mohon simpan ulang sebagai .xlsx."),
    b"\x89PNG": say("Ini gambar. Mohon kirim tabelnya sebagai .xlsx atau .csv."),
    b"\xff\xd8\xff": say("Ini gambar. Mohon kirim tabelnya sebagai .xlsx atau .csv."),
}
BROKEN = say("Berkas ini rusak atau bukan tabel .xlsx.")


class BadFile(Exception):
    """This is no table we read; `words` say why."""

    def __init__(self, words: Text) -> None:
        super().__init__(in_language(words, "id"))
        self.words = words


def read(path: Path) -> Iterator[Line]:
    """The rows of the first sheet that are not empty, with their numbers from 1. Raises BadFile."""
    start = beginning(path)
    if not start:
        raise BadFile(say("Berkas ini kosong."))
    for sign, words in NOT_A_TABLE.items():
        if start.startswith(sign):
            raise BadFile(words)
    rows = workbook(path) if start.startswith(b"PK") else text_table(path)
    for number, row in enumerate(rows, 1):
        if number > ROWS:
            raise BadFile(say("Tabel ini lebih dari {limit} baris.", limit=ROWS))
        cells = [plain(value) for value in row]
        if any(cells):
            yield number, cells


def beginning(path: Path) -> bytes:
    """What tells one kind of file from another. Raises BadFile."""
    try:
        with path.open("rb") as file:
            return file.read(8)
    except FileNotFoundError:
        raise BadFile(say("Berkas ini tidak ada.")) from None
    except OSError as fault:
        raise BadFile(say("Berkas ini tidak dapat dibaca.")) from fault


def plain(value: Any) -> Cell:
    """A cell as text or day. A number is written without its ".0"; our own guard against formulas is taken off."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    said = "" if value is None else str(value).strip()
    return said[1:] if said.startswith(GUARD) and said[1:].startswith(FORMULA) else said


def workbook(path: Path) -> Iterator[Sequence[Any]]:
    """Rows of an xlsx. Formulas are never worked out: only what was last seen in their cells counts."""
    unpacks_safely(path)
    from openpyxl import load_workbook  # only who imports or exports needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks (styles, extensions), which nobody asks for here
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size, and rows would be missed
            yield from sheet.iter_rows(values_only=True)
            book.close()
    except GeneratorExit:
        raise
    except Exception as fault:  # a foreign file can be broken in any way
        raise BadFile(BROKEN) from fault


def unpacks_safely(path: Path) -> None:
    """Judged by the sizes a zip declares: more than that Python's zipfile never unpacks. Raises BadFile."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError) as fault:
        raise BadFile(BROKEN) from fault
    unpacked = sum(part.file_size for part in parts)
    bloated = unpacked > HARMLESS and unpacked > RATIO * path.stat().st_size
    if len(parts) > PARTS or unpacked > LARGEST_UNPACKED or bloated:
        raise BadFile(say("Berkas ini mengembang terlalu besar saat dibuka, jadi tidak kami baca."))
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BadFile(BROKEN)


def text_table(path: Path) -> Iterator[Sequence[Any]]:
    """Rows of a csv, whichever of the usual encodings and separators it is written in."""
    if path.stat().st_size > LARGEST_TEXT:
        raise BadFile(say("Berkas ini terlalu besar."))
    said = decoded(path.read_bytes())
    if "\x00" in said:
        raise BadFile(say("Berkas ini bukan tabel .xlsx atau .csv."))
    try:
        yield from csv.reader(io.StringIO(said, newline=""), delimiter=separator(said))
    except csv.Error as fault:
        raise BadFile(say("Berkas csv ini rusak: {fault}", fault=str(fault))) from fault


def decoded(raw: bytes) -> str:
    """Raises BadFile."""
    marked = next((name for mark, name in ENCODINGS.items() if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadFile(say("Berkas ini bukan tabel .xlsx atau .csv."))


def separator(said: str) -> str:
    """The sign that parts the most cells in the fullest of the first lines: Indonesian spreadsheets write `;`."""
    first = said.splitlines()[:20]
    return max(";,\t", key=lambda sign: max((line.count(sign) for line in first), default=0))


def guarded(said: str) -> str:
    """A text that no spreadsheet takes for a formula, not even after it was saved as csv."""
    said = clean(said)
    return GUARD + said if said.startswith(FORMULA) else said


def look(value: Cell | float | None) -> str:
    """How a spreadsheet is to show it; a text stays a text whatever is in it."""
    if isinstance(value, date):
        return "dd/mm/yyyy"
    return "General" if isinstance(value, float | int) else "@"


def write(path: Path, sheets: Mapping[str, Table]) -> None:
    """An xlsx readable by its owner only, its sheets by title. Raises FileExistsError."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    def cell(sheet: Any, value: Cell | float | None) -> Any:
        made = WriteOnlyCell(sheet, guarded(value) if isinstance(value, str) else value)
        made.number_format = look(value)
        return made

    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    book = Workbook(write_only=True)
    for title, (headings, rows) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place in range(len(headings)):
            sheet.column_dimensions[chr(ord("A") + place)].width = 24
        top = [cell(sheet, heading) for heading in headings]
        for one in top:
            one.font = Font(bold=True)
        sheet.append(top)
        for row in rows:
            sheet.append([cell(sheet, value) for value in row])
    book.save(path)
