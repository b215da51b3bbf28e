"""`python -m bot import` and `export`: a dry run first, everything or nothing, never a double, every bad row named."""

import argparse
import io
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.commands import registry
from bot.settings import Settings, WrongSetting

HEADINGS = ["Nama ormas", "Bentuk", "Nomor SKT/SK", "Berlaku sampai", "Bidang", "Kecamatan", "Ketua", "Telepon"]
MELATI = [
    "Forum Melati",
    "SKT",
    "220/001/2024",
    date(2029, 3, 1),
    "Disabilitas; Kesehatan",
    "Kajen",
    "Siti",
    8123456789,
]
MAWAR = ["Yayasan Mawar", "Yayasan", "AHU-1", None, "Sosial dan kemanusiaan", "kec. Kdw", "Budi", "0285 381992"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    values: Any = {"database_url": f"sqlite:///{tmp_path}/office.db", "telegram_token": "123456789:" + "A" * 35}
    return Settings(_env_file=None, **values)


@pytest.fixture
def run(settings: Settings, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """What an administrator types, what is printed and with which exit status."""

    def run(word: str, file: Path, *flags: str, url: str = "") -> tuple[int, str]:
        chosen = argparse.Namespace(word=word, file=file, apply="--apply" in flags, skip_bad="--skip-bad" in flags)
        used = settings.model_copy(update={"database_url": url}) if url else settings
        status = registry.do(chosen, used)
        return status, capsys.readouterr().out

    return run


Run = Callable[..., tuple[int, str]]


def rows(settings: Settings, sql: str) -> list[Any]:
    with closing(sqlite3.connect(settings.database.removeprefix("sqlite:///"))) as database:
        return database.execute(sql).fetchall()


def table(path: Path, *lines: Sequence[Any]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_first_nothing_is_written_then_everything_and_never_twice(
    run: Run, tmp_path: Path, settings: Settings, place: str, request: pytest.FixtureRequest
) -> None:
    url = str(request.getfixturevalue("postgres_url")) if place == "postgresql" else settings.database
    file = table(tmp_path / "ormas.xlsx", ["DAFTAR ORMAS 2026"], [], HEADINGS, MELATI, [], MAWAR)
    status, said = run("import", file, url=url)
    assert status == 0
    assert "2 baris dibaca" in said
    assert "Baru: 2" in said
    assert "baris 4: Forum Melati" in said
    assert "baris 6: Yayasan Mawar" in said
    assert "tidak ada yang disimpan" in said
    assert "Baru: 2" in run("import", file, url=url)[1]
    status, said = run("import", file, "--apply", url=url)
    assert (status, "Semua disimpan" in said) == (0, True)
    status, said = run("import", file, "--apply", url=url)
    assert "Baru: 0" in said
    assert "Tetap: 2" in said


def test_what_is_kept_of_a_row(run: Run, tmp_path: Path, settings: Settings) -> None:
    run("import", table(tmp_path / "ormas.xlsx", HEADINGS, MELATI, MAWAR), "--apply")
    kept = rows(settings, "SELECT name, kind, number, expires_on, field, kecamatan, chair, phone FROM organisations")
    assert kept == [
        ("Forum Melati", "skt", "220/001/2024", "2029-03-01", "disabilitas", "Kajen", "Siti", "08123456789"),
        ("Yayasan Mawar", "badan_hukum", "AHU-1", "", "sosial", "Kedungwuni", "Budi", "0285381992"),
    ]
    assert rows(settings, "SELECT organisation_id, field FROM organisation_tags") == [(1, "kesehatan")]
    assert rows(settings, "SELECT DISTINCT kind, basis FROM reminders") == [("registration-ends", "2029-03-01")]
    ((person, role, why),) = rows(settings, "SELECT person_id, role, why FROM audit WHERE what = 'import-ormas'")
    assert (person, role, why) == (0, "admin", "new 2, changed 0, unchanged 0, left out 0")


def test_a_later_table_changes_what_it_says_and_nothing_else(run: Run, tmp_path: Path, settings: Settings) -> None:
    run("import", table(tmp_path / "1.xlsx", HEADINGS, MELATI, MAWAR), "--apply")
    later = table(
        tmp_path / "2.xlsx",
        ["Keterangan", "Nama Ormas", "No. SKT", "Kec.", "Berlaku s/d", "Ketua"],
        ["pindah", "Forum Melati Raya", "220/001/2024", "Doro", None, "Tono"],
        ["ganti", "YAYASAN  MAWAR", None, "Kedungwuni", None, "-"],
    )
    status, said = run("import", later, "--apply")
    assert status == 0
    assert "Kolom yang tidak dipakai: Keterangan" in said
    assert "baris 2: Forum Melati Raya (Nama ormas, Kecamatan, Ketua)" in said
    assert "baris 3: YAYASAN MAWAR (Nama ormas, Ketua)" in said
    kept = rows(settings, "SELECT name, expires_on, kecamatan, chair, phone FROM organisations")
    assert kept == [
        ("Forum Melati Raya", "2029-03-01", "Doro", "Tono", "08123456789"),
        ("YAYASAN MAWAR", "", "Kedungwuni", "", "0285381992"),
    ]


def test_5000_rows_with_200_bad_ones(run: Run, tmp_path: Path, settings: Settings) -> None:
    lines = [
        [f"Forum {n}", "SKT", f"220/{n}", date(2029, 3, 1), "Sosial", "Antah" if n % 25 == 0 else "Kajen", "Siti", None]
        for n in range(5000)
    ]
    file = table(tmp_path / "ormas.xlsx", HEADINGS, *lines)
    status, said = run("import", file, "--apply")
    assert status == 1
    assert "Salah: 200" in said
    assert said.count("kolom Kecamatan: “antah” tidak ada di daftar kami") == 200
    assert "  baris 27, kolom Kecamatan" in said
    assert "Tidak ada yang disimpan, karena ada 200 baris yang salah" in said
    assert rows(settings, "SELECT count(*) FROM organisations") == [(0,)]
    status, said = run("import", file, "--apply", "--skip-bad")
    assert (status, "Disimpan, kecuali 200 baris yang salah" in said) == (0, True)
    assert rows(settings, "SELECT count(*) FROM organisations") == [(4800,)]
    assert "Tetap: 4800" in run("import", file)[1]


BAD: dict[str, dict[str, Any]] = {
    "kolom Bentuk: “PT” tidak ada": {"Bentuk": "PT"},
    "Belum diisi: Bidang, Kecamatan": {"Bidang": None, "Kecamatan": None},
    "kolom Nama ormas: Belum diisi: Nama ormas": {"Nama ormas": None},
    "kolom Berlaku sampai: “31/02/2029” belum kami pahami": {"Berlaku sampai": "31/02/2029"},
    "kolom Berlaku sampai: “46000” belum kami pahami": {"Berlaku sampai": 46000},
    "paling lama 5 tahun": {"Berlaku sampai": "1 Maret 2099"},
    "tidak punya masa berlaku": {"Bentuk": "badan hukum"},
    "kolom Nomor SKT/SK: Nomor “2.2e+17” sudah dibulatkan": {"Nomor SKT/SK": 2.2e17},
    "kolom Nomor SKT/SK: Sel ini terbaca sebagai tanggal": {"Nomor SKT/SK": date(2024, 2, 1)},
    "kolom Telepon: “tidak tahu” bukan nomor telepon": {"Telepon": "tidak tahu"},
    "kolom Ketua: Tulisan itu 81 huruf": {"Ketua": "x" * 81},
    "kolom Nama ormas: Sama dengan baris 3": {"Nama ormas": "forum  MAWAR", "Kecamatan": "Kajen"},
    "kolom Nomor SKT/SK: Sama dengan baris 3": {"Nomor SKT/SK": "220/003/2024"},
    "kolom Nomor SKT/SK: Nomor itu tercatat untuk Forum Melati": {"Nama ormas": "Forum Anggrek"},
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_row_is_named_with_its_column_and_reason(
    run: Run, tmp_path: Path, settings: Settings, reason: str
) -> None:
    anggrek = ["Forum Anggrek", *MELATI[1:2], "220/009/2024", *MELATI[3:]]
    run("import", table(tmp_path / "1.xlsx", HEADINGS, MELATI, anggrek), "--apply")
    good = ["Forum Mawar", *MELATI[1:2], "220/003/2024", *MELATI[3:]]
    tested = dict(zip(HEADINGS, ["Forum Kenanga", *MELATI[1:]], strict=True)) | {"Nomor SKT/SK": "220/004/2024"}
    if "tercatat untuk" in reason:
        tested["Nomor SKT/SK"] = "220/001/2024"
    bad = [BAD[reason].get(heading, tested[heading]) for heading in HEADINGS]
    status, said = run("import", table(tmp_path / "2.xlsx", HEADINGS, anggrek, good, bad), "--apply")
    assert status == 1
    assert f"baris 4, {reason}" in said or ("baris 4, kolom" in said and reason in said), said
    assert "Salah: 1" in said
    assert rows(settings, "SELECT count(*) FROM organisations") == [(2,)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_of_any_usual_kind_is_read(
    run: Run, tmp_path: Path, settings: Settings, encoding: str, separator: str
) -> None:
    fields = '"Seni, budaya, adat; Sosial"'
    lines = [
        "Nama ormas|Bentuk|Bidang|Kecamatan|Masa bakti sampai",
        f"Café “Réunion”|SKT|{fields}|Kajen|2 Desember 2028",
    ]
    file = tmp_path / "ormas.csv"
    file.write_bytes("\r\n".join(lines).replace("|", separator).encode(encoding))
    assert run("import", file, "--apply")[0] == 0
    kept = rows(settings, "SELECT name, field, term_until FROM organisations")
    assert kept == [("Café “Réunion”", "seni_budaya", "2028-12-02")]


def packed(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return made.getvalue()


REFUSED = {
    "kosong": b"",
    "Excel lama": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "PDF": b"%PDF-1.7\n",
    "gambar": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "mengembang terlalu besar": packed("xl/workbook.xml", bytes(20_000_000)),
    "rusak": packed("xl/workbook.xml", b"<workbook"),
    "rusak atau bukan": packed("content.xml", b"<office/>"),
    "bukan tabel .xlsx": b"PK\x03\x04 and nothing more",
    "bukan tabel .xlsx atau .csv": b"\x7fELF" + bytes(64),
    "Judul kolom tidak ditemukan": b"Bidang;Kecamatan\nSosial;Kajen\n",
    "dua kolom untuk": b"Nama ormas;Ketua;Nama Ketua\nForum;Siti;Budi\n",
}


@pytest.mark.parametrize("reason", REFUSED)
def test_what_is_no_table_is_refused_with_a_reason(run: Run, tmp_path: Path, reason: str) -> None:
    file = tmp_path / "ormas.xlsx"
    file.write_bytes(REFUSED[reason])
    with pytest.raises(WrongSetting, match=reason):
        run("import", file, "--apply")


def test_what_was_only_like_a_value_is_named(run: Run, tmp_path: Path) -> None:
    near = ["Forum Dahlia", "SKT", None, None, "Disabilitas, Kesehatn", "Kajn", None, None]
    status, said = run("import", table(tmp_path / "ormas.xlsx", HEADINGS, MELATI, MAWAR, near))
    assert status == 0
    assert "Dibaca karena mirip, mohon diperiksa: 2\n" in said
    assert "baris 4, kolom Bidang: “Disabilitas, Kesehatn” dibaca “Disabilitas; Kesehatan”\n" in said
    assert "baris 4, kolom Kecamatan: “Kajn” dibaca “Kajen”\n" in said


def test_a_file_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"nowhere.xlsx: Berkas ini tidak ada\.$"):
        run("import", tmp_path / "nowhere.xlsx")


def test_an_empty_register_exports_a_table_to_fill_in(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "contoh.xlsx"
    assert run("export", file) == (0, f"0 ormas ditulis ke {file}.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    book = load_workbook(file)
    assert [cell.value for cell in book["Ormas"][1]][:3] == ["Nama ormas", "Bentuk", "Nomor SKT/SK"]
    guide = list(book["Petunjuk"].iter_rows(values_only=True))
    assert ("Kecamatan", "kecamatan sekretariat", "Kandangserang") in guide
    assert (None, None, "Terdaftar dengan SKT") in guide
    for name in (file, tmp_path / "contoh.ods"):
        with pytest.raises(WrongSetting):
            run("export", name)


def test_what_is_exported_is_imported_as_it_was_and_holds_no_formula(
    run: Run, tmp_path: Path, settings: Settings
) -> None:
    odd = ["=HYPERLINK(1)", "SKT", "+220/1", "1/3/2029", "Sosial", "Kajen", "@Siti", None]
    minus = ["-1+1", "belum", None, None, "Sosial", "Kajen", None, None]
    source = tmp_path / "odd.csv"
    source.write_text("\n".join(";".join(cell or "" for cell in line) for line in (HEADINGS, odd, minus)))
    run("import", source, "--apply")
    run("import", table(tmp_path / "good.xlsx", HEADINGS, MELATI, MAWAR), "--apply")
    before = rows(settings, "SELECT * FROM organisations")
    assert before[0][1] == "=HYPERLINK(1)"
    run("export", tmp_path / "out.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx")["Ormas"].iter_rows() for cell in row]
    assert not [
        cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "-", "@"))
    ]
    assert date(2029, 3, 1) in [cell.value.date() for cell in cells if cell.is_date]
    assert "08123456789" in [cell.value for cell in cells]
    status, said = run("import", tmp_path / "out.xlsx", "--apply")
    assert (status, "Tetap: 4" in said) == (0, True), said
    assert rows(settings, "SELECT * FROM organisations") == before
