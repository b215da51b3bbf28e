"""Which version this is, asked for in one place."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
"""Beside us only in a checkout; it knows better than an editable installation, which keeps the number of its day."""


def our_version() -> str:
    """As Semantic Versioning writes it; "unknown" for files that were copied here without an installation."""
    if PROJECT.exists():
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version("rumah-kedua")
    except PackageNotFoundError:
        return "unknown"
