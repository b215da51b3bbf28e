"""Which version it is: of a checkout, of an installation, of files that were only copied."""

import importlib.metadata
import re
from pathlib import Path

import pytest

from bot import version

ROOT = Path(__file__).parents[2]


def test_the_newest_version_of_the_changelog_is_ours() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d\d-\d\d)?$", changelog, re.MULTILINE)
    assert versions[:2] == ["Unreleased", version.our_version()]


def test_a_checkout_says_what_its_project_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editable installation made before the number went up would say the old one."""
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nversion = "7.8.9"\n')
    monkeypatch.setattr(version, "PROJECT", project)
    assert version.our_version() == "7.8.9"


def test_an_installation_says_what_was_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "PROJECT", tmp_path / "nowhere")
    monkeypatch.setattr(version, "version", {"rumah-kedua": "4.5.6"}.__getitem__)
    assert version.our_version() == "4.5.6"


def test_files_that_were_only_copied_do_not_stop_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(version, "PROJECT", tmp_path / "nowhere")
    monkeypatch.setattr(version, "version", absent)
    assert version.our_version() == "unknown"
