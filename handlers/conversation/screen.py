"""What a person sees in a chat: which question of which draft, and which choices. An answer counts only for that."""

from dataclasses import asdict, dataclass, field
from typing import Any

Shown = tuple[str, str, str]
"""Token, label, and what to type for it (empty: its number)."""


@dataclass
class Screen:
    """`number` grows with every question shown, so that an old button can be told from a new one."""

    number: int = 0
    draft: int | None = None
    question: str | None = None
    shown: list[Shown] = field(default_factory=list)
    offered: list[Shown] = field(default_factory=list)

    @staticmethod
    def read(stored: dict[str, Any]) -> "Screen":
        return Screen(
            number=stored.get("number", 0),
            draft=stored.get("draft"),
            question=stored.get("question"),
            shown=[tuple(item) for item in stored.get("shown", ())],
            offered=[tuple(item) for item in stored.get("offered", ())],
        )

    def written(self) -> dict[str, Any]:
        """Without what is empty: it is stored with every turn."""
        return {name: value for name, value in asdict(self).items() if value}

    def asks(self, draft: int, question: str) -> int:
        """A question comes on the screen; the number its buttons carry."""
        self.number += 1
        self.draft, self.question = draft, question
        return self.number

    def clear(self) -> None:
        """No question is open any more."""
        self.draft = self.question = None
        self.shown = []

    def meant(self, folded: str) -> str | None:
        """The token behind a typed number, label or name of a choice; None when it is none of them."""
        if folded.isdecimal():
            numbered = [token for token, _, typed in self.shown if not typed]
            place = int(folded[:4])
            return numbered[place - 1] if 1 <= place <= len(numbered) else None
        for token, label, typed in (*self.shown, *self.offered):
            if folded and folded in (label.casefold().strip(" ."), typed.casefold()):
                return token
        return None
