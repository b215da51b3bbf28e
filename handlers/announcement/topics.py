"""`/langganan`: a leader chooses what the office may tell them about, topic by topic."""

from handlers.conversation.catalogue import Action
from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import Text, clean, lines, say
from storage.database.database import NotFound
from storage.people import preferences

TOPICS: dict[str, Text] = {
    "umum": say("Umum"),
    "kegiatan": say("Kegiatan"),
    "hibah": say("Hibah"),
    "pemilu": say("Pemilu"),
    "darurat": say("Darurat"),
}
URGENT = "darurat"
SURE = "pasti"
"""Stands for 0 once somebody was asked whether they mean it."""
LEAVES = {topic: say("Hentikan {topic}", topic=label) for topic, label in TOPICS.items()}
COMES_BACK = {topic: say("Terima {topic}", topic=label) for topic, label in TOPICS.items()}


def subscriptions(turn: Turn, rest: str) -> None:  # noqa: ARG001
    """`/langganan`."""
    wanted = {topic: not preferences.unwanted(turn.tx, turn.person.id, topic) for topic in TOPICS}
    turn.say(
        lines(say("Pengumuman yang Bapak/Ibu terima:"), *(standing(topic, wanted[topic]) for topic in TOPICS)),
        say(
            "Darurat berarti bahaya bagi orang, misalnya banjir atau kerusuhan; hanya itu yang kami kirim juga pada "
            "malam hari. BERHENTI menghentikan semuanya, termasuk darurat."
        ),
        switched_off(turn),
        choices=[Choice(f"a.{WISH.name}.{topic}.{int(not wanted[topic])}", offer(topic, wanted)) for topic in TOPICS],
    )


def switched_off(turn: Turn) -> Text:
    """What stands above the single topics, by word or by a messenger's own switch."""
    if turn.person.stopped:
        return say("Saat ini semua kabar berhenti. Ketik MULAI untuk menerima lagi.")
    if preferences.no_advertising(turn.tx, turn.person.id, turn.incoming.channel):
        return say("Saat ini pengumuman selain darurat dimatikan di sini. Ketik MULAI untuk menerima lagi.")
    return ""


def standing(topic: str, wanted: bool) -> Text:
    answer = say("diterima") if wanted else say("tidak diterima")
    return say("{topic}: {answer}", topic=TOPICS[topic], answer=answer)


def offer(topic: str, wanted: dict[str, bool]) -> Text:
    return LEAVES[topic] if wanted[topic] else COMES_BACK[topic]


def wish(turn: Turn, record: str) -> None:
    """One topic is left or comes back; the last word counts. Raises NotFound for a topic nobody offered."""
    topic, _, wanted = record.partition(".")
    if topic not in TOPICS or wanted not in ("0", "1", SURE):
        raise NotFound(topic)
    if (topic, wanted) == (URGENT, "0"):
        ask_once(turn)
        return
    said = clean(turn.incoming.text) or turn.incoming.token
    preferences.note(turn.tx, turn.person.id, topic, wanted == "1", said, turn.incoming.channel, turn.now)
    turn.say(answered(topic, wanted == "1"))
    subscriptions(turn, "")


def ask_once(turn: Turn) -> None:
    """Alarms are about lives: a slip of the thumb does not stop them."""
    turn.say(
        say(
            "Tanpa Darurat, Bapak/Ibu tidak kami beri tahu bila ada bahaya, misalnya banjir atau kerusuhan. Tetap "
            "dihentikan?"
        ),
        choices=[
            Choice(f"a.{WISH.name}.{URGENT}.{SURE}", say("Ya, hentikan")),
            Choice("c.langganan", say("Tetap terima")),
        ],
    )


def answered(topic: str, wanted: bool) -> Text:
    if wanted:
        return say("Baik, pengumuman {topic} kami kirim lagi.", topic=TOPICS[topic])
    if topic == URGENT:
        return say(
            "Baik. Peringatan bahaya tidak kami kirim lagi kepada Bapak/Ibu; mohon ikuti kabar dari sumber lain."
        )
    return say("Baik, pengumuman {topic} tidak kami kirim lagi.", topic=TOPICS[topic])


WISH = Action("langganan", wish, numbered=False)
ACTIONS = [WISH]
