"""What every peer says, so that all of them do the same work."""

NAME = "Siapa nama Bapak/Ibu?"
TOPIC = "Apa yang ingin dibicarakan?"
DAY = "Hari apa?"
HOUR = "Jam berapa?"
ATTENDEES = "Siapa saja yang hadir?"


def closing(answers: dict[str, str]) -> str:
    return "Permintaan sudah kami terima: " + ", ".join(answers.values())
