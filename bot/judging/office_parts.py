"""What the parts of a Word or Excel file tell a program to do: read as XML, whatever a part is called."""

import re
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from bot.judging.leads import leads_astray
from bot.judging.refused import Refused

PIECE = 64 * 1024
OBJECTS = frozenset({"oleObject", "control", "aFChunk", "vbaProject", "wordVbaData", "activeXControlBinary"})
"""What a relation brings in (ECMA-376, part 1): objects and controls run programs, wherever they lie."""
FETCHES = frozenset({"externalLink", "connections", "queryTable", "externalLinkPath"})
"""What lets a sheet ask other files and servers."""
FIELDS = frozenset({"DDE", "DDEAUTO", "LINK", "INCLUDETEXT", "INCLUDE", "IMPORT", "DATABASE"})
"""Fields that start a program or draw in a file (ECMA-376, part 1, 17.16.5)."""
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
CALLS = re.compile(r"\||\b(?:CALL|EXEC|REGISTER(?:\.ID)?|RTD|WEBSERVICE|DDE)\s*\(", re.IGNORECASE)
"""In a formula outside of quotes: a bar asks another program (DDE), the functions call one."""
HEARD = frozenset({"instrText", "delInstrText", "f", "definedName"})


def refuse_active_parts(part: IO[bytes]) -> None:
    """Raises Refused for a part that calls programs or other places; what is not XML is a picture or a typeface."""
    head = part.read(PIECE)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("carries")
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return
    heard = Hearing()
    try:
        while head:
            heard.parser.Parse(head)
            head = part.read(PIECE)
        heard.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as fault:
        raise Refused("broken") from fault


class Hearing:
    """Follows the elements of one part, with namespaces left aside: only names that mean one thing are listened for."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.opens
        self.parser.EndElementHandler = self.ends
        self.parser.StartDoctypeDeclHandler = self.declares
        self.said: list[str] = []
        self.fields: list[str] = []
        """What is known of the fields that are open, the innermost last."""

    def declares(self, *_: object) -> None:
        """The format forbids it (ECMA-376, part 2): entities hide words from whoever looks for them."""
        raise Refused("broken")

    def opens(self, element: str, attributes: Mapping[str, str]) -> None:
        name, told = local(element), {local(key): value for key, value in attributes.items()}
        if name == "Relationship":
            refuse_relation(told)
        elif name == "fldSimple":
            refuse_field(told.get("instr", ""))
        elif name == "fldChar":
            self.field(told.get("fldCharType", ""))
        elif name in ("ddeLink", "oleLink"):
            raise Refused("active")
        elif name in HEARD:
            self.said = []
            self.parser.CharacterDataHandler = self.said.append

    def ends(self, element: str) -> None:
        if (name := local(element)) not in HEARD:
            return
        self.parser.CharacterDataHandler = None
        words = "".join(self.said)
        if name in ("f", "definedName"):
            refuse_formula(words)
        elif self.fields:
            self.fields[-1] += words
        else:
            refuse_field(words)

    def field(self, mark: str) -> None:
        """A field's name may be written in many pieces, or be made by another field, which only hiding wants."""
        if mark == "begin":
            if self.fields and not self.fields[-1].strip():
                raise Refused("active")
            self.fields.append("")
        elif self.fields and mark in ("separate", "end"):
            refuse_field(self.fields[-1])
            self.fields[-1] = "-"
            if mark == "end":
                self.fields.pop()


def local(name: str) -> str:
    return name.rpartition(":")[2]


def refuse_relation(told: Mapping[str, str]) -> None:
    """What a document is tied to. Raises Refused."""
    kind, target = told.get("Type", "").rpartition("/")[2], told.get("Target", "")
    if kind in OBJECTS:
        raise Refused("carries")
    if "macrosheet" in kind.lower():
        raise Refused("macro")
    outside = told.get("TargetMode", "").lower() == "external"
    astray = leads_astray(target) if kind == "hyperlink" else outside
    if kind in FETCHES or (outside and astray):
        raise Refused("elsewhere")


def refuse_field(instruction: str) -> None:
    """Raises Refused."""
    first = instruction.split(maxsplit=1)[:1]
    if first and first[0].strip("\"'").upper() in FIELDS:
        raise Refused("active")


def refuse_formula(formula: str) -> None:
    """Raises Refused."""
    if CALLS.search(QUOTED.sub("", formula)):
        raise Refused("active")
