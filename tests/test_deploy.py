"""What an office copies to its machine, and the page that explains it, are the same words."""

import re
from pathlib import Path

import pytest

from bot.running import notify
from bot.running.ending import LIMIT
from bot.running.pulse import LOOK_EVERY, SILENCE
from bot.running.upkeep import LONGEST

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SHIPPED = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "deploy").iterdir()}
QUOTED = re.compile(r"\(\.\./deploy/([\w.-]+)\)\)?:\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONFIGURES = re.compile(r"^\[Service\]|reverse_proxy \S+ \S+ \{|proxy_pass |\d+ \d+ \* \* \* ", re.MULTILINE)
"""How a unit, a proxy's site or a crontab is told from what somebody types."""


def test_the_page_quotes_each_file_word_for_word() -> None:
    assert dict(QUOTED.findall(OPERATIONS)) == SHIPPED


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_has_a_version_of_its_own(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for shipped in SHIPPED.values():
        text = text.replace(shipped, "")
    assert not CONFIGURES.search(text)


def unit() -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", SHIPPED["rumah-kedua.service"], re.MULTILINE))


def test_the_unit_waits_as_long_as_the_program_needs() -> None:
    """Longer than the slowest honest answer, the longest rest of what stumbled, and the last resort of a stop."""
    watched = float(unit()["WatchdogSec"])
    assert watched > SILENCE + watched / notify.BEATS
    assert watched > LONGEST.total_seconds() + LOOK_EVERY + watched / notify.BEATS
    assert float(unit()["TimeoutStopSec"]) > LIMIT


def test_the_unit_hears_the_program() -> None:
    assert (unit()["Type"], unit()["NotifyAccess"]) == ("notify", "main")
    assert unit()["RestartPreventExitStatus"] == "2"
