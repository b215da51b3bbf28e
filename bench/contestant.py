"""Who takes part in a benchmark, and its process while it runs."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_STOP = 15.0


@dataclass(frozen=True)
class Contestant:
    """A program and a conversation with it: one reply is expected to each text of the script.

    `{n}` in a text becomes the number of the chat. `closing` is in the last reply of a finished conversation.
    """

    name: str
    command: tuple[str, ...]
    script: tuple[str, ...]
    closing: str
    preparation: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def peer(name: str, module: str) -> Contestant:
    command = (sys.executable, "-m", f"bench.peers.{module}")
    script = ("/form", "Sari Rahayu", "Silaturahmi pengurus", "besok", "09.00", "Budi, Sari, Wati")
    return Contestant(name, command, script, "Permintaan sudah kami terima")


PTB = peer("python-telegram-bot", "ptb_form")
PEERS = (PTB, peer("aiogram", "aiogram_form"), peer("pyTelegramBotAPI", "telebot_form"))


class Running:
    """One process of a contestant and its children; what it says goes to a file in `folder`."""

    def __init__(self, contestant: Contestant, token: str, url: str, folder: Path) -> None:
        self._log = folder / "output.log"
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                contestant.command,
                cwd=ROOT,
                env=_environment(token, url, folder) | dict(contestant.environment),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        return sum(_processor_time(pid) for pid in self._family())

    def memory(self) -> float:
        """MiB in use now."""
        return sum(_status(pid, "VmRSS") for pid in self._family()) / 1024

    def peak_memory(self) -> float:
        return sum(_status(pid, "VmHWM") for pid in self._family()) / 1024

    def last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if not self.ended:
            self._process.send_signal(how)
        try:
            self._process.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _family(self) -> list[int]:
        found, open_ends = list[int](), [self._process.pid]
        while open_ends:
            pid = open_ends.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                open_ends += map(int, children.read_text().split())
        return found


def _environment(token: str, url: str, folder: Path) -> dict[str, str]:
    settings = {
        "TELEGRAM_TOKEN": token,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_MODE": "polling",
        "DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "HOST": "127.0.0.1",
        "PORT": str(_free_port()),
        "PUBLIC_URL": "",
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }
    return os.environ | settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0
