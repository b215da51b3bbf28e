"""The numbers of an invented office with half a year of work behind it, as its recap would draw them."""

from collections.abc import Mapping
from typing import Any

Bars = Mapping[str, tuple[tuple[float, ...], str]]
"""By label: the parts of the bar and the words at its end."""

KINDS: Bars = {
    "Laporan kegiatan": ((72, 12), "84"),
    "Masukan": ((31, 9), "40"),
    "Klarifikasi kabar": ((8, 1), "9"),
    "Percakapan": ((10, 5), "15"),
}
WAITS: Bars = {
    "Laporan kegiatan": ((0.8, 2.2), "0,8 · 3,0"),
    "Masukan": ((1.2, 1.7), "1,2 · 2,9"),
    "Klarifikasi kabar": ((0.4, 0.9), "0,4 · 1,3"),
    "Percakapan": ((0.1, 0.4), "0,1 · 0,5"),
}
PLACES: Bars = {
    **{name: ((count,), str(count)) for name, count in (("Kajen", 38), ("Wiradesa", 27), ("Kedungwuni", 19))},
    "14 lainnya": ((0, 64), "64"),
}
DUTY: Bars = {
    "Berbadan hukum (yayasan/perkumpulan)": ((80, 52), "61% (80 dari 132)"),
    "Terdaftar dengan SKT": ((42, 46), "48% (42 dari 88)"),
    "Belum tercatat": ((3, 38), "7% (3 dari 41)"),
}
MEETINGS: Bars = {"terlaksana": ((23,), "23"), "disetujui": ((4,), "4"), "menunggu": ((3,), "3")}


def panel(title: str, bars: Bars, *legend: str) -> dict[str, Any]:
    told = [{"label": label, "parts": list(parts), "words": words} for label, (parts, words) in bars.items()]
    return {"title": title, "legend": list(legend), "bars": told}


CHART: dict[str, Any] = {
    "office": "Bakesbangpol Kabupaten Pekalongan",
    "title": "Rekap Semester 2 tahun 2026",
    "foot": "Dihitung Senin, 23 November 2026 pukul 10.00 WIB",
    "figures": [["148", "masuk"], ["121", "selesai"], ["27", "terbuka"], ["6", "terlambat"]],
    "empty": "",
    "panels": [
        panel("Kiriman menurut jenis", KINDS, "selesai", "masih terbuka"),
        panel("Hari kerja sampai jawaban pertama", WAITS, "separuhnya", "90%"),
        panel("Menurut kecamatan", PLACES),
        panel("Ormas yang melapor, Juli sampai Desember 2026", DUTY, "sudah", "belum"),
        panel("Audiensi", MEETINGS),
    ],
}
