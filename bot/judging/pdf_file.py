"""PDF judged by a real reader, object by object: what runs by itself, carries files, or leads to somebody's machine.

It reads what people sent with a large C++ library: only in a process of its own (`bot/judging/aside.py`).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.judging.leads import leads_astray
from bot.judging.refused import Refused

RUNS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/Movie"})
"""Actions that run or send something (ISO 32000-2, 12.6.4); going to a page, printing or a link to the web do not."""
LEADS = frozenset({"/GoToR", "/GoToE"})
"""Actions that open another file."""
PLAYS = frozenset({"/RichMedia", "/3D", "/Movie", "/Screen", "/PS"})
"""Annotations and drawings that are programs of their own."""
CARRIES = ("/EF", "/Collection")
"""Where files within the file are told of (7.11.4, 12.3.5)."""
NAMES = (*RUNS, *LEADS, *PLAYS, *CARRIES, "/EmbeddedFiles", "/FileAttachment", "/EmbeddedFile", "/JS", "/XFA", "/URI")
SUSPECT = re.compile("|".join(NAMES).encode() + rb"|/F\b")
"""In an object as the reader writes it out: the others need no closer look, which for large files is slow."""
HIDDEN = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|XFA)\b")
UNREAD = re.compile(r"decoding|unfilterable|bad_alloc")
"""In a warning: objects were packed in a way that could not be opened, so nobody looked at them."""
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A letter of a name, written by its number (7.3.5)."""


def judge_pdf(path: Path) -> None:
    """Raises Refused for what is locked, broken, empty, or more than paper."""
    from pikepdf import DataDecodingError, ForeignObjectError, PasswordError, PdfError, open

    try:
        with open(path, suppress_warnings=True) as pdf:
            look_through(pdf, path)
    except PasswordError as fault:
        raise Refused("locked") from fault
    except (PdfError, DataDecodingError, ForeignObjectError, ValueError, KeyError, TypeError) as fault:
        raise Refused("locked" if "encrypt" in str(fault).lower() else "broken") from fault
    except (AttributeError, IndexError, RecursionError, RuntimeError, MemoryError) as fault:
        raise Refused("broken") from fault


def look_through(pdf: Any, path: Path) -> None:
    """Raises Refused."""
    if not len(pdf.pages):
        raise Refused("empty")
    for found in (pdf.trailer, *pdf.objects):
        look_at(found)
    mended = pdf.get_warnings()
    if any(UNREAD.search(warning) for warning in mended):
        raise Refused("broken")
    if mended and HIDDEN.search(unescaped(path.read_bytes())):
        raise Refused("active")  # it had to be mended: another reader may mend it differently


def look_at(found: Any) -> None:
    """One object of the file, packed or not. Raises Refused."""
    from pikepdf import Array, Dictionary, Stream

    if not isinstance(found, Array | Dictionary | Stream):
        return  # a number or a word alone
    stream = isinstance(found, Stream)
    if stream:
        found = found.stream_dict
    if not SUSPECT.search(found.unparse(resolved=True)):
        return
    if stream and "/F" in found:
        raise Refused("elsewhere")
    for inner in within(found):
        if isinstance(inner, Dictionary):
            refuse_dangerous(inner)


def within(found: Any) -> Iterator[Any]:
    """An object and what is written inside of it; what it only points at is an object of the file itself."""
    from pikepdf import Array, Dictionary

    waiting = [found]
    while waiting:
        yield (inner := waiting.pop())
        children = inner.values() if isinstance(inner, Dictionary) else inner if isinstance(inner, Array) else ()
        waiting += [child for child in children if isinstance(child, Dictionary | Array) and not child.is_indirect]


def refuse_dangerous(found: Any) -> None:
    """One dictionary. Raises Refused."""
    from pikepdf import Dictionary, Stream, String

    action, kind = found.get("/S"), found.get("/Subtype")
    script = found.get("/JS")
    if action in RUNS or kind in PLAYS or found.get("/XFA") is not None or isinstance(script, String | Stream):
        raise Refused("active")
    if any(isinstance(found.get(key), Dictionary) for key in CARRIES) or listed(found.get("/EmbeddedFiles")):
        raise Refused("carries")
    if kind == "/FileAttachment" or found.get("/Type") == "/EmbeddedFile":
        raise Refused("carries")
    address = found.get("/URI")
    if action in LEADS or (isinstance(address, String) and leads_astray(str(address))):
        raise Refused("elsewhere")


def listed(names: Any) -> bool:
    """Whether a tree of names has any: some writers leave an empty one."""
    return names is not None and any(len(names.get(key, ())) for key in ("/Names", "/Kids"))


def unescaped(content: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
