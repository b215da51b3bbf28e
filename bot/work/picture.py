"""Bars and large numbers on one sheet for a phone: readable in grey, and by whoever sees colours differently."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

WIDTH, MARGIN = 1080, 56
"""Pixels: the width of a phone's screen."""
DPI = 100
LABELS = 350
"""The column of labels beside the bars."""
ROW, LINE, GAP = 50, 32, 14
"""The height of a bar with its label, of each further line of a label, and the room around words."""
TITLE, HEADING, WORDS, NUMBER = 52, 34, 27, 66
"""Heights of letters."""
INK, SOFT, PAPER = "#14233a", "#4a5568", "#ffffff"
FULL = "#1f5a96"
"""Dark enough to be told from paper in grey; the other part of a bar is told by its hatching."""
LINES_OF_LABEL = 2

rcParams["hatch.linewidth"] = 2.0
rcParams["font.family"] = "DejaVu Sans"  # it comes with the library: the same picture on every machine


class Sheet:
    """A sheet that is written from the top down; all measures are pixels."""

    def __init__(self, height: float) -> None:
        self.height, self.y = height, 0.0
        self.figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, WIDTH), ylim=(height, 0))
        self.axes.axis("off")

    def write(self, x: float, y: float, words: str, size: float, *, bold: bool = False, **more: Any) -> float:
        """Words at a place; how wide they are. Nothing in them is read as a formula."""
        look = {"color": INK, "va": "center", "fontweight": "bold" if bold else "normal", "parse_math": False} | more
        text = self.axes.text(x, y, words, fontsize=size * 72 / DPI, **look)
        return float(text.get_window_extent().width)

    def measure(self, words: str, size: float, *, bold: bool = False) -> float:
        width = self.write(0, 0, words, size, bold=bold)
        self.axes.texts[-1].remove()
        return width

    def box(self, x: float, y: float, width: float, height: float, part: int) -> None:
        """One part of a bar: the first is full, the second hatched."""
        look: dict[str, Any] = {"facecolor": PAPER, "hatch": "//"} if part else {"facecolor": FULL}
        self.axes.add_patch(Rectangle((x, y), width, height, edgecolor=FULL, linewidth=1.5, **look))

    def wrapped(self, words: str, width: float, size: float, at_most: int, *, bold: bool = False) -> list[str]:
        """The words on as few lines as they need; what is too long ends with an ellipsis."""
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self.measure(longer, size, bold=bold) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) > at_most:
            lines = [*lines[: at_most - 1], " ".join(lines[at_most - 1 :])]
        return [self.cut(line, width, size, bold=bold) for line in lines]

    def cut(self, line: str, width: float, size: float, *, bold: bool = False) -> str:
        while len(line) > 2 and self.measure(line, size, bold=bold) > width:
            line = line.rstrip("…")[:-1].rstrip() + "…"
        return line


def draw(chart: Mapping[str, Any], to: Path) -> None:
    """Draw what handlers/recap/chart.py tells as a PNG. Drawn twice: once to learn how tall it is."""
    sheet = Sheet(WIDTH)
    fill(sheet, chart)
    sheet = Sheet(sheet.y)
    fill(sheet, chart)
    sheet.figure.savefig(to, format="png", dpi=DPI, metadata={"Software": None})


def fill(sheet: Sheet, chart: Mapping[str, Any]) -> None:
    heading(sheet, chart)
    if chart["empty"]:
        sheet.write(MARGIN, sheet.y + 60, chart["empty"], HEADING)
        sheet.y += 140
    else:
        figures(sheet, chart["figures"])
    for panel in chart["panels"]:
        draw_panel(sheet, panel)
    sheet.y += 2 * GAP
    sheet.write(MARGIN, sheet.y + GAP, chart["foot"], WORDS - 3, color=SOFT)
    sheet.y += 4 * GAP


def heading(sheet: Sheet, chart: Mapping[str, Any]) -> None:
    sheet.y += 40
    room = WIDTH - 2 * MARGIN
    for line in sheet.wrapped(chart["office"], room, WORDS, 2):
        sheet.write(MARGIN, sheet.y + GAP, line, WORDS, color=SOFT)
        sheet.y += 36
    for line in sheet.wrapped(chart["title"], room, TITLE, 3, bold=True):
        sheet.write(MARGIN, sheet.y + 36, line, TITLE, bold=True)
        sheet.y += 66


def figures(sheet: Sheet, told: Sequence[Sequence[str]]) -> None:
    """The numbers one looks for first, side by side."""
    sheet.y += 16
    column = (WIDTH - 2 * MARGIN) / len(told)
    size = NUMBER
    while any(sheet.measure(number, size, bold=True) > column - GAP for number, _ in told):
        size -= 4
    for place, (number, words) in enumerate(told):
        sheet.write(MARGIN + place * column, sheet.y + 44, number, size, bold=True, color=FULL)
        sheet.write(MARGIN + place * column, sheet.y + 100, words, WORDS, color=SOFT)
    sheet.y += 128


def draw_panel(sheet: Sheet, panel: Mapping[str, Any]) -> None:
    sheet.y += 22
    sheet.axes.plot([MARGIN, WIDTH - MARGIN], [sheet.y, sheet.y], color="#c3ccd8", linewidth=1.5)
    sheet.y += 10
    for line in sheet.wrapped(panel["title"], WIDTH - 2 * MARGIN, HEADING, 2, bold=True):
        sheet.write(MARGIN, sheet.y + 26, line, HEADING, bold=True)
        sheet.y += 48
    if panel["legend"]:
        legend(sheet, panel["legend"])
    bars(sheet, panel["bars"])


def legend(sheet: Sheet, told: Sequence[str]) -> None:
    x = float(MARGIN)
    for part, words in enumerate(told):
        sheet.box(x, sheet.y + 10, 40, 24, part)
        x += 40 + GAP
        x += sheet.write(x, sheet.y + 22, words, WORDS - 2, color=SOFT) + 3 * GAP
    sheet.y += 48


def bars(sheet: Sheet, told: Sequence[Mapping[str, Any]]) -> None:
    """Each with its label to the left and its number at its end."""
    start = MARGIN + LABELS + GAP
    words = max(sheet.measure(bar["words"], WORDS, bold=True) for bar in told)
    longest = max(sum(bar["parts"]) for bar in told) or 1
    room = max(WIDTH - MARGIN - start - words - GAP, 40)
    for bar in told:
        lines = sheet.wrapped(bar["label"], LABELS, WORDS, LINES_OF_LABEL)
        height = ROW + (len(lines) - 1) * LINE
        middle = sheet.y + height / 2
        for place, line in enumerate(lines):
            sheet.write(MARGIN, middle + (place - (len(lines) - 1) / 2) * LINE, line, WORDS)
        x = float(start)
        for part, number in enumerate(bar["parts"]):
            if number:
                sheet.box(x, middle - 16, number / longest * room, 32, part)
            x += number / longest * room
        sheet.write(x + GAP, middle, bar["words"], WORDS, bold=True)
        sheet.y += height
