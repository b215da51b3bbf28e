"""The child that draws: a real picture and a real table, and what becomes of one that fails or does not end."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.inbound.fetch import Shelf
from bot.work import draw, picture
from bot.work.jobs import DRAW, Broken, Jobs, kind_of_fault
from handlers import CATALOGUE
from handlers.office.profile import Office

LONG = "Perkumpulan Penghayat Kepercayaan terhadap Tuhan Yang Maha Esa Superkalifragilistikekspialidosius"
BARS = [{"label": LONG, "parts": [7, 5], "words": "12"}, {"label": "$x^2$", "parts": [0, 0], "words": "0"}]
CHART = {
    "office": LONG,
    "title": "Rekap November 2026",
    "foot": "Dihitung Senin, 23 November 2026 pukul 10.00 WIB",
    "figures": [["1.234.567", "masuk"], ["4", "selesai"], ["0", "terbuka"], ["0", "terlambat"]],
    "empty": "",
    "panels": [
        {"title": "Kiriman menurut jenis", "legend": ["selesai", "masih terbuka"], "bars": BARS},
        {"title": LONG, "legend": [], "bars": [{"label": "Kajen", "parts": [3], "words": "3"}]},
    ],
}


def jobs(office: Office, folder: Path, program: Sequence[str], limit: float = 60) -> Jobs:
    nobody: Any = None
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Jobs(nobody, Shelf(folder), office, CATALOGUE, lambda: now, lambda: None, program=program, limit=limit)


async def test_a_child_draws_a_picture_for_a_phone(office: Office, tmp_path: Path) -> None:
    (tmp_path / "chart.json").write_text(json.dumps(CHART))
    await jobs(office, tmp_path, DRAW).draw("picture", tmp_path / "chart.json", tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as drawn:
        assert drawn.width == picture.WIDTH
        assert drawn.height <= 2 * picture.WIDTH
        assert len(drawn.convert("L").getcolors() or []) > 2, "something stands on it"


def test_a_table_has_its_days_and_numbers_and_no_formula(tmp_path: Path) -> None:
    head = {"title": "Kiriman", "headings": ["Nomor", "Hari"], "days": [1], "about": "Keterangan"}
    rows = [["=1+1", "2024-02-29"], ["+62", None], ["MAS-204713", ""]]
    written = [head | {"remarks": [["Kantor", "Kantor"], ["Masa", "2024"]]}, *rows]
    (tmp_path / "rows").write_text("\n".join(map(json.dumps, written)) + "\n")
    draw.table(tmp_path / "rows", tmp_path / "table.xlsx")
    book = load_workbook(tmp_path / "table.xlsx")
    assert book.sheetnames == ["Kiriman", "Keterangan"]
    cells = [[cell.value for cell in row] for row in book["Kiriman"].iter_rows()]
    assert cells[:2] == [["Nomor", "Hari"], ["'=1+1", datetime(2024, 2, 29)]]  # noqa: DTZ001
    assert cells[2:] == [["'+62", None], ["MAS-204713", None]]
    assert {cell.data_type for row in book["Kiriman"].iter_rows() for cell in row} <= {"s", "d", "n"}


@pytest.mark.parametrize("program", [("false",), ("sh", "-c", "echo 'ValueError: Siti' >&2; exit 3")])
async def test_a_child_that_fails_is_told_apart_without_its_words(
    office: Office, tmp_path: Path, program: tuple[str, ...]
) -> None:
    with pytest.raises(Broken) as broken:
        await jobs(office, tmp_path, program).draw("picture", tmp_path / "a", tmp_path / "b")
    assert "Siti" not in str(broken.value)
    assert kind_of_fault(b"Traceback\nValueError: Siti") == "ValueError"


async def test_a_child_that_does_not_end_is_ended(office: Office, tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        await jobs(office, tmp_path, ("sh", "-c", "exec sleep 60"), limit=0.1).draw(
            "picture", tmp_path / "a", tmp_path / "b"
        )


async def test_a_child_is_told_no_secret(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:secret")
    await jobs(office, tmp_path, ("sh", "-c", 'env > "$2"')).draw("picture", tmp_path / "a", tmp_path / "b")
    assert "123:" not in (tmp_path / "b").read_text()
