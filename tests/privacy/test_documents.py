"""What administrators copy out of the documents, and what browsers are told, keep no log of who wrote."""

import re
from pathlib import Path

from bot.channels.webchat.page import WEB, headers

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
THREATS = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", OPERATIONS, re.DOTALL | re.MULTILINE)


def test_the_proxy_keeps_no_access_log_of_the_chat() -> None:
    found = [block for block in blocks() for _ in re.finditer(r"location [^{]*chat/", block)]
    assert found
    for block in found:
        chat = block[block.index("chat/") :]
        assert "access_log off;" in chat[: chat.index("}")]


def test_no_example_logs_what_caddy_leaves_out() -> None:
    assert not [block for block in blocks() if re.search(r"^\s*log\b", block, re.MULTILINE)]


def test_the_archive_of_files_keeps_no_times_and_no_order() -> None:
    archives = re.findall(r"tar -C .*", OPERATIONS)
    assert archives
    for archive in archives:
        assert {"--sort=name", "--mtime=@0"} <= set(archive.split())
        assert "--exclude uploads" in archive


def test_the_key_is_in_no_backup() -> None:
    assert not [line for block in blocks() for line in block.splitlines() if "tar" in line and "codes.key" in line]
    assert "apart from* every backup" in OPERATIONS


def test_browsers_tell_nobody_where_they_come_from_and_call_nobody_else() -> None:
    told = headers("'none'")
    assert told["Referrer-Policy"] == "no-referrer"
    assert told["Content-Security-Policy"].startswith("default-src 'none'")
    foreign = re.compile(r"https?://(?!www\.w3\.org/2000/svg)")
    parts = [part for part in WEB.iterdir() if part.suffix in (".html", ".css", ".js", ".svg")]
    assert len(parts) == 4
    assert not [part.name for part in parts if foreign.search(part.read_text(encoding="utf-8"))]


def test_every_test_the_threat_model_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", THREATS))
    assert len(named) > 5
    assert not [name for name in named if not (ROOT / name).exists()]
    assert all(f"| {point} " in THREATS or f"| {point}, " in THREATS for point in (1, 2, *range(4, 25)))
