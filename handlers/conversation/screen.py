"""What a person sees in a chat: which question of which draft, and which choices. An answer counts only for that."""

import re
from dataclasses import dataclass, field
from typing import Any

Shown = tuple[str, str, str]
"""Token, label, and what to type for it (empty: its number)."""
REMEMBERED = 24
"""Choices of notices that can still be typed by their label."""


@dataclass
class Screen:
    """`number` grows with every question shown, so that an old button can be told from a new one."""

    number: int = 0
    draft: int | None = None
    question: str | None = None
    shown: list[Shown] = field(default_factory=list)
    offered: list[Shown] = field(default_factory=list)
    held: str = ""
    """The subject of an answer about files that may still wait in the outbox."""

    @staticmethod
    def read(stored: dict[str, Any]) -> "Screen":
        return Screen(
            number=stored.get("number", 0),
            draft=stored.get("draft"),
            question=stored.get("question"),
            shown=[tuple(item) for item in stored.get("shown", ())],
            offered=[tuple(item) for item in stored.get("offered", ())],
            held=stored.get("held", ""),
        )

    def written(self) -> dict[str, Any]:
        """Without what is empty: it is stored with every turn."""
        told: dict[str, Any] = {"number": self.number, "draft": self.draft, "question": self.question}
        told |= {"shown": self.shown, "offered": self.offered, "held": self.held}
        return {name: value for name, value in told.items() if value}

    def asks(self, draft: int, question: str, *, more: bool = False) -> int:
        """A question comes on the screen; the number its buttons carry.

        `more` of the same answer came (another file): what is pressed under the question before it still counts.
        """
        if not more or (self.draft, self.question) != (draft, question):
            self.number += 1
        self.draft, self.question = draft, question
        return self.number

    def clear(self) -> None:
        """No question is open any more."""
        self.draft = self.question = None
        self.shown = []

    def offer(self, choices: list[Shown]) -> None:
        """A notice brings choices of its own, beside those of the notices before it."""
        new = {unbound(token) for token, _, _ in choices}
        self.offered = [*choices, *(old for old in self.offered if unbound(old[0]) not in new)][:REMEMBERED]

    def decided(self, token: str) -> None:
        """One choice about a record was taken: the notice with the others is answered."""
        taken = unbound(token)
        code = next((typed.rpartition(" ")[2] for own, _, typed in self.offered if unbound(own) == taken), None)
        self.offered = [one for one in self.offered if code is None or one[2].rpartition(" ")[2] != code]

    def several(self, folded: str) -> list[Shown]:
        """Choices of more than one notice that one word could mean ("setujui" under two cards)."""
        if any(matches(one, folded) for one in self.shown):
            return []
        alike = [one for one in self.offered if matches(one, folded)]
        return alike if len(alike) > 1 else []

    def counted_two_ways(self, folded: str) -> list[Shown]:
        """Choices that a typed number could mean: the one in that place, and those that have it in their own words.

        "3" under a list of days may be the third line or the third of the month. Empty where it can be only one.
        """
        if not folded.isdecimal():
            return []
        numbered = [one for one in self.shown if not one[2]]
        number = int(folded[:4])
        own = re.compile(rf"(?<!\d)0*{number}(?!\d)")
        named = [one for place, one in enumerate(numbered, 1) if place != number and own.search(one[1])]
        return [numbered[number - 1], *named] if named and 1 <= number <= len(numbered) else []

    def meant(self, folded: str) -> str | None:
        """The token behind a typed number, label or name of a choice; None when it is none of them."""
        if folded.isdecimal():
            numbered = [token for token, _, typed in self.shown if not typed]
            place = int(folded[:4])
            return numbered[place - 1] if 1 <= place <= len(numbered) else None
        return next((one[0] for one in (*self.shown, *self.offered) if matches(one, folded)), None)


def unbound(token: str) -> str:
    """The action and its record, whatever fact a button was bound to: a newer card takes the place of an older."""
    return ".".join(token.split(".")[:3])


def matches(one: Shown, folded: str) -> bool:
    """Whether this is what a choice is called, or what is to be typed for it."""
    return bool(folded) and folded in (one[1].casefold().strip(" ."), one[2].casefold())
