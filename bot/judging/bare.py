"""A copy of a file without what it tells of its author, place and time: what a report without a name keeps of it.

What is seen, read and heard in it stays. Pictures are drawn anew instead (preview.py); what stands in neither of
the two stays as it was sent, which the form says (handlers/tickets/sender/private.py).
"""

import re
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from bot.judging.refused import Refused

TELLING = ("/Metadata", "/PieceInfo", "/LastModified")
"""Keys of a PDF's objects that say who made them, when and with what (ISO 32000-2, 14.3, 14.5)."""
OF_A_NOTE = ("/T", "/M", "/CreationDate", "/NM")
"""The same of remarks in it; /T of a field to fill in is its name (12.5.6.2, 12.7.4)."""
PROPERTIES = re.compile(r"docProps/|.*/?customXml/|word/people\.xml|xl/persons/")
AUTHORS = re.compile(
    rb"(\b(?:\w+:)?(?:author|initials|userId|providerId|displayName|lastModifiedBy|userName|absPath url|dateTime|date))"
    rb'="[^"]*"'
)
"""Attributes of Word's and Excel's remarks and tracked changes (ECMA-376, part 1, 17.13 and 18.7)."""
NAMED = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</)")
SIGNATURE, CHUNK = b"\x89PNG\r\n\x1a\n", struct.Struct(">I4s")
WORDS_OF_PNG = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
BOX = struct.Struct(">I4s")
INSIDE = frozenset({b"moov", b"trak", b"mdia"})
TOLD = frozenset({b"udta", b"meta", b"uuid"})
"""Boxes of a film for tags, place (`©xyz`) and the telephone's name (ISO/IEC 14496-12, 8.10)."""
TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""Boxes that begin with when the film was made and changed."""


def bare_pdf(path: Path, to: Path) -> None:
    from pikepdf import Dictionary, ObjectStreamMode, Stream, open

    with open(path, suppress_warnings=True) as pdf:
        about = pdf.trailer.get("/Info")
        if isinstance(about, Dictionary):
            for key in [*about.keys()]:
                del about[key]  # another object may point at it too
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        for found in pdf.objects:
            if isinstance(found, Dictionary | Stream):
                strip(found)
        pdf.save(to, object_stream_mode=ObjectStreamMode.preserve, compress_streams=False, fix_metadata_version=False)


def strip(found: Any) -> None:
    """One object of a PDF; of a photo in it also what the camera wrote."""
    from pikepdf import Name, Stream

    note = found.get("/Type") == "/Annot" and found.get("/Subtype") != "/Widget"
    for key in (*TELLING, *(OF_A_NOTE if note else ())):
        if key in found:
            del found[key]
    if isinstance(found, Stream) and found.get("/Filter") == "/DCTDecode" and "/DecodeParms" not in found:
        found.write(bare_jpeg(found.read_raw_bytes()), filter=Name.DCTDecode)


def bare_office(path: Path, to: Path) -> None:
    """Word and Excel as archives of parts. Parts about the document as a whole stay, with nothing in them."""
    with zipfile.ZipFile(path) as sent, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        for part in sent.infolist():
            made.writestr(zipfile.ZipInfo(part.filename), bare_part(part.filename, sent.read(part)), part.compress_type)


def bare_part(name: str, content: bytes) -> bytes:
    if PROPERTIES.match(name) and name.endswith(".xml"):
        return emptied(content)
    if name.endswith((".jpeg", ".jpg")):
        return bare_jpeg(content)
    if name.endswith(".png"):
        return bare_png(content)
    return NAMED.sub(rb"\1\2", AUTHORS.sub(rb'\1=""', content)) if name.endswith(".xml") else content


def emptied(content: bytes) -> bytes:
    """The outermost element alone, so that whoever looks for the part finds one."""
    root = re.search(rb"<(?![?!])([\w:]+)([^>]*?)/?>", content)
    if root is None:
        return b""
    kept = b"".join(re.findall(rb'\sxmlns(?::\w+)?="[^"]*"', root[2]))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n<' + root[1] + kept + b"/>"


def bare_jpeg(content: bytes) -> bytes:
    """Without remarks and what programs added (APP1 to APP13, APP15, COM): how it is packed stays (APP0, APP14)."""
    if not content.startswith(b"\xff\xd8"):
        return content
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and len(content) >= at + 4:
        mark, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if mark == 0xDA:  # from here on the picture itself
            break
        if not (mark == 0xFE or (0xE1 <= mark <= 0xEF and mark != 0xEE)):
            kept.append(content[at : at + 2 + size])
        at += 2 + size
    return b"".join(kept) + content[at:]


def bare_png(content: bytes) -> bytes:
    if not content.startswith(SIGNATURE):
        return content
    kept, at = [SIGNATURE], len(SIGNATURE)
    while at + 12 <= len(content):
        size, kind = CHUNK.unpack_from(content, at)
        if kind not in WORDS_OF_PNG:
            kept.append(content[at : at + 12 + size])
        at += 12 + size
    return b"".join(kept)


def bare_film(path: Path, to: Path) -> None:
    """The same bytes at the same places: what tells something is called free room and filled with nothing."""
    shutil.copyfile(path, to)
    with to.open("r+b") as film:
        for kind, start, end in [*boxes(film, 0, path.stat().st_size)]:
            blank(film, kind, start, end)


def boxes(film: IO[bytes], start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first byte and end of every box that tells something, however deep. Raises Refused for a broken one."""
    while start + BOX.size <= end:
        film.seek(start)
        size, kind = BOX.unpack(film.read(BOX.size))
        inside = start + BOX.size
        if size == 1:
            size, inside = int.from_bytes(film.read(8)), inside + 8
        stop = end if size == 0 else start + size
        if not inside <= stop <= end:
            raise Refused("broken")
        if kind in TOLD or kind in TIMED:
            yield kind, start, stop
        elif kind in INSIDE:
            yield from boxes(film, inside, stop)
        start = stop


def blank(film: IO[bytes], kind: bytes, start: int, end: int) -> None:
    if kind in TIMED:
        film.seek(start + BOX.size)
        wide = film.read(1) == b"\x01"
        film.seek(start + BOX.size + 4)
        film.write(bytes(16 if wide else 8))
        return
    film.seek(start + 4)
    film.write(b"free")
    left = end - film.tell()
    while left > 0:
        left -= film.write(bytes(min(left, 1 << 20)))


Bare = Callable[[Path, Path], None]
DOCUMENTS: Mapping[str, Bare] = {
    "application/pdf": bare_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": bare_office,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": bare_office,
}
FILMS: Mapping[str, Bare] = dict.fromkeys(("video/mp4", "audio/mp4", "video/3gpp", "video/quicktime"), bare_film)


def make_bare(path: Path, kind: str, to: Path) -> bool:
    """Whether there is a way to make such a copy. Raises Refused where it cannot be made."""
    way = {**DOCUMENTS, **FILMS}.get(kind)
    if way is None:
        return False
    try:
        way(path, to)
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, struct.error, zipfile.BadZipFile) as fault:
        raise Refused("broken") from fault
    return True
