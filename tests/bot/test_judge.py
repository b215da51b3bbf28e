"""What a file is, told by its content: what is welcome, what is not and why, and what a picture must not tell."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from bot.judging import preview
from bot.judging.judge import judge
from bot.judging.office_file import EXCEL as XLSX
from bot.judging.office_file import WORD as DOCX
from bot.judging.old_office_file import OLD_EXCEL, OLD_WORD
from bot.judging.preview import make_preview
from bot.judging.refused import Refused
from tests.made import (
    AAC,
    AMR,
    EXCEL,
    MP3,
    OGG,
    PDF,
    WEBM,
    iso,
    office,
    old_office,
    photo_with_place,
    picture,
    zipped,
)

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SMALL_ZIP = zipped({"a.txt": b"a"})

WELCOME = {
    "a photo": (picture(), "image/jpeg"),
    "a photo with a place": (photo_with_place(), "image/jpeg"),
    "a screenshot": (picture("PNG"), "image/png"),
    "a sticker": (picture("WEBP"), "image/webp"),
    "a PDF": (PDF, "application/pdf"),
    "a PDF after a line end": (b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
    "a letter": (office(), DOCX),
    "a letter with a chart": (office(parts={"word/embeddings/sheet.xlsx": office(EXCEL)}), DOCX),
    "a sheet": (office(EXCEL), XLSX),
    "an old letter": (old_office("WordDocument"), OLD_WORD),
    "an old sheet": (old_office("Workbook"), OLD_EXCEL),
    "a voice note": (OGG, "audio/ogg"),
    "music": (MP3, "audio/mpeg"),
    "bare music": (b"\xff\xfb\x90\x64" + bytes(40), "audio/mpeg"),
    "sound of a phone": (AAC, "audio/aac"),
    "sound of an old phone": (AMR, "audio/amr"),
    "sound in an MP4": (iso(b"M4A "), "audio/mp4"),
    "a video": (iso(b"isom"), "video/mp4"),
    "a video of an iPhone": (iso(b"qt  "), "video/quicktime"),
    "a video of an old phone": (iso(b"3gp5"), "video/3gpp"),
    "a video of a browser": (WEBM, "video/webm"),
}
REFUSED = {
    "nothing": (b"", "empty"),
    "words": (b"halo", "type"),
    "a single byte": (b"\xff", "type"),
    "a program for Windows": (b"MZ" + bytes(60), "program"),
    "a program for Linux": (b"\x7fELF" + bytes(60), "program"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "program"),
    "an app": (zipped({"AndroidManifest.xml": b"x", "classes.dex": b"dex\n"}), "program"),
    "a page": (b"\n  <!DOCTYPE html><html></html>", "markup"),
    "a page in UTF-16": ("<html>".encode("utf-16"), "markup"),
    "an SVG": (SVG, "markup"),
    "a ZIP": (SMALL_ZIP, "archive"),
    "an empty ZIP": (zipped({}), "archive"),
    "a RAR": (b"Rar!\x1a\x07\x00" + bytes(40), "archive"),
    "a TAR": (b"a.txt".ljust(257, b"\0") + b"ustar" + bytes(250), "archive"),
    "slides": (office("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "type"),
    "a letter with macros": (office(parts={"word/vbaProject.bin": b"x"}), "macro"),
    "a letter that says it has macros": (office(MACRO), "macro"),
    "an old letter with macros": (old_office("WordDocument", "Macros", "_VBA_PROJECT"), "macro"),
    "a letter with a password": (old_office("EncryptionInfo", "EncryptedPackage"), "locked"),
    "an installer": (old_office("Binary.x"), "type"),
    "a letter with a program in it": (office(parts={"word/media/a.exe": b"MZ"}), "program"),
    "a letter with an archive in it": (office(parts={"word/media/a.zip": SMALL_ZIP}), "archive"),
    "a letter in a letter in a letter": (
        office(parts={"word/embeddings/a.docx": office(parts={"word/embeddings/b.docx": office()})}),
        "bomb",
    ),
    "a torn letter": (office()[:-30], "broken"),
    "a photo and an archive": (picture() + SMALL_ZIP, "double"),
    "a PDF and an archive": (PDF + SMALL_ZIP, "double"),
    "a video and an archive": (iso(b"isom") + SMALL_ZIP, "double"),
    "a photo and a PDF": (picture()[:20] + PDF, "double"),
    "a photo and a page": (picture() + b"<script>alert(1)</script>", "double"),
    "a page and a PDF": (b"<html><script>1</script>" + PDF, "markup"),
    "words and a PDF": (b"halo" + PDF, "double"),
    "a PDF with a page at its head": (b"%PDF-1.7\n<html><script>1</script>" + PDF, "double"),
    "a photo of an iPhone": (iso(b"heic"), "heic"),
    "an odd Ogg": (b"OggS" + bytes(60) + b"theora", "type"),
}


@pytest.mark.parametrize("case", WELCOME)
def test_what_is_welcome_is_told_by_its_content(tmp_path: Path, case: str) -> None:
    content, expected = WELCOME[case]
    assert judge(kept(tmp_path, content)) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_welcome_is_refused_with_the_reason(tmp_path: Path, case: str) -> None:
    content, expected = REFUSED[case]
    with pytest.raises(Refused) as refused:
        judge(kept(tmp_path, content))
    assert refused.value.reason == expected


def test_a_voice_note_in_an_mp4_is_sound(tmp_path: Path) -> None:
    assert judge(kept(tmp_path, iso(b"mp42")), "audio/mp4") == "audio/mp4"


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    """A gigabyte of zeros in a megabyte; ten thousand parts; parts that lie over each other."""
    with zipfile.ZipFile(tmp_path / "zeros", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"wordprocessingml.document.main+xml")
        for number in range(40):
            archive.writestr(f"word/{number}.xml", bytes(2 * 1024 * 1024))
    many = {f"word/{number}.xml": b"" for number in range(10_001)}
    for bomb in (tmp_path / "zeros", kept(tmp_path, office(parts=many)), overlapping(tmp_path)):
        with pytest.raises(Refused) as refused:
            judge(bomb)
        assert refused.value.reason == "bomb"


def test_an_endless_list_of_parts_is_not_read(tmp_path: Path) -> None:
    end = b"PK\5\6" + bytes(4) + b"\xff\xff\xff\xff" + (2**31).to_bytes(4, "little") + bytes(6)
    for content, reason in ((b"PK\3\4" + bytes(99) + end, "bomb"), (picture() + end, "double")):
        with pytest.raises(Refused) as refused:
            judge(kept(tmp_path, content))
        assert refused.value.reason == reason


def overlapping(folder: Path) -> Path:
    """One packed part that is listed a hundred times."""
    path = folder / "overlapping"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/a.xml", b"x" * 50_000)
        archive.filelist *= 100
    return path


def test_a_preview_is_small_and_upright_and_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    photo = kept(tmp_path, photo_with_place((3000, 2000)))
    assert b"KAMERA-SITI" in photo.read_bytes()
    make_preview(photo, tmp_path / "preview")
    content = (tmp_path / "preview").read_bytes()
    with Image.open(io.BytesIO(content)) as shown:
        assert (shown.format, max(shown.size)) == ("JPEG", 1280)
        assert shown.height > shown.width, "it was taken lying on its side"
        assert not shown.getexif()
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(told in content for told in (b"KAMERA-SITI", b"RUMAH-SITI", b"Exif", b"GPS"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_can_be_seen_through_becomes_white(tmp_path: Path, kind: str) -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, kind)
    make_preview(kept(tmp_path, clear.getvalue()), tmp_path / "preview")
    with Image.open(tmp_path / "preview") as shown:
        assert shown.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("content", [picture()[:300], picture("PNG")[:60], b"\x89PNG\r\n\x1a\n" + bytes(64)])
def test_a_torn_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        make_preview(kept(tmp_path, content), tmp_path / "preview")
    assert refused.value.reason == "broken"


def test_a_picture_that_unpacks_to_too_much_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "PIXELS", 100 * 100)
    with pytest.raises(Refused) as refused:
        make_preview(kept(tmp_path, picture("PNG", (200, 200))), tmp_path / "preview")
    assert refused.value.reason == "pixels"


def test_a_full_disk_is_not_the_fault_of_a_picture(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        make_preview(kept(tmp_path, picture()), tmp_path / "missing" / "preview")


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
