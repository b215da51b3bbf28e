"""Installed from a wheel, far from the checkout: everything it needs came along."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import aiohttp
import pytest

from tests.process.office import ROOT, Process

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PACKAGES = ("bot", "handlers", "storage")
MADE = ("__pycache__", "*.pyc", "*.egg-info")
"""What Python leaves behind: no part of the program."""
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--isolated")
LIBRARIES = [path for path in sys.path if path.endswith("-packages")]


def run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without a network from a copy, so that the checkout stays as it was."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns(*MADE))
    for file in (file for file in ROOT.glob("[!.]*") if file.is_file()):
        shutil.copy(file, source)
    build = ("wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(out))
    run(*PIP, *build, str(source))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that has the libraries and the wheel, and nothing of the checkout."""
    place = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", str(place))
    run(*PIP, "--python", str(place / "bin" / "python"), "install", "--no-index", "--no-deps", str(wheel))
    packages = next(place.glob("lib/python*/site-packages"))
    # A line of a .pth leads to the libraries; the .pth files among them, an editable installation's too, are not read.
    (packages / "libraries.pth").write_text("\n".join(LIBRARIES))
    return place / "bin"


class Elsewhere(Process):
    """As somebody would start it who has no checkout and has set nothing, but for a port that is free."""

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PORT": "0"}


def test_every_file_of_the_packages_is_in_the_wheel_and_no_other(wheel: Path) -> None:
    """A page, a script, a table or a translation that was forgotten would be missed only at the office."""
    lying = {path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}
    ours = {str(p.relative_to(ROOT)) for p in lying if p.parent.name != "__pycache__"}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == ours


async def test_the_command_serves_the_page_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    process = Elsewhere(folder, program=(str(installed / "rumah-kedua"),))
    await process.start()
    async with aiohttp.ClientSession(process.url) as session:
        for page, expected in (("/", "Mode latihan"), ("/web/page.css", "{"), ("/web/page.js", "EventSource")):
            async with session.get(page) as answer:
                assert answer.status == 200, page
                assert expected in await answer.text(), page
        async with session.get("/healthz") as answer:
            assert await answer.text() == f"ok {VERSION}\n"
    assert await process.stop() == 0, process.errors()
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert {"data/rumah-kedua-latihan.db", "data/codes.key"} <= kept
    assert {path.split("/")[0] for path in kept} == {"data", "errors.log"}, "nothing outside data/"


async def test_the_words_of_an_administrator_are_there_too(installed: Path, tmp_path: Path) -> None:
    process = Elsewhere(tmp_path / "empty", program=(str(installed / "rumah-kedua"),))
    assert await process.run("--version") == (0, f"Rumah Kedua {VERSION}\n")
    assert "usage: rumah-kedua" in (await process.run("--help"))[1]
    assert f"version    {VERSION}\n" in (await process.run("doctor"))[1]
    assert (await process.run("export", "ormas.xlsx"))[0] == 0


def test_what_runs_there_is_what_was_installed(installed: Path, tmp_path: Path) -> None:
    """Otherwise the tests above would prove only that the checkout works."""
    ask = "import bot, handlers, json, storage, sys; print(json.dumps([bot.__file__, handlers.__file__, sys.path]))"
    said = subprocess.run([installed / "python", "-c", ask], cwd=tmp_path, env={}, capture_output=True, check=True)
    *places, paths = json.loads(said.stdout)
    assert all(Path(place).is_relative_to(installed.parent) for place in places)
    assert str(ROOT) not in paths
