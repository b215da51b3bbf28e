"""Point 7: what a file tells of its author is gone from what a report without a name keeps; what is not, is said."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from bot.judging.bare import make_bare
from bot.judging.judge import judge
from bot.judging.office_file import EXCEL as XLSX
from bot.judging.refused import Refused
from tests.chat import Chat
from tests.made import EXCEL, OGG, office, old_office, paper, picture
from tests.privacy.test_bytes import holding
from tests.world import World

TOLD = "ZIRKONIA-SITI"
"""Stands in every place where a file could tell something."""


def exif() -> Image.Exif:
    """Camera, author, place and thumbnail, as a telephone writes them."""
    told = Image.Exif()
    told.update({0x010F: TOLD, 0x013B: TOLD, 0x9C9D: TOLD.encode("utf-16-le")})
    told.get_ifd(0x8825).update({1: "S", 2: (7.0, 1.0, 40.8), 3: "E", 4: (109.0, 34.0, 51.6), 29: TOLD})
    return told


def screenshot() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", TOLD)
    told.add_itxt("XML:com.adobe.xmp", TOLD)
    return picture("PNG", pnginfo=told, exif=exif())


def letter() -> bytes:
    """Its author in the properties, in XMP, in a remark, and in the photo on its page."""
    photo = picture(exif=exif(), comment=TOLD.encode())
    head = b"<</Type/XObject/Subtype/Image/Width 64/Height 48/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    xmp, word = f"<x>{TOLD}</x>".encode(), TOLD.encode()
    return paper(
        b"/Metadata 4 0 R /PieceInfo<</App<</Private(" + word + b")>>>>/Kept[5 0 R 6 0 R 7 0 R]",
        b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(xmp), xmp),
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(a remark)/T(" + word + b")/M(D:2026)>>",
        head + b"/Length %d>>stream\n%b\nendstream" % (len(photo), photo),
        b"<</Producer(" + word + b")/Author(" + word + b")>>",
    ).replace(b"trailer\n<<", b"trailer\n<</Info 7 0 R/ID[<" + TOLD.encode().hex().encode() + b"><00>]")


def document(main: str = "") -> bytes:
    word = TOLD.encode()
    spaces = b'xmlns:cp="urn:c" xmlns:dc="urn:d"'
    core = b'<?xml version="1.0"?><cp:coreProperties ' + spaces + b"><dc:creator>%b</dc:creator></cp:coreProperties>"
    parts: Mapping[str, bytes] = {
        "docProps/core.xml": core % word,
        "docProps/app.xml": b"<Properties><Company>%b</Company></Properties>" % word,
        "word/comments.xml": b'<w:comments xmlns:w="u"><w:comment w:author="%b" w:initials="%b"/></w:comments>'
        % (word, word),
        "word/people.xml": b'<w15:people xmlns:w15="u"><w15:person w15:author="%b"/></w15:people>' % word,
        "word/media/image1.jpeg": picture(exif=exif(), comment=word),
        "word/media/image2.png": screenshot(),
        "xl/comments1.xml": b"<comments><authors><author>%b</author></authors></comments>" % word,
        "xl/workbook.xml": b'<workbook xmlns:x="u"><x:absPath url="C:\\Users\\%b"/></workbook>' % word,
    }
    return office(main, parts) if main else office(parts=parts)


def box(kind: bytes, *inside: bytes) -> bytes:
    content = b"".join(inside)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(brand: bytes = b"isom") -> bytes:
    """Place, telephone and the second in which it began, then pictures."""
    word = TOLD.encode()
    header = box(b"mvhd", bytes(4), b"\xe5\x00\x11\x22\xe5\x00\x11\x23", bytes(88))
    wide = box(b"mdhd", b"\x01\x00\x00\x00", b"\xe5\x00\x11\x22" * 4, bytes(12))
    track = box(b"trak", box(b"mdia", wide), box(b"udta", box(b"name", word)))
    place = box(b"udta", box(b"\xa9xyz", b"+07.0280+109.5810/" + word), box(b"meta", bytes(4), word))
    return box(b"ftyp", brand, bytes(8)) + box(b"moov", header, track, place) + box(b"mdat", b"pictures" * 9)


PLACES = (TOLD.encode(), TOLD.encode("utf-16-le"), TOLD.encode().hex().encode(), b"\xe5\x00\x11\x22")
GONE: Mapping[str, tuple[str, bytes, str]] = {
    "a photo: camera, author, place, thumbnail, remark": (
        "a.jpg",
        picture(exif=exif(), comment=TOLD.encode()),
        "image/jpeg",
    ),
    "a photo: XMP": ("a.jpg", picture(xmp=f"<x>{TOLD}</x>".encode()), "image/jpeg"),
    "a photo: colour profile": ("a.jpg", picture(icc_profile=TOLD.encode() * 9), "image/jpeg"),
    "a screenshot: words, XMP, place": ("a.png", screenshot(), "image/png"),
    "a WebP: place": ("a.webp", picture("WEBP", exif=exif()), "image/webp"),
    "a PDF: properties, XMP, ID, remark, photo on the page": ("a.pdf", letter(), "application/pdf"),
    "Word: properties, remarks, people, photos": ("a.docx", document(), "application/msword"),
    "Excel: properties, remarks, path": ("a.xlsx", document(EXCEL), "application/vnd.ms-excel"),
    "a video: place, telephone, time": ("a.mp4", film(), "video/mp4"),
    "a video of an iPhone": ("a.mov", film(b"qt  "), "video/quicktime"),
    "a recording": ("a.m4a", film(b"M4A "), "audio/mp4"),
}
STAYS: Mapping[str, tuple[str, bytes, str]] = {
    "a voice note": ("a.ogg", OGG + TOLD.encode(), "audio/ogg"),
    "Word as it was before 2007": ("a.doc", old_office("WordDocument") + TOLD.encode(), "application/msword"),
}
SAID = ("bukan .doc dan .xls", "kami buang keterangan pembuat", "jenis lain dan pesan suara tidak")


def unpacked(path: Path) -> bytes:
    """All that somebody could read in it, parts of archives too."""
    content = path.read_bytes()
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(path) as archive:
        return content + b"".join(archive.read(name) for name in archive.namelist())


async def sent(world: World, leader: Chat, name: str, content: bytes, kind: str, privacy: str) -> list[Path]:
    """What is kept of a file in a complaint."""
    await leader.joins()
    await leader.says("/masukan")
    await leader.taps(privacy)
    await leader.taps("Keluhan")
    await leader.says("Lampu jalan mati")
    await leader.sends_file(name, kind, len(content), content)
    await world.fetches()
    await leader.taps("Selesai")
    if privacy == "Tanpa nama":
        leader.sees(*SAID)
    else:
        leader.sees_no(SAID[0])
    await leader.taps("Kirim")
    await world.fetches()
    (file,) = await world.rows("SELECT sha256, reason FROM ticket_files")
    assert file["sha256"], file
    return [path for path in (world.folder / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("told", GONE)
async def test_nothing_of_its_author_is_kept(world: World, leader: Chat, told: str) -> None:
    """At once, without waiting for what sweeps the shelf; and what is kept is still a file of its kind."""
    name, content, kind = GONE[told]
    assert any(place in content for place in PLACES) or zipfile.is_zipfile(io.BytesIO(content))
    (kept,) = await sent(world, leader, name, content, kind, "Tanpa nama")
    assert not [place for place in PLACES if place in unpacked(kept)]
    judge(kept)


@pytest.mark.parametrize("told", STAYS)
async def test_what_stays_is_said(world: World, leader: Chat, told: str) -> None:
    """The day one of these is bare too, the sentence has to be changed."""
    name, content, kind = STAYS[told]
    (kept,) = await sent(world, leader, name, content, kind, "Tanpa nama")
    assert TOLD.encode() in kept.read_bytes()


async def test_with_a_name_it_stays_as_it_was_sent(world: World, leader: Chat) -> None:
    """A signature in it would break."""
    (kept,) = await sent(
        world, leader, *GONE["a PDF: properties, XMP, ID, remark, photo on the page"], "Dengan nama saya"
    )
    assert TOLD.encode() in kept.read_bytes()


async def test_what_was_taken_out_again_is_gone_with_the_sending(world: World, leader: Chat) -> None:
    await leader.agrees()
    await leader.says("/masukan")
    await leader.taps("Tanpa nama")
    await leader.taps("Keluhan")
    await leader.says("Lampu jalan mati")
    await leader.sends_photo(picture(comment=TOLD.encode()))
    await world.fetches()
    await leader.says("hapus 1", "lewati")
    leader.sees("Sudah benar?")
    leader.sees_no(SAID[1])
    await leader.taps("Kirim")
    leader.sees("tanpa nama bagi kantor")
    assert world.url or not holding(world.folder, TOLD)


def test_a_broken_film_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(film()[:-20])
    with pytest.raises(Refused):
        make_bare(path, "video/mp4", tmp_path / "b")


def test_a_film_keeps_its_pictures_and_its_length(tmp_path: Path) -> None:
    path, bare = tmp_path / "a", tmp_path / "b"
    path.write_bytes(film())
    assert make_bare(path, "video/mp4", bare)
    assert (len(bare.read_bytes()), b"pictures" * 9 in bare.read_bytes()) == (len(film()), True)


def test_of_a_table_the_words_stay(tmp_path: Path) -> None:
    path, bare = tmp_path / "a", tmp_path / "b"
    path.write_bytes(office(EXCEL, {"xl/sharedStrings.xml": b"<sst><si><t>Lampu</t></si></sst>"}))
    assert make_bare(path, XLSX, bare)
    assert b"Lampu" in unpacked(bare)
