"""Rumah Kedua as a contestant: the one place that knows its words."""

import sys
from dataclasses import replace

from .contestant import Contestant

# The questions of a real request, up to but not including the last: nothing is sent, so no slot is used up.
OURS = Contestant(
    name="Rumah Kedua",
    command=(sys.executable, "-m", "bot"),
    preparation=(
        "halo",
        "setuju",
        "/profil",
        "Pengurus {n}",
        "Paguyuban {n}",
        "1",
        "2",
        "5",
        "8",
        "1",
        "1",
    ),
    script=("/audiensi", "1", "bidang politik", "Rencana kegiatan {n}", "besok", "jam 9"),
    closing="Siapa saja yang akan hadir",
)
UNBOUND = replace(OURS, environment={"TELEGRAM_PER_SECOND": "1000"})
"""Not held to what Telegram takes: what our own work costs is what is measured."""
