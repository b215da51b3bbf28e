"""Practice mode: what the invented people find there."""

from pathlib import Path

from bot import practice
from bot.settings import Settings
from handlers.office.profile import load_office
from handlers.tickets.kinds import KINDS, MOMENTS
from storage.database.database import Transaction, open_database
from storage.tickets import replies as canned_replies
from storage.tickets.replies import CannedReply
from tests.world import at


async def test_there_are_prepared_replies_and_a_second_start_or_channel_adds_none(tmp_path: Path) -> None:
    office, database = load_office(), await open_database(f"sqlite:///{tmp_path}/practice.db")

    def turn(tx: Transaction) -> list[CannedReply]:
        for channel in ("web", "web", "plain"):
            practice.seed(tx, channel, office, at(24, 9))
        return canned_replies.everyone(tx)

    replies = await database.transact(turn)
    await database.close()
    assert [(reply.kind, reply.moment) for reply in replies] == [("laporan", "jawab"), ("masukan", "jawab")]
    assert all(reply.kind in KINDS and reply.moment in MOMENTS and len(reply.title) <= 14 for reply in replies)


def test_the_terminal_touches_nothing_of_the_office_whichever_messenger_is_served() -> None:
    """Files nobody of its database needs are thrown away at its start: they are not the office's."""
    one = {"telegram_token": "1:a"}
    other = {"whatsapp_token": "a", "whatsapp_phone_number_id": "1", "whatsapp_app_secret": "b"}
    for served in (one, other | {"whatsapp_verify_token": "c"}, one | other | {"whatsapp_verify_token": "c"}):
        office = Settings.model_validate(served)
        terminal = practice.at_the_terminal(office)
        assert terminal.practice
        assert terminal.database != office.database
        assert terminal.files != office.files
