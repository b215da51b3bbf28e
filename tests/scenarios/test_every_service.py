"""What every service inherits, and a new one too: it says what it is, and it bears whatever somebody types."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from itertools import chain

import pytest

from handlers import CATALOGUE
from handlers.conversation.asking import BACK, CANCEL, REVIEW, SKIP
from handlers.conversation.catalogue import Command, Effect
from handlers.conversation.form import start
from handlers.conversation.screen import Screen
from handlers.conversation.turn import Turn
from storage.database.database import NotFound
from tests.chat import Chat
from tests.scenarios.announcing import hands_in, writes
from tests.scenarios.test_situation import reports
from tests.scenarios.test_suggest import suggests
from tests.world import Room, World

NEXT = re.compile(r"\?|/\w+|[Kk]etik|[Tt]ekan|[Kk]irim|^\d+\. ", re.MULTILINE)
"""A question, what to type or press, or a numbered choice."""
RUBBISH = ("🙏", "asdf qwer", "x" * 5000)
ANSWERS = (
    *("tidak ada", "Program kerja", "2", "besok", "jam 9", "besok jam 9", "30 November", "27 November"),
    *("Siti Aminah", "Kajen", "Dekat pasar", "benar", "kirim"),
)
"""What somebody could answer; one of them fits every question that has no choices."""
MOST = 20
"""Questions of a form, at the most."""
OF_A_MOMENT = {
    "kecualikan-usul": "needs words that the neutrality gate holds back",
    "kecualikan-umum": "needs words that the neutrality gate holds back",
    "segera-umum": "needs a topic of its own and a right",
    "tinjau-umum": "needs an alarm that went out",
    "buka-nama": "needs a hidden name that somebody has in hand",
    "hapus-tahapan": "needs a stage that counts",
    "selesai": "needs a meeting that has begun",
    "janji": "needs a meeting that has begun",
    "batalkan-oleh-kantor": "needs an approved meeting",
}
"""Forms that are open only in a moment which their own scenarios live through."""
ON_ONE_CHANNEL = pytest.mark.parametrize("world", [("telegram", "sqlite")], indirect=True, ids=["telegram"])


@pytest.fixture
async def admin(world: World, officer: Chat, verified: Chat) -> Chat:
    """Somebody of the office who may do everything that one person may."""
    admin = world.phone("Admin Kantor")
    await world.once("admin", lambda: admin.becomes_officer("admin"))
    return admin


@pytest.fixture
async def busy(world: World, admin: Chat, officer: Chat, verified: Chat, approver: Chat, duty: Chat) -> list[Chat]:
    """Everybody of an office in which something of everything waits."""
    await world.once("busy", lambda: begins(world, officer, verified))
    world.catalogue = replace(CATALOGUE, commands={**CATALOGUE.commands, "buka": OPENS})
    return [verified, officer, admin, approver, duty]


async def begins(world: World, officer: Chat, verified: Chat) -> str:
    await verified.requests()
    await suggests(verified)
    await suggests(verified, "Nama dirahasiakan", "Lampu di jembatan mati")
    await reports(verified)
    await reports(verified, words="Ada tawuran lagi")
    for rumour in ("SEBARKAN! Besok semua ormas wajib bayar.", "Kantor pindah ke luar kota mulai minggu depan."):
        await verified.says(f"/cek {rumour}", "minta klarifikasi", "Grup desa", "lewati", "kirim")
    await officer.says("selesaikan KLA", "/antrean klarifikasi")
    codes = re.findall(r"KLA-\d+", officer.screen)
    await officer.says(f"selesaikan {codes[0]}", "benar", "Surat edaran 5", "Kantor tidak memungut biaya.", "kirim")
    await writes(officer)
    await hands_in(officer)
    await verified.says("usulkan ORM-0001", "ketua", "Siti Aminah", "kirim")
    await world.phone("Tamu Baru").joins("Paguyuban Kenanga")
    return "busy"


def opens(turn: Turn, name: str) -> None:
    """`/buka FORM`: any form, about the first record that lets this person."""
    form = turn.catalogue.forms[name]
    tickets = [str(row["id"]) for row in turn.tx.all("SELECT id FROM tickets ORDER BY id")]
    for about in ("", *"12345", *tickets):
        with suppress(NotFound, ValueError):
            if form(turn, about, {}).refused is None:
                start(turn, form, about)
                return
    turn.say("Tidak ada.")


OPENS = Command("buka", "Buka", opens, Effect.SHOWS, listed=False)


async def screen(chat: Chat) -> Screen:
    (row,) = await chat.world.rows("SELECT screen FROM chats WHERE address = :address", address=chat.address)
    return Screen.read(json.loads(row["screen"]))


async def form_on(chat: Chat) -> tuple[str, str]:
    """Which form and question is open in front of somebody; empty for none."""
    now = await screen(chat)
    rows = await chat.world.rows("SELECT form FROM drafts WHERE id = :id", id=now.draft or 0)
    return (rows[0]["form"], now.question or "") if rows else ("", "")


async def test_every_command_says_what_it_is_and_what_comes_next(admin: Chat, verified: Chat) -> None:
    silent = []
    for name, command in CATALOGUE.commands.items():
        chat = admin if command.roles else verified
        await chat.says(f"/{name}")
        if not any(shown.buttons or NEXT.search(shown.text) for shown in chat.new):
            silent.append(f"/{name}: {chat.screen}")
    assert not silent


async def nobody_sends(self: World, room: Room) -> None:
    """Stands in for what brings messages on their way."""


async def test_what_is_left_unsaid_is_found(world: World, leader: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scenario ends with this look; here it is shown that it sees."""
    with monkeypatch.context() as broken:
        broken.setattr(World, "deliver", nobody_sends)
        await leader.says("halo")
        with pytest.raises(AssertionError, match="reply"):
            await world.leaves_nothing_unsaid()


@ON_ONE_CHANNEL
@pytest.mark.parametrize("name", sorted(CATALOGUE.forms.keys() - OF_A_MOMENT.keys()))
async def test_every_question_bears_what_nobody_expects(busy: list[Chat], name: str) -> None:
    chat = await somebody_with(name, busy)
    for _ in range(MOST):
        if (await form_on(chat))[0] != name:
            break
        await bears_rubbish(chat, name)
        after = await form_on(chat)
        if after[0] != name or after[1] == REVIEW:
            break
        await moves_on(chat, after)


async def somebody_with(name: str, people: list[Chat]) -> Chat:
    """Whoever may open the form."""
    for chat in people:
        await chat.says(f"/buka {name}")
        if (await form_on(chat))[0] == name:
            return chat
    raise AssertionError(f"nobody can open {name}: let `begins` leave something it can be about")


async def bears_rubbish(chat: Chat, name: str) -> None:
    """Each time there is an answer, and the form stays open: at this question or, where it was taken, at the next."""
    sticker = chat.paper.message(chat.address, sticker={"file_id": "s"})
    for raw in chain((chat.paper.text(chat.address, words) for words in RUBBISH), (sticker,)):
        if (await form_on(chat))[1] == "":
            return
        await chat.does(raw)
        assert chat.new, f"{name} is silent"
        taken = not CATALOGUE.forms[name].review  # its answer is only for whoever gives it, and may have counted
        assert taken or (await form_on(chat))[0] == name, f"{name} is gone:\n{chat.screen}"


async def moves_on(chat: Chat, at: tuple[str, str]) -> None:
    """Answer the open question with whatever it takes."""
    for answer in [*offered(chat), *ANSWERS, "selesai", "lewati"]:
        await chat.says(answer)
        if await form_on(chat) != at:
            return
    raise AssertionError(f"no answer known for {at}:\n{chat.screen}")


def offered(chat: Chat) -> list[str]:
    """The labels under the last question that stand for an answer."""
    buttons = chat.all[-1].buttons
    return [label for label, token in buttons.items() if token.rpartition(".")[2] not in (BACK, CANCEL, SKIP)][:2]
