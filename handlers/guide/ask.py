"""`/panduan KATA`: the page of the handbook that fits, or the titles to choose from."""

from handlers.conversation.turn import Choice, Turn
from handlers.conversation.words import SOURCE, folded, say
from handlers.guide.pages import LEADER, OFFICER, Page, find, pages

LONGEST_WORD = 40
"""Of what was asked for, so much is said back."""


def guide(turn: Turn, rest: str) -> None:
    """Shows only what this person can do: leaders read leaders' pages, officers both, their own first."""
    readers = (OFFICER, LEADER) if turn.person.roles else (LEADER,)
    if folded(rest) in ("", *readers):
        titles(turn, folded(rest) or readers[0], readers)
    elif (page := find(rest, readers)) is not None:
        show(turn, page)
    else:
        turn.say(say("Panduan tentang “{word}” belum ada.", word=rest[:LONGEST_WORD]))
        titles(turn, readers[0], readers)


def titles(turn: Turn, reader: str, readers: tuple[str, ...]) -> None:
    other = [Choice(f"c.panduan.{LEADER}", say("Panduan pengurus"))] if reader != readers[-1] else []
    turn.say(
        say("Panduan yang mana? Tekan judulnya, atau ketik /panduan dan satu kata, misalnya /panduan audiensi."),
        choices=[*(Choice(f"c.panduan.{page.name}", page.title) for page in pages(reader)), *other],
    )


def show(turn: Turn, page: Page) -> None:
    *first, last = page.messages()
    if turn.language != SOURCE:
        turn.say(say("Panduan ini baru ada dalam bahasa Indonesia."))
    for part in first:
        turn.say(part)
    turn.screen.clear()
    turn.say(
        last,
        words=[Choice("c.panduan", say("Panduan lain"), "panduan lain"), Choice("c.menu", say("Menu"), "menu")],
    )
