"""`python -m bot export` and `import` as an administrator types them."""

from pathlib import Path

from tests.process.office import Process

CSV = "Nama ormas;Bentuk;Bidang;Kecamatan\nForum Melati;SKT;Disabilitas;Kajen\nForum Mawar;SKT;Disabilitas;Antah\n"


async def test_a_table_is_tried_taken_in_and_written_out(process: Process, tmp_path: Path) -> None:
    file = tmp_path / "ormas.csv"
    file.write_text(CSV)
    status, said = await process.run("import", str(file))
    assert status == 1, said
    assert "baris 3, kolom Kecamatan" in said
    assert "\r" not in said, "no progress bar where there is no terminal"
    assert (await process.run("import", str(file), "--apply", "--skip-bad"))[0] == 0
    assert process.rows("SELECT name FROM organisations") == [("Forum Melati",)]
    status, said = await process.run("export", str(tmp_path / "out.xlsx"))
    assert (status, "1 ormas ditulis" in said) == (0, True)
    status, said = await process.run("import", str(tmp_path / "nowhere.csv"))
    assert (status, "nowhere.csv" in said) == (2, True)
