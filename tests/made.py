"""Files made on the spot, good ones and bad ones: what people send, and what nobody should."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image


def paper(*parts: bytes) -> bytes:
    """A PDF of one empty page as its specification spells it; parts stand in its catalogue, whole objects behind it."""
    inside = b" ".join(part for part in parts if not part.startswith(b"<<"))
    behind = [part for part in parts if part.startswith(b"<<")]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R " + inside + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *behind]
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + tail


PDF = paper()
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


def related(kind: str, target: str, outside: bool = True) -> bytes:
    """Ties of a part to something, as Word writes them."""
    mode = ' TargetMode="External"' if outside else ""
    ties = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{ties}/{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()


def office(main: str = WORD, parts: Mapping[str, bytes] = {}) -> bytes:
    """A Word or Excel file; further parts by name."""
    contents = f'<Types><Override PartName="/x.xml" ContentType="{main}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": contents, "word/document.xml": b"<w:document/>"} | dict(parts))


def old_office(*entries: str) -> bytes:
    """The skeleton of a DOC or XLS: a header and a directory with these entries."""
    named = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *entries))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + named.ljust(1024, b"\0")
