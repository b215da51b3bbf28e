"""PDF that run something, carry files or lead to somebody's machine; and those that only look so."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, String

from bot.judging.judge import judge
from bot.judging.refused import Refused
from tests.made import PDF, paper, picture

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

WELCOME = {
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
    "with an empty list of files": paper(b"/Names<</EmbeddedFiles<</Names[]>>>>"),
    "that writes about JavaScript": written({"/Title": String("/JavaScript /Launch /EmbeddedFile")}),
}
REFUSED = {
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


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path
