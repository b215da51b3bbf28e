"""The real process, started as a user starts it, with a loopback Bot API for the world; killed when a test says so."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.office.profile import SHIPPED
from tests.loopback.bot_api import BotApi

ROOT = Path(__file__).parents[2]
READY = re.compile(rb"http://127\.0\.0\.1:(\d+)")
PATIENCE = 60.0
"""Seconds a start or a stop may take on a busy machine."""


@dataclass
class Process:
    """`python -m bot` in a folder of its own."""

    folder: Path
    api: BotApi | None = None
    settings: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = (sys.executable, "-m", "bot")
    url: str = ""
    _process: asyncio.subprocess.Process | None = None

    def environment(self) -> dict[str, str]:
        """Only what is set on purpose: nothing of the machine's own settings leaks in."""
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        ours = {"PYTHONPATH": str(ROOT), "PORT": "0", "FILES_DIR": str(self.folder / "files")}
        ours |= {"DATABASE_URL": f"sqlite:///{self.database}", "LOG_LEVEL": "WARNING"}
        if self.api is not None:
            ours |= {"TELEGRAM_TOKEN": self.api.token, "TELEGRAM_API_URL": self.api.url}
        return clean | ours | self.settings

    @property
    def database(self) -> Path:
        return self.folder / "office.db"

    async def run(self, *words: str) -> tuple[int, str]:
        """One word of an administrator, to its end; its status and what it said."""
        process = await self._spawn(*words, both=True)
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
        return process.returncode or 0, said.decode()

    async def start(self) -> None:
        """Until it prints its address."""
        self._process = process = await self._spawn()
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        found = READY.search(line)
        assert found, f"no address: {line!r} {self.errors()}"
        self.url = f"http://127.0.0.1:{found[1].decode()}"

    async def _spawn(self, *words: str, both: bool = False) -> asyncio.subprocess.Process:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "errors.log").open("ab") as errors:
            return await asyncio.create_subprocess_exec(
                *self.program,
                *words,
                cwd=self.folder,
                env=self.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT if both else errors,
            )

    async def kill(self) -> None:
        """As a power cut would."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """As a service manager would; its exit status."""
        return await self._end(signal.SIGTERM)

    async def _end(self, sign: signal.Signals) -> int:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(sign)
        await asyncio.wait_for(self._process.communicate(), PATIENCE)
        return self._process.returncode or 0

    def errors(self) -> str:
        log = self.folder / "errors.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What is on disk, read by somebody else."""
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(sql).fetchall()

    def roomy_office(self) -> None:
        """The shipped office with room for hundreds of meetings, so that only the program can turn one away."""
        profile = json.loads(SHIPPED.read_text(encoding="utf-8"))
        profile["meeting"] |= {"per_day": 1000}
        for host in profile["hosts"].values():
            host |= {"per_day": 1000, "minutes": 10, "buffer_minutes": 0}
        path = self.folder / "office.json"
        self.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(profile), encoding="utf-8")
        self.settings["OFFICE_FILE"] = str(path)
