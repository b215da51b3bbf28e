"""The conversation in the README, played as it stands there: it cannot promise what the office does not do."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.chat import Chat

README = Path(__file__).parents[2] / "README.md"
LINE = re.compile(r"^(\w+) {2,}(.+)$")
BUTTON = re.compile(r"\[(.+?)\]")


def conversation() -> Iterator[tuple[str, str]]:
    """Who, and what is said or seen."""
    _, _, told = README.read_text(encoding="utf-8").partition("## What it is like\n```\n")
    for line in told.partition("```")[0].splitlines():
        found = LINE.match(line)
        assert found, line
        yield found[1], found[2]


def shown(told: str) -> list[str]:
    """What has to stand on the screen, in this order; "…" is whatever stands between."""
    return [piece.strip() for piece in BUTTON.sub("…", told).split("…") if piece.strip()]


async def test_the_conversation_of_the_readme(officer: Chat, verified: Chat) -> None:
    verified.looks_up()
    for who, told in conversation():
        if who == "Siti":
            officer.looks_up()
            await verified.says(told)
        elif who == "Wati":
            verified.looks_up()
            await officer.says(told)
        else:
            reader = {"Kantor": verified, "Kartu": officer}[who]
            reader.sees(*shown(told))
            for label in BUTTON.findall(told):
                assert label.casefold() in reader.screen.casefold(), label


def test_the_readme_fits_on_two_screens() -> None:
    assert len(README.read_text(encoding="utf-8").split()) <= 600
