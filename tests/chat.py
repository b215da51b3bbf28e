"""A person with a phone: what they type, press and send, and what they see."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.sheets import Paper, Shown

if TYPE_CHECKING:
    from tests.world import World

ROAD = (
    ("Apa keperluannya?", "audiensi"),
    ("Ingin bertemu siapa?", "kepala"),
    ("Apa yang ingin dibicarakan?", "Program kerja"),
    ("Hari apa?", "besok"),
    ("Jam berapa?", "08.30"),
    ("Siapa saja yang akan hadir?", "Siti"),
    ("Berapa orang seluruhnya?", "1"),
    ("Ada surat permohonan?", "lewati"),
    ("Apakah ada yang memerlukan bantuan", "tidak ada"),
)
"""Every question of a request, with an answer somebody could type."""


@dataclass
class Chat:
    """One person's side of the conversation."""

    world: "World"
    name: str
    address: str
    read: int = 0
    channel: str = ""
    """The messenger, where it is not the world's first."""

    @property
    def paper(self) -> Paper:
        return self.world.others[self.channel] if self.channel else self.world.paper

    @property
    def all(self) -> list[Shown]:
        return self.paper.sheets.get(self.address, [])

    @property
    def new(self) -> list[Shown]:
        """What came since this person last did something."""
        return self.all[self.read :]

    async def does(self, raw: bytes) -> None:
        self.read = len(self.all)
        await self.world.arrives(raw, channel=self.channel)

    async def says(self, *texts: str) -> None:
        """Type and send, one after the other."""
        for text in texts:
            await self.does(self.paper.text(self.address, text))

    async def taps(self, label: str) -> None:
        """Press a button; where there are none, type what stands for it."""
        for shown in reversed(self.all):
            if label in shown.buttons:
                await self.does(self.paper.press(self.address, shown.buttons[label]))
                return
            if not shown.buttons and (typed := self.typed(shown.text, label)):
                await self.says(typed)
                return
        raise AssertionError(f"{self.name} sees no “{label}”:\n{self.screen}")

    @staticmethod
    def typed(text: str, label: str) -> str | None:
        """What a line of numbered text says to type for a choice."""
        if found := re.search(rf"^(\d+)\. {re.escape(label)}$", text, re.MULTILINE):
            return label if also_in_another(text, found[1]) else found[1]
        if found := re.search(rf"^- {re.escape(label)}(?: \((?:ketik|type): (.+)\))?$", text, re.MULTILINE):
            return found[1] or label
        words = re.search(r"^(?:Ketik|Type): (.+)$", text, re.MULTILINE)
        named = words[1].split(" · ") if words else []
        return next((word for word in named if word == label.casefold()), None)

    async def sends_file(self, name: str, type: str, size: int = 1000, content: bytes = b"", caption: str = "") -> None:
        remote = self.keeps(f"remote-{name}", content)
        await self.sends(self.paper.file(self.address, name, type, size, remote, caption))

    async def sends_photo(self, content: bytes = b"", caption: str = "") -> None:
        remote = self.keeps(f"foto-{next(self.paper.number)}", content)
        await self.sends(self.paper.photo(self.address, len(content) or 1000, remote, caption))

    async def sends_voice(self, seconds: int = 42, content: bytes = b"") -> None:
        remote = self.keeps(f"suara-{next(self.paper.number)}", content)
        await self.sends(self.paper.voice(self.address, seconds, len(content) or 1000, remote))

    async def sends_video(self, content: bytes = b"") -> None:
        remote = self.keeps(f"video-{next(self.paper.number)}", content)
        await self.sends(self.paper.video(self.address, len(content) or 1000, remote))

    async def sends_place(self, latitude: float = -7.028, longitude: float = 109.581) -> None:
        await self.does(self.paper.place(self.address, latitude, longitude))

    async def sends_album(self, *contents: bytes) -> None:
        """Several photos in one go."""
        remotes = [self.keeps(f"album-{next(self.paper.number)}", content) for content in contents]
        await self.sends(*(self.paper.photo(self.address, 1000, remote, album="1") for remote in remotes))

    def keeps(self, remote: str, content: bytes) -> str:
        """What the messenger has of a file."""
        self.paper.files[remote] = content
        return remote

    async def sends(self, *raws: bytes) -> None:
        """Files in one go; and nothing more comes for a while."""
        self.read = len(self.all)
        await self.world.arrives(*raws, channel=self.channel)
        await self.world.rests()

    @property
    def screen(self) -> str:
        return "\n\n".join(f"{shown.text}\n{list(shown.buttons) or ''}" for shown in self.new)

    def sees(self, *words: str) -> None:
        """All of this stands in what came last, in this order."""
        text, place = self.screen, 0
        for word in words:
            found = text.find(word, place)
            assert found >= 0, f"{self.name} does not see “{word}” in:\n{text}"
            place = found

    def sees_no(self, *words: str) -> None:
        for word in words:
            assert word not in self.screen, f"{self.name} sees “{word}” in:\n{self.screen}"

    def sees_nothing(self) -> None:
        assert not self.new, f"{self.name} sees:\n{self.screen}"

    def looks_up(self) -> None:
        """The person has read everything that is there."""
        self.read = len(self.all)

    async def agrees(self) -> None:
        await self.says("halo")
        await self.taps("Setuju")

    async def joins(self, organisation: str = "Forum Melati", name: str = "") -> None:
        """Agree and fill in the profile of a new ormas."""
        await self.agrees()
        await self.says("/profil", name or self.name, organisation)
        await self.taps(f"Belum ada di daftar: tambahkan “{organisation}”")
        await self.taps("Terdaftar dengan SKT")
        await self.taps("Disabilitas")
        await self.taps("Kajen")
        await self.taps("Ketua")
        await self.taps("Kirim")

    async def becomes_officer(self, role: str = "officer") -> str:
        """Agree, join with a code and give a name."""
        code = await self.world.code(role)
        await self.agrees()
        await self.says(f"/gabung {code}")
        await self.taps("Isi nama")
        await self.says(self.name)
        return code

    async def fills_request(self, day: str = "besok", hour: str = "jam 9", topic: str = "Program kerja 2027") -> None:
        """Fill in a request up to the review page."""
        await self.says("/audiensi")
        await self.taps("Audiensi")
        await self.taps("Bidang Organisasi Kemasyarakatan")
        await self.says(topic, day, hour, "Siti Aminah, Budi", "2")
        await self.taps("Lewati")
        await self.taps("Tidak ada")

    async def asks(self) -> str:
        """Join and request a meeting; its number."""
        await self.joins()
        return await self.requests()

    async def requests(self, day: str = "besok", hour: str = "jam 9") -> str:
        """A whole request; its number."""
        await self.fills_request(day, hour)
        await self.taps("Kirim")
        found = re.search(r"AUD-\d{4}", self.screen)
        assert found, self.screen
        return found[0]


def also_in_another(text: str, number: str) -> bool:
    """Whether a number stands in another numbered line as well: who means the place had better write the words."""
    others = re.findall(rf"^(?!{number}\.)\d+\. (.+)$", text, re.MULTILINE)
    return any(re.search(rf"(?<!\d)0*{number}(?!\d)", other) for other in others)
