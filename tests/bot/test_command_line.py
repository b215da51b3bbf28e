"""What is read by whoever types `--help`, at the command line and for make."""

import re
from pathlib import Path

import pytest

from bot.__main__ import arguments

ROOT = Path(__file__).parents[2]
PAGES = "".join(
    page.read_text(encoding="utf-8") for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
)
OVERVIEW = arguments().format_help()
WORDS = re.findall(r"^    ([a-z-]+)\b(?=\s)", OVERVIEW, re.MULTILINE)


def help_of(word: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        arguments().parse_args([word, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_every_word_of_the_pages_is_known() -> None:
    asked = set(re.findall(r"python -m bot ([a-z][a-z-]+)", PAGES))
    assert {"doctor", "restore", "import-stages"} <= asked
    assert asked <= set(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_says_what_it_does_and_what_each_argument_is(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = help_of(word, capsys)
    assert re.search(r"^[A-Z].+\.$", said, re.MULTILINE | re.DOTALL)
    assert not re.search(r"^  \S+\n(?!\s{4,})", said, re.MULTILINE), "an argument nobody explains"


@pytest.mark.parametrize(
    ("started", "called"), [("/usr/bin/rumah-kedua", "rumah-kedua"), ("/srv/bot/__main__.py", "python -m bot")]
)
def test_it_is_called_as_it_was_started(started: str, called: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", [started])
    assert arguments().format_usage().startswith(f"usage: {called} [")


def test_make_help_explains_every_target_and_none_is_taken_for_a_file() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE)
    assert phony == [" ".join(explained)]
    assert explained == re.findall(r"^([a-z]\S*?):", makefile, re.MULTILINE)
