"""English: asked for at first contact or with `/bahasa`, and from then on no Indonesian sentence is left."""

import re
from collections.abc import Iterator

from handlers.conversation.words import translated
from tests.chat import Chat
from tests.test_house_rules import same, templates
from tests.world import World


def sentence(template: str) -> re.Pattern[str]:
    """Finds a template in a text, whatever its values are."""
    pieces = [piece.strip() for piece in re.split(r"{\w+}", template) if piece.strip(" .:")]
    return re.compile(".+?".join(map(whole, pieces)))


def whole(piece: str) -> str:
    """A pattern for a piece of a sentence that does not begin or end within a word."""
    return re.sub(r"^(?=\w)|(?<=\w)$", r"\\b", re.escape(piece))


INDONESIAN = {said: sentence(said) for said in templates() if not same(said) and translated(said, "en") != said}


POSITIONS = ("Wakil Ketua", "Ketua", "Sekretaris", "Bendahara", "Anggota pengurus")
"""What an ormas calls its own people; they are written down as they were said."""
TYPED = re.compile(r"(?<=\(type: )[^)]*(?=\))|(?<=^Type: ).*$", re.MULTILINE)
"""What stands for a button where there are none: the same words in every language."""


def own_words(part: object) -> Iterator[str]:
    """What the office's profile says in its own words, which are not translated."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in (*part, *part.values()) if isinstance(part, dict) else part:
            yield from own_words(inner)


def sees_only_english(chat: Chat) -> None:
    own = sorted(filter(None, (*POSITIONS, *own_words(chat.world.office.model_dump()))), key=len, reverse=True)
    text = re.sub(rf"\b(?:{'|'.join(map(re.escape, own))})\b", "…", TYPED.sub("", chat.screen))
    assert text
    assert not [said for said, pattern in INDONESIAN.items() if pattern.search(text)], chat.screen


async def says_and_sees_only_english(chat: Chat, *texts: str) -> None:
    for text in texts:
        await chat.says(text)
        sees_only_english(chat)


async def test_a_leader_switches_to_english_and_a_whole_request_is_in_english(leader: Chat) -> None:
    await leader.joins("Jasmine Forum")
    await says_and_sees_only_english(leader, "/bahasa en")
    leader.sees("from now on we use English", "How can we help you?", "Request a meeting")
    await says_and_sees_only_english(leader, "request a meeting")
    leader.sees("a few short questions", "What is the purpose?")
    await says_and_sees_only_english(leader, "audiensi", "organisasi", "Work programme 2027")
    leader.sees("Which day?", "Tuesday, 24 November 2026")
    await says_and_sees_only_english(leader, "Sunday")
    leader.sees("The office is closed on Sunday, 29 November 2026.")
    await says_and_sees_only_english(leader, "tomorrow", "9 o'clock")
    leader.sees("Noted: Tuesday, 24 November 2026 at 09.00 WIB", "Who will attend?")
    await says_and_sees_only_english(leader, "Siti Aminah, Budi", "2", "skip", "none")
    leader.sees("Please check once more:", "Topic: Work programme 2027", "Letter: none", "Is it all correct?", "Send")


async def test_an_answer_is_changed_and_the_request_sent_and_followed_in_english(leader: Chat) -> None:
    await leader.joins("Jasmine Forum")
    await leader.fills_request(topic="Work programme")
    await says_and_sees_only_english(leader, "/bahasa en", "/audiensi", "edit", "topic", "back", "change", "topic")
    await says_and_sees_only_english(leader, "Yearly plan")
    leader.sees("Topic: Yearly plan", "Is it all correct?")
    await says_and_sees_only_english(leader, "send", "/status", "AUD-0001", "/dataku", "/hapus", "never mind", "/menu")
    await says_and_sees_only_english(leader, "cancel AUD-0001", "cancel", "STOP", "START")


async def test_the_english_button_at_first_contact_leads_through_the_profile_in_english(leader: Chat) -> None:
    await leader.says("halo")
    await leader.taps("English")
    sees_only_english(leader)
    leader.sees("welcome to your second home", "privacy notice, version 2026-12", "Do you agree?", "Agree", "Disagree")
    await says_and_sees_only_english(leader, "agree", "/profil")
    leader.sees("What is your name?")
    await says_and_sees_only_english(leader, "Siti Aminah", "Jasmine Forum")
    leader.sees("“Jasmine Forum” is not on our list yet")
    await leader.taps("Not on the list yet: add “Jasmine Forum”")
    await says_and_sees_only_english(leader, "SKT", "disabilitas", "Kajen", "Chair")
    leader.sees("Organisation: Jasmine Forum", "Position: Chair")
    await says_and_sees_only_english(leader, "yes")
    leader.sees("We have recorded Chair Jasmine Forum. An officer will check this")


async def test_an_officer_decides_by_the_english_name_of_the_button(officer: Chat, leader: Chat, world: World) -> None:
    await says_and_sees_only_english(officer, "/bahasa en")
    code = await leader.asks()
    sees_only_english(officer)
    await says_and_sees_only_english(officer, "/antrean", code, f"approve {code}")
    officer.sees(f"{code} is approved for Tuesday, 24 November 2026 at 09.00 WIB")
    leader.sees("Kabar baik")


def test_an_indonesian_sentence_would_be_found() -> None:
    told = "Noted: Selasa, 24 November 2026 pukul 09.00 WIB"
    found = {said for said, pattern in INDONESIAN.items() if pattern.search(told)}
    assert found == {"Selasa", "{day} pukul {hour} {zone}"}
