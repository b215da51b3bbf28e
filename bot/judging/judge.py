"""What a file is and whether it may be kept: told by its content, never by its name. Everything not known is refused.

Reasons are keys of `handlers.conversation.questions.file_kinds.REASONS`.
"""

import re
import zipfile
from pathlib import Path

from bot.judging import office_file
from bot.judging.old_office_file import OLD_EXCEL, OLD_WORD, judge_ole
from bot.judging.pdf_file import judge_pdf
from bot.judging.refused import Refused

OFFICE = frozenset({office_file.WORD, office_file.EXCEL, OLD_WORD, OLD_EXCEL})
HEAD = 4096
"""Bytes that tell a type."""
EDGE = 64 * 1024
"""Bytes at both ends of a picture in which a page or a script would hide."""
PDF_WITHIN = 1024
"""Readers look that far for the start of a PDF (PDF 1.7, annex H, note 13)."""
MARKUP = re.compile(rb"<script|<html|<!doctype html|<\?php|<svg[\s>]", re.IGNORECASE)
PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!",
    b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00", b"\x00asm")  # fmt: skip
"""Windows, Linux, macOS, Java, scripts, Android, shortcuts, WebAssembly."""
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"MSCF",
    b"\x28\xb5\x2f\xfd", b"PK\x05\x06", b"PK\x07\x08")  # fmt: skip
TAR_AT = 257
PDF = "application/pdf"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
BRANDS = ((b"M4A", "audio/mp4"), (b"M4B", "audio/mp4"), (b"3g", "video/3gpp"), (b"qt  ", "video/quicktime"))
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
"""ISO/IEC 14496-12, file type box: the brand says what a file of this family is; the rest of them are MP4."""


def judge(path: Path, claimed: str = "") -> str:
    """The type of a stored file. Raises Refused, or OSError. It reads the file: not for the event loop's thread.

    `claimed` is only asked whether an MP4 is sound alone: voice notes and videos are built alike.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Refused("empty")
    kind = told(head, path)
    if kind not in OFFICE:
        refuse_two_in_one(path, head, kind)
    if kind == PDF:
        judge_pdf(path)
    return "audio/mp4" if kind == "video/mp4" and claimed.startswith("audio/") else kind


def is_document(path: Path) -> bool:
    """Whether judging it takes a reader, which is work for `bot/judging/aside.py`."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return head.startswith((ZIP, OLE)) or b"%PDF-" in head[:PDF_WITHIN]


def told(head: bytes, path: Path) -> str:
    """The type its first bytes show. Raises Refused for what is known and not welcome, or not known."""
    if head.startswith(ZIP):
        return office_file.judge_zip(path)
    if head.startswith(OLE):
        return judge_ole(path)
    kind = picture(head) or sound(head) or moving(head)
    if kind:
        return kind
    refuse_unwelcome(head)
    if b"%PDF-" in head[:PDF_WITHIN]:
        return PDF
    raise Refused("type")


def picture(head: bytes) -> str:
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in PICTURES if head.startswith(magic)), "")


def sound(head: bytes) -> str:
    if head.startswith(b"OggS"):
        return "audio/ogg" if b"OpusHead" in head[:128] or b"\x01vorbis" in head[:128] else ""
    if head.startswith(b"#!AMR"):
        return "audio/amr"
    if head.startswith(b"ID3"):
        return "audio/mpeg"
    if head[0] == 0xFF and head[1:2] and head[1] & 0xE0 == 0xE0:
        return "audio/aac" if head[1] & 0xF6 == 0xF0 else "audio/mpeg" if head[1] & 0x06 == 0x02 else ""
    return ""


def moving(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in HEIC:
            raise Refused("heic")
        return next((kind for begins, kind in BRANDS if brand.startswith(begins)), "video/mp4")
    return "video/webm" if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64] else ""


def refuse_unwelcome(head: bytes) -> None:
    """Say what it is where that is known. Raises Refused."""
    if head.startswith(PROGRAMS):
        raise Refused("program")
    if head.startswith(ARCHIVES) or head[TAR_AT:].startswith(b"ustar"):
        raise Refused("archive")
    if written(head).startswith("<"):
        raise Refused("markup")


def written(head: bytes) -> str:
    """The beginning as text, without what may stand before it."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n\0")


def refuse_two_in_one(path: Path, head: bytes, kind: str) -> None:
    """A file that is also another: a page, a script, an archive, a PDF. Raises Refused."""
    if kind == PDF:
        before = head[: head.index(b"%PDF-")]
        hidden = bool(before.strip(b"\xef\xbb\xbf\x00\t\r\n ")) or bool(MARKUP.search(head[:PDF_WITHIN]))
    else:
        edges = both_ends(path) if kind.startswith("image/") else head[:PDF_WITHIN]
        hidden = b"%PDF-" in head[:PDF_WITHIN] or bool(MARKUP.search(edges))
    if hidden or ends_as_zip(path):
        raise Refused("double")


def both_ends(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(EDGE)
        file.seek(max(EDGE, path.stat().st_size - EDGE))
        return start + b"\n" + file.read(EDGE)


def ends_as_zip(path: Path) -> bool:
    """Whether an archive is read from its end, whatever stands before it."""
    try:
        with path.open("rb") as file, office_file.opened(file):
            return True
    except Refused:
        return True
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
