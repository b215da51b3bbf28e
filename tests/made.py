"""Files made on the spot, good ones and bad ones: what people send, and what nobody should."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OGG = b"OggS\0\2" + bytes(22) + b"OpusHead\1\1" + bytes(40)
MP3, AAC, AMR = b"ID3\4\0\0\0\0\0\0" + bytes(40), b"\xff\xf1\x50\x80" + bytes(40), b"#!AMR\n" + bytes(40)
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(40)
MAIN = "application/vnd.openxmlformats-officedocument"
WORD = f"{MAIN}.wordprocessingml.document.main+xml"
EXCEL = f"{MAIN}.spreadsheetml.sheet.main+xml"


def iso(brand: bytes) -> bytes:
    """The beginning of an MP4, an M4A, a 3GP or a HEIC."""
    return b"\0\0\0\x18ftyp" + brand + bytes(40)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), color: str = "navy", **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, color).save(made, kind, **more)
    return made.getvalue()


def photo_with_place(size: tuple[int, int] = (300, 200)) -> bytes:
    """As a phone takes it: lying on its side, and knowing where, when and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "KAMERA-SITI"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 1.0, 40.8), 3: "E", 4: (109.0, 34.0, 51.6)})
    return picture(size=size, exif=exif, comment=b"RUMAH-SITI")


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def office(main: str = WORD, parts: Mapping[str, bytes] = {}) -> bytes:
    """A Word or Excel file; further parts by name."""
    contents = f'<Types><Override PartName="/x.xml" ContentType="{main}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": contents, "word/document.xml": b"<w:document/>"} | dict(parts))


def old_office(*entries: str) -> bytes:
    """The skeleton of a DOC or XLS: a header and a directory with these entries."""
    named = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *entries))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + named.ljust(1024, b"\0")
