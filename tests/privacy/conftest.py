"""The people scenarios know, and the real process."""

from tests.process.conftest import api, process  # noqa: F401
from tests.scenarios.conftest import chief, duty  # noqa: F401
