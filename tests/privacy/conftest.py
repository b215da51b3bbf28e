"""The people scenarios know."""

from tests.scenarios.conftest import chief, duty  # noqa: F401
